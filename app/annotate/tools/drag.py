"""Shapes that are drawn in one drag: press, drag, release."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Qt

from app.annotate.sizes import size_text
from app.annotate.tools.edit import STILL, Grip, grip_handle
from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape

SMALLEST = 2.0
"""Image pixels; a shape that is narrower or lower is a slip of the hand."""

Point = tuple[float, float]


class DragTool(ShapeTool):
    """Draws a shape from corner to corner. The selected shape's handles can be taken as well."""

    _start: Point | None = None
    _last: PointerEvent | None = None
    _grip: Grip | None = None
    _hovered: Grip | None = None

    @abstractmethod
    def drawn(self, start: Point, event: PointerEvent, /) -> Shape:
        """Return the shape of a drag from ``start`` to where the mouse is."""

    def press(self, event: PointerEvent, /) -> None:
        """Take a handle of the selected shape, or begin a new one."""
        self._last = event
        self._grip = grip_handle(self.selected(), event)
        if self._grip is None and self.annotator.may_draw():
            self._start = event.inside

    def move(self, event: PointerEvent, /) -> None:
        """Paint the shape as it would be."""
        self._last = event
        if self._grip is not None:
            if self._grip.moved(event):
                self.show_edit(self._grip.draft, self._grip.dragged(event))
        elif self._start is not None:
            shape = self.drawn(self._start, event)
            self.show_new(shape, caption=size_text(shape, self.spacing))

    def release(self, event: PointerEvent, /) -> None:
        """Store the new or the changed shape."""
        self.move(event)
        sketch, grip, start = self.sketch, self._grip, self._start
        self.cancel()
        if sketch is None or sketch.shape is None:
            return
        if grip is not None:
            self.annotator.update(grip.draft.id, sketch.shape)
        elif start is not None and large_enough(sketch.shape, event):
            self.annotator.add(sketch.shape)

    def hover(self, event: PointerEvent, /) -> None:
        """Find a handle under the mouse."""
        self._hovered = grip_handle(self.selected(), event)

    def cancel(self) -> None:
        """Give up the shape in work."""
        self._start = self._grip = None
        super().cancel()

    def put_away(self) -> None:
        """Store the shape in work as it is; the button may come up in another case."""
        if self._last is not None and (self._start or self._grip) is not None:
            self.release(self._last)

    def take_back(self) -> bool:
        """Give up the shape in work."""
        busy = (self._start or self._grip) is not None
        self.cancel()
        return busy

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc during a drag."""
        return key == Qt.Key.Key_Escape and (self._start or self._grip) is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Cancel by Esc."""
        if self.wants_key(key, modifiers):
            self.cancel()
            return True
        return False

    def cursor(self) -> Qt.CursorShape:
        """Show what a press would do."""
        grip = self._grip or self._hovered
        return grip.cursor() if grip is not None else Qt.CursorShape.CrossCursor


def large_enough(shape: Shape, event: PointerEvent) -> bool:
    """Return whether a shape was meant: not a click, nor thinner than two image pixels."""
    x0, y0, x1, y1 = shape.bounds
    still = STILL / event.scale
    return min(x1 - x0, y1 - y0) >= SMALLEST and max(x1 - x0, y1 - y0) >= still


def spanned(start: Point, event: PointerEvent) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 of a drag: Shift makes it a square, Alt puts its start in the middle.

    It stays inside the image; the second corner may lie left of the first one or above it.
    """
    (x0, y0), (x1, y1) = start, event.inside
    width, height = event.size
    dx, dy = x1 - x0, y1 - y0
    room_x, room_y = (width - x0 if dx >= 0 else x0), (height - y0 if dy >= 0 else y0)
    centred = bool(event.modifiers & Qt.KeyboardModifier.AltModifier)
    if centred:
        room_x, room_y = min(x0, width - x0), min(y0, height - y0)
    if event.modifiers & Qt.KeyboardModifier.ShiftModifier:
        side = min(max(abs(dx), abs(dy)), room_x, room_y)
        dx, dy = (side if dx >= 0 else -side), (side if dy >= 0 else -side)
    if not centred:
        return x0, y0, x0 + dx, y0 + dy
    dx, dy = min(abs(dx), room_x), min(abs(dy), room_y)
    return x0 - dx, y0 - dy, x0 + dx, y0 + dy
