"""What can still be read of a damaged study, row by row, in a new one.

The damaged file is never touched: it is copied first, its log included. Where the damage hides a
row, the rows around it are found by halving the range of their numbers. What is drawn and what the
history says are then brought together: an annotation whose row is lost, or says otherwise, comes
back from its last line, and where lines are lost the history gets one that says so.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import sqlite3
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from softcam_core.annotations import files
from softcam_core.annotations.backups import backups_of
from softcam_core.annotations.database import Database
from softcam_core.annotations.mending import mend
from softcam_core.annotations.schema import VERSION, metadata
from softcam_core.annotations.shapes import KINDS
from softcam_core.errors import CancelledError, DamagedStudyError, StudyError

PathLike = str | os.PathLike[str]
Cancelled = Callable[[], bool]

_PAGE = 4096
_INNER_PAGE = 5
_AT_ONCE = 4096
_FEWEST_BYTES_OF_A_ROW = 20
_MOST_ROWS = 2_000_000
_TABLES = frozenset(metadata.tables) - {"events", "trainings"}  # which format 1 did not have
_NOT_ROWS = ("sqlite_sequence", "sqlite_stat1")


@dataclass
class Rescued:
    """What a rescue has found.

    Attributes:
        counts: table -> rows in the new study, for instance ``annotations``.
        lost: what is known to be lost or was made up, one phrase each; empty where all was read.
    """

    counts: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def rescue(path: PathLike, new: PathLike, cancelled: Cancelled | None = None) -> Rescued:
    """Read what can be read of a damaged study into a new file, which is whole.

    The new study keeps the old one's id, so that what was drawn and not yet saved finds it.

    Args:
        path: the damaged study, which is left as it is; no program may have it open.
        new: of the new study; nothing may be there.
        cancelled: asked now and then.

    Raises:
        DamagedStudyError: nothing of the study can be read.
        StudyError: the new file cannot be written, or is there already.
        CancelledError: ``cancelled`` says so.
    """
    old, target = _absolute(path), _absolute(new)
    if target.exists():
        raise StudyError(f"There is a file {target} already; choose another name for what is left.")
    if files.is_held(old):
        raise StudyError(f"The study {old} is open here; close it before it is rescued.")
    if not target.parent.is_dir():
        raise StudyError(f"The folder of {target} does not exist; choose another place.")
    made = files.new_name(target)
    try:
        with tempfile.TemporaryDirectory() as folder:
            source = _Source(_copied(old, Path(folder)), old)
            with contextlib.closing(source):
                found = _carry_over(source, made, cancelled)
        with contextlib.closing(Database(made)) as database:  # Brings it to today's format.
            database.gather()
        files.publish(made, target)
        return found
    except sqlite3.Error as error:
        raise files.explained(error, target) from error
    except OSError as error:
        raise StudyError(
            f"What is left of the study {old} cannot be written to {target} ({error.strerror}); "
            "choose another place."
        ) from error
    finally:
        files.remove(made)


def _absolute(path: PathLike) -> Path:
    place = Path(path).expanduser()
    return place.parent.resolve() / place.name


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / "damaged.softcam"
    shutil.copyfile(path, copy)
    if files.log_size(path):
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    return copy


class _Source:
    """A damaged study, read row by row."""

    def __init__(self, copy: Path, path: Path) -> None:
        """Connect to a copy of ``path``; where its list of tables is lost, give it another's."""
        self._copy = copy
        self._connection: sqlite3.Connection | None = None
        if copy.stat().st_size <= _PAGE:
            raise DamagedStudyError(f"Nothing is left of the study {path}; restore a backup copy.")
        for pages in ({}, *_maps(path, copy.parent)):
            if pages:
                self.close()
                _graft(copy, pages)
            self.tables = self._connect()
            if self._is_study():
                return
        self.close()
        raise DamagedStudyError(f"Nothing can be read of the study {path}; restore a backup copy.")

    @property
    def _open(self) -> sqlite3.Connection:
        assert self._connection is not None
        return self._connection

    def close(self) -> None:
        """Let go of the copy."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def statements(self) -> dict[str, str]:
        """Return what made the indexes and triggers of the study: name -> SQL."""
        query = "SELECT name, sql FROM sqlite_master WHERE type != 'table' AND sql IS NOT NULL"
        return dict(self._open.execute(query).fetchall())

    def version(self) -> int:
        """Return the format version of the tables."""
        (version,) = self._open.execute("PRAGMA user_version").fetchone()
        return int(version) if 0 < version <= VERSION else VERSION

    def rows(
        self, table: str, lost: list[str], cancelled: Cancelled | None
    ) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a table that can be read and make sense, in order."""
        names = [row[1] for row in self._open.execute(f"PRAGMA table_info({table})")]
        last, numbered = self._last(table)
        query = f"SELECT {', '.join(names)} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        count, spoilt = 0, 0
        ranges = [(a, min(a + _AT_ONCE - 1, last)) for a in range(1, last + 1, _AT_ONCE)][::-1]
        while ranges:
            if cancelled is not None and cancelled():
                raise CancelledError
            first, end = ranges.pop()
            try:
                rows = self._open.execute(query, (first, end)).fetchall()
            except sqlite3.DatabaseError:
                if first == end:
                    spoilt += 1
                else:
                    middle = (first + end) // 2
                    ranges += [(middle + 1, end), (first, middle)]
                continue
            for row in rows:
                if _makes_sense(names, row):
                    count += 1
                    yield row
                else:
                    spoilt += 1
        if numbered and count < last:
            lost.append(f"{last - count} rows of {table}")
        elif not numbered and spoilt:
            lost.append(f"some rows of {table}")

    def _connect(self) -> dict[str, str]:
        """Return the tables that can be read: name -> the SQL that made them."""
        self.close()
        self._connection = sqlite3.connect(self._copy, isolation_level=None)
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        try:
            self._connection.execute("PRAGMA writable_schema = ON")  # Spoilt entries do not count.
            found = dict(self._connection.execute(query).fetchall())
        except (sqlite3.DatabaseError, TypeError):
            return {}
        return {name: sql for name, sql in found.items() if name not in _NOT_ROWS}

    def _is_study(self) -> bool:
        """Return whether the tables are those of a study, and can be made anew."""
        if not self.tables.keys() >= _TABLES:
            return False
        try:
            with contextlib.closing(sqlite3.connect(":memory:")) as scratch:
                for statement in (*self.tables.values(), *self.statements().values()):
                    scratch.execute(statement)
        except (sqlite3.Error, TypeError, ValueError):
            return False
        return True

    def _last(self, table: str) -> tuple[int, bool]:
        """Return the last number of a table's rows, and whether they are numbered without gaps."""
        last, numbered = 0, False
        with contextlib.suppress(sqlite3.DatabaseError):
            query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
            for (seq,) in self._open.execute(query, (table,)):
                last, numbered = int(seq), True
        try:
            (highest,) = self._open.execute(f"SELECT max(rowid) FROM {table}").fetchone()
            last = max(last, highest or 0)
        except sqlite3.DatabaseError:
            if not numbered:
                last = self._copy.stat().st_size // _FEWEST_BYTES_OF_A_ROW
        return min(last, _MOST_ROWS), numbered


def _carry_over(source: _Source, made: Path, cancelled: Cancelled | None) -> Rescued:
    found = Rescued()
    with contextlib.closing(sqlite3.connect(made, isolation_level=None)) as new:
        new.execute("PRAGMA journal_mode = WAL")
        new.execute("BEGIN")
        for table, statement in source.tables.items():
            new.execute(statement)
            for row in source.rows(table, found.lost, cancelled):
                places = ", ".join("?" * len(row))
                new.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", row)
        _describe(new, source.version(), made)
        lines_complete = not any(what.endswith(" rows of edits") for what in found.lost)
        found.lost += mend(new, complete=not found.lost, lines_complete=lines_complete)
        for statement in source.statements().values():
            new.execute(statement)
        new.execute("COMMIT")
        new.execute(f"PRAGMA application_id = {files.APPLICATION_ID}")
        new.execute(f"PRAGMA user_version = {source.version()}")
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for table in source.tables:
            found.counts[table] = new.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def _describe(new: sqlite3.Connection, version: int, made: Path) -> None:
    """See that a study's own values are there."""
    from softcam_core.annotations.database import new_id

    values = {"format_version": str(version), "folder": str(made.parent), "id": new_id()}
    for item in values.items():
        new.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", item)
    new.execute("UPDATE meta SET value = ? WHERE key = 'format_version'", (str(version),))


def _maps(path: Path, folder: Path) -> Iterator[dict[int, bytes]]:
    """Return the pages, number -> content, that say where the tables of other studies lie.

    A damaged study's tables may lie in the same places: a backup of it, or a new study.
    """
    for backup in backups_of(path):
        yield _map(backup.path)
    fresh = folder / "fresh.softcam"
    Database(fresh).close()
    yield _map(fresh)


def _map(path: Path) -> dict[int, bytes]:
    """Return the first page of a study and those that it refers to."""
    with path.open("rb") as file:
        first = file.read(_PAGE)
        pages = {1: first}
        if first[100] == _INNER_PAGE:
            (cells,) = struct.unpack_from(">H", first, 103)
            places = struct.unpack_from(f">{cells}H", first, 112)
            for place in (108, *places):
                (number,) = struct.unpack_from(">I", first, place)
                file.seek((number - 1) * _PAGE)
                pages[number] = file.read(_PAGE)
    return pages


def _graft(copy: Path, pages: dict[int, bytes]) -> None:
    count = copy.stat().st_size // _PAGE
    with copy.open("r+b") as file:
        for number, content in pages.items():
            file.seek((number - 1) * _PAGE)
            file.write(content)
        # The number of pages; and no list of free ones, whose place is another in each file.
        file.seek(28)
        file.write(struct.pack(">III", count, 0, 0))


def _makes_sense(names: list[str], row: tuple[Any, ...]) -> bool:
    """Return whether values are what their columns hold; damaged rows may still be readable."""
    try:
        return all(
            _CHECKS[name](value) for name, value in zip(names, row, strict=True) if name in _CHECKS
        )
    except (AttributeError, TypeError, ValueError, zlib.error):
        return False


def _is_time(value: Any) -> bool:
    return value is None or bool(datetime.fromisoformat(value))


def _is_points(value: Any) -> bool:
    size = len(value)
    return size % 16 == 0 and all(map(math.isfinite, struct.unpack(f"<{size // 8}d", value)))


def _is_json(value: Any) -> bool:
    return value is None or json.loads(value) is not None


def _is_object(value: Any) -> bool:
    return isinstance(json.loads(value), dict)


def _is_state(value: Any) -> bool:
    """Return whether a text is nothing, or all that a mark or a grade has."""
    if value is None:
        return True
    state = json.loads(value)
    checks = _STATE if "kind" in state else _GRADE
    return state.keys() == checks.keys() and all(checks[name](state[name]) for name in checks)


def _is_outline(value: Any) -> bool:
    return all(len(point) == 2 and all(map(math.isfinite, point)) for point in value)


def _is_moment(value: Any) -> bool:
    return str(value) == datetime.fromisoformat(value).isoformat(timespec="microseconds")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_GRADE: dict[str, Callable[[Any], bool]] = {"label": _is_text, "modified": _is_moment}
_STATE: dict[str, Callable[[Any], bool]] = {
    **_GRADE,
    "kind": lambda value: value in KINDS,
    "points": _is_outline,
    "angle": math.isfinite,
    "attributes": lambda value: isinstance(value, dict),
    "mask": lambda value: value is None or _is_text(value),
}
_CHECKS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("added", "created", "modified", "started", "locked", "time"), _is_time),
    **dict.fromkeys(("before", "after"), _is_state),
    **dict.fromkeys(("attributes", "detail"), _is_object),
    **dict.fromkeys(("classes", "logits", "probabilities", "models", "rules"), _is_json),
    **dict.fromkeys(("kind", "label", "reader", "name", "action", "text", "state"), _is_text),
    "points": _is_points,
    "case_id": lambda value: value is None or isinstance(value, int),
    **dict.fromkeys(("bits", "content"), lambda value: bool(zlib.decompress(value))),
}
