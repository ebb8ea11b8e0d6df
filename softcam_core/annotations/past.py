"""A study as it was: annotations and grades after a line of its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from softcam_core.annotations import schema
from softcam_core.annotations.cases import require_case
from softcam_core.annotations.database import Database
from softcam_core.annotations.history import line_record, select_lines
from softcam_core.annotations.records import (
    AnnotationRecord,
    EditRecord,
    PackedMask,
    StepRecord,
)
from softcam_core.annotations.schema import edits, moment, steps

_PORTION = 1000


class Past:
    """What the history of one study says about earlier days."""

    def __init__(self, database: Database) -> None:
        """Work on an open study."""
        self._database = database

    def lines(self) -> Iterator[EditRecord]:
        """Yield the whole history, portion by portion."""
        query = select_lines().order_by(edits.c.seq).limit(_PORTION)
        last = 0
        while True:
            with self._database.read() as connection:
                rows = connection.execute(query.where(edits.c.seq > last)).all()
            yield from map(line_record, rows)
            if len(rows) < _PORTION:
                return
            last = rows[-1].seq

    def last(self) -> int:
        """Return the number of the last line, 0 where there is none."""
        with self._database.read() as connection:
            return int(connection.scalar(sa.select(sa.func.max(edits.c.seq))) or 0)

    def cases_after(self, edit: int) -> set[int]:
        """Return the cases that lines after this one are about."""
        query = sa.select(edits.c.case_id).where(edits.c.seq > edit).distinct()
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def steps(self, reader: str, limit: int | None) -> list[StepRecord]:
        """Return a reader's steps from the oldest undo to the last redo, by the order of both.

        At most ``limit`` of those done, the latest, and of those undone, the next ones.
        """
        begun = (
            sa.select(edits.c.time).where(edits.c.step == steps.c.id).order_by(edits.c.seq).limit(1)
        )
        other = sa.exists().where(edits.c.step == steps.c.id, edits.c.case_id != steps.c.case_id)
        query = sa.select(steps, begun.scalar_subquery().label("time"), other.label("many"))
        query = query.where(steps.c.reader == reader).limit(limit)
        done = query.where(steps.c.state == "done", steps.c.undone_by.is_(None))
        undone = query.where(steps.c.state == "undone")
        with self._database.read() as connection:
            before = connection.execute(done.order_by(steps.c.id.desc())).all()
            after = connection.execute(undone.order_by(steps.c.undone_by.desc())).all()
        return [
            StepRecord(
                id=row.id,
                reader=row.reader,
                text=row.text,
                case=row.case_id,
                time=row.time,
                undone=row.state == "undone",
                many=bool(row.many),
            )
            for row in (*reversed(before), *after)
        ]

    def annotations(
        self, case: int, reader: str | None, edit: int | None
    ) -> list[AnnotationRecord]:
        """Return a case's annotations after a line of history, in creation order."""
        with self._database.read() as connection:
            row = require_case(connection, case)
            size = (row.width, row.height) if row.width else None
            last = (
                sa.select(sa.func.max(edits.c.seq))
                .where(edits.c.case_id == case, edits.c.seq <= (edit or 0))
                .where(edits.c.annotation.is_not(None))
                .group_by(edits.c.annotation)
            )
            if reader is not None:
                last = last.where(edits.c.reader == reader)
            lines = connection.execute(
                sa.select(edits, schema.annotations.c.created)
                .join(schema.annotations, schema.annotations.c.id == edits.c.annotation)
                .where(edits.c.seq.in_(last))
                .order_by(edits.c.annotation)
            ).all()
            present = [line for line in lines if line.after is not None]
            packed = _masks(connection, {line.after["mask"] for line in present})
        return [_record(line, packed, size) for line in present]

    def time(self, edit: int) -> datetime | None:
        """Return when a line of history was written."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(
                sa.select(edits.c.time).where(edits.c.seq == edit)
            )
        return found

    def grade(self, case: int, reader: str, edit: int | None) -> str | None:
        """Return a reader's grade after a line of history."""
        query = (
            sa.select(edits.c.after)
            .where(edits.c.case_id == case, edits.c.reader == reader, edits.c.seq <= (edit or 0))
            .where(edits.c.annotation.is_(None))
            .order_by(edits.c.seq.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            require_case(connection, case)
            after = connection.scalar(query)
        return None if after is None else str(after["label"])


def _masks(connection: sa.Connection, names: set[str | None]) -> dict[str, PackedMask]:
    table = schema.masks
    found = {}
    for name in names - {None}:
        row = connection.execute(sa.select(table).where(table.c.hash == name)).one()
        found[row.hash] = PackedMask(row.bits, row.height, row.width)
    return found


def _record(
    line: sa.Row[Any], packed: dict[str, PackedMask], size: tuple[int, int] | None
) -> AnnotationRecord:
    state = line.after
    return AnnotationRecord(
        id=line.annotation,
        case=line.case_id,
        kind=state["kind"],
        points=state["points"],
        angle=state["angle"],
        label=state["label"],
        reader=line.reader,
        created=line.created,
        modified=moment(state["modified"]),
        attributes=state["attributes"],
        packed=packed.get(state["mask"]),
        size=size,
    )
