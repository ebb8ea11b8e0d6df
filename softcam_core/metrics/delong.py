"""Intervals of an AUC and of the difference of two, without resamples. Free of torch.

An AUC is a mean over pairs of a positive and a negative image. What each image adds to it is
called its placement: the share of the other side's images that it is in order with. The spread of
the placements gives the variance (DeLong), and sorting gives the placements without going through
the pairs (Sun and Xu, there as midranks). Where patients have several images, the placements of
each are added up first (Obuchowski); one image a patient gives DeLong's.

Sources: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Comparing the areas under two or more
correlated receiver operating characteristic curves, Biometrics 44 (1988) 837-845; X. Sun, W. Xu,
Fast implementation of DeLong's algorithm, IEEE Signal Processing Letters 21 (2014) 1389-1393;
N. A. Obuchowski, Nonparametric analysis of clustered ROC curve data, Biometrics 53 (1997) 567-578.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softcam_core.metrics.intervals import (
    CONFIDENCE,
    check_confidence,
    group_numbers,
    normal_quantile,
)
from softcam_core.metrics.weighted import as_array, class_numbers

Scale = Literal["logit", "plain"]


@dataclass(frozen=True)
class AucInterval:
    """An AUC and how sure it is.

    Attributes:
        auc: in [0, 1]; NaN if all images are of one class.
        low: lower end of its interval; NaN where there is none, see `delong_interval`.
        high: upper end.
        error: standard error.
    """

    auc: float
    low: float
    high: float
    error: float


@dataclass(frozen=True)
class DeLong:
    """Two AUCs of the same images.

    Attributes:
        auc_a: the first; NaN if all images are of one class.
        auc_b: the second.
        difference: the first less the second.
        low: lower end of the difference's interval; NaN where there is none, see `delong`.
        high: upper end.
        p: two-sided, of no difference.
        error: standard error of the difference.
    """

    auc_a: float
    auc_b: float
    difference: float
    low: float
    high: float
    p: float
    error: float


def delong_interval(
    probabilities: Any,
    labels: Any,
    confidence: float = CONFIDENCE,
    groups: ArrayLike | None = None,
    scale: Scale = "logit",
) -> AucInterval:
    """Interval of an AUC by DeLong's variance.

    probabilities (N, 2), or scores of any unit (N,), higher for class 1; labels (N,) 0 or 1. NaN
    with fewer than two images (patients) of either class. NaN too where the variance is 0: an AUC
    of 1 is not certain to be 1, but how uncertain it is these images cannot say.

    Args:
        probabilities: of both classes, or a score.
        labels: 0 or 1.
        confidence: of the interval.
        groups: (N,) whose image each is; None: each is of another patient.
        scale: on which the interval is symmetric. ``logit``: log(AUC / (1 - AUC)), which keeps it
            in (0, 1) and covers an AUC near 1 better; ``plain``: the AUC itself, cut off at 0 and
            1, as most programs have it.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> found = delong_interval([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], scale="plain")
        >>> found.auc, round(found.error, 4), round(found.low, 4), found.high
        (0.75, 0.3536, 0.057, 1.0)
    """
    if scale not in ("logit", "plain"):
        raise ValueError(f"scale: expected 'logit' or 'plain', got {scale!r}")
    check_confidence(confidence)
    scores = _scores("probabilities", probabilities)
    sides = _sides(labels, groups, len(scores))
    wins = _wins(scores, sides.positive)
    area, error, z = sides.area(wins), sides.error(wins), normal_quantile(confidence)
    if not error > 0 or not 0 < area < 1:
        low = high = math.nan
    elif scale == "plain":
        low, high = max(area - z * error, 0.0), min(area + z * error, 1.0)
    else:
        middle, half = math.log(area / (1 - area)), z * error / (area * (1 - area))
        low, high = (1 / (1 + math.exp(-end)) for end in (middle - half, middle + half))
    return AucInterval(area, low, high, error)


def delong(
    probabilities_a: Any,
    probabilities_b: Any,
    labels: Any,
    confidence: float = CONFIDENCE,
    groups: ArrayLike | None = None,
) -> DeLong:
    """Compare two models' AUCs on the same images by DeLong's test.

    probabilities (N, 2), or scores of any unit (N,), higher for class 1; labels (N,) 0 or 1. The
    interval is the difference and a normal quantile of its standard error to either side; p is of
    the normal distribution, two-sided. Both are NaN with fewer than two images (patients) of either
    class, and where the variance is 0, as it is if both models order all pairs alike.

    Args:
        probabilities_a: the first model's.
        probabilities_b: the second's.
        labels: 0 or 1.
        confidence: of the interval.
        groups: (N,) whose image each is; None: each is of another patient.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> a, b = [0.1, 0.4, 0.35, 0.8], [0.6, 0.4, 0.5, 0.3]
        >>> found = delong(a, b, [0, 0, 1, 1])
        >>> found.difference, round(found.p, 4)
        (0.5, 0.4795)
    """
    check_confidence(confidence)
    first = _scores("probabilities_a", probabilities_a)
    second = _scores("probabilities_b", probabilities_b)
    if len(first) != len(second):
        raise ValueError(f"probabilities_b: expected {len(first)} images, got {len(second)}")
    sides = _sides(labels, groups, len(first))
    wins_a, wins_b = _wins(first, sides.positive), _wins(second, sides.positive)
    apart = wins_a - wins_b
    difference, error = sides.area(apart), sides.error(apart)
    low = high = p = math.nan
    if error > 0:
        half = normal_quantile(confidence) * error
        low, high = max(difference - half, -1.0), min(difference + half, 1.0)
        p = math.erfc(abs(difference) / error / math.sqrt(2))
    return DeLong(sides.area(wins_a), sides.area(wins_b), difference, low, high, p, error)


@dataclass(frozen=True)
class _Sides:
    """Which images are positive, (N,) bool, and whose image each is, (N,) from 0.

    Wins are counted twice and ties once, in whole numbers, so that a variance of 0 is exactly 0.
    """

    positive: NDArray[np.bool_]
    members: NDArray[np.intp]

    @property
    def pairs(self) -> int:
        """How many pairs of a positive and a negative image there are."""
        positives = int(self.positive.sum())
        return positives * (len(self.positive) - positives)

    def area(self, wins: NDArray[np.float64]) -> float:
        """Return the AUC of doubled wins (N,), or the difference of two of theirs."""
        total = float(wins[self.positive].sum())
        return total / (2 * self.pairs) if self.pairs else math.nan

    def error(self, wins: NDArray[np.float64]) -> float:
        """Return the standard error of `area`; NaN with fewer than two patients on a side."""
        total, everyone = wins[self.positive].sum(), len(np.unique(self.members))
        variance, sums = 0.0, []
        for side in (self.positive, ~self.positive):
            images, patients = int(side.sum()), len(np.unique(self.members[side]))
            if patients < 2:
                return math.nan
            # What each image's placement is beyond the AUC, in halves of a pair.
            beyond = np.where(side, images * wins - total, 0)
            sums.append(np.bincount(self.members, beyond) / images)
            variance += patients / (patients - 1) * float(sums[-1] @ sums[-1])
        variance += 2 * everyone / (everyone - 1) * float(sums[0] @ sums[1])
        return math.sqrt(max(variance, 0.0)) / (2 * self.pairs)


def _sides(labels: Any, groups: ArrayLike | None, cases: int) -> _Sides:
    members = np.arange(cases) if groups is None else group_numbers(groups, cases)
    return _Sides(class_numbers(labels, cases, 2) == 1, members)


def _wins(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return with how many images of the other side each is in order, doubled; a tie counts 1.

    scores (N,), positive (N,) bool -> (N,); NaN if a score is NaN.
    """
    if np.isnan(scores).any():
        return np.full(len(scores), np.nan)
    wins = np.zeros(len(scores))
    for side, sign in ((positive, 1), (~positive, -1)):
        others = np.sort(sign * scores[~side])
        mine = sign * scores[side]
        wins[side] = np.searchsorted(others, mine, "left") + np.searchsorted(others, mine, "right")
    return wins


def _scores(name: str, given: Any) -> NDArray[np.float64]:
    scores = as_array(given)
    if scores.ndim != 1 and not (scores.ndim == 2 and scores.shape[1] == 2):
        raise ValueError(f"{name}: expected shape (N, 2) or (N,), got {scores.shape}")
    return (scores if scores.ndim == 1 else scores[:, 1]).astype(np.float64)
