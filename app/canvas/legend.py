"""The legend of a map: the colours between the fixed limits, with numbers and units."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.canvas.layers import BACKDROP
from app.canvas.pyramid import to_qimage
from softcam_core.imaging.colormap import colorize

BAR = QSize(96, 8)
SHORT = 32
"""Width of the bar in the narrowest pane."""
GAP = 6


class Legend(QWidget):
    """A bar from -limit (0 for a rectified map) to +limit; empty while there is no map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("legend")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._limit: float | None = None
        self._units = ""
        self._pair = "grey"
        self._rectified = False
        self._provisional = False
        self.setAccessibleName(self.tr("Legend of the map"))

    def set_scale(
        self, limit: float | None, units: str, pair: str, rectified: bool = False
    ) -> None:
        """Show the colours of ``pair`` up to ``limit`` ``units``; None shows nothing."""
        scale = (limit, units, pair, rectified)
        if scale == (self._limit, self._units, self._pair, self._rectified):
            return
        self._limit, self._units, self._pair, self._rectified = scale
        self._explain()
        self.updateGeometry()
        self.update()

    def set_provisional(self, provisional: bool) -> None:
        """Say whether the limits may still change."""
        if provisional != self._provisional:
            self._provisional = provisional
            self._explain()

    def _explain(self) -> None:
        text = tip = ""
        if self._limit is not None:
            low, high = self._texts()
            text = self.tr("{low} to {high} {units}").format(low=low, high=high, units=self._units)
            tip = self.tr("Colours between fixed limits: {0}").format(text)
        if tip and self._provisional:
            tip = self.tr(
                "Colours between provisional limits: {0}\nThey are measured on several cases of "
                "this study, and fixed when those are known."
            ).format(text)
        self.setAccessibleDescription(text)
        self.setToolTip(tip)

    def sizeHint(self) -> QSize:
        """Room for the bar and its numbers."""
        return self._room(BAR.width())

    def minimumSizeHint(self) -> QSize:
        """The numbers stay whole in a narrow pane, the bar gets shorter."""
        return self._room(SHORT)

    def _room(self, bar: int) -> QSize:
        metrics = QFontMetrics(self.font())
        if self._limit is None:
            return QSize(0, metrics.height())
        low, high = self._texts()
        text = metrics.horizontalAdvance(f"{low}{high} {self._units}")
        return QSize(text + bar + 2 * GAP + 2, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint number, bar, number and units."""
        if self._limit is None:
            return
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        low, high = self._texts()
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), flags, low)
        left = metrics.horizontalAdvance(low) + GAP
        width = max(BAR.width() + self.width() - self.sizeHint().width(), SHORT)
        bar = QRectF(left, (self.height() - BAR.height()) / 2, width, BAR.height())
        painter.fillRect(bar, BACKDROP)
        ramp = np.linspace(0 if self._rectified else -1, 1, 2 * BAR.width(), dtype=np.float32)[None]
        painter.drawImage(bar, to_qimage(colorize(ramp, 1.0, self._pair)))
        rest = self.rect().adjusted(round(bar.right()) + GAP, 0, 0, 0)
        painter.drawText(rest, flags, f"{high} {self._units}")
        painter.end()

    def _texts(self) -> tuple[str, str]:
        """Return the two numbers, signs of equal width, as few digits as say it."""
        number = f"{self._limit:.3g}"
        return "0" if self._rectified else f"\N{MINUS SIGN}{number}", f"+{number}"
