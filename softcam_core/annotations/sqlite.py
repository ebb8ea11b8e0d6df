"""What is particular to SQLite: how a file is connected to, its log, its copies and its checks.

Everything else of the study is written for any database that SQLAlchemy speaks to.

Journal and durability. Write-ahead logging lets a second thread or program read while one writes,
and the file system's locks end with the process that held them: a killed program leaves none.
``synchronous=FULL`` flushes the log at every commit. ``NORMAL`` would flush it only now and then
and survive a killed program but not a power cut, and an annotation must be on disk when the call
returns.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from softcam_core.annotations.stored import DamagedValueError
from softcam_core.errors import CancelledError

Mode = Literal["rw", "ro", "immutable"]
"""Write; read what others may write; read a file that nobody can be writing to."""

Cancelled = Callable[[], bool]

_COPIED_AT_ONCE = 2048  # pages
_CHECKED_AT_ONCE = 100_000  # steps of SQLite's machine, a few milliseconds


def uri(path: Path, mode: Mode) -> str:
    """Return SQLite's name of a file, to be opened in a mode."""
    place = path.as_uri()
    if not place.startswith("file:///"):  # A share of Windows: the server belongs to the path.
        place = f"file:////{place.removeprefix('file://')}"
    return f"{place}?{'mode=ro&immutable=1' if mode == 'immutable' else f'mode={mode}'}"


def connect(path: Path, mode: Mode, patience: float) -> sqlite3.Connection:
    """Connect to a file that is there; transactions begin where the caller says."""
    return sqlite3.connect(uri(path, mode), timeout=patience, isolation_level=None, uri=True)


def make_engine(
    path: Path, patience: float, mode: Mode = "rw", before: Callable[[], None] | None = None
) -> sa.Engine:
    """Return the engine of a study's file; ``before`` is called before each new connection."""

    def opened() -> sqlite3.Connection:
        if before is not None:
            before()
        return sqlite3.connect(uri(path, mode), timeout=patience, uri=True, check_same_thread=False)

    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        creator=opened,
        json_deserializer=_load_json,
        poolclass=sa.QueuePool,
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # Transactions begin where we say, not where the driver guesses.
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer takes its turn at once: two that first read and then write would both fail.
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _load_json(text: str) -> Any:
    # A number comes as a number, no text: the TypeError says so to SQLAlchemy, which takes it.
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedValueError(str(error)) from error


def driver(connection: sa.Connection) -> sqlite3.Connection:
    """Return SQLite's own connection below SQLAlchemy's."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def stamp(connection: sa.Connection, application: int, version: int) -> None:
    """Write into the header of the file what it is, so that it is known before it is opened."""
    connection.exec_driver_sql(f"PRAGMA application_id = {application}")
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def data_version(connection: sqlite3.Connection) -> int:
    """Return a number that changes when anybody but this connection has written."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def gather(connection: sa.Connection) -> bool:
    """Move the log into the file and return whether that was possible.

    SQLite itself says nothing where it fails at closing.
    """
    return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()


def settle(connection: sa.Connection) -> None:
    """Move into the file what can be without waiting for anybody."""
    connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


def copy(
    source: sqlite3.Connection, target: sqlite3.Connection, cancelled: Cancelled | None = None
) -> None:
    """Copy a database as it is at one moment, its log included; writers go on meanwhile.

    Raises:
        CancelledError: ``cancelled`` says so.
    """

    def told(_status: int, _left: int, _pages: int) -> None:
        if cancelled is not None and cancelled():
            raise CancelledError

    # The transaction holds the moment: without it the copy begins anew after each edit.
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=_COPIED_AT_ONCE, progress=told, sleep=0.001)
    finally:
        source.execute("ROLLBACK")


def quick_check(connection: sqlite3.Connection, seconds: float) -> str:
    """Return ``ok``, or the first damage found; a large study is looked through in part."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        found = "ok"
    finally:
        timer.cancel()
        timer.join()
    # What a check says that was cut short means nothing.
    return "ok" if late.is_set() else found


def full_check(connection: sqlite3.Connection, cancelled: Cancelled | None = None) -> str:
    """Return ``ok``, or the first damage found in any page, index or reference.

    Raises:
        CancelledError: ``cancelled`` says so.
    """

    def stop() -> bool:
        return cancelled is not None and cancelled()

    connection.set_progress_handler(stop, _CHECKED_AT_ONCE)
    try:
        found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if found == "ok" and connection.execute("PRAGMA foreign_key_check").fetchone():
            found = "a row refers to one that is not there"
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise CancelledError from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
    return found
