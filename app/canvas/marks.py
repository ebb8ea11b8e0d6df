"""The layer of drawn shapes: outlines, name tags and handles of constant size on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)

from app.canvas.layers import View
from softcam_core.annotations.shapes import Shape

Point = tuple[float, float]

HALO = QColor(0, 0, 0, 150)
"""Drawn under every outline, so that it stands out on bright and on dark tissue."""

FALLBACK_COLOUR = "#ffffff"
"""Of shapes whose label has no colour."""

OUTLINE = 2.0
SELECTED_OUTLINE = 3.0
HANDLE = 8.0
POINT_RADIUS = 6.0
FILL_ALPHA = 40
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
    """One shape as the layer draws it."""

    id: int | str
    shape: Shape
    label: str = ""
    colour: str = FALLBACK_COLOUR


@dataclass(frozen=True)
class Sketch:
    """A shape while it is drawn or changed; painted live over the others.

    Attributes:
        shape: as it would be now; None while there is only an open line.
        line: the corners of an outline that is not closed yet; the last follows the mouse.
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
        self.marks: list[Mark] = []
        self.selection: frozenset[int | str] = frozenset()
        self.sketch: Sketch | None = None
        self._drawn: tuple[View, QPixmap] | None = None
        self._last_view: View | None = None

    def set_marks(self, marks: Iterable[Mark], selection: Iterable[int | str]) -> None:
        """Show these shapes, some of them selected."""
        marks, selection = list(marks), frozenset(selection)
        if marks != self.marks or selection != self.selection:
            self.marks, self.selection = marks, selection
            self._drawn = None

    def set_sketch(self, sketch: Sketch | None) -> None:
        """Show the shape in work, in place of the one that it changes."""
        before = self.sketch.hides if self.sketch else frozenset()
        after = sketch.hides if sketch else frozenset()
        if before != after:
            self._drawn = None
        self.sketch = sketch

    def paint(self, painter: QPainter, view: View, font: QFont) -> None:
        """Paint all shapes, then the sketch.

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
        for mark in sketch.more:
            paint_mark(painter, mark, view.transform, True, False)
        if sketch.shape is not None:
            mark = Mark("", sketch.shape, sketch.label, sketch.colour)
            paint_mark(painter, mark, view.transform, sketch.replaces is not None)
        else:
            points = [view.transform.map(QPointF(x, y)) for x, y in sketch.line]
            paint_line(painter, points, QColor(sketch.colour))

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
        reach = view.visible()
        seen = [m for m in self.marks if m.id not in hidden and _touches(m.shape, reach)]
        # The selected ones last, over the others.
        for mark in sorted(seen, key=lambda m: m.id in self.selection):
            selected = mark.id in self.selection
            paint_mark(painter, mark, view.transform, selected, len(seen) <= MOST_TAGS)


def _touches(shape: Shape, reach: QRectF) -> bool:
    """Return whether a shape may be seen in a rectangle of the image plane."""
    x0, y0, x1, y1 = shape.bounds
    across = x0 <= reach.right() and x1 >= reach.left()
    return across and y0 <= reach.bottom() and y1 >= reach.top()


def paint_mark(
    painter: QPainter, mark: Mark, transform: QTransform, selected: bool, tagged: bool = True
) -> None:
    """Paint one shape with its tag; the selected one is filled lightly and shows its handles."""
    colour = QColor(mark.colour)
    path = QPainterPath()
    if mark.shape.kind == "point":
        at = transform.map(QPointF(*mark.shape.points[0]))
        path.addEllipse(at, POINT_RADIUS, POINT_RADIUS)
        path.addEllipse(at, 0.75, 0.75)
    else:
        for line in mark.shape.outline():
            path.addPolygon(transform.map(QPolygonF([QPointF(x, y) for x, y in line.tolist()])))
    width = SELECTED_OUTLINE if selected else OUTLINE
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(HALO, width + 2))
    painter.drawPath(path)
    if selected:
        fill = QColor(colour)
        fill.setAlpha(FILL_ALPHA)
        painter.setBrush(QBrush(fill))
    painter.setPen(_pen(colour, width))
    painter.drawPath(path)
    if selected and mark.shape.kind != "point":
        handles = [transform.map(QPointF(x, y)) for x, y in mark.shape.handles.tolist()]
        _paint_handles(painter, handles, colour)
    if tagged or selected:
        _paint_tag(painter, mark.label, path.boundingRect(), colour)


def paint_line(painter: QPainter, points: list[QPointF], colour: QColor) -> None:
    """Paint a line of corners that is not closed yet; its last piece, to the mouse, is dashed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (_pen(HALO, OUTLINE + 2), _pen(colour, OUTLINE)):
        painter.setPen(pen)
        painter.drawPolyline(points[:-1])
    if len(points) > 1:
        dashed = _pen(colour, OUTLINE)
        dashed.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        painter.drawLine(points[-2], points[-1])
    _paint_handles(painter, points[:-1], colour)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _paint_handles(painter: QPainter, places: list[QPointF], colour: QColor) -> None:
    painter.setPen(QPen(colour.darker(160), 1.25))
    painter.setBrush(QBrush(QColor("white")))
    half = HANDLE / 2
    for at in places:
        painter.drawRect(QRectF(at.x() - half, at.y() - half, HANDLE, HANDLE))


def _paint_tag(painter: QPainter, text: str, bounds: QRectF, colour: QColor) -> None:
    """Write the label above the top left corner, below the top edge where there is no room."""
    if not text:
        return
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 8, metrics.height() + 2
    top = bounds.top() - height - 3
    if top < 0:
        top = bounds.top() + 4
    tag = QRectF(bounds.left() - 1, top, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(13, 14, 16, 190)))
    painter.drawRoundedRect(tag, 3, 3)
    painter.setPen(colour)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)


def marks_of(records: Iterable[ShapeRecord], colours: dict[str, str]) -> list[Mark]:
    """Return the marks of annotations in the colours of their labels."""
    return [Mark(r.id, r.shape, r.label, colours.get(r.label, FALLBACK_COLOUR)) for r in records]
