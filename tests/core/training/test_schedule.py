"""The learning rate against the formula of the paper's appendix, and the poster's steps."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.training.schedule import learning_rate, stepped_rate


def test_the_papers_schedule_is_held_after_step_56_of_70():
    rates = [learning_rate(epoch, 1e-3, 70) for epoch in range(70)]
    cosine = [1e-3 * (1 + math.cos(math.pi * epoch / 70)) / 2 for epoch in range(70)]
    assert rates[:56] == pytest.approx(cosine[:56])
    assert rates[55] > 1e-4
    assert rates[56:] == [1e-4] * 14
    assert cosine[56] < 1e-4


def test_a_base_below_the_floor_stays_constant():
    assert {learning_rate(epoch, 5e-5, 10) for epoch in range(12)} == {5e-5}


@given(st.integers(1, 200), st.floats(1e-6, 1.0), st.floats(0, 1e-2))
def test_it_starts_at_the_base_never_rises_and_keeps_the_floor(epochs, base, floor):
    rates = [learning_rate(epoch, base, epochs, floor) for epoch in range(epochs + 3)]
    assert rates[0] == pytest.approx(base)
    assert all(later <= earlier for earlier, later in pairwise(rates))
    assert min(rates) >= min(floor, base)
    assert rates[-1] == min(floor, base)


def test_the_steps_are_thirds_of_the_run_or_as_long_as_asked():
    assert [stepped_rate(e, 1.0, 7) for e in range(7)] == pytest.approx(
        [1, 1, 1, 0.1, 0.1, 0.1, 0.01]
    )
    assert [stepped_rate(e, 0.003, 4, every=1) for e in range(4)] == pytest.approx(
        [3e-3, 3e-4, 3e-5, 3e-6]
    )
