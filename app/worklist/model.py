"""The worklist's rows as a Qt model, in their study's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from app.language import in_language
from app.state import Case, Prediction
from app.texts import status_word, tr
from softcam_core.paths import shown

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FEW = 32
"""Up to this many changed rows are told one by one; of more, the range that they lie in."""


class Role(IntEnum):
    """What a row can be asked for beside its name."""

    CASE = Qt.ItemDataRole.UserRole
    THUMBNAIL = Qt.ItemDataRole.UserRole + 1
    PREDICTION = Qt.ItemDataRole.UserRole + 2
    MARKS = Qt.ItemDataRole.UserRole + 3
    ERROR = Qt.ItemDataRole.UserRole + 4
    NOT_PREDICTED = Qt.ItemDataRole.UserRole + 5
    REFERENCE = Qt.ItemDataRole.UserRole + 6
    PROGRESS = Qt.ItemDataRole.UserRole + 7


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
        self._references = ""
        self._own_grades = False

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of cases."""
        return 0 if parent.isValid() else len(self._cases)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of an index."""
        return self.value(index.row(), role) if index.isValid() else None

    def value(self, row: int, role: int) -> Any:
        """Return what a role asks of a row."""
        case = self._cases[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return case.name
        if role == Qt.ItemDataRole.ToolTipRole:
            reason = self._errors.get(case.id) or self._not_predicted.get(case.id)
            return in_language(reason) if reason else shown(case.path)
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
        if role == Role.REFERENCE:
            return self._references.format(case.label) if case.label else ""
        if role == Role.PROGRESS:
            return self._progress(case)
        return None

    def _progress(self, case: Case) -> str:
        """Return how far a case is, and its grade where the model's word has the grade's place."""
        status = status_word(case.status)
        graded = case.label or tr("not graded")
        shown = self._own_grades and case.id in self._predictions and case.status != "unread"
        return tr("{0} · {1}").format(status, graded) if shown else status

    def _spoken(self, case: Case) -> str:
        prediction = self._predictions.get(case.id)
        status = self._progress(case)
        if prediction is None:
            return f"{case.name}, {status}"
        said = tr("predicted {0} {1}").format(prediction.name, f"{prediction.probability:.2f}")
        return f"{case.name}, {status}, {said}"

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

    def update(self, cases: Iterable[Case]) -> None:
        """Show new status or label of cases, where it is new."""
        changed = []
        for case in cases:
            row = self._rows.get(case.id)
            if row is not None and self._cases[row] is not case and self._cases[row] != case:
                self._cases[row] = case
                changed.append(row)
        self._rows_changed(changed)

    def set_thumbnail(self, case: int, pixmap: QPixmap) -> None:
        """Show a thumbnail."""
        self._thumbnails[case] = pixmap
        self._changed(case, Role.THUMBNAIL)

    def drop_thumbnail(self, case: int) -> None:
        """Forget a thumbnail that fell out of memory; it is made again when seen."""
        self._thumbnails.pop(case, None)

    def set_predictions(self, predictions: Mapping[int, Prediction | None]) -> None:
        """Show what the predicting model says of cases; None where it says nothing."""
        changed = []
        for case, prediction in predictions.items():
            if prediction == self._predictions.get(case):
                continue
            if prediction is None:
                self._predictions.pop(case, None)
            else:
                self._predictions[case] = prediction
            changed.append(case)
        self._cases_changed(changed, Role.PREDICTION)

    def set_not_predicted(self, sentences: Mapping[int, str]) -> None:
        """Show of which cases no model could say anything, and why; "" when that is over."""
        changed = [
            case
            for case, sentence in sentences.items()
            if self._not_predicted.get(case, "") != sentence
        ]
        self._not_predicted.update({case: sentences[case] for case in changed})
        self._cases_changed(changed, Role.NOT_PREDICTED)

    def set_references(self, text: str) -> None:
        """Show the cases' labels in a text with a place for them; an empty one shows none.

        Where a model is going to speak they could be taken for what it says, or be told too early.
        """
        if text != self._references:
            self._references = text
            self._cases_changed([case.id for case in self._cases], Role.REFERENCE)

    def set_own_grades(self, on: bool) -> None:
        """Take the cases' labels for the reader's own grades, which stand beside a prediction."""
        if on != self._own_grades:
            self._own_grades = on
            self._cases_changed([case.id for case in self._cases], Role.PROGRESS)

    def set_marks(self, counts: Mapping[int, int]) -> None:
        """Show how many shapes the reader has drawn on cases."""
        changed = [case for case, n in counts.items() if n != self._marks.get(case, 0)]
        self._marks.update({case: counts[case] for case in changed})
        self._cases_changed(changed, Role.MARKS)

    def set_error(self, case: int, sentence: str) -> None:
        """Show that an image cannot be read."""
        self._errors[case] = sentence
        self._changed(case, Role.ERROR)

    @property
    def predicted(self) -> int:
        """Of how many cases it is shown what the model says."""
        return len(self._predictions)

    def row_of(self, case: int) -> int | None:
        """Return the row of a case."""
        return self._rows.get(case)

    def cases(self) -> list[Case]:
        """Return the cases in order."""
        return list(self._cases)

    def case_at(self, row: int) -> Case:
        """Return the case of a row."""
        return self._cases[row]

    def prediction_of(self, case: int) -> Prediction | None:
        """Return what is shown of a case's prediction."""
        return self._predictions.get(case)

    def _changed(self, case: int, *roles: int) -> None:
        row = self._rows.get(case)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index, list(roles))

    def _cases_changed(self, cases: Iterable[int], role: int) -> None:
        self._rows_changed([self._rows[case] for case in cases if case in self._rows], role)

    def _rows_changed(self, rows: list[int], *roles: int) -> None:
        if len(rows) > _FEW:
            first, last = self.index(min(rows)), self.index(max(rows))
            self.dataChanged.emit(first, last, list(roles))
            return
        for row in rows:
            index = self.index(row)
            self.dataChanged.emit(index, index, list(roles))
