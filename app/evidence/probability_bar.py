"""A probability as a bar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget


class ProbabilityBar(QWidget):
    """A bar from 0 to 1 in the theme's accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.value: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough to compare lengths."""
        return QSize(96, 10)

    def minimumSizeHint(self) -> QSize:
        """Narrow docks still show a bar."""
        return QSize(40, 10)

    def set_value(self, value: float | None) -> None:
        """Show a probability; None shows the empty groove."""
        if value != self.value:
            self.value = value
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint groove and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, roles = self.palette(), QPalette.ColorRole
        groove = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(palette.color(roles.Mid))
        painter.setBrush(palette.color(roles.AlternateBase))
        painter.drawRoundedRect(groove, 3, 3)
        if self.value:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(roles.Highlight))
            groove.setWidth(groove.width() * self.value)
            if groove.width() >= 1:
                painter.drawRoundedRect(groove, 3, 3)
        painter.end()
