"""The strongest regions of a class's evidence: an exact partition of its logit.

Each cell that is not 0 climbs to the strongest of its eight neighbours of the same sign, from
there on to theirs, and so up to a peak. The cells that climb to one peak are a region, a basin of
the evidence turned upside down. Every cell belongs to one region or, where it is 0, to none; so
the contributions of all regions sum to the logit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations import masks
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.geometry import Region

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class EvidenceRegion:
    """Cells that hang together around one peak.

    Attributes:
        cells: (h, w) bool.
        peak: (row, column) of its strongest cell.
        contribution: what its cells add to the logit, in logit units.
    """

    cells: NDArray[np.bool_]
    peak: tuple[int, int]
    contribution: float

    def outline(self, region: Region) -> Shape:
        """Return its outline in image pixels; ``region`` is what the map shows of the image.

        Edges run along the cells. Parts that touch by a corner, and holes, hang together by a
        line there and back, which has no inside.
        """
        return Shape("polygon", region.from_grid(_one_line(self.cells), self.cells.shape))


def strongest_regions(evidence: Any, k: int) -> tuple[list[EvidenceRegion], float]:
    """Return the k regions that add or take most, and what all the others add together.

    evidence (h, w) real, of one class -> at most k regions, by the size of their contribution,
    equal ones by their peak in reading order; and the rest in logit units. Contributions and rest
    sum to the logit, the mean of the map.

    Of equal neighbours a cell climbs to the first in reading order, and to one as strong as
    itself only where that comes first.

    Where a cell is not finite the logit is neither: there are no regions, and the rest is NaN.

    Raises:
        ValueError: not two dimensions, or no cell.
    """
    values = np.asarray(evidence, np.float64)
    if values.ndim != 2 or 0 in values.shape:
        raise ValueError(f"evidence: expected shape (h, w), got {values.shape}")
    if not np.isfinite(values).all():
        return [], math.nan
    peaks = _peaks(values).reshape(-1)
    flat = values.reshape(-1)
    sums = np.bincount(peaks, flat, len(flat)) / len(flat)
    found = np.unique(peaks[flat != 0])
    ranked = found[np.argsort(-np.abs(sums[found]), kind="stable")]
    regions = [
        EvidenceRegion(
            ((peaks == peak) & (flat != 0)).reshape(values.shape),
            (int(peak) // values.shape[1], int(peak) % values.shape[1]),
            float(sums[peak]),
        )
        for peak in ranked[:k]
    ]
    return regions, float(sums[ranked[k:]].sum())


def _peaks(values: Points) -> NDArray[np.intp]:
    """Return the index of the peak that each cell climbs to, (h, w)."""
    rows, columns = values.shape
    index = np.arange(values.size).reshape(values.shape)
    strength, sign = np.pad(np.abs(values), 1), np.pad(np.sign(values), 1)
    numbers = np.pad(index, 1)
    best, goal = np.abs(values), index.copy()
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            near = np.s_[down : down + rows, right : right + columns]
            own = (sign[near] == np.sign(values)) & (values != 0)
            better = strength[near] > best
            first = (strength[near] == best) & (numbers[near] < goal)
            climbs = own & (better | first)
            best = np.where(climbs, strength[near], best)
            goal = np.where(climbs, numbers[near], goal)
    flat = goal.reshape(-1)
    while not np.array_equal(flat, further := flat[flat]):
        flat = further
    return flat.reshape(values.shape)


def _one_line(cells: NDArray[np.bool_]) -> Points:
    """Return all outlines of a mask as one closed line of horizontal and vertical pieces."""
    first, *others = masks.trace(cells)
    line = first
    while others:
        gaps = [np.abs(line[:, None] - other[None]).sum(axis=2) for other in others]
        chosen = int(np.argmin([gap.min() for gap in gaps]))
        here, there = np.unravel_index(gaps[chosen].argmin(), gaps[chosen].shape)
        loop = others.pop(chosen)[:-1]
        loop = np.roll(loop, -int(there), axis=0)
        corner = np.array([[loop[0, 0], line[here, 1]]])
        line = np.concatenate([line[: here + 1], corner, loop, loop[:1], corner, line[here:]])
    return line[:-1]
