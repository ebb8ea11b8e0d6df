"""The footer of a pane: numbers of the map, a control, and the legend, in one line or two."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from app.canvas.elided import ElidedLabel
from app.canvas.legend import Legend

UNBOUND = 16_777_215
"""The greatest width that Qt knows."""


class PaneFooter(QWidget):
    """Numbers on the left and the legend on the right, or below them in a narrow pane.

    Signals:
        fitted: there is more or less room, or more or less to say.
    """

    fitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with one line."""
        super().__init__(parent)
        self.metrics = ElidedLabel(self)
        self.metrics.setObjectName("metrics")
        self.metrics.setProperty("secondary", True)
        self.metrics.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.legend = Legend(self)
        self._words = True
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._told = QHBoxLayout()
        self._told.setSpacing(8)
        self._told.addWidget(self.metrics, 1)
        self._row.addLayout(self._told, 1)
        self._row.addWidget(self.legend)
        self.set_two_lines(False)

    def add(self, widget: QWidget) -> None:
        """Put a control before the numbers."""
        self._told.insertWidget(0, widget)

    def set_two_lines(self, two: bool) -> None:
        """Give the legend a line of its own, or not."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if two else ways.LeftToRight)
        self._row.setContentsMargins(*((9, 3, 9, 5) if two else (12, 0, 12, 0)))
        self._row.setSpacing(0 if two else 12)
        self._row.setStretchFactor(self._told, int(not two))
        self._fix_height()
        self.fit()

    def set_metrics(self, text: str) -> None:
        """Write the numbers."""
        self.metrics.setText(text)
        self.fit()

    def set_words(self, words: bool) -> None:
        """Say what the ends of the colours mean, where there is room: beside its neighbours."""
        if words != self._words:
            self._words = words
            self.legend.set_words(words and self.has_room_for_words())

    def has_room_for_words(self) -> bool:
        """Return whether the legend has room to say what its ends mean, or says nothing."""
        return self.legend.limit is None or self.legend.width_with_words() <= self._room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more where there is room."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fix_height()

    def fit(self) -> None:
        """Leave two lines to the legend without numbers; let it say all that has room.

        The numbers are whole: the bar of the legend beside them gets shorter first.
        """
        self.metrics.setVisible(bool(self.metrics.text()) or not self._below)
        self.legend.set_words(self._words and self.has_room_for_words())
        least = self.legend.minimumSizeHint().width()
        self.legend.setMaximumWidth(UNBOUND if self._below else max(least, self._room()))
        self.fitted.emit()

    @property
    def _below(self) -> bool:
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def _fix_height(self) -> None:
        line = self.fontMetrics().height()
        self.setFixedHeight(2 * line + 12 if self._below else line + 16)

    def _room(self) -> int:
        """Return how wide the legend may be with all that is told beside it, in screen pixels."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        if self._below:
            return room
        items = (self._told.itemAt(place) for place in range(self._told.count()))
        told = (item.widget() for item in items if item is not None)
        there = [part for part in told if part is not None and not part.isHidden()]
        wide = [part.sizeHint().width() for part in there if part is not self.metrics]
        if self.metrics.text():
            wide.append(self.metrics.sizeHint().width())
        apart = self._told.spacing() * (len(wide) - 1) + self._row.spacing() if wide else 0
        return room - sum(wide) - apart
