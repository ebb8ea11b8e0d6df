"""The one pair of functions between image pixels and what the model sees.

A model looks at a *region* of the image: a rectangle in image pixels, stretched onto the model's
input. An evidence map of any size covers that same region with equal cells. Everything that
crosses between the two (model input, overlays, masks, boxes, metrics) goes through `Region`.

Coordinates are continuous: x right, y down, (0, 0) is the top left corner of the top left pixel
and (W, H) the bottom right corner of the last one.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Geometry = Literal["squash", "crop", "pad"]
GEOMETRIES: tuple[Geometry, ...] = ("squash", "crop", "pad")


@dataclass(frozen=True)
class Region:
    """The rectangle [x0, x1) x [y0, y1) of image pixels that is stretched onto the model's input.

    It reaches past the image where the geometry pads.
    """

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Width in image pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Height in image pixels."""
        return self.y1 - self.y0

    def to_grid(self, points: Any, shape: tuple[int, int]) -> NDArray[np.float64]:
        """Image pixels -> coordinates on a grid of ``shape`` = (rows, columns) over the region.

        ``points`` is (..., 2) as x, y; the result has the same shape, in grid cells.
        """
        rows, columns = shape
        scale = np.array([columns / self.width, rows / self.height])
        grid: NDArray[np.float64] = (np.asarray(points, float) - (self.x0, self.y0)) * scale
        return grid

    def from_grid(self, points: Any, shape: tuple[int, int]) -> NDArray[np.float64]:
        """Coordinates on a grid of ``shape`` = (rows, columns) -> image pixels: undo `to_grid`."""
        rows, columns = shape
        scale = np.array([self.width / columns, self.height / rows])
        image: NDArray[np.float64] = np.asarray(points, float) * scale + (self.x0, self.y0)
        return image

    def cell(
        self, row: int, column: int, shape: tuple[int, int]
    ) -> tuple[float, float, float, float]:
        """Return (x0, y0, x1, y1) in image pixels of one cell of a grid (rows, columns)."""
        (x0, y0), (x1, y1) = self.from_grid([[column, row], [column + 1, row + 1]], shape).tolist()
        return x0, y0, x1, y1

    def affine(self, shape: tuple[int, int]) -> NDArray[np.float64]:
        """Return the (2, 3) matrix that takes (x, y, 1) on a grid to image pixels."""
        rows, columns = shape
        return np.array(
            [[self.width / columns, 0.0, self.x0], [0.0, self.height / rows, self.y0]], np.float64
        )

    def paste(self, values: NDArray[Any], size: tuple[int, int], fill: float = 0) -> NDArray[Any]:
        """Put the region's pixels back into an image of ``size`` = (H, W): undo `cut`.

        ``values`` is (height, width[, 3]) of the region; ``fill`` stands where it does not reach.
        """
        height, width = size
        left, top = max(self.x0, 0), max(self.y0, 0)
        right, bottom = min(self.x1, width), min(self.y1, height)
        out = np.full((height, width, *values.shape[2:]), fill, values.dtype)
        out[top:bottom, left:right] = values[
            top - self.y0 : bottom - self.y0, left - self.x0 : right - self.x0
        ]
        return out

    def cut(self, pixels: NDArray[Any], fill: float = 0) -> NDArray[Any]:
        """Return the region's pixels of an image or mask (H, W[, 3]), ``fill`` where it pads."""
        height, width = pixels.shape[:2]
        left, top = max(self.x0, 0), max(self.y0, 0)
        right, bottom = min(self.x1, width), min(self.y1, height)
        inside = pixels[top:bottom, left:right]
        if inside.shape[:2] == (self.height, self.width):
            return inside
        out = np.full((self.height, self.width, *pixels.shape[2:]), fill, pixels.dtype)
        out[top - self.y0 : bottom - self.y0, left - self.x0 : right - self.x0] = inside
        return out


def model_region(
    width: int,
    height: int,
    geometry: Geometry,
    input_size: tuple[int, int],
    content: tuple[int, int, int, int] | None = None,
) -> Region:
    """Return the region of a ``width`` x ``height`` image that a model sees.

    ``squash`` takes all of it, whatever the aspect; ``crop`` the largest centred rectangle of the
    input's aspect; ``pad`` the smallest centred rectangle of that aspect around it. ``input_size``
    is (rows, columns). ``content`` (x0, y0, x1, y1), the fundus disc for instance, stands for the
    image where it is given.

    Raises:
        ValueError: an unknown geometry, or an empty image.
    """
    x0, y0, x1, y1 = content or (0, 0, width, height)
    w, h = x1 - x0, y1 - y0
    if w <= 0 or h <= 0:
        raise ValueError(f"geometry: expected an image with pixels, got {w} x {h}")
    if geometry == "squash":
        return Region(x0, y0, x1, y1)
    rows, columns = input_size
    aspect = columns / rows
    wide = w > h * aspect
    if geometry == "crop":
        new_w, new_h = (max(1, round(h * aspect)), h) if wide else (w, max(1, round(w / aspect)))
    elif geometry == "pad":
        new_w, new_h = (w, max(h, round(w / aspect))) if wide else (max(w, round(h * aspect)), h)
    else:
        raise ValueError(f"geometry: expected one of {', '.join(GEOMETRIES)}, got {geometry!r}")
    left, top = x0 + (w - new_w) // 2, y0 + (h - new_h) // 2
    return Region(left, top, left + new_w, top + new_h)
