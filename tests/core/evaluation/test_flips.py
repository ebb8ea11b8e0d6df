"""The sign-flip test against every way to choose the signs, one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.evaluation.flips import EXACT, sign_flip


def slow(sums: list[float]) -> float:
    least = abs(sum(sums)) - 1e-9 * sum(map(abs, sums))
    ways = list(product((1, -1), repeat=len(sums)))
    far = sum(abs(sum(s * x for s, x in zip(w, sums, strict=True))) >= least for w in ways)
    return far / len(ways)


@given(st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=8))
def test_all_ways_are_tried_for_few(sums: list[float]) -> None:
    assert sign_flip(np.array([sums]))[0] == pytest.approx(slow(sums))


@pytest.mark.parametrize("n", [1, 2, 4, 8, EXACT])
def test_no_p_is_below_what_so_few_can_show(n: int) -> None:
    assert sign_flip(np.full((1, n), 0.3))[0] == 2 / 2**n


def test_drawn_ways_are_near_all_ways() -> None:
    sums = np.random.default_rng(1).normal(0.3, 1, (3, 14))
    assert sign_flip(sums) == pytest.approx([slow(row.tolist()) for row in sums], abs=0.02)


def test_drawn_p_is_never_zero_and_the_same_again() -> None:
    sums = np.ones((200, 60))
    assert (sign_flip(sums, 4) == 1 / 10_000).all()
    assert sign_flip(np.vstack([sums, sums[:1] * 0]), 4)[-1] == 1


def test_patients_without_a_difference_change_nothing() -> None:
    sums = np.random.default_rng(2).normal(size=(1, 9))
    padded = np.hstack([sums, np.zeros((1, 20))])
    assert sign_flip(padded) == sign_flip(sums)


def test_no_difference_is_significant_as_often_as_it_says() -> None:
    sums = np.random.default_rng(3).normal(size=(2000, 6))
    assert (sign_flip(sums) <= 0.05).mean() == pytest.approx(2 / 64, abs=0.015)
