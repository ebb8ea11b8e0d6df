"""The drawing area of a pane: paints the layers and turns mouse and keys into what they mean."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.canvas.evidence import EvidenceLayer
from app.canvas.layers import BACKDROP, ImageLayer, View
from app.canvas.marks import MarksLayer
from app.canvas.outlines import Outlines
from app.canvas.pointer import GRAB_RADIUS, PointerEvent, PointerTool
from app.canvas.stroke import StrokeLayer
from app.canvas.viewport import Viewport

FRAME_MS = 16
ZOOM_STEP = 1.25
"""Zoom of one notch of the wheel."""

REGION_FRAME = QColor(255, 255, 255, 110)

STILL = 3
"""Screen pixels that a right button may move and still be a click."""

CROSS_ARM = 9
CROSS_GAP = 3

LEAST = QSize(96, 48)
"""The smallest picture, in screen pixels."""


class Canvas(QWidget):
    """Image, evidence, marks and crosshair of one pane."""

    cursor_moved = Signal(float, float)
    cursor_left = Signal()
    focus_changed = Signal()
    window_dragged = Signal(float, float)  # screen pixels right and down since the last one
    menu_asked = Signal(object, QPoint)  # PointerEvent of a right click without a drag; on screen
    painted = Signal()  # the image itself is on screen for the first time

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Look through ``viewport``."""
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.image = ImageLayer()
        self.evidence = EvidenceLayer()
        self.outlines = Outlines()
        self.marks = MarksLayer()
        self.strokes = StrokeLayer()
        self.opacity = 0.6
        self.notice = ""
        self.tool: PointerTool | None = None
        self.viewport = viewport
        self._crosshair: tuple[float, float] | None = None
        self._mouse: QPointF | None = None
        self._announced = False
        self._drag: str = ""  # "", "pan", "menu", "window" or "tool"
        self._drag_at = QPointF()
        self._space = False
        self._pending: list[tuple[QPointF, Qt.KeyboardModifier]] = []
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self.flush_moves)
        viewport.changed.connect(self.update)
        self.refresh_cursor()

    def minimumSizeHint(self) -> QSize:
        """Pictures, unlike what is written around them, do not grow with the text."""
        return LEAST

    def set_viewport(self, viewport: Viewport) -> None:
        """Look through another viewport: link or unlink this pane."""
        self.viewport.changed.disconnect(self.update)
        self.viewport.set_view(id(self), None)
        self.viewport = viewport
        viewport.changed.connect(self.update)
        if self.isVisible():
            viewport.set_view(id(self), (self.width(), self.height()))
        self.update()

    def set_tool(self, tool: PointerTool | None) -> None:
        """Give the left button to a tool, whose painted pixels are shown; None pans."""
        self.tool = tool
        stroke = None if tool is None else tool.stroke
        old = self.strokes.stroke
        if stroke is not old:
            if old is not None and isValid(old):
                old.touched.disconnect(self._repaint_part)
            self.strokes.stroke = stroke
            if stroke is not None:
                stroke.touched.connect(self._repaint_part)
            self.update()
        self.refresh_cursor()

    def _repaint_part(self, part: QRectF) -> None:
        self.update(self.strokes.screen_rect(part, self.view()))

    def image_changed(self) -> None:
        """Paint again, and announce `painted` once the image is complete."""
        self._announced = False
        self.update()

    @property
    def crosshair(self) -> tuple[float, float] | None:
        """Where the crosshair stands, image pixels."""
        return self._crosshair

    def set_crosshair(self, point: tuple[float, float] | None) -> None:
        """Show where the cursor of another pane is, in image pixels."""
        for at in (self._crosshair, point):
            if at is not None:
                reach = CROSS_ARM + 3
                spot = self.viewport.to_screen(at, QSizeF(self.size())).toPoint()
                self.update(QRect(spot - QPoint(reach, reach), spot + QPoint(reach, reach)))
        self._crosshair = point

    def view(self) -> View:
        """Return how this pane looks at the image now."""
        transform = self.viewport.transform(QSizeF(self.size()))
        return View(transform, self.size(), self.devicePixelRatioF())

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return where an image point lies in this widget."""
        return self.viewport.to_screen((x, y), QSizeF(self.size()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the kept layers on top of each other."""
        painter = QPainter(self)
        try:
            self._paint(painter, event.rect())
        finally:
            painter.end()  # A painter that is left open takes the program down.
        if self.image.complete and not self._announced:
            self._announced = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _paint(self, painter: QPainter, part: QRect) -> None:
        view = self.view()
        if self.image.empty:
            painter.fillRect(part, BACKDROP)
        else:
            painter.drawPixmap(0, 0, self.image.pixmap(view))
            self._paint_evidence(painter, view)
            self.outlines.paint(painter, view, self.evidence)
            cross = self._crosshair
            linked = None if cross is None else view.transform.map(QPointF(*cross))
            self.marks.paint(painter, view, self.font(), linked or self._mouse)
            self.strokes.paint(painter, view, part)
            if linked is not None:
                self._paint_crosshair(painter, linked)
        if self.notice:
            self._paint_notice(painter)

    def _paint_evidence(self, painter: QPainter, view: View) -> None:
        if self.opacity <= 0:
            return
        pixmap = self.evidence.pixmap(view)
        if pixmap is not None:
            painter.setOpacity(self.evidence.strength(self.opacity))
            painter.drawPixmap(0, 0, pixmap)
            painter.setOpacity(1)
        self._paint_region(painter, view)

    def _paint_region(self, painter: QPainter, view: View) -> None:
        """Frame what the model saw, where that is not the whole image."""
        region = self.evidence.region
        width, height = self.viewport.image_size
        cut = region.x0 > 0 or region.y0 > 0 or region.x1 < width or region.y1 < height
        if self.evidence.values is None or not cut:
            return
        pen = QPen(REGION_FRAME, 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(region.x0, region.y0, region.width, region.height)
        painter.drawRect(view.transform.mapRect(frame))

    def _paint_crosshair(self, painter: QPainter, at: QPointF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (QPen(QColor(0, 0, 0, 170), 3.5), QPen(QColor("white"), 1.5)):
            painter.setPen(pen)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                way = QPointF(dx, dy)
                painter.drawLine(at + way * CROSS_GAP, at + way * CROSS_ARM)

    def _paint_notice(self, painter: QPainter) -> None:
        """Write the notice in the middle, on a plate where an image lies under it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(24, 24, -24, -24)
        text = painter.boundingRect(room, flags, self.notice)
        if not self.image.empty:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(13, 14, 16, 215))
            painter.drawRoundedRect(text.adjusted(-14, -9, 14, 9), 6, 6)
        painter.setPen(QColor("#c9ced4"))
        painter.drawText(room, flags, self.notice)

    # Mouse

    def pointer(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> PointerEvent:
        """Return a tool's view of a screen position."""
        x, y = self.viewport.to_image(position, QSizeF(self.size()))
        tolerance = GRAB_RADIUS / self.viewport.scale
        return PointerEvent(x, y, modifiers, tolerance, self.viewport.image_size)

    def refresh_cursor(self) -> None:
        """Show the cursor of what a click would do now."""
        if self._drag == "pan":
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._drag == "window":
            shape = Qt.CursorShape.SizeAllCursor
        elif self._space or self.tool is None:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = self.tool.cursor()
        if self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a drag: what it does depends on the button, the space key and the tool."""
        self.flush_moves()
        if self._drag or self.image.empty:
            return
        self._drag_at = event.position()
        button = event.button()
        if button == Qt.MouseButton.RightButton:
            self._drag = "menu"  # until the mouse moves
        elif button == Qt.MouseButton.MiddleButton or self._space or self.tool is None:
            self._drag = "pan"
        elif button == Qt.MouseButton.LeftButton:
            self._drag = "tool"
            self.tool.press(self.pointer(event.position(), event.modifiers()))
        self.refresh_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take at most one move per frame; the latest counts, all of them to some tools."""
        if not (self._drag == "tool" and self.tool is not None and self.tool.wants_all_moves):
            self._pending.clear()
        self._pending.append((event.position(), event.modifiers()))
        if not self._frame.isActive():
            self.flush_moves()
            self._frame.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag where the button came up."""
        self.flush_moves()
        drag, self._drag = self._drag, ""
        if drag == "tool" and self.tool is not None:
            self.tool.release(self.pointer(event.position(), event.modifiers()))
        elif drag == "menu" and not self.marks.in_work:
            at = self.pointer(event.position(), event.modifiers())
            self.menu_asked.emit(at, event.globalPosition().toPoint())
        self.refresh_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Offer the second click to the tool; fit the image if it has no use for it."""
        if event.button() != Qt.MouseButton.LeftButton or self.image.empty:
            return
        at = self.pointer(event.position(), event.modifiers())
        if self.tool is None or self._space or not self.tool.double_click(at):
            self.viewport.fit()
        else:
            self._drag = "tool"

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor, unless the tool in hand takes the wheel."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned and not self.image.empty:
            if self.tool is not None and not self._space:
                pointer = self.pointer(event.position(), event.modifiers())
                if self.tool.wheel(pointer, turned / 120):
                    event.accept()
                    return
            at = self.viewport.to_image(event.position(), QSizeF(self.size()))
            self.viewport.zoom_at(at, math.pow(ZOOM_STEP, turned / 120))
        event.accept()

    def leaveEvent(self, _event: QEvent) -> None:
        """Tell that the cursor is elsewhere."""
        self._pending.clear()
        self._mouse = None
        if self.tool is not None and self.strokes.stroke is not None:
            self.strokes.stroke.show_circle(None)
        self.cursor_left.emit()

    def enterEvent(self, _event: QEnterEvent) -> None:
        """Show the cursor of the present tool."""
        self.refresh_cursor()

    def flush_moves(self) -> None:
        """Hand on the moves that wait for the next frame."""
        pending, self._pending = self._pending, []
        if not pending or self.image.empty:
            return
        position = self._mouse = pending[-1][0]
        moved = position - self._drag_at
        if self._drag == "menu" and moved.manhattanLength() > STILL:
            self._drag = "window"
        if self._drag in ("pan", "window"):
            self._drag_at = position
        if self._drag == "pan":
            self.viewport.pan(moved.x(), moved.y())
        elif self._drag == "window":
            self.window_dragged.emit(moved.x(), moved.y())
        elif self.tool is not None and self._drag != "menu":
            take = self.tool.move if self._drag else self.tool.hover
            for place, modifiers in pending:
                take(self.pointer(place, modifiers))
        self.refresh_cursor()
        x, y = self.viewport.to_image(position, QSizeF(self.size()))
        self.cursor_moved.emit(x, y)

    # Keys and other events

    def event(self, event: QEvent) -> bool:
        """Claim the tool's keys before shortcuts get them; zoom by a pinch."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key, modifiers = Qt.Key(event.key()), event.modifiers()
            if self.tool is not None and self.tool.wants_key(key, modifiers):
                event.accept()
                return True
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            at = self.viewport.to_image(event.position(), QSizeF(self.size()))
            self.viewport.zoom_at(at, 1 + event.value())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pans while it is held; the rest is the tool's."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._space = True
            self.refresh_cursor()
        elif self.tool is None or not self.tool.key(Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Give the tool back."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.refresh_cursor()
        else:
            if self.tool is not None and not event.isAutoRepeat():
                self.tool.key_up(Qt.Key(event.key()))
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the pane show where the keys go."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys go elsewhere; a held space key will not come up here."""
        super().focusOutEvent(event)
        self._space = False
        self.focus_changed.emit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Tell the viewport the new size."""
        self.viewport.set_view(id(self), (self.width(), self.height()))

    def hideEvent(self, _event: QHideEvent) -> None:
        """A hidden pane has no say in what fits."""
        # At the program's end Qt may have taken the viewport away first.
        if isValid(self.viewport):
            self.viewport.set_view(id(self), None)

    def showEvent(self, _event: QShowEvent) -> None:
        """A shown pane has one."""
        self.viewport.set_view(id(self), (self.width(), self.height()))
