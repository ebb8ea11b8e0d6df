"""Shapes to masks: a pixel belongs to a shape if its centre lies inside.

Every function works only within the shape's bounding box and clips what lies off the image.
"""

from collections.abc import Iterable

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
        _add(shape, out, point_radius)
    return out


def _add(shape: Shape, out: masks.Mask, point_radius: float) -> None:
    if shape.kind == "mask" and shape.mask is not None:
        masks.paste(shape.mask, int(shape.points[0, 0]), int(shape.points[0, 1]), out)
    elif shape.kind == "box":
        left, right = _first_column(shape.points[:, 0], out.shape[1])
        top, bottom = _first_column(shape.points[:, 1], out.shape[0])
        out[top:bottom, left:right] = True
    elif shape.kind == "ellipse":
        _add_ellipse(shape, out)
    elif shape.kind == "point":
        _add_ellipse(Shape("ellipse", [shape.points[0], [point_radius, point_radius]]), out)
    elif shape.kind in OUTLINES:
        _add_outline(shape, out)


def _first_column(x: NDArray[np.float64], width: int) -> Columns:
    """Return the first pixel whose centre lies at or right of ``x``, clipped to the image."""
    return np.clip(np.ceil(x - 0.5), 0, width).astype(np.intp)


def _rows(shape: Shape, height: int) -> tuple[int, NDArray[np.float64]]:
    """Return the first row that a shape may touch and the y of all its rows' centres."""
    _, y0, _, y1 = shape.bounds
    first = int(np.clip(np.floor(y0) - 1, 0, height))
    last = int(np.clip(np.ceil(y1) + 1, first, height))
    return first, np.arange(first, last, dtype=np.float64) + 0.5


def _fill(out: masks.Mask, rows: Columns, starts: Columns, ends: Columns) -> None:
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        out[row, start:end] = True


def _add_outline(shape: Shape, out: masks.Mask) -> None:
    first, centres = _rows(shape, out.shape[0])
    line, x = crossings_at(shape.outline()[0][:-1], centres)
    order = np.lexsort((x, line))
    columns = _first_column(x[order], out.shape[1])
    # A closed outline crosses each line an even number of times: crossings pair up to runs.
    _fill(out, line[order][::2] + first, columns[::2], columns[1::2])


def _add_ellipse(shape: Shape, out: masks.Mask) -> None:
    first, centres = _rows(shape, out.shape[0])
    (cx, cy), (rx, ry) = shape.points
    if min(rx, ry) < _FLAT:
        return
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
    width = out.shape[1]
    _fill(
        out,
        np.flatnonzero(hit) + first,
        np.clip(low[hit], 0, width).astype(np.intp),
        np.clip(high[hit], 0, width).astype(np.intp),
    )
