"""The steps that bring a study of an older format version to the next one.

Each is written in plain SQL, so that it stays what it was when the tables change again, and runs
inside one transaction with all the others: a program killed meanwhile leaves the old version whole.
"""

import sqlalchemy as sa

_TO_VERSION_2 = (
    # When a read was locked: as what, and after which line of history.
    "ALTER TABLE reads ADD COLUMN stage INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE reads ADD COLUMN edit INTEGER REFERENCES edits (seq)",
    "UPDATE reads SET stage = (SELECT count(*) FROM reads AS earlier WHERE "
    "earlier.case_id = reads.case_id AND earlier.reader = reads.reader AND earlier.id <= reads.id)",
    "UPDATE reads SET edit = (SELECT max(seq) FROM edits WHERE time <= reads.locked) "
    "WHERE locked IS NOT NULL",
    "CREATE INDEX reads_of_case ON reads (case_id, reader, id)",
    "CREATE TABLE events ("
    "seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "
    "time VARCHAR NOT NULL, "
    "what VARCHAR NOT NULL, "
    "reader VARCHAR NOT NULL, "
    "case_id INTEGER, "
    "detail JSON NOT NULL, "
    "FOREIGN KEY(case_id) REFERENCES cases (id))",
    # Undo, redo and the lists of history find their lines without looking through all.
    "DROP INDEX steps_by_state",
    "CREATE INDEX steps_of_reader ON steps (reader, state, undone_by, id)",
    "CREATE INDEX steps_of_all ON steps (state, undone_by, id)",
    "CREATE INDEX edits_of_case ON edits (case_id, seq)",
    "CREATE INDEX edits_of_reader ON edits (reader, seq)",
    "CREATE TRIGGER events_no_update BEFORE UPDATE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END",
    "CREATE TRIGGER events_no_delete BEFORE DELETE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are only ever appended'); END",
    "CREATE TRIGGER reads_no_update BEFORE UPDATE ON reads WHEN OLD.locked IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a locked read stays as it is'); END",
    "CREATE TRIGGER reads_no_delete BEFORE DELETE ON reads "
    "BEGIN SELECT RAISE(ABORT, 'reads are never deleted'); END",
)


def to_version_2(connection: sa.Connection) -> None:
    """Give reads their stage and line of history, and the study its list of events."""
    for statement in _TO_VERSION_2:
        connection.exec_driver_sql(statement)


_TO_VERSION_3 = (
    # Which marks and grades trained which models.
    "CREATE TABLE trainings ("
    "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "
    "time VARCHAR NOT NULL, "
    "models JSON NOT NULL, "
    "reader VARCHAR NOT NULL, "
    "rules JSON NOT NULL, "
    "config VARCHAR NOT NULL, "
    "digest VARCHAR NOT NULL, "
    "edit INTEGER NOT NULL, "
    "grades INTEGER NOT NULL, "
    "content BLOB NOT NULL)",
    "CREATE TRIGGER trainings_no_update BEFORE UPDATE ON trainings "
    "BEGIN SELECT RAISE(ABORT, 'records of trainings are only ever appended'); END",
    "CREATE TRIGGER trainings_no_delete BEFORE DELETE ON trainings "
    "BEGIN SELECT RAISE(ABORT, 'records of trainings are only ever appended'); END",
)


def to_version_3(connection: sa.Connection) -> None:
    """Give the study its list of trainings."""
    for statement in _TO_VERSION_3:
        connection.exec_driver_sql(statement)
