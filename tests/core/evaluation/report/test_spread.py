"""Labels beside lines: apart, in order, and near to where they belong."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.evaluation.report.panels import spread

heights = st.lists(st.floats(0, 40), min_size=1, max_size=12)


@given(heights)
def test_labels_are_apart_in_order_and_inside(wanted):
    places = spread(wanted, 3.0, 0.0, 40.0)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(np.sort(places)) >= 3.0 - 1e-6).all()
    assert min(places) >= -1e-6
    assert max(places) <= 40.0 + 1e-6
    far = [(a, b) for a in order for b in order if wanted[a] < wanted[b] and places[a] > places[b]]
    assert not far


@given(st.lists(st.floats(0, 40), min_size=1, max_size=5))
def test_labels_with_room_stay_where_they_belong(wanted):
    gaps = np.diff(np.sort(wanted))
    if (gaps >= 3.0).all():
        np.testing.assert_allclose(spread(wanted, 3.0, 0.0, 40.0), wanted, atol=1e-9)


def test_equal_places_keep_their_order_from_above():
    places = spread([5.0, 5.0, 5.0], 2.0, 0.0, 20.0)
    assert places == [7.0, 5.0, 3.0]


def test_more_labels_than_room_begin_at_the_bottom():
    places = spread([1.0] * 5, 3.0, 0.0, 6.0)
    assert sorted(places) == [0.0, 3.0, 6.0, 9.0, 12.0]
