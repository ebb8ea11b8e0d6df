"""A pane whose map is of an old content of the file says so, and offers to compute it again."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from app.compare.description import describe
from app.state import PaneContent, ViewerState

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, OTHER = synthetic.model("soft"), synthetic.model("other")


def test_a_stale_map_says_so_first_and_offers_to_compute_again(state: ViewerState) -> None:
    synthetic.load(state, SOFT, OTHER)
    synthetic.show_case(state)
    for model in (SOFT, OTHER):
        synthetic.tell(state, synthetic.analysis(1, model, evidence=synthetic.evidence()))
    fresh = describe(state, PaneContent("evidence", SOFT.id))
    assert "out of date" not in fresh.badge
    assert fresh.answer != "renew"
    state.stale = {(1, SOFT.id), (2, OTHER.id)}
    stale = describe(state, PaneContent("evidence", SOFT.id))
    assert stale.badge.startswith("out of date: the file has changed")
    assert (stale.button, stale.answer) == ("Compute again", "renew")
    assert np.array_equal(stale.values, fresh.values)
    assert "out of date" not in describe(state, PaneContent("evidence", OTHER.id)).badge
