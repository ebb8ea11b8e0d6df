"""A label that shortens its text with an ellipsis where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

LEAST = 5
"""So many letters of a squeezed part tell what it is."""


class ElidedLabel(QLabel):
    """One line that may become as narrow as the layout wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._shorter: tuple[str, ...] = ()
        self._squeezed = ""

    def set_shorter(self, shorter: Sequence[str], squeezed: str = "") -> None:
        """Give texts to show where the whole one has no room, the longest first.

        Args:
            shorter: the texts.
            squeezed: the part of the last of them that gives up its middle.
        """
        if (tuple(shorter), squeezed) != (self._shorter, self._squeezed):
            self._shorter, self._squeezed = tuple(shorter), squeezed
            self.update()

    def shown(self) -> str:
        """Return what is painted in the room there is."""
        return self.shown_in(self.contentsRect().width())

    def shown_in(self, width: int) -> str:
        """Return what would be painted in so many screen pixels."""
        metrics = self.fontMetrics()
        texts = (self.text(), *self._shorter)
        for text in texts:
            if metrics.horizontalAdvance(text) <= width:
                return text
        last = texts[-1]
        if self._squeezed and self._squeezed in last:
            rest = metrics.horizontalAdvance(last.replace(self._squeezed, "", 1))
            room = width - rest
            if room >= LEAST * metrics.averageCharWidth():
                middle = Qt.TextElideMode.ElideMiddle
                part = metrics.elidedText(self._squeezed, middle, room)
                return last.replace(self._squeezed, part, 1)
        return metrics.elidedText(last, Qt.TextElideMode.ElideRight, width)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width at all."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text as far as it goes."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room, across = self.contentsRect(), Qt.AlignmentFlag.AlignHorizontal_Mask
        flags = Qt.AlignmentFlag.AlignVCenter | (self.alignment() & across)
        painter.drawText(room, flags, self.shown())
        painter.end()
