"""What can be done while two readers are side by side: accept, take a grade, leave."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.annotate.panels.flow import FlowLayout
from app.language import in_language
from app.readers.adjudication import Adjudication
from app.readers.picker import people
from app.state import ADJUDICATED, ViewerState
from app.texts import METHOD_NAMES, method_name

MAPS = ("", "evidence", "gradcam", "layercam")


class AdjudicationBar(QFrame):
    """Lies above the panes while an `Adjudication` goes on."""

    def __init__(
        self, state: ViewerState, adjudication: Adjudication, parent: QWidget | None = None
    ) -> None:
        """Show and steer ``adjudication``."""
        super().__init__(parent)
        self.setObjectName("adjudicationBar")
        self.setAccessibleName(self.tr("Adjudication"))
        self._state = state
        self._adjudication = adjudication
        self.accept = self._button(self.tr("Accept"), "acceptMark", adjudication.accept_picked)
        self.accept.setToolTip(self.tr("Copy the mark that is picked into the middle (Enter)"))
        self.agreed = self._button(
            self.tr("Accept all agreed"), "acceptAgreed", adjudication.accept_agreed
        )
        self.agreed.setToolTip(self.tr("Copy every mark that both readers have, as one step"))
        self.grades: list[QPushButton] = []
        for number in range(2):
            button = self._button("", f"takeGrade{number + 1}", lambda n=number: self._take(n))
            self.grades.append(button)
        self.counts = QLabel()
        self.counts.setObjectName("adjudicationCounts")
        self.counts.setProperty("role", "secondary")
        self.map = QComboBox()
        self.map.setObjectName("adjudicationMap")
        self.map.setAccessibleName(self.tr("Map under the marks"))
        for method in MAPS:
            name = method_name(method) if method in METHOD_NAMES else self.tr("Image alone")
            self.map.addItem(name, method)
        self.map.activated.connect(lambda: adjudication.show_map(self.map.currentData()))
        self.leave = self._button(
            self.tr("End adjudication"), "endAdjudication", adjudication.leave
        )
        # Rows as they fit: the bar must never make the window wider.
        row = FlowLayout()
        self.setLayout(row)
        for widget in (self.accept, self.agreed, *self.grades, self.counts, self.map, self.leave):
            row.addWidget(widget)
        adjudication.changed.connect(self._show)
        state.selection_changed.connect(self._show)
        self._show()

    def _button(self, text: str, name: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text or name)
        # Enter belongs to the panes.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    def _take(self, number: int) -> None:
        pair = self._state.adjudicating
        if pair is not None:
            self._adjudication.take_grade(pair[number])

    def _show(self) -> None:
        adjudication, pair = self._adjudication, self._state.adjudicating
        self.setVisible(adjudication.going_on)
        if pair is None:
            return
        found = adjudication.found
        waiting = [a for a, b in found.agreed if not {a.id, b.id} & found.settled]
        self.accept.setEnabled(adjudication.can_accept)
        self.agreed.setEnabled(bool(waiting))
        self.agreed.setText(self.tr("All agreed ({0})").format(len(waiting)))
        self.counts.setText(
            self.tr("{0} agreed · {1} open").format(len(found.agreed), len(found.open))
        )
        self.map.setCurrentIndex(max(self.map.findData(self._state.panes[0].method), 0))
        grades = adjudication.grades()
        for reader, button in zip(pair, self.grades, strict=True):
            grade = grades.get(reader, "")
            taken = bool(grade) and grades.get(ADJUDICATED) == grade
            text = self.tr("{0}: {1}").format(reader, grade) + (" ✓" if taken else "")
            button.setText(text)
            button.setAccessibleName(self.tr("Grade of {0}").format(text))
            button.setToolTip(self.tr("Take this grade for the adjudicated layer"))
            button.setVisible(bool(grade))
            button.setEnabled(not taken)


class AdjudicationDialog(QDialog):
    """Asks which two readers to compare."""

    def __init__(
        self, state: ViewerState, adjudication: Adjudication, parent: QWidget | None = None
    ) -> None:
        """Offer the study's readers."""
        super().__init__(parent)
        self.setObjectName("adjudicationDialog")
        self.setWindowTitle(self.tr("Adjudicate"))
        self._adjudication = adjudication
        names = people(state)
        self.first, self.second = self._choice("firstReader"), self._choice("secondReader")
        for box in (self.first, self.second):
            box.addItems(names)
        self.second.setCurrentIndex(min(1, len(names) - 1))
        self.problem = QLabel()
        self.problem.setObjectName("adjudicationProblem")
        self.problem.setProperty("role", "warning")
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(2 * self.problem.fontMetrics().lineSpacing())
        note = QLabel(
            self.tr(
                "Both readers stand side by side; between them grows the adjudicated layer, from "
                "marks that you accept or draw there."
            )
        )
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(self.tr("Compare"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&Left"), self.first)
        form.addRow(self.tr("&Right"), self.second)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(note)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        self.setMinimumWidth(420)
        for box in (self.first, self.second):
            box.currentIndexChanged.connect(self._check)
        self._check()

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(self.tr("Reader"))
        return box

    def chosen(self) -> tuple[str, str]:
        """Return the two readers."""
        return self.first.currentText(), self.second.currentText()

    def _check(self) -> None:
        problem = self._adjudication.why_not(*self.chosen())
        self.problem.setText(in_language(problem))
        self.ok.setEnabled(not problem)
