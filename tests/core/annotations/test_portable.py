"""The tables, triggers and statements are written for PostgreSQL as well; no server is needed."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from softcam_core.annotations import schema
from softcam_core.annotations.records import LabelRecord
from softcam_core.annotations.study import Study

POSTGRESQL = postgresql.dialect()

# What the module `sqlite` says to SQLite in its own words, and SQLAlchemy while it makes tables.
OWN_WORDS = re.compile(r"PRAGMA |BEGIN( IMMEDIATE)?$|CREATE TRIGGER ")


def compiled_schema() -> list[str]:
    """Return what a PostgreSQL server would be told to make the tables."""
    said: list[str] = []

    def note(statement: sa.schema.ExecutableDDLElement, *_: object, **__: object) -> None:
        said.append(" ".join(str(statement.compile(dialect=POSTGRESQL)).split()))

    # `create_mock_engine` would want a driver, of which nothing is used.
    server = sa.engine.mock.MockConnection(POSTGRESQL, note)
    schema.metadata.create_all(server, checkfirst=False)
    return said


def test_the_tables_compile_for_postgresql():
    made = " ".join(compiled_schema())
    for table in schema.metadata.tables:
        assert f"CREATE TABLE {table} (" in made
    assert "seq SERIAL NOT NULL" in made
    assert "points BYTEA NOT NULL" in made
    assert "RAISE(ABORT" not in made  # SQLite's own triggers stay away


def test_the_triggers_are_written_for_postgresql():
    said = compiled_schema()
    for table, change in (
        ("edits", "UPDATE"),
        ("edits", "DELETE"),
        ("events", "UPDATE"),
        ("events", "DELETE"),
        ("reads", "UPDATE"),
        ("reads", "DELETE"),
    ):
        name = f"{table}_no_{change.lower()}"
        function = next(i for i, text in enumerate(said) if f"CREATE FUNCTION {name}()" in text)
        trigger = next(i for i, text in enumerate(said) if f"CREATE TRIGGER {name} " in text)
        assert function < trigger
        assert "RAISE EXCEPTION" in said[function]
        assert f"BEFORE {change} ON {table} FOR EACH ROW" in said[trigger]
    (locked,) = (text for text in said if "CREATE TRIGGER reads_no_update" in text)
    assert "WHEN (OLD.locked IS NOT NULL) EXECUTE FUNCTION" in locked


class Told:
    """What studies say to the database."""

    def __init__(self) -> None:
        self.statements: list[sa.ClauseElement] = []
        self.plain: list[str] = []


@pytest.fixture
def told(monkeypatch) -> Iterator[Told]:
    """Listen to all engines."""
    told = Told()

    def understood(_connection, statement, *_: object) -> None:
        if isinstance(statement, sa.ClauseElement):
            told.statements.append(statement)

    def in_plain_words(_connection, _cursor, statement, _values, context, *_: object) -> None:
        if context.compiled is None:
            told.plain.append(statement)

    sa.event.listen(sa.Engine, "before_execute", understood)
    sa.event.listen(sa.Engine, "before_cursor_execute", in_plain_words)
    yield told
    sa.event.remove(sa.Engine, "before_execute", understood)
    sa.event.remove(sa.Engine, "before_cursor_execute", in_plain_words)


def tour(study: Study, case: int) -> None:
    """Do with a study what can be done."""
    ann = study.add_annotation(case, "box", [[0, 0], [5, 5]], "MA", "r", attributes={"note": "x"})
    study.add_annotation(case, "mask", mask=[[True] * 40] * 30, label="HE", reader="r")
    study.update_annotation(ann, label="EX")
    study.delete_annotation(ann)
    with study.batch("Import", "r"):
        study.add_annotation(case, "point", [1, 1], "MA", "other")
    for reader in ("r", None):
        study.undo(reader)
        study.redo(reader)
        study.undo_text(reader)
    study.set_label(case, "mild", "r")
    study.grades(case)
    study.cases("r")
    study.set_status(case, "done")
    study.set_labels([LabelRecord("MA", "#ff0000", "1")])
    study.labels()
    study.annotations(case, "r")
    study.annotation_counts("r")
    study.mask(case, "HE", "r")
    study.edits("r", case, 3)
    study.readers()
    study.lock_read(study.start_read(case, "r"))
    study.reads(case, "r")
    study.store_result(case, "model", ["a"], [0.5], [0.6])
    study.results("model")
    study.set_setting("key", {"a": 1})
    study.get_setting("key")
    study.log("import", "r", case, file="x")
    study.events()
    study.changed_elsewhere()
    assert study.check() is None
    study.settle()


def test_all_that_a_study_says_compiles_for_postgresql(told, tmp_path, image):
    with Study.open(tmp_path / "s.softcam") as study:
        tour(study, study.add_case(image))
        study.save_copy(tmp_path / "copy.softcam")
    assert len(told.statements) > 100
    for statement in told.statements:
        if not isinstance(statement, sa.schema.ExecutableDDLElement):
            assert str(statement.compile(dialect=POSTGRESQL))


def test_sqlites_own_words_are_said_in_one_place_alone(told, tmp_path, image):
    with Study.open(tmp_path / "s.softcam") as study:
        tour(study, study.add_case(image))
        study.save_copy(tmp_path / "copy.softcam")
    assert told.plain
    assert not [words for words in told.plain if not OWN_WORDS.match(words)]
    package = Path(schema.__file__).parent
    speakers = {p.name for p in package.glob("*.py") if "exec_driver_sql(" in p.read_text()}
    assert speakers == {"sqlite.py", "migrations.py"}


def test_the_triggers_of_a_new_study_are_there(tmp_path):
    Study.open(tmp_path / "s.softcam").close()
    with closing(sqlite3.connect(tmp_path / "s.softcam")) as plain:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        names = [name for (name,) in plain.execute(query)]
    assert names == [
        *("edits_no_delete", "edits_no_update", "events_no_delete", "events_no_update"),
        *("reads_no_delete", "reads_no_update", "trainings_no_delete", "trainings_no_update"),
    ]
