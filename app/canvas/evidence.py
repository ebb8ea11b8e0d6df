"""The layer of evidence: one map or several classes' over a region, in the style that is chosen.

It is coloured once, drawn once per zoom or size, and kept: a change of opacity only puts the
finished picture over the image again.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPixmap

from app.canvas.contours import (
    Contours,
    Line,
    iso_path,
    levels,
    signed_areas,
    signed_lines,
)
from app.canvas.layers import View
from app.canvas.look import ClassMaps, Look
from app.canvas.patches import Patches
from app.canvas.veil import Veil
from softcam_core.imaging.colormap import PAIRS, colorize, over_threshold
from softcam_core.imaging.colormap_classes import blend_classes, colour_strongest
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.upsample import upsample
from softcam_core.metrics.ranking import top_patches

SMOOTH_SIDE = 512
"""Longer side of the picture that a smooth map is computed at."""

CLASSES_SIDE = 256
"""The same of several classes."""


class Drawing(Protocol):
    """What a map has become: a veil, lines or patches."""

    empty: bool

    def draw(self, view: View) -> QPixmap:
        """Return the pane's picture over transparency."""


class EvidenceLayer:
    """A map over its region, or several classes' maps over the same one."""

    def __init__(self) -> None:
        """Start without a map."""
        self.values: NDArray[np.float32] | None = None
        self.region = Region(0, 0, 1, 1)
        self.look = Look()
        self.classes: ClassMaps | None = None
        self.input_size: tuple[int, int] | None = None
        self._limit = 1.0
        self._drawing: Drawing | None = None
        self._drawn: tuple[View, QPixmap] | None = None

    def set_map(self, values: NDArray[np.float32] | None, region: Region, limit: float) -> None:
        """Show ``values`` (h, w) over ``region``, full colour from ``limit`` on; or nothing."""
        if (region, limit) == (self.region, self._limit) and _same(values, self.values):
            return
        self.values, self.region, self._limit = values, region, limit
        self._forget()

    def set_classes(self, classes: ClassMaps | None) -> None:
        """Draw several classes instead of the map, over its region and up to its limit."""
        if classes is self.classes or (classes is not None and classes.same_as(self.classes)):
            return
        self.classes = classes
        self._forget()

    def set_input_size(self, size: tuple[int, int] | None) -> None:
        """Take note of the (rows, columns) of the model's input, which patches are cut from."""
        if size != self.input_size:
            self.input_size = size
            if self.look.style == "patches":
                self._forget()

    def set_look(self, look: Look) -> None:
        """Choose colours and style."""
        if look != self.look:
            self.look = look
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

    def strength(self, opacity: float) -> float:
        """Return how strongly to paint what `pixmap` gives: lines hide little, and fade later."""
        return float(np.sqrt(opacity)) if self.look.style in ("contour", "patches") else opacity

    def pixmap(self, view: View) -> QPixmap | None:
        """Return the map at full opacity over transparency; None where nothing is to be seen."""
        if self.values is None:
            return None
        if self._drawing is None:
            self._drawing = self._make(self.values)
        if self._drawing.empty:
            return None
        if self._drawn is None or self._drawn[0] != view:
            self._drawn = (view, self._drawing.draw(view))
        return self._drawn[1]

    def _forget(self) -> None:
        self._drawing = None
        self._drawn = None

    def _make(self, values: NDArray[np.float32]) -> Drawing:
        look = self.look
        if look.positive:
            values = np.maximum(values, 0)
        strong = PAIRS[look.pair][0][1], PAIRS[look.pair][1][1]
        if look.style == "patches":
            size = self.input_size or values.shape
            found = top_patches(values, size, look.top_k)
            return Patches(found, self.region, size, strong[0])
        if self.classes is not None:
            return self._make_classes(self.classes)
        parts = (values, self.region, self._limit, look.threshold, strong)
        if look.style == "contour":
            return Contours(signed_lines(*parts))
        if look.style == "threshold" and look.smooth:
            return Contours(signed_areas(*parts))
        if look.style == "threshold":
            colours = over_threshold(values, self._limit, look.threshold, look.pair)
        else:
            shown = upsample(values, SMOOTH_SIDE) if look.smooth else values
            colours = colorize(shown, self._limit, look.pair)
        return Veil(colours, self.region, look.smooth)

    def _make_classes(self, classes: ClassMaps) -> Drawing:
        look, maps = self.look, np.maximum(classes.maps, 0)
        smooth = look.smooth or look.style == "contour"
        if smooth:
            maps = np.stack([upsample(part, CLASSES_SIDE) for part in maps])
        if classes.winner:
            highest = maps.argmax(axis=0)
            own = np.arange(len(maps)).reshape(-1, 1, 1) == highest
            maps = np.where(own, maps, 0)
        if look.style == "contour":
            return Contours(self._class_lines(classes, maps))
        if look.style == "threshold":
            maps = np.where(maps >= max(look.threshold, 0.01) * self._limit, self._limit, 0)
        mix = colour_strongest if classes.winner else blend_classes
        colours = mix(maps, self._limit or 1.0, classes.colours, classes.opacities)
        return Veil(colours, self.region, smooth)

    def _class_lines(self, classes: ClassMaps, maps: NDArray[np.float32]) -> list[Line]:
        found = []
        parts = zip(maps, classes.colours, classes.opacities, strict=True)
        for part, colour, opacity in parts:
            hue = QColor(*colour)
            hue.setAlphaF(opacity)
            for level, width in levels(self.look.threshold) if opacity else ():
                found.append(Line(iso_path(part, self.region, level * self._limit), hue, width))
        return found


def _same(one: NDArray[np.float32] | None, other: NDArray[np.float32] | None) -> bool:
    """Say whether two maps look alike: the state hands out a new array each time."""
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and np.array_equal(one, other)
