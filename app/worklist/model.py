"""The worklist's rows as a Qt model, and the filter that search text, status and order make."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPixmap

from app.state import Case, Prediction
from softcam_core.paths import shown

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Role(IntEnum):
    """What a row can be asked for beside its name."""

    CASE = Qt.ItemDataRole.UserRole
    THUMBNAIL = Qt.ItemDataRole.UserRole + 1
    PREDICTION = Qt.ItemDataRole.UserRole + 2
    MARKS = Qt.ItemDataRole.UserRole + 3
    ERROR = Qt.ItemDataRole.UserRole + 4
    NOT_PREDICTED = Qt.ItemDataRole.UserRole + 5


class WorklistModel(QAbstractListModel):
    """The cases in their study's order."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._cases: list[Case] = []
        self._rows: dict[int, int] = {}
        self._thumbnails: dict[int, QPixmap] = {}
        self._predictions: dict[int, Prediction] = {}
        self._marks: dict[int, int] = {}
        self._errors: dict[int, str] = {}
        self._not_predicted: dict[int, str] = {}

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of cases."""
        return 0 if parent.isValid() else len(self._cases)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a row."""
        if not index.isValid():
            return None
        case = self._cases[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return case.name
        if role == Qt.ItemDataRole.ToolTipRole:
            reason = self._errors.get(case.id) or self._not_predicted.get(case.id)
            return reason or shown(case.path)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(case)
        if role == Role.CASE:
            return case
        if role == Role.THUMBNAIL:
            return self._thumbnails.get(case.id)
        if role == Role.PREDICTION:
            return self._predictions.get(case.id)
        if role == Role.MARKS:
            return self._marks.get(case.id, 0)
        if role == Role.ERROR:
            return self._errors.get(case.id)
        if role == Role.NOT_PREDICTED:
            return self._not_predicted.get(case.id)
        return None

    def _spoken(self, case: Case) -> str:
        prediction = self._predictions.get(case.id)
        said = f", predicted {prediction.name} {prediction.probability:.2f}" if prediction else ""
        return f"{case.name}, {case.status}{said}"

    def reset(self, cases: list[Case]) -> None:
        """Show other cases."""
        self.beginResetModel()
        self._cases = list(cases)
        self._rows = {case.id: row for row, case in enumerate(self._cases)}
        self._thumbnails.clear()
        self._predictions.clear()
        self._marks.clear()
        self._errors.clear()
        self._not_predicted.clear()
        self.endResetModel()

    def append(self, cases: list[Case]) -> None:
        """Add cases at the end; those that are there already stay where they are."""
        new = [case for case in cases if case.id not in self._rows]
        if not new:
            return
        first = len(self._cases)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self._cases.extend(new)
        self._rows.update({case.id: first + i for i, case in enumerate(new)})
        self.endInsertRows()

    def update(self, case: Case) -> None:
        """Show a case's new status or label."""
        row = self._rows.get(case.id)
        if row is not None:
            self._cases[row] = case
            self._changed(case.id)

    def set_thumbnail(self, case: int, pixmap: QPixmap) -> None:
        """Show a thumbnail."""
        self._thumbnails[case] = pixmap
        self._changed(case, Role.THUMBNAIL)

    def drop_thumbnail(self, case: int) -> None:
        """Forget a thumbnail that fell out of memory; it is made again when seen."""
        self._thumbnails.pop(case, None)

    def set_prediction(self, case: int, prediction: Prediction | None) -> None:
        """Show what the predicting model says."""
        if prediction == self._predictions.get(case):
            return
        if prediction is None:
            self._predictions.pop(case, None)
        else:
            self._predictions[case] = prediction
        self._changed(case, Role.PREDICTION)

    def set_not_predicted(self, case: int, sentence: str) -> None:
        """Show that no model could say anything, and why; "" when that is over."""
        if self._not_predicted.get(case, "") != sentence:
            self._not_predicted[case] = sentence
            self._changed(case, Role.NOT_PREDICTED)

    def set_marks(self, case: int, count: int) -> None:
        """Show how many shapes the reader has drawn."""
        if count == self._marks.get(case, 0):
            return
        self._marks[case] = count
        self._changed(case, Role.MARKS)

    def set_error(self, case: int, sentence: str) -> None:
        """Show that an image cannot be read."""
        self._errors[case] = sentence
        self._changed(case, Role.ERROR)

    def row_of(self, case: int) -> int | None:
        """Return the row of a case."""
        return self._rows.get(case)

    def cases(self) -> list[Case]:
        """Return the cases in order."""
        return list(self._cases)

    def _changed(self, case: int, *roles: int) -> None:
        row = self._rows.get(case)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index, list(roles))


_TERM = re.compile(
    r"(?P<key>status|label|class):(?P<value>\"[^\"]*\"|\S+)|p(?P<op>[<>])(?P<p>[\d.]+)"
)
_HALF_TYPED = re.compile(r"(status|label|class):|p[<>]")


class WorklistFilter(QSortFilterProxyModel):
    """Words in the name, ``status:done``, ``label:…``, ``class:…``, ``p>0.8``; all must hold."""

    ORDERS = ("Folder order", "Name", "Status", "Probability, low first", "Probability, high first")

    def __init__(self) -> None:
        """Start with everything shown in folder order."""
        super().__init__()
        self._words: list[str] = []
        self._terms: list[tuple[str, str]] = []
        self._bounds: list[tuple[str, float]] = []
        self._order = self.ORDERS[0]
        self._places: dict[int, int] | None = None

    def set_query(self, text: str) -> None:
        """Filter by a search line; a term that is half typed filters nothing."""
        self.beginFilterChange()
        self._terms = []
        self._bounds = []
        for match in _TERM.finditer(text.lower()):
            if match["key"]:
                self._terms.append((match["key"], match["value"].strip('"')))
            else:
                try:
                    self._bounds.append((match["op"], float(match["p"])))
                except ValueError:
                    continue
        words = _TERM.sub(" ", text.lower()).split()
        self._words = [word for word in words if not _HALF_TYPED.fullmatch(word)]
        self.endFilterChange()

    def set_order(self, order: str) -> None:
        """Sort by one of ``ORDERS``."""
        self._order = order
        self._sort_again()

    def set_places(self, order: list[int] | None) -> None:
        """Show cases in the reading protocol's order instead of the folder's; None ends that."""
        places = None if order is None else {case: place for place, case in enumerate(order)}
        if places != self._places:
            self._places = places
            self._sort_again()

    def look_again(self) -> None:
        """Filter and sort anew: what could be seen of the cases has changed."""
        self._sort_again()

    def _sort_again(self) -> None:
        self.invalidate()
        own = self._order == self.ORDERS[0] and self._places is None
        self.sort(-1 if own else 0)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Say whether a row is shown."""
        index = self.sourceModel().index(row, 0, parent)
        case: Case = index.data(Role.CASE)
        prediction: Prediction | None = index.data(Role.PREDICTION)
        texts = {
            "status": case.status,
            "label": case.label.lower(),
            "class": prediction.name.lower() if prediction else "",
        }
        if not all(word in case.name.lower() for word in self._words):
            return False
        if not all(texts[key].startswith(value) for key, value in self._terms):
            return False
        for op, bound in self._bounds:
            p = prediction.probability if prediction else None
            if p is None or not (p > bound if op == ">" else p < bound):
                return False
        return True

    def lessThan(self, left: Index, right: Index) -> bool:
        """Order two rows; equal ones as in the study, whatever order they were shown in before."""
        return (*self._key(left), left.row()) < (*self._key(right), right.row())

    def _key(self, index: Index) -> tuple[Any, ...]:
        case: Case = index.data(Role.CASE)
        prediction: Prediction | None = index.data(Role.PREDICTION)
        if self._places is not None:
            return (self._places.get(case.id, len(self._places)),)
        if self._order == "Name":
            return (case.name.lower(),)
        if self._order == "Status":
            order = ("flagged", "in progress", "unread", "done")
            return (order.index(case.status) if case.status in order else len(order),)
        if prediction is None:
            return (2.0,)
        high_first = self._order.endswith("high first")
        return (-prediction.probability if high_first else prediction.probability,)
