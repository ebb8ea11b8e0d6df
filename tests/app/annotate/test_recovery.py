"""What a study does not take survives the end of the program, in a recovery file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.annotate import recovery
from app.annotate.annotator import Annotator
from app.annotate.unsaved import Draft
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

        for name in ("add_annotation", "update_annotation", "delete_annotation"):
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
    assert recovery.keep(study.id, [draft])
    path = recovery.recovery_path(study.id)
    path.write_text(path.read_text()[:40])
    assert recovery.read(study.id) == []
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
