"""The lowest layer: the image, kept as drawn; and how a pane looks at it.

A layer draws itself once per zoom, size or content and keeps that picture; a change of opacity
only puts the pictures on top of each other again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform

from app.canvas.pyramid import Picture, Pyramid, to_qimage
from softcam_core.imaging.window import Window

BACKDROP = QColor("#0d0e10")
"""Behind every image, in every theme: the eye adapts to the picture, not to the program."""

CRISP_SCALE = 4.0
"""From this many device pixels per image pixel on, image pixels are drawn as squares."""


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

    def looks_at(self) -> tuple[float, ...]:
        """Return what is in the middle, and how: the same for linked panes of any size."""
        t = self.transform
        inverse, _ = t.inverted()
        middle = inverse.map(QPointF(self.size.width() / 2, self.size.height() / 2))
        place = round(middle.x(), 3), round(middle.y(), 3)
        return (t.m11(), t.m12(), t.m21(), t.m22(), *place, self.ratio)

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
        self._drawn = (view, self._shared(view))
        return self._drawn[1]

    def _shared(self, view: View) -> QPixmap:
        """Return a picture that a linked pane as large as this one has drawn, or draw it."""
        if self.pyramid is None:
            return self._draw(view)
        shown = (view.looks_at(), self.window)
        if self.pyramid.drawn[0] != shown:
            self.pyramid.drawn = (shown, {})
        pictures = self.pyramid.drawn[1]
        own = view.size.width(), view.size.height(), view.transform.dx(), view.transform.dy()
        if own not in pictures:
            pictures[own] = self._draw(view)
        return pictures[own]

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
