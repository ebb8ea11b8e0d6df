"""Two windows on one study: the second one reads, follows, and says so."""

from pathlib import Path
from typing import Any

import pytest

from app.annotate.annotator import Annotator
from app.controller import Controller
from app.safety.follow import Follow
from app.state import ViewerState
from softcam_core.annotations.claim import claim
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

BOX = Shape("box", [[2, 2], [9, 9]])


@pytest.fixture
def study_path(folder: Any, tmp_path: Path) -> Path:
    """A study of three images with a mark on the first."""
    path = tmp_path / "reading.softcam"
    with Study.open(path) as study:
        cases = study.add_cases(sorted(folder(3).iterdir()))
        study.add_annotation(cases[0], "box", BOX.points, "MA")
    return path


def test_a_second_window_reads_and_says_so(
    controller: Controller, state: ViewerState, study_path: Path, qtbot: Any
) -> None:
    told: list[str] = []
    state.message.connect(told.append)
    annotator = Annotator(state)
    first = claim(study_path)
    assert first is not None
    controller.open_study(study_path)
    qtbot.waitUntil(lambda: state.case is not None)
    assert told == [
        "The study reading.softcam is open in another window; here it can be read, but not "
        "changed, and follows what is drawn there."
    ]
    assert [draft.shape for draft in annotator.records()] == [BOX]
    assert annotator.add(BOX) is None
    assert not annotator.can_draw
    controller.set_status("done")
    assert state.cases[0].status == "unread"
    first.release()


def test_a_second_window_follows_the_first(
    controller: Controller, state: ViewerState, study_path: Path, qtbot: Any
) -> None:
    annotator = Annotator(state)
    follow = Follow(state, annotator)
    first = claim(study_path)
    assert first is not None
    controller.open_study(study_path)
    qtbot.waitUntil(lambda: state.case is not None)
    follow.look()
    with Study.open(study_path) as other:
        other.add_annotation(other.cases()[0].id, "point", [[5, 5]], "HE")
    follow.look()
    assert [draft.kind for draft in annotator.records()] == ["box", "point"]
    controller.close_study()
    first.release()


def test_a_second_window_follows_protocol_and_other_cases(
    controller: Controller, state: ViewerState, study_path: Path, qtbot: Any
) -> None:
    follow = Follow(state, Annotator(state))
    first = claim(study_path)
    assert first is not None
    controller.open_study(study_path)
    qtbot.waitUntil(lambda: len(state.cases) == 3)
    follow.look()
    with Study.open(study_path) as other:
        third = other.cases()[2].id
        other.set_status(third, "flagged")
        other.set_label(third, "severe", "anna")
    told: list[int] = []
    state.annotations_changed.connect(told.append)
    follow.look()
    assert (state.cases[2].status, state.cases[2].label) == ("flagged", "severe")
    assert -1 in told
    with Study.open(study_path) as other:
        set_protocol(other, Protocol("blinded"), "head")
    follow.look()
    assert state.sight.mode == "blinded"
    assert state.others_hidden(state.cases[2])
    assert state.cases[2].label == ""
    controller.close_study()
    first.release()


def test_a_second_window_writes_when_the_first_has_closed(
    controller: Controller, state: ViewerState, study_path: Path, qtbot: Any, messages: list[str]
) -> None:
    annotator = Annotator(state)
    follow = Follow(state, annotator, reopen=controller.reopen)
    first = claim(study_path)
    assert first is not None
    controller.open_study(study_path)
    qtbot.waitUntil(lambda: len(state.cases) == 3)
    controller.select_case(state.cases[1].id)
    state.set_reader("bob")
    follow.look()
    assert state.study is not None
    assert state.study.read_only
    first.release()
    messages.clear()
    follow.look()
    qtbot.waitUntil(lambda: state.study is not None and state.case is not None)
    assert not state.study.read_only
    assert messages == ["The other window has closed the study; now it can be changed here."]
    assert state.case.name == "case 2.png"
    assert state.reader == "bob"
    assert claim(study_path) is None
    annotator.add(BOX)
    annotator.retry()
    assert len(state.study.annotations(state.case.id, "bob")) == 1


def test_a_closed_study_is_free_for_the_next_window(
    controller: Controller, state: ViewerState, study_path: Path, qtbot: Any
) -> None:
    controller.open_study(study_path)
    qtbot.waitUntil(lambda: state.case is not None)
    assert claim(study_path) is None
    controller.close_study()
    again = claim(study_path)
    assert again is not None
    again.release()


def test_a_folder_of_a_study_that_is_only_read_shows_its_cases(
    controller: Controller, state: ViewerState, study_path: Path, qtbot: Any
) -> None:
    first = claim(study_path)
    assert first is not None
    with Study.open(study_path, read_only=True) as study:
        images = study.cases()
    controller.open_paths([images[0].path.parent], study_path)
    qtbot.waitUntil(lambda: len(state.cases) == 3)
    assert [case.id for case in state.cases] == [case.id for case in images]
    first.release()


def test_a_damaged_study_is_told_apart_and_left_alone(
    controller: Controller, study_path: Path, qtbot: Any
) -> None:
    content = bytearray(study_path.read_bytes())
    content[4096 : 4096 + 2000] = bytes(2000)
    study_path.write_bytes(content)
    with qtbot.waitSignal(controller.study_damaged) as told:
        controller.open_study(study_path)
    path, sentence = told.args
    assert path == study_path
    assert "damaged" in sentence
    assert study_path.read_bytes() == content
    again = claim(study_path)
    assert again is not None  # a repair may take it
    again.release()
