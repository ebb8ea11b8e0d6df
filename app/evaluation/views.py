"""Tables that are only read: how they look, and Enter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableView

MEASURED = 40
"""Rows, beside those in view, that a column's width is taken from."""
GAP = 12
"""Pixels between a column's widest cell and the next column."""
WIDEST = 260


class ReadOnlyView(QTableView):
    """A table of whole rows, in which Enter chooses the row.

    Signals:
        chosen: place of the row that was clicked, or on which Enter was pressed.
    """

    chosen = Signal(int)

    def __init__(
        self, model: QAbstractItemModel, name: str, spoken: str, stretched: bool = True
    ) -> None:
        """Show ``model``; ``stretched``: the last column takes the room that is left."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Thousands of rows would be measured while the window stands still.
        header.setResizeContentsPrecision(MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(stretched)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def let_sort(self) -> None:
        """Let a click on a column's head sort by it; the order is the model's own until then."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def fit_columns(self) -> None:
        """Give every column, but one that is stretched, the width of what stands in it."""
        self.resizeColumnsToContents()
        stretched = self.horizontalHeader().stretchLastSection()
        for column in range(self.model().columnCount() - stretched):
            self.setColumnWidth(column, min(self.columnWidth(column) + GAP, WIDEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current row by Enter; else it would press the dialog's default button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex().row())
            event.accept()
        else:
            super().keyPressEvent(event)


def fill_box(box: QComboBox, entries: Iterable[tuple[str, str]]) -> None:
    """Offer (data, text) in a box; what was chosen stays chosen where it is still there."""
    wanted = box.currentData()
    box.blockSignals(True)
    box.clear()
    for data, text in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(wanted)))
    box.blockSignals(False)
