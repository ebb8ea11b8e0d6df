"""A coloured picture over a region of the image: smooth, or with the edges of the cells."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.canvas.layers import View
from app.canvas.pyramid import to_qimage
from softcam_core.imaging.geometry import Region


class Veil:
    """RGBA pixels that cover a region with equal cells."""

    def __init__(self, colours: NDArray[np.uint8], region: Region, smooth: bool) -> None:
        """Keep (h, w, 4) straight RGBA; ``smooth`` interpolates between its pixels."""
        self.empty = not colours[..., 3].any()
        self._tile = to_qimage(colours)
        self._region = region
        self._smooth = smooth

    def draw(self, view: View) -> QPixmap:
        """Return the pane's picture of it over transparency."""
        return self._draw_smooth(view) if self._smooth else self._draw_cells(view)

    def _draw_smooth(self, view: View) -> QPixmap:
        tile = self._tile
        pixmap = view.blank()
        pixmap.fill(Qt.GlobalColor.transparent)
        rows, columns = tile.height(), tile.width()
        visible = view.visible()
        corners = [(visible.left(), visible.top()), (visible.right(), visible.bottom())]
        (left, top), (right, bottom) = self._region.to_grid(corners, (rows, columns))
        x0, x1 = max(floor(left) - 1, 0), min(ceil(right) + 1, columns)
        y0, y1 = max(floor(top) - 1, 0), min(ceil(bottom) + 1, rows)
        if x0 >= x1 or y0 >= y1:
            return pixmap
        (left, top), (right, bottom) = self._region.from_grid([(x0, y0), (x1, y1)], (rows, columns))
        painter = QPainter(pixmap)
        painter.setTransform(view.transform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        part = QRectF(x0, y0, x1 - x0, y1 - y0)
        painter.drawImage(QRectF(left, top, right - left, bottom - top), tile, part)
        painter.end()
        return pixmap

    def _draw_cells(self, view: View) -> QPixmap:
        """Look up the cell under the middle of every device pixel: exact at any zoom."""
        tile = self._tile
        rows, columns = tile.height(), tile.width()
        # A row and a column of transparency more, for the pixels outside the region.
        colours = np.zeros((rows + 1, columns + 1), np.uint32)
        words = np.frombuffer(tile.constBits(), np.uint32).reshape(rows, tile.bytesPerLine() // 4)
        colours[:rows, :columns] = words[:, :columns]
        inverse, _ = view.transform.inverted()
        size = view.size * view.ratio
        across = (np.arange(size.width()) + 0.5) / view.ratio
        down = (np.arange(size.height()) + 0.5) / view.ratio
        upright = inverse.m12() == 0
        x_of, y_of = (across, down) if upright else (down, across)
        xs = (inverse.m11() if upright else inverse.m21()) * x_of + inverse.dx()
        ys = (inverse.m22() if upright else inverse.m12()) * y_of + inverse.dy()
        column = self._region.to_grid(np.stack([xs, xs], 1), (rows, columns))[:, 0]
        row = self._region.to_grid(np.stack([ys, ys], 1), (rows, columns))[:, 1]
        of_column = np.where((column >= 0) & (column < columns), column, columns).astype(np.intp)
        of_row = np.where((row >= 0) & (row < rows), row, rows).astype(np.intp)
        # Few cells along one axis first; then whole lines are copied.
        if upright:
            seen = colours.take(of_column, axis=1).take(of_row, axis=0)
        else:
            seen = np.ascontiguousarray(colours.take(of_row, axis=0).T).take(of_column, axis=0)
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(seen.data, seen.shape[1], seen.shape[0], seen.strides[0], form)
        pixmap = QPixmap.fromImage(image.copy())
        pixmap.setDevicePixelRatio(view.ratio)
        return pixmap
