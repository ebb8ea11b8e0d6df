"""Where everything of a figure stands, in mm from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass

from softcam_core.figures.text import text_width, wrapped
from softcam_core.plates.errors import PlateError
from softcam_core.plates.values import Page, Plate

GRID = 25.4 / 300
"""Pictures begin and end on dots of 300 to the inch, so that none of their pixels is torn."""
MARGIN, GAP = 1.0, 0.9
LETTER, LABEL_LINE, BAR_RIGHT = 4.2, 2.9, 13.0
TITLE_PT, HEAD_PT, UNDER_PT, SMALL_PT, LETTER_PT = 8.0, 6.5, 6.0, 6.0, 9.0
"""Journals want 6 pt at least."""
TITLE, HEAD_LINE, UNDER_LINE, GROUP = 5.2, 2.75, 2.7, 4.2
ABOVE, BAR, KEY, FOOT_LINE = 2.9, 5.1, 3.4, 2.6
KEY_BOX, KEY_GAP = 3.1, 4.0
"""From the left side of a box to its label, and from that to the next box."""
LEAST_CELL = 8.0
HIGHEST = 1.6
"""Height over width of the highest picture; a longer one is drawn narrower."""
LONGEST = 500.0
"""Height of the highest figure, mm."""
HEAD_LINES = 3
MOST_DOTS = 250e6
"""Of a figure, which the memory must hold several times."""


@dataclass(frozen=True)
class Rect:
    """A rectangle, mm."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height


@dataclass(frozen=True)
class Sheet:
    """The places of a figure.

    Attributes:
        size: width and height.
        title: baseline of the title; 0 without one.
        group: lower edge of the words over groups of columns.
        heads: lines of each column's title; ``head``: lower edge of the last of them.
        under: lower edge of the smaller lines.
        labels: lines of each row's words; ``gutter``: where pictures begin.
        cells: rectangle of each cell, row by row.
        bar_below: of each row and column, whether the colours are explained below that cell.
        key: of each of the labels' colours, where its box begins, and the baseline.
        footer: (line, baseline) of the small print.
    """

    size: tuple[float, float]
    title: float
    group: float
    heads: tuple[tuple[str, ...], ...]
    head: float
    under: float
    labels: tuple[tuple[str, ...], ...]
    gutter: float
    cells: tuple[tuple[Rect, ...], ...]
    bar_below: tuple[tuple[bool, ...], ...]
    key: tuple[tuple[float, float], ...]
    footer: tuple[tuple[str, float], ...]


def laid_out(plate: Plate, page: Page) -> Sheet:
    """Return where everything stands.

    Raises:
        PlateError: the columns do not fit into the width, or the rows onto a page.
    """
    count = len(plate.columns)
    letter = LETTER if any(row.letter for row in plate.rows) else 0.0
    labelled = any(row.label for row in plate.rows)
    right = BAR_RIGHT if page.bars and plate.bars == "right" else 0.0
    width = _snapped(page.width)
    # Words beside rows take two lines where one is too short; that is known with the height.
    gutter = _snapped(MARGIN + letter + (2 * LABEL_LINE + 0.4 if labelled else 0.0))
    room = width - gutter - MARGIN - right - (count - 1) * GAP
    cell = _snapped(room / count, down=True)
    if cell < LEAST_CELL:
        raise PlateError(
            f"{count} columns do not fit into {page.width:g} mm; choose fewer methods, or a wider "
            "figure."
        )
    heads = tuple(
        tuple(wrapped(column.title, cell + GAP - 0.3, HEAD_PT, HEAD_LINES, bold=True))
        for column in plate.columns
    )
    y = MARGIN
    title = y + TITLE - 1.6 if page.title else 0.0
    y += TITLE if page.title else 0.0
    y += GROUP if any(column.group for column in plate.columns) else 0.0
    group = y
    y += HEAD_LINE * max(len(lines) for lines in heads)
    head = y
    y += UNDER_LINE if any(column.under for column in plate.columns) else 0.0
    under = y
    y += 0.6
    cells, below, labels = [], [], []
    for number, row in enumerate(plate.rows):
        y = _snapped(y + (ABOVE if any(c and c.above for c in row.cells) else 0.0))
        aspects = [one.picture.aspect for one in row.cells if one is not None]
        height = max(_snapped(cell * min(max(aspects, default=1.0), HIGHEST)), GRID)
        step = [_snapped(gutter + place * (cell + GAP)) for place in range(count)]
        cells.append(tuple(Rect(x, y, cell, height) for x in step))
        own = tuple(_has_bar(plate, page, number, place) for place in range(count))
        below.append(own)
        labels.append(tuple(wrapped(row.label, height, HEAD_PT)) if row.label else ())
        y += height + (BAR if any(own) else 0.0) + GAP
    y += 1.2
    key = _key(plate, gutter, width - MARGIN, y + 1.6)
    y += KEY * len({base for _, base in key})
    footer = []
    if page.footer:
        for sentence in plate.footer:
            for line in _broken(sentence, width - gutter - MARGIN):
                y += FOOT_LINE
                footer.append((line, y - 0.5))
    height = _snapped(y + MARGIN)
    if height > LONGEST:
        raise PlateError(
            f"The figure would be {height:.0f} mm high, and {LONGEST:.0f} mm is the most; choose "
            "fewer cases."
        )
    dots = (page.dpi / 25.4) ** 2 * width * height
    if dots > MOST_DOTS:
        raise PlateError(
            f"The figure would have {dots / 1e6:,.0f} million dots, and {MOST_DOTS / 1e6:.0f} "
            "million are the most; choose fewer dots per inch, or a smaller width."
        )
    return Sheet(
        *((width, height), title, group, heads, head, under, tuple(labels), gutter),
        *(tuple(cells), tuple(below), key, tuple(footer)),
    )


def _key(plate: Plate, left: float, right: float, base: float) -> tuple[tuple[float, float], ...]:
    """Return where the labels' colours stand, in as many lines as they take."""
    places, x = [], left
    for label, _ in plate.key:
        wide = KEY_BOX + min(text_width(label, UNDER_PT), right - left - KEY_BOX)
        if x > left and x + wide > right:
            x, base = left, base + KEY
        places.append((x, base))
        x += wide + KEY_GAP
    return tuple(places)


def _has_bar(plate: Plate, page: Page, row: int, column: int) -> bool:
    """Return whether a cell is the last of its column that has its colours."""
    cell = plate.rows[row].cells[column]
    if not page.bars or plate.bars != "below" or cell is None or cell.map is None:
        return False
    if cell.together is not None:  # Their hues stand in the key.
        return False
    for later in plate.rows[row + 1 :]:
        other = later.cells[column]
        if other is not None and other.map is not None:
            return other.map.scale != cell.map.scale
    return True


def _broken(sentence: str, width: float) -> list[str]:
    """Return a sentence in as many lines as it takes."""
    lines: list[str] = []
    for word in sentence.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, SMALL_PT) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _snapped(place: float, down: bool = False) -> float:
    steps = place / GRID
    return (int(steps + 1e-9) if down else round(steps)) * GRID
