"""The footer of a pane: numbers of the map, a control, and the legend, in one line or two."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from app.canvas.elided import ElidedLabel
from app.canvas.legend import Legend


class PaneFooter(QWidget):
    """Numbers on the left and the legend on the right, or below them in a narrow pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start with one line."""
        super().__init__(parent)
        self.metrics = ElidedLabel(self)
        self.metrics.setObjectName("metrics")
        self.metrics.setProperty("secondary", True)
        self.metrics.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.legend = Legend(self)
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
        line = self.fontMetrics().height()
        self.setFixedHeight(2 * line + 12 if two else line + 16)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if two else ways.LeftToRight)
        self._row.setContentsMargins(*((9, 3, 9, 5) if two else (12, 0, 12, 0)))
        self._row.setSpacing(0 if two else 12)
        self._row.setStretchFactor(self._told, int(not two))
        self.fit()

    def set_metrics(self, text: str) -> None:
        """Write the numbers."""
        self.metrics.setText(text)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more where there is room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Leave two lines to the legend without numbers; let it say all that has room."""
        below = self._row.direction() == QBoxLayout.Direction.TopToBottom
        self.metrics.setVisible(bool(self.metrics.text()) or not below)
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        if not below and self.metrics.text():
            room -= self.metrics.sizeHint().width() + self._row.spacing()
        self.legend.set_words(self.legend.width_with_words() <= room)
