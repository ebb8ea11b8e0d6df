"""The class list of a model with many classes: searched, sorted, and scrolled to the one shown."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.evidence.class_swatch import readable_on
from app.state import Analysis
from app.texts import MINUS, NO_VALUE, probability, signed, tr
from softcam_core.imaging.colormap import Colour

KEY, NAME, BAR, PROBABILITY, LOGIT = range(5)
KEYS = 9
MOST_ROWS, FEWEST_ROWS = 8, 5
BAR_WIDTH, BAR_HEIGHT = 56, 10
Index = QModelIndex | QPersistentModelIndex


class ClassTable(QAbstractTableModel):
    """The classes that the search leaves, in the order that was chosen."""

    def __init__(self, parent: QWidget) -> None:
        """Start without classes."""
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.shown: list[int] = []
        self.chosen: str | None = None
        self.analysis: Analysis | None = None
        self._rank: NDArray[np.intp] = np.arange(0)
        self._sorted = True
        self._words: list[str] = []
        self.hues: dict[str, Colour] | None = None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many classes are listed."""
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return key, name, bar, probability and logit."""
        return 0 if parent is not None and parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, font or alignment."""
        number, column = self.shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), number, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return self.names[number]
        if role == Qt.ItemDataRole.FontRole and self.names[number] == self.chosen:
            font = QFont()
            font.setBold(True)
            return font
        if column == KEY and self.hues is not None:
            return self._swatch(self.names[number], role)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (PROBABILITY, LOGIT):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.UserRole and self.analysis is not None:
            return float(self.analysis.probabilities[number])
        return None

    def _swatch(self, name: str, role: int) -> Any:
        """Return how the place before a name looks while several classes are drawn at once."""
        hue = (self.hues or {}).get(name)
        if role == Qt.ItemDataRole.BackgroundRole:
            return None if hue is None else QBrush(QColor(*hue))
        if role == Qt.ItemDataRole.ForegroundRole:
            return None if hue is None else QBrush(readable_on(hue))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("Draw {0} or leave it out (Space)").format(name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{0} is drawn").format(name) if hue else tr("{0} is left out").format(name)
        return None

    def show_hues(self, hues: dict[str, Colour] | None) -> None:
        """Show the hues of the classes drawn at once; None while one class is drawn."""
        if hues != self.hues:
            self.hues = hues
            last = self.index(max(0, len(self.shown) - 1), KEY)
            self.dataChanged.emit(self.index(0, KEY), last)

    def _text(self, row: int, number: int, column: int) -> str:
        if column == KEY and self.hues is not None and row >= KEYS:
            return "" if self.names[number] in self.hues else "+"
        if column == KEY:
            return str(row + 1) if row < KEYS else ""
        if column == NAME:
            return self.names[number]
        if column not in (PROBABILITY, LOGIT):
            return ""
        if self.analysis is None:
            return NO_VALUE
        if column == PROBABILITY:
            return probability(float(self.analysis.probabilities[number]))
        return signed(float(self.analysis.logits[number]), 1)

    def show_values(
        self, names: tuple[str, ...], analysis: Analysis | None, chosen: str | None
    ) -> None:
        """Show what the model says; while it says nothing yet the order stays as it was."""
        self.beginResetModel()
        if names != self.names:
            self.names = names
            self._rank = np.arange(len(names))
        self.analysis, self.chosen = analysis, chosen
        if analysis is not None:
            self._rank = np.argsort(-analysis.probabilities, kind="stable")
        self._list()
        self.endResetModel()

    def arrange(self, by_probability: bool, search: str) -> None:
        """Choose the order, and the words that a class's name must have."""
        self.beginResetModel()
        self._sorted = by_probability
        self._words = search.casefold().split()
        self._list()
        self.endResetModel()

    def _list(self) -> None:
        order = self._rank if self._sorted else np.arange(len(self.names))
        self.shown = [
            int(n) for n in order if all(w in self.names[n].casefold() for w in self._words)
        ]

    def row_of(self, name: str | None) -> int | None:
        """Return the row of a class; None where the search leaves it out."""
        rows = (row for row, number in enumerate(self.shown) if self.names[number] == name)
        return next(rows, None)


class _BarDelegate(QStyledItemDelegate):
    """Paints a probability as a bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint groove and bar over the row's own background."""
        super().paint(painter, option, index)
        cell = QRectF(option.rect)
        groove = QRectF(cell.left(), cell.center().y() - BAR_HEIGHT / 2, BAR_WIDTH, BAR_HEIGHT)
        palette, roles = option.palette, QPalette.ColorRole
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(palette.color(roles.Mid))
        painter.setBrush(palette.color(roles.AlternateBase))
        painter.drawRoundedRect(groove.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        value = index.data(Qt.ItemDataRole.UserRole)
        if value and groove.width() * value >= 1:
            groove.setWidth(groove.width() * value)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(roles.Link))
            painter.drawRoundedRect(groove, 3, 3)
        painter.restore()


class _Table(QTableView):
    """A table that asks for a few rows and makes do with fewer."""

    toggle_asked = Signal(int)  # Space, on a row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space draws the class of the row, or leaves it out."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggle_asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as the rows that there is room for."""
        row = self.verticalHeader().defaultSectionSize()
        return QSize(super().sizeHint().width(), MOST_ROWS * row + 2)


class ManyClasses(QWidget):
    """Search line, order and table; a click or Enter chooses a class."""

    chosen = Signal(str)
    toggled = Signal(str)  # a class to be drawn among others, or left out

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without classes."""
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setObjectName("classSearch")
        self.search.setAccessibleName(self.tr("Find a class"))
        self.search.setPlaceholderText(self.tr("Find a class"))
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(lambda: self.choose(1))
        self.order = QComboBox()
        self.order.setObjectName("classOrder")
        self.order.setAccessibleName(self.tr("Order of the classes"))
        self.order.addItems([self.tr("Most probable"), self.tr("Model's order")])
        self.table = ClassTable(self)
        self.view = _Table()
        self._set_up(self.view)
        self.search.textChanged.connect(self._arrange)
        self.order.currentIndexChanged.connect(self._arrange)
        self.view.clicked.connect(self._on_click)
        self.view.toggle_asked.connect(self._toggle)
        self.view.activated.connect(lambda index: self.choose(index.row() + 1))
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        rows = QHBoxLayout()
        rows.setContentsMargins(8, 0, 0, 0)
        rows.addWidget(self.view)
        column.addLayout(rows, 1)

    def _set_up(self, view: QTableView) -> None:
        view.setObjectName("classTable")
        view.setAccessibleName(self.tr("Classes with probability and logit"))
        view.setModel(self.table)
        view.setItemDelegateForColumn(BAR, _BarDelegate(view))
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        view.horizontalHeader().hide()
        view.verticalHeader().hide()
        bold = QFont(view.font())
        bold.setBold(True)
        view.setFont(bold)  # The room that the widest text needs, so that nothing moves.
        metrics = view.fontMetrics()
        view.setFont(QFont())
        header = view.horizontalHeader()
        header.setMinimumSectionSize(16)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (KEY, metrics.horizontalAdvance("9") + 18),
            (BAR, BAR_WIDTH + 8),
            (PROBABILITY, metrics.horizontalAdvance("0.00") + 12),
            (LOGIT, metrics.horizontalAdvance(f"{MINUS}00.0") + 14),
        ):
            header.resizeSection(column, width)
        row = metrics.height() + 8
        view.verticalHeader().setDefaultSectionSize(row)
        view.setMinimumHeight(FEWEST_ROWS * row)

    def choose(self, number: int) -> None:
        """Choose the class of a row, counted from 1."""
        if 1 <= number <= self.table.rowCount():
            self.chosen.emit(self.table.names[self.table.shown[number - 1]])

    def show_hues(self, hues: dict[str, Colour] | None) -> None:
        """Show the hues of the classes drawn at once; None while one class is drawn."""
        self.table.show_hues(hues)

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == KEY and self.table.hues is not None:
            self._toggle(index.row())
        else:
            self.choose(index.row() + 1)

    def _toggle(self, row: int) -> None:
        if self.table.hues is not None and 0 <= row < self.table.rowCount():
            self.toggled.emit(self.table.names[self.table.shown[row]])

    def show_values(
        self, names: tuple[str, ...], analysis: Analysis | None, chosen: str | None
    ) -> None:
        """Show what the model says, with the class in view in view."""
        self.table.show_values(names, analysis, chosen)
        self._bring_into_view()

    def _arrange(self) -> None:
        self.table.arrange(self.order.currentIndex() == 0, self.search.text())
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        row = self.table.row_of(self.table.chosen)
        if row is None:
            self.view.scrollToTop()
            return
        index = self.table.index(row, NAME)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
