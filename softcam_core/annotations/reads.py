"""Who reads a study, and when each of them read which case.

A reader has at most one open read of a case. Once it is locked, the reader's marks and grade of
that case stay as they are until another read of it begins; `refuse_locked` sees to that.
"""

from __future__ import annotations

import math
from typing import Any

import sqlalchemy as sa

from softcam_core.annotations import schema
from softcam_core.annotations.cases import require_case
from softcam_core.annotations.database import Database
from softcam_core.annotations.events import Events
from softcam_core.annotations.history import History, ensure_reader
from softcam_core.annotations.locks import case_name, is_locked
from softcam_core.annotations.records import ReadRecord
from softcam_core.annotations.schema import edits, now, readers, reads
from softcam_core.annotations.seen import HIDING, MODEL_SEEN, NOT_BLIND
from softcam_core.errors import StudyError

READ_STARTED = "read started"
READ_LOCKED = "read locked"


class Reads:
    """The readers and reads of one study; none of them can be undone."""

    def __init__(self, database: Database, history: History, events: Events) -> None:
        """Work on an open study."""
        self._database = database
        self._history = history
        self._events = events

    def readers(self) -> list[str]:
        """Return the readers' names in the order they came."""
        query = sa.select(readers.c.name).order_by(readers.c.added, readers.c.name)
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def readers_of(self, case: int | None) -> list[str]:
        """Return who has marks, a grade or a locked read of a case, None for any case."""
        traces = []
        for table, present in (
            (schema.annotations, schema.annotations.c.deleted.is_(False)),
            (schema.grades, sa.true()),
            (reads, reads.c.locked.is_not(None)),
        ):
            trace = sa.select(table.c.reader).where(present)
            traces.append(trace if case is None else trace.where(table.c.case_id == case))
        query = sa.select(readers.c.name).where(readers.c.name.in_(sa.union(*traces)))
        with self._database.read() as connection:
            if case is not None:
                require_case(connection, case)
            return list(connection.scalars(query.order_by(readers.c.added, readers.c.name)))

    def marks_of_others(self, case: int, reader: str) -> int:
        """Return how many marks a case has of readers other than this one."""
        table = schema.annotations
        query = sa.select(sa.func.count()).where(
            table.c.case_id == case, table.c.reader != reader, table.c.deleted.is_(False)
        )
        with self._database.read() as connection:
            return int(connection.scalar(query) or 0)

    def add_reader(self, name: str) -> None:
        """Add a reader; one who is there already stays."""
        with self._database.write() as connection:
            ensure_reader(connection, name)

    def start(self, case: int, reader: str, mode: str, stage: int | None) -> int:
        """Begin a read and return its id; ``stage`` None: the next one."""
        self._history.forget()
        with self._database.write() as connection:
            require_case(connection, case)
            ensure_reader(connection, reader)
            own = (reads.c.case_id == case, reads.c.reader == reader)
            if connection.scalar(sa.select(reads.c.id).where(*own, reads.c.locked.is_(None))):
                raise StudyError(
                    f"{reader} reads {case_name(connection, case)} already; go on with that read, "
                    "or lock it first."
                )
            if stage is None:
                stage = (
                    connection.scalar(sa.select(sa.func.max(reads.c.stage)).where(*own)) or 0
                ) + 1
            made = connection.execute(
                reads.insert().values(
                    case_id=case, reader=reader, mode=mode, started=now(), stage=stage
                )
            )
            assert made.inserted_primary_key is not None
            read = int(made.inserted_primary_key[0])
            row = connection.execute(sa.select(reads).where(reads.c.id == read)).one()
            self._events.log(READ_STARTED, reader, case, _told(connection, row))
            return read

    def add_time(self, read: int, seconds: float) -> None:
        """Add active time to an open read."""
        _check_seconds(seconds)
        with self._database.write() as connection:
            total = reads.c.active_seconds + float(seconds)
            _change_open(connection, read, active_seconds=total)

    def lock(self, read: int, active_seconds: float | None) -> None:
        """End a read; it can be locked once."""
        values: dict[str, Any] = {"locked": now()}
        if active_seconds is not None:
            _check_seconds(active_seconds)
            values["active_seconds"] = float(active_seconds)
        self._history.forget()
        with self._database.write() as connection:
            last = connection.scalar(sa.select(sa.func.max(edits.c.seq)))
            _change_open(connection, read, **values, edit=last)
            row = connection.execute(sa.select(reads).where(reads.c.id == read)).one()
            self._events.log(
                READ_LOCKED,
                row.reader,
                row.case_id,
                {
                    **_told(connection, row),
                    **_content(connection, row),
                    "active_seconds": row.active_seconds,
                    "edit": last,
                },
            )

    def all(self, case: int | None, reader: str | None) -> list[ReadRecord]:
        """Return reads in the order they began; None stands for all of them."""
        query = sa.select(reads).order_by(reads.c.id)
        if case is not None:
            query = query.where(reads.c.case_id == case)
        if reader is not None:
            query = query.where(reads.c.reader == reader)
        with self._database.read() as connection:
            return [_record(row) for row in connection.execute(query)]

    def open_one(self, case: int, reader: str) -> ReadRecord | None:
        """Return the read that a reader has not locked yet."""
        query = (
            sa.select(reads)
            .where(reads.c.case_id == case, reads.c.reader == reader, reads.c.locked.is_(None))
            .order_by(reads.c.id.desc())
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _record(row)

    def is_locked(self, case: int, reader: str) -> bool:
        """Return whether the reader's last read of the case is locked."""
        with self._database.read() as connection:
            return is_locked(connection, case, reader)


def _check_seconds(seconds: float) -> None:
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"seconds: expected 0 or more, got {seconds}")


def _change_open(connection: sa.Connection, read: int, **values: Any) -> None:
    done = connection.execute(
        reads.update().where(reads.c.id == read, reads.c.locked.is_(None)).values(**values)
    )
    if done.rowcount == 0:
        raise StudyError(f"The study has no open read {read}; a locked one stays as it is.")


def _content(connection: sa.Connection, row: sa.Row[Any]) -> dict[str, Any]:
    """Return what a read ends with: the reader's grade, None for none, and number of marks."""
    marks, grades = schema.annotations, schema.grades
    grade = connection.scalar(
        sa.select(grades.c.label).where(
            grades.c.case_id == row.case_id, grades.c.reader == row.reader
        )
    )
    count = connection.scalar(
        sa.select(sa.func.count()).where(
            marks.c.case_id == row.case_id,
            marks.c.reader == row.reader,
            marks.c.deleted.is_(False),
        )
    )
    return {"grade": grade or None, "marks": int(count or 0)}


def _told(connection: sa.Connection, row: sa.Row[Any]) -> dict[str, Any]:
    """Return what events say of a read; one that was not blind is not called so."""
    detail: dict[str, Any] = {"read": row.id, "mode": row.mode, "stage": row.stage}
    if row.mode not in HIDING or row.stage > 1:
        return detail
    seen = connection.scalar(
        sa.select(sa.func.min(schema.events.c.time)).where(
            schema.events.c.what == MODEL_SEEN,
            schema.events.c.reader == row.reader,
            schema.events.c.case_id == row.case_id,
            schema.events.c.time < row.started,
        )
    )
    if seen is None:
        return detail
    return {**detail, "mode": NOT_BLIND, "protocol": row.mode, "model_seen": seen.isoformat()}


def _record(row: sa.Row[Any]) -> ReadRecord:
    return ReadRecord(
        id=row.id,
        case=row.case_id,
        reader=row.reader,
        mode=row.mode,
        started=row.started,
        locked=row.locked,
        active_seconds=row.active_seconds,
        stage=row.stage,
        edit=row.edit,
    )
