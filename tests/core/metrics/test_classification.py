"""Numbers about predictions against scikit-learn and torchmetrics, and by hand."""

import math
import subprocess
import sys
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from softcam_core.metrics import classification
from softcam_core.metrics.classification import (
    accuracy,
    auc,
    average_precision,
    brier_score,
    calibration_error,
    confusion_matrix,
    quadratic_kappa,
    reliability_curve,
    roc_curve,
    sensitivity,
    specificity,
)
from tests.core.metrics.reference_predictions import predictions

NUMBERS = (
    accuracy,
    auc,
    average_precision,
    brier_score,
    calibration_error,
    quadratic_kappa,
    sensitivity,
    specificity,
)
CURVES = (confusion_matrix, reliability_curve, roc_curve)


def confidence_and_accuracy(p, y):
    return p.max(1), p.argmax(1) == y


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_numbers_equal_scikit_learns(classes, ties):
    p, y = predictions(classes, ties=ties)
    predicted, asked = p.argmax(1), [1] if classes == 2 else range(classes)
    assert accuracy(p, y) == pytest.approx(sk.accuracy_score(y, predicted), abs=1e-14)
    areas = [sk.roc_auc_score(y == c, p[:, c]) for c in asked]
    assert auc(p, y) == pytest.approx(np.mean(areas), abs=1e-14)
    areas = [sk.average_precision_score(y == c, p[:, c]) for c in asked]
    assert average_precision(p, y) == pytest.approx(np.mean(areas), abs=1e-14)
    kappa = sk.cohen_kappa_score(y, predicted, weights="quadratic")
    assert quadratic_kappa(p, y) == pytest.approx(kappa, abs=1e-14)
    found = np.mean([sk.recall_score(y == c, predicted == c) for c in asked])
    assert sensitivity(p, y) == pytest.approx(found, abs=1e-14)
    found = np.mean([sk.recall_score(y != c, predicted != c) for c in asked])
    assert specificity(p, y) == pytest.approx(found, abs=1e-14)
    assert (confusion_matrix(p, y) == sk.confusion_matrix(y, predicted)).all()
    if classes > 2:
        balanced = sk.balanced_accuracy_score(y, predicted)
        assert sensitivity(p, y) == pytest.approx(balanced, abs=1e-14)


@pytest.mark.parametrize("classes", [2, 4])
def test_the_brier_score_is_scikit_learns(classes):
    p, y = predictions(classes)
    of = p[:, 1] if classes == 2 else p
    assert brier_score(p, y) == pytest.approx(sk.brier_score_loss(y, of), abs=1e-14)


@pytest.mark.parametrize("bins", [1, 10, 15])
@pytest.mark.parametrize("classes", [2, 4])
def test_the_calibration_error_is_torchmetrics(classes, bins):
    """It computes in float32."""
    from torchmetrics.functional.classification import multiclass_calibration_error

    p, y = predictions(classes)
    expected = multiclass_calibration_error(torch.tensor(p), torch.tensor(y), classes, bins)
    assert calibration_error(p, y, bins) == pytest.approx(float(expected), abs=1e-6)


def test_the_calibration_error_by_a_loop_over_bins_with_their_edges():
    """Fifths are edges of fifteenths, and a confidence of 1 belongs to the last bin."""
    p = np.array([[0.2, 0.8], [0.4, 0.6], [0.0, 1.0], [1.0, 0.0], [0.95, 0.05], [0.61, 0.39]])
    y = np.array([1, 0, 1, 1, 0, 0])
    confidence, right = confidence_and_accuracy(p, y)
    edges = np.linspace(0, 1, 16)
    expected, counts = 0.0, []
    for index in range(15):
        low, high = edges[index], edges[index + 1]
        inside = (confidence >= low) & ((confidence < high) | (index == 14))
        counts.append(inside.sum())
        if inside.any():
            gap = right[inside].mean() - confidence[inside].mean()
            expected += inside.mean() * abs(gap)
    assert calibration_error(p, y) == pytest.approx(expected, abs=1e-15)
    curve = reliability_curve(p, y)
    assert curve.count.tolist() == counts
    assert counts[9] == 2
    assert counts[12] == 1
    assert counts[14] == 3


@pytest.mark.parametrize("classes", [2, 4])
def test_a_reliability_curve_adds_up_to_the_calibration_error(classes):
    p, y = predictions(classes, images=40)
    curve = reliability_curve(p, y, bins=15)
    empty = curve.count == 0
    assert empty.any()
    assert np.isnan(curve.accuracy[empty]).all()
    assert np.isnan(curve.confidence[empty]).all()
    gaps = np.abs(curve.accuracy - curve.confidence)[~empty]
    assert (gaps * curve.count[~empty]).sum() / 40 == pytest.approx(calibration_error(p, y))
    confidence, right = confidence_and_accuracy(p, y)
    assert np.nansum(curve.confidence * curve.count) == pytest.approx(confidence.sum())
    assert np.nansum(curve.accuracy * curve.count) == pytest.approx(right.sum())
    assert curve.count.dtype == np.int64


@pytest.mark.parametrize(("classes", "one"), [(2, 1), (2, 0), (4, 2)])
def test_a_roc_curve_is_that_of_one_class_against_the_rest(classes, one):
    p, y = predictions(classes, ties=True)
    curve = roc_curve(p, y, one)
    area = np.trapezoid(curve.true_positive_rate, curve.false_positive_rate)
    assert curve.auc == pytest.approx(area)
    assert curve.auc == pytest.approx(sk.roc_auc_score(y == one, p[:, one]))
    for x, t, threshold in zip(
        curve.false_positive_rate, curve.true_positive_rate, curve.thresholds, strict=True
    ):
        assert x == np.mean(p[y != one, one] >= threshold)
        assert t == np.mean(p[y == one, one] >= threshold)


def test_a_confusion_matrix_has_the_truth_in_rows_and_every_class():
    p = np.array([[0.1, 0.8, 0.1], [0.8, 0.1, 0.1]])
    found = confusion_matrix(p, [0, 0])
    assert found.tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert found.dtype == np.int64


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("classes", [2, 3])
def test_tensors_arrays_and_lists_give_the_same(number, classes):
    p, y = predictions(classes, images=20)
    p = p.astype(np.float32)
    expected = number(p, y)
    assert type(expected) is float
    assert number(torch.tensor(p, requires_grad=True), torch.tensor(y)) == expected
    assert number(p.tolist(), y.tolist()) == expected
    assert number(p, y.astype(float)) == expected
    if classes == 2:
        assert number(p, torch.tensor(y).bool()) == expected


def test_rounding_is_no_error():
    """A mean of softmaxes may end a little above 1."""
    p, y = [[1 + 1e-9, -0.0], [0.0, 1.0], [1 + 2e-9, 0.0]], [0, 1, 1]
    assert accuracy(p, y) == pytest.approx(2 / 3)
    assert reliability_curve(p, y).count[-1] == 3
    half = torch.tensor([[0.7, 0.3], [0.1, 0.9], [0.6, 0.4]], dtype=torch.bfloat16)
    assert accuracy(half, y) == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="probabilities"):
        accuracy([[1.01, 0.0]], [0])


@pytest.mark.parametrize("number", NUMBERS)
@settings(deadline=None)
@given(seed=st.integers(0, 99), order=st.permutations(range(12)))
def test_the_order_of_images_changes_nothing(number, seed, order):
    p, y = predictions(3, images=12, ties=True, seed=seed)
    found = number(p[order], y[order])
    assert found == pytest.approx(number(p, y), abs=1e-13, nan_ok=True)


@settings(deadline=None)
@given(st.integers(0, 99))
def test_an_auc_turns_with_its_scores_and_keeps_any_order(seed):
    p, y = predictions(2, images=15, ties=True, seed=seed)
    if len(set(y)) == 2:
        assert auc(p[:, ::-1], y) == pytest.approx(1 - auc(p, y))
        assert auc(p[:, ::-1], 1 - y) == pytest.approx(auc(p, y))
        other = p[:, 1] ** 3 / 2
        assert auc(np.stack([1 - other, other], 1), y) == pytest.approx(auc(p, y))


def test_one_class_only_is_undefined_where_it_takes_two():
    p, _ = predictions(2, images=6)
    for label, known in ((0, specificity), (1, sensitivity)):
        y = np.full(6, label)
        assert math.isnan(auc(p, y))
        assert math.isnan(average_precision(p, y))
        assert {f for f in (sensitivity, specificity) if not math.isnan(f(p, y))} == {known}
        assert len(roc_curve(p, y).true_positive_rate) == 0
        assert math.isnan(roc_curve(p, y).auc)
    sure = np.array([[1.0, 0.0], [0.9, 0.1]])
    assert math.isnan(quadratic_kappa(sure, [0, 0]))
    assert quadratic_kappa(sure, [1, 1]) == 0
    assert accuracy(sure, [0, 0]) == 1


def test_a_class_without_images_is_left_out_of_the_mean():
    p, y = predictions(3)
    p = np.concatenate([0.9 * p, np.full((len(p), 1), 0.1)], axis=1)
    assert auc(p, y) == pytest.approx(auc(p[:, :3] / 0.9, y))
    assert average_precision(p, y) == pytest.approx(average_precision(p[:, :3] / 0.9, y))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = sk.recall_score(
            y, p.argmax(1), labels=range(4), average="macro", zero_division=np.nan
        )
    assert sensitivity(p, y) == pytest.approx(expected)


@pytest.mark.parametrize("number", NUMBERS)
def test_without_an_image_everything_is_undefined(number):
    assert math.isnan(number(np.empty((0, 2)), np.empty(0, int)))


def test_without_an_image_curves_are_empty():
    nothing = np.empty((0, 2)), np.empty(0, int)
    assert confusion_matrix(*nothing).tolist() == [[0, 0], [0, 0]]
    assert reliability_curve(*nothing).count.sum() == 0
    assert len(roc_curve(*nothing).thresholds) == 0


@pytest.mark.parametrize("number", NUMBERS)
def test_a_probability_that_is_no_number_leaves_the_result_undefined(number):
    p, y = predictions(2, images=8)
    p[3, 1] = math.nan
    assert math.isnan(number(p, y))


@pytest.mark.parametrize("curve", CURVES)
def test_a_curve_of_nan_is_an_error(curve):
    with pytest.raises(ValueError, match=r"probabilities: expected values .*, got NaN"):
        curve([[math.nan, math.nan], [0.5, 0.5]], [0, 1])


@pytest.mark.parametrize("what", [*NUMBERS, *CURVES])
@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        ([0.5, 0.5], [0, 1], r"probabilities: expected shape \(N, C\).*got \(2,\)"),
        ([[1.0], [1.0]], [0, 0], r"probabilities: .* 2 classes or more, got \(2, 1\)"),
        ([[2.0, -1.0]], [0], "probabilities: .*logits"),
        ([[math.inf, 0.0]], [0], "probabilities: "),
        ([[0.5, 0.5]], [0, 1], r"labels: expected shape \(1,\), got \(2,\)"),
        ([[0.5, 0.5]], [2], "labels: expected whole numbers from 0 to 1, got 2"),
        ([[0.5, 0.5]], [-1], "labels: expected whole numbers from 0 to 1, got -1"),
        ([[0.5, 0.5]], [0.5], "labels: expected whole numbers from 0 to 1, got 0.5"),
        ([[0.5, 0.5]], [math.nan], "labels: expected whole numbers from 0 to 1, got nan"),
        ([[0.5, 0.5]], ["normal"], "labels: expected whole numbers from 0 to 1, got normal"),
    ],
)
def test_wrong_arguments_are_named(what, p, y, message):
    with pytest.raises(ValueError, match=message):
        what(p, y)


def test_wrong_classes_and_bins_are_named():
    p, y = predictions(2, images=4)
    with pytest.raises(ValueError, match="class_index: expected 0 to 1, got 2"):
        roc_curve(p, y, 2)
    for binned in (calibration_error, reliability_curve):
        with pytest.raises(ValueError, match="bins: expected 1 or more, got 0"):
            binned(p, y, 0)


def test_it_takes_no_torch():
    """The summary of an evaluation is made in the window too, which never loads torch."""
    code = (
        "import sys; from softcam_core.metrics import auc, delong_interval, paired_difference; "
        "auc([[.5, .5], [.2, .8]], [0, 1]); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False", done.stderr


def test_every_number_says_how_it_is_used():
    for what in (*NUMBERS, *CURVES):
        assert "Example:" in what.__doc__
        assert what.__module__ == classification.__name__
