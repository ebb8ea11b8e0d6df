"""Numbers about predictions over resamples, against scikit-learn on the images drawn."""

import math
import warnings

import numpy as np
import pytest
from sklearn import metrics as sk

from softcam_core.metrics.classification import accuracy, auc, average_precision, calibration_error
from softcam_core.metrics.intervals import intervals, paired_difference, resampled, value_of
from softcam_core.metrics.weighted import (
    CLASSIFICATION,
    classification_statistic,
    classification_statistics,
)
from tests.core.metrics.reference_predictions import drawn, predictions


def slow(name, p, y, classes):
    """One number of the images given, by scikit-learn; ``classes``: of the macro mean."""
    predicted = p.argmax(1)
    truths = [(y == c) for c in classes]
    if name == "accuracy":
        return sk.accuracy_score(y, predicted)
    if name == "brier_score":
        return sk.brier_score_loss(y, p, labels=range(p.shape[1]))
    if name == "kappa":
        return sk.cohen_kappa_score(y, predicted, weights="quadratic")
    if name == "calibration_error":
        return calibration_error(p, y)
    if name in ("auc", "average_precision"):
        if any(len(set(truth)) < 2 for truth in truths):
            return math.nan
        score = sk.roc_auc_score if name == "auc" else sk.average_precision_score
        return np.mean([score(t, p[:, c]) for t, c in zip(truths, classes, strict=True)])
    negative = name == "specificity"
    shares = [
        sk.recall_score(t != negative, (predicted == c) != negative, zero_division=math.nan)
        for t, c in zip(truths, classes, strict=True)
    ]
    return np.mean(shares)


@pytest.mark.parametrize("groups", [None, [i // 3 for i in range(24)]])
@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("classes", [2, 4])
@pytest.mark.parametrize("name", CLASSIFICATION)
def test_resamples_equal_scikit_learn_on_the_images_drawn(name, classes, ties, groups):
    p, y = predictions(classes, images=24, ties=ties)
    assert len(set(y)) == classes
    asked = [1] if classes == 2 else range(classes)
    found = resampled(24, [classification_statistic(name, p, y)], 3, 60, groups)[0]
    for value, images in zip(found, drawn(24, 3, 60, groups), strict=True):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = slow(name, p[images], y[images], asked)
        assert value == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_a_resample_without_a_class_is_no_mean_over_the_others():
    """A rare class that is hard must not make resamples that miss it look better."""
    p = np.array([[0.8, 0.1, 0.1], [0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.7, 0.1]] * 5)
    y = np.array([0, 0, 1, 1] * 5)
    p, y = np.vstack([p, [[0.6, 0.35, 0.05]]]), np.append(y, 2)
    for name in ("auc", "average_precision", "sensitivity"):
        one = classification_statistic(name, p, y)
        missed = np.append(np.ones(20), 0)[None]
        assert math.isnan(one(missed)[0])
        value, [(_, high)] = value_of(one, 21), intervals(21, [one])
        assert value < 0.85
        assert high < 1


def test_a_ranking_takes_both_sides_in_each_resample():
    p, y = predictions(2, images=20)
    for name in ("auc", "average_precision"):
        one = classification_statistic(name, p, y)
        assert np.isnan(one(np.stack([y == 1, y == 0]).astype(float))).all()


def test_everything_at_once_is_the_same_and_named():
    p, y = predictions(3, images=30)
    every = classification_statistics(p, y)
    assert tuple(every) == CLASSIFICATION
    together = intervals(30, list(every.values()))
    for name, ends in zip(CLASSIFICATION, together, strict=True):
        [alone] = intervals(30, [classification_statistic(name, p, y)])
        assert ends == pytest.approx(alone, abs=1e-14)
    assert value_of(every["auc"], 30) == auc(p, y)
    assert value_of(every["accuracy"], 30) == accuracy(p, y)
    assert value_of(every["average_precision"], 30) == average_precision(p, y)


def test_two_models_are_compared_on_the_same_images():
    p, y = predictions(2, images=80)
    worse = 0.5 + 0.9 * (p - 0.5)
    worse[::4] = worse[::4, ::-1]
    one, other = (classification_statistic("auc", x, y) for x in (p, worse))
    found = paired_difference(80, one, other, resamples=500)
    assert found.value == pytest.approx(auc(p, y) - auc(worse, y))
    assert found.low > 0
    assert found.p < 0.02


def test_what_is_undefined_of_the_images_is_undefined_of_all_resamples():
    p, _ = predictions(2, images=10)
    values = resampled(10, [classification_statistic("auc", p, np.ones(10))], resamples=20)
    assert np.isnan(values).all()
    p[2] = math.nan
    values = resampled(10, list(classification_statistics(p, np.arange(10) % 2).values()), 0, 20)
    assert np.isnan(values).all()


def test_an_unknown_number_is_named():
    with pytest.raises(ValueError, match=r"name: expected one of accuracy, .*, got 'f1'"):
        classification_statistic("f1", [[0.5, 0.5]], [0])
