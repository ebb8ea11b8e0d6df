"""Differences of maps and their agreement, against scipy and brute force."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from softcam_core.explain.comparing import (
    GriddedMap,
    agreement,
    averaged,
    common_region,
    difference,
    rank_correlation,
    ranks,
    top_overlap,
)
from softcam_core.imaging.geometry import Region

WHOLE = Region(0, 0, 64, 48)
COUNTED = st.integers(-4, 4).map(float)
"""Few different values, so that ties are common."""


def noise(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


# Ranks and correlation


@given(arrays(float, st.integers(1, 30), elements=COUNTED))
def test_ranks_are_those_of_scipy(values: np.ndarray) -> None:
    assert np.array_equal(ranks(values), stats.rankdata(values))


@given(st.data())
def test_rank_correlation_is_that_of_scipy(data: st.DataObject) -> None:
    shape = data.draw(st.tuples(st.integers(2, 5), st.integers(1, 5)))
    a = data.draw(arrays(float, shape, elements=COUNTED))
    b = data.draw(arrays(float, shape, elements=COUNTED))
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        assert math.isnan(rank_correlation(a, b))
    else:
        expected = stats.spearmanr(a.ravel(), b.ravel()).statistic
        assert rank_correlation(a, b) == pytest.approx(expected, abs=1e-12)


def test_any_rising_change_of_a_map_leaves_the_rank_correlation_at_one() -> None:
    values = noise(7, 9)
    assert rank_correlation(values, np.exp(values)) == 1
    assert rank_correlation(values, -(values**3)) == -1


# The highest cells


def brute_overlap(a: np.ndarray, b: np.ndarray) -> float:
    """The highest tenth of maps without ties, as sets of places."""
    count = math.ceil(a.size / 10)
    first, second = (set(np.argsort(m.ravel())[-count:].tolist()) for m in (a, b))
    return len(first & second) / len(first | second)


@pytest.mark.parametrize("seed", range(20))
def test_overlap_is_that_of_two_sets(seed: int) -> None:
    a, b = noise(8, 8, seed=seed), noise(8, 8, seed=seed + 100)
    b = a + b  # some places in common
    assert top_overlap(a, b) == pytest.approx(brute_overlap(a, b))


def test_overlap_of_a_tenth_of_a_hundred_cells_is_of_ten() -> None:
    a = np.arange(100.0).reshape(10, 10)
    b = a.copy()
    b.ravel()[95:] = -1  # five of the ten highest are not so here
    assert top_overlap(a, b) == pytest.approx(5 / 15)


def test_equal_values_share_the_last_places() -> None:
    a = np.zeros(20)
    a[0] = 1  # the second place is shared by 19 cells
    b = np.zeros(20)
    b[:2] = 2, 1
    part = 1 / 19
    assert top_overlap(a, b) == pytest.approx((1 + part) / (2 + 18 * part))


@given(st.data())
def test_overlap_does_not_depend_on_the_order_of_cells(data: st.DataObject) -> None:
    a = data.draw(arrays(float, 24, elements=COUNTED))
    b = data.draw(arrays(float, 24, elements=COUNTED))
    order = np.array(data.draw(st.permutations(range(24))))
    first, second = top_overlap(a, b), top_overlap(a[order], b[order])
    if math.isnan(first):
        assert np.ptp(a) == 0 or np.ptp(b) == 0
        assert math.isnan(second)
    else:
        assert 0 <= first <= 1
        assert second == pytest.approx(first)
        assert top_overlap(b, a) == pytest.approx(first)


def test_a_constant_map_has_no_agreement() -> None:
    flat, other = GriddedMap(np.zeros((3, 3)), WHOLE), GriddedMap(noise(3, 3), WHOLE)
    found = agreement(flat, other)
    assert math.isnan(found.correlation)
    assert math.isnan(found.overlap)


# Grids and regions


def brute_average(found: GriddedMap, region: Region, shape: tuple[int, int]) -> np.ndarray:
    """Average over fine points instead of areas; exact where 840 divides everything."""
    fine = 840
    y = region.y0 + (np.arange(fine) + 0.5) * region.height / fine
    x = region.x0 + (np.arange(fine) + 0.5) * region.width / fine
    rows, columns = found.values.shape
    r = np.floor((y - found.region.y0) * rows / found.region.height).astype(int)
    c = np.floor((x - found.region.x0) * columns / found.region.width).astype(int)
    sampled = found.values[r[:, None], c[None]].astype(float)
    n, m = shape
    return sampled.reshape(n, fine // n, m, fine // m).mean(axis=(1, 3))


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (4, 5), (7, 8), (14, 12)])
@pytest.mark.parametrize("region", [WHOLE, Region(16, 12, 48, 36), Region(8, 0, 56, 48)])
def test_averages_are_exact(shape: tuple[int, int], region: Region) -> None:
    found = GriddedMap(noise(4, 8), WHOLE)
    expected = brute_average(found, region, shape)
    assert averaged(found, region, shape) == pytest.approx(expected, abs=6e-3)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_the_mean_of_a_map_stays_on_every_grid(rows: int, columns: int, n: int, m: int) -> None:
    found = GriddedMap(noise(rows, columns), WHOLE)
    assert averaged(found, WHOLE, (n, m)).mean() == pytest.approx(found.values.mean(), abs=1e-6)


def test_a_constant_map_is_constant_on_every_grid() -> None:
    found = GriddedMap(np.full((7, 5), 0.1, np.float32), WHOLE)
    assert np.ptp(averaged(found, Region(3, 5, 61, 40), (11, 13))) == 0


def test_the_common_region_is_what_both_cover() -> None:
    assert common_region(WHOLE, Region(8, -4, 56, 44)) == Region(8, 0, 56, 44)
    assert common_region(Region(0, 0, 4, 4), Region(4, 0, 8, 4)) is None


def test_maps_without_a_common_pixel_have_no_difference() -> None:
    a, b = GriddedMap(noise(2, 2), Region(0, 0, 4, 4)), GriddedMap(noise(2, 2), Region(4, 0, 8, 4))
    assert difference(a, b) is None
    assert math.isnan(agreement(a, b).correlation)


# Differences


def test_evidence_less_evidence_stays_in_logits() -> None:
    a = GriddedMap(noise(6, 8), WHOLE, limit=8, logits=True)
    b = GriddedMap(noise(6, 8, seed=1), WHOLE, limit=3, logits=True)
    found = difference(a, b)
    assert found is not None
    assert np.array_equal(found.values, a.values - b.values)
    assert (found.limit, found.logits, found.region) == (8, True, WHOLE)


def test_other_maps_are_divided_by_their_limits() -> None:
    a = GriddedMap(noise(6, 8), WHOLE, limit=8, logits=True)
    b = GriddedMap(noise(6, 8, seed=1), WHOLE, limit=0.5)
    found = difference(a, b)
    assert found is not None
    assert found.values == pytest.approx(a.values / 8 - b.values / 0.5, abs=1e-6)
    assert (found.limit, found.logits) == (1, False)
    with pytest.raises(ValueError, match="positive"):
        difference(a, GriddedMap(b.values, WHOLE, limit=0))


def test_a_coarse_map_is_taken_to_the_finer_grid_and_the_finer_one_to_the_coarse() -> None:
    coarse = GriddedMap(noise(3, 4), WHOLE, logits=True)
    fine = GriddedMap(np.kron(coarse.values, np.ones((4, 4), np.float32)), WHOLE, logits=True)
    found = difference(fine, coarse)
    assert found is not None
    assert found.values.shape == (12, 16)
    assert found.values == pytest.approx(0, abs=1e-6)
    agreed = agreement(fine, coarse)
    assert agreed.correlation == 1
    assert agreed.overlap == 1


def test_a_model_that_crops_is_compared_where_both_look() -> None:
    squash = GriddedMap(np.arange(12.0).reshape(1, 12), Region(0, 0, 48, 4), logits=True)
    crop = GriddedMap(np.arange(2.0, 10.0).reshape(1, 8), Region(8, 0, 40, 4), logits=True)
    found = difference(squash, crop)
    assert found is not None
    assert found.region == crop.region
    assert found.values == pytest.approx(np.zeros((1, 8)), abs=1e-6)


@given(st.integers(1, 6), st.integers(1, 6))
def test_a_difference_turned_round_has_the_other_sign(rows: int, columns: int) -> None:
    a = GriddedMap(noise(rows, columns), WHOLE, limit=2)
    b = GriddedMap(noise(columns, rows, seed=1), Region(5, 3, 50, 40), limit=0.5)
    one, other = difference(a, b), difference(b, a)
    assert one is not None
    assert other is not None
    assert np.array_equal(one.values, -other.values)


def test_torch_is_not_needed() -> None:
    code = "import sys, softcam_core.explain.comparing; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_has_no_rank_and_no_agreement(value):
    a, b = np.array([[1.0, value], [2, 3]]), np.array([[1.0, 2], [3, 4]])
    for first, second in ((a, b), (b, a)):
        assert np.isnan(rank_correlation(first, second))
        assert np.isnan(top_overlap(first, second))
        found = agreement(GriddedMap(first, WHOLE), GriddedMap(second, Region(0, 0, 40, 48)))
        assert np.isnan([found.correlation, found.overlap]).all()
