"""The strongest regions: a partition of the logit, and outlines that give the numbers back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from softcam_core.explain.ledger import region_share
from softcam_core.explain.ledger_cover import coverage
from softcam_core.explain.ledger_regions import strongest_regions
from softcam_core.imaging.geometry import Region

maps = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 8), st.integers(1, 8)),
    elements=st.integers(-6, 6).map(float),
)


def climbed(values):
    """By the definition, one step after the other."""
    rows, columns = values.shape

    def up(row, column):
        best = (abs(values[row, column]), -(row * columns + column))
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, column - 1), min(columns, column + 2)):
                if np.sign(values[r, c]) == np.sign(values[row, column]):
                    best = max(best, (abs(values[r, c]), -(r * columns + c)))
        return divmod(-best[1], columns)

    peaks = {}
    for place in np.ndindex(values.shape):
        here = place
        while up(*here) != here:
            here = up(*here)
        peaks[place] = here
    return peaks


@given(maps)
def test_every_cell_belongs_to_the_peak_it_climbs_to(values):
    regions, rest = strongest_regions(values, values.size)
    expected = climbed(values)
    for region in regions:
        for place in zip(*np.nonzero(region.cells), strict=True):
            assert expected[tuple(map(int, place))] == region.peak
        signs = np.unique(np.sign(values[region.cells]))
        assert len(signs) == 1
        assert signs[0] == np.sign(region.contribution)
    counted = sum((region.cells.astype(int) for region in regions), np.zeros(values.shape, int))
    np.testing.assert_array_equal(counted, values != 0)
    assert rest == 0


@given(maps, st.integers(0, 9))
def test_contributions_and_rest_sum_to_the_logit(values, k):
    regions, rest = strongest_regions(values, k)
    assert len(regions) <= k
    total = sum(region.contribution for region in regions) + rest
    assert total == pytest.approx(values.mean(), abs=1e-12 * (1 + np.abs(values).mean()))
    sizes = [abs(region.contribution) for region in regions]
    assert sizes == sorted(sizes, reverse=True)


@given(maps)
def test_an_outline_asked_about_gives_the_contribution_back(values):
    # Cells of an odd size, over an image that they do not divide.
    view, size = Region(3, -2, 104, 67), (70, 120)
    inside = Region(3, 0, 104, 67)
    for region in strongest_regions(values, 3)[0]:
        cover = coverage([region.outline(inside)], inside, values.shape, size)
        np.testing.assert_allclose(cover, region.cells, atol=1e-9)
        share = region_share(values[None], cover)[0]
        assert share == pytest.approx(region.contribution, abs=1e-9)
        assert region.outline(view).kind == "polygon"


def test_a_ring_keeps_its_hole():
    values = np.ones((3, 3))
    values[1, 1] = -1
    ring, hole = strongest_regions(values, 2)[0]
    assert ring.cells.sum() == 8
    assert hole.peak == (1, 1)
    whole = Region(0, 0, 30, 30)
    cover = coverage([ring.outline(whole)], whole, (3, 3), (30, 30))
    np.testing.assert_allclose(cover, ring.cells)


def test_evidence_that_is_nothing_has_no_region():
    assert strongest_regions(np.zeros((4, 4)), 5) == ([], 0.0)


def test_a_map_of_the_wrong_shape_is_refused():
    with pytest.raises(ValueError, match="evidence"):
        strongest_regions(np.zeros((2, 3, 4)), 1)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_evidence_that_is_not_finite_has_no_regions(value):
    regions, rest = strongest_regions([[1.0, value], [2.0, -3.0]], 3)
    assert regions == []
    assert np.isnan(rest)
