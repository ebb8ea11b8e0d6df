"""Which is better, by more than chance: differences with their 95 % intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
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
    method_word,
    metric_word,
    number,
    tr,
    unit,
)
from app.texts import NO_VALUE
from softcam_core.evaluation.compared import kind_of
from softcam_core.evaluation.results import Difference

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CLEAR = "\N{BLACK DIAMOND}"
KINDS = {
    "chance": "Methods against the best chance",
    "evidence": "Evidence against other methods",
    "models": "Models against each other",
}


def is_clear(one: Difference) -> bool:
    """Return whether the interval excludes zero."""
    return one.low > 0 or one.high < 0


def winner(one: Difference) -> str:
    """Return what is better by more than chance; a dash where that is open."""
    direction = better(one.metric)
    if not is_clear(one) or not direction:
        return NO_VALUE
    return _first(one) if (one.low > 0) == (direction == "high") else _second(one)


def _first(one: Difference) -> str:
    return f"{method_word(one.method)} · {one.model}"


def _second(one: Difference) -> str:
    if one.other_model == one.model:
        return method_word(one.other_method)
    return f"{method_word(one.other_method)} · {one.other_model}"


def _value(one: Difference) -> str:
    text = number(one.value, unit(one.metric))
    return f"+{text}" if one.value > 0 else text


def _p(one: Difference) -> str:
    if math.isnan(one.p):
        return NO_VALUE
    return f"{one.p:.3f}" if one.p >= 0.001 else "< 0.001"


@dataclass(frozen=True)
class _Column:
    head: str
    text: Callable[[Difference], str]
    key: Callable[[Difference], Any]
    right: bool = False
    tip: str = ""


COLUMNS: tuple[_Column, ...] = (
    _Column("Of", _first, _first),
    _Column("Less", _second, _second, tip="What is taken from it, over the same images."),
    _Column(
        "Metric",
        lambda one: f"{metric_word(one.metric)} {arrow(one.metric)}".rstrip(),
        lambda one: metric_word(one.metric),
        tip="The arrow points to where values are better.",
    ),
    _Column("Better", winner, winner, tip="Which of the two is better, where zero is excluded."),
    _Column(
        "Difference",
        _value,
        lambda one: one.value,
        True,
        "With a diamond: the 95 % interval excludes zero.",
    ),
    _Column(
        "95 % interval",
        lambda one: interval(one.low, one.high, unit(one.metric)),
        lambda one: one.low,
        True,
        "Paired: the same resamples of patients, or of images, for both; DeLong for the AUC of two "
        "classes.",
    ),
    _Column(
        "p",
        _p,
        lambda one: one.p,
        True,
        "Two-sided, of no difference; not corrected for how many there are.",
    ),
    _Column("Images", lambda one: str(one.n), lambda one: one.n, True, "Images that both are of."),
)
VALUE = 4


class DifferencesModel(QAbstractTableModel):
    """The rows that the filters leave, sorted by any column."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._all: Sequence[Difference] = ()
        self._asked = ("", "", "", "")
        self._order: tuple[int, Qt.SortOrder] | None = None
        self._bold = QFont()
        self._bold.setBold(True)
        self.rows: list[Difference] = []

    def show(self, differences: Sequence[Difference]) -> None:
        """Show other differences."""
        self._all = differences
        self._apply()

    def filter(self, text: str, kind: str, model: str, metric: str) -> None:
        """Show rows with all words of ``text``, and of a kind, model and metric; "" is any."""
        self._asked = text, kind, model, metric
        self._apply()

    def _apply(self) -> None:
        text, kind, model, metric = self._asked
        words = text.casefold().split()
        rows = [
            one
            for one in self._all
            if kind in ("", kind_of(one))
            and model in ("", one.model, one.other_model)
            and metric in ("", one.metric)
            and all(word in _line(one) for word in words)
        ]
        if self._order is not None:
            column, order = self._order
            key = COLUMNS[column].key
            known = [one for one in rows if not _unknown(key(one))]
            known.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
            rows = known + [one for one in rows if _unknown(key(one))]
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
        one, column = self.rows[index.row()], COLUMNS[index.column()]
        clear = index.column() == VALUE and is_clear(one)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{CLEAR} {column.text(one)}" if clear else column.text(one)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.FontRole and clear:
            return self._bold
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(one) if not column.right else one.interval or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a role asks of a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.head)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.tip) if column.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows without a value come after the others."""
        self._order = (column, order) if 0 <= column < len(COLUMNS) else None
        self._apply()


def _unknown(value: Any) -> bool:
    return value == NO_VALUE or (isinstance(value, float) and math.isnan(value))


def _line(one: Difference) -> str:
    words = (_first(one), one.method, one.other_model, _second(one), one.other_method)
    return " ".join((*words, one.metric, metric_word(one.metric))).casefold()


class DifferencesTab(QWidget):
    """The table under a line of filters, and what the mark means below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationDifferences")
        self._any = False
        self.model = DifferencesModel()
        self.search = QLineEdit()
        self.search.setObjectName("differencesSearch")
        self.search.setAccessibleName(self.tr("Find differences"))
        self.search.setPlaceholderText(self.tr("Find"))
        self.search.setClearButtonEnabled(True)
        self.kind = self._box("differencesKind", self.tr("What is compared"))
        self.of_model = self._box("differencesModel", self.tr("Differences of which model"))
        self.of_metric = self._box("differencesMetric", self.tr("Differences of which metric"))
        self.view = ReadOnlyView(
            self.model, "differencesTable", self.tr("Differences, a row for each comparison")
        )
        self.view.let_sort()
        self.legend = small_print("differencesLegend")
        self.empty = QLabel()
        self.empty.setObjectName("differencesEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.search, 2)
        for box in (self.kind, self.of_model, self.of_metric):
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

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Show other differences."""
        self._any = bool(differences)
        kinds = {kind_of(one) for one in differences}
        models = dict.fromkeys(m for one in differences for m in (one.model, one.other_model))
        metrics = dict.fromkeys(one.metric for one in differences)
        offered = [(kind, tr(text)) for kind, text in KINDS.items() if kind in kinds]
        fill_box(self.kind, [("", self.tr("All comparisons")), *offered])
        fill_box(self.of_model, [("", self.tr("All models")), *((m, m) for m in models)])
        fill_box(
            self.of_metric,
            [("", self.tr("All metrics")), *((m, metric_word(m)) for m in metrics)],
        )
        self.model.show(differences)
        self._filter()
        self.view.fit_columns()

    def _filter(self) -> None:
        self.model.filter(
            self.search.text(),
            self.kind.currentData() or "",
            self.of_model.currentData() or "",
            self.of_metric.currentData() or "",
        )
        self.pages.setCurrentIndex(0 if self.model.rows else 1)
        self.empty.setText(
            self.tr("No difference is like that; change the filters.")
            if self._any
            else self.tr(
                "Nothing was measured that can be compared; tick chance, or more methods or models."
            )
        )
        self.legend.setText(
            self.tr(
                "{0} the 95 % interval excludes zero: one is better by more than chance explains. "
                "Neither intervals nor p are corrected for how many there are."
            ).format(CLEAR)
            if self._any
            else ""
        )
