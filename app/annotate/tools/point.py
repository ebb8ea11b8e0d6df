"""The point: one click."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape


class PointTool(ShapeTool):
    """Sets a point where the button comes up, so that it can be put right while it is down."""

    _held = False

    def press(self, event: PointerEvent, /) -> None:
        """Show the point."""
        if self.annotator.may_draw():
            self._held = True
            self.move(event)

    def move(self, event: PointerEvent, /) -> None:
        """Take the point along."""
        if self._held:
            self.show_new(Shape("point", event.inside))

    def release(self, event: PointerEvent, /) -> None:
        """Store the point."""
        held = self._held
        self.cancel()
        if held:
            self.annotator.add(Shape("point", event.inside))

    def cancel(self) -> None:
        """Give up the point."""
        self._held = False
        super().cancel()

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc while the button is down."""
        return key == Qt.Key.Key_Escape and self._held

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Cancel by Esc."""
        if self.wants_key(key, modifiers):
            self.cancel()
            return True
        return False
