"""Kappas, overlaps and distances against definitions computed another way."""

import math
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from softcam_core.agreement.measures import (
    WEIGHTS,
    cohen_kappa,
    dice,
    fleiss_kappa,
    grade_table,
    hausdorff,
    iou,
    kappa_of_tables,
    percent_agreement,
    surface,
)

ROOT = Path(__file__).resolve().parents[3]
GRADES = ["none", "mild", "moderate", "severe"]
two_readers = st.lists(
    st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES)), min_size=1, max_size=30
)
masks = arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9)))
weights = pytest.mark.parametrize("weights", WEIGHTS)


@st.composite
def mask_pairs(draw):
    shape = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    return draw(arrays(bool, shape)), draw(arrays(bool, shape))


# Kappa


def by_hand(pairs, weights):
    """Cohen's kappa from its definition, every pair of cases counted one by one."""
    places = [(GRADES.index(a), GRADES.index(b)) for a, b in pairs]

    def cost(i, j):
        return {"none": float(i != j), "linear": abs(i - j), "quadratic": (i - j) ** 2}[weights]

    seen = sum(cost(i, j) for i, j in places) / len(places)
    chance = sum(cost(i, j) for i, _ in places for _, j in places) / len(places) ** 2
    return 1 - seen / chance if chance else math.nan


@weights
@settings(deadline=None)
@given(pairs=two_readers)
def test_cohens_kappa_is_its_definition(pairs, weights):
    a, b = zip(*pairs, strict=True)
    assert cohen_kappa(a, b, GRADES, weights) == pytest.approx(by_hand(pairs, weights), nan_ok=True)


@weights
@settings(deadline=None)
@given(pairs=two_readers)
def test_many_tables_at_once_give_the_same_as_scikit_learn(pairs, weights):
    a, b = zip(*pairs, strict=True)
    assume(len({*a, *b}) > 1)
    found = kappa_of_tables([grade_table(a, b, GRADES)] * 2, weights)
    expected = cohen_kappa_score(
        a, b, labels=GRADES, weights=None if weights == "none" else weights
    )
    assert found == pytest.approx([expected] * 2)


@weights
@settings(deadline=None)
@given(pairs=two_readers)
def test_kappa_does_not_ask_who_is_first_and_is_1_for_the_same_reader(pairs, weights):
    a, b = zip(*pairs, strict=True)
    forth, back = cohen_kappa(a, b, GRADES, weights), cohen_kappa(b, a, GRADES, weights)
    assert forth == pytest.approx(back, nan_ok=True)
    same = cohen_kappa(a, a, GRADES, weights)
    assert math.isnan(same) if len(set(a)) == 1 else same == pytest.approx(1)


@settings(deadline=None)
@given(pairs=two_readers, order=st.permutations(GRADES))
def test_only_weights_ask_for_the_order_of_grades(pairs, order):
    a, b = zip(*pairs, strict=True)
    plain = cohen_kappa(a, b, GRADES)
    assert cohen_kappa(a, b, order) == pytest.approx(plain, nan_ok=True)


def test_a_far_disagreement_weighs_more_than_a_near_one():
    truth = ["none", "none", "severe", "severe"]
    near, far = ["none", "mild", "severe", "severe"], ["none", "severe", "severe", "severe"]
    assert cohen_kappa(truth, near, GRADES, "quadratic") > cohen_kappa(
        truth, far, GRADES, "quadratic"
    )


def test_one_grade_throughout_leaves_kappa_undefined_and_warns_nobody():
    assert math.isnan(cohen_kappa(["mild"] * 3, ["mild"] * 3, GRADES))
    assert math.isnan(cohen_kappa([], [], GRADES))
    assert math.isnan(kappa_of_tables(np.diag([0, 3, 0, 0])))


def test_what_cannot_be_graded_is_told():
    with pytest.raises(ValueError, match="expected 2 grades as a has, got 1"):
        cohen_kappa(["mild", "mild"], ["mild"], GRADES)
    with pytest.raises(ValueError, match="got no 'fatal'"):
        cohen_kappa(["mild"], ["fatal"], GRADES)
    with pytest.raises(ValueError, match="weights: expected one of none, linear, quadratic"):
        cohen_kappa(["mild"], ["mild"], GRADES, "cubic")
    with pytest.raises(ValueError, match=r"expected shape \(\.\.\., K, K\), got \(2, 3\)"):
        kappa_of_tables(np.ones((2, 3)))


# Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses. The paper gives kappa = .430 and
# the shares of the diagnoses .144, .144, .167, .306 and .239.
FLEISS_1971 = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""


def test_fleiss_kappa_of_fleiss_own_example():
    counts = np.array([[int(digit) for digit in row] for row in FLEISS_1971.split()])
    assert counts.shape == (30, 5)
    assert counts.sum(axis=0) / 180 == pytest.approx([0.144, 0.144, 0.167, 0.306, 0.239], abs=5e-4)
    assert fleiss_kappa(counts) == pytest.approx(0.430, abs=5e-4)


@settings(deadline=None)
@given(
    ratings=st.integers(2, 5).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=12
        )
    )
)
def test_fleiss_kappa_counted_pair_by_pair(ratings):
    counts = [[case.count(grade) for grade in range(3)] for case in ratings]
    same = [a == b for case in ratings for a, b in combinations(case, 2)]
    every = [grade for case in ratings for grade in case]
    chance = sum((every.count(grade) / len(every)) ** 2 for grade in range(3))
    if len(set(every)) == 1:
        assert math.isnan(fleiss_kappa(counts))
    else:
        expected = (sum(same) / len(same) - chance) / (1 - chance)
        assert fleiss_kappa(counts) == pytest.approx(expected)
        assert fleiss_kappa(np.array(counts)[::-1, ::-1]) == pytest.approx(expected)


def test_fleiss_kappa_wants_one_number_of_readers():
    assert math.isnan(fleiss_kappa(np.empty((0, 3))))
    for wrong in ([[3, 0], [1, 1]], [[1, 0], [0, 1]]):
        with pytest.raises(ValueError, match="add up to one number of readers, two or more"):
            fleiss_kappa(wrong)
    with pytest.raises(ValueError, match=r"expected \(N, K\) numbers of readers"):
        fleiss_kappa([[3, -1], [1, 1]])


def test_percent_agreement():
    assert percent_agreement("ABCA", "ABCB") == 75.0
    assert math.isnan(percent_agreement("", ""))
    with pytest.raises(ValueError, match="expected 1 grades"):
        percent_agreement("A", "AB")


# Overlap


@settings(deadline=None)
@given(mask_pairs())
def test_overlap_counts_pixels(pair):
    a, b = pair
    ours, theirs = {tuple(p) for p in np.argwhere(a)}, {tuple(p) for p in np.argwhere(b)}
    if not ours and not theirs:
        assert math.isnan(dice(a, b))
        assert math.isnan(iou(a, b))
        return
    assert iou(a, b) == pytest.approx(len(ours & theirs) / len(ours | theirs))
    assert dice(a, b) == pytest.approx(2 * iou(a, b) / (1 + iou(a, b)))
    assert dice(a, b) == dice(b, a)
    assert 0 <= iou(a, b) <= dice(a, b) <= 1
    if ours:
        assert dice(a, a) == iou(a, a) == 1


def test_one_empty_mask_overlaps_nothing_and_is_at_no_distance():
    some, none = np.ones((2, 3), bool), np.zeros((2, 3), bool)
    assert dice(some, none) == iou(none, some) == 0
    assert math.isnan(hausdorff(some, none))
    assert math.isnan(hausdorff(none, none))


def test_masks_are_bool_and_of_one_shape():
    some = np.ones((2, 3), bool)
    with pytest.raises(ValueError, match=r"b: expected a bool mask \(H, W\), got float64"):
        dice(some, np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"b: expected shape \(2, 3\) as a has, got \(3, 2\)"):
        iou(some, some.T)


# Distance


def surface_by_hand(mask):
    """Set pixels with a neighbour above, below, left or right that is not set."""
    height, width = mask.shape
    found = []
    for y, x in np.argwhere(mask):
        near = ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1))
        if any(not (0 <= r < height and 0 <= c < width and mask[r, c]) for r, c in near):
            found.append((y, x))
    return np.array(found, float).reshape(-1, 2)


@settings(deadline=None)
@given(masks)
def test_surface_is_where_a_neighbour_is_outside(mask):
    assert surface(mask).tolist() == surface_by_hand(mask).tolist()


@settings(deadline=None)
@given(
    pair=mask_pairs(),
    spacing=st.tuples(st.floats(0.1, 3), st.floats(0.1, 3)),
    percentile=st.sampled_from([50, 95, 100]),
)
def test_hausdorff_by_brute_force(pair, spacing, percentile):
    a, b = pair
    assume(a.any() and b.any())
    first, second = surface_by_hand(a) * spacing, surface_by_hand(b) * spacing
    every = np.hypot(*(first[:, None] - second[None]).transpose(2, 0, 1))
    expected = max(
        np.percentile(every.min(axis=1), percentile), np.percentile(every.min(axis=0), percentile)
    )
    found = hausdorff(a, b, spacing, percentile)
    assert found == pytest.approx(expected, abs=1e-12)
    assert found == pytest.approx(hausdorff(b, a, spacing, percentile))
    assert hausdorff(a, a, spacing, percentile) == 0


def test_the_95th_percentile_forgives_a_stray_pixel():
    mask = np.zeros((60, 60), bool)
    mask[10:40, 10:40] = True
    stray = mask.copy()
    stray[55, 55] = True
    assert hausdorff(mask, stray, percentile=100) == pytest.approx(math.hypot(16, 16))
    assert hausdorff(mask, stray) == 0


def test_distances_are_in_the_spacing_of_each_axis():
    a, b, c = np.zeros((3, 9, 9), bool)
    a[1, 1] = b[4, 1] = c[1, 4] = True
    assert hausdorff(a, b, (0.5, 0.1)) == pytest.approx(1.5)
    assert hausdorff(a, c, (0.5, 0.1)) == pytest.approx(0.3)
    with pytest.raises(ValueError, match="spacing: expected two positive numbers"):
        hausdorff(a, b, (0.0, 1.0))
    with pytest.raises(ValueError, match="percentile: expected above 0 to 100, got 0"):
        hausdorff(a, b, percentile=0)


def test_examples_in_the_documentation():
    import doctest

    from softcam_core.agreement import measures

    found = doctest.testmod(measures)
    assert found.attempted > 4
    assert found.failed == 0


def test_scikit_learn_and_scipy_wait_until_they_are_needed():
    """Neither the command's help nor the window's start may wait for them."""
    code = (
        "import sys, softcam_core.agreement.between, softcam_core.cli.agreement\n"
        "print([m for m in ('sklearn', 'scipy', 'torch', 'cv2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "[]", done.stderr
