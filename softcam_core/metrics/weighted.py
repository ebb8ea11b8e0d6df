"""Numbers about predictions, of many resamples of the images at once. Free of torch.

Each is a `Statistic` for `softcam_core.metrics.intervals`: how often each image is in each resample
(R, N) -> (R,). With each image once it is the number itself, so `softcam_core.metrics.
classification` has no formulas of its own. What needs a ranking sorts once for all resamples.

Which classes a macro mean goes over is decided by the images themselves. A resample that lacks one
of them is NaN, and not a mean over other classes, which would be another number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.metrics.intervals import Statistic, Sums, mean

BINS = 15
"""Of the confidence, for calibration (Guo et al., 2017)."""


def classification_statistics(probabilities: Any, labels: Any) -> dict[str, Statistic]:
    """Return every number about predictions by its id: ``accuracy``, ``auc``, ``kappa``, ...

    probabilities (N, C) in [0, 1]; labels (N,) in 0..C-1 -> a statistic of resamples each.

    See the functions of the same names in `softcam_core.metrics.classification`.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> statistics = classification_statistics([[0.75, 0.25], [0.5, 0.5]], [0, 1])
        >>> statistics["accuracy"](np.array([[1.0, 1.0], [2.0, 0.0]]))
        array([0.5, 1. ])
    """
    p, y = checked(probabilities, labels)
    return {name: _statistic(name, p, y) for name in CLASSIFICATION}


def classification_statistic(
    name: str, probabilities: Any, labels: Any, bins: int = BINS
) -> Statistic:
    """Return one number about predictions; ``bins``: of the calibration error alone.

    Raises:
        ValueError: wrong shapes or values, an unknown name, or no bin.
    """
    if name not in CLASSIFICATION:
        raise ValueError(f"name: expected one of {', '.join(CLASSIFICATION)}, got {name!r}")
    return _statistic(name, *checked(probabilities, labels), bins)


def checked(probabilities: Any, labels: Any) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return arrays of probabilities (N, C) and labels (N,), of numpy or torch.

    Raises:
        ValueError: wrong shapes, probabilities outside [0, 1], or labels that are no classes. NaN
            is no error: whatever is computed with it is NaN.
    """
    p = as_array(probabilities)
    if p.ndim != 2 or p.shape[1] < 2:
        raise ValueError(
            f"probabilities: expected shape (N, C) with 2 classes or more, got {p.shape}"
        )
    p = p.astype(np.float64)
    # Rounding: a mean of softmaxes may end a little above 1.
    if ((p < 0) | (p > 1 + 1e-6)).any():
        raise ValueError("probabilities: expected values in [0, 1], got others (are they logits?)")
    return p, class_numbers(labels, *p.shape)


def class_numbers(labels: Any, cases: int, classes: int) -> NDArray[np.intp]:
    """Return labels (N,) as an array of class numbers.

    Raises:
        ValueError: wrong shape, or labels that are no classes.
    """
    given = as_array(labels)
    if given.shape != (cases,):
        raise ValueError(f"labels: expected shape ({cases},), got {given.shape}")
    wrong = ~np.isin(given, np.arange(classes))
    if wrong.any():
        raise ValueError(
            f"labels: expected whole numbers from 0 to {classes - 1}, got {given[wrong][0]}"
        )
    return given.astype(np.intp)


def as_array(value: Any) -> NDArray[Any]:
    """Return an array of ``value``; a tensor of any device and type is copied to one."""
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        value = value.double() if value.is_floating_point() else value
    return np.asarray(value)


def ranked_classes(p: NDArray[np.float64], y: NDArray[np.intp]) -> list[int]:
    """Return the classes against the rest of which a ranking can be measured.

    Of two classes it is class 1, as the other says the same; none if all images are of one class.
    """
    counts = np.bincount(y, minlength=p.shape[1])
    candidates = [1] if p.shape[1] == 2 else range(p.shape[1])
    return [c for c in candidates if 0 < counts[c] < len(y)]


def confidence_bins(confidence: NDArray[np.float64], bins: int) -> NDArray[np.intp]:
    """Return which of the equal bins of [0, 1] each confidence falls into: (N,) -> (N,).

    A bin holds its lower edge and not its upper one, but for the last, which holds 1.

    Raises:
        ValueError: no bin.
    """
    if bins < 1:
        raise ValueError(f"bins: expected 1 or more, got {bins}")
    edges = np.linspace(0, 1, bins + 1)
    return np.minimum(np.searchsorted(edges, confidence, side="right") - 1, bins - 1)


def _accuracy(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    return mean(p.argmax(1) == y)


def _auc(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    return _macro([_area(p[:, c], y == c) for c in ranked_classes(p, y)])


def _average_precision(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    return _macro([_precision(p[:, c], y == c) for c in ranked_classes(p, y)])


def _kappa(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    predicted = p.argmax(1)
    columns = [np.ones(len(y)), y, predicted, y**2, predicted**2, (y - predicted) ** 2]

    def combine(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        n, true, given, true_squared, given_squared, apart = sums.T
        # Of the table of counts, sum over i, j of (i - j)^2 row(i) column(j).
        by_chance = n * (true_squared + given_squared) - 2 * true * given
        return 1 - _divided(n * apart, by_chance)

    return Sums(np.stack(columns, axis=1).astype(np.float64), combine)


def _sensitivity(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    right, classes = p.argmax(1) == y, _looked_at(p)
    of_class = y[:, None] == classes
    return _mean_share(of_class & right[:, None], of_class)


def _specificity(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    predicted, classes = p.argmax(1), _looked_at(p)
    of_others = y[:, None] != classes
    return _mean_share(of_others & (predicted[:, None] != classes), of_others)


def _calibration_error(p: NDArray[np.float64], y: NDArray[np.intp], bins: int) -> Statistic:
    confidence = p.max(1)
    columns = np.zeros((len(y), bins + 1))
    columns[np.arange(len(y)), confidence_bins(confidence, bins)] = (p.argmax(1) == y) - confidence
    columns[:, bins] = 1

    def combine(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return _divided(np.abs(sums[:, :bins]).sum(1), sums[:, bins])

    return Sums(columns, combine)


def _brier_score(p: NDArray[np.float64], y: NDArray[np.intp]) -> Statistic:
    apart = ((p - np.eye(p.shape[1])[y]) ** 2).sum(1)
    return mean(apart / 2 if p.shape[1] == 2 else apart)


_BUILDERS: dict[str, Callable[[NDArray[np.float64], NDArray[np.intp]], Statistic]] = {
    "accuracy": _accuracy,
    "auc": _auc,
    "average_precision": _average_precision,
    "kappa": _kappa,
    "sensitivity": _sensitivity,
    "specificity": _specificity,
    "brier_score": _brier_score,
}
CLASSIFICATION = (*_BUILDERS, "calibration_error")
"""Ids of the numbers about predictions."""


def _statistic(
    name: str, p: NDArray[np.float64], y: NDArray[np.intp], bins: int = BINS
) -> Statistic:
    if np.isnan(p).any():
        return _undefined
    return _BUILDERS[name](p, y) if name in _BUILDERS else _calibration_error(p, y, bins)


def _undefined(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.full(len(times), np.nan)


def _looked_at(p: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.array([1]) if p.shape[1] == 2 else np.arange(p.shape[1])


def _macro(parts: Sequence[Statistic]) -> Statistic:
    """Return the mean of statistics; undefined without any."""
    if not parts:
        return _undefined

    def statistic(times: NDArray[np.float64]) -> NDArray[np.float64]:
        total = parts[0](times)
        for part in parts[1:]:
            total = total + part(times)
        return total / len(parts)

    return statistic


def _mean_share(above: NDArray[np.bool_], below: NDArray[np.bool_]) -> Statistic:
    """Return the mean of sum(above) / sum(below) over the classes (N, C) that have any below."""
    defined = below.any(axis=0)
    count = int(defined.sum())
    if not count:
        return _undefined

    def combine(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        shares: NDArray[np.float64] = _divided(sums[:, :count], sums[:, count:]).mean(axis=1)
        return shares

    columns = np.concatenate([above[:, defined], below[:, defined]], axis=1)
    return Sums(columns.astype(np.float64), combine)


def _area(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> Statistic:
    """Return the share of pairs of a positive and a negative that are in order (Mann-Whitney).

    scores (N,), positive (N,) bool. A tie is half a pair.
    """
    negatives = np.flatnonzero(~positive)
    negatives = negatives[np.argsort(scores[negatives], kind="stable")]
    positives = np.flatnonzero(positive)
    below, up_to = (
        np.searchsorted(scores[negatives], scores[positives], side) for side in ("left", "right")
    )

    def statistic(times: NDArray[np.float64]) -> NDArray[np.float64]:
        ranked = np.zeros((len(times), len(negatives) + 1))
        np.cumsum(times[:, negatives], axis=1, out=ranked[:, 1:])
        weights = times[:, positives]
        wins = np.einsum("ri,ri->r", weights, ranked[:, below])
        wins += np.einsum("ri,ri->r", weights, ranked[:, up_to])
        return _divided(wins, 2 * weights.sum(1) * ranked[:, -1])

    return statistic


def _precision(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> Statistic:
    """Return the precision at each positive's score, averaged over them; scores (N,)."""
    order = np.argsort(-scores, kind="stable")
    positives = order[positive[order]]
    # How many images score at least as much as each positive.
    reached = np.searchsorted(-scores[order], -scores[positives], side="right") - 1
    found = np.searchsorted(-scores[positives], -scores[positives], side="right") - 1

    def statistic(times: NDArray[np.float64]) -> NDArray[np.float64]:
        weights = times[:, positives]
        right = np.cumsum(weights, axis=1)[:, found]
        everyone = np.cumsum(times[:, order], axis=1)[:, reached]
        # An image that is in a resample counts at its own score; of the others nothing is asked.
        precision = right / np.maximum(everyone, 1)
        total = np.einsum("ri,ri->r", weights, precision)
        some_negative = times.sum(1) > weights.sum(1)
        return np.where(some_negative, _divided(total, weights.sum(1)), np.nan)

    return statistic


def _divided(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return above / below, NaN where nothing is below."""
    found = np.full(above.shape, np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found
