"""Undo and redo of one reader leave alone what another one has done since."""

import time

import pytest

from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

BOX = [[1, 1], [5, 5]]
MOVED = [[2, 2], [9, 9]]


@pytest.fixture
def theirs(study: Study, case: int) -> int:
    """A mark of b in an import that belongs to a."""
    with study.batch("Import", "a"):
        study.add_annotation(case, "box", BOX, "MA", "a")
        return study.add_annotation(case, "box", BOX, "MA", "b")


def everything(study: Study, case: int) -> object:
    return study.annotations(), study.grades(case), study.edits()


def refuse(study: Study, case: int, walk: str, reader: str | None, sentence: str) -> None:
    before = everything(study, case)
    with pytest.raises(StudyError) as caught:
        getattr(study, walk)(reader)
    assert str(caught.value) == sentence
    assert everything(study, case) == before
    assert study.check() is None


@pytest.mark.parametrize("how", ["points", "label", "attributes", "deleted"])
def test_a_mark_that_its_reader_changed_since_stays(study, case, theirs, how):
    if how == "deleted":
        study.delete_annotation(theirs)
    else:
        new = {"points": MOVED, "label": "HE", "attributes": {"note": "sure"}}[how]
        study.update_annotation(theirs, **{how: new})
    refuse(
        study,
        case,
        "undo",
        "a",
        '"Import" cannot be undone: b has changed marks of this step since; undo that first.',
    )
    assert study.can_undo("a")
    study.undo("b")
    assert study.undo("a") == case
    assert study.annotations() == []
    study.redo("a")
    study.redo("b")
    assert study.check() is None
    assert len(study.annotations()) == (1 if how == "deleted" else 2)


def test_a_change_that_was_taken_back_does_not_count(study, case, theirs):
    study.update_annotation(theirs, points=MOVED)
    study.update_annotation(theirs, label="HE")
    study.undo("b")
    study.undo("b")
    study.undo("a")
    assert study.annotations() == []
    assert study.check() is None


def test_a_step_is_not_done_again_on_what_is_not_there(study, case, theirs):
    study.update_annotation(theirs, points=MOVED)
    study.undo("b")
    study.undo("a")
    begin = '"Change box MA" cannot be done again: a has taken back what it goes on from'
    refuse(study, case, "redo", "b", f"{begin}; redo that first.")
    study.redo("a")
    study.redo("b")
    assert study.annotations(case, "b")[0].points == MOVED
    study.undo("b")
    study.undo("a")
    study.set_label(case, "mild", "a")
    refuse(study, case, "redo", "b", f"{begin}, and drawn on.")


def test_a_step_is_not_done_again_over_later_work(study, case):
    mark = study.add_annotation(case, "box", BOX, "MA", "b")
    with study.batch("Relabel", "a"):
        study.update_annotation(mark, label="HE")
    study.undo("a")
    study.update_annotation(mark, points=MOVED)
    refuse(
        study,
        case,
        "redo",
        "a",
        '"Relabel" cannot be done again: b has changed marks of this step since; undo that first.',
    )
    assert study.undo() == case
    study.redo("a")
    assert [(r.label, r.points) for r in study.annotations()] == [("HE", BOX)]


def test_a_grade_that_its_reader_changed_since_stays(study, case):
    with study.batch("Import", "a"):
        study.set_label(case, "mild", "b")
    study.set_label(case, "severe", "b")
    sentence = (
        '"Import" cannot be undone: b has changed the grade of this step since; undo that first.'
    )
    refuse(study, case, "undo", "a", sentence)
    study.set_label(case, None, "b")
    refuse(study, case, "undo", "a", sentence)
    study.undo("b")
    study.undo("b")
    study.undo("a")
    assert study.grades(case) == {}


def test_undo_of_all_goes_through_the_work_of_all(study, case, theirs):
    study.update_annotation(theirs, points=MOVED)
    with study.batch("Relabel", "c"):
        study.update_annotation(theirs, label="HE")
    full = study.annotations()
    for _ in range(3):
        assert study.undo() == case
    assert study.annotations() == []
    for _ in range(3):
        assert study.redo() == case
    assert study.annotations() == full
    assert study.check() is None


def test_work_on_other_marks_does_not_matter(study, case, theirs):
    study.add_annotation(case, "box", BOX, "MA", "b")
    study.set_label(case, "mild", "b")
    study.undo("a")
    study.redo("a")
    assert len(study.annotations()) == 3
    assert study.check() is None


def test_a_large_step_under_the_work_of_others_is_walked_quickly(study, case):
    with study.batch("Import", "a"):
        for n in range(4000):
            study.add_annotation(case, "box", [[n, 0], [n + 5, 5]], "MA", "b")
    with study.batch("Other", "c"):
        for n in range(4000):
            study.add_annotation(case, "point", [[n, 0]], "MA", "c")
    start = time.process_time()
    study.undo("a")
    # About 0.15 s where nothing else runs.
    assert time.process_time() - start < 1.5
    assert len(study.annotations()) == 4000
