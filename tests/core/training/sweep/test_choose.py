"""The rule: the largest lambda that stays within the tolerance of the dense model."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.training.sweep.choose import Candidate, choose, passes, ranked, shortfall

DENSE = Candidate(0.0, 0.95, 0.98)
metrics = st.floats(-1, 1) | st.just(math.nan)
values = st.lists(st.floats(1e-8, 10), min_size=1, max_size=9, unique=True)
tolerances = st.floats(0, 0.2)


@st.composite
def sweeps(draw) -> tuple[list[Candidate], Candidate, float]:
    reference = Candidate(0.0, draw(metrics), draw(metrics))
    found = [Candidate(value, draw(metrics), draw(metrics)) for value in draw(values)]
    return found, reference, draw(tolerances)


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ([(1e-5, 0.95, 0.98), (1e-4, 0.947, 0.976), (1e-3, 0.90, 0.97)], 1e-4),
        # Both metrics must hold.
        ([(1e-5, 0.95, 0.97), (1e-4, 0.94, 0.98)], 0.0),
        # A smaller one need not.
        ([(1e-5, 0.90, 0.90), (1e-4, 0.95, 0.98)], 1e-4),
        # A loss of the tolerance itself is within it, whatever the rounding.
        ([(1e-4, 0.945, 0.975)], 1e-4),
        ([(1e-4, 0.9449, 0.975)], 0.0),
        # Better than dense is within, however much.
        ([(1e-4, 1.0, 1.0)], 1e-4),
        # What is not a number does not qualify.
        ([(1e-5, 0.95, 0.98), (1e-4, math.nan, 0.98), (1e-3, 0.95, math.nan)], 1e-5),
        ([], 0.0),
    ],
)
def test_by_hand(tried, expected):
    assert choose([Candidate(*one) for one in tried], DENSE, 0.005) == expected


def test_nothing_is_within_an_undefined_reference():
    same = Candidate(1e-4, 0.5, math.nan)
    assert choose([same], Candidate(0.0, 0.5, math.nan), 1.0) == 0.0


def test_the_shortfall_is_that_of_the_worse_metric():
    assert shortfall(Candidate(1, 0.94, 0.95), DENSE) == pytest.approx(0.03)
    assert shortfall(Candidate(1, 0.96, 0.99), DENSE) == pytest.approx(-0.01)
    assert shortfall(Candidate(1, math.nan, 0.99), DENSE) == math.inf


@given(sweeps())
def test_the_choice_passes_and_no_larger_one_does(sweep):
    tried, reference, tolerance = sweep
    chosen = choose(tried, reference, tolerance)
    good = {one.value for one in tried if passes(one, reference, tolerance)}
    assert (chosen in good) == bool(good)
    assert chosen == (max(good) if good else 0.0)
    for one in tried:
        if one.value > chosen:
            # A comparison with NaN is false too.
            assert not (
                one.accuracy >= reference.accuracy - tolerance
                and one.second >= reference.second - tolerance
            )


@given(sweeps(), st.randoms())
def test_the_order_of_the_values_is_nothing(sweep, chance):
    tried, reference, tolerance = sweep
    mixed = list(tried)
    chance.shuffle(mixed)
    assert choose(mixed, reference, tolerance) == choose(tried, reference, tolerance)


@given(sweeps(), st.floats(0, 0.5))
def test_more_tolerance_never_chooses_a_smaller_one(sweep, more):
    tried, reference, tolerance = sweep
    assert choose(tried, reference, tolerance + more) >= choose(tried, reference, tolerance)


@given(sweeps())
def test_the_first_of_the_ranking_is_the_choice(sweep):
    tried, reference, tolerance = sweep
    order = ranked(tried, reference, tolerance)
    assert sorted(one.value for one in order) == sorted(one.value for one in tried)
    chosen = choose(tried, reference, tolerance)
    if chosen:
        assert order[0].value == chosen
    good = [passes(one, reference, tolerance) for one in order]
    assert good == sorted(good, reverse=True)
    losses = [shortfall(one, reference) for one, ok in zip(order, good, strict=True) if not ok]
    assert losses == sorted(losses)
