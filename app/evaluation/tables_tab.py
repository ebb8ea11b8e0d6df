"""The tables in the layouts of the paper, as they stand in the report."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.evaluation.results_table import BEST
from app.evaluation.views import ReadOnlyView, fill_box, small_print
from app.evaluation.words import interval, tr
from app.tables import LEFT, RIGHT, ROOT, Index
from softcam_core.evaluation.table_types import Cell, Table

HEADS = 2
"""Columns before the numbers: the group, such as a model, and the row's own head."""


class TableModel(QAbstractTableModel):
    """One table of the report, cell by cell."""

    def __init__(self, palette: Callable[[], QPalette]) -> None:
        """Start empty; ``palette`` gives the colour that chance is written in."""
        super().__init__()
        self._palette = palette
        self._table: Table | None = None
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, table: Table | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() or self._table is None else len(self._table.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() or self._table is None else HEADS + len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        if not index.isValid() or self._table is None:
            return None
        line, column = self._table.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.ForegroundRole and line.is_chance:
            return self._palette().placeholderText()
        if column < HEADS:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return (line.group, line.head)[column]
            return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None
        cell = line.cells[column - HEADS]
        if role == Qt.ItemDataRole.DisplayRole:
            text = f"{cell.text}  {cell.delta_text}" if cell.delta_text else cell.text
            return f"{BEST} {text}" if cell.best else text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT
        if role == Qt.ItemDataRole.FontRole and cell.best:
            return self._bold
        return _cell_tip(cell) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a role asks of a column's head."""
        if orientation != Qt.Orientation.Horizontal or self._table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section < HEADS else RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if section < HEADS:
            return ""
        column = self._table.columns[section - HEADS]
        return f"{column.group}\n{column.head}" if column.group else column.head


def _cell_tip(cell: Cell) -> str | None:
    """Return interval and number of images of a cell."""
    if cell.is_empty:
        return None
    images = tr("1 image") if cell.n == 1 else tr("{0} images").format(cell.n)
    parts = [images] if cell.n else []
    if cell.undefined:
        parts.append(tr("{0} undefined").format(cell.undefined))
    if not math.isnan(cell.low):
        parts.insert(0, tr("95 % interval {0}").format(interval(cell.low, cell.high)))
    return ", ".join(parts) or None


class TablesTab(QWidget):
    """A box of tables, and the one that is chosen with its caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationTables")
        self._tables: dict[str, Table] = {}
        self.model = TableModel(self.palette)
        self.which = QComboBox()
        self.which.setObjectName("tablesWhich")
        self.which.setAccessibleName(self.tr("Which table"))
        self.view = ReadOnlyView(self.model, "tablesTable", self.tr("Table of the report"))
        self.caption = small_print("tablesCaption")
        self.legend = small_print("tablesLegend")
        self.empty = QLabel(self.tr("Nothing of the report's tables was measured."))
        self.empty.setObjectName("tablesEmpty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.which)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.caption)
        layout.addWidget(self.legend)
        self.which.currentIndexChanged.connect(self._show)

    def show_tables(self, tables: Sequence[Table]) -> None:
        """Show other tables."""
        self._tables = {table.id: table for table in tables}
        fill_box(self.which, [(table.id, table.title) for table in tables])
        self._show()

    def _show(self) -> None:
        table = self._tables.get(self.which.currentData() or "")
        self.pages.setCurrentIndex(0 if table else 1)
        self.which.setEnabled(table is not None)
        self.caption.setText(table.caption if table else "")
        marked = table is not None and any(c.best for row in table.rows for c in row.cells)
        best = self.tr("{0} best value of the column; it need not differ from the next.")
        self.legend.setText(best.format(BEST) if marked else "")
        self.legend.setVisible(marked)
        self.model.show(table)
        self.view.setColumnHidden(0, table is None or not any(row.group for row in table.rows))
        self.view.fit_columns()
