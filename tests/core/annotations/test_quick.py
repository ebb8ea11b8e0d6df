"""Edits, lists and imports stay quick on a large study, by the plans that SQLite makes."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
import sqlalchemy as sa

from softcam_core.annotations.records import LabelRecord
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError


def test_an_import_of_many_shapes_is_quick(study, case):
    outline = np.cumsum(np.ones((12, 2)), axis=0)
    start = time.process_time()
    with study.batch("Import", "r"):
        for _ in range(4000):
            study.add_annotation(case, "polygon", outline, "MA", "r")
    # About 0.25 ms a shape where nothing else runs; with every check anew it is 2 ms.
    assert time.process_time() - start < 4000 * 1.2e-3
    assert len(study.annotations(case)) == 4000


def test_a_batch_asks_again_after_a_part_of_it_failed_or_changed_the_labels(study, case):
    with study.batch("Import", "r"):
        study.add_annotation(case, "point", [1, 1], "MA", "r")
        study.set_labels([LabelRecord("HE", "#ffffff")])
        study.add_annotation(case, "point", [1, 1], "MA", "r")
        assert [label.name for label in study.labels()] == ["HE", "MA"]
        with pytest.raises(ValueError, match="mask"):
            study.add_annotation(case, "mask", [], "EX", "new", mask=np.ones((2, 2), bool))
        with pytest.raises(StudyError, match="no case 99"):
            study.add_annotation(99, "point", [1, 1], "SE", "late")
        with pytest.raises(StudyError, match="no case 99"):
            study.add_annotation(99, "point", [1, 1], "SE", "late")
        study.add_annotation(case, "point", [1, 1], "SE", "late")
    assert study.readers() == ["r", "late"]
    assert [label.name for label in study.labels()] == ["HE", "MA", "SE"]
    assert len(study.annotations(case)) == 3


@pytest.fixture
def plans(study: Study, case: int) -> Iterator[list[str]]:
    """The plans of the queries that a test makes, as SQLite explains them."""
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    study.undo("r")
    found: list[str] = []
    asked: set[str] = set()

    def explain(connection, cursor, statement, parameters, *_: object) -> None:
        if statement in asked or not statement.startswith(("SELECT", "UPDATE")):
            return
        asked.add(statement)
        plain = cursor.connection.cursor()
        rows = plain.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found.extend(row[3] for row in rows)
        plain.close()

    sa.event.listen(sa.Engine, "before_cursor_execute", explain)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", explain)


QUERIES = {
    "undo": lambda study, case: study.undo("r"),
    "undo of all": lambda study, case: study.undo(),
    "redo": lambda study, case: study.redo("r"),
    "redo of all": lambda study, case: study.redo(),
    "undo text": lambda study, case: study.undo_text("r"),
    "undo text of all": lambda study, case: study.undo_text(),
    "redo text": lambda study, case: study.redo_text("r"),
    "redo text of all": lambda study, case: study.redo_text(),
    "last edits": lambda study, case: study.edits(limit=50),
    "last edits of a reader": lambda study, case: study.edits(reader="r", limit=50),
    "last edits of a case": lambda study, case: study.edits(case=case, limit=50),
    "annotations": lambda study, case: study.annotations(case),
    "add": lambda study, case: study.add_annotation(case, "point", [2, 2], "MA", "r"),
    "grade": lambda study, case: study.set_label(case, "mild", "r"),
    "lock": lambda study, case: study.is_locked(case, "r"),
    "open read": lambda study, case: study.open_read(case, "r"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_looks_through_a_whole_table_or_sorts_it(study, case, plans, query):
    QUERIES[query](study, case)
    assert plans
    slow = [
        step
        for step in plans
        if (step.startswith("SCAN ") and step not in ("SCAN edits", "SCAN labels"))
        or "TEMP B-TREE FOR ORDER BY" in step
    ]
    # The last edits of all come from the end of the table, which is their order.
    assert slow == []
    assert ("SCAN edits" in plans) == (query == "last edits")
