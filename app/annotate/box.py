"""The box: press, drag, release."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.annotate.edit import STILL, Grip, grip_handle
from app.annotate.tool import ShapeTool
from app.canvas.marks import FALLBACK_COLOUR, Sketch
from app.canvas.pointer import GRAB_RADIUS, PointerEvent
from softcam_core.annotations.shapes import Shape

SMALLEST = 2.0
"""Image pixels; a box that is narrower or lower is a slip of the hand."""


class BoxTool(ShapeTool):
    """Draws boxes; Shift keeps them square. The selected shape's handles can be taken as well."""

    _start: tuple[float, float] | None = None
    _grip: Grip | None = None
    _hovered: Grip | None = None

    def press(self, event: PointerEvent, /) -> None:
        """Take a handle of the selected shape, or begin a box."""
        self._grip = grip_handle(self.annotator.record(self.state.selected), event)
        if self._grip is None and self.annotator.may_draw():
            self._start = event.inside

    def move(self, event: PointerEvent, /) -> None:
        """Paint the box as it would be."""
        if self._grip is not None:
            if self._grip.moved(event):
                show_edit(self, self._grip, event)
        elif self._start is not None:
            self.show_new(self._box(event))

    def release(self, event: PointerEvent, /) -> None:
        """Store the box, or the changed shape."""
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
        self._hovered = grip_handle(self.annotator.record(self.state.selected), event)

    def cancel(self) -> None:
        """Give up the box in work."""
        self._start = self._grip = None
        super().cancel()

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc during a drag."""
        return key == Qt.Key.Key_Escape and self.sketch is not None

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

    def _box(self, event: PointerEvent, /) -> Shape:
        assert self._start is not None
        (x0, y0), (x1, y1) = self._start, event.inside
        if event.modifiers & Qt.KeyboardModifier.ShiftModifier:
            width, height = event.size
            right, down = x1 >= x0, y1 >= y0
            room = min(width - x0 if right else x0, height - y0 if down else y0)
            side = min(max(abs(x1 - x0), abs(y1 - y0)), room)
            x1 = x0 + side if right else x0 - side
            y1 = y0 + side if down else y0 - side
        return Shape("box", [[x0, y0], [x1, y1]])


def large_enough(shape: Shape, event: PointerEvent) -> bool:
    """Return whether a shape was meant: not a click, nor thinner than two image pixels."""
    x0, y0, x1, y1 = shape.bounds
    still = STILL / GRAB_RADIUS * event.tolerance
    return min(x1 - x0, y1 - y0) >= SMALLEST and max(x1 - x0, y1 - y0) >= still


def show_edit(tool: ShapeTool, grip: Grip, event: PointerEvent) -> None:
    """Paint a shape as the mouse now has it, in place of the stored one."""
    label = grip.draft.label
    colour = tool.annotator.colours().get(label, FALLBACK_COLOUR)
    tool.show_sketch(Sketch(grip.dragged(event), (), colour, label, grip.draft.id))
