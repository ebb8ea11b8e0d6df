"""The name of a class in the list: bold while its map is in view, with a dot where predicted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel

DOT, DOT_ROOM = 5, 12
"""Screen pixels: how wide the dot is, and the room beside the name that it takes."""


class ClassName(QLabel):
    """A class's name, bold while its map is in view, in every theme."""

    def __init__(self, text: str) -> None:
        """Start neither bold nor with a dot."""
        super().__init__(text)
        self._chosen = False
        self.dot = False

    def set_chosen(self, chosen: bool) -> None:
        """Write it bold, or not."""
        self._chosen = chosen
        font = self.font()
        if font.bold() != chosen:
            font.setBold(chosen)
            self.setFont(font)

    def set_dot(self, dot: bool) -> None:
        """Mark the class as the predicted one, or not."""
        if dot != self.dot:
            self.dot = dot
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot behind the name."""
        super().paintEvent(event)
        if self.dot:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            left = self.fontMetrics().horizontalAdvance(self.text()) + (DOT_ROOM - DOT) / 2
            painter.drawEllipse(QRectF(left, (self.height() - DOT) / 2, DOT, DOT))
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Stay bold in another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.set_chosen(self._chosen)
