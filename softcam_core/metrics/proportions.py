"""Intervals of shares from counts alone, where resamples say nothing. Free of torch.

Of a share of 0 or 1 every resample has the same, as of any share that all patients have alike, and
so do all pairs of an AUC of 0 or 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from softcam_core.metrics.intervals import CONFIDENCE, check_confidence, normal_quantile


def proportion_interval(
    hits: float,
    cases: int,
    method: Literal["wilson", "clopper-pearson"] = "wilson",
    confidence: float = CONFIDENCE,
) -> tuple[float, float]:
    """Return (low, high) of a proportion of independent cases; NaN for no case.

    For small numbers and for proportions of 0 or 1, where a bootstrap has no width: of 20 images
    all of which are right, ``wilson`` has 0.839 to 1. ``clopper-pearson`` covers at least the
    confidence whatever the proportion, and is wider. Where patients have several images, neither
    holds: the number of patients in place of images is on the safe side.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22 (1927); C. J. Clopper, E. S. Pearson, The use
    of confidence or fiducial limits, Biometrika 26 (1934).

    Args:
        hits: how many cases have it, 0 to ``cases``; a fraction where a share is that of images and
            the cases are their patients.
        cases: how many there are.
        method: ``wilson`` or ``clopper-pearson``.
        confidence: of the interval.

    Raises:
        ValueError: other numbers, methods or confidences.

    Example:
        >>> [round(end, 3) for end in proportion_interval(20, 20)]
        [0.839, 1.0]
    """
    if method not in ("wilson", "clopper-pearson"):
        raise ValueError(f"method: expected 'wilson' or 'clopper-pearson', got {method!r}")
    check_confidence(confidence)
    if not 0 <= hits <= cases:
        raise ValueError(f"hits: expected 0 to {cases}, got {hits}")
    if cases == 0:
        return math.nan, math.nan
    if method == "clopper-pearson":
        from scipy.special import betaincinv

        tail = (1 - confidence) / 2
        low = float(betaincinv(hits, cases - hits + 1, tail)) if hits else 0.0
        high = float(betaincinv(hits + 1, cases - hits, 1 - tail)) if hits < cases else 1.0
        return low, high
    z = normal_quantile(confidence)
    middle, width = hits + z * z / 2, cases + z * z
    half = z * math.sqrt(hits * (cases - hits) / cases + z * z / 4)
    # Rounding: both ends are reached exactly, and never passed.
    low = (middle - half) / width if hits else 0.0
    return low, (middle + half) / width if hits < cases else 1.0


def newcombe_interval(
    auc: float, positives: int, negatives: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return (low, high) of an AUC from the numbers of images alone; NaN without either.

    For an AUC of 0 or 1, or of a class with a single image, where DeLong's variance is 0 or
    undefined: 20 images of each of two classes, all pairs in order, have 0.899 to 1. The ends are
    the AUCs from which this one is a normal quantile of their standard error away, that of
    exponential scores (Hanley and McNeil). It sees no scores, so not how they are spread either.
    Where patients have several images, the numbers of patients are on the safe side.

    Source: R. G. Newcombe, Confidence intervals for an effect size measure based on the
    Mann-Whitney statistic, part 2, Statistics in Medicine 25 (2006) 559-573, method 5.

    Args:
        auc: in [0, 1].
        positives: how many images are positive.
        negatives: how many are not.
        confidence: of the interval.

    Raises:
        ValueError: no such AUC, numbers or confidence.

    Example:
        >>> [round(end, 3) for end in newcombe_interval(1.0, 20, 20)]
        [0.899, 1.0]
    """
    check_confidence(confidence)
    for name, number in (("positives", positives), ("negatives", negatives)):
        if number < 0:
            raise ValueError(f"{name}: expected 0 or more, got {number}")
    if positives == 0 or negatives == 0 or math.isnan(auc):
        return math.nan, math.nan
    if not 0 <= auc <= 1:
        raise ValueError(f"auc: expected 0 to 1, got {auc}")
    z, more = normal_quantile(confidence), (positives + negatives) / 2 - 1

    def is_far(other: float) -> bool:
        spread = 1 + more * ((1 - other) / (2 - other) + other / (1 + other))
        error = math.sqrt(other * (1 - other) * spread / (positives * negatives))
        return abs(auc - other) > z * error

    return _boundary(is_far, 0.0, auc), _boundary(is_far, 1.0, auc)


def _boundary(is_far: Callable[[float], bool], far: float, near: float) -> float:
    """Return where ``is_far`` begins to hold on the way from ``near``, where it does not."""
    for _ in range(60):
        middle = (far + near) / 2
        far, near = (middle, near) if is_far(middle) else (far, middle)
    return (far + near) / 2
