"""The tool of a pane that shows another reader's marks: it picks one, and changes none."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from app.annotate.annotator import Annotator
from app.annotate.tools.edit import grip_body
from app.annotate.tools.tool import ShapeTool
from app.annotate.unsaved import Draft
from app.canvas.pointer import PointerEvent
from app.state import AnnotationId, ViewerState


class AcceptTool(ShapeTool):
    """Picks one of a reader's marks; Enter or a double click accepts it.

    Signals:
        picked_changed: another mark is picked, or none.
        accepted: the mark that was picked.
    """

    picked_changed = Signal()
    accepted = Signal(object)

    def __init__(
        self, state: ViewerState, annotator: Annotator, reader: str, parent: QObject | None = None
    ) -> None:
        """Pick among the marks of ``reader``."""
        super().__init__(state, annotator, parent)
        self.reader = reader
        self._picked: AnnotationId | None = None

    @property
    def picked(self) -> Draft | None:
        """The mark that is picked, as it is now."""
        found = self.annotator.records_of(self.reader) if self._picked is not None else []
        return next((draft for draft in found if draft.id == self._picked), None)

    def pick(self, annotation: AnnotationId | None) -> None:
        """Pick a mark, or none."""
        if annotation != self._picked:
            self._picked = annotation
            self.picked_changed.emit()

    def press(self, event: PointerEvent, /) -> None:
        """Pick what is under the mouse."""
        grip = grip_body(self.annotator.records_of(self.reader), event)
        self.pick(grip.draft.id if grip else None)

    def double_click(self, event: PointerEvent, /) -> bool:
        """Accept what is under the mouse; beside all marks, let the canvas fit."""
        self.press(event)
        return self._accept()

    def cancel(self) -> None:
        """Pick none."""
        self.pick(None)
        super().cancel()

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Enter and Esc while a mark is picked."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        return self._picked is not None and key in keys

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Accept by Enter, let go by Esc."""
        if not self.wants_key(key, modifiers):
            return False
        if key == Qt.Key.Key_Escape:
            self.cancel()
            return True
        return self._accept()

    def cursor(self) -> Qt.CursorShape:
        """Show that a click picks."""
        return Qt.CursorShape.PointingHandCursor

    def _accept(self) -> bool:
        draft = self.picked
        if draft is not None:
            self.accepted.emit(draft)
        return draft is not None
