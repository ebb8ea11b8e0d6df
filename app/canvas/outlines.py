"""Thin lines over the evidence: its cells, the one under the cursor and what it sees, a region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.canvas.evidence import EvidenceLayer
from app.canvas.layers import View
from app.canvas.painting import outline_path, paint_tag
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.geometry import Region

LEAST_CELL, FULL_CELL = 4.0, 32.0
"""Screen pixels of a cell below which its lines are left out, and from which they are full."""

GRID_DARK, GRID_LIGHT = 90, 120
"""Opacities, of 255, of the two strokes that a line between cells is made of."""

DARK, LIGHT = QColor(0, 0, 0, 190), QColor(255, 255, 255)
FIELD = QColor("#ffd23f")
STRONG = QColor("#ffffff")


@dataclass(frozen=True)
class Field:
    """The cell under the cursor and what it sees, in image pixels.

    Attributes:
        cell: its own rectangle.
        sees: the part of the image that it depends on; None where that is not known or wanted.
        note: stands beside it.
    """

    cell: QRectF
    sees: QRectF | None = None
    note: str = ""


class Outlines:
    """What is outlined over a pane's map; nothing of it is ever stored."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.field: Field | None = None
        self.lasso: Shape | None = None
        self._grid = False
        self._cells: list[QLineF] = []

    def set_grid(self, shown: bool) -> None:
        """Draw lines between the cells of the map, or none."""
        self._grid = shown

    def set_highlight(self, cells: NDArray[np.bool_] | None, region: Region) -> None:
        """Outline cells (rows, columns) of a grid over ``region``; None outlines none."""
        self._cells = [] if cells is None else _border(cells, region)

    def paint(self, painter: QPainter, view: View, evidence: EvidenceLayer) -> None:
        """Paint what there is."""
        if self._grid and evidence.values is not None:
            rows, columns = evidence.values.shape
            _paint_grid(painter, view, evidence.region, rows, columns)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._cells:
            lines = [view.transform.map(line) for line in self._cells]
            for pen in (_pen(DARK, 4.5), _pen(STRONG, 2.5)):
                painter.setPen(pen)
                painter.drawLines(lines)
        if self.lasso is not None:
            path = outline_path(self.lasso, view.transform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _stroke_dashed(painter, path.toSubpathPolygons())
        if self.field is not None:
            self._paint_field(painter, view, self.field)

    def _paint_field(self, painter: QPainter, view: View, field: Field) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if field.sees is not None:
            place = view.transform.mapRect(field.sees)
            for pen in (_pen(DARK, 3.5), _pen(FIELD, 1.5)):
                painter.setPen(pen)
                painter.drawRect(place)
        cell = view.transform.mapRect(field.cell)
        for pen in (_pen(DARK, 3.5), _pen(LIGHT, 1.5)):
            painter.setPen(pen)
            painter.drawRect(cell)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if field.note:
            # The whole sentence stays inside the pane.
            room = view.size.width() - painter.fontMetrics().horizontalAdvance(field.note) - 12
            place = cell.translated(min(0.0, room - cell.left()), 0)
            paint_tag(painter, field.note, place, FIELD)


def _paint_grid(painter: QPainter, view: View, region: Region, rows: int, columns: int) -> None:
    """Paint the lines between cells, fainter the smaller these are on the screen."""
    place = view.transform.mapRect(QRectF(region.x0, region.y0, region.width, region.height))
    upright = view.transform.m12() == 0
    across, down = (columns, rows) if upright else (rows, columns)
    cell = min(place.width() / across, place.height() / down)
    strength = min((cell - LEAST_CELL) / (FULL_CELL - LEAST_CELL), 1.0)
    if strength <= 0:
        return
    seen = place & QRectF(0, 0, view.size.width(), view.size.height())
    xs = place.left() + np.arange(across + 1) * (place.width() / across)
    ys = place.top() + np.arange(down + 1) * (place.height() / down)
    lines = [
        QLineF(x, seen.top(), x, seen.bottom()) for x in xs if seen.left() <= x <= seen.right()
    ]
    lines += [
        QLineF(seen.left(), y, seen.right(), y) for y in ys if seen.top() <= y <= seen.bottom()
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for grey, opacity, width in ((0, GRID_DARK, 3), (255, GRID_LIGHT, 1)):
        painter.setPen(_pen(QColor(grey, grey, grey, round(opacity * strength)), width))
        painter.drawLines(lines)


def _border(cells: NDArray[np.bool_], region: Region) -> list[QLineF]:
    """Return the edges, in image pixels, between cells that stand out and all others."""
    around = np.pad(cells, 1).astype(np.int8)
    found = []
    for axis in (0, 1):
        rows, columns = np.nonzero(np.diff(around, axis=axis))
        # Between (row, column) and the next one along the axis, in padded places.
        starts = np.stack([columns, rows], 1) - ((1, 0) if axis == 0 else (0, 1))
        ends = starts + ((1, 0) if axis == 0 else (0, 1))
        begin = region.from_grid(starts, cells.shape)
        end = region.from_grid(ends, cells.shape)
        for (x0, y0), (x1, y1) in zip(begin.tolist(), end.tolist(), strict=True):
            found.append(QLineF(QPointF(x0, y0), QPointF(x1, y1)))
    return found


def _stroke_dashed(painter: QPainter, polygons: list[QPolygonF]) -> None:
    for pen in (_pen(DARK, 4.0), _pen(LIGHT, 2.0, dashed=True)):
        painter.setPen(pen)
        for polygon in polygons:
            painter.drawPolyline(polygon)


def _pen(colour: QColor, width: float, dashed: bool = False) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
    return pen
