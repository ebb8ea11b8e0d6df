"""One window writes to a study: an operating system's lock that ends with the program.

The lock is held on a file of its own beside the study, so that a lock on the study itself, which
SQLite needs, is never in the way. Scripts do not claim; they share the study through SQLite.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path

from softcam_core.annotations.location import user_data_dir

PathLike = str | os.PathLike[str]


class Claim:
    """The right to write to a study from a window, until `release` or the program's end."""

    def __init__(self, path: Path | None, handle: int | None) -> None:
        """Use `claim`."""
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is None or self._path is None:
            return
        if os.name == "nt":
            # There an open file cannot be deleted; another program's lock keeps the file.
            os.close(handle)
            with contextlib.suppress(OSError):
                self._path.unlink()
            return
        # Deleted before it is free: nobody can lock it meanwhile and then lose the name.
        with contextlib.suppress(OSError):
            self._path.unlink()
        os.close(handle)


def claim(path: PathLike) -> Claim | None:
    """Claim a study for this window; None where another program's window has it.

    The study need not exist yet. Where its folder cannot be written to, the lock lies in the
    user's data folder. Where no file can be made at all, the claim is granted without a lock:
    such a study cannot be written to either, or SQLite keeps the writers apart.
    """
    real = Path(os.path.realpath(Path(path).expanduser()))
    for place, make in ((_beside(real), False), (_elsewhere(real), True)):
        try:
            if make:
                place.parent.mkdir(parents=True, exist_ok=True)
            handle = _lock(place)
        except OSError:
            continue
        return None if handle is None else Claim(place, handle)
    return Claim(None, None)


def is_claimed(path: PathLike) -> bool:
    """Return whether a program has a claim now, this one included.

    To look is nearly never in the way of somebody who claims: a lock is tried for a moment only
    where a killed program left its file.
    """
    real = Path(os.path.realpath(Path(path).expanduser()))
    return _is_locked(_beside(real)) or _is_locked(_elsewhere(real))


def _is_locked(place: Path) -> bool:
    try:
        handle = os.open(place, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return False
    try:
        return not _take(handle)
    except OSError:  # Its file system has no locks.
        return False
    finally:
        os.close(handle)


def _beside(real: Path) -> Path:
    return real.with_name(f".{real.name}.lock")


def _elsewhere(real: Path) -> Path:
    """Return the file for a study whose folder cannot be written to."""
    folder = user_data_dir() / "locks"
    name = hashlib.sha256(os.fsencode(os.path.normcase(real))).hexdigest()[:24]
    return folder / f"{name}.lock"


def _lock(place: Path) -> int | None:
    """Make and lock a file; return its handle, None where another program has it.

    Raises:
        OSError: no such file can be made there, or its file system has no locks.
    """
    while True:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            if not _take(handle):
                os.close(handle)
                return None
            if _is_named(handle, place):
                return handle
        except BaseException:
            os.close(handle)
            raise
        # Its holder deleted it between our opening and our locking: it keeps nobody away.
        os.close(handle)


def _is_named(handle: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # That is how it says that another program has it.
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
