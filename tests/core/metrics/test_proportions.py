"""Intervals of shares and of AUCs from counts alone, against scipy and their definition."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from softcam_core.metrics.delong import delong_interval
from softcam_core.metrics.proportions import newcombe_interval, proportion_interval


@pytest.mark.parametrize("confidence", [0.5, 0.95])
@pytest.mark.parametrize("cases", [1, 2, 17, 400])
def test_intervals_of_proportions_equal_scipys(cases, confidence):
    for hits in {0, 1, cases // 3, cases - 1, cases}:
        for method, name in (("wilson", "wilson"), ("clopper-pearson", "exact")):
            expected = binomtest(hits, cases).proportion_ci(confidence, name)
            found = proportion_interval(hits, cases, method, confidence)
            assert found == pytest.approx((expected.low, expected.high), abs=1e-12)


@settings(deadline=None)
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_proportion_lies_in_its_interval_which_is_never_empty(counts):
    hits, cases = counts
    narrow, wide = (
        proportion_interval(hits, cases),
        proportion_interval(hits, cases, "clopper-pearson"),
    )
    for low, high in (narrow, wide):
        assert 0 <= low <= hits / cases + 1e-12
        assert hits / cases - 1e-12 <= high <= 1
        assert high - low > 0.02
    mirrored = proportion_interval(cases - hits, cases)
    assert mirrored == pytest.approx((1 - narrow[1], 1 - narrow[0]))


@pytest.mark.parametrize("method", ["wilson", "clopper-pearson"])
def test_a_fraction_of_cases_lies_between_whole_ones(method):
    below, between, above = (proportion_interval(hits, 3, method) for hits in (1, 1.5, 2))
    for end in (0, 1):
        assert below[end] < between[end] < above[end]
    assert sum(between) == pytest.approx(1)


def test_a_proportion_of_nothing_is_undefined_and_wrong_counts_are_named():
    assert all(math.isnan(end) for end in proportion_interval(0, 0))
    with pytest.raises(ValueError, match="hits: expected 0 to 3, got 4"):
        proportion_interval(4, 3)
    with pytest.raises(ValueError, match="method: expected 'wilson' or 'clopper-pearson'"):
        proportion_interval(1, 3, "wald")
    with pytest.raises(ValueError, match="confidence"):
        proportion_interval(1, 3, confidence=0)


def distance(auc, other, positives, negatives):
    """How many standard errors of Hanley and McNeil's, with their exponential scores, AUCs differ.

    Newcombe puts the mean number of both classes in place of each.
    """
    more = (positives + negatives) / 2 - 1
    both_above, both_below = other / (2 - other), 2 * other**2 / (1 + other)
    variance = other * (1 - other)
    variance += more * (both_above - other**2) + more * (both_below - other**2)
    return abs(auc - other) / math.sqrt(variance / (positives * negatives))


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.integers(1, 300), st.integers(1, 300))
def test_newcombes_ends_are_a_quantile_away(auc, positives, negatives):
    low, high = newcombe_interval(auc, positives, negatives)
    assert 0 <= low < auc < high <= 1
    for end in (low, high):
        assert distance(auc, end, positives, negatives) == pytest.approx(1.959963984540054)
    assert newcombe_interval(1 - auc, negatives, positives) == pytest.approx((1 - high, 1 - low))
    wide = newcombe_interval(auc, positives, negatives, 0.99)
    assert wide[0] < low
    assert wide[1] > high


def test_an_auc_of_one_is_the_surer_the_more_images_it_comes_from():
    found = [newcombe_interval(1, n, n) for n in (1, 2, 10, 100, 1000)]
    assert [high for _, high in found] == [1] * 5
    lows = [low for low, _ in found]
    assert lows == sorted(lows)
    assert 0.15 < lows[0] < 0.3
    assert lows[-1] > 0.995
    assert newcombe_interval(0, 10, 10) == pytest.approx((0, 1 - lows[2]))


@pytest.mark.parametrize("sides", [(5, 15), (10, 200)])
def test_it_holds_the_truth_of_few_images_with_an_auc_near_one(sides):
    """Nearly every second study of 5 and 15 images has an AUC of 1, of which DeLong is silent."""
    rng = np.random.default_rng(1)
    truth, held, silent = 0.97, 0, 0
    apart = math.sqrt(2) * NormalDist().inv_cdf(truth)
    y = np.repeat([1, 0], sides)
    for _ in range(600):
        found = delong_interval(rng.normal(size=len(y)) + apart * y, y)
        low, high = newcombe_interval(found.auc, *sides)
        held += low <= truth <= high
        silent += math.isnan(found.low)
    assert held / 600 > 0.94
    assert (silent / 600 > 0.3) == (sides == (5, 15))


def test_an_auc_without_a_class_has_no_interval_and_wrong_values_are_named():
    for nothing in ((0.5, 0, 3), (0.5, 3, 0), (math.nan, 3, 3)):
        assert all(math.isnan(end) for end in newcombe_interval(*nothing))
    with pytest.raises(ValueError, match=r"auc: expected 0 to 1, got 1.5"):
        newcombe_interval(1.5, 2, 2)
    with pytest.raises(ValueError, match="negatives: expected 0 or more, got -1"):
        newcombe_interval(0.5, 2, -1)
    with pytest.raises(ValueError, match="confidence"):
        newcombe_interval(0.5, 2, 2, 95)
