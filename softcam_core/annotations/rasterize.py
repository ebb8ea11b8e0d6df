"""Shapes to masks: a pixel belongs to a shape if its centre lies inside.

Every function works only within the shape's bounding box and clips what lies off the image.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations import masks
from softcam_core.annotations.shapes import Shape, crossings_at
from softcam_core.annotations.shapes.kinds import OUTLINES

POINT_RADIUS = 4.0
"""Radius in pixels of the disc that stands for a single point."""

Columns = NDArray[np.intp]

# An ellipse thinner than this, in pixels, holds no pixel centre worth the rounding.
_FLAT = 1e-6


def rasterize(
    shape: Shape, size: tuple[int, int], point_radius: float = POINT_RADIUS
) -> masks.Mask:
    """Return the pixels of a shape, bool (H, W); those of a measurement are none.

    Args:
        shape: the shape in image pixels; it may reach past the image.
        size: (H, W) of the image.
        point_radius: radius in pixels of the disc that a ``point`` becomes.
    """
    return rasterize_union([shape], size, point_radius)


def rasterize_union(
    shapes: Iterable[Shape], size: tuple[int, int], point_radius: float = POINT_RADIUS
) -> masks.Mask:
    """Return the pixels that belong to any of the shapes, bool (H, W); see `rasterize`."""
    out = np.zeros(size, bool)
    for shape in shapes:
        fill(shape, out, point_radius)
    return out


class Runs(NamedTuple):
    """The pixels of a shape, row by row: columns ``starts`` up to ``ends``, both (K,)."""

    rows: Columns
    starts: Columns
    ends: Columns

    @property
    def nbytes(self) -> int:
        """The memory that the pixels take."""
        return self.rows.nbytes + self.starts.nbytes + self.ends.nbytes

    def paint(self, out: masks.Mask) -> None:
        """Add the pixels to a mask (H, W)."""
        for row, start, end in zip(*(part.tolist() for part in self), strict=True):
            out[row, start:end] = True


_NONE = np.zeros(0, np.intp)
_NO_RUNS = Runs(_NONE, _NONE, _NONE)


def runs(shape: Shape, size: tuple[int, int], point_radius: float = POINT_RADIUS) -> Runs:
    """Return the pixels of an ellipse, a point or an outline row by row; none for a measurement.

    See `rasterize` for the arguments.
    """
    if shape.kind == "ellipse":
        return _ellipse_runs(shape, size)
    if shape.kind == "point":
        radii = [point_radius, point_radius]
        return _ellipse_runs(Shape("ellipse", [shape.points[0], radii]), size)
    if shape.kind in OUTLINES:
        return _outline_runs(shape, size)
    return _NO_RUNS


def fill(shape: Shape, out: masks.Mask, point_radius: float = POINT_RADIUS) -> None:
    """Add the pixels of a shape to a mask (H, W); see `rasterize`."""
    if shape.kind == "mask" and shape.mask is not None:
        masks.paste(shape.mask, int(shape.points[0, 0]), int(shape.points[0, 1]), out)
    elif shape.kind == "box":
        left, right = _first_column(shape.points[:, 0], out.shape[1])
        top, bottom = _first_column(shape.points[:, 1], out.shape[0])
        out[top:bottom, left:right] = True
    else:
        runs(shape, (out.shape[0], out.shape[1]), point_radius).paint(out)


def _first_column(x: NDArray[np.float64], width: int) -> Columns:
    """Return the first pixel whose centre lies at or right of ``x``, clipped to the image."""
    return np.clip(np.ceil(x - 0.5), 0, width).astype(np.intp)


def _rows(shape: Shape, height: int) -> tuple[int, NDArray[np.float64]]:
    """Return the first row that a shape may touch and the y of all its rows' centres."""
    _, y0, _, y1 = shape.bounds
    first = int(np.clip(np.floor(y0) - 1, 0, height))
    last = int(np.clip(np.ceil(y1) + 1, first, height))
    return first, np.arange(first, last, dtype=np.float64) + 0.5


def _outline_runs(shape: Shape, size: tuple[int, int]) -> Runs:
    first, centres = _rows(shape, size[0])
    line, x = crossings_at(shape.outline()[0][:-1], centres)
    order = np.lexsort((x, line))
    columns = _first_column(x[order], size[1])
    # A closed outline crosses each line an even number of times: crossings pair up to runs.
    return Runs(line[order][::2] + first, columns[::2].copy(), columns[1::2].copy())


def _ellipse_runs(shape: Shape, size: tuple[int, int]) -> Runs:
    first, centres = _rows(shape, size[0])
    (cx, cy), (rx, ry) = shape.points
    if min(rx, ry) < _FLAT:
        return _NO_RUNS
    turn = np.radians(shape.angle)
    cos, sin = np.cos(turn), np.sin(turn)
    # On one row the ellipse is a dx^2 + 2 b dx + c < 0.
    dy = centres - cy
    a = (ry * cos) ** 2 + (rx * sin) ** 2
    b = dy * cos * sin * (ry**2 - rx**2)
    c = dy**2 * ((ry * sin) ** 2 + (rx * cos) ** 2) - (rx * ry) ** 2
    half = np.sqrt(np.maximum(b**2 - a * c, 0)) / a
    middle = cx - b / a
    # The root is rounded, so the pixels beside each end are asked by the exact rule.
    beside = np.arange(-1, 2)
    starts = np.ceil(middle - half - 0.5)[:, None] + beside
    ends = np.ceil(middle + half - 0.5)[:, None] - 1 + beside
    start_in = shape.ellipse_contains(starts + 0.5, centres[:, None])
    end_in = shape.ellipse_contains(ends + 0.5, centres[:, None])
    hit = start_in.any(axis=1) & end_in.any(axis=1)
    low = starts[np.arange(len(dy)), start_in.argmax(axis=1)]
    high = ends[np.arange(len(dy)), 2 - end_in[:, ::-1].argmax(axis=1)] + 1
    return Runs(
        np.flatnonzero(hit) + first,
        np.clip(low[hit], 0, size[1]).astype(np.intp),
        np.clip(high[hit], 0, size[1]).astype(np.intp),
    )
