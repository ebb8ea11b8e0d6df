"""The bar of a legend: its colours, with an arrow at each end that the map goes beyond."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from app.canvas.layers import BACKDROP
from app.canvas.pyramid import to_qimage

ARROW = 7.0
"""Length of an arrow, in screen pixels of the bar."""

WING = 2.0
"""So far an arrow stands out above and below the bar."""


def paint_bar(
    painter: QPainter,
    bar: QRectF,
    ramp: NDArray[np.uint8],
    *,
    below: bool,
    above: bool,
) -> None:
    """Paint colours from left to right.

    Args:
        painter: where.
        bar: the place of bar and arrows, in screen pixels.
        ramp: (1, n, 4) RGBA, not premultiplied.
        below: the map has values below the first colour.
        above: and above the last one.
    """
    inner = bar.adjusted(ARROW * below, 0, -ARROW * above, 0)
    painter.fillRect(inner, BACKDROP)
    painter.drawImage(inner, to_qimage(ramp))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    top, bottom, middle = bar.top() - WING, bar.bottom() + WING, bar.center().y()
    for there, base, tip, colour in (
        (below, inner.left(), bar.left(), ramp[0, 0]),
        (above, inner.right(), bar.right(), ramp[0, -1]),
    ):
        if there:
            painter.setBrush(QColor(*(int(part) for part in colour)))
            corners = QPointF(base, top), QPointF(tip, middle), QPointF(base, bottom)
            painter.drawPolygon(QPolygonF(corners))
    painter.restore()
