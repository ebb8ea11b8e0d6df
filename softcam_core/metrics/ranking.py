"""The highest patches of one map, without torch: what the window draws is what the metric counts.

The patches, their scores and their order are those of `topk_localization_precision` (paper, B.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.metrics.names import PATCH

A = -0.75
DIGITS = 40
"""As `softcam_core.metrics.patches.DIGITS`: what differs by rounding alone is equal."""


@dataclass(frozen=True)
class Patch:
    """A rectangle of the model's input, [x0, x1) x [y0, y1) in its pixels, and its mean score."""

    x0: int
    y0: int
    x1: int
    y1: int
    score: float


def top_patches(values: Any, size: tuple[int, int], k: int, patch: int = PATCH) -> list[Patch]:
    """Return the k patches with the highest mean of a map, the highest first.

    Fewer where fewer have a mean above 0; none where the map is not finite. Equal ones in reading
    order.

    Args:
        values: (h, w) real.
        size: (rows, columns) of the model's input, which the map is upsampled to, bicubically.
        k: how many, at most.
        patch: their side in pixels; those at the right and lower edges may be narrower.

    Raises:
        ValueError: another shape, or a side below 1.
    """
    array = np.asarray(values, np.float64)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"values: expected shape (h, w), got {array.shape}")
    if patch < 1:
        raise ValueError(f"patch: expected at least 1 pixel, got {patch}")
    if not np.isfinite(array).all():
        return []
    rows, columns = size
    down = _mean_matrix(rows, array.shape[0], patch)
    across = _mean_matrix(columns, array.shape[1], patch)
    scores = down @ array @ across.T
    _, exponent = np.frexp(np.abs(scores).max())
    step = np.ldexp(1.0, int(exponent) - DIGITS)
    scores = np.rint(scores / step) * step
    order = np.argsort(-scores, axis=None, kind="stable")[: max(k, 0)]
    found = []
    for place in order:
        row, column = divmod(int(place), scores.shape[1])
        if scores[row, column] > 0:
            x0, y0 = column * patch, row * patch
            corner = min(x0 + patch, columns), min(y0 + patch, rows)
            found.append(Patch(x0, y0, *corner, float(scores[row, column])))
    return found


@lru_cache(maxsize=32)
def _mean_matrix(size: int, cells: int, patch: int) -> NDArray[np.float64]:
    """Return the (patches, cells) matrix that upsamples one axis and averages its patches."""
    matrix = np.zeros((size, cells))
    centres = (np.arange(size) + 0.5) * (cells / size) - 0.5
    first = np.floor(centres)
    for tap in range(-1, 3):
        column = np.clip(first + tap, 0, cells - 1).astype(np.intp)
        np.add.at(matrix, (np.arange(size), column), _kernel(centres - first - tap))
    starts = np.arange(0, size, patch)
    counts = np.diff(np.append(starts, size))
    means: NDArray[np.float64] = np.add.reduceat(matrix, starts, axis=0) / counts[:, None]
    return means


def _kernel(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keys' cubic convolution kernel at distances up to 2."""
    d = np.abs(distance)
    near = ((A + 2) * d - (A + 3)) * d * d + 1
    far = ((A * d - 5 * A) * d + 8 * A) * d - 4 * A
    return np.where(d <= 1, near, far)
