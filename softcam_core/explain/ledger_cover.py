"""How much of each cell of an evidence map a region of the image covers.

Two definitions, both exact in what they define:

- A region of level outlines alone (boxes, and polygons with nothing but horizontal and vertical
  edges, as the cells of a map have) counts by its area, parts of pixels included.
- Any other region counts by its pixels: a pixel belongs to it if its centre lies inside
  (`annotations.rasterize`), as for every metric. A pixel that lies on several cells counts in
  each by its area there.

Shapes that overlap count once; what lies outside what the model sees covers nothing. Padding has
no pixels, so that only a level outline can cover it. Neither way paints the image: the work grows
with the rows of the region, or with the corners of its boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.rasterize import POINT_RADIUS, Runs, fill, rasterize_union, runs
from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.imaging.geometry import Region

Values = NDArray[np.float64]

MOST_LEVEL = 256
"""So many level outlines count by their area; more count by their pixels, as others do."""


def coverage(
    shapes: Sequence[Shape],
    region: Region,
    grid: tuple[int, int],
    size: tuple[int, int],
    point_radius: float = POINT_RADIUS,
) -> Values:
    """Return the share of each cell's area that any of the shapes covers, (h, w) in [0, 1].

    Args:
        shapes: in image pixels; measurements count as nothing.
        region: the rectangle of the image that the map shows.
        grid: (h, w) of the map.
        size: (H, W) of the image.
        point_radius: of the disc that stands for a point, in pixels.
    """
    for found in covering(shapes, region, grid, size, point_radius):
        covered = found
    assert covered is not None
    return covered


def covering(
    shapes: Sequence[Shape],
    region: Region,
    grid: tuple[int, int],
    size: tuple[int, int],
    point_radius: float = POINT_RADIUS,
) -> Iterator[Values | None]:
    """Do what `coverage` does, shape by shape: None after each of them, the coverage at the end.

    For who has thousands of shapes, and something else to do in between.
    """
    kept = [shape for shape in shapes if shape.kind not in MEASURES]
    if not kept:
        yield np.zeros(grid)
        return
    tiles = _tiles(kept, size) if len(kept) <= MOST_LEVEL and all(map(_is_level, kept)) else None
    if tiles is not None:
        xs, ys, inside = tiles
        rows = _along(ys[:-1], ys[1:], region.y0, region.height, grid[0])
        columns = _along(xs[:-1], xs[1:], region.x0, region.width, grid[1])
        covered = rows.T @ inside.astype(np.float64) @ columns
    else:
        parts = []
        for shape in kept:
            parts.append(_runs(shape, size, point_radius))
            yield None
        found = _union(parts, size[1])
        first, last = found.rows.min(initial=size[0]), found.rows.max(initial=0)
        lines = np.arange(first, last + 1)
        rows = _along(lines, lines + 1, region.y0, region.height, grid[0])
        columns = _per_line(found, int(first), len(lines), region.x0, region.width, grid[1])
        covered = rows.T @ columns
    yield np.clip(covered, 0, 1)


def _along(starts: NDArray[Any], ends: NDArray[Any], first: int, pixels: int, cells: int) -> Values:
    """Return how much of each cell along a side spans cover, (N, cells) in parts of a cell.

    Args:
        starts: (N,) where each span begins, in pixels of the image.
        ends: (N,) where it ends.
        first: where the first cell begins.
        pixels: how long all cells are together.
        cells: their number.
    """
    number = np.arange(cells)
    begin, end = (((x - first) * (cells / pixels))[:, None] for x in (starts, ends))
    covered: Values = np.clip(end - number, 0, 1) - np.clip(begin - number, 0, 1)
    return covered


def _per_line(found: Runs, first: int, lines: int, left: int, pixels: int, cells: int) -> Values:
    """Return how much of each cell the pixels of each line cover, (lines, cells) in parts of it.

    What `_along` would say of all runs of a line together, at the cost of one run.
    """
    changes = np.zeros(lines * (cells + 2))
    for places, sign in ((found.ends, 1), (found.starts, -1)):
        # All that is left of a place: whole cells, and a part of the one that it lies in.
        reach = np.clip((places - left) * (cells / pixels), 0, cells)
        whole = np.minimum(reach.astype(np.intp), cells - 1)
        index = (found.rows - first) * (cells + 2) + whole
        part = reach - whole
        for offset, weights in ((0, part - 1), (1, -part)):
            changes += sign * np.bincount(index + offset, weights, len(changes))
        changes[:: cells + 2] += sign * np.bincount(found.rows - first, minlength=lines)
    summed: Values = changes.reshape(lines, cells + 2).cumsum(axis=1)[:, :cells]
    return summed


# Level outlines


def _is_level(shape: Shape) -> bool:
    """Return whether all edges of an outline are horizontal or vertical."""
    if shape.kind != "polygon":
        return shape.kind == "box"
    along = shape.points != np.roll(shape.points, -1, axis=0)
    return not bool(along.all(axis=1).any())


def _tiles(
    shapes: Sequence[Shape], size: tuple[int, int]
) -> tuple[Values, Values, NDArray[np.bool_]] | None:
    """Cut the plane along all edges; return the cuts in x and y, and which tiles are inside.

    None where there would be more tiles than pixels.
    """
    corners = np.concatenate([shape.points for shape in shapes])
    xs, ys = (np.unique(corners[:, axis]) for axis in (0, 1))
    if len(xs) * len(ys) > size[0] * size[1]:
        return None
    # In numbers of cuts a tile is a pixel, and its centre decides for all of it.
    numbered = [
        Shape(
            shape.kind,
            np.stack(
                [np.searchsorted(cuts, shape.points[:, n]) for n, cuts in ((0, xs), (1, ys))], 1
            ),
        )
        for shape in shapes
    ]
    return xs, ys, rasterize_union(numbered, (len(ys) - 1, len(xs) - 1))


# Pixels


def _runs(shape: Shape, size: tuple[int, int], point_radius: float) -> Runs:
    """Return the pixels of a shape row by row."""
    if shape.kind not in ("box", "mask"):
        return runs(shape, size, point_radius)
    # Only what encloses it is painted.
    x0, y0, x1, y1 = shape.bounds
    left, right = (int(np.clip(x, 0, size[1])) for x in (np.floor(x0), np.ceil(x1)))
    top, bottom = (int(np.clip(y, 0, size[0])) for y in (np.floor(y0), np.ceil(y1)))
    patch = np.zeros((bottom - top, right - left + 2), bool)
    fill(shape.moved(-left, -top), patch[:, 1:-1])
    rows, edges = np.divmod(np.flatnonzero(patch[:, 1:] != patch[:, :-1]), right - left + 1)
    return Runs(rows[::2] + top, edges[::2] + left, edges[1::2] + left)


def _union(parts: Sequence[Runs], width: int) -> Runs:
    """Join the pixels of several shapes, so that each pixel is there once."""
    rows, starts, ends = (np.concatenate(own) for own in zip(*parts, strict=True))
    filled = ends > starts
    rows = rows[filled] * (width + 1)
    starts, ends = starts[filled] + rows, ends[filled] + rows
    order = np.argsort(starts, kind="stable")
    starts, reached = starts[order], np.maximum.accumulate(ends[order])
    # One column more than there are, so that a row's last pixel never touches the next row.
    new = np.ones(len(starts), bool)
    new[1:] = starts[1:] > reached[:-1]
    last = np.append(np.flatnonzero(new)[1:] - 1, len(starts) - 1)[: int(new.sum())]
    rows, begins = np.divmod(starts[new], width + 1)
    return Runs(rows, begins, reached[last] - rows * (width + 1))
