"""Runs side by side: in what they differ, and what came of it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.evaluation.views import GAP, ReadOnlyView, small_print
from app.tables import LEFT, ROOT, Index
from app.texts import NO_VALUE
from app.training.live.key_words import caution, word
from app.training.live.words import METRICS, duration, names_of, number, short, tr, value_text
from softcam_core.training.runs import RunRecord, differing

BEST = "\N{BLACK CIRCLE}"
WIDEST = 200
"""Pixels of a column; what is longer is cut in its middle, and its tip says all."""
PATHS = frozenset(
    {"data.csv", "data.study", "data.images", "data.hard_model", "data.cache_dir", "model.weights"}
)


@dataclass(frozen=True)
class Line:
    """One row: a name, and a text for each run; ``best`` are the places of the best ones."""

    name: str
    cells: tuple[str, ...]
    best: frozenset[int] = frozenset()
    tip: str = ""


def lines_of(runs: Sequence[RunRecord]) -> list[Line]:
    """Return what runs are compared by: results, lambdas, time, and all keys that differ."""
    if not runs:
        return []
    lines = [Line(tr("Kind"), tuple(tr(run.kind) for run in runs))]
    rows = [run.best() for run in runs]
    for key, title in METRICS.items():
        values = [row.get(key, math.nan) if row else math.nan for row in rows]
        lines.append(
            _numbers(
                tr("Validation {0}").format(_small(tr(title))),
                values,
                tr("On the validation set, of the model of best accuracy."),
            )
        )
    for key, title in (("val_auc", tr("Highest AUC")), ("val_kappa", tr("Highest kappa"))):
        tops = [run.best(key) for run in runs]
        values = [row[key] if row else math.nan for row in tops]
        lines.append(_numbers(title, values, tr("Of all epochs, on the validation set.")))
    epochs = [f"{row['epoch']:.0f}" if row else NO_VALUE for row in rows]
    lines.append(Line(tr("Best epoch"), tuple(epochs), tip=tr("By validation accuracy.")))
    evidence = [row.get("val_mean_abs_evidence", math.nan) if row else math.nan for row in rows]
    lines.append(Line(tr("Mean |evidence|"), tuple(map(short, evidence))))
    lines.append(Line(tr("Training time"), tuple(duration(run.seconds) for run in runs)))
    found = differing(runs)
    for key in ("loss.l1", "loss.l2"):
        found.setdefault(key, [getattr(run.config.loss, key[-2:]) for run in runs])
    order = sorted(found, key=lambda key: (not key.startswith("loss."), key))
    return lines + [_key(key, found[key]) for key in order]


def csv_of(runs: Sequence[RunRecord], separator: str = ",") -> str:
    """Return the comparison as text: a line for each row, a cell for each run."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow(["", *names_of(runs)])
    writer.writerows([line.name, *line.cells] for line in lines_of(runs))
    return stream.getvalue()


def _small(title: str) -> str:
    """Return a title as it stands within a line: names of two capitals stay."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _key(key: str, values: Sequence[object]) -> Line:
    """Return the line of a key; of a path, its last name says enough."""
    if key not in PATHS:
        return Line(word(key), tuple(map(value_text, values)), tip=key)
    names = tuple(PurePath(str(value)).name or NO_VALUE for value in values)
    return Line(word(key), names, tip=key)


def _numbers(name: str, values: Sequence[float], tip: str) -> Line:
    texts = tuple(map(number, values))
    known = [value for value in values if not math.isnan(value)]
    top = number(max(known)) if known else ""
    best = {n for n, text in enumerate(texts) if text == top}
    apart = len(values) > 1 and len(best) < len(known)
    return Line(name, texts, frozenset(best) if apart else frozenset(), tip)


class ComparisonModel(QAbstractTableModel):
    """The lines, a column for each run."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.names: list[str] = []
        self.lines: list[Line] = []
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, names: list[str], lines: list[Line]) -> None:
        """Show other runs; where they are the same, only their cells change."""
        same = names == self.names and len(lines) == len(self.lines)
        if not same:
            self.beginResetModel()
        self.names, self.lines = names, lines
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(names)))

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of runs, and one for the names of lines."""
        return 0 if parent.isValid() or not self.names else 1 + len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        if not index.isValid():
            return None
        line, run = self.lines[index.row()], index.column() - 1
        if role == Qt.ItemDataRole.DisplayRole:
            if run < 0:
                return line.name
            return f"{BEST} {line.cells[run]}" if run in line.best else line.cells[run]
        if role == Qt.ItemDataRole.FontRole and run in line.best:
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or line.name if run < 0 else line.cells[run]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a role asks of a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.names[section - 1] if section else ""
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None


class ComparisonTable(QWidget):
    """A column for each run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingComparison")
        self.setAccessibleName(self.tr("Runs side by side"))
        self._runs: list[RunRecord] = []
        self.model = ComparisonModel()
        self.view = ReadOnlyView(
            self.model, "comparisonTable", self.tr("Runs side by side, a column for each")
        )
        self.empty = QLabel(self.tr("Tick two runs or more to compare them."))
        self.empty.setObjectName("comparisonEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.view)
        self.note = small_print("comparisonNote")
        self.copy = QPushButton(self.tr("&Copy"))
        self.copy.setObjectName("comparisonCopy")
        self.copy.setAccessibleName(self.tr("Copy the comparison"))
        self.copy.setToolTip(self.tr("Copy the table, for a text or a spreadsheet"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self.copy_text)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.note, 1)
        bottom.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.pages, 1)
        layout.addLayout(bottom)
        self.show_runs([])

    def show_runs(self, runs: Sequence[RunRecord]) -> None:
        """Compare these runs; called again while they go on, it keeps the place."""
        before = self.model.names
        self._runs = list(runs)
        lines = lines_of(self._runs)
        self.model.show(names_of(self._runs), lines)
        if self.model.names != before:
            self._fit_columns()
        self.pages.setCurrentWidget(self.view if runs else self.empty)
        self.copy.setEnabled(bool(runs))
        marked = any(line.best for line in lines)
        one = self.tr("Tick another run to see in what the two differ.")
        best = self.tr("{0} highest of the row. Below: the lambdas, and in what the runs differ.")
        text = best.format(BEST) if marked else one if len(self._runs) == 1 else ""
        warned = caution(differing(self._runs))
        self.note.setText(f"{warned} {text}".strip())

    def _fit_columns(self) -> None:
        """Keep names whole: of many runs the last ones are scrolled to."""
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            width = self.view.columnWidth(column) + GAP
            self.view.setColumnWidth(column, min(width, WIDEST))

    def copy_text(self) -> None:
        """Put the table onto the clipboard: as cells for a spreadsheet, and as CSV."""
        data = QMimeData()
        data.setText(csv_of(self._runs, "\t"))
        data.setData("text/csv", csv_of(self._runs).encode("utf-8"))
        QGuiApplication.clipboard().setMimeData(data)
