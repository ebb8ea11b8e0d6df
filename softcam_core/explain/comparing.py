"""How two maps of one image differ, and how far they agree. Numpy alone, free of torch.

Two maps may have grids of different sizes over different regions of the image (one model crops
where another squashes). They are compared over what both regions cover; a map is constant within
each of its cells, so a value of a common grid is the exact average of the map over that cell.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.geometry import Region

TOP_SHARE = 0.1
"""The part of all cells that `agreement` compares as the highest ones."""

_TIE = 1e-9
"""Averages closer than this part of the largest value are ties: rounding must not order them."""


@dataclass(frozen=True)
class GriddedMap:
    """One map: ``values`` (h, w) of equal cells over ``region``, in image pixels.

    ``limit`` is the value of full colour, in the units of the map: evidence in logits
    (``logits``), other maps in arbitrary units.
    """

    values: NDArray[Any]
    region: Region
    limit: float = 1.0
    logits: bool = False


@dataclass(frozen=True)
class Difference:
    """A - B over the region that both maps cover.

    Attributes:
        values: (h, w) float32, in logits, or in shares of the two display limits.
        region: the common region, in image pixels.
        limit: the value of full colour: the larger of the two limits, or 1.
        logits: whether the units are logits.
    """

    values: NDArray[np.float32]
    region: Region
    limit: float
    logits: bool


@dataclass(frozen=True)
class Agreement:
    """How far two maps point to the same places; NaN where that is undefined.

    Attributes:
        correlation: Spearman's rank correlation of the cells, from -1 to 1; NaN where one map
            is constant or not finite throughout.
        overlap: intersection over union of the highest tenth of the cells, from 0 to 1; NaN
            where one map is constant or not finite throughout.
    """

    correlation: float
    overlap: float


NO_AGREEMENT = Agreement(math.nan, math.nan)


def common_region(a: Region, b: Region) -> Region | None:
    """Return the part of the image plane that both regions cover, None where there is none."""
    x0, y0 = max(a.x0, b.x0), max(a.y0, b.y0)
    x1, y1 = min(a.x1, b.x1), min(a.y1, b.y1)
    return Region(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def averaged(found: GriddedMap, region: Region, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return a map's exact averages over the cells of another grid.

    Args:
        found: the map; ``region`` lies inside its own.
        region: what the new grid covers, in image pixels.
        shape: rows and columns of the new grid.

    Returns:
        (rows, columns) averages, each weighted by area.
    """
    values = np.asarray(found.values, np.float64)
    if region == found.region and shape == values.shape:
        return values.copy()
    rows, columns = values.shape
    (left, top), (right, bottom) = found.region.to_grid(
        [(region.x0, region.y0), (region.x1, region.y1)], (rows, columns)
    )
    down = _weights(top, bottom, shape[0], rows)
    across = _weights(left, right, shape[1], columns)
    mixed: NDArray[np.float64] = down @ values @ across.T
    # A sum in another order must not make two equal averages differ.
    grain = _TIE * float(np.abs(values).max(initial=0.0))
    return np.round(mixed / grain) * grain if grain > 0 else mixed


def difference(a: GriddedMap, b: GriddedMap) -> Difference | None:
    """Return A - B at the finer of the two grids, or None where they have no pixel in common.

    Evidence less evidence stays in logits. Maps of other units are divided by their own fixed
    display limits first, so that the difference is in shares of the limits: +1 says that A has
    its full colour where B has none.

    Raises:
        ValueError: a limit is not positive where it is divided by.
    """
    region = common_region(a.region, b.region)
    if region is None:
        return None
    logits = a.logits and b.logits
    if not logits and not (a.limit > 0 and b.limit > 0):
        raise ValueError(f"limits: expected positive numbers, got {a.limit} and {b.limit}")
    shape = _common_shape(a, b, region, finer=True)
    first, second = averaged(a, region, shape), averaged(b, region, shape)
    if not logits:
        first, second = first / a.limit, second / b.limit
    limit = max(a.limit, b.limit) if logits else 1.0
    return Difference((first - second).astype(np.float32), region, limit, logits)


def agreement(a: GriddedMap, b: GriddedMap) -> Agreement:
    """Return rank correlation and overlap of the highest cells, at the coarser of the two grids.

    The finer map is averaged over the cells of the coarser one: otherwise the many cells of one
    map that lie in a single cell of the other would count as many agreements.
    """
    region = common_region(a.region, b.region)
    finite = np.isfinite(a.values).all() and np.isfinite(b.values).all()
    if region is None or not finite:
        return NO_AGREEMENT
    shape = _common_shape(a, b, region, finer=False)
    first, second = averaged(a, region, shape), averaged(b, region, shape)
    return Agreement(rank_correlation(first, second), top_overlap(first, second))


def ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the rank of each value, from 1; equal values share the average of their ranks."""
    flat = np.asarray(values).ravel()
    _, which, counts = np.unique(flat, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    averages = last - (counts - 1) / 2
    result: NDArray[np.float64] = averages[which.ravel()]
    return result


def rank_correlation(a: NDArray[Any], b: NDArray[Any]) -> float:
    """Return Spearman's rank correlation of two maps of equal shape.

    NaN where one is constant, or has a value that is not finite: that has no rank.
    """
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return math.nan
    first, second = ranks(a), ranks(b)
    first -= first.mean()
    second -= second.mean()
    spread = math.sqrt(float(first @ first) * float(second @ second))
    if spread == 0:
        return math.nan
    return min(max(float(first @ second) / spread, -1.0), 1.0)


def top_overlap(a: NDArray[Any], b: NDArray[Any], share: float = TOP_SHARE) -> float:
    """Return the intersection over union of the highest cells of two maps of equal shape.

    The highest cells are the ``share`` of all, rounded up. Where several equal values would
    take the last places, each of them counts with the same part of a cell, so that an order
    among equals never decides. NaN where a map is constant, so that none of its cells is the
    highest, or has a value that is not finite.
    """
    first, second = _top(a, share), _top(b, share)
    if first is None or second is None:
        return math.nan
    return float(np.minimum(first, second).sum() / np.maximum(first, second).sum())


def _top(values: NDArray[Any], share: float) -> NDArray[np.float64] | None:
    """Return how much of each cell is among the highest ones; None where that is undefined."""
    flat = np.asarray(values, np.float64).ravel()
    if flat.size == 0 or not np.isfinite(flat).all() or flat.min() == flat.max():
        return None
    count = math.ceil(share * flat.size - 1e-9)
    last = np.partition(flat, flat.size - count)[flat.size - count]
    above, level = flat > last, flat == last
    weights: NDArray[np.float64] = above.astype(np.float64)
    weights[level] = (count - above.sum()) / level.sum()
    return weights


def _common_shape(a: GriddedMap, b: GriddedMap, region: Region, *, finer: bool) -> tuple[int, int]:
    """Return rows and columns over the common region, its cells about as large as those of A or B.

    The rows of one map may be the finer ones and the columns of the other.
    """
    choose = max if finer else min
    heights = [m.values.shape[0] / m.region.height for m in (a, b)]
    widths = [m.values.shape[1] / m.region.width for m in (a, b)]
    rows = round(region.height * choose(heights))
    columns = round(region.width * choose(widths))
    return max(rows, 1), max(columns, 1)


def _weights(start: float, end: float, count: int, cells: int) -> NDArray[np.float64]:
    """Return (count, cells): how much of each new cell lies in each of the old ones.

    The new cells divide [start, end) of the old grid's coordinates evenly; rows sum to 1.
    """
    edges = np.linspace(start, end, count + 1)
    old = np.arange(cells)
    low = np.maximum(edges[:-1, None], old[None])
    high = np.minimum(edges[1:, None], old[None] + 1)
    shared = np.maximum(high - low, 0)
    weights: NDArray[np.float64] = shared / shared.sum(axis=1, keepdims=True)
    return weights
