"""What models said about cases, when readers read them, and the study's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from softcam_core.annotations.cases import require_case
from softcam_core.annotations.database import Database
from softcam_core.annotations.history import ensure_reader
from softcam_core.annotations.records import ReadRecord, ResultRecord
from softcam_core.annotations.schema import now, readers, reads, results, settings
from softcam_core.errors import StudyError


class Outcomes:
    """Model results, reads, readers and settings of one study; none of them can be undone."""

    def __init__(self, database: Database) -> None:
        """Work on an open study."""
        self._database = database

    def store_result(
        self,
        case: int,
        model: str,
        classes: Sequence[str],
        logits: Sequence[float],
        probabilities: Sequence[float],
    ) -> None:
        """Store what a model says about a case in place of what it said before."""
        if not len(classes) == len(logits) == len(probabilities):
            raise ValueError(
                f"logits, probabilities: expected {len(classes)} values, one per class, "
                f"got {len(logits)} and {len(probabilities)}"
            )
        with self._database.write() as connection:
            require_case(connection, case)
            connection.execute(
                results.delete().where(results.c.case_id == case, results.c.model == model)
            )
            connection.execute(
                results.insert().values(
                    case_id=case,
                    model=model,
                    classes=list(classes),
                    logits=[float(value) for value in logits],
                    probabilities=[float(value) for value in probabilities],
                    time=now(),
                )
            )

    def results(self, model: str) -> dict[int, ResultRecord]:
        """Return case -> result of one model."""
        query = sa.select(results).where(results.c.model == model).order_by(results.c.case_id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return {
            row.case_id: ResultRecord(
                case=row.case_id,
                model=row.model,
                classes=row.classes,
                logits=row.logits,
                probabilities=row.probabilities,
                time=row.time,
            )
            for row in rows
        }

    def readers(self) -> list[str]:
        """Return the readers' names in the order they came."""
        query = sa.select(readers.c.name).order_by(readers.c.added, readers.c.name)
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def add_reader(self, name: str) -> None:
        """Add a reader; one who is there already stays."""
        with self._database.write() as connection:
            ensure_reader(connection, name)

    def start_read(self, case: int, reader: str, mode: str) -> int:
        """Begin a read and return its id."""
        with self._database.write() as connection:
            require_case(connection, case)
            ensure_reader(connection, reader)
            made = connection.execute(
                reads.insert().values(case_id=case, reader=reader, mode=mode, started=now())
            )
            assert made.inserted_primary_key is not None
            return int(made.inserted_primary_key[0])

    def lock_read(self, read: int, active_seconds: float) -> None:
        """End a read; it can be locked once."""
        with self._database.write() as connection:
            done = connection.execute(
                reads.update()
                .where(reads.c.id == read, reads.c.locked.is_(None))
                .values(locked=now(), active_seconds=float(active_seconds))
            )
            if done.rowcount == 0:
                raise StudyError(f"The study has no open read {read}; a locked one stays as it is.")

    def reads(self, case: int | None, reader: str | None) -> list[ReadRecord]:
        """Return reads in the order they began; None stands for all of them."""
        query = sa.select(reads).order_by(reads.c.id)
        if case is not None:
            query = query.where(reads.c.case_id == case)
        if reader is not None:
            query = query.where(reads.c.reader == reader)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            ReadRecord(
                id=row.id,
                case=row.case_id,
                reader=row.reader,
                mode=row.mode,
                started=row.started,
                locked=row.locked,
                active_seconds=row.active_seconds,
            )
            for row in rows
        ]

    def setting(self, key: str, default: Any) -> Any:
        """Return a setting."""
        with self._database.read() as connection:
            row = connection.execute(
                sa.select(settings.c.value).where(settings.c.key == key)
            ).first()
        return default if row is None else row.value

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting, any value that JSON can hold."""
        with self._database.write() as connection:
            connection.execute(settings.delete().where(settings.c.key == key))
            connection.execute(settings.insert().values(key=key, value=value))
