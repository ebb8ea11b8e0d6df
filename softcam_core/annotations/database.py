"""The study's file: open it safely, write to it in whole transactions, say what went wrong."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from softcam_core.annotations import files, schema, sqlite
from softcam_core.annotations.stored import DamagedValueError
from softcam_core.errors import DamagedStudyError, OlderStudyError, StudyError


class Database:
    """A study's file, open. Safe to use from several threads; each has a connection of its own.

    One more connection is kept for all writing: only then can it be told whether another program
    has written.
    """

    def __init__(
        self, path: Path, patience: float = files.BUSY_SECONDS, *, read_only: bool = False
    ) -> None:
        """Open the study at an absolute path; make it if there is none.

        ``patience``: seconds that an edit waits for another program's. With ``read_only`` nothing
        is made, brought up to date or written.

        Raises:
            StudyError: the file is damaged, newer, foreign or cannot be written to. It is left
                as it was.
        """
        self.path = path
        self.read_only = read_only
        self._patience = patience
        self._lock = threading.RLock()
        self._local = threading.local()
        self._closed = False
        if not path.exists() and not read_only:
            _create(path)
        files.check_header(path)
        self._mode: sqlite.Mode = files.check_content(path, read_only=read_only)
        self._identity = files.identity(path)
        self._state = files.state(path)
        files.hold(self._identity)
        self._engine = self._make_engine()
        self._kept: sa.Connection | None = None
        self._seen: int | None = None
        try:
            self._upgrade()
            with self.read() as connection:
                self.id = _stored_id(connection)
            self.changed_elsewhere()
        except BaseException:
            self._let_go()
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
            connection = self._connection()
            connection.execution_options(immediate=True)
            with self._dropped_on_error(), connection.begin():
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
            self._follow_writer()
            with self._engine.begin() as connection:
                yield connection

    def changed_elsewhere(self) -> bool:
        """Return whether another program has written since the last call, or since the opening.

        While an edit is under way here it is False; ask again.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            with self._told():
                self._check_open()
                renewed = self._follow_writer()
                with self._dropped_on_error():
                    version = sqlite.data_version(sqlite.driver(self._connection()))
                changed = renewed or self._seen not in (None, version)
                self._seen = version
                return changed
        finally:
            self._lock.release()

    def copy_to(
        self, target: sqlite3.Connection, cancelled: sqlite.Cancelled | None = None
    ) -> None:
        """Copy the study as it is now, its log included, into an empty database.

        It works as well where the file was deleted meanwhile: the open handle still has it all.

        Raises:
            StudyError: the study is closed.
            CancelledError: ``cancelled`` says so.
            sqlite3.Error: the copy could not be written.
        """
        self._check_open()
        self._follow_writer()
        if not self.is_at(self.path):
            with self._lock:
                sqlite.copy(sqlite.driver(self._connection()), target, cancelled)
            return
        # Whoever draws meanwhile does not wait.
        with self._engine.connect() as source:
            sqlite.copy(sqlite.driver(source), target, cancelled)

    def is_at(self, path: Path) -> bool:
        """Return whether a path leads to this study's own file."""
        return files.identity(path) == self._identity

    def gather(self) -> None:
        """Bring everything into the one file.

        Raises:
            StudyError: another program reads the study, or the disk is full.
        """
        with self._told(), self._engine.connect() as connection:
            if not sqlite.gather(connection):
                raise StudyError(files.BUSY.format(path=self.path))

    def settle(self) -> None:
        """Bring into the one file what can be without waiting for anybody."""
        if self.read_only:
            return
        with self._told(), self._engine.connect() as connection:
            sqlite.settle(connection)

    def close(self) -> None:
        """Bring everything into the one file and let go of it; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if not self.read_only:
                # Another program may be at work on the study: the log then stays for that one.
                with contextlib.suppress(StudyError):
                    self.gather()
            self._let_go()

    def _let_go(self) -> None:
        self._drop()
        self._engine.dispose()
        files.let_go(self._identity)
        if self.read_only:
            files.tidy(self.path)

    def _make_engine(self) -> sa.Engine:
        # A new connection would make an empty file, or read another study, where this one is gone.
        return sqlite.make_engine(self.path, self._patience, self._mode, self._check_place)

    def _connection(self) -> sa.Connection:
        """Return the connection that is kept; call it with the lock held."""
        if self._kept is None:
            self._kept = self._engine.connect()
        return self._kept

    def _drop(self) -> None:
        """Let go of the kept connection; what others wrote meanwhile is then not known."""
        kept, self._kept = self._kept, None
        if kept is not None:
            self._seen = -1
            with contextlib.suppress(DBAPIError):
                kept.close()

    @contextlib.contextmanager
    def _dropped_on_error(self) -> Iterator[None]:
        """Begin with a new connection after the database has failed on this one."""
        try:
            yield
        except (DBAPIError, sqlite3.Error):
            self._drop()
            raise

    def _follow_writer(self) -> bool:
        """Where nobody could be writing when the file was opened: look whether somebody has.

        Such a file was opened as one that never changes, which takes no locks.
        """
        if self._mode != "immutable" or files.state(self.path) == self._state:
            return False
        with self._lock:
            self._mode = files.check_content(self.path, read_only=True)
            self._state = files.state(self.path)
            old = self._engine
            self._engine = self._make_engine()
            self._drop()
            old.dispose()
        return True

    def _upgrade(self) -> None:
        with self.read() as connection:
            version = stored_version(connection)
        if version == schema.VERSION:
            return
        if self.read_only:
            raise OlderStudyError(
                f"The study {self.path} was written by an older SoftCAM Viewer (format {version}, "
                f"this one reads {schema.VERSION}) and cannot be brought up to date where it may "
                "only be read; open it for writing, or copy it to a folder of yours first."
            )
        with self.write() as connection:
            for step in range(stored_version(connection), schema.VERSION):
                schema.MIGRATIONS[step](connection)
            _store_version(connection)

    def _check_open(self) -> None:
        if self._closed:
            raise StudyError(f"The study {self.path} is closed; open it again.")

    def _check_usable(self) -> None:
        self._check_open()
        if self.read_only:
            raise StudyError(
                f"The study {self.path} is open for reading only, so that nothing can be changed "
                "in it; close it where else it is open, or save it under another name."
            )
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
        except sqlite3.Error as error:
            raise files.explained(error, self.path) from error
        except DamagedValueError as error:
            raise DamagedStudyError(files.DAMAGED.format(path=self.path)) from error
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


def _store_version(connection: sa.Connection) -> None:
    connection.execute(
        schema.meta.update()
        .where(schema.meta.c.key == "format_version")
        .values(value=str(schema.VERSION))
    )
    sqlite.stamp(connection, files.APPLICATION_ID, schema.VERSION)


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
        engine = sqlite.make_engine(new, files.BUSY_SECONDS)
        try:
            with engine.begin() as connection:
                _fill(connection, path.parent)
            with engine.connect() as connection:
                if not sqlite.gather(connection):
                    raise StudyError(files.BUSY.format(path=path))
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
    sqlite.stamp(connection, files.APPLICATION_ID, schema.VERSION)
