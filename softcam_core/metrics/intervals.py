"""How sure a number over images is: percentile bootstrap, by image or by patient. Free of torch.

Images, not pixels, lesions or patches, are drawn again with replacement: what one image holds is
correlated. Where a patient has several images, these are correlated too, and patients are drawn
with all their images (cluster bootstrap). A resample is held as how often each image is in it, so
that a number is computed for many resamples at once. B. Efron, R. J. Tibshirani, An Introduction to
the Bootstrap (1993), chapters 13 and 16; A. C. Davison, D. V. Hinkley, Bootstrap Methods and their
Application (1997), sections 3.8 and 4.2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 2000
CONFIDENCE = 0.95
_PORTION = 4_000_000
"""Numbers held at a time: many resamples of a large study would fill the memory."""

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How often each image is in each resample (R, N) -> the number of each resample (R,)."""


@dataclass(frozen=True)
class Sums:
    """A statistic made of sums over images; many of them cost one matrix product together.

    Attributes:
        columns: (N, m), what is summed.
        combine: the sums of each resample (R, m) -> the number of each (R,).
    """

    columns: NDArray[np.float64]
    combine: Statistic

    def __call__(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the number of each resample: times (R, N) -> (R,)."""
        return self.combine(times @ self.columns)


@dataclass(frozen=True)
class Difference:
    """A number less another over the same images.

    Attributes:
        value: the difference; NaN if either is undefined.
        low: lower end of its interval.
        high: upper end.
        p: two-sided, of no difference, see `paired_differences`.
    """

    value: float
    low: float
    high: float
    p: float


def intervals(
    cases: int,
    statistics: Sequence[Statistic],
    seed: int = 0,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    groups: ArrayLike | None = None,
) -> list[tuple[float, float]]:
    """Return (low, high) of each number over ``cases``, all from the same resamples.

    The same seed gives the same intervals. Resamples in which a number is undefined (NaN) are left
    out for it; NaN for fewer than two cases (groups) or if all of them are. Where every resample
    gives one value (a proportion of 0 or 1, or one that all groups have alike) the interval has no
    width, which says nothing about how sure the number is: see `softcam_core.metrics.proportions`.

    Args:
        cases: N.
        statistics: each of resamples (R, N) -> (R,), such as `mean`.
        seed: of the draws.
        resamples: how many.
        confidence: share of resamples between the ends.
        groups: (N,) who each case is of; those of one patient are drawn together. None: each case
            is drawn alone.

    Raises:
        ValueError: as many groups as cases are expected; no resample; no such confidence.

    Example:
        >>> intervals(4, [mean([0.0, 1.0, 0.0, 1.0])])
        [(0.0, 1.0)]
    """
    found = resampled(cases, statistics, seed, resamples, groups)
    return [percentile_interval(values, confidence) for values in found]


def paired_differences(
    cases: int,
    pairs: Sequence[tuple[Statistic, Statistic]],
    seed: int = 0,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    groups: ArrayLike | None = None,
) -> list[Difference]:
    """Return the first number of each pair less the second, both from the same resamples.

    The interval is the percentile interval of the differences. p is the two-sided significance that
    belongs to it: twice the smaller share of resamples whose difference lies on one side of 0, 0
    itself counted on both, with one resample added to either count, so that it is never 0 and
    2 / (resamples + 1) at least. It is not corrected for the number of pairs: see `holm`.

    To compare means over the images for which both methods are defined, pass values with NaN
    wherever one of the two is; `mean` by itself leaves out each method's own.

    The arguments are those of `intervals`, which also says what is left out.

    Raises:
        ValueError: as `intervals` does.
    """
    distinct = list({id(one): one for pair in pairs for one in pair}.values())
    place = {id(one): index for index, one in enumerate(distinct)}
    values = resampled(cases, distinct, seed, resamples, groups)
    plain = [value_of(one, cases) for one in distinct]
    found = []
    for one, other in pairs:
        first, second = place[id(one)], place[id(other)]
        apart = values[first] - values[second]
        low, high = percentile_interval(apart, confidence)
        found.append(Difference(plain[first] - plain[second], low, high, significance(apart)))
    return found


def paired_difference(
    cases: int,
    first: Statistic,
    second: Statistic,
    seed: int = 0,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    groups: ArrayLike | None = None,
) -> Difference:
    """Return the first number less the second, both from the same resamples.

    See `paired_differences`.

    Raises:
        ValueError: as `intervals` does.

    Example:
        >>> paired_difference(3, mean([0.5, 0.75, 1.0]), mean([0.25, 0.5, 0.75])).value
        0.25
    """
    return paired_differences(cases, [(first, second)], seed, resamples, confidence, groups)[0]


def resampled(
    cases: int,
    statistics: Sequence[Statistic],
    seed: int = 0,
    resamples: int = RESAMPLES,
    groups: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Return each statistic of each resample, (S, R); NaN where it is undefined.

    The arguments are those of `intervals`. With fewer than two cases (groups) nothing can be drawn
    again, and all are NaN.

    Raises:
        ValueError: as `intervals` does.
    """
    if resamples < 1:
        raise ValueError(f"resamples: expected 1 or more, got {resamples}")
    members = None if groups is None else group_numbers(groups, cases)
    drawn = cases if members is None else int(members.max(initial=-1)) + 1
    found = np.full((len(statistics), resamples), np.nan)
    if drawn < 2 or not statistics:
        return found
    done = 0
    for times in _resamples(drawn, seed, resamples, cases):
        everyone = times if members is None else times[:, members]
        found[:, done : done + len(times)] = _values(statistics, everyone)
        done += len(times)
    return found


def percentile_interval(
    values: NDArray[np.float64], confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return the ends between which the middle values (R,) lie; NaN is left out.

    Raises:
        ValueError: no such confidence.
    """
    check_confidence(confidence)
    known = values[~np.isnan(values)]
    if not len(known):
        return math.nan, math.nan
    tail = 50 * (1 - confidence)
    low, high = np.percentile(known, [tail, 100 - tail])
    return float(low), float(high)


def significance(differences: NDArray[np.float64]) -> float:
    """Return the two-sided p of no difference from those of resamples (R,), see there.

    That is `paired_differences`; NaN is left out, and is the result if all are.
    """
    known = differences[~np.isnan(differences)]
    if not len(known):
        return math.nan
    tail = int(min(np.count_nonzero(known <= 0), np.count_nonzero(known >= 0)))
    return min(1.0, 2 * (tail + 1) / (len(known) + 1))


def reflected_interval(
    values: NDArray[np.float64],
    value: float,
    confidence: float = CONFIDENCE,
    lowest: float = -math.inf,
) -> tuple[float, float]:
    """Return the ends of `percentile_interval` (R,) mirrored at the number itself.

    The basic bootstrap: for a number that is too large by nature the smaller the study is, as the
    calibration error is. Resamples are too large once more, so that their percentiles lie above the
    truth by twice as much; mirrored, they lie about it. The interval is cut off at ``lowest`` and
    stretched to hold ``value``.

    Source: A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application (1997), 5.2.

    Raises:
        ValueError: no such confidence.

    Example:
        >>> reflected_interval(np.array([0.5, 0.75, 1.0]), 0.5, 0.5, lowest=0.0)
        (0.125, 0.5)
    """
    low, high = percentile_interval(values, confidence)
    if math.isnan(low) or math.isnan(value):
        return math.nan, math.nan
    return max(min(2 * value - high, value), lowest), max(2 * value - low, value)


def value_of(statistic: Statistic, cases: int) -> float:
    """Return a statistic of the cases themselves, each of them once."""
    return float(statistic(np.ones((1, cases)))[0])


def ratio(above: ArrayLike, below: ArrayLike) -> Sums:
    """Return the statistic sum(above) / sum(below) of (N,) numbers, one a case each.

    NaN where nothing is below.
    """
    both = np.stack([np.asarray(above, np.float64), np.asarray(below, np.float64)], axis=1)
    return Sums(both, _quotient)


def mean(values: ArrayLike) -> Sums:
    """Return the statistic mean of values (N,), one a case; NaN is left out."""
    array = np.asarray(values, np.float64)
    known = ~np.isnan(array)
    return ratio(np.where(known, array, 0), known)


def holm(p: ArrayLike) -> NDArray[np.float64]:
    """Return p values corrected for their number: (n,) -> (n,) in [0, 1].

    The chance of any false alarm among all of them stays what one was allowed, whatever depends on
    what. NaN stays NaN and is not counted.

    Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal
    of Statistics 6 (1979).

    Example:
        >>> holm([0.25, 0.125])
        array([0.25, 0.25])
    """
    given = np.asarray(p, np.float64)
    adjusted = np.full(given.shape, np.nan)
    order = np.argsort(given, kind="stable")[: np.count_nonzero(~np.isnan(given))]
    steps = given[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def group_numbers(groups: ArrayLike, cases: int) -> NDArray[np.intp]:
    """Return the number of each case's group, from 0 in order of appearance: (N,) -> (N,).

    Raises:
        ValueError: not one group for each case.
    """
    given = np.asarray(groups)
    if given.shape != (cases,):
        raise ValueError(f"groups: expected shape ({cases},), got {given.shape}")
    _, first, number = np.unique(given, return_index=True, return_inverse=True)
    place = np.empty(len(first), np.intp)
    place[np.argsort(first)] = np.arange(len(first))
    return place[number]


def check_confidence(confidence: float) -> None:
    """Raise ValueError unless it lies between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence: expected between 0 and 1, got {confidence}")


def normal_quantile(confidence: float) -> float:
    """Return how many standard deviations to either side hold this share of a normal's values."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _quotient(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    top, bottom = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)


_TOGETHER = 256
"""Columns in one matrix product: enough for its speed, few enough for the memory."""


def _values(
    statistics: Sequence[Statistic], times: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Return the statistics of some resamples (R, N), those made of sums together."""
    found: dict[int, NDArray[np.float64]] = {}
    waiting: list[tuple[int, Sums]] = []
    for index, one in enumerate(statistics):
        if not isinstance(one, Sums):
            found[index] = one(times)
            continue
        if waiting and sum(sums.columns.shape[1] for _, sums in waiting) >= _TOGETHER:
            found |= _together(waiting, times)
            waiting = []
        waiting.append((index, one))
    found |= _together(waiting, times)
    return [found[index] for index in range(len(statistics))]


def _together(
    waiting: Sequence[tuple[int, Sums]], times: NDArray[np.float64]
) -> dict[int, NDArray[np.float64]]:
    if not waiting:
        return {}
    sums = times @ np.concatenate([one.columns for _, one in waiting], axis=1)
    ends = np.cumsum([one.columns.shape[1] for _, one in waiting])
    parts = np.split(sums, ends[:-1], axis=1)
    return {index: one.combine(part) for (index, one), part in zip(waiting, parts, strict=True)}


def _resamples(drawn: int, seed: int, resamples: int, cases: int) -> Iterator[NDArray[np.float64]]:
    """Yield how often each of ``drawn`` is in each resample, (r, drawn), some at a time."""
    random = np.random.default_rng(seed)
    step = max(1, _PORTION // max(cases, drawn))
    for start in range(0, resamples, step):
        count = min(step, resamples - start)
        chosen = random.integers(0, drawn, (count, drawn))
        chosen += drawn * np.arange(count)[:, None]
        times = np.bincount(chosen.ravel(), minlength=count * drawn)
        yield times.reshape(count, drawn).astype(np.float64)
