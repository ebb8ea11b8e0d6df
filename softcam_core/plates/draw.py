"""A figure drawn by matplotlib: pictures as pixels, words and lines as vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from softcam_core.figures.style import MM, plain
from softcam_core.figures.text import fitted, text_width, wrapped
from softcam_core.plates import layout
from softcam_core.plates.layout import Rect, Sheet, laid_out
from softcam_core.plates.paint import (
    HALO,
    bar,
    map_lines,
    painted,
    strength,
    strong_colour,
)
from softcam_core.plates.ruler import ruler
from softcam_core.plates.values import Cell, Page, Plate, Scale

LINE, THIN = 0.6, 0.4
"""Width of marks and contours, and of the contours above the threshold's, pt."""
CROWD, CROWDED = 60, 0.3
"""So many outlines in one picture are drawn as thin as this, pt."""
HALO_SHARE = 2.1
"""Width of the dark line below them, in widths of the line."""
_PAD = 0.5
_BAR_HEIGHT = 1.5


def drawn(plate: Plate, page: Page, check: Callable[[], object] = lambda: None) -> Figure:
    """Return a figure; call it, and save the result, within `softcam_core.figures.style.drawing`.

    Args:
        plate: what to draw.
        page: on what.
        check: called before each picture; it may raise CancelledError.

    Raises:
        PlateError: it does not fit onto the page.
    """
    return _Drawing(plate, page, check).figure


class _Drawing:
    """One figure under way; coordinates are mm, from the top left corner."""

    def __init__(self, plate: Plate, page: Page, check: Callable[[], object]) -> None:
        self._plate, self._page, self._check = plate, page, check
        self._ink, ground = ("white", "black") if page.dark else ("black", "white")
        self._soft = "#b8b8b8" if page.dark else "#4a4a4a"
        sheet = self._sheet = laid_out(plate, page)
        width, height = sheet.size
        self.figure = Figure(figsize=(width * MM, height * MM), facecolor=ground)
        self._ax: Axes = self.figure.add_axes((0, 0, 1, 1))
        self._ax.set_axis_off()
        self._draw(sheet)
        self._ax.set_xlim(0, width)
        self._ax.set_ylim(height, 0)
        self._ax.set_aspect("auto")

    def _draw(self, sheet: Sheet) -> None:
        if sheet.title:
            self._text(sheet.gutter, sheet.title, self._page.title, layout.TITLE_PT, weight="bold")
        self._heads(sheet)
        for number, row in enumerate(self._plate.rows):
            first = sheet.cells[number][0]
            if row.letter:
                self._text(
                    *(layout.MARGIN, first.y, row.letter, layout.LETTER_PT),
                    weight="bold",
                    va="top",
                )
            self._label(sheet.labels[number], first, sheet.gutter)
            for column, cell in enumerate(row.cells):
                if cell is not None:
                    place = sheet.cells[number][column]
                    self._cell(cell, place)
                    if sheet.bar_below[number][column] and cell.map is not None:
                        self._bar_below(cell.map.scale, place, strength(cell.look))
            if self._page.bars and self._plate.bars == "right":
                self._bar_right(row.cells, sheet.cells[number][-1])
        self._key(sheet)
        for line, y in sheet.footer:
            self._text(sheet.gutter, y, line, layout.SMALL_PT, color=self._soft)

    # Words around the pictures

    def _text(self, x: float, y: float, text: str, size: float, **options: Any) -> None:
        style: dict[str, Any] = {"color": self._ink, "ha": "left", "va": "baseline", **options}
        self._ax.text(x, y, plain(text), fontsize=size, **style)

    def _heads(self, sheet: Sheet) -> None:
        columns, places = self._plate.columns, sheet.cells[0]
        for name, members in groupby(range(len(columns)), key=lambda n: columns[n].group):
            numbers = list(members)
            if name:
                x0, x1 = places[numbers[0]].x, places[numbers[-1]].right
                middle, y = (x0 + x1) / 2, sheet.group - 1.1
                # Over a narrow column the end of the words is enough: "black box".
                fits = text_width(name, layout.HEAD_PT) <= x1 - x0
                short = name if fits else name.rpartition(", ")[2].capitalize()
                words = " ".join(wrapped(short, x1 - x0, layout.HEAD_PT, 1))
                self._text(middle, y - 0.8, words, layout.HEAD_PT, ha="center")
                self._rule([x0 + 0.4, x1 - 0.4], y, self._soft, 0.5)
        for column, lines, place in zip(columns, sheet.heads, places, strict=True):
            middle = place.x + place.width / 2
            for up, line in enumerate(reversed(lines)):
                y = sheet.head - 0.7 - up * layout.HEAD_LINE
                self._text(middle, y, line, layout.HEAD_PT, weight="bold", ha="center")
            if column.under:
                under = " ".join(wrapped(column.under, place.width, layout.UNDER_PT, 1))
                y = sheet.under - 0.5
                self._text(middle, y, under, layout.UNDER_PT, ha="center", color=self._soft)

    def _label(self, lines: Sequence[str], first: Rect, gutter: float) -> None:
        for number, line in enumerate(lines):
            x = gutter - 0.9 - (len(lines) - 1 - number) * layout.LABEL_LINE
            self._text(
                *(x, first.y + first.height / 2, line, layout.HEAD_PT),
                rotation=90,
                rotation_mode="anchor",
                ha="center",
            )

    def _key(self, sheet: Sheet) -> None:
        right = sheet.size[0] - layout.MARGIN
        for (label, colour), (x, y) in zip(self._plate.key, sheet.key, strict=True):
            for edge, line in ((HALO, 2 * LINE), (colour, LINE)):
                box = Rectangle((x, y - 1.5), 2.2, 1.5, fc="none", ec=edge, lw=line)
                self._ax.add_patch(box)
            words = fitted(plain(label), right - x - layout.KEY_BOX, layout.UNDER_PT)
            self._text(x + layout.KEY_BOX, y, words, layout.UNDER_PT)

    def _rule(self, x: list[float], y: float, colour: str, width: float) -> None:
        self._ax.plot(x, [y, y], color=colour, linewidth=width, solid_capstyle="butt")

    # Pictures

    def _cell(self, cell: Cell, place: Rect) -> None:
        self._check()
        inside = _inside(place, cell.picture.aspect)
        dots = self._page.dpi / 25.4
        size = (max(1, round(inside.height * dots)), max(1, round(inside.width * dots)))
        self._image(painted(cell, size), inside)
        frame = Rectangle((inside.x, inside.y), inside.width, inside.height, visible=False)
        self._ax.add_patch(frame)
        x0, y0, x1, _ = cell.picture.view
        across = inside.width / (x1 - x0)
        scale = np.array([across, across * cell.picture.tall])
        origin, corner = np.array([x0, y0]), np.array([inside.x, inside.y])
        lines: list[tuple[Any, Any, dict[str, Any]]] = []
        for line in map_lines(cell) if cell.map is not None else ():
            look = {"linestyle": "-" if line.positive else (0, (3, 1.5))}
            colour = strong_colour(cell.map.scale.pair, line.positive) if cell.map else ""
            lines.append((line.points, colour, look | {"width": LINE if line.thick else THIN}))
        outlines = [(line, mark.colour) for mark in cell.marks for line in mark.shape.outline()]
        # Outlines of a crowd of small lesions must not hide what they enclose.
        width = LINE if len(outlines) <= CROWD else CROWDED
        lines += [(line, colour, {"width": width}) for line, colour in outlines]
        for halo in (True, False):
            for points, colour, look in lines:
                self._line((points - origin) * scale + corner, colour, look, halo, frame)
        self._words(cell, place, inside)
        if cell.ruler and self._page.scale and cell.picture.spacing:
            self._ruler(cell, inside, across)

    def _line(
        self, points: Any, colour: Any, look: dict[str, Any], halo: bool, frame: Rectangle
    ) -> None:
        """Draw a line within a picture, or the dark line that it lies on; one place is a ring."""
        style: dict[str, Any] = {"color": HALO if halo else colour}
        style["linewidth"] = look["width"] * (HALO_SHARE if halo else 1)
        style["linestyle"] = "-" if halo else look.get("linestyle", "-")
        if len(points) == 1:
            style |= {"marker": "o", "markersize": 3, "markerfacecolor": "none"}
            style |= {"markeredgecolor": style["color"], "markeredgewidth": style["linewidth"]}
        (artist,) = self._ax.plot(points[:, 0], points[:, 1], **style)
        artist.set_clip_path(frame)

    def _image(self, pixels: Any, place: Rect) -> None:
        extent = (place.x, place.right, place.bottom, place.y)
        self._ax.imshow(pixels, extent=extent, interpolation="none", aspect="auto")

    def _words(self, cell: Cell, place: Rect, inside: Rect) -> None:
        if cell.above:
            middle, y = place.x + place.width / 2, place.y - 0.7
            words = fitted(cell.above, place.width, layout.UNDER_PT)
            self._text(middle, y, words, layout.UNDER_PT, ha="center")
        size = layout.SMALL_PT
        wide = text_width(cell.left, size) + text_width(cell.right, size) + 4 * _PAD
        drop = 2.4 if cell.left and cell.right and wide > inside.width else 0.0
        self._tag(inside.x + _PAD, inside.y + _PAD, cell.left, "left")
        self._tag(inside.right - _PAD, inside.y + _PAD + drop, cell.right, "right")
        if cell.missing:
            lines = wrapped(cell.missing, inside.width - 2 * _PAD, size, 5)
            x, y = inside.x + inside.width / 2, inside.y + inside.height / 2
            self._tag(x, y, "\n".join(lines), "center", "center")

    def _tag(self, x: float, y: float, text: str, ha: str, va: str = "top") -> None:
        """Write over a picture, on a dark ground that any picture leaves legible."""
        if text:
            ground = {"boxstyle": "square,pad=0.18", "facecolor": "black", "alpha": 0.62, "lw": 0}
            self._ax.text(
                *(x, y, text),
                ha=ha,
                va=va,
                linespacing=1.15,
                fontsize=layout.SMALL_PT,
                color="white",
                bbox=ground,
            )

    def _ruler(self, cell: Cell, inside: Rect, scale: float) -> None:
        x0, _, x1, _ = cell.picture.view
        length, text = ruler(x1 - x0, float(cell.picture.spacing or 1.0))
        y, right = inside.bottom - 1.2, inside.right - 1.2
        for width, colour in ((2.4, "black"), (1.3, "white")):
            self._rule([right - length * scale, right], y, colour, width)
        self._tag(right - length * scale / 2, y - 0.9, text, "center", "bottom")

    # Colours

    def _dots(self, length: float) -> int:
        """Return how many dots a bar of this length (mm) has: one at least, however narrow."""
        return max(1, round(length * self._page.dpi / 25.4))

    def _bar_below(self, scale: Scale, place: Rect, opacity: float) -> None:
        y = place.bottom + 0.7
        dots = self._dots(place.width)
        self._image(bar(scale, (dots, 1), opacity), Rect(place.x, y, place.width, _BAR_HEIGHT))
        low, high = ends(scale)
        base, size = y + _BAR_HEIGHT + 1.9, layout.SMALL_PT
        words = sum(text_width(text, size) for text in (low, high, scale.units))
        if words + 2.0 <= place.width:
            self._text(place.x, base, low, size)
            middle = place.x + place.width / 2
            self._text(middle, base, scale.units, size, ha="center", color=self._soft)
            self._text(place.right, base, high, size, ha="right")
        else:
            sign = "" if scale.rectified else "\N{PLUS-MINUS SIGN}"
            text = f"{sign}{high} {scale.units}"
            self._text(place.x + place.width / 2, base, text, size, ha="center")

    def _bar_right(self, cells: Sequence[Cell | None], last: Rect) -> None:
        first = next((cell for cell in cells if cell is not None and cell.map), None)
        if first is None or first.map is None:
            return
        scale, x = first.map.scale, last.right + 1.2
        dots = self._dots(last.height)
        column = bar(scale, (dots, 1), strength(first.look)).transpose(1, 0, 2)[::-1]
        self._image(column, Rect(x, last.y, _BAR_HEIGHT, last.height))
        low, high = ends(scale)
        size = layout.SMALL_PT
        self._text(x + 2.1, last.y, high, size, va="top")
        self._text(x + 2.1, last.bottom, low, size, va="bottom")
        middle = last.y + last.height / 2
        self._text(x + 2.1, middle, scale.units, size, va="center", color=self._soft)


def ends(scale: Scale) -> tuple[str, str]:
    """Return the numbers at both ends of a scale's bar."""
    high = number(scale.limit)
    return ("0" if scale.rectified else f"\N{MINUS SIGN}{high}"), high


def number(value: float) -> str:
    """Return a number with three significant digits.

    Example:
        >>> [number(value) for value in (194.747, 9.0, 0.02326, 12345.6)]
        ['195', '9', '0.0233', '12300']
    """
    return f"{float(f'{value:.3g}'):.10g}" if value else "0"


def _inside(place: Rect, aspect: float) -> Rect:
    """Return the rectangle that a picture takes in its cell: as wide as that, or as high."""
    height = place.width * aspect
    if height <= place.height + 0.5 * layout.GRID:
        gap = 0.0 if abs(height - place.height) < layout.GRID else (place.height - height) / 2
        return Rect(place.x, place.y + gap, place.width, place.height - 2 * gap)
    width = place.height / aspect
    return Rect(place.x + (place.width - width) / 2, place.y, width, place.height)
