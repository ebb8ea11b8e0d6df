"""How sure a number over cases is: percentile bootstrap with the case as the unit.

Cases, not pixels, lesions or grades, are drawn again with replacement: what one case holds is
correlated. B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 2000
CONFIDENCE = 0.95
_PORTION = 4_000_000
"""Numbers held at a time: many resamples of a large study would fill the memory."""

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How often each case is in each resample (R, N) -> the number of each resample (R,)."""


def interval(
    cases: int,
    statistic: Statistic,
    seed: int = 0,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
) -> tuple[float, float]:
    """Return (low, high) of a number over ``cases``; the same seed gives the same interval.

    Resamples in which the number is undefined (NaN) are left out; NaN for fewer than two cases or
    if all of them are.
    """
    if cases < 2:
        return float("nan"), float("nan")
    found = np.concatenate([statistic(part) for part in _resamples(cases, seed, resamples)])
    found = found[~np.isnan(found)]
    if len(found) == 0:
        return float("nan"), float("nan")
    tail = 50 * (1 - confidence)
    low, high = np.percentile(found, [tail, 100 - tail])
    return float(low), float(high)


def mean_interval(values: ArrayLike, seed: int = 0) -> tuple[float, float]:
    """Return the 95% interval of the mean of values (N,), one a case; NaN is left out."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    return interval(len(known), lambda times: times @ known / len(known), seed)


def ratio_interval(above: ArrayLike, below: ArrayLike, seed: int = 0) -> tuple[float, float]:
    """Return the 95% interval of sum(above) / sum(below), both (N,), one number a case."""
    top, bottom = np.asarray(above, np.float64), np.asarray(below, np.float64)

    def ratio(times: NDArray[np.float64]) -> NDArray[np.float64]:
        whole = times @ bottom
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(whole > 0, times @ top / whole, np.nan)

    return interval(len(top), ratio, seed)


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
