"""The numbers of each image: sorted worst first, and a way to the image and its map."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.views import ReadOnlyView, fill_box, filter_box
from app.evaluation.words import arrow, better, is_chance, method_word, metric_word, number, unit
from app.jobs.evaluate import Cases
from app.tables import LEFT, RIGHT, ROOT, Index

TEXTS = ("image", "model", "method", "class")
FIRST = "activation_precision"
"""The metric that the worst come first by, where it was measured."""
YES_OR_NO = frozenset({"pointing_game"})
"""Metrics that an image has or has not."""
SHORT = {
    "activation_precision": "AP",
    "activation_sensitivity": "AS",
    "topk_localization_precision": "Top-k",
    "pointing_game": "Hit",
    "mean_iou": "IoU",
    "audc": "AUDC",
    "auic": "AUIC",
    "average_drop": "Drop",
    "increase_in_confidence": "Increase",
    "activation_consistency_positive": "r+",
    "activation_consistency_negative": "r−",
    "gt_known_localization": "GT-known",
    "top1_localization": "Top-1",
    "pxap": "PxAP",
    "max_box_acc": "MaxBoxAcc",
    "max_box_acc_v2": "MaxBoxAccV2",
    "model_randomization": "Random.",
}
"""Heads of narrow columns; the whole name is in the tip."""


class CasesModel(QAbstractTableModel):
    """Rows of `Cases` that the filters leave; sorted in numpy, quick for hundreds of thousands."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.cases: Cases | None = None
        self.shown: NDArray[np.intp] = np.empty(0, np.intp)
        self._asked: tuple[str, str, str] = ("", "", "")
        self._order: tuple[int, bool] | None = None
        self._heads = (self.tr("Image"), self.tr("Model"), self.tr("Method"), self.tr("Class"))

    def show(self, cases: Cases | None) -> None:
        """Take other numbers, the worst first; `filter` shows them."""
        self.beginResetModel()
        self.cases, self.shown = cases, np.empty(0, np.intp)
        self._order = None
        if cases is not None and cases.metrics:
            first = cases.metrics.index(FIRST) if FIRST in cases.metrics else 0
            self._order = len(TEXTS) + first, better(cases.metrics[first]) == "low"
        self.endResetModel()

    @property
    def order(self) -> tuple[int, Qt.SortOrder]:
        """The column that rows are sorted by, -1 for none, and in which order."""
        column, falling = self._order or (-1, False)
        orders = Qt.SortOrder
        return column, orders.DescendingOrder if falling else orders.AscendingOrder

    def filter(self, text: str, model: str, method: str) -> None:
        """Show rows whose image has all words, of a model and a method; "" is any but chance."""
        self._asked = text, model, method
        self._apply()

    def _apply(self) -> None:
        self.beginResetModel()
        self.shown = self._rows()
        self.endResetModel()

    def _rows(self) -> NDArray[np.intp]:
        cases = self.cases
        if cases is None:
            return np.empty(0, np.intp)
        text, model, method = self._asked
        words = text.casefold().split()
        wanted = self._among("model", lambda name: model in ("", name))
        wanted &= self._among("method", lambda m: m == method if method else not is_chance(m))
        if words:
            wanted &= self._among("image", lambda name: all(w in name.casefold() for w in words))
        rows = np.flatnonzero(wanted)
        if self._order is None:
            return rows
        column, falling = self._order
        if column < len(TEXTS):
            texts = cases.words[TEXTS[column]]
            rank = np.argsort(np.argsort(np.array([text.casefold() for text in texts])))
            keys = rank[cases.codes[TEXTS[column]][rows]].astype(np.float64)
        else:
            keys = cases.values[rows, column - len(TEXTS)]
        # NaN comes last either way.
        return rows[np.argsort(-keys if falling else keys, kind="stable")]

    def _among(self, column: str, wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Return which rows have a text in a column that is wanted."""
        cases = self.cases
        assert cases is not None
        right = np.array([wanted(text) for text in cases.words[column]], np.bool_)
        found: NDArray[np.bool_] = right[cases.codes[column]]
        return found

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        metrics = len(self.cases.metrics) if self.cases is not None else 0
        return 0 if parent.isValid() else len(TEXTS) + metrics

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        cases, column = self.cases, index.column()
        if cases is None or not index.isValid():
            return None
        row = int(self.shown[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if column < len(TEXTS) else RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return cases.text(TEXTS[column] if column < len(TEXTS) else "image", row)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column < len(TEXTS):
            text = cases.text(TEXTS[column], row)
            return method_word(text) if TEXTS[column] == "method" else text
        metric = cases.metrics[column - len(TEXTS)]
        value = float(cases.values[row, column - len(TEXTS)])
        if metric in YES_OR_NO and not math.isnan(value):
            return self.tr("yes") if value else self.tr("no")
        return number(value, unit(metric))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a role asks of a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        is_text = section < len(TEXTS)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if is_text else RIGHT
        if is_text or self.cases is None:
            return self._heads[section] if is_text and role == Qt.ItemDataRole.DisplayRole else None
        metric = self.cases.metrics[section - len(TEXTS)]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{SHORT.get(metric, metric_word(metric))} {arrow(metric)}".rstrip()
        return metric_word(metric) if role == Qt.ItemDataRole.ToolTipRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows without a value come last whatever the order."""
        if 0 <= column < self.columnCount():
            self._order = column, order == Qt.SortOrder.DescendingOrder
            self._apply()


class CasesTab(QWidget):
    """The table under a line of filters.

    Signals:
        chosen: a row of `Cases` whose image and map the user wants to see.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationCasesTab")
        self.model = CasesModel()
        self._row: int | None = None
        self.search = QLineEdit()
        self.search.setObjectName("casesSearch")
        self.search.setAccessibleName(self.tr("Find an image"))
        self.search.setPlaceholderText(self.tr("Find an image"))
        self.search.setClearButtonEnabled(True)
        self.of_model = self._box("casesModel", self.tr("Images of which model"))
        self.of_method = self._box("casesMethod", self.tr("Images of which method"))
        self.view = ReadOnlyView(
            self.model, "casesTable", self.tr("Images, a row for each model and method")
        )
        self.view.let_sort()
        self.count = QLabel()
        self.count.setObjectName("casesCount")
        self.count.setProperty("role", "secondary")
        self.empty = QLabel()
        self.empty.setObjectName("casesEmpty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for widget in (self.search, self.of_model, self.of_method):
            filters.addWidget(widget, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(filters)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.count)
        self.search.textChanged.connect(self._filter)
        self.view.chosen.connect(self._choose)
        self.model.modelReset.connect(self._select)

    def _box(self, name: str, spoken: str) -> QComboBox:
        box = filter_box(name, spoken)
        box.currentIndexChanged.connect(self._filter)
        return box

    def show_cases(self, cases: Cases | None) -> None:
        """Show other numbers."""
        words = cases.words if cases is not None else {"model": [], "method": []}
        fill_box(self.of_model, [("", self.tr("All models")), *((m, m) for m in words["model"])])
        own = [m for m in words["method"] if not is_chance(m)]
        chance = [m for m in words["method"] if is_chance(m)]
        fill_box(
            self.of_method,
            [
                ("", self.tr("All methods, without chance") if chance else self.tr("All methods")),
                *((m, method_word(m)) for m in own + chance),
            ],
        )
        self._row = None
        self.model.show(cases)
        header = self.view.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(*self.model.order)
        header.blockSignals(False)
        self._filter()
        self.view.fit_columns()

    def mark(self, row: int) -> None:
        """Point out the image that was chosen: a row of `Cases`."""
        self._row = row
        self._select()

    def _select(self) -> None:
        """Select the row that was chosen, where it is shown."""
        places = np.flatnonzero(self.model.shown == self._row)
        if self._row is None or not len(places):
            return
        index = self.model.index(int(places[0]), 0)
        if index.row() != self.view.currentIndex().row():
            self.view.setCurrentIndex(index)

    def _filter(self) -> None:
        model, method = self.of_model.currentData() or "", self.of_method.currentData() or ""
        self.model.filter(self.search.text(), model, method)
        shown = self.model.rowCount()
        self.pages.setCurrentIndex(0 if shown else 1)
        measured = self.model.cases is not None and len(self.model.cases.case)
        self.empty.setText(
            self.tr("No image is like that; change the filters.")
            if measured
            else self.tr("No map was measured in this evaluation.")
        )
        self.count.setText(self._counted(shown) if shown else "")

    def _counted(self, shown: int) -> str:
        if shown == 1:
            return self.tr("1 row; a click, or Enter, shows the image and the map.")
        return self.tr("{0} rows; a click, or Enter, shows the image and the map.").format(shown)

    def _choose(self, place: int) -> None:
        self.chosen.emit(int(self.model.shown[place]))
