"""The study's file: open it safely, write to it in whole transactions, say what went wrong.

Journal and durability. Write-ahead logging lets a second thread or program read while one writes,
and the file system's locks end with the process that held them: a killed program leaves none.
``synchronous=FULL`` flushes the log at every commit. ``NORMAL`` would flush it only now and then
and survive a killed program but not a power cut, and an annotation must be on disk when the call
returns.
"""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from softcam_core.annotations import schema
from softcam_core.errors import StudyError

APPLICATION_ID = 0x53434156  # "SCAV" in the header of the file
BUSY_SECONDS = 10.0
CHECK_SECONDS = 0.1
_MAKING_SECONDS = 60.0

_MAGIC = b"SQLite format 3\x00"
_DAMAGED = (
    "The study {path} is damaged and was left as it is; restore a backup copy, or start a new "
    "study under another name."
)
_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk of the study {path} is full; free some space, then try again.",
    sqlite3.SQLITE_READONLY: (
        "The study {path} cannot be written to; make the file and its folder writable, or save "
        "the study elsewhere."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The study {path} cannot be opened; check that its folder exists and can be written to."
    ),
    sqlite3.SQLITE_BUSY: (
        "The study {path} is busy in another program; wait until that has finished, then try again."
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


class Database:
    """A study's file, open. Safe to use from several threads; each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Open the study at an absolute path; make it if there is none.

        Raises:
            StudyError: the file is damaged, newer, foreign or cannot be written to. It is left
                as it was.
        """
        self.path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        if not path.exists():
            _create(path)
        _check_header(path)
        _check_content(path)
        self._engine = _engine(path)
        self._identity = _identity(path)
        self._closed = False
        try:
            self._upgrade()
        except BaseException:
            self._engine.dispose()
            raise

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Run a block as one transaction that is on disk when the block has ended.

        Inside another such block of the same thread it becomes a part of that one.

        Raises:
            StudyError: the file could not be written; nothing of the block is stored then.
        """
        outer: sa.Connection | None = getattr(self._local, "connection", None)
        if outer is not None:
            with outer.begin_nested():
                yield outer
            return
        with self._lock, self._told():
            self._check_usable()
            with self._engine.connect() as connection:
                connection.execution_options(immediate=True)
                with connection.begin():
                    self._local.connection = connection
                    try:
                        yield connection
                    finally:
                        self._local.connection = None

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Run a block on one consistent state of the study.

        Raises:
            StudyError: the file could not be read.
        """
        outer: sa.Connection | None = getattr(self._local, "connection", None)
        if outer is not None:
            yield outer
            return
        with self._told():
            self._check_open()
            with self._engine.begin() as connection:
                yield connection

    def close(self) -> None:
        """Bring everything into the one file and let go of it; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            # Another program may be at work on the study: the log then stays for that one.
            with contextlib.suppress(DBAPIError), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self._engine.dispose()

    def _upgrade(self) -> None:
        with self.read() as connection:
            version = stored_version(connection)
        if version == schema.VERSION:
            return
        with self.write() as connection:
            for step in range(stored_version(connection), schema.VERSION):
                schema.MIGRATIONS[step](connection)
            _store_version(connection)

    def _check_open(self) -> None:
        if self._closed:
            raise StudyError(f"The study {self.path} is closed; open it again.")

    def _check_usable(self) -> None:
        self._check_open()
        if _identity(self.path) != self._identity:
            raise StudyError(
                f"The study {self.path} was moved, replaced or deleted while it was open; put the "
                "file back, or open the study at its new place."
            )

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the database's errors into sentences."""
        try:
            yield
        except DBAPIError as error:
            raise _explained(error.orig, self.path) from error
        except PoolTimeoutError as error:
            raise StudyError(
                f"The study {self.path} is in use by too many tasks; wait, then try again."
            ) from error


def stored_version(connection: sa.Connection) -> int:
    """Return the format version of an open study."""
    value = connection.scalar(
        sa.select(schema.meta.c.value).where(schema.meta.c.key == "format_version")
    )
    return int(value or 0)


def _store_version(connection: sa.Connection) -> None:
    connection.execute(
        schema.meta.update()
        .where(schema.meta.c.key == "format_version")
        .values(value=str(schema.VERSION))
    )
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _engine(path: Path) -> sa.Engine:
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})

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


def _create(path: Path) -> None:
    """Make an empty study under a temporary name, then give it its own: never half a file."""
    if not path.parent.is_dir():
        raise StudyError(
            f"The folder of the study {path} does not exist; make it, or choose another place."
        )
    new = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        _forget_leftovers(path)
        with contextlib.closing(sqlite3.connect(new)) as plain:
            plain.execute("PRAGMA journal_mode = WAL")
        engine = _engine(new)
        with engine.begin() as connection:
            schema.metadata.create_all(connection)
            values = {"format_version": str(schema.VERSION), "folder": str(path.parent)}
            rows = [{"key": key, "value": value} for key, value in values.items()]
            connection.execute(schema.meta.insert(), rows)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
        engine.dispose()
        _publish(new, path)
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    except DBAPIError as error:
        raise _explained(error.orig, path) from error
    except OSError as error:
        raise StudyError(
            f"The study {path} cannot be made ({error.strerror}); choose another place."
        ) from error
    finally:
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{new}{end}").unlink(missing_ok=True)


def _publish(new: Path, path: Path) -> None:
    """Give the new file its name, unless another program was quicker: then theirs counts."""
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError:  # A file system without hard links.
        if not path.exists():
            new.rename(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _forget_leftovers(path: Path) -> None:
    """Clear the way for a new study.

    The log of a study that was deleted would be read into the new one; it is put aside. What a
    program left that was killed while it made the study goes, unless one may still be at it.
    """
    for half_made in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
        with contextlib.suppress(OSError):
            if time.time() - half_made.stat().st_mtime > _MAKING_SECONDS:
                half_made.unlink()
    log = Path(f"{path}-wal")
    if log.exists():
        log.replace(Path(f"{path}-wal.old"))
    Path(f"{path}-shm").unlink(missing_ok=True)


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StudyError(
            f"The study {path} cannot be read ({error.strerror}); check the file and its folder."
        ) from error
    if not header:
        raise StudyError(
            f"The study {path} is empty (0 bytes) and was left as it is; restore a backup copy, "
            "or delete the file to start anew."
        )
    if header[:16] != _MAGIC:
        raise StudyError(
            f"The file {path} is not a study and was left as it is; choose a .softcam file."
        )
    if len(header) < 100:
        raise StudyError(_DAMAGED.format(path=path))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StudyError(
            f"The file {path} is a database of another program and was left as it is; choose a "
            ".softcam file."
        )
    _check_version(path, int.from_bytes(header[60:64], "big"))
    page_size = int.from_bytes(header[16:18], "big")
    expected = int.from_bytes(header[28:32], "big") * (65536 if page_size == 1 else page_size)
    # While there is a log, pages may still lie in it alone.
    if not Path(f"{path}-wal").exists() and path.stat().st_size < expected:
        raise StudyError(_DAMAGED.format(path=path))


def _check_version(path: Path, version: int) -> None:
    if version > schema.VERSION:
        raise StudyError(
            f"The study {path} was written by a newer SoftCAM Viewer (format {version}, this one "
            f"reads up to {schema.VERSION}) and was left as it is; update the program."
        )


def _check_content(path: Path) -> None:
    """Look through the file for damage, for a tenth of a second at most, and try to write."""
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StudyError(_SENTENCES[sqlite3.SQLITE_READONLY].format(path=path))
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        rows = connection.execute(
            "SELECT value FROM meta WHERE key = 'format_version' "
            "UNION ALL SELECT user_version FROM pragma_user_version"
        )
        _check_version(path, max(int(row[0]) for row in rows))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        if _quick_check(connection) != "ok":
            raise StudyError(_DAMAGED.format(path=path))
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    finally:
        if connection is not None:
            connection.close()


def _quick_check(connection: sqlite3.Connection) -> str:
    """Return ``ok``, or the first damage found; a large study is looked through in part."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        connection.interrupt()

    timer = threading.Timer(CHECK_SECONDS, stop)
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


def _explained(error: BaseException | None, path: Path) -> StudyError:
    """Return the sentence for a database error."""
    code = getattr(error, "sqlite_errorcode", None)
    # The low byte is the kind of error, the rest its detail.
    sentence = _SENTENCES.get(code & 0xFF) if code is not None else None
    if sentence is None and "no such table" in str(error):
        sentence = _DAMAGED
    if sentence is None:
        sentence = f"The study {{path}} could not be read or written ({error}); try again."
    return StudyError(sentence.format(path=path))
