"""What a pane says of its map, from the state alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app import texts
from app.compare.description import describe
from app.state import LoadedModel, PaneContent, ViewerState, Work

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")
DUAL = synthetic.model("dual", "dual-branch")
MAPS = np.abs(synthetic.evidence())


@pytest.fixture
def viewing(state: ViewerState) -> ViewerState:
    """A case in view with the predictions of two models and no map."""
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    for model in (SOFT, BLACK):
        synthetic.tell(state, synthetic.analysis(1, model))
    return state


def test_a_slow_map_waits_to_be_asked_for(viewing: ViewerState) -> None:
    found = describe(viewing, PaneContent("scorecam"))
    assert "Score-CAM" in found.offer
    assert (found.button, found.answer) == ("Compute", "compute")
    assert found.values is None
    assert found.progress is None


def test_a_quick_map_is_on_its_way_by_itself(viewing: ViewerState) -> None:
    assert describe(viewing, PaneContent("gradcam")).button == ""


def test_a_slow_map_can_be_stopped_while_it_is_computed(viewing: ViewerState) -> None:
    viewing.working[BLACK.id, "scorecam"] = Work(0.25)
    found = describe(viewing, PaneContent("scorecam"))
    assert "25%" in found.badge
    assert (found.button, found.answer, found.progress) == ("Cancel", "cancel", 0.25)


def test_slow_maps_at_once_are_not_offered(viewing: ViewerState) -> None:
    viewing.set_slow_at_once(True)
    assert describe(viewing, PaneContent("scorecam")).button == ""


def test_a_slow_map_that_is_there_is_shown(viewing: ViewerState) -> None:
    synthetic.tell(viewing, synthetic.analysis(1, BLACK, scorecam=MAPS))
    found = describe(viewing, PaneContent("scorecam"))
    assert found.values is not None
    assert np.array_equal(found.values, MAPS[2])
    assert "post-hoc approximation" in found.badge
    assert found.offer == ""


def test_a_failure_is_said_and_can_be_tried_again(viewing: ViewerState) -> None:
    viewing.failures[BLACK.id, "scorecam"] = "There is not enough memory."
    found = describe(viewing, PaneContent("scorecam"))
    assert found.notice == "There is not enough memory."
    assert (found.button, found.answer) == ("Compute", "compute")


def test_a_method_that_cannot_explain_the_model_says_why(viewing: ViewerState) -> None:
    smooth = LoadedModel("m", SOFT.path, SOFT.spec, "CPU", {"guided_backprop": "It has no ReLU."})
    synthetic.load(viewing, smooth)
    found = describe(viewing, PaneContent("guided_backprop"))
    assert found.notice == "It has no ReLU."
    assert found.button == ""


def test_the_localization_branch_is_not_called_the_prediction(viewing: ViewerState) -> None:
    synthetic.load(viewing, DUAL)
    synthetic.tell(viewing, synthetic.analysis(1, DUAL, gradcam=MAPS, evidence=MAPS))
    assert "localization branch" in describe(viewing, PaneContent("gradcam")).badge
    assert "is the prediction" in describe(viewing, PaneContent("evidence")).badge


def test_the_slow_maps_in_view_are_those_still_missing(viewing: ViewerState) -> None:
    viewing.set_panes([PaneContent("evidence"), PaneContent("scorecam"), PaneContent("occlusion")])
    assert viewing.slow_in_view() == [(BLACK, "scorecam"), (BLACK, "occlusion")]
    synthetic.tell(viewing, synthetic.analysis(1, BLACK, scorecam=MAPS))
    assert viewing.slow_in_view() == [(BLACK, "occlusion")]


def test_two_maps_that_agree_by_construction_are_called_one_witness(viewing: ViewerState) -> None:
    same = [(("cam", "gradcam", "xgradcam"), "One linear layer.")]
    linear = replace(BLACK, same=same)
    synthetic.load(viewing, linear)
    synthetic.tell(viewing, synthetic.analysis(1, linear, gradcam=MAPS, xgradcam=MAPS))
    viewing.set_panes([PaneContent("gradcam"), PaneContent("xgradcam")])
    first, second = (describe(viewing, content) for content in viewing.panes)
    assert "post-hoc approximation" in first.badge
    assert "identical by construction to Grad-CAM" in second.badge
    assert "One linear layer." in second.tip


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (Work(0.0), "is being computed."),
        (Work(0.0, waits=True), "waits for its turn."),
        (Work(0.3, left=3.0), "A few seconds left."),
        (Work(0.3, left=21.0), "About 25 s left."),
        (Work(0.3, left=119.0), "About 2 min left."),
        (Work(0.3, left=4500.0), "About 1 h 15 min left."),
    ],
)
def test_a_slow_map_says_how_long_it_takes(viewing: ViewerState, work: Work, words: str) -> None:
    viewing.working[BLACK.id, "scorecam"] = work
    assert describe(viewing, PaneContent("scorecam")).offer.endswith(words)


def test_of_many_classes_the_offer_names_the_one_that_is_missing(viewing: ViewerState) -> None:
    spec = replace(SOFT.spec, classes=(*synthetic.CLASSES, *(f"c{n}" for n in range(20))))
    model = replace(SOFT, spec=spec)
    synthetic.load(viewing, model)
    found = replace(synthetic.analysis(1, model), single={("scorecam", 2): MAPS[2]})
    synthetic.tell(viewing, found)
    shown = describe(viewing, PaneContent("scorecam"))
    assert shown.values is not None
    assert np.array_equal(shown.values, MAPS[2])
    viewing.set_class("c3")
    shown = describe(viewing, PaneContent("scorecam"))
    assert (shown.button, shown.values) == ("Compute", None)
    assert "c3" in shown.offer


def test_a_branch_that_repeats_another_map_is_still_not_the_prediction(
    viewing: ViewerState,
) -> None:
    dual = replace(DUAL, same=[(("cam", "gradcam"), "Clamped weights.")])
    synthetic.load(viewing, dual)
    synthetic.tell(viewing, synthetic.analysis(1, dual, gradcam=MAPS, cam=MAPS))
    viewing.set_panes([PaneContent("gradcam"), PaneContent("cam")])
    found = describe(viewing, viewing.panes[1])
    assert found.badge.startswith("localization branch, not the prediction · identical")
    assert "second head" in found.tip
    assert "Clamped weights." in found.tip


def test_the_evidence_of_another_class_is_not_explained_as_the_prediction(
    viewing: ViewerState,
) -> None:
    synthetic.tell(viewing, synthetic.analysis(1, SOFT, evidence=MAPS))
    assert "prediction itself" in describe(viewing, PaneContent("evidence")).tip
    viewing.set_class("mild")
    tip = describe(viewing, PaneContent("evidence")).tip
    assert "its mean is that class's logit" in tip
    assert "prediction itself" not in tip


@pytest.mark.parametrize(("models", "button"), [((SOFT, BLACK), "Show black box"), ((SOFT,), "")])
def test_an_open_partner_is_shown_and_none_offered_where_none_is(
    viewing: ViewerState, models: tuple[LoadedModel, ...], button: str
) -> None:
    synthetic.load(viewing, *models)
    found = replace(synthetic.analysis(1, SOFT, gradcam=MAPS), identical={"gradcam": "The same."})
    synthetic.tell(viewing, found)
    shown = describe(viewing, PaneContent("gradcam", SOFT.id))
    assert shown.button == button
    # Equal in which sense, for numbers beside it say that it is not quite the same.
    assert "The same. In this sense: cell by cell, up to one factor." in shown.tip


def test_a_share_that_rounds_to_nothing_has_no_sign(viewing: ViewerState) -> None:
    found = synthetic.analysis(1, SOFT)
    text = texts.share_text("severe", -1e-4, found, SOFT, 8)
    assert text == "severe: cell 0.00 · adds 0.00 to the logit +3.00 (0.0 %)"
    assert "(−8.3 %)" in texts.share_text("severe", -2.0, found, SOFT, 8)


def test_a_model_without_the_class_in_view_scores_nothing(viewing: ViewerState) -> None:
    other = replace(BLACK, id="other", spec=replace(BLACK.spec, classes=("a", "b", "c")))
    synthetic.load(viewing, SOFT, other)
    synthetic.tell(viewing, synthetic.analysis(1, other, gradcam=MAPS))
    found = describe(viewing, PaneContent("gradcam", "other"))
    assert found.notice == "This model has no class “severe”."
    assert found.badge == "black"
