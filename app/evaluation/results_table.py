"""The results: a row for each model, method and metric, with its 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.views import ReadOnlyView, fill_box, filter_box, small_print
from app.evaluation.words import (
    arrow,
    better,
    interval,
    is_chance,
    method_word,
    metric_word,
    number,
    tr,
    unit,
)
from softcam_core.evaluation.results import Result

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
BEST = "\N{BLACK CIRCLE}"
BEST_TIP = "The best value of this metric; it need not differ from the next: see Differences."


def in_order(results: Sequence[Result]) -> tuple[list[Result], set[Result]]:
    """Return the results with chance at the end, and those that are the best of their metric."""
    bests = _bests(results)
    best = {r for r in results if not is_chance(r.method) and bests.get(r.metric) == r.value}
    return sorted(results, key=lambda r: is_chance(r.method)), best


def _bests(results: Sequence[Result]) -> dict[str, float]:
    """Return the best value of each metric in which there is a better and a worse."""
    values: dict[str, list[float]] = {}
    for r in results:
        if not is_chance(r.method) and not math.isnan(r.value):
            values.setdefault(r.metric, []).append(r.value)
    pick: dict[str, Callable[[list[float]], float]] = {"high": max, "low": min}
    return {
        metric: pick[better(metric)](of)
        for metric, of in values.items()
        if len(set(of)) > 1 and better(metric)
    }


@dataclass(frozen=True)
class _Column:
    head: str
    text: Callable[[Result], str]
    key: Callable[[Result], Any]
    right: bool = False
    tip: str = ""


COLUMNS: tuple[_Column, ...] = (
    _Column("Model", lambda r: r.model, lambda r: r.model),
    _Column("Method", lambda r: method_word(r.method), lambda r: method_word(r.method)),
    _Column(
        "Metric",
        lambda r: f"{metric_word(r.metric)} {arrow(r.metric)}".rstrip(),
        lambda r: metric_word(r.metric),
        tip="The arrow points to where values are better.",
    ),
    _Column(
        "Value",
        lambda r: number(r.value, unit(r.metric)),
        lambda r: r.value,
        True,
        "With a dot: the best of this metric, chance left out; it need not differ from the next.",
    ),
    _Column(
        "95 % interval",
        lambda r: interval(r.low, r.high, unit(r.metric)),
        lambda r: r.low,
        True,
        "Bootstrap over patients, or over images: where the value of other such images would lie.",
    ),
    _Column("Images", lambda r: str(r.n), lambda r: r.n, True, "Images that give a value."),
    _Column(
        "Undefined",
        lambda r: str(r.undefined),
        lambda r: r.undefined,
        True,
        "Images that were measured and give no value: nothing is marked on them, for instance.",
    ),
)


class ResultsModel(QAbstractTableModel):
    """The rows that the filters leave, sorted by any column; chance comes last."""

    def __init__(self, palette: Callable[[], QPalette]) -> None:
        """Start empty; ``palette`` gives the colour that chance is written in."""
        super().__init__()
        self._palette = palette
        self._all: list[Result] = []
        self._asked: tuple[str, str, str, str] = ("", "", "", "")
        self._order: tuple[int, Qt.SortOrder] | None = None
        self._bold = QFont()
        self._bold.setBold(True)
        self._best: set[Result] = set()
        self.rows: list[Result] = []

    def show(self, results: Sequence[Result]) -> None:
        """Show other results."""
        self._all, self._best = in_order(results)
        self._apply()

    def filter(self, text: str, model: str, method: str, metric: str) -> None:
        """Show rows with all words of ``text``, and of a model, method and metric; "" is any."""
        self._asked = text, model, method, metric
        self._apply()

    def _apply(self) -> None:
        text, model, method, metric = self._asked
        words = text.casefold().split()
        rows = [
            r
            for r in self._all
            if model in ("", r.model)
            and method in ("", r.method)
            and metric in ("", r.metric)
            and all(word in _line(r) for word in words)
        ]
        if self._order is not None:
            column, order = self._order
            key = COLUMNS[column].key
            known = [r for r in rows if not _unknown(key(r))]
            known.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
            rows = known + [r for r in rows if _unknown(key(r))]
            rows.sort(key=lambda r: is_chance(r.method))
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        best = column.head == "Value" and row in self._best
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{BEST} {column.text(row)}" if best else column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.FontRole and best:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and is_chance(row.method):
            return self._palette().placeholderText()
        if role == Qt.ItemDataRole.ToolTipRole and is_chance(row.method):
            return tr("Chance: what a number has to beat before it says anything.")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(BEST_TIP) if best else None if column.right else column.text(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a role asks of a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.head) if column.head else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.tip) if column.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows without a value come after the others, and chance last."""
        self._order = (column, order) if 0 <= column < len(COLUMNS) else None
        self._apply()


def _unknown(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _line(row: Result) -> str:
    words = (row.model, row.method, method_word(row.method), row.metric, metric_word(row.metric))
    return " ".join(words).casefold()


class ResultsTab(QWidget):
    """The table under a line of filters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationResults")
        self.model = ResultsModel(self.palette)
        self.search = QLineEdit()
        self.search.setObjectName("resultsSearch")
        self.search.setAccessibleName(self.tr("Find results"))
        self.search.setPlaceholderText(self.tr("Find"))
        self.search.setClearButtonEnabled(True)
        self.of_model = self._box("resultsModel", self.tr("Results of which model"))
        self.of_method = self._box("resultsMethod", self.tr("Results of which method"))
        self.of_metric = self._box("resultsMetric", self.tr("Results of which metric"))
        self.view = ReadOnlyView(
            self.model, "resultsTable", self.tr("Results, a row for each number")
        )
        self.view.let_sort()
        self.empty = QLabel(self.tr("No result is like that; change the filters."))
        self.empty.setObjectName("resultsEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        self.legend = small_print("resultsLegend")
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.search, 2)
        for box in (self.of_model, self.of_method, self.of_metric):
            filters.addWidget(box, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(filters)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.legend)
        self.search.textChanged.connect(self._filter)

    def _box(self, name: str, spoken: str) -> QComboBox:
        box = filter_box(name, spoken)
        box.currentIndexChanged.connect(self._filter)
        return box

    def show_results(self, results: Sequence[Result]) -> None:
        """Show other results."""
        models = dict.fromkeys(r.model for r in results)
        methods = dict.fromkeys(r.method for r in results)
        metrics = dict.fromkeys(r.metric for r in results)
        fill_box(self.of_model, [("", self.tr("All models")), *((m, m) for m in models)])
        fill_box(
            self.of_method,
            [("", self.tr("All methods")), *((m, method_word(m)) for m in methods)],
        )
        fill_box(
            self.of_metric,
            [("", self.tr("All metrics")), *((m, metric_word(m)) for m in metrics)],
        )
        self.model.show(results)
        self.legend.setText(
            self.tr(
                "{0} best value of its metric, chance left out; it need not differ from the next: "
                "Differences says where it does."
            ).format(BEST)
            if results
            else ""
        )
        self._filter()
        self.view.fit_columns()

    def _filter(self) -> None:
        self.model.filter(
            self.search.text(),
            self.of_model.currentData() or "",
            self.of_method.currentData() or "",
            self.of_metric.currentData() or "",
        )
        self.pages.setCurrentIndex(0 if self.model.rows else 1)
