"""Reading files that may come from anywhere: safely, and with one sentence where that fails."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from softcam_core.errors import SoftcamError
from softcam_core.paths import exists, shown

FARTHEST = 1e6
"""Largest coordinate, in pixels, that is taken for one."""


def read_text(path: Path) -> str:
    """Return a file's text: UTF-8, with or without its mark, or UTF-16 with one.

    Raises:
        SoftcamError: it cannot be read, or is no text.
    """
    data = read_bytes(path)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SoftcamError(
            f"{shown(path)} is not text in UTF-8; save it in that encoding, then try again."
        ) from error
    if "\0" in text:
        raise SoftcamError(f"{shown(path)} is not text; choose another file.")
    return text


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises:
        SoftcamError: it cannot be read, or is no JSON.
    """
    text = read_text(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise SoftcamError(
            f"{shown(path)} is not JSON{where} (it may be cut short); export it again."
        ) from error


def files_below(path: Path, *suffixes: str) -> Iterator[Path]:
    """Yield a file, or the files of a folder and those below it with one of the suffixes, sorted.

    Links are not followed, so that nothing outside the folder is read.

    Raises:
        SoftcamError: there is no such file or folder, or it holds no such files.
    """
    if path.is_file():
        yield path
        return
    check_folder(path)
    any_found = False
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if file.suffix.lower() not in suffixes or name[0] == "." or file.is_symlink():
                continue
            if file.is_file():  # reading from a pipe would not end
                any_found = True
                yield file
    if not any_found:
        raise SoftcamError(
            f"The folder {shown(path)} holds no {' or '.join(suffixes)} files; choose another one."
        )


def check_folder(path: Path) -> None:
    """Raise SoftcamError unless a path, which is no file, is a folder."""
    if path.is_dir():
        return
    if exists(path):
        raise SoftcamError(
            f"{shown(path)} is neither a file nor a folder but a device or a pipe; choose a file "
            "or a folder."
        )
    raise SoftcamError(f"There is no file or folder {shown(path)}; check its name.")


def one_file(path: Path, *names: str) -> Path:
    """Return the file itself, or the one of these names in a folder, else its only such file.

    Raises:
        SoftcamError: there is none, or there are several.
    """
    if path.is_file():
        return path
    for name in names:
        if (path / name).is_file():
            return path / name
    suffix = Path(names[0]).suffix
    found = list(files_below(path, suffix))
    if len(found) > 1:
        raise SoftcamError(
            f"The folder {shown(path)} holds {len(found)} {suffix} files; choose one of them."
        )
    return found[0]


def number(value: object, what: str = "a coordinate") -> float:
    """Return a number of a file.

    Raises:
        ValueError: it is none, or beyond `FARTHEST`; the text says what is wrong.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{what} that is no number")
    try:
        found = float(value)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{what} that is no number") from error
    if not math.isfinite(found):
        raise ValueError(f"{what} that is no number")
    if abs(found) > FARTHEST:
        raise ValueError(f"{what} far off every image")
    return found


def size_of(width: object, height: object) -> tuple[int, int] | None:
    """Return the size that a file says an image has, None where it says none that makes sense."""
    try:
        found = int(number(width)), int(number(height))
    except ValueError:
        return None
    return found if min(found) > 0 else None


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        SoftcamError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SoftcamError(
            f"{shown(path)} cannot be read ({error.strerror}); check the file and its folder."
        ) from error
