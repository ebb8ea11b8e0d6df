"""Layouts as JSON: what comes back of them, and what is not taken for one."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compare.layouts import VERSION, Layout, from_json, layout_of, to_json
from app.state import DIFFERENCE, IMAGE, MARKS, PaneContent
from softcam_core.explain.methods import METHODS

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")

MAPS = st.builds(
    PaneContent,
    method=st.sampled_from(sorted(METHODS)),
    model=st.sampled_from(["", SOFT.id, BLACK.id]),
    class_name=st.sampled_from(["", "severe", "mild · ä"]),
    opacity=st.none() | st.floats(0, 1),
    linked=st.booleans(),
)
BARE = st.builds(PaneContent, method=st.sampled_from([MARKS, IMAGE]), linked=st.booleans())
DIFFERENCES = st.builds(
    PaneContent, method=st.just(DIFFERENCE), pair=st.tuples(MAPS, MAPS), opacity=st.none()
)
PANES = st.lists(MAPS | BARE | DIFFERENCES, min_size=1, max_size=8)


def stored(layout: Layout) -> Any:
    """As it comes back from a file."""
    return json.loads(json.dumps(to_json(layout)))


@given(PANES, st.booleans())
def test_a_layout_comes_back_whole(panes: list[PaneContent], linked: bool) -> None:
    layout = layout_of(panes, linked, [SOFT, BLACK])
    found = from_json(stored(layout))
    assert found == layout
    assert found is not None
    assert found.fitted([SOFT, BLACK]) == panes
    assert found.linked == linked


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_foreign_values_are_no_layout(value: Any) -> None:
    assert from_json(value) is None


@pytest.mark.parametrize(
    "change",
    [
        {"version": VERSION + 1},
        {"panes": []},
        {"panes": [{"method": "evidence"}] * 9},
        {"panes": [{"method": "jet"}]},
        {"panes": [{"method": "evidence", "opacity": 1.5}]},
        {"panes": [{"method": "evidence", "opacity": True}]},
        {"panes": [{"method": "evidence", "class": 3}]},
        {"panes": [{"method": "evidence", "linked": "no"}]},
        {"panes": [{"method": DIFFERENCE}]},
        {"panes": [{"method": DIFFERENCE, "pair": [{"method": "evidence"}]}]},
        {"panes": [{"method": DIFFERENCE, "pair": [{"method": IMAGE}, {"method": "cam"}]}]},
        {"panes": ["evidence"]},
        {"linked": None},
    ],
)
def test_a_damaged_layout_is_none(change: dict[str, Any]) -> None:
    good = stored(layout_of([PaneContent("evidence")], True, []))
    assert from_json(good) is not None
    assert from_json({**good, **change}) is None


def test_a_model_is_found_again_by_its_weights_or_by_file_and_title() -> None:
    layout = layout_of([PaneContent("evidence", SOFT.id)], True, [SOFT])
    moved = replace(SOFT, path=Path("/elsewhere/other.safetensors"))
    again = replace(SOFT, id="trained-again")
    stranger = replace(again, path=moved.path)
    assert layout.fitted([BLACK, moved]) == [PaneContent("evidence", SOFT.id)]
    assert layout.fitted([again]) == [PaneContent("evidence", "trained-again")]
    assert layout.fitted([stranger]) == [PaneContent("evidence")]
    assert not layout.complete([stranger])
    assert layout.complete([again])


def test_both_sides_of_a_difference_find_their_models() -> None:
    pair = PaneContent("evidence", SOFT.id), PaneContent("gradcam", BLACK.id)
    layout = layout_of([PaneContent(DIFFERENCE, pair=pair)], True, [SOFT, BLACK])
    assert set(layout.models) == {SOFT.id, BLACK.id}
    again = replace(BLACK, id="new")
    (found,) = layout.fitted([SOFT, again])
    assert found.pair == (pair[0], PaneContent("gradcam", "new"))


def test_whose_marks_are_shown_is_not_stored() -> None:
    layout = layout_of([PaneContent("evidence", reader="anna")], True, [])
    assert "anna" not in json.dumps(to_json(layout))
