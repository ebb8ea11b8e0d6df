"""Select, move, resize, nudge and delete."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.annotate.box import show_edit
from app.annotate.edit import Grip, grip_body, grip_handle, moved_inside
from app.annotate.tool import ShapeTool
from app.canvas.pointer import PointerEvent

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
LONG_STEP = 10
"""Image pixels that Ctrl and an arrow key move a shape by while Shift is held; 1 without."""


class SelectTool(ShapeTool):
    """Changes what is drawn already; a whole drag is one edit."""

    _grip: Grip | None = None
    _hovered: Grip | None = None
    _size = (0, 0)

    def press(self, event: PointerEvent, /) -> None:
        """Select what is under the mouse and take hold of it; nothing there selects nothing."""
        self._size = event.size
        self._grip = self._find(event)
        self.state.set_selected(self._grip.draft.id if self._grip else None)

    def move(self, event: PointerEvent, /) -> None:
        """Paint the shape as it would be."""
        if self._grip is not None and (self.sketch is not None or self._grip.moved(event)):
            show_edit(self, self._grip, event)

    def release(self, event: PointerEvent, /) -> None:
        """Store the changed shape."""
        self.move(event)
        sketch, grip = self.sketch, self._grip
        if grip is not None and sketch is not None and sketch.shape is not None:
            self.annotator.update(grip.draft.id, sketch.shape)
        self.cancel()
        self.hover(event)

    def hover(self, event: PointerEvent, /) -> None:
        """Find what is under the mouse."""
        self._size = event.size
        self._hovered = self._find(event)

    def double_click(self, event: PointerEvent, /) -> bool:
        """Put a corner into the edge of a polygon; beside all shapes, let the canvas fit."""
        draft = self.annotator.record(self.state.selected)
        if draft is not None and draft.kind == "polygon":
            near = draft.shape.distance(event.x, event.y) <= event.tolerance
            if near and grip_handle(draft, event) is None:
                edge = draft.shape.nearest_edge(event.x, event.y)
                self.annotator.update(
                    draft.id, draft.shape.with_vertex_inserted(edge + 1, *event.inside)
                )
        return self._find(event) is not None

    def cancel(self) -> None:
        """Let go; the shape stays as it was."""
        self._grip = None
        super().cancel()

    def wants_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Ctrl and the arrows, Delete and Esc while a shape is selected."""
        if self.state.selected is None:
            return False
        held = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if key in STEPS:
            # The arrows alone turn to the next case: a mark must not move by mistake.
            return held == Qt.KeyboardModifier.ControlModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        return plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Nudge, delete or deselect."""
        selected = self.state.selected
        if selected is None or not self.wants_key(key, modifiers):
            return False
        if key == Qt.Key.Key_Escape:
            if self.sketch is not None:
                self.cancel()
            else:
                self.state.set_selected(None)
        elif key in STEPS:
            draft = self.annotator.record(selected)
            if draft is not None:
                far = modifiers & Qt.KeyboardModifier.ShiftModifier
                length = LONG_STEP if far else 1
                dx, dy = STEPS[key]
                moved = moved_inside(draft.shape, dx * length, dy * length, self._size)
                self.annotator.update(selected, moved)
        else:
            self.cancel()
            self.annotator.delete(selected)
        return True

    def cursor(self) -> Qt.CursorShape:
        """Show what a press would do."""
        grip = self._grip or self._hovered
        if grip is None:
            return Qt.CursorShape.ArrowCursor
        return grip.cursor()

    def _find(self, event: PointerEvent, /) -> Grip | None:
        selected = self.annotator.record(self.state.selected)
        return grip_handle(selected, event) or grip_body(self.annotator.records(), event)
