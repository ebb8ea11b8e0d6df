"""The results: a row for each model, method and metric, with its 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
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
from app.tables import Column, Table
from softcam_core.evaluation.results import Result

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


COLUMNS: tuple[Column[Result], ...] = (
    Column("Model", lambda r: r.model, lambda r: r.model),
    Column("Method", lambda r: method_word(r.method), lambda r: method_word(r.method)),
    Column(
        "Metric",
        lambda r: f"{metric_word(r.metric)} {arrow(r.metric)}".rstrip(),
        lambda r: metric_word(r.metric),
        tip="The arrow points to where values are better.",
    ),
    Column(
        "Value",
        lambda r: number(r.value, unit(r.metric)),
        lambda r: r.value,
        True,
        "With a dot: the best of this metric, chance left out; it need not differ from the next.",
    ),
    Column(
        "95 % interval",
        lambda r: interval(r.low, r.high, unit(r.metric)),
        lambda r: r.low,
        True,
        "Bootstrap over patients, or over images: where the value of other such images would lie.",
    ),
    Column("Images", lambda r: str(r.n), lambda r: r.n, True, "Images that give a value."),
    Column(
        "Undefined",
        lambda r: str(r.undefined),
        lambda r: r.undefined,
        True,
        "Images that were measured and give no value: nothing is marked on them, for instance.",
    ),
)


class ResultsModel(Table[Result]):
    """The rows that the filters leave, sorted by any column; chance comes last."""

    def __init__(self, palette: Callable[[], QPalette]) -> None:
        """Start empty; ``palette`` gives the colour that chance is written in."""
        super().__init__(COLUMNS, tr)
        self._palette = palette
        self._best: set[Result] = set()

    def show(self, rows: Sequence[Result]) -> None:
        """Show other results."""
        ordered, self._best = in_order(rows)
        super().show(ordered)

    def filter(self, text: str, model: str, method: str, metric: str) -> None:
        """Show rows with all words of ``text``, and of a model, method and metric; "" is any."""
        words = text.casefold().split()
        self.keep(
            lambda r: (
                model in ("", r.model)
                and method in ("", r.method)
                and metric in ("", r.metric)
                and all(word in _line(r) for word in words)
            )
        )

    def sign(self, row: Result, column: Column[Result]) -> str:
        """Point the best value of a metric out."""
        return BEST if column.head == "Value" and row in self._best else ""

    def tip(self, row: Result, column: Column[Result]) -> str | None:
        """Say what chance and the sign stand for; texts say the whole of themselves."""
        if is_chance(row.method):
            return tr("Chance: what a number has to beat before it says anything.")
        if self.sign(row, column):
            return tr(BEST_TIP)
        return None if column.number else column.text(row)

    def colour(self, row: Result) -> Any:
        """Write chance in the colour of what stands behind."""
        return self._palette().placeholderText() if is_chance(row.method) else None

    def comes_last(self, row: Result) -> bool:
        """Keep chance below the methods."""
        return is_chance(row.method)


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
        self.empty.setWordWrap(True)
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
