"""Undo, redo, batches and the history they work on."""

import pytest
import sqlalchemy as sa

from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

BOX = [[1, 1], [5, 5]]


def add(study: Study, case: int, reader: str = "a", label: str = "MA") -> int:
    return study.add_annotation(case, "box", BOX, label, reader)


def test_undo_and_redo_of_each_kind_of_edit(study, case):
    states = [study.annotations(case)]
    ann = add(study, case)
    states.append(study.annotations(case))
    study.update_annotation(ann, points=[[2, 2], [9, 9]])
    states.append(study.annotations(case))
    study.update_annotation(ann, label="HE")
    states.append(study.annotations(case))
    study.delete_annotation(ann)
    states.append(study.annotations(case))
    for state in reversed(states[:-1]):
        assert study.undo() == case
        assert study.annotations(case) == state
    assert study.undo() is None
    assert not study.can_undo()
    for state in states[1:]:
        assert study.redo() == case
        assert study.annotations(case) == state
    assert study.redo() is None
    assert not study.can_redo()


def test_grades_are_undone_too(study, case):
    study.set_label(case, "mild", "a")
    study.set_label(case, "severe", "a")
    study.undo()
    assert study.grades(case) == {"a": "mild"}
    study.undo()
    assert study.grades(case) == {}
    study.redo()
    assert study.grades(case) == {"a": "mild"}


def test_a_new_edit_ends_the_redo_branch_but_stays_in_the_history(study, case):
    first = add(study, case)
    study.undo()
    second = add(study, case)
    assert not study.can_redo("a")
    assert not study.can_redo()
    assert study.redo() is None
    assert [r.id for r in study.annotations(case)] == [second]
    assert [(e.action, e.annotation, e.state) for e in study.edits()] == [
        ("add", first, "dropped"),
        ("undo", first, "dropped"),
        ("add", second, "done"),
    ]


def test_undo_reaches_a_readers_own_edits(study, case):
    mine, theirs = add(study, case, "a"), add(study, case, "b")
    study.undo("a")
    assert [r.id for r in study.annotations(case)] == [theirs]
    assert study.can_redo("a")
    assert not study.can_redo("b")
    assert not study.can_undo("a")
    more = add(study, case, "b")
    assert study.can_redo("a")
    study.redo("a")
    assert [r.id for r in study.annotations(case)] == [mine, theirs, more]


def test_steps_are_what_undo_and_redo_of_their_owner_take(study, case):
    add(study, case, "a")
    with study.batch("Import of somebody's marks", "a"):
        add(study, case, "imported")
        study.set_label(case, "mild", "given")
    add(study, case, "b")
    study.set_label(case, "severe", "a")
    add(study, case, "a")
    texts = ["Add box MA", "Import of somebody's marks", "Grade severe", "Add box MA"]
    assert [step.text for step in study.steps("a")] == texts
    assert [step.text for step in study.steps("a", 2)] == texts[2:]
    assert not any(step.many for step in study.steps("a"))
    assert study.steps("imported") == study.steps("given") == []
    for _ in range(3):
        study.undo("a")
    steps = study.steps("a")
    assert [(step.text, step.undone) for step in steps] == [
        *((texts[0], False), (texts[1], True), (texts[2], True), (texts[3], True))
    ]
    assert [step.text for step in study.steps("a", 1)] == texts[:2]
    assert study.redo_text("a") == steps[1].text
    study.redo("a")
    assert [step.undone for step in study.steps("a")] == [False, False, True, True]
    add(study, case, "a")
    assert [step.text for step in study.steps("a")] == [*texts[:2], "Add box MA"]


def test_undo_without_a_reader_takes_the_last_edit_of_anybody(study, case):
    add(study, case, "a")
    add(study, case, "b")
    study.undo()
    assert [r.reader for r in study.annotations(case)] == ["a"]
    study.undo()
    assert study.annotations(case) == []
    study.redo()
    assert [r.reader for r in study.annotations(case)] == ["a"]
    add(study, case, "a")
    assert study.redo() is None
    assert study.can_redo("b")


def test_undo_survives_the_end_of_the_program(tmp_path, image):
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_case(image)
        ann = add(study, case)
        study.update_annotation(ann, label="HE")
        study.undo()
    with Study.open(tmp_path / "s.softcam") as study:
        assert study.redo_text() == "Relabel box MA to HE"
        study.redo()
        assert study.annotations(case)[0].label == "HE"
        study.undo()
        study.undo()
    with Study.open(tmp_path / "s.softcam") as study:
        assert study.annotations(case) == []
        study.redo()
        assert [r.id for r in study.annotations(case)] == [ann]


def test_menus_say_what_undo_does(study, case):
    assert (study.undo_text(), study.redo_text()) == ("", "")
    ann = add(study, case)
    assert study.undo_text() == "Add box MA"
    study.update_annotation(ann, points=[[0, 0], [1, 1]])
    assert study.undo_text() == "Change box MA"
    study.delete_annotation(ann)
    assert study.undo_text("a") == "Delete box MA"
    assert study.undo_text("b") == ""
    study.undo()
    assert (study.undo_text(), study.redo_text()) == ("Change box MA", "Delete box MA")
    study.set_label(case, "mild", "a")
    assert study.undo_text() == "Grade mild"
    study.set_label(case, "", "a")
    assert study.undo_text() == "Clear grade"
    study.add_annotation(case, "point", [1, 1])
    assert study.undo_text() == "Add point"


def test_a_batch_is_one_step(study, case):
    kept = add(study, case)
    with study.batch("Import 20 shapes"):
        ids = [add(study, case, reader) for reader in "ab" * 10]
        study.update_annotation(ids[0], label="HE")
        study.delete_annotation(kept)
        with study.batch("inner"):
            study.set_label(case, "mild", "a")
        assert len(study.annotations(case)) == 20
    full = study.annotations(case)
    assert study.undo_text() == study.undo_text("a") == "Import 20 shapes"
    assert study.undo() == case
    assert [r.id for r in study.annotations(case)] == [kept]
    assert study.grades(case) == {}
    study.redo()
    assert study.annotations(case) == full
    assert study.grades(case) == {"a": "mild"}


def test_a_batch_can_belong_to_the_reader_who_imports(study, case):
    with study.batch("Import", reader="me"):
        add(study, case, "somebody")
    assert study.can_undo("me")
    assert not study.can_undo("somebody")
    study.undo("me")
    assert study.annotations(case) == []


def test_a_batch_that_fails_leaves_nothing(study, case):
    def fail() -> None:
        with study.batch("Import"):
            add(study, case)
            add(study, 99)

    with pytest.raises(StudyError, match="no case 99"):
        fail()
    assert study.annotations(case) == []
    assert study.edits() == []
    add(study, case)
    assert study.undo_text() == "Add box MA"


def test_a_failed_edit_inside_a_batch_leaves_the_others(study, case, monkeypatch):
    def fail(*_: object) -> None:
        raise StudyError("No label today.")

    with study.batch("Import"):
        add(study, case)
        with monkeypatch.context() as patch:
            patch.setattr("softcam_core.annotations.marks.ensure_label", fail)
            with pytest.raises(StudyError, match="No label today"):
                add(study, case, reader="nobody")
        add(study, case)
    assert len(study.annotations(case)) == 2
    assert "nobody" not in study.readers()
    study.undo()
    assert study.annotations(case) == []


def test_an_empty_batch_is_no_step(study):
    with study.batch("Nothing"):
        pass
    assert not study.can_undo()


def test_undo_inside_a_batch_is_refused(study, case):
    add(study, case)
    with study.batch("Import"), pytest.raises(ValueError, match=r"^undo: "):
        study.undo()
    assert len(study.annotations(case)) == 1


def test_the_history_says_who_did_what_when(study, case, tmp_path):
    (other,) = study.add_cases([tmp_path / "b.png"])
    ann = add(study, case, "a")
    study.update_annotation(ann, label="HE")
    study.set_label(other, "mild", "b")
    study.undo("a")
    lines = study.edits()
    assert [e.seq for e in lines] == sorted(e.seq for e in lines)
    assert [e.action for e in lines] == ["add", "update", "grade", "undo"]
    assert [e.reader for e in lines] == ["a", "a", "b", "a"]
    assert [e.case for e in lines] == [case, case, other, case]
    assert [e.annotation for e in lines] == [ann, ann, None, ann]
    assert [e.state for e in lines] == ["done", "undone", "done", "undone"]
    assert lines[3].step == lines[1].step
    assert lines[0].before is None
    assert lines[0].after == lines[1].before == lines[3].after
    assert lines[1].after == lines[3].before
    assert lines[1].after["label"] == "HE"
    assert [e.action for e in study.edits(reader="b")] == ["grade"]
    assert [e.action for e in study.edits(case=other)] == ["grade"]
    assert [e.action for e in study.edits(limit=2)] == ["grade", "undo"]


def test_the_history_cannot_be_changed(study, case):
    add(study, case)
    for statement in ("UPDATE edits SET reader = 'a'", "DELETE FROM edits"):
        with pytest.raises(StudyError, match="only ever appended"), study._database.write() as c:
            c.execute(sa.text(statement))


def test_masks_are_stored_once_for_history_and_annotation(study, case):
    import numpy as np

    pixels = np.zeros((30, 40), bool)
    pixels[3:9, 3:9] = True
    ann = study.add_annotation(case, "mask", mask=pixels, label="MA", reader="a")
    study.update_annotation(ann, label="HE")
    study.add_annotation(case, "mask", mask=np.roll(pixels, 4, 0), label="MA", reader="a")
    with study._database.read() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM masks")) == 1
