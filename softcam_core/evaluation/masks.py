"""Masks of an evaluation: their parts, their union, and how they lie on what the model sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softcam_core.annotations.masks import bounding_box
from softcam_core.evaluation.items import Boxes, Mask
from softcam_core.imaging.geometry import Region


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
    laid = np.zeros(size, np.bool_)
    left, top = max(region.x0, 0), max(region.y0, 0)
    seen = mask[top : max(region.y1, 0), left : max(region.x1, 0)]
    # Marks are small and photographs large: only what encloses the marks is looked at.
    around = bounding_box(seen)
    if around is None:
        return laid
    x0, y0, x1, y1 = around
    part = seen[y0:y1, x0:x1]
    row, part = _fitted(part, top - region.y0 + y0, region.height, size[0])
    column, part = _fitted(part.T, left - region.x0 + x0, region.width, size[1])
    rows, columns = part.T.shape
    laid[row : row + rows, column : column + columns] = part.T
    return laid


def _fitted(part: Mask, start: int, pixels: int, cells: int) -> tuple[int, Mask]:
    """Lay some rows of a mask on cells along a side; return the first cell and the cells' rows.

    Args:
        part: the rows, which all that is marked lies in.
        start: the first one's number among the side's ``pixels``.
        pixels: length of the side.
        cells: how many lie along it.
    """
    part = np.ascontiguousarray(part)
    end = start + len(part)
    numbers = np.arange(cells)
    if cells >= pixels:
        nearest = (2 * numbers + 1) * pixels // (2 * cells)
        first, last = np.searchsorted(nearest, (start, end)).tolist()
        return first, part[nearest[first:last] - start]
    # The first pixel whose centre lies in each cell; a cell has one or more.
    begins = -(-(2 * numbers * pixels - cells) // (2 * cells))
    first = int(np.searchsorted(begins, start, "right")) - 1
    last = int(np.searchsorted(begins, end))
    rows = np.split(part, begins[first + 1 : last] - start)
    return first, np.stack([own.any(axis=0) for own in rows])


def union(masks: Sequence[Mask]) -> Mask:
    """Return what is set in any of the masks, all of one shape."""
    joined = masks[0].copy()
    for mask in masks[1:]:
        joined |= mask
    return joined
