"""The layout of a study: stored as it changes, back when the study is opened again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.compare.layout_keeper import LAST, NAMED, SETTLE_MS, LayoutKeeper
from app.state import IMAGE, PaneContent, ViewerState
from softcam_core.annotations.study import Study
from softcam_core.errors import SoftcamError

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")
WANTED = [PaneContent("gradcam", BLACK.id, class_name="mild"), PaneContent(IMAGE)]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    study = Study.open(tmp_path / "study.softcam")
    yield study
    study.close()


@pytest.fixture
def keeper(state: ViewerState) -> LayoutKeeper:
    return LayoutKeeper(state)


def open_study(state: ViewerState, study: Study | None) -> None:
    if state.study is not None:
        state.study_closing.emit()
    state.study = study
    state.study_changed.emit()


def test_the_panes_come_back_with_the_study(
    keeper: LayoutKeeper, state: ViewerState, study: Study, qtbot: Any
) -> None:
    synthetic.load(state, SOFT, BLACK)
    open_study(state, study)
    state.set_panes(WANTED)
    state.set_linked(False)
    qtbot.waitUntil(lambda: study.get_setting(LAST) is not None, timeout=5 * SETTLE_MS)
    open_study(state, None)
    state.set_panes([PaneContent("evidence")])
    state.set_linked(True)
    open_study(state, study)
    assert state.panes == WANTED
    assert not state.linked


def test_what_was_changed_last_is_stored_before_the_study_closes(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    open_study(state, study)
    state.set_panes([PaneContent("layercam")])
    open_study(state, None)
    assert study.get_setting(LAST)["panes"] == [{"method": "layercam"}]


def test_a_model_that_is_opened_later_takes_its_panes(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    synthetic.load(state, SOFT, BLACK)
    open_study(state, study)
    state.set_panes(WANTED)
    open_study(state, None)
    synthetic.load(state)
    open_study(state, study)
    assert state.panes[0] == PaneContent("gradcam", class_name="mild")
    synthetic.load(state, SOFT)
    assert state.panes[0].model == ""
    synthetic.load(state, SOFT, BLACK)
    assert state.panes == WANTED
    open_study(state, None)
    assert study.get_setting(LAST)["panes"][0]["model"]["id"] == BLACK.id


def test_a_choice_in_the_meantime_is_kept(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    synthetic.load(state, SOFT, BLACK)
    open_study(state, study)
    state.set_panes(WANTED)
    open_study(state, None)
    synthetic.load(state)
    open_study(state, study)
    state.set_panes([PaneContent("evidence")])
    synthetic.load(state, SOFT, BLACK)
    assert state.panes == [PaneContent("evidence")]
    open_study(state, None)


def test_panes_of_the_command_line_are_not_replaced(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    open_study(state, study)
    state.set_panes([PaneContent("layercam")])
    open_study(state, None)
    state.set_panes([PaneContent("evidence")])
    keeper.asked_for = True
    open_study(state, study)
    assert state.panes == [PaneContent("evidence")]


@pytest.mark.parametrize("value", [{"version": 99}, [1, 2], "x", {"version": 1, "panes": 3}])
def test_a_layout_that_cannot_be_read_is_ignored_with_one_note(
    keeper: LayoutKeeper, state: ViewerState, study: Study, value: Any
) -> None:
    study.set_setting(LAST, value)
    study.set_setting(NAMED, value)
    notes: list[str] = []
    state.noted.connect(notes.append)
    before = state.panes
    open_study(state, study)
    assert state.panes == before
    assert len(notes) == 1
    assert "cannot be read" in notes[0]


def test_a_study_without_a_layout_leaves_the_panes_and_says_nothing(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    said: list[str] = []
    state.noted.connect(said.append)
    state.set_panes(WANTED)
    open_study(state, study)
    assert state.panes == WANTED
    assert said == []


def test_a_study_that_cannot_be_written_does_not_fail(
    keeper: LayoutKeeper, state: ViewerState, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise SoftcamError("study.softcam is locked by another program.")

    open_study(state, study)
    monkeypatch.setattr(study, "set_setting", refuse)
    said: list[str] = []
    state.message.connect(said.append)
    state.set_panes(WANTED)
    open_study(state, None)
    assert said == []
    open_study(state, study)
    # Who asks for a name is told.
    assert not keeper.save("mine")
    assert said == ["study.softcam is locked by another program."]


def test_what_an_adjudication_shows_is_not_stored(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    open_study(state, study)
    state.adjudicating = "anna", "bob"
    state.set_panes([PaneContent("", reader="anna"), PaneContent("", reader="bob")])
    open_study(state, None)
    assert study.get_setting(LAST) is None


def test_named_layouts_are_saved_chosen_renamed_and_deleted(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    synthetic.load(state, SOFT, BLACK)
    open_study(state, study)
    state.set_panes(WANTED)
    assert keeper.save("Teaching")
    state.set_panes([PaneContent("evidence")])
    assert keeper.save("alone")
    assert keeper.names() == ["alone", "Teaching"]
    keeper.choose("Teaching")
    assert state.panes == WANTED
    assert keeper.rename("Teaching", "Lesson")
    assert keeper.names() == ["alone", "Lesson"]
    keeper.choose("Lesson")
    assert state.panes == WANTED
    assert keeper.delete("Lesson")
    assert keeper.names() == ["alone"]
    open_study(state, None)
    assert keeper.names() == []
    assert not keeper.save("nowhere")


@pytest.mark.parametrize("first", ["A", "B"])
def test_a_renamed_layout_takes_the_place_of_the_one_that_had_its_name(
    keeper: LayoutKeeper, state: ViewerState, study: Study, first: str
) -> None:
    synthetic.load(state, SOFT, BLACK)
    open_study(state, study)
    shown = {"A": WANTED, "B": [PaneContent("evidence")]}
    for name in (first, *(shown.keys() - {first})):
        state.set_panes(shown[name])
        keeper.save(name)
    assert keeper.rename("A", "B")
    assert keeper.names() == ["B"]
    keeper.choose("B")
    assert state.panes == WANTED
    open_study(state, None)


def test_a_layout_tells_nothing_that_the_model_said(
    keeper: LayoutKeeper, state: ViewerState, study: Study
) -> None:
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    open_study(state, study)
    state.set_panes([PaneContent("evidence")] * 2)
    open_study(state, None)
    assert state.predicting_model() is SOFT
    assert "severe" not in str(study.get_setting(LAST))
