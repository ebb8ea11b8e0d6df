"""Reads: begun, timed and locked; locked ones stay as they are. Events: only ever appended."""

from datetime import UTC, datetime

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

BOX = [[1, 1], [5, 5]]
LOCKED = r"^The read of eye\.png by a is locked; begin another read to change it\.$"


def add(study: Study, case: int, reader: str = "a", label: str = "MA") -> int:
    return study.add_annotation(case, "box", BOX, label, reader)


def read(study: Study, case: int, reader: str = "a") -> int:
    """Begin and lock a read."""
    made = study.start_read(case, reader)
    study.lock_read(made)
    return made


def test_each_read_is_a_stage(study, case):
    study.add_cases(["other.png"])
    for stage in (1, 2, 3):
        read(study, case)
        assert study.reads(case, "a")[-1].stage == stage
    study.lock_read(study.start_read(case, "b"))
    assert study.reads(case, "b")[0].stage == 1
    study.lock_read(study.start_read(case, "a", stage=7))
    study.start_read(case, "a")
    assert [r.stage for r in study.reads(case, "a")] == [1, 2, 3, 7, 8]
    study.start_read(2, "a")
    assert [r.stage for r in study.reads(2)] == [1]


def test_a_reader_has_one_open_read_of_a_case(study, case):
    assert study.open_read(case, "a") is None
    first = study.start_read(case, "a", "blinded")
    assert study.open_read(case, "a").id == first
    assert study.open_read(case, "b") is None
    with pytest.raises(StudyError, match=r"^a reads eye\.png already"):
        study.start_read(case, "a")
    study.start_read(case, "b")
    study.lock_read(first)
    assert study.open_read(case, "a") is None
    second = study.start_read(case, "a")
    assert study.open_read(case, "a").id == second


def test_time_is_added_up_and_survives_the_end_of_the_program(tmp_path, image):
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_case(image)
        made = study.start_read(case, "a")
        study.add_read_time(made, 2.5)
        study.add_read_time(made, 4)
    with Study.open(tmp_path / "s.softcam") as study:
        study.add_read_time(made, 0.25)
        assert study.open_read(case, "a").active_seconds == 6.75
        study.lock_read(made)
        assert study.reads()[0].active_seconds == 6.75
        with pytest.raises(StudyError, match=f"no open read {made}"):
            study.add_read_time(made, 1)
        other = study.start_read(case, "a")
        study.add_read_time(other, 3)
        study.lock_read(other, 10)
        assert study.reads()[1].active_seconds == 10


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_time_only_grows(study, case, seconds):
    made = study.start_read(case, "a")
    with pytest.raises(ValueError, match=r"^seconds: "):
        study.add_read_time(made, seconds)
    with pytest.raises(ValueError, match=r"^seconds: "):
        study.lock_read(made, seconds)
    assert study.open_read(case, "a").active_seconds == 0


def test_a_read_has_a_stage_and_a_mode_that_make_sense(study, case):
    with pytest.raises(ValueError, match=r"^stage: "):
        study.start_read(case, "a", stage=0)
    with pytest.raises(ValueError, match=r"^mode: "):
        study.start_read(case, "a", "")
    for name in ("union", "majority", ""):
        with pytest.raises(ValueError, match=r"^reader: "):
            study.start_read(case, name)
    with pytest.raises(StudyError, match="no case 9"):
        study.start_read(9, "a")
    assert study.reads() == []
    assert study.events() == []


def test_a_locked_read_lets_nothing_be_changed(study, case):
    made = study.start_read(case, "a")
    ann = add(study, case)
    gone = add(study, case)
    study.set_label(case, "mild", "a")
    study.undo("a")
    study.delete_annotation(gone)
    study.undo("a")
    study.set_label(case, "severe", "a")
    study.undo("a")
    assert study.can_undo("a")
    assert study.can_redo("a")
    assert not study.is_locked(case, "a")
    study.lock_read(made)
    assert study.is_locked(case, "a")
    before = study.annotations(), study.edits(), study.grades(case)
    for change in (
        lambda: add(study, case),
        lambda: study.update_annotation(ann, label="HE"),
        lambda: study.update_annotation(ann, points=[[0, 0], [1, 1]]),
        lambda: study.update_annotation(ann, attributes={"note": "late"}),
        lambda: study.delete_annotation(ann),
        lambda: study.set_label(case, "severe", "a"),
        lambda: study.undo("a"),
        lambda: study.undo(),
        lambda: study.redo("a"),
        lambda: study.redo(),
    ):
        with pytest.raises(StudyError, match=LOCKED):
            change()
    assert (study.annotations(), study.edits(), study.grades(case)) == before


def test_a_locked_read_binds_its_own_reader_and_case(study, case, tmp_path):
    (other,) = study.add_cases([tmp_path / "b.png"])
    read(study, case)
    add(study, case, "b")
    study.set_label(case, "mild", "b")
    add(study, other, "a")
    assert study.undo("a") == other
    assert study.undo("b") == case


def test_another_read_opens_the_marks_again(study, case):
    ann = add(study, case)
    read(study, case)
    study.start_read(case, "a")
    assert not study.is_locked(case, "a")
    study.update_annotation(ann, label="HE")
    study.undo("a")
    assert study.annotations(case)[0].label == "MA"
    study.lock_read(study.open_read(case, "a").id)
    with pytest.raises(StudyError, match=LOCKED):
        study.undo("a")


def test_an_import_that_meets_a_locked_read_leaves_nothing(study, case, tmp_path):
    (other,) = study.add_cases([tmp_path / "b.png"])

    def bring_in() -> None:
        with study.batch("Import", "me"):
            add(study, other, "a")
            add(study, case, "a")

    read(study, case)
    with pytest.raises(StudyError, match=LOCKED):
        bring_in()
    assert study.annotations() == []
    study.start_read(case, "a")
    bring_in()
    study.lock_read(study.open_read(case, "a").id)
    with pytest.raises(StudyError, match=LOCKED):
        study.undo("me")
    assert len(study.annotations()) == 2


def test_a_lock_inside_a_batch_counts_at_once(study, case):
    made = study.start_read(case, "a")
    with study.batch("Finish", "a"):
        add(study, case)
        study.lock_read(made)
        with pytest.raises(StudyError, match=LOCKED):
            add(study, case)
        again = study.start_read(case, "a")
        add(study, case)
        study.lock_read(again)
    assert len(study.annotations(case)) == 2
    assert [r.edit for r in study.reads()] == [1, 2]


def test_a_lock_by_another_program_counts(study, case):
    add(study, case)
    with Study.open(study.path) as other:
        made = other.start_read(case, "a")
        other.lock_read(made)
    with pytest.raises(StudyError, match=LOCKED):
        add(study, case)


def test_a_locked_read_cannot_be_changed_in_the_file(study, case):
    made = read(study, case)
    for statement in (
        f"UPDATE reads SET active_seconds = 1 WHERE id = {made}",
        f"UPDATE reads SET locked = NULL WHERE id = {made}",
        f"DELETE FROM reads WHERE id = {made}",
        "UPDATE events SET what = 'nothing'",
        "DELETE FROM events",
    ):
        with pytest.raises(StudyError), study._database.write() as connection:
            connection.execute(sa.text(statement))
    assert len(study.events()) == 2


def test_a_read_knows_what_was_drawn_when_it_was_locked(study, case):
    first = study.start_read(case, "a", "ai-second")
    kept = add(study, case)
    moved = add(study, case)
    study.delete_annotation(add(study, case))
    add(study, case, "b")
    study.set_label(case, "mild", "a")
    study.lock_read(first)
    drawn = study.annotations(case, "a")
    second = study.start_read(case, "a", "ai-second")
    study.update_annotation(moved, points=[[7, 7], [9, 9]], label="HE")
    study.delete_annotation(kept)
    late = add(study, case, label="EX")
    study.set_label(case, "severe", "a")
    study.lock_read(second)
    one, two = study.reads(case, "a")
    assert study.annotations_at(case, "a", one.edit) == drawn
    assert study.annotations_at(case, "a", two.edit) == study.annotations(case, "a")
    assert [r.id for r in study.annotations(case, "a")] == [moved, late]
    assert study.grade_at(case, "a", one.edit) == "mild"
    assert study.grade_at(case, "a", two.edit) == "severe"
    assert study.annotations_at(case, "a", None) == []
    assert study.grade_at(case, "a", None) is None
    assert study.grade_at(case, "b", two.edit) is None
    assert [r.reader for r in study.annotations_at(case, None, one.edit)] == ["a", "a", "b"]


def test_a_read_locked_before_anything_was_drawn(study, case):
    read(study, case)
    (record,) = study.reads()
    assert record.edit is None
    assert study.annotations_at(case, "a", record.edit) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["add", "update", "delete", "undo", "redo", "mask"]), max_size=25))
def test_every_line_of_history_leads_back_to_what_was_there(tmp_path_factory, actions):
    folder = tmp_path_factory.mktemp("past")
    with Study.open(folder / "s.softcam") as study:
        (case,) = study.add_cases([folder / "a.png"])
        seen = {}
        for number, action in enumerate(actions):
            present = study.annotations(case)
            if action == "add":
                study.add_annotation(case, "point", [number, 1], "MA", "a")
            elif action == "mask":
                corners = [[number, 2], [number + 3, 4]]
                study.add_annotation(case, "mask", corners, "HE", "a", mask=np.ones((2, 3), bool))
            elif action == "update" and present:
                study.update_annotation(present[0].id, attributes={"n": number})
            elif action == "delete" and present:
                study.delete_annotation(present[-1].id)
            elif action == "undo":
                study.undo("a")
            elif action == "redo":
                study.redo("a")
            lines = study.edits()
            seen[lines[-1].seq if lines else None] = study.annotations(case)
        for edit, state in seen.items():
            assert study.annotations_at(case, "a", edit) == state


def test_events_come_back_in_order(study, case):
    before = datetime.now(UTC)
    study.log("protocol changed", "a", mode="blinded", seed=3)
    study.log("export", case=case, format="coco", files=["annotations.json"])
    made = study.start_read(case, "b", "blinded")
    study.add_read_time(made, 4.5)
    add(study, case, "b")
    study.lock_read(made)
    first, second, started, locked = study.events()
    assert (first.what, first.reader, first.case) == ("protocol changed", "a", None)
    assert first.detail == {"mode": "blinded", "seed": 3}
    assert (second.what, second.reader, second.case) == ("export", "", case)
    assert (started.what, started.reader, started.case) == ("read started", "b", case)
    assert started.detail == {"read": made, "mode": "blinded", "stage": 1}
    assert locked.what == "read locked"
    assert locked.detail == {
        **started.detail,
        "grade": None,
        "marks": 1,
        "active_seconds": 4.5,
        "edit": study.edits()[-1].seq,
    }
    times = [event.time for event in study.events()]
    assert times == sorted(times)
    assert before <= times[0] <= times[-1] <= datetime.now(UTC)


def test_the_lock_says_what_it_locks(study, case):
    study.set_label(case, "severe", "a")
    kept, gone = add(study, case, "a"), add(study, case, "a")
    study.delete_annotation(gone)
    add(study, case, "b")
    study.lock_read(study.start_read(case, "a", "blinded"))
    (locked,) = study.events("read locked")
    assert (locked.detail["grade"], locked.detail["marks"]) == ("severe", 1)
    assert [mark.id for mark in study.annotations(case, "a")] == [kept]


def test_events_that_make_no_sense_are_refused(study, case):
    with pytest.raises(ValueError, match=r"^what: "):
        study.log("")
    with pytest.raises(ValueError, match=r"^detail: "):
        study.log("import", folder=study.path)
    with pytest.raises(StudyError, match="no case 99"):
        study.log("import", case=99)
    assert study.events() == []


def test_marks_of_others_are_counted(study, case):
    add(study, case, "a")
    add(study, case, "b")
    study.delete_annotation(add(study, case, "b"))
    counts = [study.marks_of_others(case, reader) for reader in ("a", "b", "c")]
    assert counts == [1, 1, 2]
    assert study.marks_of_others(case + 1, "a") == 0


def test_grades_to_choose_from(study):
    assert study.grade_names() == []
    study.set_grade_names(["No DR", "Mild NPDR"])
    assert study.grade_names() == ["No DR", "Mild NPDR"]
    for names in (["A", "A"], ["A", ""]):
        with pytest.raises(ValueError, match=r"^grades: "):
            study.set_grade_names(names)
    assert study.grade_names() == ["No DR", "Mild NPDR"]
