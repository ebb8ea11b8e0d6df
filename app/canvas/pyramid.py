"""Halved copies of an image's stored pixels, so that a small picture of a large image is cheap.

Every level covers the image's whole rectangle with equal cells, whatever its size; window and
level are applied only to the part that is on screen.
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPixmap

from softcam_core.imaging.colormap import COLOUR_SPREAD
from softcam_core.imaging.read import StoredImage
from softcam_core.imaging.window import Window, to_display

SMALLEST = 256
"""A level whose longer side is not above this is not halved again."""

INSTANT_PIXELS = 1_000_000
"""Images up to this size are halved at once; larger ones may take over 10 ms."""

CROP_MARGIN = 0.125
"""Part of the visible size that is windowed beyond each side, so that short pans reuse it."""


@dataclass(frozen=True)
class Picture:
    """A part of one level, ready to be drawn.

    Attributes:
        image: the windowed pixels.
        area: the rectangle that it covers, in pixels of the whole image.
    """

    image: QImage
    area: QRectF


class Pyramid:
    """The levels of one image, its stored pixels first.

    Building is the slow part and may happen in any thread; everything else belongs to the GUI
    thread. Panes that show the same image share one pyramid through `Pyramid.of`, and with it
    the pictures ``drawn`` last: (what they show, size and place -> pixmap).
    """

    def __init__(self, image: StoredImage) -> None:
        """Halve ``image`` until it is small."""
        self.image = image
        self.levels = halved(image.pixels)
        self.drawn: tuple[object, dict[object, QPixmap]] = (None, {})
        self._pictures: dict[int, tuple[Window, QRect, Picture]] = {}

    @classmethod
    def of(cls, image: StoredImage) -> Pyramid:
        """Return the pyramid of an image; built now, in this thread, unless somebody holds it."""
        found = cls.held(image)
        if found is not None:
            return found
        if cls.quick(image):
            return cls._add(image)
        with _building:
            return cls.held(image) or cls._add(image)

    @classmethod
    def _add(cls, image: StoredImage) -> Pyramid:
        made = cls(image)
        with _lock:
            # A pyramid keeps its image alive, so an entry's id is that of its own image.
            return _held.setdefault(id(image), made)

    @classmethod
    def held(cls, image: StoredImage) -> Pyramid | None:
        """Return the pyramid of an image if it is built already."""
        with _lock:
            return _held.get(id(image))

    @classmethod
    def quick(cls, image: StoredImage) -> bool:
        """Return whether `Pyramid.of` takes no time that a user would notice."""
        height, width = image.pixels.shape[:2]
        return height * width <= INSTANT_PIXELS or cls.held(image) is not None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the image."""
        height, width = self.image.pixels.shape[:2]
        return width, height

    @cached_property
    def coloured(self) -> bool:
        """Whether the image has colours, not only three equal channels."""
        small = self.levels[-1]
        if small.ndim == 2:
            return False
        spread = small.max(axis=2).astype(np.float32) - small.min(axis=2)
        low, high = self.image.value_range
        return float(spread.mean()) > COLOUR_SPREAD * (high - low)

    def level_for(self, scale: float) -> int:
        """Return the smallest level that still has a pixel for each pixel of the screen.

        Args:
            scale: device pixels per image pixel.
        """
        width = self.size[0] * scale
        best = 0
        for index, level in enumerate(self.levels):
            if level.shape[1] >= width:
                best = index
        return best

    def picture(self, level: int, visible: QRectF, window: Window) -> Picture:
        """Return the windowed part of a level that covers ``visible`` (image pixels).

        The last part of each level is kept, and covers a little more than was asked for.
        """
        pixels = self.levels[level]
        height, width = pixels.shape[:2]
        image_width, image_height = self.size
        sx, sy = width / image_width, height / image_height
        # One pixel more on each side, which interpolation at the border of the pane looks at.
        left, top = floor(visible.left() * sx) - 1, floor(visible.top() * sy) - 1
        right, bottom = ceil(visible.right() * sx) + 1, ceil(visible.bottom() * sy) + 1
        whole = QRect(0, 0, width, height)
        needed = QRect(left, top, right - left, bottom - top) & whole
        kept = self._pictures.get(level)
        if kept is not None and kept[0] == window and kept[1].contains(needed):
            return kept[2]
        dx, dy = int(needed.width() * CROP_MARGIN), int(needed.height() * CROP_MARGIN)
        crop = needed.adjusted(-dx, -dy, dx, dy) & whole
        part = pixels[crop.top() : crop.bottom() + 1, crop.left() : crop.right() + 1]
        area = QRectF(crop.left() / sx, crop.top() / sy, crop.width() / sx, crop.height() / sy)
        picture = Picture(to_qimage(to_display(part, window)), area)
        self._pictures[level] = (window, crop, picture)
        return picture


_held: weakref.WeakValueDictionary[int, Pyramid] = weakref.WeakValueDictionary()
_lock = threading.Lock()
_building = threading.Lock()  # two panes that ask for the same image wait for one pyramid


def halved(pixels: NDArray[Any]) -> list[NDArray[Any]]:
    """Return ``pixels`` (H, W[, 3]) and its halves, quarters ..., averaged over areas."""
    import cv2  # 40 ms that the window need not wait for

    levels = [pixels]
    while max(pixels.shape[:2]) > SMALLEST:
        height, width = pixels.shape[:2]
        half = (max(1, (width + 1) // 2), max(1, (height + 1) // 2))
        pixels = cv2.resize(pixels, half, interpolation=cv2.INTER_AREA)
        levels.append(pixels)
    return levels


def to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """Return (H, W), (H, W, 3) RGB or (H, W, 4) straight RGBA as an image that paints fast."""
    height, width = pixels.shape[:2]
    pixels = np.ascontiguousarray(pixels)
    if pixels.ndim == 2:
        form, target = QImage.Format.Format_Grayscale8, QImage.Format.Format_RGB32
    elif pixels.shape[2] == 3:
        form, target = QImage.Format.Format_RGB888, QImage.Format.Format_RGB32
    else:
        form, target = QImage.Format.Format_RGBA8888, QImage.Format.Format_ARGB32_Premultiplied
    # The conversion copies, so that the picture does not hang on the array's memory.
    return QImage(pixels.data, width, height, pixels.strides[0], form).convertToFormat(target)
