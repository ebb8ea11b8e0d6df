"""Intervals over images and patients, against theory and against a loop over the same draws."""

import math

import numpy as np
import pytest

from softcam_core.metrics import intervals as module
from softcam_core.metrics.intervals import (
    Sums,
    group_numbers,
    holm,
    intervals,
    mean,
    paired_difference,
    paired_differences,
    percentile_interval,
    ratio,
    reflected_interval,
    resampled,
    value_of,
)
from softcam_core.metrics.weighted import classification_statistic
from tests.core.metrics import reference_predictions


def test_the_interval_of_a_mean_is_that_of_theory():
    values = np.random.default_rng(1).normal(5, 2, 400)
    [(low, high)] = intervals(400, [mean(values)], seed=3)
    half = 1.96 * values.std() / math.sqrt(400)
    assert low == pytest.approx(values.mean() - half, abs=0.03)
    assert high == pytest.approx(values.mean() + half, abs=0.03)


@pytest.mark.parametrize("groups", [None, [7, 3, 7, 5, 3, 3, 1, 9, 5, 2, 8]])
def test_resamples_equal_a_loop_over_the_same_draws(groups):
    values = np.random.default_rng(2).random(11)
    above, below = np.arange(11.0), np.arange(11.0)[::-1]
    found = resampled(11, [mean(values), ratio(above, below)], 4, 50, groups)
    for index, drawn in enumerate(reference_predictions.drawn(11, 4, 50, groups)):
        assert found[0, index] == pytest.approx(values[drawn].mean(), abs=1e-14)
        assert found[1, index] == pytest.approx(above[drawn].sum() / below[drawn].sum(), rel=1e-14)


@pytest.mark.parametrize("groups", [None, np.arange(31) // 3])
def test_the_same_seed_gives_the_same_interval_however_it_is_computed(monkeypatch, groups):
    values = np.random.default_rng(2).integers(0, 100, 31)
    first = intervals(31, [mean(values)], seed=5, groups=groups)
    monkeypatch.setattr(module, "_PORTION", 100)
    monkeypatch.setattr(module, "_TOGETHER", 1)
    many = intervals(31, [mean(values), mean(-values), mean(values)], seed=5, groups=groups)
    assert many[0] == many[2] == first[0]
    assert intervals(31, [mean(values)], seed=6, groups=groups) != first


def test_memory_does_not_grow_with_the_resamples():
    largest = []

    def watch(times):
        largest.append(times.size)
        return times[:, 0]

    resampled(3000, [watch], resamples=5000)
    assert max(largest) <= module._PORTION
    assert sum(largest) == 3000 * 5000


def test_cases_are_drawn_and_not_what_they_hold():
    """Ten lesions of one case come and go together: the interval is wider than of ten cases."""
    hits, lesions = np.array([10.0, 0.0, 10.0, 0.0]), np.array([10.0, 10.0, 10.0, 10.0])
    [(low, high)] = intervals(4, [ratio(hits, lesions)])
    assert (low, high) == (0, 1)


def test_images_of_one_patient_are_drawn_together():
    """Forty copies of four patients are worth four, not forty."""
    values = np.repeat([0.0, 1.0, 0.0, 1.0], 10)
    patients = np.repeat(["b", "d", "a", "c"], 10)
    [together] = intervals(40, [mean(values)], groups=patients)
    [four] = intervals(4, [mean([0.0, 1.0, 0.0, 1.0])])
    assert together == four == (0, 1)
    [apart] = intervals(40, [mean(values)])
    assert apart[0] > 0.2
    assert apart[1] < 0.8


@pytest.mark.parametrize(
    "names", [np.arange(25), np.arange(25)[::-1], [f"p{i}" for i in range(25)]]
)
def test_patients_of_one_image_each_change_nothing(names):
    values = np.random.default_rng(3).random(25)
    assert intervals(25, [mean(values)], groups=names) == intervals(25, [mean(values)])


def test_the_order_of_images_within_patients_changes_nothing():
    rng = np.random.default_rng(4)
    values, patients = rng.integers(0, 9, 30).astype(float), np.repeat(np.arange(10), 3)
    first = intervals(30, [mean(values)], groups=patients)
    mixed = values.reshape(10, 3)[:, ::-1].ravel()
    assert intervals(30, [mean(mixed)], groups=patients) == first


def test_undefined_cases_are_left_out():
    [(low, high)] = intervals(4, [mean([0.5, math.nan, 0.5, math.nan])])
    assert (low, high) == (0.5, 0.5)
    [(low, high)] = intervals(3, [ratio([0, 0, 0], [0, 0, 0])])
    assert math.isnan(low)
    assert math.isnan(high)


@pytest.mark.parametrize(("cases", "groups"), [(0, None), (1, None), (3, [5, 5, 5])])
def test_one_case_or_one_patient_has_no_interval(cases, groups):
    assert all(math.isnan(end) for end in intervals(cases, [mean([0.5] * cases)], groups=groups)[0])


def test_a_value_is_that_of_every_case_once():
    assert value_of(mean([1.0, math.nan, 2.0]), 3) == 1.5
    assert value_of(ratio([1, 2], [4, 4]), 2) == 0.375
    assert math.isnan(value_of(mean([]), 0))


def test_statistics_of_any_kind_come_back_in_their_order():
    """Those made of sums are computed together, and in between stand others."""
    values = np.arange(5.0)
    plain = mean(values)
    square = Sums(values[:, None], lambda sums: sums[:, 0] ** 2)
    found = resampled(5, [plain, lambda times: times[:, 0], square, plain], 1, 20)
    assert (found[0] == found[3]).all()
    assert found[2] == pytest.approx((5 * found[0]) ** 2)
    assert set(found[1]) <= set(range(6))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"groups": [1, 2]}, r"groups: expected shape \(3,\), got \(2,\)"),
        ({"resamples": 0}, "resamples: expected 1 or more, got 0"),
        ({"confidence": 95}, "confidence: expected between 0 and 1, got 95"),
    ],
)
def test_wrong_arguments_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        intervals(3, [mean([1, 2, 3])], **change)


def test_groups_are_numbered_in_order_of_appearance():
    assert group_numbers(["b", "a", "b", "c"], 4).tolist() == [0, 1, 0, 2]


def test_a_method_does_not_differ_from_itself():
    one, again = mean([0.1, 0.5, 0.3]), mean([0.1, 0.5, 0.3])
    found = paired_difference(3, one, again)
    assert (found.value, found.low, found.high, found.p) == (0, 0, 0, 1)


def test_a_difference_is_that_of_the_same_resamples():
    """Two methods that go up and down together differ for sure, though their intervals overlap."""
    rng = np.random.default_rng(5)
    hard = rng.random(60)
    first, second = hard + 0.05, hard + rng.normal(0, 0.01, 60)
    [one, other] = intervals(60, [mean(first), mean(second)])
    assert one[0] < other[1]
    found = paired_difference(60, mean(first), mean(second), seed=7)
    [direct] = intervals(60, [mean(first - second)], seed=7)
    assert (found.low, found.high) == pytest.approx(direct)
    assert found.value == pytest.approx((first - second).mean())
    assert found.p == 2 / 2001


def test_a_difference_turns_with_its_sides():
    rng = np.random.default_rng(6)
    a, b = mean(rng.random(20)), mean(rng.random(20))
    there, back = paired_differences(20, [(a, b), (b, a)])
    assert (back.value, back.p) == (-there.value, there.p)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low), abs=1e-14)


def test_p_is_below_one_in_twenty_in_one_of_twenty_studies_without_a_difference():
    rng = np.random.default_rng(7)
    values = rng.normal(size=(400, 40))
    found = [paired_difference(40, mean(x), mean(np.zeros(40)), resamples=400).p for x in values]
    assert np.mean(np.array(found) < 0.05) == pytest.approx(0.06, abs=0.025)


def test_p_and_interval_agree():
    rng = np.random.default_rng(8)
    for shift in np.linspace(0, 1, 40):
        found = paired_difference(30, mean(rng.normal(shift, 1, 30)), mean(np.zeros(30)))
        if abs(found.p - 0.05) > 0.005:
            assert (found.p < 0.05) == (found.low > 0 or found.high < 0)


def test_an_undefined_difference_is_nan():
    found = paired_difference(2, mean([1.0, 2.0]), mean([math.nan, math.nan]))
    assert all(math.isnan(x) for x in (found.value, found.low, found.high, found.p))


def test_a_percentile_interval_is_numpys():
    values = np.random.default_rng(9).random(101)
    expected = pytest.approx(np.percentile(values, [5, 95]), abs=1e-14)
    assert percentile_interval(values, 0.9) == expected
    assert percentile_interval(np.append(values, math.nan), 0.9) == expected


def test_a_reflected_interval_is_the_percentile_one_turned_about_the_number():
    values = np.random.default_rng(10).normal(3, 1, 999)
    low, high = percentile_interval(values)
    assert reflected_interval(values, 2.5) == pytest.approx((5 - high, 5 - low))
    assert reflected_interval(values, 2.5, lowest=1.5) == pytest.approx((1.5, 5 - low))
    assert reflected_interval(values, 0)[1] == 0
    assert reflected_interval(values, 9)[0] == 9
    for undefined in (reflected_interval(values, math.nan), reflected_interval(values[:0], 1.0)):
        assert all(math.isnan(end) for end in undefined)


def test_a_reflected_interval_holds_a_calibration_error_that_percentiles_miss():
    """An overconfident model, whose error is 0.062: of 200 images it looks like 0.09."""
    rng = np.random.default_rng(11)
    truth, held = 0.062, np.zeros(2)
    for seed in range(100):
        z = rng.normal(0, 1.5, 200)
        y = (rng.random(200) < 1 / (1 + np.exp(-z))).astype(int)
        p = 1 / (1 + np.exp(-1.5 * z))
        one = classification_statistic("calibration_error", np.stack([1 - p, p], 1), y)
        [values] = resampled(200, [one], seed, 500)
        ends = percentile_interval(values), reflected_interval(values, value_of(one, 200), lowest=0)
        held += [low <= truth <= high for low, high in ends]
    assert held[0] < 65
    assert held[1] > 86


def test_holm_by_its_definition():
    """The smallest p against a / n, the next against a / (n - 1), up to the first that fails."""
    p = np.array([0.01, 0.04, math.nan, 0.03, 0.005, 0.9])
    adjusted = holm(p)
    assert math.isnan(adjusted[2])
    for alpha in np.linspace(0.0013, 0.99, 200):
        rejected, left = set(), 5
        for index in np.argsort(p)[:5]:
            if p[index] > alpha / left:
                break
            rejected.add(int(index))
            left -= 1
        assert set(np.flatnonzero(adjusted <= alpha)) == rejected
    assert len(holm([])) == 0


def test_of_no_statistic_there_are_no_resamples():
    assert resampled(5, [], resamples=20).shape == (0, 20)
