"""Save study as: a whole copy with what waits to be written, or everything as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.annotate.annotator import Annotator
from app.controller import Controller
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

BOXES = [Shape("box", [[n, n], [n + 9, n + 9]]) for n in range(4)]


@pytest.fixture
def annotator(
    controller: Controller, state: ViewerState, folder: Callable[..., Path], shown: Any
) -> Annotator:
    """An annotator over a folder's study that has two shapes of the case in view."""
    annotator = Annotator(state, controller)
    controller.open_paths([folder(2)])
    shown()
    for box in BOXES[:2]:
        annotator.add(box)
    assert annotator.unsaved == 0
    return annotator


@pytest.fixture
def refuse(state: ViewerState, annotator: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the open study take no more shapes; a third one waits."""

    def full(*_: object, **__: object) -> int:
        raise StudyError("The disk of the study is full; free some space, then try again.")

    monkeypatch.setattr(state.study, "add_annotation", full)
    annotator.add(BOXES[2])
    assert annotator.unsaved == 1


def stored(path: Path) -> list[Shape]:
    """Return what a study's file has."""
    with Study.open(path) as study:
        return [record.shape for record in study.annotations()]


@pytest.mark.usefixtures("refuse")
def test_the_copy_has_the_edits_that_wait(
    controller: Controller, state: ViewerState, annotator: Annotator, shown: Any, tmp_path: Path
) -> None:
    controller.save_study_as(tmp_path / "copy.softcam")
    shown()
    assert state.study is not None
    assert state.study.path == tmp_path / "copy.softcam"
    assert annotator.unsaved == 0
    assert [draft.shape for draft in annotator.records()] == BOXES[:3]
    annotator.add(BOXES[3])
    assert stored(tmp_path / "copy.softcam") == BOXES


@pytest.mark.usefixtures("refuse")
def test_a_copy_that_fails_leaves_the_study_open_and_the_edits_waiting(
    controller: Controller,
    state: ViewerState,
    annotator: Annotator,
    tmp_path: Path,
    messages: list[str],
) -> None:
    study, case = state.study, state.case
    target = tmp_path / "copy.softcam"
    target.mkdir()
    controller.save_study_as(target)
    assert len(messages) == 1
    assert "cannot be saved" in messages[0]
    assert (state.study, state.case) == (study, case)
    assert annotator.unsaved == 1
    assert [draft.shape for draft in annotator.records()] == BOXES[:3]


def test_a_study_whose_file_was_deleted_is_rescued(
    controller: Controller, state: ViewerState, annotator: Annotator, shown: Any, tmp_path: Path
) -> None:
    assert state.study is not None
    old = state.study.path
    for end in ("", "-wal", "-shm"):
        Path(f"{old}{end}").unlink()
    annotator.add(BOXES[2])
    assert annotator.unsaved == 1
    controller.save_study_as(tmp_path / "missing" / "copy.softcam")
    assert [draft.shape for draft in annotator.records()] == BOXES[:3]
    controller.save_study_as(tmp_path / "copy.softcam")
    shown()
    assert len(state.cases) == 2
    assert annotator.unsaved == 0
    assert stored(tmp_path / "copy.softcam") == BOXES[:3]
    assert not old.exists()


def test_a_study_that_is_not_there_is_told_and_not_made(
    controller: Controller, state: ViewerState, shown: Any, tmp_path: Path, qtbot: Any
) -> None:
    missing = tmp_path / "missing.softcam"
    with qtbot.waitSignal(state.message) as told:
        controller.open_study(missing)
    assert told.args == [f"There is no study {missing}; check its name and folder."]
    assert not missing.exists()


@pytest.mark.usefixtures("annotator")
def test_the_copy_is_whole_where_the_log_cannot_be_brought_into_the_study(
    controller: Controller, state: ViewerState, shown: Any, tmp_path: Path
) -> None:
    assert state.study is not None
    assert state.case is not None
    reader = sqlite3.connect(state.study.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM annotations").fetchall()
    controller.set_status("done")  # lies in the log until the other program has ended
    state.study.add_annotation(state.case.id, "box", BOXES[2].points)
    controller.save_study_as(tmp_path / "copy.softcam")
    shown()
    reader.close()
    assert stored(tmp_path / "copy.softcam") == BOXES[:3]
    assert [case.status for case in state.cases] == ["done", "unread"]


def test_the_log_that_a_killed_program_left_beside_the_target_is_not_read(
    controller: Controller, state: ViewerState, annotator: Annotator, shown: Any, tmp_path: Path
) -> None:
    target = tmp_path / "target.softcam"
    with Study.open(tmp_path / "live.softcam") as live:
        for _ in range(40):
            live.add_annotation(live.add_cases([tmp_path / "x.png"])[0], "point", [1, 1], "OLD")
        for end in ("", "-wal"):
            shutil.copy(f"{live.path}{end}", f"{target}{end}")
    controller.save_study_as(target)
    shown()
    assert len(state.cases) == 2
    assert [draft.shape for draft in annotator.records()] == BOXES[:2]
