"""A study's file on the disk: is it whole, and how a finished one gets its name."""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import threading
import time
from pathlib import Path

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
BUSY = "The study {path} is busy in another program; wait until that has finished, then try again."
_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk of the study {path} is full; free some space, then try again.",
    sqlite3.SQLITE_READONLY: (
        "The study {path} cannot be written to; make the file and its folder writable, or save "
        "the study elsewhere."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The study {path} cannot be opened; check that its folder exists and can be written to."
    ),
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def new_name(path: Path) -> Path:
    """Return the name, beside a study, under which its file is made before it gets its own."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.new")


def remove(path: Path) -> None:
    """Delete a file under its temporary name, with its log."""
    for end in ("", "-wal", "-shm", "-log"):
        with contextlib.suppress(OSError):
            Path(f"{path}{end}").unlink(missing_ok=True)


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file a path leads to, None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def publish(new: Path, path: Path) -> None:
    """Give the new file its name, unless another program was quicker: then theirs counts."""
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError:  # A file system without hard links.
        if not path.exists():
            new.rename(path)
    _flush_folder(path)


def replace(new: Path, path: Path) -> None:
    """Give a finished file the name of another one, whose place it takes.

    A log that a killed program left beside the other one would be read into the new file; it
    goes, and comes back where the file cannot be replaced.

    Raises:
        OSError: there is no such folder, or no right to write; all is as it was.
    """
    log, aside = Path(f"{path}-wal"), Path(f"{new}-log")
    if log.exists():
        log.replace(aside)
    try:
        new.replace(path)
    except OSError:
        if aside.exists():
            aside.replace(log)
        raise
    aside.unlink(missing_ok=True)
    Path(f"{path}-shm").unlink(missing_ok=True)
    _flush_folder(path)


def _flush_folder(path: Path) -> None:
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def forget_leftovers(path: Path) -> None:
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


def check_header(path: Path) -> None:
    """Check whether a file is a study that this program reads, and has its full length.

    Raises:
        StudyError: it is not.
    """
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


def check_content(path: Path) -> None:
    """Look through the file for damage, for a tenth of a second at most, and try to write.

    Raises:
        StudyError: it is damaged, busy, or cannot be written to.
    """
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
        raise explained(error, path) from error
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


def explained(error: BaseException | None, path: Path) -> StudyError:
    """Return the sentence for a database error."""
    code = getattr(error, "sqlite_errorcode", None)
    # The low byte is the kind of error, the rest its detail.
    sentence = _SENTENCES.get(code & 0xFF) if code is not None else None
    if sentence is None and "no such table" in str(error):
        sentence = _DAMAGED
    if sentence is None:
        sentence = f"The study {{path}} could not be read or written ({error}); try again."
    return StudyError(sentence.format(path=path))
