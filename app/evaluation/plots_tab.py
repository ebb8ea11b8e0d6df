"""The tab of plots: which one, of which model, and a legend that hides curves."""

from __future__ import annotations

import math
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QSize, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.figures import KINDS, Plots
from app.evaluation.series import Series
from app.evaluation.views import fill_box, filter_box
from app.evaluation.words import tr
from softcam_core.evaluation.colours import BLACK

if TYPE_CHECKING:
    from app.evaluation.plots import Chart

LEGEND = 232
SWATCH = QSize(26, 12)
LINE = 22
LIBRARY = "pyqtgraph"


class _Loader(QObject):
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
        self.loaded.emit()


class PlotsTab(QWidget):
    """One plot at a time.

    Signals:
        chosen: a row of `Cases` whose point was clicked.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationPlots")
        self._plots: Plots | None = None
        self._hidden: set[str] = set()
        self._model = ""
        self._row: int | None = None
        self.chart: Chart | None = None
        self._loader: _Loader | None = None
        self.kind = filter_box("plotsKind", self.tr("Which plot"), 12)
        self.of_model = filter_box("plotsModel", self.tr("Of which model"), 12)
        self.legend = QListWidget()
        self.legend.setObjectName("plotsLegend")
        self.legend.setAccessibleName(self.tr("Curves; untick one to hide it"))
        self.legend.setFixedWidth(LEGEND)
        self.legend.setIconSize(SWATCH)
        self.legend.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.legend.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.legend.itemChanged.connect(self._on_legend)
        self.empty = QLabel()
        self.empty.setObjectName("plotsEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.note = QLabel()
        self.note.setObjectName("plotsNote")
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        self.pointed = QLabel(" ")
        self.pointed.setObjectName("plotsPointed")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.kind, 1)
        top.addWidget(self.of_model, 1)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        layout.addWidget(self.pointed)
        layout.addWidget(self.note)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.of_model.currentIndexChanged.connect(self._draw)
        self.of_model.activated.connect(self._on_model)

    def show_plots(self, plots: Plots | None) -> None:
        """Show the plots of other results."""
        self._plots, self._hidden, self._model, self._row = plots, set(), "", None
        kinds = plots.kinds() if plots is not None else []
        fill_box(self.kind, [(kind, tr(KINDS[kind][0])) for kind in kinds])
        self._on_kind()

    def mark(self, row: int) -> None:
        """Point out the image that was chosen: a row of `Cases`."""
        self._row = row
        if self.chart is not None:
            self.chart.mark(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what draws when the tab is first looked at."""
        super().showEvent(event)
        if self.chart is None and self._loader is None:
            self._loader = _Loader(self)
            self._loader.loaded.connect(self._on_loaded)
            self._loader.start()

    def _on_loaded(self) -> None:
        from app.evaluation.plots import Chart

        self.chart = Chart()
        self.chart.chosen.connect(self.chosen)
        self.chart.pointed.connect(lambda text: self.pointed.setText(text or " "))
        self.pages.addWidget(self.chart)
        QWidget.setTabOrder(self.of_model, self.chart.view)
        QWidget.setTabOrder(self.chart.view, self.legend)
        # The first figure takes as long as the chart: the window moves in between.
        QTimer.singleShot(0, self, self._draw)

    def _on_kind(self) -> None:
        kind = self.kind.currentData() or ""
        models = self._plots.models(kind) if self._plots is not None and kind else []
        every = [("", self.tr("All models"))] if len(models) > 1 and kind != "confusion" else []
        fill_box(self.of_model, [*every, *((model, model) for model in models)])
        self.of_model.blockSignals(True)
        self.of_model.setCurrentIndex(max(0, self.of_model.findData(self._model)))
        self.of_model.blockSignals(False)
        self._hidden = set()
        self._draw()

    def _on_model(self) -> None:
        """Keep the model that was chosen by hand for the next plot."""
        self._model = self.of_model.currentData() or ""

    def _draw(self) -> None:
        kind = self.kind.currentData() or ""
        if self._plots is None or not kind:
            self.legend.clear()
            self.note.clear()
            self.pointed.setText(" ")
            if self.chart is not None:
                self.chart.forget()
            self.empty.setText(
                self.tr("Nothing that was measured can be drawn.") if self._plots else ""
            )
            self.pages.setCurrentWidget(self.empty)
            return
        figure = self._plots.figure(kind, self.of_model.currentData() or "")
        self._fill_legend(figure.series)
        self.note.setText(figure.note)
        self.pointed.setText(" ")
        if self.chart is not None:
            self.chart.show_figure(figure, tr(KINDS[kind][0]), self._hidden)
            self.chart.mark(self._row)
            self.pages.setCurrentWidget(self.chart)

    def _fill_legend(self, series: tuple[Series, ...]) -> None:
        self.legend.blockSignals(True)
        self.legend.clear()
        for one in series:
            item = QListWidgetItem(self._swatch(one), one.name, self.legend)
            item.setToolTip(one.name)
            # Narrow, so that a long name is cut in its middle and nothing is scrolled sideways.
            item.setSizeHint(QSize(10, LINE))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            hidden = one.name in self._hidden
            item.setCheckState(Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
        self.legend.setVisible(bool(series))
        self.legend.blockSignals(False)

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

    def _on_legend(self) -> None:
        items = [self.legend.item(n) for n in range(self.legend.count())]
        unticked = {i.text() for i in items if i.checkState() == Qt.CheckState.Unchecked}
        self._hidden = unticked
        if self.chart is not None:
            self.chart.set_hidden(unticked)


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
