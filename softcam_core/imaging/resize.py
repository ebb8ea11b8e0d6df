"""A region of an image at the size of a model's input."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.geometry import Region
from softcam_core.imaging.stored import unit_pixels

_STRIP = 64


def resize_region(
    pixels: NDArray[Any],
    value_range: tuple[float, float],
    region: Region,
    size: tuple[int, int],
) -> NDArray[np.float32]:
    """Return ``region`` of ``pixels`` (H, W[, 3]) as ``size`` = (rows, columns)[, 3], in [0, 1].

    Each axis on its own: shrinking averages over exactly the pixels that a cell covers, enlarging
    interpolates between the centres of pixels. What lies outside the image is 0.
    """
    rows, columns = size
    height, width = pixels.shape[:2]
    left, top = max(region.x0, 0), max(region.y0, 0)
    right, bottom = min(region.x1, width), min(region.y1, height)
    narrow = np.zeros((region.height, columns, *pixels.shape[2:]), np.float32)
    # In strips that stay in the processor's cache: twelve million pixels as floats do not.
    for y in range(top, bottom, _STRIP):
        end = min(y + _STRIP, bottom)
        strip = unit_pixels(pixels[y:end, left:right], value_range)
        if right - left != region.width:
            wide = np.zeros((end - y, region.width, *pixels.shape[2:]), np.float32)
            wide[:, left - region.x0 : right - region.x0] = strip
            strip = wide
        narrow[y - region.y0 : end - region.y0] = _resize(strip, (end - y, columns))
    return _resize(narrow, (rows, columns))


def _resize(values: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Resize along one axis only: OpenCV's area average is none where the other axis grows."""
    import cv2

    rows, columns = size
    if values.shape[:2] == size:
        return values
    shrinks = values.shape[0] > rows or values.shape[1] > columns
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(values, (columns, rows), interpolation=how), np.float32)
