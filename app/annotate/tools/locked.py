"""The tool of a locked read: it refuses before anything is drawn, and still lets one look."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.annotate.tools.edit import grip_body
from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent

CHANGING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class LockedTool(ShapeTool):
    """Stands in for every other tool; with the select tool in hand a click still selects."""

    def press(self, event: PointerEvent, /) -> None:
        """Select what is under the mouse, or say that the read is locked."""
        if self.state.tool == "select":
            grip = grip_body(self.annotator.records(), event)
            self.state.set_selected(grip.draft.id if grip else None)
        else:
            self._refuse()

    def wants_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take the keys that would delete, to say why they do not."""
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        return plain and key in CHANGING and self.state.selected is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Refuse to delete."""
        if not self.wants_key(key, modifiers):
            return False
        self._refuse()
        return True

    def cursor(self) -> Qt.CursorShape:
        """Show that nothing can be drawn."""
        if self.state.tool == "select":
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.ForbiddenCursor

    def _refuse(self) -> None:
        if self.state.case is not None:
            self.annotator.refused(self.state.case.id)
