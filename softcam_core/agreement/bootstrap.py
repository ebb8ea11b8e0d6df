"""How sure a number over cases is: percentile bootstrap with the case as the unit.

Cases, not pixels, lesions or grades, are drawn again with replacement: what one case holds is
correlated. B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 2000
CONFIDENCE = 0.95
_PORTION = 4_000_000
"""Numbers held at a time: many resamples of a large study would fill the memory."""

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How often each case is in each resample (R, N) -> the number of each resample (R,)."""


def intervals(
    cases: int,
    statistics: Sequence[Statistic],
    seed: int = 0,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
) -> list[tuple[float, float]]:
    """Return (low, high) of each number over ``cases``, all from the same resamples.

    The same seed gives the same intervals. Resamples in which a number is undefined (NaN) are left
    out for it; NaN for fewer than two cases or if all of them are.
    """
    nothing = float("nan"), float("nan")
    if cases < 2:
        return [nothing] * len(statistics)
    parts = [[one(times) for one in statistics] for times in _resamples(cases, seed, resamples)]
    tail = 50 * (1 - confidence)
    ends = []
    for found in (np.concatenate(values) for values in zip(*parts, strict=True)):
        known = found[~np.isnan(found)]
        low, high = np.percentile(known, [tail, 100 - tail]) if len(known) else nothing
        ends.append((float(low), float(high)))
    return ends


def ratio(above: ArrayLike, below: ArrayLike) -> Statistic:
    """Return the statistic sum(above) / sum(below) of (N,) numbers, one a case each."""
    both = np.stack([np.asarray(above, np.float64), np.asarray(below, np.float64)], axis=1)

    def statistic(times: NDArray[np.float64]) -> NDArray[np.float64]:
        top, bottom = (times @ both).T
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(bottom > 0, top / bottom, np.nan)

    return statistic


def mean(values: ArrayLike) -> Statistic:
    """Return the statistic mean of values (N,), one a case; NaN is left out."""
    array = np.asarray(values, np.float64)
    known = ~np.isnan(array)
    return ratio(np.where(known, array, 0), known)


def _resamples(cases: int, seed: int, resamples: int) -> Iterator[NDArray[np.float64]]:
    """Yield how often each case is drawn in each resample, (r, N), some resamples at a time."""
    random = np.random.default_rng(seed)
    step = max(1, _PORTION // cases)
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        drawn = random.integers(0, cases, (count, cases))
        drawn += cases * np.arange(count)[:, None]
        times = np.bincount(drawn.ravel(), minlength=count * cases)
        yield times.reshape(count, cases).astype(np.float64)
