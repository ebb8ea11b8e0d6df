"""What part of the image is seen: one object that linked panes share.

A viewport holds the image point in the middle of a pane and a scale. Panes of different size that
share it show the same point in their middles, at the same scale.
"""

from __future__ import annotations

import math
from collections.abc import Hashable

from PySide6.QtCore import QObject, QPointF, QSizeF, Signal
from PySide6.QtGui import QTransform

MAX_SCALE = 64.0
"""Most screen pixels that one image pixel is drawn with, along each side."""

FIT_MARGIN = 8.0
"""Screen pixels left free on each side by `Viewport.fit`."""


class Viewport(QObject):
    """Centre (image pixels), scale (screen pixels per image pixel), quarter turns and flip.

    Rotation and flip are display only: coordinates of the image never change. Screen pixels are
    device-independent ones.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with an empty image at scale 1."""
        super().__init__(parent)
        self._centre = (0.0, 0.0)
        self._scale = 1.0
        self._turns = 0
        self._flipped = False
        self._image_size = (0, 0)
        self._shown: Hashable = None
        self._views: dict[int, tuple[float, float]] = {}
        self._fitted = True

    @property
    def centre(self) -> tuple[float, float]:
        """The image point in the middle of every pane."""
        return self._centre

    @property
    def scale(self) -> float:
        """Screen pixels per image pixel."""
        return self._scale

    @property
    def turns(self) -> int:
        """Quarter turns clockwise, 0 to 3."""
        return self._turns

    @property
    def flipped(self) -> bool:
        """Whether the image is mirrored left to right (before it is turned)."""
        return self._flipped

    @property
    def fitted(self) -> bool:
        """Whether the whole image is kept in view, also when a pane changes its size."""
        return self._fitted

    @property
    def image_size(self) -> tuple[int, int]:
        """Width and height of the image."""
        return self._image_size

    # What is shown, and where

    def show_image(self, key: Hashable, size: tuple[int, int], keep: bool = False) -> None:
        """Take note of the image in view; another one is fitted.

        Args:
            key: says which image it is; the same key again (a second pane) changes nothing.
            size: width and height in image pixels.
            keep: keep centre and scale although the image is another one (the full image after
                its preview, the next frame); ignored where the size differs.
        """
        if key == self._shown and size == self._image_size:
            return
        keep = keep and size == self._image_size
        self._shown = key
        self._image_size = size
        if not keep:
            self.fit()

    def set_view(self, view: int, size: tuple[float, float] | None) -> None:
        """Tell the size of one pane, by an id of its own, or None when the pane is gone."""
        if self._views.get(view) == size:
            return
        if size is None:
            self._views.pop(view, None)
        else:
            self._views[view] = size
        if self._fitted:
            self.fit()

    def fit_scale(self) -> float:
        """Return the scale at which the whole image fits into the smallest pane."""
        width, height = self._image_size
        if not width or not height or not self._views:
            return 1.0
        if self._turns % 2:
            width, height = height, width
        scales = [
            min((w - 2 * FIT_MARGIN) / width, (h - 2 * FIT_MARGIN) / height)
            for w, h in self._views.values()
        ]
        return min(max(min(scales), 1 / max(width, height)), MAX_SCALE)

    def fit(self) -> None:
        """Show the whole image in every pane, and keep it so until somebody zooms or pans."""
        width, height = self._image_size
        self._fitted = True
        self._set((width / 2, height / 2), self.fit_scale())

    def one_to_one(self, device_ratio: float = 1.0) -> None:
        """Draw one image pixel with one pixel of the screen, around the same centre."""
        self._fitted = False
        self._set(self._centre, 1 / device_ratio)

    def zoom_at(self, point: tuple[float, float], factor: float) -> None:
        """Zoom so that ``point`` (image pixels) stays where it is on the screen."""
        lowest = min(self.fit_scale(), 1.0) / 2
        scale = min(max(self._scale * factor, lowest), MAX_SCALE)
        factor = scale / self._scale
        if math.isclose(factor, 1):
            return
        x, y = point
        centre = (x + (self._centre[0] - x) / factor, y + (self._centre[1] - y) / factor)
        self._fitted = False
        self._set(centre, scale)

    def zoom(self, factor: float) -> None:
        """Zoom about the middle of the panes."""
        self.zoom_at(self._centre, factor)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels; the centre stays on the image."""
        offset, _ = self._linear().inverted()
        moved = offset.map(QPointF(dx, dy))
        width, height = self._image_size
        x = min(max(self._centre[0] - moved.x(), 0), width)
        y = min(max(self._centre[1] - moved.y(), 0), height)
        self._fitted = False
        self._set((x, y), self._scale)

    def look_at(self, centre: tuple[float, float], scale: float) -> None:
        """Set centre and scale at once."""
        self._fitted = False
        self._set(centre, min(scale, MAX_SCALE))

    def look_like(self, other: Viewport) -> None:
        """Show the same part of the same image as another viewport does."""
        self._shown, self._image_size = other._shown, other._image_size
        self._turns, self._flipped, self._fitted = other._turns, other._flipped, other._fitted
        self._set(other._centre, other._scale)

    def rotate(self, turns: int = 1) -> None:
        """Turn the picture clockwise by quarter turns."""
        self._turns = (self._turns + turns) % 4
        self._refresh()

    def flip(self) -> None:
        """Mirror the picture left to right as it is seen."""
        self._flipped = not self._flipped
        # Mirroring what is seen, not the untouched image: the turn goes the other way round.
        self._turns = -self._turns % 4
        self._refresh()

    # Between image and screen

    def transform(self, size: QSizeF) -> QTransform:
        """Return image pixels -> screen pixels of a pane of ``size``."""
        middle = QTransform.fromTranslate(size.width() / 2, size.height() / 2)
        centre = QTransform.fromTranslate(-self._centre[0], -self._centre[1])
        return centre * self._linear() * middle

    def to_image(self, point: QPointF, size: QSizeF) -> tuple[float, float]:
        """Return the image point under a screen point of a pane of ``size``."""
        inverse, _ = self.transform(size).inverted()
        mapped = inverse.map(point)
        return mapped.x(), mapped.y()

    def to_screen(self, point: tuple[float, float], size: QSizeF) -> QPointF:
        """Return where an image point lies on the screen of a pane of ``size``."""
        return self.transform(size).map(QPointF(*point))

    def _linear(self) -> QTransform:
        """Flip, then turn, then scale."""
        cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[self._turns]
        mirror = -1 if self._flipped else 1
        s = self._scale
        return QTransform(mirror * cos * s, mirror * sin * s, -sin * s, cos * s, 0, 0)

    def _set(self, centre: tuple[float, float], scale: float) -> None:
        if centre != self._centre or scale != self._scale:
            self._centre, self._scale = centre, scale
            self.changed.emit()

    def _refresh(self) -> None:
        """Announce a turn or a flip, which may also change what fits."""
        if self._fitted:
            self._scale = self.fit_scale()
        self.changed.emit()
