"""Marks and grades of a locked read stay as they are."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from softcam_core.annotations.schema import cases, reads
from softcam_core.errors import ReadLockedError
from softcam_core.paths import shown


def is_locked(connection: sa.Connection, case: int, reader: str) -> bool:
    """Return whether a reader has read a case and locked every read of it."""
    query = sa.select(sa.func.count(), sa.func.count(reads.c.locked)).where(
        reads.c.case_id == case, reads.c.reader == reader
    )
    begun, locked = connection.execute(query).one()
    return 0 < begun == locked


def refuse_locked(connection: sa.Connection, case: int, reader: str) -> None:
    """Let nobody change what a reader drew or said in a read that is locked.

    Raises:
        ReadLockedError: the read is locked.
    """
    if is_locked(connection, case, reader):
        raise ReadLockedError(
            f"The read of {case_name(connection, case)} by {reader} is locked; begin another read "
            "to change it."
        )


def case_name(connection: sa.Connection, case: int) -> str:
    """Return the name of a case's file, for a sentence."""
    path = connection.scalar(sa.select(cases.c.path).where(cases.c.id == case))
    return shown(Path(path).name) if path else f"case {case}"
