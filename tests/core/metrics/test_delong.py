"""DeLong's intervals and test against all pairs, and what theory says of them."""

import math
from statistics import NormalDist

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from softcam_core.metrics.classification import auc
from softcam_core.metrics.delong import delong, delong_interval
from softcam_core.metrics.intervals import intervals, paired_difference
from softcam_core.metrics.weighted import classification_statistic
from tests.core.metrics.reference_predictions import (
    clustered_covariance,
    covariance,
    normal_tail,
    placements,
)

Z = 1.959963984540054


def scores(images, levels, seed=0):
    """Two correlated scores of ``levels`` values, and labels with both classes twice at least."""
    rng = np.random.default_rng(seed)
    labels = np.append([0, 0, 1, 1], rng.integers(0, 2, images - 4))
    base = rng.normal(size=images) + labels
    both = [base + rng.normal(size=images) for _ in range(2)]
    return [np.round(x * levels / 6) for x in both], labels


@pytest.mark.parametrize("levels", [3, 1000])
@pytest.mark.parametrize("images", [9, 40, 151])
def test_one_auc_equals_all_pairs(images, levels):
    (a, b), y = scores(images, levels)
    variance = covariance(a, b, y)[0, 0]
    area = placements(a, y)[1]
    plain, logit = delong_interval(a, y, scale="plain"), delong_interval(a, y)
    assert plain.auc == logit.auc == pytest.approx(area, abs=1e-14)
    assert plain.error == logit.error == pytest.approx(math.sqrt(variance), abs=1e-14)
    assert plain.low == pytest.approx(max(area - Z * math.sqrt(variance), 0))
    assert plain.high == pytest.approx(min(area + Z * math.sqrt(variance), 1))
    middle, half = math.log(area / (1 - area)), Z * math.sqrt(variance) / (area * (1 - area))
    for end, expected in ((logit.low, middle - half), (logit.high, middle + half)):
        assert math.log(end / (1 - end)) == pytest.approx(expected)


@pytest.mark.parametrize("levels", [3, 1000])
@pytest.mark.parametrize("images", [6, 40, 151])
def test_a_difference_equals_all_pairs(images, levels):
    (a, b), y = scores(images, levels, seed=1)
    both = covariance(a, b, y)
    error = math.sqrt(both[0, 0] + both[1, 1] - 2 * both[0, 1])
    found = delong(a, b, y)
    assert found.difference == pytest.approx(placements(a, y)[1] - placements(b, y)[1], abs=1e-14)
    assert found.difference == pytest.approx(found.auc_a - found.auc_b, abs=1e-14)
    assert found.error == pytest.approx(error, abs=1e-14)
    assert found.p == pytest.approx(normal_tail(found.difference / error), abs=1e-12)
    assert found.low == pytest.approx(max(found.difference - Z * error, -1))
    assert found.high == pytest.approx(min(found.difference + Z * error, 1))


@pytest.mark.parametrize("levels", [3, 1000])
def test_patients_with_several_images_equal_obuchowskis_sums(levels):
    (a, b), y = scores(60, levels, seed=2)
    patients = np.random.default_rng(3).integers(0, 15, 60)
    found = delong_interval(a, y, groups=[f"p{i}" for i in patients])
    assert found.error == pytest.approx(
        math.sqrt(clustered_covariance(a, a, y, patients)[0, 0]), abs=1e-14
    )
    both = clustered_covariance(a, b, y, patients)
    expected = math.sqrt(both[0, 0] + both[1, 1] - 2 * both[0, 1])
    assert delong(a, b, y, groups=patients).error == pytest.approx(expected, abs=1e-14)


def test_patients_of_one_image_each_change_nothing():
    (a, b), y = scores(40, 20)
    names = np.arange(40)[::-1]
    assert delong_interval(a, y, groups=names) == delong_interval(a, y)
    assert delong(a, b, y, groups=names) == delong(a, b, y)


def test_copies_of_images_are_not_new_patients():
    (a, b), y = scores(40, 1000)
    many = [np.repeat(x, 5) for x in (a, b, y)]
    patients = np.repeat(np.arange(40), 5)
    assert delong(*many, groups=patients).error == pytest.approx(delong(a, b, y).error)
    assert delong_interval(*many[::2], groups=patients).error == pytest.approx(
        delong_interval(a, y).error
    )
    assert delong(*many).error < 0.6 * delong(a, b, y).error


def test_a_model_does_not_differ_from_itself():
    (a, _), y = scores(30, 1000)
    found = delong(a, 2 * a + 1, y)
    assert found.difference == found.error == 0
    assert all(math.isnan(x) for x in (found.low, found.high, found.p))


@settings(deadline=None)
@given(st.integers(0, 60))
def test_a_difference_turns_with_its_sides(seed):
    (a, b), y = scores(12, 6, seed)
    there, back = delong(a, b, y), delong(b, a, y)
    assert back.difference == -there.difference
    assert (back.auc_a, back.auc_b) == (there.auc_b, there.auc_a)
    assert back.p == pytest.approx(there.p, nan_ok=True)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low), nan_ok=True)


@settings(deadline=None)
@given(st.integers(0, 60), st.permutations(range(12)))
def test_the_order_of_images_changes_nothing(seed, order):
    (a, b), y = scores(12, 6, seed)
    mixed = delong(a[order], b[order], y[order])
    for name, value in vars(delong(a, b, y)).items():
        assert getattr(mixed, name) == pytest.approx(value, abs=1e-13, nan_ok=True)


@settings(deadline=None)
@given(st.integers(0, 60))
def test_swapped_classes_and_any_increasing_scale_keep_the_interval(seed):
    (a, _), y = scores(12, 6, seed)
    found = delong_interval(a, y)
    assume(not math.isnan(found.low))
    for other in (delong_interval(-a, 1 - y), delong_interval(np.exp(a), y)):
        assert (other.auc, other.low, other.high) == pytest.approx(
            (found.auc, found.low, found.high)
        )
    turned = delong_interval(-a, y)
    assert (turned.low, turned.high) == pytest.approx((1 - found.high, 1 - found.low))


def covers(auc_true, images, scale, rounds=1500):
    """Share of made studies whose 95% interval holds the AUC that they were made with."""
    rng = np.random.default_rng(11)
    apart = math.sqrt(2) * NormalDist().inv_cdf(auc_true)
    held = []
    for _ in range(rounds):
        y = np.arange(images) % 2
        x = rng.normal(size=images) + apart * y
        found = delong_interval(x, y, scale=scale)
        held.append(found.low <= auc_true <= found.high)
    return np.mean(held)


@pytest.mark.parametrize("scale", ["logit", "plain"])
def test_the_interval_holds_the_truth_in_95_of_100_studies(scale):
    assert covers(0.8, 100, scale) == pytest.approx(0.95, abs=0.015)


def test_near_one_and_of_few_images_the_logit_holds_it_and_the_plain_interval_does_not():
    assert covers(0.9, 20, "logit", 600) > 0.9
    assert covers(0.9, 20, "plain", 600) < 0.87


def test_the_test_of_two_equal_models_is_wrong_in_5_of_100_studies():
    rng = np.random.default_rng(12)
    p = []
    for _ in range(1500):
        y = np.arange(100) % 2
        shared = rng.normal(size=100) + y
        a, b = (shared + 0.5 * rng.normal(size=100) for _ in range(2))
        p.append(delong(a, b, y).p)
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.015)


def test_correlated_images_of_patients_take_wider_intervals():
    """Four images of each of 30 patients, nearly alike: only with patients does it hold."""
    rng = np.random.default_rng(13)
    truth = 0.8
    apart = math.sqrt(2) * NormalDist().inv_cdf(truth)
    patients, y = np.repeat(np.arange(30), 4), np.repeat(np.arange(30) % 2, 4)
    held = {False: 0, True: 0}
    for _ in range(400):
        own = np.repeat(rng.normal(0, math.sqrt(0.8), 30), 4)
        x = own + rng.normal(0, math.sqrt(0.2), 120) + apart * y
        for known in held:
            found = delong_interval(x, y, groups=patients if known else None)
            held[known] += found.low <= truth <= found.high
    assert held[True] / 400 > 0.91
    assert held[False] / 400 < 0.8


def test_the_bootstrap_agrees_where_there_are_many_images():
    (a, b), y = scores(600, 1000, seed=4)
    p = [np.stack([1 - x, x], 1) for x in ((v - v.min()) / np.ptp(v) for v in (a, b))]
    one, other = (classification_statistic("auc", x, y) for x in p)
    [(low, high)] = intervals(600, [one])
    found = delong_interval(p[0], y)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.006)
    drawn, exact = paired_difference(600, one, other), delong(*p, y)
    assert (exact.low, exact.high) == pytest.approx((drawn.low, drawn.high), abs=0.006)
    assert exact.difference == pytest.approx(drawn.value)
    assert exact.p == pytest.approx(drawn.p, abs=0.05)


def test_probabilities_scores_and_tensors_are_taken():
    (a, _), y = scores(40, 1000)
    p = 1 / (1 + np.exp(-a / 200))
    two = np.stack([1 - p, p], 1)
    expected = delong_interval(p, y)
    assert (
        delong_interval(two, y) == delong_interval(torch.tensor(two), torch.tensor(y)) == expected
    )
    assert delong_interval(p.tolist(), (y == 1).tolist()) == expected
    assert expected.auc == pytest.approx(auc(two, y))
    assert delong(two, p, y).difference == 0


@pytest.mark.parametrize(
    ("x", "y", "value"),
    [
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1),
        ([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0], 0),
        ([0.5, 0.5, 0.5, 0.5], [1, 1, 0, 0], 0.5),
        ([0.1, 0.2, 0.3], [0, 1, 0], 0.5),
        ([0.1, 0.2, 0.3], [1, 1, 1], math.nan),
        ([0.1, math.nan, 0.3, 0.4], [1, 0, 1, 0], math.nan),
        ([], [], math.nan),
    ],
)
@pytest.mark.parametrize("scale", ["logit", "plain"])
def test_without_a_variance_there_is_no_interval(x, y, value, scale):
    found = delong_interval(x, y, scale=scale)
    assert found.auc == pytest.approx(value, nan_ok=True)
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    compared = delong(x, x[::-1], y)
    assert compared.auc_a == pytest.approx(value, nan_ok=True)
    assert all(math.isnan(end) for end in (compared.low, compared.high, compared.p))


def test_thirds_leave_no_rounding_behind():
    """Every placement differs by 1/3: the variance is 0, not what floating point makes of it."""
    y = [0, 1, 0, 1, 0, 1]
    low, high = [2, 1, 4, 3, 6, 5], [1, 2, 3, 4, 5, 6]
    found = delong(high, low, y)
    assert found.difference == pytest.approx(1 / 3)
    assert found.error == 0
    assert math.isnan(found.p)


def test_intervals_stay_where_an_auc_and_a_difference_can_be():
    low, high, y = [6, 4, 5, 3], [1, 4, 3, 8], [0, 0, 1, 1]
    assert delong_interval(low, y, scale="plain").low == 0
    assert delong_interval(high, y, scale="plain").high == 1
    assert delong(high, low, y).high == 1
    assert delong(low, high, y).low == -1


@pytest.mark.parametrize("patients", [[1, 1, 2, 3], [1, 2, 3, 3]])
def test_one_patient_on_a_side_has_no_interval(patients):
    found = delong_interval([0.1, 0.7, 0.4, 0.9], [0, 0, 1, 1], groups=patients)
    assert found.auc == 0.75
    assert math.isnan(found.low)


def test_a_large_study_takes_no_pairs():
    """Ten thousand images have 25 million pairs, whose table alone would be 200 MB."""
    (a, b), y = scores(10_000, 100_000)
    found = delong(a, b, y)
    assert 0 < found.error < 0.01
    assert found.auc_a == pytest.approx(delong_interval(a, y).auc)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: delong_interval([[0.1, 0.2, 0.7]], [0]),
            r"probabilities: expected shape \(N, 2\)",
        ),
        (lambda: delong_interval([0.1, 0.2], [0, 2]), "labels: expected whole numbers from 0 to 1"),
        (lambda: delong_interval([0.1, 0.2], [0]), r"labels: expected shape \(2,\), got \(1,\)"),
        (lambda: delong_interval([0.1], [0], scale="probit"), "scale: expected 'logit' or 'plain'"),
        (lambda: delong_interval([0.1], [0], confidence=95), "confidence: expected between 0 and"),
        (lambda: delong_interval([0.1], [0], groups=[1, 2]), r"groups: expected shape \(1,\)"),
        (lambda: delong([0.1], [0.1, 0.2], [0]), "probabilities_b: expected 1 images, got 2"),
        (lambda: delong([[0.1]], [0.1], [0]), r"probabilities_a: expected shape \(N, 2\)"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
