"""A study's file on the disk: is it whole, and how a finished one gets its name."""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import threading
import time
from collections import Counter
from pathlib import Path

from softcam_core.annotations import schema, sqlite
from softcam_core.errors import DamagedStudyError, StudyError

APPLICATION_ID = 0x53434156  # "SCAV" in the header of the file
BUSY_SECONDS = 10.0
CHECK_SECONDS = 0.1
_MAKING_SECONDS = 60.0

_MAGIC = b"SQLite format 3\x00"
DAMAGED = (
    "The study {path} is damaged and was left as it is; restore a backup copy, or start a new "
    "study under another name."
)
BUSY = "The study {path} is busy in another program; wait until that has finished, then try again."
_MISSING = ("no such table", "no such column", "Could not decode to UTF-8")
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
    sqlite3.SQLITE_IOERR: (
        "The study {path} could not be read or written (the disk failed, or your quota is used "
        "up); check the disk, then try again."
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
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


def state(path: Path) -> tuple[object, ...]:
    """Return what changes when anybody writes to a study: its size and time, and its log."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, log_size(path) > 0


def log_size(path: Path) -> int:
    """Return how long a study's log is in bytes, 0 where it has none."""
    try:
        return Path(f"{path}-wal").stat().st_size
    except OSError:
        return 0


_held: Counter[tuple[int, int]] = Counter()


def hold(identity: tuple[int, int] | None) -> None:
    """Keep in mind that this program has a file open as a database."""
    if identity is not None:
        _held[identity] += 1


def let_go(identity: tuple[int, int] | None) -> None:
    """Forget one `hold`."""
    if identity is not None:
        _held[identity] -= 1


def is_held(path: Path) -> bool:
    """Return whether this program has a file open as a database.

    Such a file must not be opened and closed in any other way: on POSIX, closing it once gives up
    all locks that the program has on it, and another program would then take away its log.
    """
    found = identity(path)
    return found is not None and _held[found] > 0


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


def forget_half_made(folder: Path, name: str | None = None) -> None:
    """Delete what programs left that were killed while they made a file of that name, or any.

    A young one stays: somebody may still be at it.
    """
    pattern = f".{'*.softcam' if name is None else glob.escape(name)}.*.new*"
    for half_made in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if abs(time.time() - half_made.stat().st_mtime) > _MAKING_SECONDS:
                half_made.unlink()


def forget_leftovers(path: Path) -> None:
    """Clear the way for a new study.

    The log of a study that was deleted would be read into the new one; it is put aside.
    """
    forget_half_made(path.parent, path.name)
    log = Path(f"{path}-wal")
    if log.exists():
        log.replace(Path(f"{path}-wal.old"))
    Path(f"{path}-shm").unlink(missing_ok=True)


def check_header(path: Path) -> None:
    """Check whether a file is a study that this program reads, and has its full length.

    Raises:
        StudyError: it is not.
    """
    if is_held(path):  # It was looked at when it was opened first.
        return
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StudyError(
            f"The study {path} cannot be read ({error.strerror}); check the file and its folder."
        ) from error
    if not header:
        raise DamagedStudyError(
            f"The study {path} is empty (0 bytes) and was left as it is; restore a backup copy, "
            "or delete the file to start anew."
        )
    if header[:16] != _MAGIC:
        raise _foreign(path, header)
    if len(header) < 100:
        raise DamagedStudyError(DAMAGED.format(path=path))
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
        raise DamagedStudyError(DAMAGED.format(path=path))


def _foreign(path: Path, header: bytes) -> StudyError:
    """Return what a file is that does not begin as a database."""
    if not any(header):  # As a power cut or a broken disk leaves it.
        return DamagedStudyError(DAMAGED.format(path=path))
    sentence = f"The file {path} is not a study and was left as it is; "
    if path.suffix.lower() == ".softcam":
        return DamagedStudyError(
            f"{sentence}its beginning may be damaged: restore a backup copy, or choose another "
            "file."
        )
    return StudyError(f"{sentence}choose a .softcam file.")


def _check_version(path: Path, version: int) -> None:
    if version > schema.VERSION:
        raise StudyError(
            f"The study {path} was written by a newer SoftCAM Viewer (format {version}, this one "
            f"reads up to {schema.VERSION}) and was left as it is; update the program."
        )


def check_content(path: Path, *, read_only: bool = False) -> sqlite.Mode:
    """Look through the file for damage, for a tenth of a second at most, and try to write.

    Returns:
        How it is to be opened.

    Raises:
        StudyError: it is damaged, busy, or cannot be written to.
    """
    if not read_only and not _may_write(path):
        raise StudyError(_SENTENCES[sqlite3.SQLITE_READONLY].format(path=path))
    try:
        if read_only:
            mode = _reading_mode(path)
            _look_through(path, mode)
            return mode
        # By a connection that cannot write: another one would bring the log into a damaged file.
        quiet: sqlite.Mode = "ro" if Path(f"{path}-wal").exists() else "immutable"
        try:
            _look_through(path, quiet)
        except (DamagedStudyError, sqlite3.Error):
            if quiet == "ro" or not Path(f"{path}-wal").exists():
                raise
            _look_through(path, "ro")  # Somebody has begun to write meanwhile.
        with contextlib.closing(sqlite.connect(path, "rw", BUSY_SECONDS)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        return "rw"
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except ValueError as error:
        raise DamagedStudyError(DAMAGED.format(path=path)) from error


def _look_through(path: Path, mode: sqlite.Mode) -> None:
    with contextlib.closing(sqlite.connect(path, mode, BUSY_SECONDS)) as connection:
        rows = connection.execute(
            "SELECT value FROM meta WHERE key = 'format_version' "
            "UNION ALL SELECT user_version FROM pragma_user_version"
        )
        _check_version(path, max(_number(row[0]) for row in rows))
        if sqlite.quick_check(connection, CHECK_SECONDS) != "ok":
            raise DamagedStudyError(DAMAGED.format(path=path))


def _number(value: object) -> int:
    return int(str(value))


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _reading_mode(path: Path) -> sqlite.Mode:
    """Return how to read a study that is not written to.

    Its log needs an index beside the file. Where neither can be made, nobody who has the study
    open is at work on it, and it can be read as a file that does not change.
    """
    try:
        with contextlib.closing(sqlite.connect(path, "ro", BUSY_SECONDS)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        if log_size(path):
            raise StudyError(
                f"The last edits of the study {path} lie in the file {path.name}-wal beside it, "
                "which cannot be read in a folder without the right to write; copy both files to "
                "a folder of yours and open the copy."
            ) from error
        return "immutable"
    return "ro"


def tidy(path: Path) -> None:
    """Take away the empty log that reading alone has left beside a study."""
    if log_size(path) or is_held(path) or not Path(f"{path}-wal").exists() or not _may_write(path):
        return
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite.connect(path, "rw", 0)) as connection,
    ):
        # SQLite does it, if nobody else has the study open.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def explained(error: BaseException | None, path: Path) -> StudyError:
    """Return the sentence for a database error."""
    code = getattr(error, "sqlite_errorcode", None)
    # The low byte is the kind of error, the rest its detail.
    sentence = _SENTENCES.get(code & 0xFF) if code is not None else None
    if sentence is None and str(error).startswith(_MISSING):
        sentence = DAMAGED
    if sentence is None:
        sentence = f"The study {{path}} could not be read or written ({error}); try again."
    kind = DamagedStudyError if sentence is DAMAGED else StudyError
    return kind(sentence.format(path=path))
