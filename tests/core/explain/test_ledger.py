"""The ledger's sums: shares add up, and evidence taken away is exactly gone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from softcam_core.explain.ledger import (
    cell_share,
    class_sums,
    inside_share,
    region_share,
    softmax,
    without,
)

maps = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 9), st.integers(1, 9)),
    elements=st.floats(-50, 50, width=32),
)


@given(maps)
def test_for_and_against_sum_to_the_logit(evidence):
    sums = class_sums(evidence)
    scale = np.abs(evidence).mean(axis=(1, 2), dtype=np.float64).max()
    exact = evidence.astype(np.float64).mean(axis=(1, 2))
    np.testing.assert_allclose(sums.logit, exact, rtol=0, atol=1e-12 * scale + 1e-300)
    assert (sums.evidence_for >= 0).all()
    assert (sums.evidence_against <= 0).all()


@given(maps)
def test_the_shares_of_all_cells_sum_to_the_logit(evidence):
    _, rows, columns = evidence.shape
    total = sum(cell_share(evidence, r, c).share for r in range(rows) for c in range(columns))
    scale = np.abs(evidence).mean(dtype=np.float64) * len(evidence)
    np.testing.assert_allclose(
        total, class_sums(evidence).logit, rtol=0, atol=1e-12 * scale + 1e-300
    )


def test_a_cell_says_its_part_of_the_logit_in_percent():
    found = cell_share([[[3.0, -1.0]], [[1.0, -1.0]]], 0, 0)
    np.testing.assert_allclose(found.share, [1.5, 0.5])
    np.testing.assert_allclose(found.percent, [150, np.nan])


@given(maps, st.randoms(use_true_random=False))
def test_a_region_and_its_complement_sum_to_the_logit(evidence, random):
    seed = np.random.default_rng(random.randint(0, 1000))
    cover = seed.random(evidence.shape[1:])
    both = region_share(evidence, cover) + region_share(evidence, 1 - cover)
    scale = np.abs(evidence).mean(axis=(1, 2), dtype=np.float64).max()
    np.testing.assert_allclose(
        both, class_sums(evidence).logit, rtol=0, atol=1e-12 * scale + 1e-300
    )


def test_a_regions_share_is_the_weighted_sum():
    evidence = np.arange(12.0).reshape(2, 2, 3) - 5
    cover = np.array([[0.5, 0, 1], [0, 0.25, 0]])
    for found, cells in zip(region_share(evidence, cover), evidence, strict=True):
        by_hand = sum(cover[r, c] * cells[r, c] / 6 for r in range(2) for c in range(3))
        assert found == pytest.approx(by_hand)


@given(maps)
def test_without_all_evidence_every_class_is_as_probable(evidence):
    logits = class_sums(evidence).logit
    left = without(logits, region_share(evidence, np.ones(evidence.shape[1:])))
    scale = np.abs(evidence).mean(axis=(1, 2), dtype=np.float64).max()
    np.testing.assert_allclose(left.logits, 0, atol=1e-12 * scale + 1e-300)
    np.testing.assert_allclose(left.probabilities, 1 / len(logits), rtol=1e-9)


def test_nothing_taken_away_changes_nothing():
    left = without([1.0, -2.0, 0.5], [0.0, 0.0, 0.0])
    np.testing.assert_array_equal(left.logits, [1.0, -2.0, 0.5])
    np.testing.assert_allclose(left.probabilities, np.exp(left.logits) / np.exp(left.logits).sum())


def test_evidence_taken_away_equals_a_prediction_from_a_map_without_it():
    seed = np.random.default_rng(7)
    evidence = seed.normal(size=(4, 5, 3))
    cover = (seed.random((5, 3)) < 0.4).astype(float)
    left = without(class_sums(evidence).logit, region_share(evidence, cover))
    again = class_sums(evidence * (1 - cover)).logit
    np.testing.assert_allclose(left.logits, again, atol=1e-14)
    np.testing.assert_allclose(left.probabilities, softmax(again))


def test_only_what_speaks_for_a_class_counts_as_inside():
    evidence = [[[3.0, 1.0, -9.0]], [[-1.0, 0.0, -1.0]]]
    inside = inside_share(evidence, [[1.0, 0.0, 1.0]])
    assert inside[0] == pytest.approx(0.75)
    assert np.isnan(inside[1])


def test_large_logits_do_not_overflow():
    np.testing.assert_allclose(softmax([1000.0, 0.0]), [1.0, 0.0])


@pytest.mark.parametrize("wrong", [np.zeros((2, 3)), np.zeros((2, 0, 3))])
def test_a_map_of_the_wrong_shape_is_refused(wrong):
    with pytest.raises(ValueError, match="evidence"):
        class_sums(wrong)


def test_a_coverage_of_another_grid_is_refused():
    with pytest.raises(ValueError, match="coverage"):
        region_share(np.zeros((1, 2, 3)), np.zeros((3, 2)))
    with pytest.raises(ValueError, match="shares"):
        without([1.0, 2.0], [1.0])
