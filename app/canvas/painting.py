"""How a drawn shape looks: outline, halo, handles, tag; all of constant size on the screen."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from app.canvas.handles import TURN, handles_of, stem
from softcam_core.annotations.shapes import Shape

HALO = QColor(0, 0, 0, 150)
"""Drawn under every outline, so that it stands out on bright and on dark tissue."""

PLATE = QColor(13, 14, 16, 190)
"""Behind a text over the image."""

OUTLINE = 2.0
SELECTED_OUTLINE = 3.0
HANDLE = 8.0
POINT_RADIUS = 6.0
SNAP_RADIUS = 7.0
FILL_ALPHA = 40
CAPTION_OFFSET = QPointF(16, 14)
"""From the tip of the mouse to the caption, clear of the cursor."""

OPEN_KINDS = ("length", "angle")
"""Kinds whose lines enclose nothing."""


def outline_path(shape: Shape, transform: QTransform) -> QPainterPath:
    """Return the outline of a shape in screen pixels."""
    path = QPainterPath()
    if shape.kind == "point":
        at = transform.map(QPointF(*shape.points[0]))
        path.addEllipse(at, POINT_RADIUS, POINT_RADIUS)
        path.addEllipse(at, 0.75, 0.75)
        return path
    for line in shape.outline():
        path.addPolygon(transform.map(QPolygonF([QPointF(x, y) for x, y in line.tolist()])))
    return path


def paint_outline(
    painter: QPainter, path: QPainterPath, colour: QColor, selected: bool, closed: bool
) -> None:
    """Paint an outline over its halo; a selected shape is filled lightly as well."""
    width = SELECTED_OUTLINE if selected else OUTLINE
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(HALO, width + 2))
    painter.drawPath(path)
    if selected and closed:
        fill = QColor(colour)
        fill.setAlpha(FILL_ALPHA)
        painter.setBrush(QBrush(fill))
    painter.setPen(pen(colour, width))
    painter.drawPath(path)


def paint_shape(
    painter: QPainter,
    shape: Shape,
    transform: QTransform,
    colour: QColor,
    *,
    selected: bool,
    handles: bool,
) -> QRectF:
    """Paint one shape and return the place it takes on the screen, of several parts the largest's.

    A selected shape stands out by its width and fill; ``handles`` shows where to take it.
    """
    path = outline_path(shape, transform)
    paint_outline(painter, path, colour, selected, shape.kind not in OPEN_KINDS)
    if handles:
        _paint_handles_of(painter, shape, transform, colour)
    # The box around scattered parts may begin far from each of them.
    parts = path.toSubpathPolygons() if shape.kind == "mask" else []
    places = [part.boundingRect() for part in parts] or [path.boundingRect()]
    return max(places, key=lambda place: place.width() * place.height())


def paint_line(painter: QPainter, points: list[QPointF], colour: QColor) -> None:
    """Paint a line of corners that is not closed yet; its last piece, to the mouse, is dashed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in (pen(HALO, OUTLINE + 2), pen(colour, OUTLINE)):
        painter.setPen(stroke)
        painter.drawPolyline(points[:-1])
    if len(points) > 1:
        dashed = pen(colour, OUTLINE)
        dashed.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(dashed)
        painter.drawLine(points[-2], points[-1])
    paint_handles(painter, points[:-1], colour)


def pen(colour: QColor, width: float) -> QPen:
    """Return a pen that keeps corners sharp."""
    made = QPen(colour, width)
    made.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return made


def paint_handles(painter: QPainter, places: list[QPointF], colour: QColor) -> None:
    """Paint the small squares by which a shape is taken."""
    painter.setPen(QPen(colour.darker(160), 1.25))
    painter.setBrush(QBrush(QColor("white")))
    half = HANDLE / 2
    for at in places:
        painter.drawRect(QRectF(at.x() - half, at.y() - half, HANDLE, HANDLE))


def _paint_handles_of(
    painter: QPainter, shape: Shape, transform: QTransform, colour: QColor
) -> None:
    """Paint the handles that a shape has at this zoom; the one that turns it is round."""
    shown = handles_of(shape, hypot(transform.m11(), transform.m12()))
    for handle in shown:
        if handle.number == TURN:
            at = transform.map(QPointF(handle.x, handle.y))
            foot = transform.map(QPointF(*stem(shape)))
            for stroke in (pen(HALO, 3.0), pen(colour, 1.25)):
                painter.setPen(stroke)
                painter.drawLine(foot, at)
            painter.setPen(QPen(colour.darker(160), 1.25))
            painter.setBrush(QBrush(QColor("white")))
            painter.drawEllipse(at, HANDLE / 2 + 0.5, HANDLE / 2 + 0.5)
    places = [transform.map(QPointF(h.x, h.y)) for h in shown if h.number != TURN]
    paint_handles(painter, places, colour)


def paint_snap(painter: QPainter, at: QPointF) -> None:
    """Ring the place that a corner would snap to."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in (QPen(HALO, 4.0), QPen(QColor("white"), 1.75)):
        painter.setPen(stroke)
        painter.drawEllipse(at, SNAP_RADIUS, SNAP_RADIUS)


def paint_tag(painter: QPainter, text: str, bounds: QRectF, colour: QColor) -> None:
    """Write the label above the top left corner, below the top edge where there is no room."""
    if not text:
        return
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 8, metrics.height() + 2
    top = bounds.top() - height - 3
    if top < 0:
        top = bounds.top() + 4
    _plate(painter, QRectF(bounds.left() - 1, top, width, height), text, colour)


def paint_caption(painter: QPainter, text: str, mouse: QPointF, size: QRectF) -> None:
    """Write a value beside the mouse, inside ``size``, the rectangle of the pane."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 6
    at = mouse + CAPTION_OFFSET
    if at.x() + width > size.right():
        at.setX(mouse.x() - CAPTION_OFFSET.x() - width)
    if at.y() + height > size.bottom():
        at.setY(mouse.y() - CAPTION_OFFSET.y() - height)
    _plate(painter, QRectF(at.x(), at.y(), width, height), text, QColor("#f2f4f6"))


def _plate(painter: QPainter, place: QRectF, text: str, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(PLATE))
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
