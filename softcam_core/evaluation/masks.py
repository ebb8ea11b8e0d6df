"""Masks of an evaluation: read from files, made of boxes, and laid on what the model sees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.masks import bounding_box
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ImageError
from softcam_core.evaluation.items import Boxes, Mask
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.raster import open_pillow
from softcam_core.imaging.read import read_image

if TYPE_CHECKING:
    from PIL.Image import Image

IGNORED = 255
"""The value of a mask 0 / 1 / 255 that stands for pixels that count neither way."""


def read_mask(path: Path) -> tuple[Mask, Mask | None]:
    """Read a mask's file: (marked, ignored), both bool (H, W); None where nothing is ignored.

    Marked is what is not black; in an indexed PNG, whatever its colours, what is not index 0. In a
    grey or indexed mask of the values 0, 1 and 255, all of them there, 255 is ignored, as the WSOL
    benchmark has it. A JPEG, whose values are blurred, is cut at half.

    What is transparent in a PNG with an alpha channel is not marked, where something else is not
    transparent; if all of that is of one colour, all of it is marked, and be it black.

    Raises:
        ImageError: the file cannot be read.
    """
    image = read_image(path)
    pixels, visible = image.pixels, None
    if image.format == "PNG":
        indices, visible = _png_layers(path)
        pixels = pixels if indices is None else indices
    if visible is not None:
        colours = pixels[visible]
        if (colours == colours[0]).all():
            return visible, None
    if pixels.ndim == 3:
        pixels = pixels.max(axis=2)
    if visible is not None:
        pixels = np.where(visible, pixels, 0)
    if image.format == "JPEG":
        return pixels > 127, None
    marked = pixels > 0
    values = set(np.unique(pixels[marked]).tolist())
    if values != {1, IGNORED}:
        return marked, None
    return pixels == 1, pixels == IGNORED


def _png_layers(path: Path) -> tuple[NDArray[np.uint8] | None, Mask | None]:
    """Return what `read_image` leaves out of a PNG: its indices, and where it is not transparent.

    None where it is not indexed, has no alpha channel, or is transparent everywhere or nowhere.

    Raises:
        ImageError: the file cannot be read.
    """
    from PIL import ImageOps

    try:
        with path.open("rb") as file:
            image: Image = open_pillow(file, "PNG")
            if image.mode not in ("P", "LA", "RGBA"):
                return None, None
            if "exif" in image.info:
                image = ImageOps.exif_transpose(image)
            if image.mode == "P":
                return np.array(image), None
            visible = np.asarray(image.getchannel("A")) > 0
    except (OSError, SyntaxError, ValueError) as error:
        raise ImageError(f"{path.name} is damaged; export or copy it again.") from error
    return None, visible if visible.any() and not visible.all() else None


def boxes_mask(boxes: Boxes, size: tuple[int, int]) -> Mask:
    """Return the pixels, bool (H, W), whose centre lies in one of the boxes (n, 4)."""
    return rasterize_union((Shape("box", box.reshape(2, 2)) for box in boxes), size)


def clipped(boxes: Boxes, size: tuple[int, int]) -> tuple[Boxes, Mask]:
    """Cut boxes (n, 4) to an image of ``size`` = (H, W); return all, and which hold pixels (n,).

    A box holds those pixels whose centre lies in it: none if it lies beside the image or is too
    thin.
    """
    height, width = size
    cut = boxes.clip(0, [width, height, width, height])
    first, end = np.ceil(cut[:, :2] - 0.5), np.ceil(cut[:, 2:] - 0.5)
    return cut, np.all(first < end, axis=1)


def are_shares(boxes: Boxes) -> Mask:
    """Return which boxes (n, 4) must be shares of an image's sides in place of pixels, bool (n,).

    They are of broken numbers and lie within the first pixel.
    """
    inside: Mask = np.all((boxes >= 0) & (boxes <= 1), axis=1)
    inside &= np.any(boxes % 1 > 0, axis=1)
    return inside


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
