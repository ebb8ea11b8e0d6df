"""The layer of drawn shapes, and of the one in work."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import is_
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from app.canvas.crowd import FEW, Outline, bounds_of, crowd_picture, outlines_of, touching
from app.canvas.layers import View
from app.canvas.painting import (
    OUTLINE,
    SELECTED_OUTLINE,
    paint_caption,
    paint_handles,
    paint_line,
    paint_shape,
    paint_snap,
    paint_tag,
)
from softcam_core.annotations.shapes import Shape

Point = tuple[float, float]

FALLBACK_COLOUR = "#ffffff"
"""Of shapes whose label has no colour."""

MOST_MADE = 50_000
"""Marks that are kept for the next time before those no longer shown are forgotten."""

MOST_TAGS = 40
"""With more shapes in view the name tags would cover the tissue; the colours say enough."""


class ShapeRecord(Protocol):
    """What the layer reads of an annotation."""

    @property
    def id(self) -> int | str:
        """Identity, stable through edits."""

    @property
    def label(self) -> str:
        """The name of the finding."""

    @property
    def shape(self) -> Shape:
        """The geometry, in image pixels."""


@dataclass(frozen=True)
class Mark:
    """One shape as the layer draws it; a strong one stands out as a selected one does."""

    id: int | str
    shape: Shape
    label: str = ""
    colour: str = FALLBACK_COLOUR
    strong: bool = False


@dataclass(frozen=True)
class Sketch:
    """A shape while it is drawn or changed; painted live over the others.

    Attributes:
        shape: as it would be now; None while there is only an open line.
        line: the corners of an outline that is not closed yet; the last follows the mouse. With
            a shape that leads through them they are painted alone.
        colour: of its label.
        label: the tag to write.
        replaces: id of the annotation that it stands for, which is hidden meanwhile.
        more: further shapes that change along, each in place of the annotation of its id.
        caption: what to write beside the mouse, for instance a length.
        snap: the place that the corner under the mouse would snap to.
    """

    shape: Shape | None = None
    line: tuple[Point, ...] = ()
    colour: str = FALLBACK_COLOUR
    label: str = ""
    replaces: int | str | None = None
    more: tuple[Mark, ...] = ()
    caption: str = ""
    snap: Point | None = None

    @property
    def hides(self) -> frozenset[int | str]:
        """Ids of the annotations that are not painted meanwhile."""
        own = frozenset() if self.replaces is None else frozenset({self.replaces})
        return own | {mark.id for mark in self.more}


class MarksLayer:
    """All shapes of a case, kept as drawn, and the sketch of the one in work."""

    def __init__(self) -> None:
        """Start without shapes."""
        self.marks = Marks()
        self.selection: frozenset[int | str] = frozenset()
        self.tags: dict[int | str, str] = {}
        self.sketch: Sketch | None = None
        self._drawn: tuple[View, QPixmap] | None = None
        self._last_view: View | None = None

    def set_marks(self, marks: Iterable[Mark], selection: Iterable[int | str]) -> None:
        """Show these shapes, some of them selected."""
        selection = frozenset(selection)
        if marks is not self.marks:
            marks = marks if isinstance(marks, Marks) else Marks(marks)
            if marks != self.marks:
                self._drawn = None
            self.marks = marks
        if selection != self.selection:
            self.selection = selection
            self._drawn = None

    def set_tags(self, tags: dict[int | str, str]) -> None:
        """Write other tags than their labels to some shapes, by their ids."""
        if tags != self.tags:
            self.tags = tags
            self._drawn = None

    @property
    def in_work(self) -> bool:
        """Whether a shape is being drawn or changed."""
        return self.sketch is not None and bool(self.sketch.shape or self.sketch.line)

    def set_sketch(self, sketch: Sketch | None) -> None:
        """Show the shape in work, in place of the one that it changes."""
        before = self.sketch.hides if self.sketch else frozenset()
        after = sketch.hides if sketch else frozenset()
        if before != after:
            self._drawn = None
        self.sketch = sketch

    def paint(
        self, painter: QPainter, view: View, font: QFont, mouse: QPointF | None = None
    ) -> None:
        """Paint all shapes, then the sketch, its caption beside the ``mouse``.

        While the view moves the shapes are painted straight away; a view that stays gets a
        picture of them, which later frames (another opacity, a moving sketch) only put down.
        """
        if self.marks:
            if self._drawn is not None and self._drawn[0] == view:
                painter.drawPixmap(0, 0, self._drawn[1])
            elif self._last_view == view:
                self._drawn = (view, self._draw(view, font))
                painter.drawPixmap(0, 0, self._drawn[1])
            else:
                self._paint_marks(painter, view, font)
            self._last_view = view
        sketch = self.sketch
        if sketch is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        self._paint_sketch(painter, view, sketch)
        if sketch.caption and mouse is not None:
            paint_caption(painter, sketch.caption, mouse, QRectF(QPointF(), view.size.toSizeF()))

    def _paint_sketch(self, painter: QPainter, view: View, sketch: Sketch) -> None:
        for mark in sketch.more:
            colour = QColor(mark.colour)
            paint_shape(painter, mark.shape, view.transform, colour, selected=True, handles=False)
        colour = QColor(sketch.colour)
        if sketch.shape is not None:
            changed = sketch.replaces is not None
            place = paint_shape(
                painter,
                sketch.shape,
                view.transform,
                colour,
                selected=changed,
                handles=changed and not sketch.more,
            )
            if not sketch.more:
                paint_tag(painter, sketch.label, place, colour)
        if sketch.line:
            points = [view.transform.map(QPointF(x, y)) for x, y in sketch.line]
            if sketch.shape is None:
                paint_line(painter, points, colour)
            else:
                paint_handles(painter, points[:-1], colour)
        if sketch.snap is not None:
            paint_snap(painter, view.transform.map(QPointF(*sketch.snap)))

    def _draw(self, view: View, font: QFont) -> QPixmap:
        pixmap = view.blank()
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._paint_marks(painter, view, font)
        painter.end()
        return pixmap

    def _paint_marks(self, painter: QPainter, view: View, font: QFont) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        hidden: frozenset[int | str] = self.sketch.hides if self.sketch else frozenset()
        places = np.flatnonzero(touching(self.marks.bounds, view.visible())).tolist()
        seen = [n for n in places if self.marks[n].id not in hidden]
        bold = [n for n in seen if self._bold(self.marks[n])]
        plain = [n for n in seen if not self._bold(self.marks[n])]
        # The selected ones last, over the others.
        for numbers, width in ((plain, OUTLINE), (bold, SELECTED_OUTLINE)):
            if len(numbers) > FEW:
                crowd = ((self.marks.outlines[n], self.marks[n].colour) for n in numbers)
                painter.drawImage(0, 0, crowd_picture(crowd, view, width))
            else:
                for n in numbers:
                    self._paint_mark(painter, self.marks[n], view, len(seen) <= MOST_TAGS)

    def _bold(self, mark: Mark) -> bool:
        return mark.strong or mark.id in self.selection

    def _paint_mark(self, painter: QPainter, mark: Mark, view: View, tagged: bool) -> None:
        colour, selected = QColor(mark.colour), mark.id in self.selection
        alone = selected and len(self.selection) == 1
        bold = self._bold(mark)
        place = paint_shape(
            painter, mark.shape, view.transform, colour, selected=bold, handles=alone
        )
        # The tags of many selected shapes would cover what they are.
        if tagged or alone:
            paint_tag(painter, self.tags.get(mark.id, mark.label), place, colour)


class Marks(list[Mark]):
    """Marks with what is worked out of them once, for all panes that show them."""

    @cached_property
    def outlines(self) -> list[Outline]:
        """The outline of each."""
        return outlines_of([mark.shape for mark in self])

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """The bounds of each, (N, 4)."""
        return bounds_of(self.outlines)


class _Made:
    """The marks made last: most of them serve again after an edit, all of them in the next pane."""

    def __init__(self) -> None:
        self._lists: list[tuple[list[ShapeRecord], dict[str, str], Collection[object], Marks]] = []
        self._single: dict[int, tuple[ShapeRecord, Mark]] = {}

    def of(
        self, records: list[ShapeRecord], colours: dict[str, str], strong: Collection[int | str]
    ) -> Marks:
        for known, known_colours, known_strong, marks in self._lists:
            same = len(known) == len(records) and all(map(is_, known, records))
            if same and (known_colours, known_strong) == (colours, strong):
                return marks
        made = Marks(self._mark(r, colours.get(r.label, FALLBACK_COLOUR), strong) for r in records)
        self._lists = [*self._lists[-1:], (records, dict(colours), strong, made)]
        if len(self._single) > MOST_MADE + len(records):
            self._single.clear()
        return made

    def _mark(self, record: ShapeRecord, colour: str, strong: Collection[int | str]) -> Mark:
        known = self._single.get(id(record))
        stands_out = record.id in strong
        if known is not None and known[0] is record:
            mark = known[1]
            if mark.colour == colour and mark.strong == stands_out:
                return mark
        mark = Mark(record.id, record.shape, record.label, colour, stands_out)
        self._single[id(record)] = (record, mark)
        return mark


_made = _Made()


def marks_of(
    records: Iterable[ShapeRecord],
    colours: dict[str, str],
    strong: Collection[int | str] = (),
) -> Marks:
    """Return the marks of annotations in the colours of their labels; ``strong`` ones stand out."""
    return _made.of(list(records), colours, frozenset(strong))
