"""Parts that add up still do as they are written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.explain.rounding import rounded_parts

parts = st.lists(st.floats(-100, 100), min_size=1, max_size=8)


@given(parts, st.integers(0, 3))
def test_the_sum_is_the_rounded_sum_and_nothing_moves_a_whole_digit(values, digits):
    found = rounded_parts(values, digits)
    assert sum(found) == pytest.approx(math.fsum(values), abs=0.5 * 10**-digits + 1e-6)
    for before, after in zip(values, found, strict=True):
        assert abs(before - after) < 10**-digits + 1e-6


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=8))
def test_what_is_round_already_stays(numbers):
    values = [number / 100 for number in numbers]
    assert rounded_parts(values) == values


def test_the_reports_example():
    assert rounded_parts([0.0851, -0.0549]) == [0.09, -0.06]
    assert rounded_parts([2.004, -0.001]) == [2.0, 0.0]


def test_what_is_not_finite_stays():
    assert math.isnan(rounded_parts([math.nan, 1.0])[0])
