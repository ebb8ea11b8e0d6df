"""A table of rows of one kind: what its columns show, what is kept, and in which order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from app.texts import NO_VALUE

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: its head, what it shows of a row, and what it sorts by.

    Attributes:
        number: set flush right, with digits of one width.
        tip: what the head says when the mouse rests on it.
    """

    head: str
    text: Callable[[T], str]
    key: Callable[[T], Any]
    number: bool = False
    tip: str = ""


class Table(QAbstractTableModel, Generic[T]):
    """Rows of one kind, sorted by any column; a Python sort, which is quick for thousands.

    Whoever needs more than plain cells overrides `sign`, `tip`, `colour` and `comes_last`.
    """

    def __init__(self, columns: Sequence[Column[T]], say: Callable[[str], str]) -> None:
        """Start without rows; ``say`` puts heads and their tips into the user's language."""
        super().__init__()
        self.columns = columns
        self.rows: list[T] = []
        self._say = say
        self._all: list[T] = []
        self._wanted: Callable[[T], bool] = lambda _: True
        self._order: tuple[int, Qt.SortOrder] | None = None
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, rows: Sequence[T]) -> None:
        """Show other rows, in the order given until a column is sorted by."""
        self._all = list(rows)
        self.arrange()

    def keep(self, wanted: Callable[[T], bool]) -> None:
        """Show only rows that are wanted, now and of rows to come."""
        self._wanted = wanted
        self.arrange()

    def arrange(self) -> None:
        """Keep and sort anew."""
        self.beginResetModel()
        self.rows = self.arranged()
        self.endResetModel()

    def arranged(self) -> list[T]:
        """Return the rows that are kept, sorted; those without a value come last either way."""
        rows = [row for row in self._all if self._wanted(row)]
        if self._order is not None:
            column, order = self._order
            key = self.columns[column].key
            known = [row for row in rows if not _unknown(key(row))]
            last = [row for row in rows if _unknown(key(row))]
            known.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
            rows = known + last
        rows.sort(key=self.comes_last)
        return rows

    def sign(self, row: T, column: Column[T]) -> str:
        """Return what stands before a cell that is pointed out, and is bold then; "" for none."""
        del row, column
        return ""

    def tip(self, row: T, column: Column[T]) -> str | None:
        """Return what a cell says when the mouse rests on it."""
        del row, column
        return None

    def colour(self, row: T) -> Any:
        """Return the colour of a row's texts; None for the palette's own."""
        del row

    def comes_last(self, row: T) -> bool:
        """Return whether a row stands below all others whatever the order."""
        del row
        return False

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.sign(row, column)} {column.text(row)}".lstrip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.number else LEFT
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if self.sign(row, column) else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.colour(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a role asks of a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._say(column.head) if column.head else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._say(column.tip) if column.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.number else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; one that is not there gives the rows' own order back."""
        self._order = (column, order) if 0 <= column < len(self.columns) else None
        self.arrange()


def _unknown(value: Any) -> bool:
    return value == NO_VALUE or (isinstance(value, float) and math.isnan(value))
