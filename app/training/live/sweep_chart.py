"""The chart of a sweep; pyqtgraph is imported here, only when one is first shown."""

from __future__ import annotations

from typing import Any

import pyqtgraph
from PySide6.QtGui import QColor

from app.evaluation.pens import marker_of
from app.evaluation.plots import Chart
from app.evaluation.series import Series
from app.training.live.sweep_figure import Dots

pg: Any = pyqtgraph


class SweepChart(Chart):
    """Lines of means, and points of single seeds."""

    def _draw_line(self, series: Series, colour: QColor) -> None:
        if not isinstance(series, Dots):
            super()._draw_line(series, colour)
            return
        self._plot.addItem(
            pg.ScatterPlotItem(
                series.x,
                series.y,
                symbol=marker_of(series.look),
                size=series.size,
                pen=pg.mkPen(colour, width=1),
                brush=None,
            )
        )
