"""What happened to a study besides the edits: an append-only list, as the history is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from softcam_core.annotations.cases import require_case
from softcam_core.annotations.database import Database
from softcam_core.annotations.happened import Happened
from softcam_core.annotations.records import EventRecord
from softcam_core.annotations.schema import cases, events, now


class Events:
    """The events of one study."""

    def __init__(self, database: Database) -> None:
        """Work on an open study."""
        self._database = database

    def log(self, what: str, reader: str, case: int | None, detail: dict[str, Any]) -> int:
        """Append an event and return its number."""
        with self._database.write() as connection:
            if case is not None:
                require_case(connection, case)
            made = connection.execute(
                events.insert().values(
                    time=now(), what=what, reader=reader, case_id=case, detail=detail
                )
            )
            assert made.inserted_primary_key is not None
            return int(made.inserted_primary_key[0])

    def log_all(self, happened: Sequence[Happened]) -> None:
        """Append events of the past in one transaction; those of unknown cases are left out."""
        with self._database.write() as connection:
            known = set(connection.scalars(sa.select(cases.c.id)))
            rows = [
                {
                    "time": one.time,
                    "what": one.what,
                    "reader": one.reader,
                    "case_id": one.case,
                    "detail": one.detail,
                }
                for one in happened
                if one.case is None or one.case in known
            ]
            if rows:
                connection.execute(events.insert(), rows)

    def all(self, what: str | None = None) -> list[EventRecord]:
        """Return the events in order; with ``what`` those of that name."""
        query = sa.select(events).order_by(events.c.seq)
        if what is not None:
            query = query.where(events.c.what == what)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            EventRecord(
                seq=row.seq,
                time=row.time,
                what=row.what,
                reader=row.reader,
                case=row.case_id,
                detail=row.detail,
            )
            for row in rows
        ]
