"""Is a study whole: its pages, its references, and its history against what is drawn."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from softcam_core.annotations import files, schema, sqlite
from softcam_core.annotations.database import Database
from softcam_core.annotations.schema import edits, grades, masks, steps
from softcam_core.errors import CancelledError, DamagedStudyError

if TYPE_CHECKING:
    from softcam_core.annotations.study import Study

_AT_ONCE = 500
_Key = tuple[int | None, int, str]


def history_is_whole(study: Study) -> bool:
    """Return whether the history says exactly what is drawn and graded, without a gap."""
    return history_damage(study._database) is None


def damage(database: Database, cancelled: sqlite.Cancelled | None = None) -> str | None:
    """Look through all of a study; return what is damaged in one sentence, None for nothing.

    Raises:
        CancelledError: ``cancelled`` says so.
        StudyError: the study could not be read for another reason than damage.
    """
    try:
        with database.read() as connection:
            found = sqlite.full_check(sqlite.driver(connection), cancelled)
        if found == "ok":
            found = history_damage(database, cancelled) or "ok"
    except DamagedStudyError as error:
        return str(error)
    if found == "ok":
        return None
    return f"{files.DAMAGED.format(path=database.path).removesuffix('.')} ({_short(found)})."


def history_damage(database: Database, cancelled: sqlite.Cancelled | None = None) -> str | None:
    """Return the first place where the history does not lead to what is drawn, None for none.

    Raises:
        CancelledError: ``cancelled`` says so.
        StudyError: the study could not be read.
    """
    with database.read() as connection:
        replay = _Replay(connection, cancelled)
        try:
            return (
                replay.lines()
                or replay.marks()
                or replay.grades()
                or replay.steps()
                or _masks(connection, cancelled)
            )
        except (AttributeError, KeyError, TypeError):  # Nothing, or a number, in place of a text.
            return "a stored value makes no sense"


@dataclass
class _Last:
    """The last line of one annotation or grade."""

    seq: int
    after: bytes
    owner: tuple[int, str]


class _Replay:
    """Walks through the history once and holds the end of each thread in it."""

    def __init__(self, connection: sa.Connection, cancelled: sqlite.Cancelled | None) -> None:
        self._connection = connection
        self._cancelled = cancelled
        self._last: dict[_Key, _Last] = {}
        self._undone: dict[int, bool] = {}

    def lines(self) -> str | None:
        """Check that each line begins where the one before it ended, and that none is missing."""
        query = sa.select(
            edits.c.seq,
            edits.c.step,
            edits.c.action,
            edits.c.annotation,
            edits.c.case_id,
            edits.c.reader,
            _text(edits.c.before, "before"),
            _text(edits.c.after, "after"),
        ).order_by(edits.c.seq)
        expected = 1
        for row in _stream(self._connection, query, self._cancelled):
            if row.seq != expected:
                return f"line {expected} of the history is missing"
            expected += 1
            key = _key(row)
            last = self._last.get(key)
            before = _digest(row.before)
            if before != (last.after if last else _digest(None)) and not self._same(
                last, row.before
            ):
                return f"the history has a gap before its line {row.seq}"
            self._last[key] = _Last(row.seq, _digest(row.after), (row.case_id, row.reader))
            if row.action in ("undo", "redo"):
                self._undone[row.step] = row.action == "undo"
            else:
                self._undone.setdefault(row.step, False)
        return None

    def marks(self) -> str | None:
        """Check that every annotation is as its last line says."""
        ends = {key[0]: last for key, last in self._last.items() if key[0] is not None}
        query = sa.select(schema.annotations).order_by(schema.annotations.c.id)
        found = 0
        for rows in _chunks(_stream(self._connection, query, self._cancelled)):
            after = self._after([ends[row.id].seq for row in rows if row.id in ends])
            for row in rows:
                found += 1
                last = ends.get(row.id)
                owner = row.case_id, row.reader
                if last is None or last.owner != owner or not _agrees(row, after[last.seq]):
                    return f"annotation {row.id} is not as the history says"
        return None if found == len(ends) else "an annotation is missing that the history has"

    def grades(self) -> str | None:
        """Check that every grade is as its last line says."""
        ends = {
            (case, reader): self._after([last.seq])[last.seq]
            for (annotation, case, reader), last in self._last.items()
            if annotation is None
        }
        rows = {
            (row.case_id, row.reader): {"label": row.label, "modified": row.modified}
            for row in _stream(self._connection, sa.select(grades), self._cancelled)
        }
        for key in ends.keys() | rows.keys():
            state, row = ends.get(key), rows.get(key)
            if (state and state["label"]) != (row and row["label"]):
                return f"a grade of case {key[0]} is not as the history says"
        return None

    def steps(self) -> str | None:
        """Check that what is called undone is."""
        query = sa.select(steps.c.id, steps.c.state)
        for row in _stream(self._connection, query, self._cancelled):
            undone = self._undone.get(row.id)
            if row.state != "dropped" and (row.state == "undone") != undone:
                return f"step {row.id} is not as the history says"
        return None

    def _same(self, last: _Last | None, before: str | None) -> bool:
        """Compare what the texts mean; the order of the names in them does not count."""
        if last is None or before is None:
            return False
        try:
            state = json.loads(before)
        except ValueError:
            return False
        return bool(self._after([last.seq])[last.seq] == state)

    def _after(self, lines: list[int]) -> dict[int, Any]:
        query = sa.select(edits.c.seq, edits.c.after).where(edits.c.seq.in_(lines))
        return {row.seq: row.after for row in self._connection.execute(query)}


def _masks(connection: sa.Connection, cancelled: sqlite.Cancelled | None) -> str | None:
    """Check that the pixels of every mask are those that were stored."""
    for row in _stream(connection, sa.select(masks), cancelled):
        if mask_hash(row.height, row.width, row.bits) != row.hash:
            return "the pixels of a mask have changed"
    return None


def mask_hash(height: int, width: int, bits: bytes) -> str:
    """Return the name that the pixels of a mask have in the study."""
    return hashlib.sha256(f"{height} {width} ".encode() + bits).hexdigest()


def _agrees(row: sa.Row[Any], state: dict[str, Any] | None) -> bool:
    """Return whether an annotation is in a state of the history; None is absence."""
    if state is None or row.deleted:
        return state is None and bool(row.deleted)
    here = {**row._mapping, "modified": row.modified.isoformat(timespec="microseconds")}
    return all(here.get(name) == value for name, value in state.items())


def _key(row: sa.Row[Any]) -> _Key:
    if row.annotation is None:
        return None, row.case_id, row.reader
    return row.annotation, 0, ""


def _text(column: sa.Column[Any], name: str) -> sa.Label[str]:
    """Return a column of JSON as the text that is stored, which need not be understood."""
    return sa.cast(column, sa.Text).label(name)


def _digest(text: str | None) -> bytes:
    """Return a short stand-in for a state: all of them together may be larger than memory."""
    return b"" if text is None else hashlib.blake2b(text.encode(), digest_size=16).digest()


def _stream(
    connection: sa.Connection, query: sa.Select[Any], cancelled: sqlite.Cancelled | None
) -> Iterable[sa.Row[Any]]:
    with contextlib.closing(
        connection.execute(query.execution_options(yield_per=_AT_ONCE))
    ) as rows:
        for part in rows.partitions():
            if cancelled is not None and cancelled():
                raise CancelledError
            yield from part


def _chunks(rows: Iterable[sa.Row[Any]]) -> Iterable[list[sa.Row[Any]]]:
    part: list[sa.Row[Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _short(found: str) -> str:
    return found.strip().splitlines()[-1][:200].replace("\n", " ").rstrip(".")
