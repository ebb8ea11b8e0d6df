"""What lesions and grades mean: the class that each of them stands for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from app.theme import scaled
from app.training.widgets import Box, Fold, form_in, small
from softcam_core.training.grading import healthy_against_rest

LINE = 26


class LesionMeaning(Fold):
    """A table of lesion labels and their classes, and the class of what has none.

    Signals:
        changed: another class is written somewhere.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Know no labels yet."""
        super().__init__("trainingMeaning", "")
        self.button.setText(self.tr("What lesions mean"))
        self._filling = False
        self.table = QTableWidget(0, 2)
        self.table.setObjectName("trainingLesions")
        self.table.setAccessibleName(self.tr("Class of each lesion label"))
        self.table.setHorizontalHeaderLabels([self.tr("Lesion"), self.tr("means class")])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setToolTip(
            self.tr("Write the class that a case with such a lesion has; empty: the lesion's name.")
        )
        self.healthy = QLineEdit()
        self.healthy.setObjectName("trainingHealthy")
        self.healthy.setAccessibleName(self.tr("Class of read cases without lesions"))
        self.healthy.setPlaceholderText(self.tr("left out"))
        self.healthy.setToolTip(
            self.tr("Class of a case that was read to its end and in which nothing is drawn.")
        )
        form = form_in(self.inside)
        form.addRow(self.table)
        form.addRow(self.tr("No lesion"), self.healthy)
        self.table.itemChanged.connect(self._tell)
        self.healthy.textChanged.connect(self._tell)
        self.offer(())

    def offer(self, names: Sequence[str]) -> None:
        """Offer the labels that are drawn; what was written beside them stays."""
        known = self.classes()
        self._filling = True
        self.table.setRowCount(len(names))
        for row, label in enumerate(names):
            name = QTableWidgetItem(label)
            name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, 0, name)
            self.table.setItem(row, 1, QTableWidgetItem(known.get(label, "")))
        self.table.verticalHeader().setDefaultSectionSize(scaled(LINE))
        self.table.setFixedHeight(scaled(LINE) * (min(len(names), 4) + 1) + 6)
        self.table.setVisible(bool(names))
        self._filling = False

    def classes(self) -> dict[str, str]:
        """Return label -> class, of those beside which one is written."""
        found = {}
        for row in range(self.table.rowCount()):
            name, class_ = self.table.item(row, 0), self.table.item(row, 1)
            if name is not None and class_ is not None and class_.text().strip():
                found[name.text()] = class_.text().strip()
        return found

    def healthy_class(self) -> str:
        """Return the class of what was read to its end and has no lesion; "" for none."""
        return self.healthy.text().strip()

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


class ClassBox(Box):
    """The class of one grade: one of those that there are, another that is written, or none."""

    def __init__(self, grade: str, place: int) -> None:
        """Stand for ``grade``."""
        super().__init__(f"trainingGrade{place}", "")
        self.setAccessibleName(self.tr("Class of {0}").format(grade))
        self.grade = grade
        self.written = QLineEdit()
        self.written.setPlaceholderText(self.tr("left out"))
        self.written.setObjectName(f"trainingGrade{place}Written")
        self.written.setAccessibleName(self.accessibleName())
        self.setLineEdit(self.written)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setToolTip(self.tr("Choose a class, or write one"))

    def offer(self, classes: Sequence[str], class_: str) -> None:
        """Offer these classes, of which ``class_`` is chosen; "" leaves the grade out."""
        blocked = self.blockSignals(True)
        self.clear()
        self.addItem(self.tr("Leave out"), "")
        for name in classes:
            self.addItem(name, name)
        self.show_class(class_)
        self.blockSignals(blocked)

    def show_class(self, class_: str) -> None:
        """Show what is chosen."""
        self.setCurrentIndex(self.findData(class_) if class_ else -1)
        self.setEditText(class_)
        self.written.setCursorPosition(0)

    def class_(self) -> str:
        """Return the class, "" where the grade is left out."""
        text = self.currentText().strip()
        return "" if text == self.itemText(0) else text


class GradeMeaning(Fold):
    """The class of each grade, and quick ways to say it for all of them.

    Until the user says something, the classes are those that the rules of the training give.

    Signals:
        changed: a grade means another class.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Know no grades yet."""
        super().__init__("trainingGrades", "")
        self.button.setText(self.tr("What grades mean"))
        self.boxes: list[ClassBox] = []
        self._labels: list[QLabel] = []
        self._said: dict[str, str] = {}
        self._offered: tuple[tuple[str, str], ...] = ()
        self.rest = self._button("trainingHealthyRest", self.tr("Healthy against the rest"))
        self.rest.setToolTip(self.tr("Two classes: the healthy grade, and all others together"))
        self.each = self._button("trainingEachGrade", self.tr("Each its own"))
        self.each.setToolTip(self.tr("Every grade is a class of its own"))
        self.hint = small("trainingGradesHint")
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.rest)
        buttons.addWidget(self.each)
        buttons.addStretch(1)
        layout = QVBoxLayout(self.inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(buttons)
        layout.addLayout(self._rows)
        layout.addWidget(self.hint)
        self.rest.clicked.connect(lambda: self._say(healthy_against_rest(self.grades())))
        self.each.clicked.connect(lambda: self._say({name: name for name in self.grades()}))
        self._show()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def offer(self, grades: Sequence[tuple[str, str]]) -> None:
        """Offer grades with the classes that they have; what the user said of them stays."""
        if tuple(grades) == self._offered:
            return
        fresh = [name for name, _ in grades] != self.grades()
        self._offered = tuple(grades)
        if fresh:
            self._make()
        self._show()

    def grades(self) -> list[str]:
        """Return the grades that are offered, in order."""
        return [name for name, _ in self._offered]

    def classes(self) -> dict[str, str]:
        """Return grade -> class, "" for one that is left out; {} until the user says something."""
        own = dict(self._offered)
        # Of other images one grade may have the same name by chance.
        if len(self._said.keys() & own.keys()) < min(2, len(own)) or not own:
            return {}
        return {name: self._said.get(name, class_) for name, class_ in own.items()}

    def _make(self) -> None:
        for widget in (*self.boxes, *self._labels):
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.boxes, self._labels = [], []
        for place, name in enumerate(self.grades()):
            box = ClassBox(name, place)
            label = QLabel(name)
            label.setMaximumWidth(scaled(130))
            label.setToolTip(name)
            label.setBuddy(box)
            self._rows.addWidget(label, place, 0)
            self._rows.addWidget(box, place, 1)
            box.activated.connect(lambda _, box=box: self._take(box))
            box.written.editingFinished.connect(lambda box=box: self._take(box))
            self.boxes.append(box)
            self._labels.append(label)

    def _show(self) -> None:
        shown = self.classes() or dict(self._offered)
        choices = list(dict.fromkeys(filter(None, (*shown.values(), *self.grades()))))
        for box in self.boxes:
            box.offer(choices, shown[box.grade])
        self.hint.setText(
            ""
            if self.classes()
            else self.tr("As the recipe has it; a choice here goes before that.")
        )
        self.hint.setVisible(bool(self._offered) and not self.classes())

    def _take(self, box: ClassBox) -> None:
        before = (self.classes() or dict(self._offered))[box.grade]
        if box.class_() != before:
            self._say({**(self.classes() or dict(self._offered)), box.grade: box.class_()})
        else:
            box.show_class(before)

    def _say(self, classes: dict[str, str]) -> None:
        self._said = classes
        self._show()
        self.changed.emit()
