"""A layout that puts widgets in rows, as words are put in lines."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

GAP = 6


class FlowLayout(QLayout):
    """Left to right, then the next row."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        # A layout that is invalidated forgets its own rectangle.
        self._width = 0
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Grow in height where the width is small."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items; in another width they may need another height."""
        other_width = rect.width() != self._width
        self._width = rect.width()
        super().setGeometry(rect)
        self._place(rect, move=True)
        if other_width:
            self.invalidate()

    def sizeHint(self) -> QSize:
        """Ask for the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the width of the widest item, and the height of all rows in the present width."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        if self._width > 0:
            size.setHeight(max(size.height(), self.heightForWidth(self._width)))
        return size

    def _place(self, rect: QRect, move: bool) -> int:
        """Go through the rows; return the height that they take."""
        x, y, row = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + GAP, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + GAP
            row = max(row, size.height())
        return y + row - rect.y()
