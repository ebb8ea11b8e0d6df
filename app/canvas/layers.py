"""The two layers under the marks: the image and the evidence, each kept as drawn.

A layer draws itself once per zoom, size or content and keeps that picture; a change of opacity
only puts the two pictures on top of each other again.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QTransform

from app.canvas.pyramid import Picture, Pyramid, to_qimage
from softcam_core.imaging.colormap import colorize
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.window import Window

BACKDROP = QColor("#0d0e10")
"""Behind every image, in every theme: the eye adapts to the picture, not to the program."""

CRISP_SCALE = 4.0
"""From this many device pixels per image pixel on, image pixels are drawn as squares."""

SMOOTH_SIDE = 512
"""Longer side of the picture that a smooth map is computed at."""


@dataclass(frozen=True)
class View:
    """How one pane looks at the image.

    Attributes:
        transform: image pixels -> screen pixels.
        size: screen pixels of the pane.
        ratio: device pixels per screen pixel.
    """

    transform: QTransform
    size: QSize
    ratio: float

    @property
    def scale(self) -> float:
        """Device pixels per image pixel."""
        t = self.transform
        return float(np.hypot(t.m11(), t.m12())) * self.ratio

    def visible(self) -> QRectF:
        """Return the rectangle of the image plane that the pane shows."""
        inverse, _ = self.transform.inverted()
        return inverse.mapRect(QRectF(0, 0, self.size.width(), self.size.height()))

    def blank(self) -> QPixmap:
        """Return a pixmap of the pane's size in device pixels, its content undefined."""
        pixmap = QPixmap(self.size * self.ratio)
        pixmap.setDevicePixelRatio(self.ratio)
        return pixmap


class ImageLayer:
    """The photograph, over the backdrop; opaque."""

    def __init__(self) -> None:
        """Start without an image."""
        self.pyramid: Pyramid | None = None
        self.window: Window | None = None
        self._preview: Picture | None = None
        self._drawn: tuple[View, QPixmap] | None = None

    def set_preview(self, pixels: NDArray[np.uint8], size: tuple[int, int]) -> None:
        """Show ready pixels, of any resolution, for an image of ``size`` = (width, height)."""
        self._preview = Picture(to_qimage(pixels), QRectF(0, 0, *size))
        self.pyramid = self.window = None
        self._drawn = None

    def set_pyramid(self, pyramid: Pyramid | None, window: Window | None) -> None:
        """Show an image through a window, or nothing."""
        self.pyramid = pyramid
        self.window = window
        self._preview = None
        self._drawn = None

    def set_window(self, window: Window) -> None:
        """Show the same image through another window."""
        if window != self.window:
            self.window = window
            self._drawn = None

    @property
    def empty(self) -> bool:
        """Whether there is neither an image nor a preview."""
        return self.pyramid is None and self._preview is None

    @property
    def complete(self) -> bool:
        """Whether the image itself is shown, not a preview or nothing."""
        return self.pyramid is not None

    def pixmap(self, view: View) -> QPixmap:
        """Return the pane's picture, drawn now if it is not the last one."""
        if self._drawn is not None and self._drawn[0] == view:
            return self._drawn[1]
        shared = self.pyramid.drawn if self.pyramid is not None else None
        key = (view, self.window)
        if shared is None or shared[0] != key:
            shared = (key, self._draw(view))
            if self.pyramid is not None:
                # The next pane, linked and as large as this one, sees the same.
                self.pyramid.drawn = shared
        self._drawn = (view, shared[1])
        return self._drawn[1]

    def _picture(self, view: View) -> Picture | None:
        if self.pyramid is None or self.window is None:
            return self._preview
        visible = view.visible() & QRectF(0, 0, *self.pyramid.size)
        if visible.isEmpty():
            return None
        return self.pyramid.picture(self.pyramid.level_for(view.scale), visible, self.window)

    def _draw(self, view: View) -> QPixmap:
        pixmap = view.blank()
        pixmap.fill(BACKDROP)
        picture = self._picture(view)
        if picture is not None:
            painter = QPainter(pixmap)
            smooth = view.scale < CRISP_SCALE or self.pyramid is None
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.setTransform(view.transform)
            painter.drawImage(picture.area, picture.image)
            painter.end()
        return pixmap


class EvidenceLayer:
    """A map over its region: the model's own cells, or a smooth picture of them."""

    def __init__(self) -> None:
        """Start without a map."""
        self.values: NDArray[np.float32] | None = None
        self.region = Region(0, 0, 1, 1)
        self._limit = 1.0
        self._pair = "grey"
        self._smooth = True
        self._tile: QImage | None = None
        self._empty = True
        self._drawn: tuple[View, QPixmap] | None = None

    def set_map(self, values: NDArray[np.float32] | None, region: Region, limit: float) -> None:
        """Show ``values`` (h, w) over ``region``, full colour from ``limit`` on; or nothing."""
        self.values = values
        self.region = region
        self._limit = limit
        self._forget()

    def set_style(self, pair: str, smooth: bool) -> None:
        """Choose the colour pair, and smooth or native cells."""
        if (pair, smooth) != (self._pair, self._smooth):
            self._pair, self._smooth = pair, smooth
            self._forget()

    def value_at(self, x: float, y: float) -> float | None:
        """Return the value of the model's cell under an image point; None outside the region."""
        if self.values is None:
            return None
        rows, columns = self.values.shape
        column, row = np.floor(self.region.to_grid((x, y), (rows, columns))).astype(int)
        if not (0 <= row < rows and 0 <= column < columns):
            return None
        return float(self.values[row, column])

    def pixmap(self, view: View) -> QPixmap | None:
        """Return the map at full opacity over transparency; None where nothing is to be seen."""
        if self.values is None:
            return None
        if self._tile is None:
            shown = upsample(self.values, SMOOTH_SIDE) if self._smooth else self.values
            colours = colorize(shown, self._limit, self._pair)
            self._empty = not colours[..., 3].any()
            self._tile = to_qimage(colours)
        if self._empty:
            return None
        if self._drawn is None or self._drawn[0] != view:
            self._drawn = (view, self._draw(view, self._tile))
        return self._drawn[1]

    def _forget(self) -> None:
        self._tile = None
        self._drawn = None

    def _draw(self, view: View, tile: QImage) -> QPixmap:
        if not self._smooth:
            return self._draw_cells(view, tile)
        pixmap = view.blank()
        pixmap.fill(Qt.GlobalColor.transparent)
        rows, columns = tile.height(), tile.width()
        visible = view.visible()
        corners = [(visible.left(), visible.top()), (visible.right(), visible.bottom())]
        (left, top), (right, bottom) = self.region.to_grid(corners, (rows, columns))
        x0, x1 = max(floor(left) - 1, 0), min(ceil(right) + 1, columns)
        y0, y1 = max(floor(top) - 1, 0), min(ceil(bottom) + 1, rows)
        if x0 >= x1 or y0 >= y1:
            return pixmap
        (left, top), (right, bottom) = self.region.from_grid([(x0, y0), (x1, y1)], (rows, columns))
        painter = QPainter(pixmap)
        painter.setTransform(view.transform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        part = QRectF(x0, y0, x1 - x0, y1 - y0)
        painter.drawImage(QRectF(left, top, right - left, bottom - top), tile, part)
        painter.end()
        return pixmap

    def _draw_cells(self, view: View, tile: QImage) -> QPixmap:
        """Look up the cell under the middle of every device pixel: exact at any zoom."""
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
        column = self.region.to_grid(np.stack([xs, xs], 1), (rows, columns))[:, 0]
        row = self.region.to_grid(np.stack([ys, ys], 1), (rows, columns))[:, 1]
        column = np.where((column >= 0) & (column < columns), column, columns).astype(np.intp)
        row = np.where((row >= 0) & (row < rows), row, rows).astype(np.intp)
        index = (row[:, None], column[None]) if upright else (row[None], column[:, None])
        seen = np.ascontiguousarray(colours[index])
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(seen.data, seen.shape[1], seen.shape[0], seen.strides[0], form)
        pixmap = QPixmap.fromImage(image.copy())
        pixmap.setDevicePixelRatio(view.ratio)
        return pixmap


def upsample(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Return a map with its longer side at least ``side``, bicubic between the cells.

    Evidence for and against a class is interpolated apart, so that the swing of a cubic curve
    beside a lone cell never invents evidence of the other sign. A larger map stays as it is.
    """
    import cv2  # late, as in `pyramid.halved`

    values = np.nan_to_num(values)
    rows, columns = values.shape
    factor = ceil(side / max(rows, columns))
    if factor <= 1:
        return values
    size = (columns * factor, rows * factor)
    parts = [
        np.maximum(cv2.resize(part, size, interpolation=cv2.INTER_CUBIC), 0)
        for part in (np.maximum(values, 0), np.maximum(-values, 0))
        if part.any()
    ]
    if not parts:
        return np.zeros((size[1], size[0]), np.float32)
    if len(parts) == 2:
        return parts[0] - parts[1]
    return parts[0] if values.max() > 0 else -parts[0]
