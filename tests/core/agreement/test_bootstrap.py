"""Intervals over cases."""

import math

import numpy as np
import pytest

from softcam_core.agreement import bootstrap
from softcam_core.agreement.bootstrap import intervals, mean, ratio


def test_the_interval_of_a_mean_is_that_of_theory():
    values = np.random.default_rng(1).normal(5, 2, 400)
    [(low, high)] = intervals(400, [mean(values)], seed=3)
    half = 1.96 * values.std() / math.sqrt(400)
    assert low == pytest.approx(values.mean() - half, abs=0.03)
    assert high == pytest.approx(values.mean() + half, abs=0.03)


def test_the_same_seed_gives_the_same_interval_however_it_is_computed(monkeypatch):
    values = np.random.default_rng(2).random(30)
    first = intervals(30, [mean(values)], seed=5)
    monkeypatch.setattr(bootstrap, "_PORTION", 100)
    assert intervals(30, [mean(values)], seed=5) == first
    assert intervals(30, [mean(values)], seed=6) != first


def test_cases_are_drawn_and_not_what_they_hold():
    """Ten lesions of one case come and go together: the interval is wider than of ten cases."""
    hits, lesions = np.array([10.0, 0.0, 10.0, 0.0]), np.array([10.0, 10.0, 10.0, 10.0])
    [(low, high)] = intervals(4, [ratio(hits, lesions)])
    assert (low, high) == (0, 1)


def test_undefined_cases_are_left_out():
    [(low, high)] = intervals(4, [mean([0.5, math.nan, 0.5, math.nan])])
    assert (low, high) == (0.5, 0.5)
    [(low, high)] = intervals(3, [ratio([0, 0, 0], [0, 0, 0])])
    assert math.isnan(low)
    assert math.isnan(high)


def test_one_case_has_no_interval():
    assert all(math.isnan(end) for end in intervals(1, [mean([0.5])])[0])
