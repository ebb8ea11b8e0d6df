"""The rows of the worklist that search line, order and reading protocol make."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from app.state import Case, Prediction
from app.texts import status_word, tr
from app.worklist.model import Index, Role, WorklistModel

_ROOT = QModelIndex()
_TERM = r"(?P<key>{0}):(?P<value>\"[^\"]*\"|\S+)|p(?P<op>[<>])(?P<p>[\d.]+)"
_HALF_TYPED = r"({0}):|p[<>]"
_STATUSES = {"flagged": 0, "in progress": 1, "unread": 2, "done": 3}
_NOT_SORTED_BY = {Role.THUMBNAIL, Role.MARKS, Role.ERROR, Role.NOT_PREDICTED}


class WorklistFilter(QAbstractListModel):
    """Words in the name, ``status:done``, ``label:…``, ``class:…``, ``p>0.8``; all must hold.

    Keys and statuses may be written in the window's language too, as the list shows them.

    It holds the rows shown as a list of the source's rows. Qt's own proxy asks Python for each
    comparison, which takes seconds with 10,000 cases.
    """

    ORDERS = ("Folder order", "Name", "Status", "Probability, low first", "Probability, high first")
    BY_MODEL = 3
    """The orders from this place on are by what a model says."""

    def __init__(self, source: WorklistModel) -> None:
        """Start with everything of ``source`` shown in folder order."""
        super().__init__()
        self._source = source
        self._shown: list[int] = []
        self._place_of: dict[int, int] | None = None
        self._words: list[str] = []
        self._terms: list[tuple[str, str]] = []
        self._bounds: list[tuple[str, float]] = []
        self._order = self.ORDERS[0]
        self._places: dict[int, int] | None = None
        self._held = 0
        source.modelReset.connect(self._reset)
        source.rowsInserted.connect(self._on_inserted)
        source.dataChanged.connect(self._on_data)
        self._reset()

    # What is shown

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of cases shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a row."""
        return self._source.value(self._shown[index.row()], role) if index.isValid() else None

    def index_of(self, row: int | None) -> QModelIndex:
        """Return where a row of the source is shown; an invalid index where it is not."""
        place = None if row is None else self._place(row)
        return QModelIndex() if place is None else self.index(place)

    def case_at(self, place: int) -> Case:
        """Return the case that is shown at a place."""
        return self._source.case_at(self._shown[place])

    def shown_cases(self) -> list[int]:
        """Return the ids of the cases shown."""
        return [self._source.case_at(row).id for row in self._shown]

    def shown_before(self, row: int) -> int:
        """Return how many of the rows shown come before a row of the source, in its order."""
        return sum(shown < row for shown in self._shown)

    def _place(self, row: int) -> int | None:
        if self._place_of is None:
            self._place_of = {row: place for place, row in enumerate(self._shown)}
        return self._place_of.get(row)

    # What is to be shown

    def set_query(self, text: str) -> None:
        """Filter by a search line; a term that is half typed filters nothing."""
        self._terms = []
        self._bounds = []
        keys = _keys()
        any_key = "|".join(map(re.escape, keys))
        term = re.compile(_TERM.format(any_key))
        half_typed = re.compile(_HALF_TYPED.format(any_key))
        for match in term.finditer(text.lower()):
            if match["key"]:
                self._terms.append((keys[match["key"]], match["value"].strip('"')))
            else:
                try:
                    self._bounds.append((match["op"], float(match["p"])))
                except ValueError:
                    continue
        words = term.sub(" ", text.lower()).split()
        self._words = [word for word in words if not half_typed.fullmatch(word)]
        self._arrange()

    @property
    def asks_model(self) -> bool:
        """Whether the search line asks for what a model says."""
        return bool(self._bounds) or any(key == "class" for key, _ in self._terms)

    @property
    def asks_others(self) -> bool:
        """Whether the search line asks for what readers say; only one's own word is in the list."""
        keys = tuple(f"{key}:" for key in ("reader", "grade", tr("reader"), tr("grade")))
        words = ("disagree", tr("disagree"))
        return any(word.startswith((*keys, *words)) for word in self._words)

    def set_order(self, order: str) -> None:
        """Sort by one of ``ORDERS``."""
        self._order = order
        self._arrange()

    def set_places(self, order: list[int] | None) -> None:
        """Show cases in the reading protocol's order instead of the folder's; None ends that."""
        places = None if order is None else {case: place for place, case in enumerate(order)}
        if places != self._places:
            self._places = places
            self._arrange()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Filter and sort once, at the end, whatever changes meanwhile."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self._arrange()

    # Arranging

    def _wanted(self) -> list[int]:
        accepts = self._accepts()
        rows: list[int] = list(range(self._source.rowCount()))
        if accepts is not None:
            rows = [row for row in rows if accepts(row)]
        key = self._key()
        # A stable sort: equal ones stay as in the study.
        return rows if key is None else sorted(rows, key=key)

    def _arrange(self) -> None:
        if self._held:
            return
        wanted = self._wanted()
        if wanted == self._shown:
            return
        if len(wanted) != len(self._shown) or set(wanted) != set(self._shown):
            self._reset()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._shown[index.row()] for index in before]
        self._show(wanted)
        after = [self.index(self._place(row) or 0) for row in rows]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _reset(self) -> None:
        self.beginResetModel()
        self._show(self._wanted())
        self.endResetModel()

    def _show(self, rows: list[int]) -> None:
        self._shown = rows
        self._place_of = None

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        accepts = self._accepts()
        new = [row for row in range(first, last + 1) if accepts is None or accepts(row)]
        if not new:
            return
        end = len(self._shown)
        self.beginInsertRows(QModelIndex(), end, end + len(new) - 1)
        self._show([*self._shown, *new])
        self.endInsertRows()
        self._arrange()

    def _on_data(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        one = first.row() == last.row()
        if not roles or not _NOT_SORTED_BY.issuperset(roles):
            if one and not self._held:
                self._put(first.row())
            else:
                self._arrange()
        if one:
            place = self._place(first.row())
            if place is not None:
                self.dataChanged.emit(self.index(place), self.index(place), roles)
        elif self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), roles)

    def _put(self, row: int) -> None:
        """Show a row that has changed where it belongs now, or no more."""
        accepts, key = self._accepts(), self._key()
        place = self._place(row)
        if accepts is not None and not accepts(row):
            if place is not None:
                self.beginRemoveRows(QModelIndex(), place, place)
                self._show([*self._shown[:place], *self._shown[place + 1 :]])
                self.endRemoveRows()
            return
        if place is not None and key is None:
            return
        others = self._shown if place is None else self._shown.copy()
        if place is not None:
            del others[place]
        full = (lambda r: (r,)) if key is None else (lambda r: (key(r), r))
        target = bisect(others, full(row), key=full)
        if target == place:
            return
        shown = [*others[:target], row, *others[target:]]
        if place is None:
            self.beginInsertRows(QModelIndex(), target, target)
            self._show(shown)
            self.endInsertRows()
            return
        # Qt names the place before which a row goes as it is before the move.
        before = target + 1 if target > place else target
        self.beginMoveRows(QModelIndex(), place, place, QModelIndex(), before)
        self._show(shown)
        self.endMoveRows()

    def _accepts(self) -> Callable[[int], bool] | None:
        """Return what says whether a row of the source is shown; None where all are."""
        if not (self._words or self._terms or self._bounds):
            return None
        source = self._source

        def accepts(row: int) -> bool:
            case = source.case_at(row)
            return self._holds(case, source.prediction_of(case.id))

        return accepts

    def _holds(self, case: Case, prediction: Prediction | None) -> bool:
        name = case.name.lower()
        if not all(word in name for word in self._words):
            return False
        texts: tuple[str, ...]
        for key, value in self._terms:
            if key == "status":
                texts = case.status, status_word(case.status).lower()
            elif key == "label":
                texts = (case.label.lower(),)
            else:
                texts = (prediction.name.lower() if prediction else "",)
            if not any(text.startswith(value) for text in texts):
                return False
        for op, bound in self._bounds:
            p = prediction.probability if prediction else None
            if p is None or not (p > bound if op == ">" else p < bound):
                return False
        return True

    def _key(self) -> Callable[[int], Any] | None:
        """Return the value by which a row of the source is sorted; None for the study's order."""
        source, places = self._source, self._places
        if places is not None:
            return lambda row: places.get(source.case_at(row).id, len(places))
        if self._order == "Name":
            return lambda row: source.case_at(row).name.lower()
        if self._order == "Status":
            return lambda row: _STATUSES.get(source.case_at(row).status, len(_STATUSES))
        if self._order == self.ORDERS[0]:
            return None
        sign = -1 if self._order.endswith("high first") else 1

        def probability(row: int) -> float:
            prediction = source.prediction_of(source.case_at(row).id)
            return 2.0 if prediction is None else sign * prediction.probability

        return probability


def _keys() -> dict[str, str]:
    """Return what may stand before a colon -> what it asks for; in English and as it is shown."""
    shown = {"status": tr("status"), "label": tr("label"), "class": tr("class")}
    return {key: key for key in shown} | {word.lower(): key for key, word in shown.items()}
