"""Successive halving: its rungs, and who goes on."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.training.sweep.choose import Candidate, choose
from softcam_core.training.sweep.halving import promoted, rung_epochs

DENSE = Candidate(0.0, 0.9, 0.9)


@pytest.mark.parametrize(
    ("epochs", "rate", "values", "expected"),
    [
        (70, 0, 7, [70]),
        (9, 3, 9, [1, 3, 9]),
        (70, 2, 7, [18, 35, 70]),
        (70, 4, 7, [18, 70]),
        (70, 3, 2, [70]),  # Fewer values than the rate: nobody can be dropped.
        (1, 2, 8, [1]),
        (3, 2, 8, [2, 3]),
    ],
)
def test_rungs_by_hand(epochs, rate, values, expected):
    assert rung_epochs(epochs, rate, values) == expected


@given(st.integers(1, 200), st.integers(0, 6), st.integers(1, 12))
def test_rungs_climb_to_the_whole_run(epochs, rate, values):
    rungs = rung_epochs(epochs, rate, values)
    assert rungs[-1] == epochs
    assert rungs == sorted(set(rungs))
    assert rungs[0] >= 1


def test_the_largest_that_pass_go_on_and_then_the_nearest():
    tried = [
        Candidate(1e-6, 0.9, 0.9),
        Candidate(1e-5, 0.9, 0.9),
        Candidate(1e-4, 0.8, 0.9),
        Candidate(1e-3, 0.85, 0.9),
        Candidate(1e-2, math.nan, math.nan),
    ]
    assert promoted(tried, DENSE, 0.005, 2) == ([1e-6, 1e-5, 1e-3], [1e-4, 1e-2])
    assert promoted(tried, DENSE, 0.005, 4) == ([1e-6, 1e-5], [1e-3, 1e-4, 1e-2])
    assert promoted(tried, DENSE, 0.005, 5) == ([1e-5], [1e-6, 1e-3, 1e-4, 1e-2])


@given(
    st.lists(
        st.tuples(st.floats(1e-6, 1), st.floats(0, 1), st.floats(0, 1)),
        min_size=1,
        unique_by=lambda one: one[0],
    ),
    st.integers(2, 5),
)
def test_what_would_be_chosen_now_goes_on(tried, rate):
    candidates = [Candidate(*one) for one in tried]
    kept, dropped = promoted(candidates, DENSE, 0.005, rate)
    assert sorted(kept + dropped) == sorted(one.value for one in candidates)
    assert len(kept) == math.ceil(len(candidates) / rate)
    chosen = choose(candidates, DENSE, 0.005)
    assert not chosen or chosen in kept
