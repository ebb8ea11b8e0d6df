"""The table of the ledger: what every class's logit is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.evidence.ledger.account import Account
from app.evidence.ledger.words import percent
from app.state import MANY
from app.texts import MINUS, NO_VALUE, plain, probability, signed
from softcam_core.explain.rounding import rounded_parts

NAME, PROBABILITY, LOGIT, FOR, AGAINST, REGION, INSIDE, CURSOR = range(8)
NARROWEST_NAME = 60
"""Screen pixels of a class's name, at the least."""
SPARED = PROBABILITY, LOGIT, CURSOR
"""Columns that go where there is no room, in this order: they stand elsewhere as well, the first
two in the list of classes, the last one at the cursor."""
OF_REGIONS = REGION, INSIDE
"""Columns that are there only while a region is asked about."""
Index = QModelIndex | QPersistentModelIndex


class LedgerTable(QAbstractTableModel):
    """A row per class, the most probable first: at most `MANY`, and the one in view."""

    def __init__(self, account: Account, parent: QWidget) -> None:
        """Show what ``account`` says."""
        super().__init__(parent)
        self._account = account
        self.rows: list[int] = []
        self.heads = (
            ("", ""),
            (self.tr("p"), self.tr("Probability.")),
            (
                self.tr("logit"),
                self.tr(
                    "The class's score, of which the probabilities are made: the mean of its "
                    "evidence, for and against."
                ),
            ),
            (self.tr("for"), self.tr("What all positive cells add to the logit.")),
            (self.tr("against"), self.tr("What all negative cells take from the logit.")),
            (self.tr("region"), self.tr("What the region adds to the logit.")),
            (
                self.tr("inside"),
                self.tr(
                    "Inside the region: the part of the positive evidence for the class. It may "
                    "be positive where the region as a whole speaks against the class."
                ),
            ),
            (
                self.tr("cursor"),
                self.tr("What the cell under the cursor adds to the logit, in logit units."),
            ),
        )
        account.changed.connect(self._refresh)
        account.cell_changed.connect(self._on_cell)
        self._refresh()

    @property
    def asked(self) -> bool:
        """Whether a region is asked about."""
        return self._account.asked

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many classes are listed."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the name and seven numbers."""
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title, or what it means."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section][0]
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.heads[section][1]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, font or alignment."""
        number, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(number, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(number, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.heads[column][0]} {self.text(number, column)}".strip()
        if role == Qt.ItemDataRole.FontRole and number == self._account.shown:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def text(self, number: int, column: int) -> str:
        """Return what stands in the row of a class."""
        account = self._account
        entry, region, cell = account.entry, account.region, account.cell
        if entry is None:
            return ""
        if column == NAME:
            return entry.names[number]
        if column == PROBABILITY:
            return probability(float(entry.analysis.probabilities[number]))
        if column == LOGIT:
            return signed(float(entry.analysis.logits[number]))
        if column in (FOR, AGAINST):
            sums = entry.sums
            parts = float(sums.evidence_for[number]), float(sums.evidence_against[number])
            return signed(rounded_parts(parts)[column == AGAINST])
        if column == CURSOR:
            return NO_VALUE if cell is None else signed(float(cell.share[number]))
        if region is None:
            return NO_VALUE
        if column == REGION:
            return signed(float(region.share[number]))
        inside = float(region.inside[number])
        return NO_VALUE if np.isnan(inside) else percent(inside)

    def _tip(self, number: int, column: int) -> str:
        account = self._account
        if account.entry is None:
            return ""
        if column == CURSOR and account.cell is not None:
            of_logit = float(account.cell.percent[number])
            if not np.isnan(of_logit):
                return self.tr("{0} % of the logit").format(plain(of_logit, 1))
        return account.entry.names[number] if column == NAME else self.heads[column][1]

    def _refresh(self) -> None:
        entry = self._account.entry
        rows = list(entry.order[:MANY]) if entry is not None else []
        if entry is not None and self._account.shown not in rows:
            rows.append(self._account.shown)
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows:
            self._tell(NAME, CURSOR)

    def _on_cell(self) -> None:
        if self.rows:
            self._tell(CURSOR, CURSOR)

    def _tell(self, first: int, last: int) -> None:
        below = len(self.rows) - 1
        self.dataChanged.emit(self.index(0, first), self.index(below, last))


class LedgerView(QTableView):
    """The table, as high as its rows; numbers keep their width whatever they are."""

    def __init__(self, table: LedgerTable, parent: QWidget | None = None) -> None:
        """Show ``table``."""
        super().__init__(parent)
        self._table = table
        self._asked = table.asked
        self.setObjectName("ledgerTable")
        self.setAccessibleName(self.tr("Evidence of every class"))
        self.setModel(table)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        # Classes of one task begin alike and differ at the end: mild NPDR, moderate NPDR.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(16)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.modelReset.connect(self.updateGeometry)
        table.modelReset.connect(self._follow)
        table.dataChanged.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the columns, now that the text has its size."""
        super().showEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure them again when the text gets another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        """Give every column the room that its widest number needs, so that nothing moves."""
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        header = self.horizontalHeader()
        widest = [">0.999", *[f"{MINUS}00.00"] * 4, "99.9 %", f"{MINUS}0.00"]
        for column, text in enumerate(widest, PROBABILITY):
            title = self.model().headerData(column, Qt.Orientation.Horizontal)
            header.resizeSection(column, max(map(metrics.horizontalAdvance, (text, title))) + 6)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 6)
        self._fit()

    def _follow(self) -> None:
        """Give the numbers of a region room when one is asked about, and take it back after."""
        if self._asked != self._table.asked:
            self._asked = self._table.asked
            self._fit()

    def _fit(self) -> None:
        """Show as many columns as there is room for, and give the names the rest."""
        header, room = self.horizontalHeader(), self.viewport().width()
        for column in SPARED:
            header.showSection(column)
        for column in OF_REGIONS:
            header.setSectionHidden(column, not self._asked)
        numbers = range(PROBABILITY, header.count())
        for column in SPARED:
            if sum(header.sectionSize(number) for number in numbers) + NARROWEST_NAME > room:
                header.hideSection(column)
        left = room - sum(header.sectionSize(number) for number in numbers)
        header.resizeSection(NAME, max(left, NARROWEST_NAME))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns in."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        return QSize(240, self.horizontalHeader().sizeHint().height() + rows + 2)

    def minimumSizeHint(self) -> QSize:
        """The panel around it scrolls."""
        return QSize(80, self.sizeHint().height())
