"""The study's file: open it safely, write to it in whole transactions, say what went wrong.

Journal and durability. Write-ahead logging lets a second thread or program read while one writes,
and the file system's locks end with the process that held them: a killed program leaves none.
``synchronous=FULL`` flushes the log at every commit. ``NORMAL`` would flush it only now and then
and survive a killed program but not a power cut, and an annotation must be on disk when the call
returns.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from softcam_core.annotations import files, schema
from softcam_core.errors import StudyError


class Database:
    """A study's file, open. Safe to use from several threads; each has a connection of its own."""

    def __init__(self, path: Path, patience: float = files.BUSY_SECONDS) -> None:
        """Open the study at an absolute path; make it if there is none.

        ``patience``: seconds that an edit waits for another program's.

        Raises:
            StudyError: the file is damaged, newer, foreign or cannot be written to. It is left
                as it was.
        """
        self.path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        if not path.exists():
            _create(path)
        files.check_header(path)
        files.check_content(path)
        self._engine = _engine(path, patience)
        self._identity = files.identity(path)
        self._closed = False
        # A new connection would make an empty file, or read another study, where this one is gone.
        sa.event.listen(self._engine, "do_connect", lambda *_: self._check_place())
        try:
            self._upgrade()
            with self.read() as connection:
                self.id = _stored_id(connection)
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

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the study as it is now, its log included, into an empty database.

        It works as well where the file was deleted meanwhile: the open handle still has it all.

        Raises:
            StudyError: the study is closed.
            sqlite3.Error: the copy could not be written.
        """
        with self._lock:
            self._check_open()
            source = self._engine.raw_connection()
            try:
                assert isinstance(source.driver_connection, sqlite3.Connection)
                source.driver_connection.backup(target)
            finally:
                source.close()

    def is_at(self, path: Path) -> bool:
        """Return whether a path leads to this study's own file."""
        return files.identity(path) == self._identity

    def gather(self) -> None:
        """Bring everything into the one file.

        Raises:
            StudyError: another program reads the study, or the disk is full.
        """
        with self._told(), self._engine.connect() as connection:
            _gather(connection, self.path)

    def settle(self) -> None:
        """Bring into the one file what can be without waiting for anybody."""
        with self._told(), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Bring everything into the one file and let go of it; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            # Another program may be at work on the study: the log then stays for that one.
            with contextlib.suppress(StudyError):
                self.gather()
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
        self._check_place()

    def _check_place(self) -> None:
        if not self.is_at(self.path):
            raise StudyError(
                f"The study {self.path} was moved, replaced or deleted while it was open; put the "
                "file back, open the study at its new place, or save it elsewhere."
            )

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the database's errors into sentences."""
        try:
            yield
        except DBAPIError as error:
            raise files.explained(error.orig, self.path) from error
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


def _stored_id(connection: sa.Connection) -> str:
    """Return the study's own id; empty for a file from before studies had one."""
    value = connection.scalar(sa.select(schema.meta.c.value).where(schema.meta.c.key == "id"))
    return str(value or "")


def new_id() -> str:
    """Return an id that no other study has."""
    return uuid.uuid4().hex


def _gather(connection: sa.Connection, path: Path) -> None:
    """Move the log into the file; SQLite itself says nothing where that fails at closing."""
    busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
    if busy:
        raise StudyError(files.BUSY.format(path=path))


def _store_version(connection: sa.Connection) -> None:
    connection.execute(
        schema.meta.update()
        .where(schema.meta.c.key == "format_version")
        .values(value=str(schema.VERSION))
    )
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")


def _engine(path: Path, patience: float) -> sa.Engine:
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": patience})

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
    new = files.new_name(path)
    try:
        files.forget_leftovers(path)
        with contextlib.closing(sqlite3.connect(new)) as plain:
            plain.execute("PRAGMA journal_mode = WAL")
        engine = _engine(new, files.BUSY_SECONDS)
        try:
            with engine.begin() as connection:
                _fill(connection, path.parent)
            with engine.connect() as connection:
                _gather(connection, path)
        finally:
            engine.dispose()
        files.publish(new, path)
    except sqlite3.Error as error:
        raise files.explained(error, path) from error
    except DBAPIError as error:
        raise files.explained(error.orig, path) from error
    except OSError as error:
        raise StudyError(
            f"The study {path} cannot be made ({error.strerror}); choose another place."
        ) from error
    finally:
        files.remove(new)


def _fill(connection: sa.Connection, folder: Path) -> None:
    schema.metadata.create_all(connection)
    values = {"format_version": str(schema.VERSION), "folder": str(folder), "id": new_id()}
    rows = [{"key": key, "value": value} for key, value in values.items()]
    connection.execute(schema.meta.insert(), rows)
    connection.exec_driver_sql(f"PRAGMA application_id = {files.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
