"""What stands beside a plot: a legend that hides curves; and what fetches the plots' library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.evaluation.series import Series
from app.theme import scaled
from softcam_core.figures.palette import BLACK

LEGEND = 232
SWATCH = QSize(26, 12)
LINE = 22
LIBRARY = "pyqtgraph"


class LibraryLoader(QObject):
    """Imports the plots' library beside the window: its hundred modules take a fifth of a second.

    Signals:
        loaded: it is there.
    """

    loaded = Signal()

    def start(self) -> None:
        """Begin."""
        QThreadPool.globalInstance().start(self._load)

    def _load(self) -> None:
        import_module(LIBRARY)
        # The window may be gone by now.
        with suppress(RuntimeError):
            self.loaded.emit()


class CurveLegend(QListWidget):
    """The curves of a plot by name; one that is unticked is hidden.

    Signals:
        hidden_changed: names of the curves that are hidden, a set.
    """

    hidden_changed = Signal(set)
    _series: tuple[Series, ...] = ()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Curves; untick one to hide it"))
        self.setFixedWidth(scaled(LEGEND))
        self.setIconSize(SWATCH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemChanged.connect(self._on_changed)

    def fill(self, series: Sequence[Series], hidden: set[str]) -> None:
        """Name other curves, those in ``hidden`` unticked."""
        self._series = tuple(series)
        self.blockSignals(True)
        self.clear()
        for one in series:
            item = QListWidgetItem(self._swatch(one), one.name, self)
            item.setToolTip(one.name)
            # Narrow, so that a long name is cut in its middle and nothing is scrolled sideways.
            item.setSizeHint(QSize(10, scaled(LINE)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            unticked = one.name in hidden
            item.setCheckState(Qt.CheckState.Unchecked if unticked else Qt.CheckState.Checked)
        self.setVisible(bool(series))
        self.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: black curves are white on a dark ground."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.count() == len(self._series):
            self.blockSignals(True)
            for n, one in enumerate(self._series):
                self.item(n).setIcon(self._swatch(one))
            self.blockSignals(False)

    def _on_changed(self) -> None:
        items = [self.item(n) for n in range(self.count())]
        off = {item.text() for item in items if item.checkState() == Qt.CheckState.Unchecked}
        self.hidden_changed.emit(off)

    def _swatch(self, series: Series) -> QIcon:
        """Draw a short piece of a series' line."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(SWATCH * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        look, text = series.look, self.palette().color(QPalette.ColorRole.Text)
        colour = text if look.colour == BLACK else QColor(look.colour)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if series.outlines or len(series.rows):
            painter.translate(SWATCH.width() / 2, SWATCH.height() / 2)
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush if series.faint else colour)
            painter.drawPolygon(_shape(look.marker))
        else:
            pen = QPen(colour, look.width + 0.4)
            if look.dash[1]:
                pen.setDashPattern(list(look.dash[1]))
            painter.setPen(pen)
            painter.drawLine(1, SWATCH.height() // 2, SWATCH.width() - 1, SWATCH.height() // 2)
        painter.end()
        return QIcon(picture)


def _shape(marker: str) -> QPolygonF:
    """Return the outline of a marker around (0, 0), 8 pixels wide; a circle where it has curves."""
    half = 4.0
    corners = {
        "s": [(-half, -half), (half, -half), (half, half), (-half, half)],
        "D": [(0, -half), (half, 0), (0, half), (-half, 0)],
        "^": [(0, -half), (half, half), (-half, half)],
        "v": [(0, half), (half, -half), (-half, -half)],
        "<": [(-half, 0), (half, -half), (half, half)],
        ">": [(half, 0), (-half, -half), (-half, half)],
        "P": [(-half, 0), (half, 0), (0, 0), (0, -half), (0, half), (0, 0)],
        "X": [(-half, -half), (half, half), (0, 0), (-half, half), (half, -half), (0, 0)],
    }
    steps = [n * math.tau / 24 for n in range(24)]
    circle = [(half * math.cos(step), half * math.sin(step)) for step in steps]
    return QPolygonF([QPointF(x, y) for x, y in corners.get(marker, circle)])
