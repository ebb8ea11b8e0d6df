"""The dialog: what to compare on the left, numbers and cases on the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.agreement.choices import Choices
from app.agreement.comparison import Comparison
from app.agreement.tables import CASES, NUMBERS, RowsTable, label_name, reader_name
from app.jobs.client import JobClient
from app.language import in_language
from app.places import remember, save_folder
from app.saving import ask_where
from app.settings import Settings
from app.state import ViewerState
from app.theme import scaled
from softcam_core.agreement.table import Agreement, CaseRow, Row, write_cases, write_rows
from softcam_core.errors import SoftcamError

MEASURED = 40
"""Rows, beside those in view, that a column's width is taken from."""
GAP = 8
"""Pixels between a column's widest cell and the next column."""


class AgreementDialog(QDialog):
    """Agreement of the study's readers with each other and with the open models.

    It stays open beside the images: a click on a case shows it.

    Signals:
        case_chosen: id of a case to show.
    """

    case_chosen = Signal(int)

    def __init__(
        self,
        state: ViewerState,
        jobs: JobClient,
        parent: QWidget | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Observe ``state``; ask models through ``jobs``; save where ``settings`` say."""
        super().__init__(parent)
        self.setObjectName("agreementDialog")
        self.setWindowTitle(self.tr("Agreement"))
        self.resize(1120, 680)
        self._state = state
        self._jobs = jobs
        self._settings = settings or Settings()
        self._comparison: Comparison | None = None
        self._all_cases: list[CaseRow] = []
        self._left_out = 0
        self._reads = ""
        self._sentences: list[str] = []
        self.choices = Choices(state)
        self.numbers: RowsTable[Row] = RowsTable(NUMBERS, lambda row: row.note)
        self.cases: RowsTable[CaseRow] = RowsTable(CASES, lambda row: row.note or row.name)
        self._build()
        state.study_changed.connect(self._reset)
        state.reader_changed.connect(self._reset)
        state.sight_changed.connect(self._reset)
        state.study_closing.connect(self.stop)
        state.models_changed.connect(self.choices.fill_models)
        self.choices.chosen.connect(self._on_chosen)
        self.finished.connect(self.stop)
        self._reset()

    # Building

    def _build(self) -> None:
        self.compare = QPushButton(self.tr("Compare"))
        self.compare.setObjectName("agreementCompare")
        self.compare.setDefault(True)
        self.compare.clicked.connect(self.start)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("agreementCancel")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self._cancel)
        self.export = self._button("agreementExport", self.tr("Save numbers…"), self._save_numbers)
        self.export_cases = self._button(
            "agreementExportCases", self.tr("Save cases…"), self._save_cases
        )
        self.bar = QProgressBar()
        self.bar.setObjectName("agreementProgress")
        self.bar.setAccessibleName(self.tr("Progress of the comparison"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.status = QLabel()
        self.status.setObjectName("agreementStatus")
        self.status.setProperty("role", "secondary")
        self.status.setWordWrap(True)
        self.numbers_view = self._view(
            self.numbers, "agreementNumbers", self.tr("Agreement, a row for each number")
        )
        self.cases_view = self._view(
            self.cases, "agreementCases", self.tr("Cases behind the chosen number, worst first")
        )
        self.numbers_view.selectionModel().currentRowChanged.connect(self._show_cases)
        self.cases_view.clicked.connect(self._choose)
        self.cases_view.activated.connect(self._choose)
        self.cases_title = QLabel()
        self.cases_title.setObjectName("agreementCasesTitle")
        self.cases_title.setProperty("role", "title")
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.cases_title)
        column.addWidget(self.cases_view, 1)
        tables = QSplitter(Qt.Orientation.Vertical)
        tables.addWidget(self.numbers_view)
        tables.addWidget(below)
        tables.setStretchFactor(0, 3)
        tables.setStretchFactor(1, 2)
        self.hint = QLabel()
        self.hint.setObjectName("agreementHint")
        self.hint.setProperty("role", "secondary")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.pages = QStackedWidget()
        self.pages.addWidget(tables)
        self.pages.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self.export)
        buttons.addWidget(self.export_cases)
        buttons.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.pages, 1)
        right.addWidget(self.status)
        right.addWidget(self.bar)
        right.addLayout(buttons)
        run = QHBoxLayout()
        run.addWidget(self.compare, 1)
        run.addWidget(self.cancel)
        left = QVBoxLayout()
        left.addWidget(self.choices, 1)
        left.addLayout(run)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(left)
        layout.addLayout(right, 1)

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _view(
        self, model: RowsTable[Row] | RowsTable[CaseRow], name: str, spoken: str
    ) -> QTableView:
        view = _View()
        view.setObjectName(name)
        view.setAccessibleName(spoken)
        view.setModel(model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(scaled(26))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        # Thousands of rows would be measured while the window stands still.
        header.setResizeContentsPrecision(MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        return view

    # Comparing

    def showEvent(self, event: QShowEvent) -> None:
        """Compare the readers at once where there are two and nothing is shown yet."""
        super().showEvent(event)
        several = len(self.choices.chosen_readers()) > 1
        if several and self._comparison is None and not self.numbers.rows:
            self.start()

    def start(self) -> None:
        """Compare what is chosen; an earlier comparison is given up."""
        self.stop()
        self._clear()
        study = self._state.study
        if study is None:
            self._say(self.tr("No study is open; open a folder first."))
            return
        try:
            question, self._left_out = self.choices.question()
        except SoftcamError as error:
            self._say(str(error))
            return
        self._reads = question.options["reads"]
        comparison = Comparison(study.path, self._jobs, question, self)
        comparison.found.connect(self._on_found)
        comparison.failed.connect(self._on_failed)
        comparison.progressed.connect(self._on_progress)
        comparison.ended.connect(self._on_ended)
        self._comparison = comparison
        self._state.journal.note("agreement compared", readers=self.choices.chosen_readers())
        self._busy(True)
        comparison.start()

    def _on_chosen(self) -> None:
        """Say what is missing in the place of empty tables; results stay until the next ones."""
        missing = self.choices.missing()
        if self._state.study is None:
            missing = self.tr("No study is open; open a folder first.")
        self.compare.setEnabled(not missing)
        self.compare.setToolTip(missing)
        self.hint.setText(missing)
        self.pages.setCurrentIndex(1 if missing and not self.numbers.rows else 0)

    def stop(self) -> None:
        """Give up the comparison under way, if there is one."""
        if self._comparison is not None:
            self._comparison.stop()
            self._comparison.deleteLater()
            self._comparison = None
        self._busy(False)

    def _cancel(self) -> None:
        self.stop()
        self._sentences.append(self.tr("Cancelled."))
        self._tell()

    def _on_found(self, found: Agreement) -> None:
        self.numbers.show([*self.numbers.rows, *found.rows])
        self._all_cases += found.cases
        self._sentences += [*found.notes, *found.problems]
        if not self.numbers_view.currentIndex().isValid() and self.numbers.rows:
            self.numbers_view.selectRow(0)
        _fit_columns(self.numbers_view)
        self._on_chosen()
        self._tell()

    def _on_failed(self, sentence: str) -> None:
        self._sentences.append(sentence)
        self._tell()

    def _on_progress(self, what: str, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.status.setText(self.tr("{0}: {1} of {2} cases").format(what, done, total))

    def _on_ended(self) -> None:
        self.stop()
        if not self.numbers.rows and not self._sentences:
            self._sentences.append(self.tr("These readers have nothing in common to compare."))
        self._tell()

    def _busy(self, busy: bool) -> None:
        self.cancel.setEnabled(busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0 if busy else 1)
        self.bar.setValue(0)
        for button in (self.export, self.export_cases):
            button.setEnabled(bool(self.numbers.rows))

    def _clear(self) -> None:
        self._all_cases, self._sentences, self._left_out = [], [], 0
        self.numbers.show([])
        self.cases.show([])
        self.cases_title.setText(self.tr("Cases"))
        self._tell()

    def _reset(self) -> None:
        """Forget what was found: another study, reader or protocol may hide it."""
        self.stop()
        self._clear()
        self.choices.fill()
        self._on_chosen()
        self._busy(False)

    # Showing

    def _say(self, sentence: str) -> None:
        self._sentences = [sentence]
        self._tell()

    def _tell(self) -> None:
        lines = list(dict.fromkeys(map(in_language, self._sentences)))
        if self.numbers.rows:
            lines.insert(0, self.choices.what_counts(self._reads))
        if self._left_out:
            lines.insert(
                0,
                self.tr(
                    "{0} cases are left out: your first read of them is not locked, and the "
                    "protocol hides what others or models say about them until then."
                ).format(self._left_out),
            )
        shown = lines[:6]
        if len(lines) > len(shown):
            shown.append(self.tr("… and {0} more").format(len(lines) - len(shown)))
        self.status.setText("\n".join(shown))

    def _show_cases(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            self.cases.show([])
            return
        row = self.numbers.rows[current.row()]
        everybody = row.measure == "fleiss_kappa"
        pair = row.reader, row.other
        found = [
            case
            for case in self._all_cases
            if case.label == row.label
            and ((case.reader, case.other) == pair or everybody)
            and not case.empty
        ]
        found.sort(key=lambda case: case.badness)
        self.cases_view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.cases.show(found)
        _fit_columns(self.cases_view)
        self.cases_title.setText(
            self.tr("Cases of {0} and {1}, {2}, worst first").format(
                reader_name(row.reader), reader_name(row.other), label_name(row.label)
            )
        )

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.case_chosen.emit(self.cases.rows[index.row()].case)

    # Saving

    def _save_numbers(self) -> None:
        path = self._place("agreement.csv")
        if path is not None:
            self._write(lambda: write_rows(self.numbers.rows, path), path)

    def _save_cases(self) -> None:
        path = self._place("agreement-cases.csv")
        if path is not None:
            self._write(lambda: write_cases(self._all_cases, path), path)

    def _place(self, name: str) -> Path | None:
        study, settings = self._state.study, self._settings
        if study is None:
            return None
        proposed = save_folder(settings, study.path) / name
        title, kind = self.tr("Save table"), self.tr("Tables (*.csv)")
        path = ask_where(self, title, proposed, kind, self._state)
        if path is not None:
            remember(settings, study.path, path.parent)
        return path

    def _write(self, write: Callable[[], None], path: Path) -> None:
        try:
            write()
        except SoftcamError as error:
            self._say(str(error))
            return
        self._say(self.tr("Saved {0}.").format(path))


class _View(QTableView):
    """A table in which Enter chooses the row; else it would press the dialog's default button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current row by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)


def _fit_columns(view: QTableView) -> None:
    """Give every column but the last the width of what stands in it."""
    view.resizeColumnsToContents()
    for column in range(view.model().columnCount() - 1):
        view.setColumnWidth(column, view.columnWidth(column) + GAP)
