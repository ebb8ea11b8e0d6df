"""A label that shortens its text with an ellipsis where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


class ElidedLabel(QLabel):
    """One line that may become as narrow as the layout wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width at all."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text as far as it goes."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room, across = self.contentsRect(), Qt.AlignmentFlag.AlignHorizontal_Mask
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | (self.alignment() & across)
        painter.drawText(room, flags, text)
        painter.end()
