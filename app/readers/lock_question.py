"""The question before a lock: what is locked for good, and whether it is meant."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app.annotate.panels.grades import names_to_choose
from app.settings import Settings
from app.state import AI_SECOND, BLINDED, ViewerState
from app.texts import marks_text
from softcam_core.errors import SoftcamError


def explained_key(mode: str, reader: str) -> str:
    """Return under which name it is kept that a reader was told what a lock in a mode does."""
    return f"reads/lock_explained/{mode}/{quote(reader, safe='')}"


class LockQuestion(QObject):
    """Asks each reader once in each mode, and whenever a grade could be given and none is."""

    def __init__(self, window: QWidget, state: ViewerState, settings: Settings) -> None:
        """Ask over ``window`` of the case in view of ``state``."""
        super().__init__(window)
        self._window = window
        self._state = state
        self._settings = settings

    def agreed(self, mode: str, stage: int) -> bool:
        """Ask, where there is something to ask, and return whether the lock is meant.

        Args:
            mode: of the read, or of the study where the read is one after the reveal.
            stage: which read of the case it is, counted from 1.
        """
        try:
            grade, marks, grades = self._found()
        except SoftcamError:
            return True  # The lock itself says what is wrong with the study.
        key = explained_key(mode, self._state.reader)
        missing = not grade and bool(grades)
        if not missing and self._settings.flag(key, False):
            return True
        if not missing:
            text = self.tr("Lock this read? Its marks and grade cannot be changed any more.")
        elif marks:
            text = self.tr("No grade is given: lock all the same?")
        else:
            text = self.tr("No grade is given and nothing is marked: lock all the same?")
        lines = [self._content(grade, marks, bool(grades))]
        if missing:
            lines.append(self.tr("Marks and grade of a locked read cannot be changed any more."))
        lines.append(self._outcome(mode, stage))
        if not self._ask(text, "\n".join(filter(None, lines))):
            return False
        self._settings.set(key, True)
        # Who reads after a crash was told as well.
        self._settings.save()
        return True

    def _found(self) -> tuple[str, int, list[str]]:
        """Return the reader's grade and number of marks, and the grades to choose from."""
        state = self._state
        if state.study is None or state.case is None:
            return "", 0, []
        case, reader = state.case.id, state.reader
        grade = state.study.grades(case).get(reader, "").strip()
        return grade, len(state.study.annotations(case, reader)), names_to_choose(state)

    def _content(self, grade: str, marks: int, graded: bool) -> str:
        """Return what is about to be locked, in words."""
        if not grade and not graded:
            return marks_text(marks)
        return self.tr("Grade: {0}, {1}").format(grade or self.tr("none"), marks_text(marks))

    def _outcome(self, mode: str, stage: int) -> str:
        """Return what the lock brings into view."""
        if mode == AI_SECOND and stage == 1:
            return self.tr("The model is shown then, and a second read begins.")
        if mode == BLINDED and stage == 1:
            return self.tr("The model and the other readers are shown then.")
        return ""

    def _ask(self, text: str, more: str) -> bool:
        question = QMessageBox(self._window)
        question.setObjectName("lockQuestion")
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("Lock read"))
        question.setText(text)
        question.setInformativeText(more)
        lock = question.addButton(self.tr("&Lock read"), QMessageBox.ButtonRole.AcceptRole)
        cancel = question.addButton(QMessageBox.StandardButton.Cancel)
        # A key that was hit by mistake, or held, must not lock for good.
        question.setDefaultButton(cancel)
        question.exec()
        meant = question.clickedButton() is lock
        question.deleteLater()
        return meant
