"""What a pane says that shows how two maps differ."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.compare.comparisons import Comparisons
from app.compare.description import Description
from app.compare.difference import describe_any, own_limit
from app.compare.titles import pane_title
from app.state import DIFFERENCE, PaneContent, ViewerState, Work
from softcam_core.imaging.geometry import Region

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")
SPARSE = synthetic.model("sparse")
GRADCAM = np.abs(synthetic.evidence()) / 100
PAIR = PaneContent("evidence"), PaneContent("gradcam")
SHOWN = PaneContent(DIFFERENCE, pair=PAIR)


@pytest.fixture
def viewing(state: ViewerState) -> ViewerState:
    """A case in view with the evidence of one model and the Grad-CAM of another."""
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    state.limits.update({(SOFT.id, "evidence"): 8.0, (BLACK.id, "gradcam"): 0.1})
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    synthetic.tell(state, synthetic.analysis(1, BLACK, gradcam=GRADCAM))
    return state


@pytest.fixture
def known(qapp: Any) -> Comparisons:
    return Comparisons()


def test_a_difference_of_unlike_maps_is_in_shares_of_their_limits(
    viewing: ViewerState, known: Comparisons
) -> None:
    found = describe_any(viewing, SHOWN, known)
    assert found.values == pytest.approx(synthetic.evidence()[2] / 8 - GRADCAM[2] / 0.1)
    assert (found.limit, found.units) == (1.0, "limits")
    assert found.badge.startswith("+ Evidence stronger, − Grad-CAM stronger")
    assert found.ends == ("Grad-CAM stronger", "Evidence stronger")
    assert "1 limit more is full colour" in found.tip
    assert not own_limit(viewing, SHOWN)
    viewing.own_limits[BLACK.id, "gradcam"] = 0.2
    assert own_limit(viewing, SHOWN)
    assert "limits is your own" in describe_any(viewing, SHOWN, known).tip
    for words in ("severe", "soft", "black"):
        assert words in found.badge
    assert "rank correlation" in found.footer
    assert "IoU of top 10 %" in found.footer
    assert "coarser" in found.footer_tip
    assert pane_title(viewing, SHOWN) == "Evidence − Grad-CAM"


def test_evidence_less_evidence_is_in_logits(viewing: ViewerState, known: Comparisons) -> None:
    synthetic.load(viewing, SOFT, SPARSE)
    viewing.limits[SPARSE.id, "evidence"] = 2.0
    synthetic.tell(viewing, synthetic.analysis(1, SPARSE, evidence=synthetic.evidence() / 4))
    content = PaneContent(
        DIFFERENCE, pair=(PaneContent("evidence", SOFT.id), PaneContent("evidence", SPARSE.id))
    )
    found = describe_any(viewing, content, known)
    assert found.values == pytest.approx(0.75 * synthetic.evidence()[2])
    assert (found.limit, found.units) == (8.0, "logit")
    assert pane_title(viewing, content) == "soft − sparse"


def test_a_pinned_class_is_compared_with_the_one_in_view(
    viewing: ViewerState, known: Comparisons
) -> None:
    content = PaneContent(DIFFERENCE, pair=(PAIR[0], replace(PAIR[0], class_name="mild")))
    found = describe_any(viewing, content, known)
    assert found.values == pytest.approx(synthetic.evidence()[2] - synthetic.evidence()[1])
    assert "severe and mild" in found.badge
    assert pane_title(viewing, content) == "Evidence − Evidence: mild"


def test_a_map_that_is_missing_is_named_with_the_button_that_gets_it(
    viewing: ViewerState, known: Comparisons
) -> None:
    slow = PaneContent("scorecam")
    content = PaneContent(DIFFERENCE, pair=(PAIR[0], slow))
    found = describe_any(viewing, content, known)
    assert found.values is None
    assert found.badge.startswith("Score-CAM is missing")
    assert (found.button, found.answer, found.asked) == ("Compute", "compute", slow)
    viewing.working[BLACK.id, "scorecam"] = Work(0.5)
    found = describe_any(viewing, content, known)
    assert (found.button, found.answer, found.progress) == ("Cancel", "cancel", 0.5)


def test_a_map_that_there_cannot_be_is_said(viewing: ViewerState, known: Comparisons) -> None:
    content = PaneContent(DIFFERENCE, pair=(PAIR[0], PaneContent("evidence", BLACK.id)))
    assert "no evidence of its own" in describe_any(viewing, content, known).notice


def test_maps_of_different_places_have_no_difference(
    viewing: ViewerState, known: Comparisons
) -> None:
    elsewhere = replace(synthetic.analysis(1, BLACK, gradcam=GRADCAM), region=Region(64, 0, 80, 48))
    synthetic.tell(viewing, elsewhere)
    found = describe_any(viewing, SHOWN, known)
    assert found.values is None
    assert "no part of the image in common" in found.notice


@pytest.mark.parametrize("hidden", ["model", "error"])
def test_what_is_kept_back_is_kept_back_of_a_difference(
    viewing: ViewerState, known: Comparisons, hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = describe_any(viewing, SHOWN, known)
    assert before.values is not None
    if hidden == "model":
        monkeypatch.setattr(viewing, "model_hidden", lambda *_: True)
    else:
        viewing.image_error = "broken.png cannot be read."
    found = describe_any(viewing, SHOWN, known)
    assert found.values is None
    assert found.footer == ""
    assert bool(found.hidden) == (hidden == "model")
    assert bool(found.notice) == (hidden == "error")
    assert "severe" not in f"{found.badge}{found.tip}"


def test_large_maps_are_compared_behind_and_once(
    viewing: ViewerState, known: Comparisons, qtbot: Any
) -> None:
    rng = np.random.default_rng(0)
    fine = rng.random((3, 300, 400), dtype=np.float32)
    synthetic.tell(viewing, synthetic.analysis(1, BLACK, gradcam=fine))
    with qtbot.waitSignal(known.ready):
        first = describe_any(viewing, SHOWN, known)
        assert first.values is None
        assert "being compared" in first.badge
        describe_any(viewing, SHOWN, known)
        assert len(known._running) == 1
    found: Description = describe_any(viewing, SHOWN, known)
    assert found.values is not None
    assert found.values.shape == (300, 400)
    assert describe_any(viewing, SHOWN, known).values is found.values


def test_a_comparison_that_is_no_longer_wanted_is_dropped(
    viewing: ViewerState, known: Comparisons, qtbot: Any
) -> None:
    synthetic.tell(
        viewing, synthetic.analysis(1, BLACK, gradcam=np.ones((3, 300, 300), np.float32))
    )
    describe_any(viewing, SHOWN, known)
    known.forget()
    qtbot.wait(200)
    assert not known._known
    assert not known._maps
