"""The grade of the whole case: a line of its own above the labels, Alt and a digit by keyboard."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QStyleOptionComboBox,
    QWidget,
)

from app.annotate.annotator import Annotator
from app.state import ViewerState
from softcam_core.annotations.labels import presets
from softcam_core.errors import SoftcamError


def names_to_choose(state: ViewerState) -> list[str]:
    """Return the grades that the case in view can be given.

    The study's list, else that of the case's modality.
    """
    study, case = state.study, state.case
    if study is None:
        return []
    names = study.grade_names()
    if not names and case is not None:
        preset = presets().get(case.modality)
        names = list(preset.grades) if preset is not None else []
    return names


class _GradeBox(QComboBox):
    """Names the keys in its list, and beside the grade that is chosen none: there is no room."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802
        """Show the grade alone."""
        super().initStyleOption(option)
        option.currentText = self.currentData() or self.currentText()


class GradeBar(QWidget):
    """What the reader says of the whole image."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QWidget | None = None
    ) -> None:
        """Follow the study and the case of ``state``."""
        super().__init__(parent)
        self.setObjectName("gradeBar")
        self.setAccessibleName(self.tr("Grade of the case"))
        self._state = state
        self._annotator = annotator
        self._names: list[str] | None = None
        self.choice = _GradeBox()
        self.choice.setObjectName("gradeChoice")
        self.choice.setAccessibleName(self.tr("Grade of the case"))
        self.choice.setToolTip(
            self.tr("What you say of the whole image; Alt+1 … Alt+9 choose, Alt+0 takes it back")
        )
        self.choice.activated.connect(lambda: self.set_grade(self.choice.currentData()))
        heading = QLabel(self.tr("&Grade"))
        heading.setProperty("secondary", True)
        heading.setBuddy(self.choice)
        self.more = QPushButton(self.tr("Grades…"))
        self.more.setObjectName("gradeMenu")
        self.more.setAccessibleName(self.tr("Change the list of grades"))
        self.more.setToolTip(self.tr("Change the list of grades"))
        self.more.setAutoDefault(False)
        self.more.clicked.connect(
            lambda: self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 0)
        row.setSpacing(8)
        row.addWidget(heading)
        row.addWidget(self.choice, 1)
        row.addWidget(self.more)
        for number in range(1, 10):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.activated.connect(lambda n=number: self.choose(n))
        clear = QShortcut(QKeySequence("Alt+0"), self)
        clear.activated.connect(lambda: self.set_grade(""))
        for signal in (
            state.study_changed,
            state.case_changed,
            state.annotations_changed,
            state.reader_changed,
        ):
            signal.connect(self._refresh)
        self._refresh()

    def names(self) -> list[str]:
        """Return the grades to choose from, in order."""
        return names_to_choose(self._state)

    def grade(self) -> str:
        """Return the reader's grade of the case in view, empty for none."""
        return self._annotator.grade()

    def choose(self, number: int) -> None:
        """Give the case the grade with the key ``number``."""
        names = self.names()
        if number <= len(names):
            self.set_grade(names[number - 1])

    def set_grade(self, name: str) -> None:
        """Store the reader's grade of the case in view; empty takes it back. Undo reaches it."""
        state = self._state
        if state.study is None or state.case is None or not self._annotator.may_draw():
            self._refresh()  # The box must not show a grade that was refused.
            return
        if name == self.grade():
            return
        self._annotator.set_grade(name)

    def menu(self) -> QMenu:
        """Return the sets of grades that come with the program, and a list of one's own."""
        menu = QMenu(self)
        for modality, preset in presets().items():
            if preset.grades:
                action = menu.addAction(self.tr("Grades of “{0}”").format(preset.name))
                action.triggered.connect(
                    lambda _=False, m=modality: self.set_names(list(presets()[m].grades))
                )
        menu.addSeparator()
        menu.addAction(self.tr("Own list…"), self._ask_names)
        return menu

    def set_names(self, names: list[str]) -> None:
        """Store the study's list of grades."""
        study = self._state.study
        if study is None:
            return
        try:
            study.set_grade_names(names)
        except (SoftcamError, ValueError) as error:
            self._state.message.emit(str(error))
        self._refresh()

    def _ask_names(self) -> None:
        title = self.tr("List of grades")
        prompt = self.tr("One grade per line, the lowest first:")
        text, agreed = QInputDialog.getMultiLineText(self, title, prompt, "\n".join(self.names()))
        if agreed:
            self.set_names([line.strip() for line in text.splitlines() if line.strip()])

    def _refresh(self) -> None:
        names, grade = self.names(), self.grade()
        shown = [*names, grade] if grade and grade not in names else names
        if shown != self._names:
            self._names = shown
            self.choice.clear()
            self.choice.addItem(self.tr("not graded"), "")
            for number, name in enumerate(shown, start=1):
                key = f"    Alt+{number}" if number <= min(9, len(names)) else ""
                self.choice.addItem(name + key, name)
        self.choice.setCurrentIndex(self.choice.findData(grade))
        self.choice.setEnabled(self._state.study is not None and not self._state.study.read_only)
        self.setVisible(self._state.study is not None)
