"""Plots drawn with pyqtgraph, which is imported here alone and only when a plot is first shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QToolTip, QVBoxLayout, QWidget

from app.evaluation.pens import marker_of, pen_of
from app.evaluation.series import Figure, Series
from softcam_core.evaluation.colours import Look
from softcam_core.figures.palette import BLACK

pg: Any = pyqtgraph  # Few of its functions have types, and some of those are wrong.
pg.setConfigOptions(antialias=True, imageAxisOrder="row-major")

NEAR = 10.0
"""Pixels within which a point is meant."""
BAND, CLOUD, BEHIND, VIOLIN = 36, 170, 110, 90
"""Opacity of 255."""
MARGIN = 0.03
NO_PREFIX = ((np.inf, np.inf),)
"""Shares are not shown in thousandths."""
CLOSER, STEP = 0.8, 0.1
"""What a key leaves of the part that is looked at, and by how much of it an arrow moves."""
NEARER_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
FARTHER_KEYS = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
ARROWS = {
    Qt.Key.Key_Left: (-STEP, 0.0),
    Qt.Key.Key_Right: (STEP, 0.0),
    Qt.Key.Key_Down: (0.0, -STEP),
    Qt.Key.Key_Up: (0.0, STEP),
}
LARGEST_MATRIX = 20
"""Of more classes the counts are said by the mouse alone."""


class Chart(QWidget):
    """One figure in the theme's colours.

    Signals:
        pointed: what lies under the mouse, "" for nothing.
        chosen: a row of `Cases` whose point was clicked.
    """

    pointed = Signal(str)
    chosen = Signal(int)
    _figure: Figure | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationChart")
        self.view: Any = pg.PlotWidget()
        self.view.setObjectName("chart")
        # Its policy goes to the view, which is its proxy, too: the view's own comes after it.
        self.view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setMenuEnabled(False)
        self.view.hideButtons()
        self._plot: Any = self.view.plotItem
        menu = self._plot.ctrlMenu  # Never shown; without a parent it would outlive the chart.
        menu.setParent(self.view, menu.windowFlags())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._hidden: set[str] = set()
        self._places: list[tuple[Series, NDArray[np.float64]]] = []
        self._title = ""
        self._row: int | None = None
        self._ring: Any = None
        self.view.installEventFilter(self)
        self.view.scene().sigMouseMoved.connect(self._on_move)
        self.view.scene().sigMouseClicked.connect(self._on_click)

    def show_figure(self, figure: Figure, title: str, hidden: set[str]) -> None:
        """Draw a figure; series named in ``hidden`` are left out."""
        self._figure, self._title, self._hidden = figure, title, set(hidden)
        self._draw()

    def set_hidden(self, hidden: set[str]) -> None:
        """Leave other series out; the part that is looked at stays."""
        seen = self._plot.vb.viewRange()
        self._hidden = set(hidden)
        self._draw()
        self._plot.setRange(xRange=seen[0], yRange=seen[1], padding=0)

    def forget(self) -> None:
        """Keep nothing of what was drawn: no curve, name, number, tip or place to click."""
        self._figure, self._title, self._hidden, self._places = None, "", set(), []
        self._row = self._ring = None
        self._plot.clear()
        for side in ("bottom", "left"):
            axis = self._plot.getAxis(side)
            axis.setTicks(None)
            axis.setLabel("")
        self.view.setAccessibleName("")
        self.view.setAccessibleDescription("")
        self.view.viewport().unsetCursor()
        QToolTip.hideText()
        self.pointed.emit("")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._figure is not None:
            self._draw()

    def mark(self, row: int | None) -> None:
        """Put a ring around the point of a row of `Cases`, wherever it is drawn."""
        self._row = row
        if self._figure is not None:
            self._draw_ring()

    def reset(self) -> None:
        """Show the whole figure."""
        figure = self._figure
        if figure is not None:
            padding = 0 if figure.matrix is not None else MARGIN
            self._plot.setRange(xRange=figure.x_range, yRange=figure.y_range, padding=padding)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom by plus and minus, move by arrows, and show the whole figure by Home."""
        pressed = watched is self.view and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        keys = (*NEARER_KEYS, *FARTHER_KEYS, Qt.Key.Key_Home, *ARROWS)
        if key not in keys or self._figure is None:
            return False
        box = self._plot.vb
        if key == Qt.Key.Key_Home:
            self.reset()
        elif self._figure.matrix is not None:  # It is always seen whole.
            return True
        elif key in ARROWS:
            (left, right), (low, high) = box.viewRange()
            x, y = ARROWS[key]
            box.translateBy(x=x * (right - left), y=y * (high - low))
        else:
            share = CLOSER if key in NEARER_KEYS else 1 / CLOSER
            box.scaleBy((share, share))
        return True

    # Drawing

    def _draw(self) -> None:
        figure = self._figure
        assert figure is not None
        plot, palette = self._plot, self.palette()
        plot.clear()
        self._places, self._ring = [], None
        self.view.setBackground(palette.color(QPalette.ColorRole.Base))
        text = palette.color(QPalette.ColorRole.Text)
        line = palette.color(QPalette.ColorRole.PlaceholderText)
        for side, label in (("bottom", figure.x), ("left", figure.y)):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(line))
            axis.setTextPen(pg.mkPen(text))
            axis.setLabel(label, siPrefixEnableRanges=NO_PREFIX, color=text.name())
            axis.setTicks(None)
            axis.setStyle(maxTickLevel=0)  # A grid of few lines.
        plot.vb.invertY(figure.matrix is not None)
        plot.vb.setAspectLocked(False)
        plot.showGrid(x=figure.matrix is None, y=figure.matrix is None, alpha=0.15)
        plot.vb.setMouseEnabled(x=figure.matrix is None, y=figure.matrix is None)
        for side, ticks in (("bottom", figure.ticks), ("left", figure.y_ticks)):
            if ticks:
                plot.getAxis(side).setTicks([ticks])
        if figure.matrix is not None:
            self._draw_matrix(*figure.matrix)
        shown = [series for series in figure.series if series.name not in self._hidden]
        # The first of the legend lies on top, and chance below all.
        shown.reverse()
        shown.sort(key=lambda one: not one.faint)
        for series in shown:
            self._draw_series(series)
        self._draw_ring()
        self.reset()
        self.view.setAccessibleName(self._title)
        names = ", ".join(series.name for series in shown)
        self.view.setAccessibleDescription(f"{figure.note} {names}".strip())

    def _draw_series(self, series: Series) -> None:
        colour = self._colour(series.look)
        if series.outlines:
            self._draw_violins(series, colour)
        elif len(series.rows):
            self._draw_cloud(series, colour)
        else:
            self._draw_line(series, colour)
        if len(series.x):
            self._places.append((series, np.stack([series.x, series.y], axis=1)))

    def _draw_line(self, series: Series, colour: QColor) -> None:
        known = ~(np.isnan(series.x) | np.isnan(series.y))
        if (
            len(series.low)
            and not series.faint
            and not (np.isnan(series.low) | np.isnan(series.high))[known].any()
        ):
            faint = QColor(colour)
            faint.setAlpha(BAND)
            x = series.x[known]
            edges = [pg.PlotCurveItem(x, y[known], pen=None) for y in (series.low, series.high)]
            band = pg.FillBetweenItem(*edges, brush=QBrush(faint))
            self._plot.addItem(band)
        marked = bool(series.look.marker) and len(series.x) <= 40
        self._plot.addItem(
            pg.PlotDataItem(
                series.x[known],
                series.y[known],
                pen=pen_of(series.look, colour),
                symbol=marker_of(series.look) if marked else None,
                symbolSize=5,
                symbolPen=None,
                symbolBrush=colour,
            )
        )

    def _draw_cloud(self, series: Series, colour: QColor) -> None:
        faint = QColor(colour)
        faint.setAlpha(BEHIND if series.faint else CLOUD)
        marker = marker_of(series.look)
        hollow = series.faint or marker in ("+", "x")
        self._plot.addItem(
            pg.ScatterPlotItem(
                series.x,
                series.y,
                symbol=marker,
                size=7,
                pen=pg.mkPen(faint, width=1) if hollow else None,
                brush=None if hollow else QBrush(faint),
            )
        )
        if series.cross is not None:
            self._draw_cross(series, colour)

    def _draw_cross(self, series: Series, colour: QColor) -> None:
        assert series.cross is not None
        (x, left, right), (y, low, high) = series.cross
        if np.isnan([x, y]).any():
            return
        sides = [0.0 if np.isnan(v) else v for v in (x - left, right - x, high - y, y - low)]
        strong = QPen(colour)
        strong.setCosmetic(True)
        strong.setWidthF(2.5)
        item = pg.ErrorBarItem(
            x=np.array([x]),
            y=np.array([y]),
            left=np.array(sides[:1]),
            right=np.array(sides[1:2]),
            top=np.array(sides[2:3]),
            bottom=np.array(sides[3:]),
            beam=0.012,
            pen=strong,
        )
        item.setZValue(10)
        self._plot.addItem(item)
        base = self.palette().color(QPalette.ColorRole.Base)
        middle = pg.ScatterPlotItem(
            [x],
            [y],
            symbol=marker_of(series.look),
            size=13,
            pen=strong if series.faint else pg.mkPen(base, width=1.5),
            brush=QBrush(base if series.faint else colour),
        )
        middle.setZValue(11)
        self._plot.addItem(middle)

    def _draw_violins(self, series: Series, colour: QColor) -> None:
        faint = QColor(colour)
        faint.setAlpha(VIOLIN)
        for outline in series.outlines:
            item = QGraphicsPolygonItem(QPolygonF([QPointF(x, y) for x, y in outline.tolist()]))
            item.setPen(pen_of(series.look, colour, width=1.0))
            item.setBrush(QBrush(faint))
            self._plot.addItem(item)
        strong = self.palette().color(QPalette.ColorRole.Text)
        self._plot.addItem(
            pg.ScatterPlotItem(series.x, series.y, symbol="o", size=7, pen=None, brush=strong)
        )

    def _draw_ring(self) -> None:
        if self._ring is not None:
            self._plot.removeItem(self._ring)
            self._ring = None
        drawn = [
            places[series.rows == self._row] for series, places in self._places if len(series.rows)
        ]
        at = np.concatenate(drawn) if drawn else np.empty((0, 2))
        if self._row is None or not len(at):
            return
        strong = QPen(self.palette().color(QPalette.ColorRole.Text))
        strong.setCosmetic(True)
        strong.setWidthF(2.0)
        self._ring = pg.ScatterPlotItem(
            at[:, 0], at[:, 1], symbol="o", size=18, pen=strong, brush=None
        )
        self._ring.setZValue(20)
        self._plot.addItem(self._ring)

    def _draw_matrix(self, matrix: NDArray[np.int64], classes: tuple[str, ...]) -> None:
        palette = self.palette()
        base = palette.color(QPalette.ColorRole.Base)
        accent = palette.color(QPalette.ColorRole.Highlight)
        share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
        ends = [np.array([c.red(), c.green(), c.blue()], np.float64) for c in (base, accent)]
        pixels = ends[0] + share[..., None] * (ends[1] - ends[0])
        image = pg.ImageItem(pixels.astype(np.uint8), levels=(0, 255))
        image.setRect(QRectF(0, 0, len(classes), len(classes)))
        self._plot.addItem(image)
        places = [(n + 0.5, name) for n, name in enumerate(classes)]
        self._plot.getAxis("bottom").setTicks([places])
        self._plot.getAxis("left").setTicks([places])
        if len(classes) > LARGEST_MATRIX:
            return
        dark = palette.color(QPalette.ColorRole.HighlightedText)
        plain = palette.color(QPalette.ColorRole.Text)
        for row, column in np.ndindex(matrix.shape):
            strong = share[row, column] > 0.5
            label = pg.TextItem(
                str(matrix[row, column]), color=dark if strong else plain, anchor=(0.5, 0.5)
            )
            label.setPos(column + 0.5, row + 0.5)
            self._plot.addItem(label)

    def _colour(self, look: Look) -> QColor:
        """Return a look's colour; black would not be seen on a dark ground."""
        text = self.palette().color(QPalette.ColorRole.Text)
        return text if look.colour == BLACK else QColor(look.colour)

    # The mouse

    def nearest(self, scene: QPointF) -> tuple[Series, int] | None:
        """Return the series and the place in it that lie under the mouse."""
        view = self._plot.vb
        if not view.sceneBoundingRect().contains(scene):
            return None
        at = view.mapSceneToView(scene)
        width, height = view.viewPixelSize()
        best: tuple[float, Series, int] | None = None
        for series, places in self._places:
            away = (places - (at.x(), at.y())) / (width, height)
            distance = np.hypot(away[:, 0], away[:, 1])
            if np.isnan(distance).all():
                continue
            n = int(np.nanargmin(distance))
            if distance[n] <= NEAR and (best is None or distance[n] < best[0]):
                best = float(distance[n]), series, n
        return None if best is None else best[1:]

    def tip(self, scene: QPointF) -> str:
        """Return what a place on the screen stands for, "" for nothing."""
        found = self.nearest(scene)
        if found is not None:
            return found[0].tips(found[1])
        figure = self._figure
        if figure is None or figure.matrix is None:
            return ""
        matrix, classes = figure.matrix
        at = self._plot.vb.mapSceneToView(scene)
        row, column = int(np.floor(at.y())), int(np.floor(at.x()))
        if not (0 <= row < len(classes) and 0 <= column < len(classes)):
            return ""
        return self.tr("{0} of {1} images of {2} are predicted as {3}").format(
            matrix[row, column], matrix[row].sum(), classes[row], classes[column]
        )

    def _on_move(self, scene: QPointF) -> None:
        text = self.tip(scene)
        self.pointed.emit(text)
        found = self.nearest(scene)
        way = found is not None and len(found[0].rows) > 0
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.view.viewport().setCursor(hand if way else arrow)
        if text:
            QToolTip.showText(self.view.mapToGlobal(self.view.mapFromScene(scene)), text, self)
        else:
            QToolTip.hideText()

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.double():
            self.reset()
            return
        found = self.nearest(event.scenePos())
        if found is not None and len(found[0].rows):
            self.chosen.emit(int(found[0].rows[found[1]]))
