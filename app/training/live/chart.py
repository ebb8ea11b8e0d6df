"""A chart whose curves grow; pyqtgraph is imported here, only when a chart is first shown."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPaintDevice, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.evaluation.plots import Chart
from app.evaluation.series import Figure, Series
from app.training.live.curve_figures import Curve

pg: Any = pyqtgraph
RING = 13


class LiveChart(Chart):
    """Curves that are drawn once and given more points later; a part looked at stays in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._moved = False
        self._drawn: dict[str, tuple[Any, Any]] = {}
        self._plot.vb.sigRangeChangedManually.connect(self._on_moved)

    def show_live(self, figure: Figure, title: str, hidden: set[str]) -> None:
        """Draw a figure, or only its new points where it is the one that is drawn."""
        before = self._figure
        if before is None or title != self._title or hidden != self._hidden:
            self.show_figure(figure, title, hidden)
            return
        if _frame(before) != _frame(figure):
            seen = self._plot.vb.viewRange() if self._moved else None
            self.show_figure(figure, title, hidden)
            if seen is not None:
                self._plot.setRange(xRange=seen[0], yRange=seen[1], padding=0)
                self._moved = True
            return
        self._figure, self._places = figure, []
        for side, ticks in (("bottom", figure.ticks), ("left", figure.y_ticks)):
            self._plot.getAxis(side).setTicks([ticks] if ticks else None)
        for series in figure.series:
            if series.name in self._drawn:
                line, ring = self._drawn[series.name]
                line.setData(*_known(series))
                ring.setData(*_best(series))
                self._places.append((series, np.stack([series.x, series.y], axis=1)))
        if not self._moved:
            self.reset()

    def reset(self) -> None:
        """Show the whole figure, also when it grows."""
        self._moved = False
        super().reset()

    def picture(self, suffix: str) -> bytes:
        """Return the chart as it is seen, as a ``.svg`` or ``.png`` of twice the pixels."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        size = self.view.size()
        if suffix == ".svg":
            drawing = QSvgGenerator()
            drawing.setOutputDevice(buffer)
            drawing.setSize(size)
            drawing.setViewBox(self.view.rect())
            drawing.setTitle(self._title)
            self._render_on(drawing)
        else:
            pixels = QImage(2 * size, QImage.Format.Format_RGB32)
            pixels.setDevicePixelRatio(2)
            self._render_on(pixels)
            pixels.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _render_on(self, device: QPaintDevice) -> None:
        painter = QPainter(device)
        self.view.render(painter)
        painter.end()

    def _on_moved(self, *_: object) -> None:
        self._moved = True

    def _on_key(self, event: QKeyEvent) -> bool:
        done = super()._on_key(event)
        self._moved = (self._moved or done) and event.key() != Qt.Key.Key_Home
        return done

    def _draw(self) -> None:
        self._drawn = {}
        super()._draw()

    def _draw_line(self, series: Series, colour: QColor) -> None:
        if not isinstance(series, Curve):
            super()._draw_line(series, colour)
            return
        before = len(self._plot.items)
        super()._draw_line(series, colour)
        line = self._plot.items[before]
        if not series.look.dash[1]:
            # One path of a curve that goes up and down takes five times as long to draw; dashes,
            # though, would begin anew at each point.
            line.curve.setSegmentedLineMode("on")
        pen = QPen(colour)
        pen.setCosmetic(True)
        pen.setWidthF(2.0)
        ring = pg.ScatterPlotItem(*_best(series), symbol="o", size=RING, pen=pen, brush=None)
        ring.setZValue(5)
        self._plot.addItem(ring)
        self._drawn[series.name] = line, ring


def _frame(figure: Figure) -> tuple[object, ...]:
    """Return what must be drawn anew where it is another."""
    return (
        figure.x,
        figure.y,
        bool(figure.y_ticks),
        tuple((s.name, s.look, len(s.x) <= 40) for s in figure.series),
    )


def _known(series: Series) -> tuple[Any, Any]:
    known = ~np.isnan(series.y)
    return series.x[known], series.y[known]


def _best(series: Series) -> tuple[list[float], list[float]]:
    """Return the point to ring, if there is one."""
    best = series.best if isinstance(series, Curve) else math.nan
    at = np.flatnonzero((series.x == best) & ~np.isnan(series.y))
    return series.x[at].tolist(), series.y[at].tolist()
