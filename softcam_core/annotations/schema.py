"""The tables of a study file and the steps from one format version to the next."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from softcam_core.annotations.migrations import to_version_2, to_version_3
from softcam_core.annotations.stored import DamagedValueError
from softcam_core.annotations.triggers import Refusal, refuse

VERSION = 3
"""Format version that this program writes. Raise it together with a step in `MIGRATIONS`."""

MIGRATIONS: dict[int, Callable[[sa.Connection], None]] = {
    1: to_version_2,
    2: to_version_3,
}
"""Format version -> what turns a file of that version into the next one."""

metadata = sa.MetaData()


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment, stored as ISO text in UTC with microseconds, so that text sorts like time."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Write a moment."""
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Read a moment."""
        if value is None:
            return None
        try:
            return datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise DamagedValueError(str(error)) from error


class PathText(sa.types.TypeDecorator[str]):
    """A path: text, or its bytes where its name is no text (POSIX allows any bytes)."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> Any:
        """Write a path."""
        if value is None or value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError:
            return os.fsencode(value)
        return value

    def process_result_value(self, value: str | bytes | None, _dialect: Dialect) -> str | None:
        """Read a path."""
        return os.fsdecode(value) if isinstance(value, bytes) else value


class PointList(sa.types.TypeDecorator[list[list[float]]]):
    """Points [[x, y], ...], stored as little-endian float64: exact, and quick to read.

    Reading 2,000 polygons of 12 corners from JSON text takes more than twice as long.
    """

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(
        self, value: list[list[float]] | None, _dialect: Dialect
    ) -> bytes | None:
        """Write points."""
        return None if value is None else np.asarray(value, "<f8").tobytes()

    def process_result_value(
        self, value: bytes | None, _dialect: Dialect
    ) -> list[list[float]] | None:
        """Read points."""
        if value is None:
            return None
        try:
            points: list[list[float]] = np.frombuffer(value, "<f8").reshape(-1, 2).tolist()
        except (TypeError, ValueError) as error:
            raise DamagedValueError(str(error)) from error
        return points


def _json() -> sa.JSON:
    return sa.JSON(none_as_null=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _case() -> sa.Column[int]:
    return sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False)


def _reader() -> sa.Column[str]:
    return sa.Column("reader", sa.ForeignKey("readers.name"), nullable=False)


meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    # The study's folder is one of them.
    sa.Column("value", PathText, nullable=False),
)

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)

cases = sa.Table(
    "cases",
    metadata,
    _id(),
    sa.Column("path", PathText, nullable=False, unique=True),
    # From the study's folder, with forward slashes; none where no such way exists.
    sa.Column("relative", PathText),
    sa.Column("modality", sa.String, nullable=False, default=""),
    sa.Column("status", sa.String, nullable=False, default="unread"),
    sa.Column("width", sa.Integer),
    sa.Column("height", sa.Integer),
    sa.Column("added", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

readers = sa.Table(
    "readers",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("added", UtcTime, nullable=False),
)

labels = sa.Table(
    "labels",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("color", sa.String, nullable=False),
    sa.Column("key", sa.String, nullable=False, default=""),
    sa.Column("meaning", sa.String, nullable=False, default=""),
    sa.Column("position", sa.Integer, nullable=False),
)

# Pixels of masks by their own hash: the history and the annotations share them.
masks = sa.Table(
    "masks",
    metadata,
    sa.Column("hash", sa.String, primary_key=True),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("bits", sa.LargeBinary, nullable=False),
)

# A deleted annotation keeps its row, so that undo gives the same id back.
annotations = sa.Table(
    "annotations",
    metadata,
    _id(),
    _case(),
    _reader(),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("points", PointList, nullable=False),
    sa.Column("angle", sa.Float, nullable=False, default=0.0),
    sa.Column("label", sa.String, nullable=False, default=""),
    sa.Column("attributes", _json(), nullable=False),
    sa.Column("mask", sa.ForeignKey("masks.hash")),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("modified", UtcTime, nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False, default=False),
    sa.Index("annotations_of_case", "case_id", "id"),
    sqlite_autoincrement=True,
)

grades = sa.Table(
    "grades",
    metadata,
    sa.Column("case_id", sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("reader", sa.ForeignKey("readers.name"), primary_key=True),
    sa.Column("label", sa.String, nullable=False),
    sa.Column("modified", UtcTime, nullable=False),
)

# What one undo takes back; its state is the only part of the history that changes.
steps = sa.Table(
    "steps",
    metadata,
    _id(),
    _reader(),
    sa.Column("text", sa.String, nullable=False),
    _case(),
    sa.Column("state", sa.String, nullable=False, default="done"),
    # The edit that undid it, to redo in the reverse order.
    sa.Column("undone_by", sa.Integer),
    # ``undone_by`` is none where the state is ``done``: the last one stands at the end of both.
    sa.Index("steps_of_reader", "reader", "state", "undone_by", "id"),
    sa.Index("steps_of_all", "state", "undone_by", "id"),
    sqlite_autoincrement=True,
)

edits = sa.Table(
    "edits",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("step", sa.ForeignKey("steps.id"), nullable=False, index=True),
    sa.Column("time", UtcTime, nullable=False),
    _reader(),
    sa.Column("action", sa.String, nullable=False),
    _case(),
    sa.Column("annotation", sa.ForeignKey("annotations.id")),
    sa.Column("before", _json()),
    sa.Column("after", _json()),
    sa.Index("edits_of_case", "case_id", "seq"),
    sa.Index("edits_of_reader", "reader", "seq"),
    sqlite_autoincrement=True,
)

reads = sa.Table(
    "reads",
    metadata,
    _id(),
    _case(),
    _reader(),
    sa.Column("mode", sa.String, nullable=False),
    sa.Column("started", UtcTime, nullable=False),
    sa.Column("locked", UtcTime),
    sa.Column("active_seconds", sa.Float, nullable=False, default=0.0),
    sa.Column("stage", sa.Integer, nullable=False, server_default=sa.text("1")),
    # The last line of history when it was locked: what the reader saw and said then.
    sa.Column("edit", sa.ForeignKey("edits.seq")),
    sa.Index("reads_of_case", "case_id", "reader", "id"),
    sqlite_autoincrement=True,
)

# What happened to the study besides the edits.
events = sa.Table(
    "events",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("time", UtcTime, nullable=False),
    sa.Column("what", sa.String, nullable=False),
    # Empty where nobody in particular did it.
    sa.Column("reader", sa.String, nullable=False, default=""),
    sa.Column("case_id", sa.ForeignKey("cases.id")),
    sa.Column("detail", _json(), nullable=False),
    sqlite_autoincrement=True,
)

results = sa.Table(
    "results",
    metadata,
    sa.Column("case_id", sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("model", sa.String, primary_key=True),
    sa.Column("classes", _json(), nullable=False),
    sa.Column("logits", _json(), nullable=False),
    sa.Column("probabilities", _json(), nullable=False),
    sa.Column("time", UtcTime, nullable=False),
)

# Which marks and grades trained which models. No reference leads out of it: ``reader`` may be the
# union, and a damaged study may have lost its cases.
trainings = sa.Table(
    "trainings",
    metadata,
    _id(),
    sa.Column("time", UtcTime, nullable=False),
    # Id of the model -> name of its file.
    sa.Column("models", _json(), nullable=False),
    sa.Column("reader", sa.String, nullable=False),
    sa.Column("rules", _json(), nullable=False),
    sa.Column("config", sa.String, nullable=False),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("edit", sa.Integer, nullable=False),
    sa.Column("grades", sa.Integer, nullable=False),
    # Annotations and cases; see `trainings.pack`.
    sa.Column("content", sa.LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)


# The database itself refuses to change what happened.
refuse(
    metadata,
    (
        Refusal("edits", "UPDATE", "the history is only ever appended to"),
        Refusal("edits", "DELETE", "the history is only ever appended to"),
        Refusal("events", "UPDATE", "events are only ever appended"),
        Refusal("events", "DELETE", "events are only ever appended"),
        Refusal("reads", "UPDATE", "a locked read stays as it is", "OLD.locked IS NOT NULL"),
        Refusal("reads", "DELETE", "reads are never deleted"),
        Refusal("trainings", "UPDATE", "records of trainings are only ever appended"),
        Refusal("trainings", "DELETE", "records of trainings are only ever appended"),
    ),
)


def now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


def moment(text: str) -> datetime:
    """Return the time that a line of history holds as text."""
    return datetime.fromisoformat(text)
