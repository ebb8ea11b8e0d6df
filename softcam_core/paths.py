"""Paths as users give them: too long, forbidden, or with names that are no text."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def exists(path: Path) -> bool:
    """Return whether a path can be reached; `Path.exists` raises where its name is too long."""
    return _mode(path) is not None


def is_folder(path: Path) -> bool:
    """Return whether a path can be reached and is a folder."""
    mode = _mode(path)
    return mode is not None and stat.S_ISDIR(mode)


def is_file(path: Path) -> bool:
    """Return whether a path can be reached and is a file."""
    mode = _mode(path)
    return mode is not None and stat.S_ISREG(mode)


def is_device(path: Path) -> bool:
    """Return whether a path can be reached and is neither file nor folder: to open it may block."""
    mode = _mode(path)
    return mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def file_stamp(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from one with another content: time of change (ns) and bytes.

    None where there is no file, or none that can be reached.
    """
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def same_file(one: Path, other: Path) -> bool:
    """Return whether two paths lead to the same file, which may not be there yet."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return one.absolute() == other.absolute()


def shown(path: str | os.PathLike[str]) -> str:
    r"""Return a path as text; a byte of its name that is no UTF-8 becomes ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None
