"""A study of every released format version opens with all that was in it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from softcam_core.annotations import migrations, schema
from softcam_core.annotations.opening import open_to_read
from softcam_core.annotations.study import Study
from tests.core.annotations.past_studies import LABELS, make_images, stroke

DATA = Path(__file__).with_name("data")
MARKS = [
    (1, 1, "box", [[4, 5], [11, 13]], 0.0, "MA", "Müller", {}),
    (2, 1, "ellipse", [[20.25, 14.5], [6, 3.5]], 30.0, "EX", "Müller", {"note": "bright"}),
    (4, 1, "freehand", [[30, 3], [40, 3], [41, 9], [31, 8.5]], 0.0, "MA", "Müller", {}),
    (5, 1, "point", [[7.5, 8.5]], 0.0, "MA", "Müller", {}),
    (
        *(6, 1, "mask", [[12, 7], [22, 24]], 0.0, "HE", "Müller"),
        {"certainty": "probable", "note": "am Rand – unscharf"},
    ),
    (8, 2, "box", [[1, 1], [6, 6]], 0.0, "HE", "Müller", {}),
    (9, 2, "box", [[5, 10], [9, 16]], 0.0, "EX", "reader-1", {}),
    (10, 2, "box", [[15, 10], [19, 16]], 0.0, "EX", "reader-1", {}),
    (11, 2, "box", [[25, 10], [29, 16]], 0.0, "EX", "reader-1", {}),
]
ACTIONS = [
    *["add"] * 6,
    *["update"] * 3,
    *[
        "delete",
        "grade",
        "grade",
        "add",
        "undo",
        "add",
        "add",
        "add",
        "add",
        "grade",
        "add",
        "undo",
    ],
]


def rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the content of a file, table by table."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as plain:
        plain.row_factory = sqlite3.Row
        tables = plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: [dict(row) for row in plain.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            for (name,) in tables
        }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The study of format 1 in a new place, with its images."""
    make_images(tmp_path)
    return Path(shutil.copy(DATA / "study-v1.softcam", tmp_path))


def test_a_study_of_version_1_has_all_that_was_drawn(old):
    with Study.open(old) as study:
        assert [case.path for case in study.cases()] == make_images(old.parent)
        assert [(c.status, c.modality) for c in study.cases()] == [
            ("done", "fundus"),
            ("flagged", "fundus"),
            ("unread", "fundus"),
        ]
        assert study.labels()[:3] == LABELS
        assert study.readers() == ["Müller", "reader-1"]
        assert study.grades(1) == {"Müller": "Moderate NPDR"}
        assert study.grades(2) == {"reader-1": "No DR"}
        got = [
            (r.id, r.case, r.kind, r.points, r.angle, r.label, r.reader, r.attributes)
            for r in study.annotations()
        ]
        assert got == MARKS
        cut = stroke() & (np.arange(48) < 22)
        assert np.array_equal(study.mask(1, "HE"), cut)
        assert study.get_setting("point_radius") == 3.0
        assert study.get_setting("layout") == {"panes": ["original", "cam"]}
        (result,) = study.results("c0ffee").values()
        assert (result.case, result.classes, result.logits) == (1, ["normal", "DR"], [-1.5, 2.25])
        assert result.probabilities == [0.023, 0.977]
        first, second = study.reads()
        assert (first.case, first.reader, first.mode) == (1, "Müller", "blinded")
        assert first.locked is not None
        assert first.active_seconds == 61.25
        assert (second.case, second.reader, second.mode) == (2, "reader-1", "open")
        assert second.locked is None


def test_reading_alone_brings_a_study_of_version_1_up_to_date(old):
    with open_to_read(old) as study:
        assert len(study.annotations()) == len(MARKS)
    with Study.open(old, read_only=True) as study:
        assert len(study.annotations()) == len(MARKS)


def test_the_history_of_version_1_is_whole_and_undo_goes_on(old):
    with Study.open(old) as study:
        lines = study.edits()
        assert [line.action for line in lines] == ACTIONS
        assert [line.seq for line in lines] == list(range(1, 22))
        assert {line.step for line in lines if line.state == "dropped"} == {13}
        assert {line.step for line in lines if line.state == "undone"} == {16}
        assert study.redo_text("reader-1") == "Add point MA"
        assert study.redo("reader-1") == 1
        assert study.annotations(1)[-1].points == [[33.5, 20.5]]
        assert study.undo("reader-1") == 1
        assert study.undo_text("reader-1") == "Import 3 shapes"
        assert study.undo("reader-1") == 2
        assert [r.id for r in study.annotations(2)] == [8]
        assert study.grades(2) == {}
        assert study.redo("reader-1") == 2
        assert [r.id for r in study.annotations(2)] == [8, 9, 10, 11]


def test_not_a_value_of_version_1_changes(old):
    before = rows(old)
    Study.open(old).close()
    after = rows(old)
    # The version is a new one, and the file lies in another folder.
    before["meta"] = [row for row in before["meta"] if row["key"] == "id"]
    after["meta"] = [row for row in after["meta"] if row["key"] == "id"]
    for row in before["cases"]:
        row["path"] = str(old.parent / row["relative"])
    for table, wanted in before.items():
        columns = wanted[0].keys()
        assert [{key: row[key] for key in columns} for row in after[table]] == wanted, table


def test_the_file_says_its_new_version(old):
    Study.open(old).close()
    with closing(sqlite3.connect(old)) as plain:
        assert plain.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        query = "SELECT value FROM meta WHERE key = 'format_version'"
        assert plain.execute(query).fetchone() == (str(schema.VERSION),)


def test_what_version_2_brought_is_filled_in_from_what_was_known(old):
    Study.open(old).close()
    # The read was locked after the second grade, the last of the first twelve lines.
    assert [(read["stage"], read["edit"]) for read in rows(old)["reads"]] == [(1, 12), (1, None)]
    assert rows(old)["events"] == []


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The study of format 2 in a new place, with its images."""
    make_images(tmp_path)
    return Path(shutil.copy(DATA / "study-v2.softcam", tmp_path))


def test_a_study_of_version_2_has_its_reads_and_events(second):
    with Study.open(second) as study:
        first, again, other = study.reads()
        assert (first.reader, first.mode, first.stage, first.edit) == ("Müller", "blinded", 1, 1)
        assert (again.mode, again.stage, again.edit) == ("ai-second", 2, 3)
        assert again.active_seconds == 3.25
        assert (other.case, other.locked) == (2, None)
        assert [r.label for r in study.annotations_at(1, "Müller", first.edit)] == ["MA"]
        assert np.array_equal(study.mask(1, "HE"), stroke())
        assert [event.what for event in study.events()] == [
            *("read started", "read locked", "read started", "read locked", "read started"),
            "protocol changed",
        ]
        assert study.trainings() == []
        assert study.check() is None


def test_not_a_value_of_version_2_changes(second):
    before = rows(second)
    Study.open(second).close()
    after = rows(second)
    assert after.pop("trainings") == []
    before["meta"] = [row for row in before["meta"] if row["key"] == "id"]
    after["meta"] = [row for row in after["meta"] if row["key"] == "id"]
    for row in before["cases"]:
        row["path"] = str(second.parent / row["relative"])
    assert after == before


def _structure(path: Path) -> dict[str, Any]:
    """Return the tables, indexes and triggers of a file."""
    with closing(sqlite3.connect(path)) as plain:
        found: dict[str, Any] = {}
        for kind, name, table, sql in plain.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        ).fetchall():
            if kind == "table":
                keys = plain.execute(f"PRAGMA foreign_key_list({name})")
                found[name] = (
                    plain.execute(f"PRAGMA table_info({name})").fetchall(),
                    sorted(key[2:] for key in keys),
                )
            elif kind == "index":
                found[name] = table, plain.execute(f"PRAGMA index_info({name})").fetchall()
            else:
                found[name] = sql
        return found


@pytest.mark.parametrize("version", ["old", "second"])
def test_a_migrated_study_is_built_like_a_new_one(version, tmp_path, request):
    old = request.getfixturevalue(version)
    Study.open(old).close()
    Study.open(tmp_path / "new.softcam").close()
    migrated, new = _structure(old), _structure(tmp_path / "new.softcam")
    assert migrated.keys() == new.keys()
    for name, built in new.items():
        assert migrated[name] == built, name


@pytest.mark.parametrize(
    ("version", "step"),
    [
        *((2, step) for step in (0, 3, 7, len(migrations._TO_VERSION_2))),
        *((3, step) for step in range(len(migrations._TO_VERSION_3) + 1)),
    ],
)
def test_a_program_killed_while_it_migrates_leaves_the_old_version(
    old, start_python, version, step
):
    """The program ends without a word after some of the statements of the migration."""
    code = (
        "import os, sys\n"
        "from softcam_core.annotations import migrations\n"
        "from softcam_core.annotations.study import Study\n"
        "class Ending(tuple):\n"
        "    def __iter__(self):\n"
        "        yield from self[:int(sys.argv[2])]\n"
        "        os._exit(9)\n"
        "name = '_TO_VERSION_' + sys.argv[3]\n"
        "setattr(migrations, name, Ending(getattr(migrations, name)))\n"
        "Study.open(sys.argv[1])\n"
    )
    before = rows(old)
    program = start_python(code, old, step, version)
    assert (program.communicate(), program.returncode) == (("", ""), 9)
    assert rows(old) == before
    with Study.open(old) as study:
        assert len(study.annotations()) == len(MARKS)
    assert rows(old)["meta"][0]["value"] == str(schema.VERSION)
