"""The frame over the pane that a dragged pane would change places with."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from app.texts import tr

PLATE = QColor(13, 14, 16, 215)


class DropHint(QWidget):
    """Lies over a pane and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("dropHint")
        self.setAccessibleName(tr("Where the pane would go"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lie_over(self, pane: QWidget | None) -> None:
        """Frame a pane, or none."""
        if pane is None:
            self.hide()
            return
        self.setGeometry(pane.geometry())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame, a veil in the accent colour, and what would happen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        veil = QColor(accent)
        veil.setAlphaF(0.25)
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        painter.setBrush(veil)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(2, 2, -2, -2), 6, 6)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = tr("Change places")
        text = painter.boundingRect(self.rect().adjusted(16, 16, -16, -16), flags, words)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(text.adjusted(-12, -8, 12, 8), 6, 6)
        painter.setPen(QColor("white"))
        painter.drawText(text, flags, words)
        painter.end()
