"""What is damaged in one place is still there in another: every mark comes back."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.backups import back_up_daily
from softcam_core.annotations.rescue import rescue
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, DamagedStudyError, StudyError

PAGE = 4096
OLD = Path(__file__).with_name("data") / "study-v1.softcam"

Held = dict[int, Any]


def held(study: Study) -> Held:
    return {
        r.id: (r.case, r.kind, r.points, r.angle, r.label, r.reader, r.attributes, r.created)
        for r in study.annotations()
    }


def write(path: Path) -> None:
    """Make a study with 150 marks by two readers on three images."""
    images = [path.with_name(f"{n}.png") for n in range(3)]
    for image in images:
        Image.new("L", (64, 48)).save(image)
    generator = np.random.default_rng(1)
    with Study.open(path) as study:
        cases = study.add_cases(images)
        for n in range(150):
            corners = (generator.random((3 + n % 30, 2)) * 40).tolist()
            reader = ("r", "other")[n % 2]
            study.add_annotation(cases[n % 3], "polygon", corners, "MA", reader)
        for n in range(1, 20):
            study.update_annotation(n, label="HE", attributes={"note": "sure"})
        for n in range(30, 35):
            study.delete_annotation(n)
        for case in cases:
            study.set_label(case, "mild", "r")
        mask = generator.random((48, 64)) > 0.5
        study.add_annotation(cases[0], "mask", mask=mask, label="EX", reader="r")
        read = study.start_read(cases[1], "other")
        study.lock_read(read, 12.5)
        study.undo("r")
        study.redo("r")
        study.undo("r")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "s.softcam"
    write(path)
    return path


@pytest.fixture
def damaged(whole: Path, tmp_path: Path) -> Path:
    """A copy of the study, to be damaged."""
    return Path(shutil.copy(whole, tmp_path / "s.softcam"))


def spoil(path: Path, page: int, content: bytes = b"\xa5" * PAGE) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(content)


def expected(whole: Path) -> Held:
    with Study.open(whole, read_only=True) as study:
        return held(study)


def test_a_whole_study_is_rescued_as_it_is(whole, damaged):
    new = damaged.with_name("new.softcam")
    found = rescue(damaged, new)
    assert found.lost == []
    assert found.counts["annotations"] == 151
    with Study.open(new) as study, Study.open(whole, read_only=True) as old:
        assert held(study) == held(old)
        assert study.edits() == old.edits()
        assert study.reads() == old.reads()
        assert study.grades(1) == old.grades(1)
        assert study.id == old.id
        assert study.check() is None
        study.redo("r")
        assert len(study.annotations()) == len(old.annotations()) + 1
        with (
            pytest.raises(StudyError, match="only ever appended"),
            study._database.write() as connection,
        ):
            connection.exec_driver_sql("DELETE FROM edits")


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_no_mark_is_lost_with_any_one_page(whole, damaged, step):
    wanted = expected(whole)
    content = whole.read_bytes()
    pages = len(content) // PAGE
    assert pages > 40
    told = 0
    for page in range(1, pages + 1, step):
        damaged.write_bytes(content)
        spoil(damaged, page)
        before = damaged.read_bytes()
        new = damaged.with_name(f"new-{page}.softcam")
        found = rescue(damaged, new)
        assert damaged.read_bytes() == before
        told += bool(found.lost)
        with Study.open(new) as study:
            assert study.check() is None, page
            got = held(study)
            assert got.keys() == wanted.keys(), (page, found.lost)
            lost_cases = {case.id for case in study.cases() if "-lost" in case.name}
            assert lost_cases == set() or any("image" in what for what in found.lost)
            for number, mark in wanted.items():
                assert got[number][:-1] == mark[:-1], (page, number)
            study.add_annotation(1, "point", [1, 1], "MA", "r")
            study.undo("r")
            assert study.check() is None
        new.unlink()
    assert told > 10 / step


@pytest.mark.parametrize("part", [0.6, 0.75, 0.9])
def test_a_file_that_was_cut_short(damaged, part):
    os.truncate(damaged, int(damaged.stat().st_size * part) // 100 * 100)
    with pytest.raises(DamagedStudyError):
        Study.open(damaged)
    found = rescue(damaged, damaged.with_name("new.softcam"))
    assert found.lost
    with Study.open(damaged.with_name("new.softcam")) as study:
        assert study.check() is None
        # A mark comes back where the line that says that it was deleted is lost.
        got, ever = held(study), range(1, 152)
        assert got.keys() <= set(ever)
        assert len(got) > 20


def test_a_lost_beginning_is_taken_from_a_backup(whole, damaged):
    with Study.open(damaged) as study:
        with study._database.write() as connection:
            # As after a migration: the tables lie elsewhere than in a new study.
            connection.exec_driver_sql("CREATE TABLE more (a)")
            connection.exec_driver_sql("DROP TABLE results")
            connection.exec_driver_sql(
                "CREATE TABLE results (case_id INTEGER, model TEXT, classes JSON, logits JSON, "
                "probabilities JSON, time TEXT)"
            )
        back_up_daily(study)
    spoil(damaged, 1, bytes(PAGE))
    with pytest.raises(DamagedStudyError):
        Study.open(damaged)
    rescue(damaged, damaged.with_name("new.softcam"))
    with Study.open(damaged.with_name("new.softcam")) as study:
        assert held(study).keys() == expected(whole).keys()


def test_edits_that_only_the_log_has_are_rescued(damaged):
    study = Study.open(damaged)
    study.add_annotation(1, "point", [7, 7], "LAST", "r")
    kept = damaged.parent / "killed"
    kept.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{damaged}{end}", kept / f"s.softcam{end}")
    study.close()
    spoil(kept / "s.softcam", 30)
    rescue(kept / "s.softcam", kept / "new.softcam")
    with Study.open(kept / "new.softcam") as study:
        assert [r.label for r in study.annotations()][-1] == "LAST"


def test_an_older_format_is_rescued_and_brought_up_to_date(tmp_path):
    old = Path(shutil.copy(OLD, tmp_path / "old.softcam"))
    with closing(sqlite3.connect(old)) as plain:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'annotations'"
        (page,) = plain.execute(query).fetchone()
    spoil(old, page)
    found = rescue(old, tmp_path / "new.softcam")
    assert any("annotations" in what for what in found.lost)
    with Study.open(tmp_path / "new.softcam") as study:
        assert len(study.annotations()) == 9
        assert study.check() is None


def test_what_cannot_be_rescued_is_told(damaged, tmp_path):
    with pytest.raises(StudyError, match="already"):
        rescue(damaged, damaged)
    with pytest.raises(StudyError, match="does not exist"):
        rescue(damaged, tmp_path / "no" / "new.softcam")
    with pytest.raises(CancelledError):
        rescue(damaged, tmp_path / "new.softcam", lambda: True)
    with Study.open(damaged), pytest.raises(StudyError, match="close it before"):
        rescue(damaged, tmp_path / "new.softcam")
    damaged.write_bytes(b"\xa5" * 100_000)
    with pytest.raises(DamagedStudyError, match="othing"):
        rescue(damaged, tmp_path / "new.softcam")
    os.truncate(damaged, 100)
    with pytest.raises(DamagedStudyError, match="othing"):
        rescue(damaged, tmp_path / "new.softcam")
    assert not (tmp_path / "new.softcam").exists()
    assert not list(tmp_path.glob(".*"))


def flip(path: Path, *statements: str) -> None:
    """Change stored values behind the history's back, as a broken disk does."""
    with closing(sqlite3.connect(path)) as plain, plain:
        for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            plain.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert plain.execute(statement).rowcount > 0
    with Study.open(path) as study:
        assert study.check() is not None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("points = zeroblob(48)", "the place of annotation 3 was"),
        ("label = 'HF', angle = 7", "the angle and label of annotation 3 were"),
        ("modified = replace(modified, '20', '30')", "the time of annotation 3 was"),
        ("deleted = 1", "the deletion of annotation 3 was"),
        ("attributes = '{}'", "the note of annotation 3 was"),
        ("case_id = 2", "the case of annotation 3 was"),
        ("reader = 'other'", "the reader of annotation 3 was"),
    ],
)
def test_a_changed_row_is_taken_from_the_history(whole, damaged, values, told):
    flip(damaged, f"UPDATE annotations SET {values} WHERE id = 3")
    new = damaged.with_name("new.softcam")
    assert rescue(damaged, new).lost == [f"{told} damaged; taken from the history"]
    with Study.open(new) as study, Study.open(whole, read_only=True) as old:
        assert held(study) == held(old)
        assert study.edits() == old.edits()
        assert study.check() is None
        assert study.can_redo("r")


def test_a_deleted_mark_does_not_come_back_by_damage(whole, damaged):
    flip(damaged, "UPDATE annotations SET deleted = 0 WHERE id = 31")
    new = damaged.with_name("new.softcam")
    assert "deletion of annotation 31" in rescue(damaged, new).lost[0]
    with Study.open(new) as study:
        assert held(study) == expected(whole)


def test_a_changed_grade_is_taken_from_the_history(whole, damaged):
    flip(
        damaged,
        "UPDATE grades SET label = 'mile' WHERE case_id = 1",
        "UPDATE grades SET reader = 'other' WHERE case_id = 2",
    )
    new = damaged.with_name("new.softcam")
    assert sorted(rescue(damaged, new).lost) == [
        "the grade of case 1 by r was damaged; taken from the history",
        "the grade of case 2 by other was damaged; taken from the history",
    ]
    with Study.open(new) as study, Study.open(whole, read_only=True) as old:
        assert [study.grades(n) for n in (1, 2, 3)] == [old.grades(n) for n in (1, 2, 3)]
        assert study.check() is None


def test_many_changed_rows_are_counted(damaged):
    flip(damaged, "UPDATE annotations SET label = 'SE' WHERE id <= 25")
    lost = rescue(damaged, damaged.with_name("new.softcam")).lost
    assert lost[9] == "the label of annotation 10 was damaged; taken from the history"
    assert lost[10:] == ["15 more marks and grades likewise"]


def test_where_lines_are_lost_the_row_counts(damaged):
    flip(
        damaged,
        "UPDATE annotations SET label = 'SE' WHERE id = 3",
        "UPDATE grades SET label = 'mile' WHERE case_id = 1",
        "DELETE FROM edits WHERE seq = (SELECT max(seq) FROM edits WHERE annotation = 3)",
    )
    new = damaged.with_name("new.softcam")
    lost = rescue(damaged, new).lost
    assert "annotation 3 was not as the history says; taken as drawn" in lost
    assert "the grade of case 1 by r was not as the history says; taken as given" in lost
    with Study.open(new) as study:
        assert held(study)[3][4] == "SE"
        assert study.grades(1) == {"r": "mile"}
        assert study.check() is None


@pytest.mark.parametrize(
    "change",
    [
        "after = replace(after, 'points', 'pointq')",
        "after = replace(after, 'polygon', 'polygoo')",
        "after = replace(after, '], [', '], 5, [')",
        "after = json_set(after, '$.modified', '2026-01-01')",
        "after = '7'",
        "step = 2",
    ],
)
def test_a_changed_line_of_history_does_not_get_in_the_way(whole, damaged, change):
    flip(damaged, f"UPDATE edits SET {change} WHERE seq = 60")
    new = damaged.with_name("new.softcam")
    assert rescue(damaged, new).lost
    with Study.open(new) as study:
        assert study.check() is None
        assert held(study) == expected(whole)
