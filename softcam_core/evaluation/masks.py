"""Masks of an evaluation: read from files, made of boxes, and laid on what the model sees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape
from softcam_core.evaluation.items import Boxes, Mask
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.read import read_image

IGNORED = 255
"""The value of a mask 0 / 1 / 255 that stands for pixels that count neither way."""

_LOSSY = (".jpg", ".jpeg")


def read_mask(path: Path) -> tuple[Mask, Mask | None]:
    """Read a mask's file: (marked, ignored), both bool (H, W); None where nothing is ignored.

    Marked is what is not black. In a grey mask of the values 0, 1 and 255, all of them there, 255
    is ignored, as the WSOL benchmark has it. A JPEG, whose values are blurred, is cut at half.

    Raises:
        ImageError: the file cannot be read.
    """
    pixels = read_image(path).pixels
    if pixels.ndim == 3:
        pixels = pixels.max(axis=2)
    if path.suffix.lower() in _LOSSY:
        return pixels > 127, None
    marked = pixels > 0
    values = set(np.unique(pixels[marked]).tolist())
    if values != {1, IGNORED}:
        return marked, None
    return pixels == 1, pixels == IGNORED


def boxes_mask(boxes: Boxes, size: tuple[int, int]) -> Mask:
    """Return the pixels, bool (H, W), whose centre lies in one of the boxes (n, 4)."""
    return rasterize_union((Shape("box", box.reshape(2, 2)) for box in boxes), size)


def clipped(boxes: Boxes, size: tuple[int, int]) -> Boxes:
    """Return the boxes (n, 4) cut to an image of ``size`` = (H, W), without those beside it."""
    height, width = size
    cut = boxes.clip(0, [width, height, width, height])
    return cut[(cut[:, 0] < cut[:, 2]) & (cut[:, 1] < cut[:, 3])]


def part_boxes(mask: Mask) -> Boxes:
    """Return the enclosing box of each part of a mask that hangs together, corners included.

    bool (H, W) -> float64 (n, 4), in the order of the parts' topmost pixels.
    """
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    x, y, width, height = stats[1:count, :4].T
    return np.stack([x, y, x + width, y + height], axis=1).astype(np.float64)


def input_mask(mask: Mask, region: Region, size: tuple[int, int]) -> Mask:
    """Lay a mask on the model's input: bool (H, W) of the image -> bool (rows, columns).

    A pixel of the input is marked if the centre of any marked pixel of the image lies in it; along
    a side on which the input is larger than the region, if the pixel of the image nearest to its
    centre is marked. What the region holds beyond the image is not marked.

    Args:
        mask: of the whole image.
        region: what the model sees; it may reach past the image.
        size: (rows, columns) of the input.
    """
    seen = region.cut(mask).view(np.uint8)
    for axis, cells in enumerate(size):
        pixels = seen.shape[axis]
        if cells > pixels:
            nearest = (2 * np.arange(cells) + 1) * pixels // (2 * cells)
            seen = seen.take(nearest, axis=axis)
        elif cells < pixels:
            seen = np.maximum.reduceat(seen, _first_pixels(pixels, cells), axis=axis)
    return seen.astype(np.bool_)


def _first_pixels(pixels: int, cells: int) -> NDArray[np.intp]:
    """Return the first pixel whose centre lies in each of fewer cells, which have one or more."""
    return -(-(2 * np.arange(cells) * pixels - cells) // (2 * cells))


def union(masks: Sequence[Mask]) -> Mask:
    """Return what is set in any of the masks, all of one shape."""
    joined = masks[0].copy()
    for mask in masks[1:]:
        joined |= mask
    return joined
