"""What a user chooses for a report: cases, maps, classes, format, and whether names are told."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QWidget,
)

from app.output.report_cases import (
    ALL,
    DONE,
    FLAGGED,
    THIS,
    Choices,
    chosen_cases,
    is_known,
    offered_classes,
    offered_methods,
    on_screen,
)
from app.output.tick_list import TickList
from app.settings import Settings
from app.state import Case, ViewerState
from app.texts import method_name
from softcam_core.explain.methods import SLOW

METHODS = 5, 13
"""Rows of the list of maps, the fewest and the most; then those of classes."""
CLASSES = 2, 6


class ReportForm(QWidget):
    """The fields of the dialog; names of files are never told unless asked again each time."""

    changed = Signal()

    def __init__(
        self, state: ViewerState, settings: Settings, parent: QWidget | None = None
    ) -> None:
        """Offer what ``state`` has open, with the last choices of ``settings``."""
        super().__init__(parent)
        self._state, self._settings = state, settings
        self.cases = self._combo("reportCases", self.tr("Which cases"))
        self.methods = TickList("reportMethods", self.tr("Maps to draw"), *METHODS)
        spoken = self.tr("Classes beside the predicted one")
        self.classes = TickList("reportClasses", spoken, *CLASSES)
        self.format = self._combo("reportFormat", self.tr("Format of the file"))
        self.paper = self._combo("reportPaper", self.tr("Paper"))
        self.names = QCheckBox(self.tr("Include the &file name"))
        self.names.setObjectName("reportNames")
        self.hint = self._secondary("reportHint")
        self.identity = self._secondary("reportIdentity")
        self._lay_out()
        self._fill()
        self.cases.currentIndexChanged.connect(self._fill_lists)
        for combo in (self.cases, self.format, self.paper):
            combo.currentIndexChanged.connect(self._on_change)
        for widget in (self.methods, self.classes):
            widget.itemChanged.connect(self._on_change)
        self.names.toggled.connect(self._on_change)
        self._tell()

    # What is chosen

    def chosen(self) -> list[Case]:
        """Return the cases."""
        return chosen_cases(self._state, str(self.cases.currentData()))

    def choices(self) -> Choices:
        """Return what is to be told of each."""
        return Choices(
            methods=tuple(self.methods.ticked()),
            classes=tuple(self.classes.ticked()),
            names=self.names.isChecked(),
        )

    def kind(self) -> str:
        """Return ``pdf`` or ``html``."""
        return str(self.format.currentData())

    def sheet(self) -> str:
        """Return ``a4`` or ``letter``."""
        return str(self.paper.currentData())

    def remember(self) -> None:
        """Propose the same format, paper and maps the next time."""
        self._settings.set("report/format", self.kind())
        self._settings.set("report/paper", self.sheet())
        if self.methods.count():
            self._settings.set("report/methods", ",".join(self.methods.ticked()))

    # Building

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Cases"), self.cases)
        form.addRow(self.tr("&Maps"), self.methods)
        form.addRow(self.tr("C&lasses beside\nthe predicted one"), self.classes)
        form.addRow("", self.hint)
        form.addRow(self.tr("F&ormat"), self.format)
        form.addRow(self.tr("&Paper"), self.paper)
        form.addRow("", self.names)
        form.addRow("", self.identity)

    def _combo(self, name: str, spoken: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        return made

    def _secondary(self, name: str) -> QLabel:
        made = QLabel()
        made.setObjectName(name)
        made.setProperty("role", "secondary")
        made.setWordWrap(True)
        return made

    def _fill(self) -> None:
        texts = {
            THIS: self.tr("This case"),
            FLAGGED: self.tr("Flagged cases ({0})"),
            DONE: self.tr("Done cases ({0})"),
            ALL: self.tr("All cases ({0})"),
        }
        for which, text in texts.items():
            count = len(chosen_cases(self._state, which))
            if count:
                self.cases.addItem(text.format(count), which)
        self.format.addItem(self.tr("PDF, to print and to file"), "pdf")
        self.format.addItem(self.tr("HTML, one page for a browser"), "html")
        self.paper.addItem(self.tr("A4"), "a4")
        self.paper.addItem(self.tr("Letter"), "letter")
        imperial = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        for combo, key, usual in (
            (self.format, "report/format", "pdf"),
            (self.paper, "report/paper", "letter" if imperial else "a4"),
        ):
            combo.setCurrentIndex(max(combo.findData(self._settings.text(key, usual)), 0))
        self._fill_lists()

    def _fill_lists(self) -> None:
        """Offer what suits the chosen cases; what is ticked stays so where it is still there."""
        cases = self.chosen()
        offered = offered_methods(self._state, cases)
        remembered = self._settings.text("report/methods").split(",")
        last = self.methods.ticked() or on_screen(self._state) or remembered
        wanted = [method for method in last if method in offered] or offered[:1]
        classes = self.classes.ticked()
        slow, stored = self.tr("{0} (takes minutes)"), self.tr("{0} (stored)")
        self.methods.fill(
            (
                (stored if is_known(self._state, cases, method) else slow).format(
                    method_name(method)
                )
                if method in SLOW
                else method_name(method),
                method,
                method in wanted,
            )
            for method in offered
        )
        self.classes.fill(
            (name, name, name in classes) for name in offered_classes(self._state, cases)
        )

    # Changes

    def _on_change(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.paper.setEnabled(self.kind() == "pdf")
        cases = self.chosen()
        hidden = sum(self._state.model_hidden(case) for case in cases)
        text = ""
        if hidden and hidden == len(cases):
            text = self.tr("The protocol hides what models say; the report leaves it out.")
        elif hidden:
            text = self.tr(
                "Of {0} of {1} cases the protocol hides what models say; the report leaves it out."
            ).format(hidden, len(cases))
        elif not self.methods.count():
            text = self.tr("No open model suits these cases: the report has no maps.")
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.identity.setText(
            self.tr("File names may tell who the patient is; nothing else of the identity goes in.")
            if self.names.isChecked()
            else self.tr("No patient's name, number or date, and no file name goes in.")
        )
