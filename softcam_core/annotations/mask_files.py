"""Lesions as tables name them: masks in files of their own, and boxes."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ImageError
from softcam_core.imaging.raster import open_pillow
from softcam_core.imaging.read import read_image

if TYPE_CHECKING:
    from PIL.Image import Image

Boxes = NDArray[np.float64]

_MOST_SCALED = 4

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


def fitted(mask: Mask, size: tuple[int, int]) -> Mask:
    """Return a mask in the size (H, W) of its image, if it is of the image at another scale.

    So it is in OpenImages, where most masks are larger than their images: the same sides to a
    pixel, up to four times as long or short. Each pixel of the image takes the mask's nearest one.
    Any other mask comes back as it is, for the caller to refuse.
    """
    scale = max(size) / max(*mask.shape, 1)
    same = all(abs(own * scale - side) <= 1 for own, side in zip(mask.shape, size, strict=True))
    # At the same scale a side that differs is no rounding: the mask is of something else.
    if scale == 1 or not same or not 1 / _MOST_SCALED <= scale <= _MOST_SCALED:
        return mask
    rows, columns = (
        ((np.arange(side) + 0.5) * own / side).astype(np.intp)
        for own, side in zip(mask.shape, size, strict=True)
    )
    scaled: Mask = mask[np.ix_(rows, columns)]
    return scaled


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


def parse_boxes(cell: str) -> list[tuple[float, ...]]:
    """Return the boxes, x0, y0, x1, y1 in pixels, that a table's cell holds as JSON.

    A single one may stand without the outer brackets.

    Raises:
        ValueError: they are none.
    """
    try:
        found = json.loads(cell)
    except RecursionError as error:
        raise ValueError from error
    if not isinstance(found, list):
        raise ValueError
    if found and not isinstance(found[0], list):
        found = [found]
    boxes: list[tuple[float, ...]] = []
    for box in found:
        if not isinstance(box, list) or len(box) != 4 or not all(map(_is_number, box)):
            raise ValueError
        x0, y0, x1, y1 = map(float, box)
        if not (x0 < x1 and y0 < y1):
            raise ValueError
        boxes.append((x0, y0, x1, y1))
    return boxes


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e9 and math.isfinite(value)
