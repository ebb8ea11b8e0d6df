"""Damage is found: in the pages, in the references, in the history, in the middle of work."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from softcam_core.annotations.integrity import history_is_whole
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, DamagedStudyError, StudyError


@pytest.fixture
def worked_on(study, case) -> Study:
    """A study in which everything was done that a history can hold."""
    for n in range(4):
        study.add_annotation(case, "box", [[n, 0], [n + 5, 5]], "MA", "r", attributes={"b": 1})
    mask = [[(x + y) % 3 == 0 for x in range(40)] for y in range(30)]
    study.add_annotation(case, "mask", mask=mask, label="HE", reader="r")
    study.update_annotation(1, label="HE")
    study.update_annotation(1, attributes={"note": "large", "certainty": "possible"})
    study.delete_annotation(2)
    study.set_label(case, "mild", "r")
    study.set_label(case, "severe", "r")
    study.set_label(case, None, "other")
    with study.batch("Import", "other"):
        study.add_annotation(case, "point", [1, 1], "EX", "other")
        study.add_annotation(case, "point", [2, 2], "EX", "other")
    study.undo("other")
    for _ in range(5):
        study.undo("r")
    for _ in range(3):
        study.redo("r")
    study.undo("r")
    study.add_annotation(case, "ellipse", [[5, 5], [3, 2]], "MA", "r", angle=30)
    study.set_label(case, "mild", "other")
    study.set_label(case, "moderate", "other")
    return study


def spoil(study: Study, *statements: str) -> None:
    """Change the file behind the study's back, where its triggers would not let us."""
    with closing(sqlite3.connect(study.path)) as plain, plain:
        for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            plain.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert plain.execute(statement).rowcount != 0


def test_a_whole_study_is_called_whole(worked_on):
    assert worked_on.check() is None
    assert history_is_whole(worked_on)
    assert len(worked_on.edits()) > 20


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE annotations SET label = 'EX' WHERE id = 1", "annotation 1"),
        ("UPDATE annotations SET points = zeroblob(32) WHERE id = 3", "annotation 3"),
        ("UPDATE annotations SET deleted = NOT deleted WHERE id = 3", "annotation 3"),
        ("UPDATE annotations SET reader = 'other' WHERE id = 3", "annotation 3"),
        ("UPDATE grades SET label = 'none'", "a grade of case 1"),
        ("DELETE FROM grades", "a grade of case 1"),
        ("DELETE FROM edits WHERE seq = 3", "line 3"),
        ("DELETE FROM edits WHERE seq = (SELECT max(seq) FROM edits)", "grade of case 1"),
        ("UPDATE edits SET after = before WHERE action = 'update'", "gap"),
        ("UPDATE steps SET state = 'undone' WHERE id = 1", "step 1"),
        ("UPDATE masks SET bits = zeroblob(10)", "pixels of a mask"),
        ("UPDATE edits SET reader = 'nobody' WHERE seq = 2", "refers to one that is not there"),
    ],
)
def test_a_history_that_does_not_fit_is_damage(worked_on, statement, found):
    spoil(worked_on, statement)
    told = worked_on.check()
    assert told is not None
    assert str(worked_on.path) in told
    assert "is damaged" in told
    assert found in told
    assert "\n" not in told
    if "refers" not in found:
        assert not history_is_whole(worked_on)


def test_the_order_of_names_in_a_state_does_not_matter(worked_on):
    spoil(
        worked_on,
        "UPDATE edits SET before = json_object('modified', before ->> 'modified', 'label', "
        "before ->> 'label') WHERE action = 'grade' AND before IS NOT NULL",
    )
    assert worked_on.check() is None


def test_a_check_can_be_ended(worked_on):
    with pytest.raises(CancelledError):
        worked_on.check(lambda: True)
    assert worked_on.check(lambda: False) is None


def root_page(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as plain:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(plain.execute(query, (name,)).fetchone()[0])


def test_damage_in_the_middle_of_work_is_told_as_damage(tmp_path, image):
    path = tmp_path / "s.softcam"
    with Study.open(path) as study:
        case = study.add_case(image)
        with study.batch("Import"):
            for n in range(300):
                study.add_annotation(case, "box", [[n, 0], [n + 5, 5]], "MA", "r")
    with Study.open(path) as study:
        with path.open("r+b") as file:
            for table in ("annotations", "annotations_of_case", "edits"):
                file.seek((root_page(path, table) - 1) * 4096)
                file.write(b"\xa5" * 4096)
        with pytest.raises(DamagedStudyError, match="is damaged"):
            study.annotations(case)
        with pytest.raises(DamagedStudyError, match="is damaged"):
            study.add_annotation(case, "point", [1, 1])
        told = study.check()
        assert told is not None
        assert "is damaged" in told


def test_a_stored_value_that_makes_no_sense_is_damage(worked_on):
    spoil(worked_on, "UPDATE annotations SET attributes = '{broken' WHERE id = 1")
    with pytest.raises(DamagedStudyError, match="is damaged"):
        worked_on.annotations()
    with pytest.raises(DamagedStudyError, match="is damaged"):
        worked_on.update_annotation(1, label="EX")
    assert "is damaged" in str(worked_on.check())


@pytest.mark.parametrize(
    ("content", "damage"),
    [(b"", True), (bytes(8192), True), (b"\xa5" * 8192, True), (b"SQLite format 3\0abc", True)],
)
def test_a_spoilt_beginning_is_damage(tmp_path, content, damage):
    path = tmp_path / "s.softcam"
    path.write_bytes(content)
    with pytest.raises(DamagedStudyError):
        Study.open(path)
    path.rename(tmp_path / "s.txt")
    with pytest.raises(StudyError) as caught:
        Study.open(tmp_path / "s.txt")
    assert isinstance(caught.value, DamagedStudyError) == (content[:1] != b"\xa5")


def test_a_damaged_study_and_its_log_are_left_as_they_are(study, case, tmp_path):
    with study.batch("Import"):
        for _ in range(300):
            study.add_annotation(case, "point", [1, 1], "MA", "r")
    study.settle()
    study.add_annotation(case, "point", [2, 2], "HE", "r")
    page = root_page(study.path, "edits")
    path = tmp_path / "copies" / "s.softcam"
    path.parent.mkdir()
    for end in ("", "-wal"):
        Path(f"{path}{end}").write_bytes(Path(f"{study.path}{end}").read_bytes())
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    before = [Path(f"{path}{end}").read_bytes() for end in ("", "-wal")]
    with pytest.raises(DamagedStudyError):
        Study.open(path)
    assert [Path(f"{path}{end}").read_bytes() for end in ("", "-wal")] == before


@pytest.mark.parametrize("statement", ["kind = 'polygoX'", "points = zeroblob(16)", "angle = 'x'"])
def test_a_mark_that_is_no_shape_is_damage(worked_on, case, statement):
    spoil(worked_on, f"UPDATE annotations SET {statement} WHERE id = 3")
    with pytest.raises(DamagedStudyError):
        [record.shape for record in worked_on.annotations()]
    with pytest.raises(DamagedStudyError):
        worked_on.mask(case)
    assert "annotation 3" in str(worked_on.check())


def test_a_broken_line_of_history_is_damage(worked_on):
    spoil(worked_on, "UPDATE edits SET before = substr(before, 5) WHERE action = 'update'")
    assert "gap" in str(worked_on.check())
    spoil(worked_on, "UPDATE edits SET after = substr(after, 5) WHERE seq = 3")
    assert "is damaged" in str(worked_on.check())
