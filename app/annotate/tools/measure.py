"""Measurements: a few points, by clicks or by a drag, with their value beside the mouse."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import ClassVar

from PySide6.QtCore import Qt

from app.annotate.sizes import size_text
from app.annotate.tools.edit import STILL
from app.annotate.tools.snapping import snapped
from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape

Point = tuple[float, float]

STEP = pi / 4
"""With Shift a line runs level, upright or half way between."""


class MeasureTool(ShapeTool):
    """Each click sets a point; a drag sets one at either end. The last point stores the measure.

    Backspace takes the last point back, Esc gives up; Shift keeps the line level or upright.
    """

    kind: ClassVar[str]
    count: ClassVar[int]

    _points: tuple[Point, ...] = ()
    _pressed: Point | None = None
    _mouse: Point = (0.0, 0.0)
    _last: PointerEvent | None = None

    def press(self, event: PointerEvent, /) -> None:
        """Set a point."""
        if self.annotator.may_draw():
            self._pressed = event.point
            self._set(event)

    def move(self, event: PointerEvent, /) -> None:
        """Follow the mouse."""
        self._last = event
        self.hover(event)

    def release(self, event: PointerEvent, /) -> None:
        """Set the next point where a drag ends."""
        start, self._pressed = self._pressed, None
        still = STILL / event.scale
        dragged = start is not None and hypot(event.x - start[0], event.y - start[1]) > still
        if dragged and self._points:
            self._set(event)

    def hover(self, event: PointerEvent, /) -> None:
        """Show the measure as it would be."""
        snap = snapped(self.state, event)
        if self._points or snap is not None or self.sketch is not None:
            self._paint(snap or self._place(event), snap)

    def put_away(self) -> None:
        """Store a measure that a drag has all points of."""
        if self._last is not None and self._pressed is not None:
            self.release(self._last)
        self.cancel()

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Backspace and Esc while there is a point."""
        return bool(self._points) and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Go one point back, or give up."""
        if not self.wants_key(key, modifiers):
            return False
        if key == Qt.Key.Key_Backspace and len(self._points) > 1:
            self._points = self._points[:-1]
            self._paint(self._mouse, None)
        else:
            self.cancel()
        return True

    def cancel(self) -> None:
        """Give up the measure."""
        self._points, self._pressed, self._last = (), None, None
        super().cancel()

    def _set(self, event: PointerEvent) -> None:
        place = snapped(self.state, event) or self._place(event)
        if self._points and place == self._points[-1]:
            return
        points = (*self._points, place)
        if len(points) < self.count:
            self._points = points
            self._paint(place, None)
        else:
            self.cancel()
            self.annotator.add(Shape(self.kind, points))

    def _place(self, event: PointerEvent) -> Point:
        """Return where the next point would be; Shift turns the line by steps."""
        x, y = event.inside
        if not self._points or not event.modifiers & Qt.KeyboardModifier.ShiftModifier:
            return x, y
        x0, y0 = self._points[-1]
        turn = round(atan2(y - y0, x - x0) / STEP) * STEP
        length = (x - x0) * cos(turn) + (y - y0) * sin(turn)
        width, height = event.size
        x, y = x0 + length * cos(turn), y0 + length * sin(turn)
        return min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))

    def _paint(self, mouse: Point, snap: Point | None) -> None:
        self._mouse = mouse
        points = (*self._points, mouse) if self._points else ()
        if len(points) < self.count:
            self.show_new(None, points, snap=snap)
        else:
            shape = Shape(self.kind, points)
            self.show_new(shape, caption=size_text(shape, self.spacing), snap=snap)
