"""Which images make up which step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.training.loop.order import Steps, divide, draw_numbers, epoch_order, share

sizes = st.integers(1, 9)


@given(st.integers(1, 200), sizes, sizes, st.integers(1, 4))
def test_a_step_is_never_larger_than_asked_for_and_never_empty(images, batch, accumulate, world):
    if images < world:
        return
    steps = divide(images, batch, accumulate, world)
    assert 1 <= steps.batch <= batch
    assert 1 <= steps.accumulate <= accumulate
    used = steps.count * steps.batch * steps.accumulate * world
    assert images - steps.batch * steps.accumulate * world < used <= images


def test_an_incomplete_step_is_dropped():
    assert divide(26, 4, 2, 1) == Steps(3, 2, 4)
    assert divide(26, 4, 1, 2) == Steps(3, 1, 4)


def test_a_small_set_makes_one_smaller_step():
    assert divide(24, 64, 1, 1) == Steps(1, 1, 24)
    assert divide(24, 8, 5, 1) == Steps(1, 3, 8)


@pytest.mark.parametrize(("processes", "accumulate"), [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1)])
def test_the_same_images_make_each_step_however_it_is_divided(processes, accumulate):
    order = np.random.default_rng(1).permutation(37)
    steps = divide(37, 8 // (processes * accumulate), accumulate, processes)
    parts = [share(order, steps, rank, processes) for rank in range(processes)]
    for step in range(4):
        found = np.concatenate([part[step].ravel() for part in parts])
        assert sorted(found) == sorted(order[8 * step : 8 * step + 8])
    # Pass after pass, and in each of them process after process: passes may become processes.
    in_turn = np.stack(parts, axis=2).reshape(4, 8)
    assert (in_turn == order[:32].reshape(4, 8)).all()


def test_the_order_is_that_of_seed_and_epoch_and_holds_each_image_once():
    indices = [3, 5, 8, 13]
    ones = [1.0] * 4
    orders = {
        (seed, epoch): epoch_order(indices, ones, seed, epoch).tolist()
        for seed in range(5)
        for epoch in range(5)
    }
    assert all(sorted(order) == indices for order in orders.values())
    assert epoch_order(indices, ones, 2, 3).tolist() == orders[2, 3]
    assert len({tuple(order) for order in orders.values()}) > 10


def test_images_are_drawn_as_often_as_their_weight_says():
    indices = list(range(100, 110))
    weights = [3.0] * 2 + [1.0] * 8
    drawn = np.concatenate([epoch_order(indices, weights, 0, epoch) for epoch in range(2000)])
    assert len(drawn) == 2000 * 10
    share_of_heavy = np.isin(drawn, [100, 101]).mean()
    assert share_of_heavy == pytest.approx(6 / 14, abs=0.02)
    assert set(drawn) == set(indices)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_draws_of_an_image_are_numbered_in_their_order(order):
    expected = [order[:at].count(i) for at, i in enumerate(order)]
    assert draw_numbers(np.array(order, np.int64)).tolist() == expected


@pytest.mark.parametrize("weight", [2.0, 5e-324, 1e308])
def test_equal_weights_are_no_weights(weight):
    order = epoch_order(range(9), [weight] * 9, 0, 3)
    assert order.tolist() == epoch_order(range(9), [1.0] * 9, 0, 3).tolist()


def test_the_largest_weights_there_are_can_be_drawn_by():
    drawn = epoch_order(range(4), [1e308, 1e308, 1.0, 1.0], 0, 0)
    assert set(drawn.tolist()) <= {0, 1}
