"""What can be done to panes: how many, in which order, and their differences."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.compare import panes
from app.compare.builtin import builtin
from app.compare.further import further
from app.state import DIFFERENCE, IMAGE, MARKS, PaneContent, ViewerState

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SAME = [(("evidence", "cam", "gradcam", "xgradcam"), "One linear layer.")]
SOFT = replace(synthetic.model("soft"), same=SAME)
SPARSE = synthetic.model("sparse")
BLACK = replace(synthetic.model("black", "blackbox"), same=[(("cam", "gradcam"), "One layer.")])
EVIDENCE, GRADCAM = PaneContent("evidence"), PaneContent("gradcam")


def methods(contents: list[PaneContent]) -> list[str]:
    return [content.method for content in contents]


# How many


@pytest.mark.parametrize("count", range(1, 9))
def test_so_many_panes_as_asked_for_and_no_two_alike(state: ViewerState, count: int) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    panes.set_count(state, count)
    assert len(state.panes) == count
    assert len(set(state.panes)) == count
    panes.set_count(state, 1)
    assert state.panes == [EVIDENCE]


def test_eight_panes_of_one_softcam_are_not_eight_refusals(state: ViewerState) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    panes.set_count(state, 8)
    for content in state.panes:
        assert not content.has_map or state.has_map(state.pane_model(content), content.method)
    assert {IMAGE, MARKS} <= set(methods(state.panes))
    # The same picture again comes only when nothing else is left.
    assert not {"cam", "xgradcam"} & set(methods(state.panes))


def test_the_evidence_of_every_model_comes_early(state: ViewerState) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SPARSE, SOFT, BLACK)
    found = further(state, [EVIDENCE, GRADCAM], 4)
    assert found[2] == PaneContent("evidence", SOFT.id)


def test_four_panes_without_a_model_are_four(state: ViewerState) -> None:
    assert methods(further(state, [EVIDENCE, GRADCAM], 4)) == ["evidence", "gradcam", MARKS, IMAGE]


# Order


def test_panes_change_places_and_the_keys_follow(state: ViewerState) -> None:
    state.set_panes([EVIDENCE, GRADCAM, PaneContent(IMAGE)])
    panes.swap(state, 0, 2)
    assert methods(state.panes) == [IMAGE, "gradcam", "evidence"]
    assert state.current == 2
    panes.step(state, 2, -1)
    assert methods(state.panes) == [IMAGE, "evidence", "gradcam"]
    assert state.current == 1
    panes.step(state, 0, -1)
    assert methods(state.panes) == [IMAGE, "evidence", "gradcam"]


def test_closing_a_pane_keeps_the_current_one(state: ViewerState) -> None:
    state.set_panes([EVIDENCE, GRADCAM, PaneContent(IMAGE)])
    state.set_current(2)
    panes.close(state, 0)
    assert (methods(state.panes), state.current) == (["gradcam", IMAGE], 1)
    panes.close(state, 1)
    assert (methods(state.panes), state.current) == (["gradcam"], 0)
    panes.close(state, 0)
    assert methods(state.panes) == ["gradcam"]


# Differences


def test_a_difference_takes_a_pane_of_its_own_and_the_same_key_closes_it(
    state: ViewerState,
) -> None:
    state.set_panes([replace(EVIDENCE, opacity=0.3, linked=False), GRADCAM])
    panes.difference(state)
    assert len(state.panes) == 3
    assert state.panes[2] == PaneContent(DIFFERENCE, pair=(EVIDENCE, GRADCAM))
    panes.turn(state, 2)
    assert state.panes[2].pair == (GRADCAM, EVIDENCE)
    state.set_current(0)
    panes.difference(state)
    assert state.panes[2].pair == (EVIDENCE, GRADCAM)
    panes.difference(state)
    assert len(state.panes) == 2
    panes.difference(state)
    state.set_current(2)
    panes.difference(state)
    assert len(state.panes) == 2


def test_evidence_is_held_against_the_black_box_before_another_models_evidence(
    state: ViewerState,
) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SPARSE, SOFT, BLACK)
    other = PaneContent("evidence", SOFT.id)
    own = PaneContent("gradcam", SPARSE.id)
    for shown, partner in (
        (
            [EVIDENCE, other, own, PaneContent("gradcam", BLACK.id)],
            PaneContent("gradcam", BLACK.id),
        ),
        ([EVIDENCE, other, own], own),
        ([EVIDENCE, other], other),
    ):
        state.set_panes(shown)
        state.set_current(0)
        panes.difference(state)
        assert state.panes[-1].pair == (EVIDENCE, partner)
        panes.difference(state)
        assert state.panes == shown, "the same key closes it"


def test_a_full_grid_loses_no_pane_to_a_difference(state: ViewerState) -> None:
    said: list[str] = []
    state.noted.connect(said.append)
    full = [*[PaneContent(IMAGE)] * 6, EVIDENCE, GRADCAM]
    state.set_panes(full)
    state.set_current(6)
    panes.difference(state)
    assert state.panes == full
    assert "Close pane" in said[0]


def test_one_map_has_no_difference(state: ViewerState) -> None:
    said: list[str] = []
    state.noted.connect(said.append)
    state.set_panes([EVIDENCE, PaneContent(IMAGE)])
    panes.difference(state)
    assert len(state.panes) == 2
    assert "two maps" in said[0]


def test_linking_one_pane(state: ViewerState) -> None:
    state.set_current(1)
    panes.toggle_link(state)
    assert [content.linked for content in state.panes] == [True, False]
    panes.toggle_link(state)
    assert all(content.linked for content in state.panes)


# Built-in layouts


def test_built_in_layouts(state: ViewerState) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    assert builtin(state, "two") == ([EVIDENCE, GRADCAM], "")
    found, _ = builtin(state, "methods")
    assert {content.model for content in found} == {SOFT.id}
    assert methods(found)[:3] == ["evidence", "gradcam", "layercam"]
    found, _ = builtin(state, "classes")
    assert [content.class_name for content in found] == list(synthetic.CLASSES)
    found, why_not = builtin(state, "models")
    assert found == []
    assert "second SoftCAM" in why_not
    synthetic.load(state, SOFT, SPARSE)
    found, _ = builtin(state, "models")
    assert [content.model for content in found] == [SOFT.id, SPARSE.id]
    synthetic.load(state)
    assert builtin(state, "classes")[1]


def test_of_many_classes_the_most_probable_have_a_pane(state: ViewerState) -> None:
    names = tuple(f"c{number}" for number in range(20))
    many = replace(SOFT, spec=replace(SOFT.spec, classes=names))
    synthetic.show_case(state)
    synthetic.load(state, many)
    found = synthetic.analysis(1, many)
    probabilities = [n / 190 for n in range(20)]
    synthetic.tell(state, replace(found, probabilities=np.array(probabilities)))
    shown, _ = builtin(state, "classes")
    assert [content.class_name for content in shown] == [f"c{n}" for n in range(19, 11, -1)]
