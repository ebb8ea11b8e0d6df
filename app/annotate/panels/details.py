"""What a reader says of the selected shapes besides their label: certainty and a note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from app.annotate.annotator import Annotator
from app.state import ViewerState

CERTAINTIES = ("possible", "probable", "definite")


class _Note(QLineEdit):
    """A line that Enter and Esc leave: stored, or as it was before."""

    left = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            self.left.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()


class Details(QWidget):
    """Certainty and note of the selected shapes; shown while some are selected."""

    left = Signal()  # the keys belong to the image again

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QWidget | None = None
    ) -> None:
        """Follow the selection of ``state``."""
        super().__init__(parent)
        self.setObjectName("annotationDetails")
        self._state = state
        self._annotator = annotator
        self.certainty = QComboBox()
        self.certainty.setObjectName("certainty")
        self.certainty.setAccessibleName(self.tr("Certainty"))
        words = (
            self.tr("certainty not said"),
            self.tr("possible"),
            self.tr("probable"),
            self.tr("definite"),
        )
        for value, word in zip(("", *CERTAINTIES), words, strict=True):
            self.certainty.addItem(word, value)
        self.certainty.activated.connect(self._set_certainty)
        self.note = _Note()
        self.note.setObjectName("annotationNote")
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setToolTip(self.tr("Note; Enter stores it"))
        self.note.editingFinished.connect(self._set_note)
        self.note.given_up.connect(self._restore_note)
        self.note.left.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.certainty)
        row.addWidget(self.note, 1)
        self._of: tuple[int | str, ...] = ()
        # The last moment: after it the shapes may be out of reach.
        state.settling.connect(self._set_note)
        state.selection_changed.connect(self._show)
        state.annotations_changed.connect(self._show)
        state.case_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        selected = self._annotator.selected() if self._state.selection else []
        ids = tuple(draft.id for draft in selected)
        self.setVisible(bool(selected))
        same = ids == self._of
        if not same:
            # A note that was typed but not stored belongs to what was selected then.
            self._set_note()
        self._of = ids
        certainties = {draft.attributes.get("certainty", "") for draft in selected}
        notes = {str(draft.attributes.get("note", "")) for draft in selected}
        one = certainties.pop() if len(certainties) == 1 else None
        self.certainty.setCurrentIndex(self.certainty.findData(one) if one is not None else -1)
        if not (same and self.note.isModified()):
            self.note.setText(notes.pop() if len(notes) == 1 else "")
            self.note.setModified(False)

    def _restore_note(self) -> None:
        self.note.setModified(False)
        self._show()

    def _set_certainty(self) -> None:
        value = self.certainty.currentData()
        self._annotator.set_attributes(self._of, certainty=value or None)

    def _set_note(self) -> None:
        if self._of and self.note.isModified():
            self.note.setModified(False)
            self._annotator.set_attributes(self._of, note=self.note.text().strip() or None)
