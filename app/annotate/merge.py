"""Joining shapes to one mask, and parting a mask into what hangs together."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import numpy as np

from app.annotate.tools.paint import mask_shape
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import MEASURES, Shape


def union(shapes: Sequence[Shape], size: tuple[int, int]) -> Shape | None:
    """Return the pixels of an image that belong to any of the shapes; None where there are none.

    Args:
        shapes: those with an inside; points and measurements have none and are left out.
        size: width and height of the image, outside which nothing is kept.
    """
    solid = [shape for shape in shapes if has_inside(shape)]
    if not solid:
        return None
    x0, y0 = (max(floor(min(s.bounds[n] for s in solid)), 0) for n in (0, 1))
    x1, y1 = (min(ceil(max(s.bounds[n] for s in solid)), size[n - 2]) for n in (2, 3))
    if x0 >= x1 or y0 >= y1:
        return None
    pixels = rasterize_union([s.moved(-x0, -y0) for s in solid], (y1 - y0, x1 - x0))
    return mask_shape(pixels, x0, y0) if pixels.any() else None


def parts(shape: Shape) -> list[Shape]:
    """Return the parts of a mask that hang together by pixels' sides, the largest first."""
    assert shape.mask is not None
    import cv2  # late, as everywhere in the window

    x, y = shape.points[0].astype(int).tolist()
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(
        shape.mask.astype(np.uint8), connectivity=4
    )
    order = sorted(range(1, count), key=lambda n: -stats[n, cv2.CC_STAT_AREA])
    found = []
    for number in order:
        left, top, width, height = stats[number, :4].tolist()
        part: Mask = numbers[top : top + height, left : left + width] == number
        found.append(mask_shape(part, x + left, y + top))
    return found


def has_inside(shape: Shape) -> bool:
    """Return whether a shape encloses pixels."""
    return shape.kind != "point" and shape.kind not in MEASURES
