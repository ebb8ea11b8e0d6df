"""Tables that are only read: how they look, and Enter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QLabel, QTableView

from app.theme import scaled

MEASURED = 40
"""Rows, beside those in view, that a column's width is taken from."""
GAP = 12
"""Pixels between a column's widest cell and the next column."""
WIDEST = 260
NARROWEST, SCROLLED = 88, 150
"""Pixels that a column of texts keeps so that all columns fit; and at most, where they cannot."""


class ReadOnlyView(QTableView):
    """A table of whole rows, in which Enter chooses the row.

    Signals:
        chosen: place of the row that was clicked, or on which Enter was pressed.
    """

    chosen = Signal(int)

    def __init__(self, model: QAbstractItemModel, name: str, spoken: str) -> None:
        """Show ``model``."""
        super().__init__()
        self._widths: list[int] = []
        self._fitting = False
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # Names of files differ at their ends.
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(26))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Thousands of rows would be measured while the window stands still.
        header.setResizeContentsPrecision(MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._on_resized)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def let_sort(self) -> None:
        """Let a click on a column's head sort by it; the order is the model's own until then."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def fit_columns(self) -> None:
        """Give every column the width of what stands in it; texts give way where room is short."""
        self._fitting = True
        self.resizeColumnsToContents()
        self._fitting = False
        columns = range(self.model().columnCount())
        self._widths = [min(self.columnWidth(column) + GAP, WIDEST) for column in columns]
        self._fit_window()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts give way to numbers, unless a column has a width by hand."""
        super().resizeEvent(event)
        self._fit_window()

    def _on_resized(self) -> None:
        if not self._fitting:
            self._widths = []

    def _fit_window(self) -> None:
        if len(self._widths) != self.model().columnCount():
            return
        shown = [n for n in range(len(self._widths)) if not self.isColumnHidden(n)]
        texts = [n for n in shown if self._widths[n] > NARROWEST and self._is_text(n)]
        over = sum(self._widths[n] for n in shown) - self.viewport().width()
        room = max(sum(self._widths[n] for n in texts) - max(over, 0), 0)
        least = SCROLLED if room < NARROWEST * len(texts) else NARROWEST
        # The widest give way first: below a level that is the same for all.
        widths, left = dict(enumerate(self._widths)), len(texts)
        for column in sorted(texts, key=lambda n: self._widths[n]):
            widths[column] = min(self._widths[column], max(room // left, least))
            room, left = max(room - widths[column], 0), left - 1
        self._fitting = True
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._fitting = False

    def _is_text(self, column: int) -> bool:
        role = Qt.ItemDataRole.TextAlignmentRole
        side = self.model().headerData(column, Qt.Orientation.Horizontal, role)
        return bool(Qt.AlignmentFlag(side or 0) & Qt.AlignmentFlag.AlignLeft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current row by Enter; else it would press the dialog's default button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex().row())
            event.accept()
        else:
            super().keyPressEvent(event)


def filter_box(name: str, spoken: str, letters: int = 8) -> QComboBox:
    """Return an empty box that keeps its width whatever it offers."""
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(spoken)
    box.setMinimumContentsLength(letters)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def small_print(name: str, text: str = "") -> QLabel:
    """Return a line below a table that explains it."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setProperty("role", "secondary")
    label.setWordWrap(True)
    return label


def fill_box(box: QComboBox, entries: Iterable[tuple[object, str]]) -> None:
    """Offer (data, text) in a box; what was chosen stays chosen where it is still there."""
    wanted = box.currentData()
    box.blockSignals(True)
    box.clear()
    for data, text in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(wanted)))
    box.blockSignals(False)
