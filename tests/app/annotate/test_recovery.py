"""What a study does not take survives the end of the program, in a recovery file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.annotate import recovery
from app.annotate.annotator import Annotator
from app.annotate.unsaved import Draft, Grade, Group
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.errors import ReadLockedError, StudyError

BOX = Shape("box", [[10, 10], [30, 20]])
SHAPES = [
    BOX,
    Shape("ellipse", [[50.25, 50], [20, 10]], 30),
    Shape("polygon", [[0, 0], [10.1, 0], [5, 8]]),
    Shape("point", [[7, 7]]),
    Shape("mask", [[3, 4], [5, 6]], mask=[[True, False], [True, True]]),
]


class Refusal:
    """Makes a study refuse every edit with an error."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._patch = pytest.MonkeyPatch()

    def __call__(self, error: Exception) -> None:
        def call(*_args: Any, **_named: Any) -> None:
            raise error

        for name in ("add_annotation", "update_annotation", "delete_annotation", "set_label"):
            self._patch.setattr(self._study, name, call)

    def end(self) -> None:
        self._patch.undo()


@pytest.fixture
def refuse(study: Study, annotator: Annotator) -> Iterator[Refusal]:
    refusal = Refusal(study)
    yield refusal
    refusal.end()
    annotator.writer.timer.stop()


FULL = StudyError("The disk of the study is full; free some space.")


def test_edits_survive_the_end_of_the_program(
    annotator: Annotator, study: Study, open_state: ViewerState, refuse: Refusal
) -> None:
    stored = annotator.add(BOX)
    assert stored is not None
    refuse(FULL)
    for shape in SHAPES:
        annotator.add(shape, attributes={"note": "faint"})
    annotator.set_label(stored, "EX")
    assert recovery.recovery_path(study.id).is_file()
    refuse.end()
    annotator.writer.timer.stop()
    # The next program: nothing of the old one's memory is left.
    again = Annotator(open_state)
    assert again.unsaved == 0
    records = study.annotations()
    assert [(r.shape, r.attributes) for r in records[1:]] == [
        (s, {"note": "faint"}) for s in SHAPES
    ]
    assert records[0].label == "EX"
    assert not recovery.recovery_path(study.id).exists()
    Annotator(open_state)
    assert len(study.annotations()) == 1 + len(SHAPES)  # once only


def test_what_was_recovered_is_told(
    qtbot: Any, annotator: Annotator, open_state: ViewerState, refuse: Refusal
) -> None:
    refuse(FULL)
    annotator.add(BOX)
    refuse.end()
    study, open_state.study = open_state.study, None
    again = Annotator(open_state)
    open_state.study = study
    with qtbot.waitSignal(again.failed) as told:
        open_state.study_changed.emit()
    assert told.args == ["1 edits that could not be saved before are saved now."]


def test_a_file_that_cannot_be_written_is_said(
    annotator: Annotator, refuse: Refusal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(blocked))
    refuse(FULL)
    told: list[str] = []
    annotator.failed.connect(told.append)
    annotator.add(BOX)
    assert "in memory alone" in told[0]
    assert annotator.unsaved == 1


def test_a_damaged_file_is_put_aside(study: Study) -> None:
    draft = Draft("unsaved-1", 1, BOX, "MA", "reader-1")
    assert recovery.keep(study.id, [Group("", (draft,))])
    path = recovery.recovery_path(study.id)
    path.write_text(path.read_text()[:40])
    assert recovery.read(study.id)[0] == []
    assert not path.exists()
    assert path.with_suffix(".unreadable").is_file()


def test_an_edit_of_a_locked_read_is_told_and_not_kept(
    annotator: Annotator, study: Study, refuse: Refusal
) -> None:
    refuse(ReadLockedError("The read of one.png is locked; begin another read to change it."))
    told: list[str] = []
    annotator.failed.connect(told.append)
    assert annotator.add(BOX) is None
    assert annotator.unsaved == 0
    assert told == ["The read of one.png is locked; begin another read to change it."]
    assert not recovery.recovery_path(study.id).exists()


def test_a_grade_is_kept_as_well(
    annotator: Annotator, study: Study, open_state: ViewerState, refuse: Refusal
) -> None:
    refuse(FULL)
    annotator.set_grade("mild")
    assert annotator.grade() == "mild"
    assert annotator.unsaved == 1
    refuse.end()
    annotator.writer.timer.stop()
    Annotator(open_state)
    assert open_state.case is not None
    assert study.grades(open_state.case.id) == {"reader-1": "mild"}
    assert annotator.steps.stack.undoText() == ""  # the first program is gone


def test_what_waits_together_is_stored_as_one_step(
    annotator: Annotator, study: Study, refuse: Refusal
) -> None:
    ids = annotator.add_many(SHAPES[:2], "Add two")
    refuse(FULL)
    annotator.replace(ids, [SHAPES[2]], "Merge 2 shapes")
    assert [d.shape for d in annotator.records()] == [SHAPES[2]]
    refuse.end()
    annotator.retry()
    assert [r.shape for r in study.annotations()] == [SHAPES[2]]
    assert annotator.steps.stack.undoText() == "Merge 2 shapes"
    annotator.steps.undo()
    assert [r.shape for r in study.annotations()] == SHAPES[:2]


def test_a_program_killed_after_storing_stores_nothing_twice(
    annotator: Annotator, study: Study, open_state: ViewerState, refuse: Refusal
) -> None:
    refuse(FULL)
    for shape in SHAPES[:3]:
        annotator.add(shape)
    annotator.writer.timer.stop()
    path = recovery.recovery_path(study.id)
    content = path.read_bytes()
    refuse.end()
    annotator.retry()
    assert not path.exists()
    path.write_bytes(content)  # as if it had been killed before it could say so
    again = Annotator(open_state)
    assert [r.shape for r in study.annotations()] == SHAPES[:3]
    assert again.unsaved == 0
    assert not path.exists()


def test_what_can_never_be_stored_holds_nothing_up(
    study: Study, open_state: ViewerState, annotator: Annotator
) -> None:
    good = Draft("unsaved-2", study.cases()[0].id, BOX, "MA", "reader-1")
    bad = Draft("unsaved-1", 999, BOX, "MA", "reader-1")
    assert recovery.keep(study.id, [Group("", (bad,)), Group("", (good,))])
    again = Annotator(open_state)
    assert [r.shape for r in study.annotations()] == [BOX]
    assert again.unsaved == 0
    again.steps.undo()
    assert study.annotations() == []
    (aside,) = recovery.recovery_path(study.id).parent.glob("*.aside-*.json")
    assert "999" in aside.read_text()


def test_a_window_that_only_reads_leaves_the_file_alone(
    study: Study, open_state: ViewerState, annotator: Annotator, refuse: Refusal
) -> None:
    refuse(FULL)
    annotator.add(BOX)
    path = recovery.recovery_path(study.id)
    content = path.read_bytes()
    with Study.open(study.path, read_only=True) as reading:
        open_state.study = reading
        second = Annotator(open_state)
        assert second.unsaved == 0
        second.retry()
        assert second.records() == []
    assert path.read_bytes() == content
    open_state.study = study


def test_every_kind_of_edit_comes_back_from_the_file(study: Study) -> None:
    groups = [
        Group("Two", tuple(Draft(n, 1, s, "MA", "r", {"note": "ä"}) for n, s in enumerate(SHAPES))),
        Group("", (Grade(2, "mild", "r"),)),
    ]
    assert recovery.keep(study.id, groups)
    assert recovery.read(study.id)[0] == groups
