"""Lesions paired one to one."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.agreement.lesions import match
from softcam_core.agreement.measures import iou
from softcam_core.agreement.patches import Patch


def box(x0, y0, x1, y1):
    return Patch(x0, y0, np.ones((y1 - y0, x1 - x0), bool))


@st.composite
def boxes(draw):
    x, y = draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    return box(x, y, x + draw(st.integers(1, 6)), y + draw(st.integers(1, 6)))


lesions = st.lists(boxes(), max_size=4)


def full(patch):
    out = np.zeros((16, 16), bool)
    x0, y0, x1, y1 = patch.box
    out[y0:y1, x0:x1] = patch.mask
    return out


def most_pairs(fits):
    """The largest one-to-one matching, by trying every order of the columns."""
    if not fits:
        return 0
    rows, columns = len(fits), len(fits[0])
    wide = [[fits[r][c] if r < rows else False for c in range(columns)] for r in range(rows)]
    orders = permutations(range(max(rows, columns)))
    return max(
        sum(wide[r][c] for r, c in enumerate(order) if r < rows and c < columns) for order in orders
    )


@settings(deadline=None)
@given(a=lesions, b=lesions, threshold=st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0]))
def test_as_many_pairs_as_there_can_be(a, b, threshold):
    found = match(a, b, "iou", threshold)
    fits = [[iou(full(one), full(two)) >= threshold for two in b] for one in a]
    assert found.hits == (most_pairs(fits) if a and b else 0)
    assert len({row for row, _ in found.pairs}) == len({c for _, c in found.pairs}) == found.hits
    assert all(fits[row][column] for row, column in found.pairs)


@settings(deadline=None)
@given(a=lesions, b=lesions, criterion=st.sampled_from(["iou", "hit"]))
def test_who_is_the_reference_only_swaps_precision_and_recall(a, b, criterion):
    forth, back = match(a, b, criterion, 0.3), match(b, a, criterion, 0.3)
    assert forth.precision == pytest.approx(back.recall, nan_ok=True)
    assert forth.recall == pytest.approx(back.precision, nan_ok=True)
    assert forth.f1 == pytest.approx(back.f1, nan_ok=True)
    assert math.isnan(forth.f1) or 0 <= forth.f1 <= 1


@settings(deadline=None)
@given(a=st.lists(boxes(), min_size=1, max_size=4), criterion=st.sampled_from(["iou", "hit"]))
def test_a_reader_agrees_with_herself_in_any_order(a, criterion):
    found = match(a, a[::-1], criterion, 1.0)
    assert found.precision == found.recall == found.f1 == 1


def test_a_greedy_start_would_lose_a_pair():
    """A1 fits B1 best, and B2 too; A2 fits B1 alone."""
    a1, a2 = box(0, 0, 10, 4), box(0, 0, 6, 4)
    b1, b2 = box(0, 0, 9, 4), box(4, 0, 10, 4)
    table = [[iou(full(a), full(b)) for b in (b1, b2)] for a in (a1, a2)]
    assert table[0][0] == max(max(row) for row in table)
    assert table[1][1] < 0.5 <= min(table[0][1], table[1][0])
    assert match([a1, a2], [b1, b2]).pairs == [(0, 1), (1, 0)]


def test_more_pairs_count_before_better_ones():
    """A1 and B1 together overlap more than A1-B2 and A2-B1 do, but they are one pair alone."""
    a1, a2 = box(0, 0, 10, 1), box(0, 0, 3, 1)
    b1, b2 = box(0, 0, 9, 1), box(7, 0, 10, 1)
    best, others = iou(full(a1), full(b1)), (iou(full(a1), full(b2)), iou(full(a2), full(b1)))
    assert best > sum(others)
    assert min(others) >= 0.3
    assert match([a1, a2], [b1, b2], "iou", 0.3).pairs == [(0, 1), (1, 0)]


def test_two_marks_on_one_lesion_are_one_hit_and_one_false_mark():
    lesion = box(0, 0, 10, 10)
    found = match([lesion], [box(0, 0, 10, 9), box(0, 0, 9, 10)])
    assert (found.hits, found.precision, found.recall) == (1, 0.5, 1.0)
    assert found.f1 == pytest.approx(2 / 3)


def test_among_as_many_pairs_the_better_ones():
    a, b = box(0, 0, 10, 10), [box(0, 0, 8, 10), box(0, 0, 10, 10), box(0, 0, 9, 10)]
    assert match([a], b).pairs == [(0, 1)]


def test_the_threshold_itself_fits():
    a, b = box(0, 0, 2, 1), box(0, 0, 1, 1)
    assert match([a], [b], "iou", 0.5).hits == 1
    assert match([a], [b], "iou", 0.51).hits == 0


def test_a_hit_is_a_centre_inside_the_other():
    lesion = box(0, 0, 20, 20)
    assert match([lesion], [box(9, 9, 12, 12)], "hit").hits == 1
    assert match([lesion], [box(9, 9, 12, 12)], "iou").hits == 0
    # It overlaps, but the centre of neither lies inside the other.
    assert match([lesion], [box(15, 15, 35, 35)], "hit").hits == 0


def test_the_centre_of_a_ring_is_on_the_ring():
    mask = np.ones((7, 7), bool)
    mask[1:6, 1:6] = False
    ring = Patch(3, 2, mask)
    assert ring.holds(*ring.centre)
    assert match([ring], [box(6, 5, 7, 6)], "hit").hits == 0


def test_nothing_marked_is_undefined_and_nothing_found_is_zero():
    nobody = match([], [])
    assert all(math.isnan(v) for v in (nobody.precision, nobody.recall, nobody.f1))
    missed = match([box(0, 0, 2, 2)], [])
    assert (missed.recall, missed.f1) == (0, 0)
    assert math.isnan(missed.precision)


def test_what_cannot_be_meant_is_told():
    with pytest.raises(ValueError, match="criterion: expected one of iou, hit, got 'touch'"):
        match([], [], "touch")
    with pytest.raises(ValueError, match="iou: expected above 0 to 1, got 0"):
        match([], [], "iou", 0)
