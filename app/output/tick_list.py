"""A list of things to tick, as high as what it offers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.theme import scaled

_ROW = 20
"""Height of a row while there is none to ask, in pixels at a text size of 100 %."""
_WIDTH, _WIDEST = 200, 320
"""Least and greatest width that a list asks for, likewise."""


class TickList(QListWidget):
    """Items with a box each; shows ``least`` to ``most`` rows without scrolling."""

    def __init__(
        self, name: str, spoken: str, least: int, most: int, parent: QWidget | None = None
    ) -> None:
        """Offer nothing yet."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._least, self._most = least, most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fill(self, items: Iterable[tuple[str, str, bool]]) -> None:
        """Offer (text, data, ticked) in this order, and tell nobody of it."""
        self.blockSignals(True)
        self.clear()
        for text, data, ticked in items:
            item = QListWidgetItem(text, self)
            item.setData(Qt.ItemDataRole.UserRole, data)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.updateGeometry()

    def offered(self) -> list[str]:
        """Return the data of every item."""
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in self._items()]

    def ticked(self) -> list[str]:
        """Return the data of the items that are ticked."""
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        ]

    def sizeHint(self) -> QSize:
        """Return the room of the rows on offer, within the limits."""
        rows = min(max(self.count(), self._least), self._most)
        return QSize(self._width(), self._height(rows))

    def minimumSizeHint(self) -> QSize:
        """Return the room of the fewest rows, long ones cut."""
        return QSize(scaled(_WIDTH), self._height(self._least))

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def changeEvent(self, event: QEvent) -> None:
        """Have the room of the rows as they look now."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _width(self) -> int:
        """Return the width of the longest row beside a scroll bar; a very long one is cut."""
        self.ensurePolished()
        bar = self.verticalScrollBar().sizeHint().width()
        longest = max(self.sizeHintForColumn(0), 0) + bar + 2 * self.frameWidth() + 8
        return min(max(longest, scaled(_WIDTH)), scaled(_WIDEST))

    def _height(self, rows: int) -> int:
        # The style sheet says how high a row is and how thick the frame.
        self.ensurePolished()
        row = self.sizeHintForRow(0) if self.count() else scaled(_ROW)
        margins = self.contentsMargins()
        around = max(margins.top() + margins.bottom(), 2 * self.frameWidth())
        return rows * row + around + 2
