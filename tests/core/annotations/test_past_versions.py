"""A study of every released format version opens with all that was in it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from softcam_core.annotations import schema
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
