"""Numbers about predictions. Free of torch; arrays and tensors are accepted.

Everywhere, probabilities are (N, C) in [0, 1], one row an image, C of 2 or more; labels (N,) are
the numbers of their classes, 0 to C - 1; the predicted class is the most probable one, the first of
several. Two classes are negative and positive: what is asked of one class is asked of class 1. With
more, each class is set against the rest, and the result is the plain mean over the classes for
which it is defined (macro). A probability that is NaN makes a result NaN.

Intervals: `softcam_core.metrics.weighted.classification_statistics` has the same numbers for
`softcam_core.metrics.intervals.intervals`; `softcam_core.metrics.delong` has the AUC's without
resamples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.metrics.intervals import value_of
from softcam_core.metrics.weighted import (
    BINS,
    checked,
    classification_statistic,
    confidence_bins,
)


@dataclass(frozen=True)
class RocCurve:
    """Rates of a class against the rest, from the highest threshold to the lowest.

    Attributes:
        false_positive_rate: (n,), from 0 to 1; empty if all images are of one side.
        true_positive_rate: (n,), from 0 to 1.
        thresholds: (n,), from infinity; an image is positive at a probability of so much or more.
        auc: area under it; NaN if all images are of one side.
    """

    false_positive_rate: NDArray[np.float64]
    true_positive_rate: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    auc: float


@dataclass(frozen=True)
class ReliabilityCurve:
    """Confidence against accuracy in bins.

    Attributes:
        confidence: (bins,), mean; NaN in an empty bin.
        accuracy: (bins,); NaN in an empty bin.
        count: (bins,) int64, images.
    """

    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    count: NDArray[np.int64]


def accuracy(probabilities: Any, labels: Any) -> float:
    """Share of images whose most probable class is theirs.

    probabilities (N, C); labels (N,) -> in [0, 1]; NaN without an image.

    Raises:
        ValueError: wrong shapes or values, here as below.

    Example:
        >>> accuracy([[0.75, 0.25], [0.5, 0.5]], [0, 1])
        0.5
    """
    return _value("accuracy", probabilities, labels)


def auc(probabilities: Any, labels: Any) -> float:
    """Area under the ROC curve: how probably a positive image scores above a negative one.

    probabilities (N, C); labels (N,) -> in [0, 1], 0.5 by chance, ties count half. Two classes: of
    class 1. More: one against the rest, mean over the classes that some images have and some do not
    (scikit-learn's ``ovr``, ``macro``). NaN if all images are of one class.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> auc([[0.9, 0.1], [0.5, 0.5], [0.25, 0.75], [0.5, 0.5]], [0, 0, 1, 1])
        0.875
    """
    return _value("auc", probabilities, labels)


def average_precision(probabilities: Any, labels: Any) -> float:
    """Area under the precision-recall curve, as a sum over its steps.

    probabilities (N, C); labels (N,) -> in [0, 1]; the classes and NaN as for `auc`. Chance is the
    share of positive images, not 0.5.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> average_precision([[0.9, 0.1], [0.25, 0.75], [0.5, 0.5]], [0, 0, 1])
        0.5
    """
    return _value("average_precision", probabilities, labels)


def quadratic_kappa(probabilities: Any, labels: Any) -> float:
    """Agreement of predicted and true class beyond chance, in the order of the classes.

    probabilities (N, C); labels (N,) -> at most 1, 0 by chance; a disagreement by d classes counts
    d^2. NaN without an image, or if all are of one class and predicted so.

    Source: J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968) 213-220.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> quadratic_kappa([[0.75, 0.25], [0.25, 0.75]], [0, 1])
        1.0
    """
    return _value("kappa", probabilities, labels)


def sensitivity(probabilities: Any, labels: Any) -> float:
    """Share of the images of a class that are predicted so (recall).

    probabilities (N, C); labels (N,) -> in [0, 1]. Two classes: of class 1, from p = 0.5 on,
    exclusive. More: mean over the classes that occur (balanced accuracy). NaN if none does.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> sensitivity([[0.75, 0.25], [0.25, 0.75], [0.75, 0.25]], [0, 1, 1])
        0.5
    """
    return _value("sensitivity", probabilities, labels)


def specificity(probabilities: Any, labels: Any) -> float:
    """Share of the images that are not of a class and not predicted so.

    probabilities (N, C); labels (N,) -> in [0, 1]. Two classes: of class 1. More: mean over the
    classes that some image does not have. NaN if there is none.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> specificity([[0.75, 0.25], [0.25, 0.75], [0.75, 0.25]], [0, 0, 1])
        0.5
    """
    return _value("specificity", probabilities, labels)


def calibration_error(probabilities: Any, labels: Any, bins: int = BINS) -> float:
    """Expected calibration error: how far confidence and accuracy are apart.

    probabilities (N, C); labels (N,) -> in [0, 1]; NaN without an image. Confidence is the
    probability of the predicted class. Mean over equal bins of [0, 1] of |accuracy - confidence|,
    weighted by their images; a bin holds its lower edge, the last one 1 too. (torchmetrics keeps
    confidences of exactly 1 in a bin of their own; otherwise it is the same.) Few images make even
    a calibrated model's error large: compare only what comes from the same number, and give it an
    interval by `softcam_core.metrics.intervals.reflected_interval`.

    Source: C. Guo et al., On calibration of modern neural networks, ICML 2017.

    Raises:
        ValueError: wrong shapes or values, or no bin.

    Example:
        >>> calibration_error([[0.75, 0.25], [0.75, 0.25]], [0, 1])
        0.25
    """
    return _value("calibration_error", probabilities, labels, bins)


def brier_score(probabilities: Any, labels: Any) -> float:
    """Mean squared distance of the probabilities from the truth.

    probabilities (N, C); labels (N,) -> in [0, 1] for two classes, that of class 1; for more, the
    sum over the classes, in [0, 2] (scikit-learn's convention). NaN without an image.

    Source: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly
    Weather Review 78 (1950).

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> brier_score([[0.5, 0.5], [1.0, 0.0]], [1, 0])
        0.125
    """
    return _value("brier_score", probabilities, labels)


def roc_curve(probabilities: Any, labels: Any, class_index: int = 1) -> RocCurve:
    """True against false positive rate of one class against the rest.

    probabilities (N, C); labels (N,) -> points of equal slope are left out.

    Raises:
        ValueError: wrong shapes or values, NaN, or no such class.

    Example:
        >>> roc_curve([[0.9, 0.1], [0.25, 0.75]], [0, 1]).true_positive_rate
        array([0., 1., 1.])
    """
    p, y = _known(probabilities, labels)
    if not 0 <= class_index < p.shape[1]:
        raise ValueError(f"class_index: expected 0 to {p.shape[1] - 1}, got {class_index}")
    positive = y == class_index
    if not 0 < positive.sum() < len(y):
        nothing = np.empty(0)
        return RocCurve(nothing, nothing, nothing, float("nan"))
    from sklearn import metrics

    false, true, thresholds = metrics.roc_curve(positive, p[:, class_index])
    one_side = np.stack([1 - p[:, class_index], p[:, class_index]], axis=1)
    return RocCurve(false, true, thresholds, auc(one_side, positive))


def reliability_curve(probabilities: Any, labels: Any, bins: int = BINS) -> ReliabilityCurve:
    """Mean confidence and accuracy in the bins of `calibration_error`.

    probabilities (N, C); labels (N,) -> (bins,) each.

    Raises:
        ValueError: wrong shapes or values, NaN, or no bin.

    Example:
        >>> reliability_curve([[0.75, 0.25], [1.0, 0.0]], [0, 1], bins=2).accuracy
        array([nan, 0.5])
    """
    p, y = _known(probabilities, labels)
    confidence = p.max(1)
    place = confidence_bins(confidence, bins)
    count = np.bincount(place, minlength=bins)
    sums = [np.bincount(place, values, bins) for values in (confidence, p.argmax(1) == y)]
    with np.errstate(invalid="ignore"):
        return ReliabilityCurve(sums[0] / count, sums[1] / count, count.astype(np.int64))


def confusion_matrix(probabilities: Any, labels: Any) -> NDArray[np.int64]:
    """Count how often each class is predicted for each.

    probabilities (N, C); labels (N,) -> (C, C) int64, true class by row, predicted by column.

    Raises:
        ValueError: wrong shapes or values, or NaN.

    Example:
        >>> confusion_matrix([[0.75, 0.25], [0.75, 0.25]], [0, 1])
        array([[1, 0],
               [1, 0]])
    """
    p, y = _known(probabilities, labels)
    classes = p.shape[1]
    counts = np.bincount(y * classes + p.argmax(1), minlength=classes**2)
    return counts.reshape(classes, classes).astype(np.int64)


def _known(probabilities: Any, labels: Any) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    p, y = checked(probabilities, labels)
    if np.isnan(p).any():
        raise ValueError("probabilities: expected values in [0, 1], got NaN")
    return p, y


def _value(name: str, probabilities: Any, labels: Any, bins: int = BINS) -> float:
    statistic = classification_statistic(name, probabilities, labels, bins)
    return value_of(statistic, len(labels))
