"""Find the images of a folder: in the order a person expects, a chunk at a time."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from softcam_core.errors import ImageError
from softcam_core.imaging.read import is_image_file

_DIGITS = re.compile(r"(\d+)")


def find_images(
    path: str | Path,
    chunk: int = 200,
    on_unreadable: Callable[[Path, str], None] | None = None,
) -> Iterator[list[Path]]:
    """Yield the image files under ``path``, at most ``chunk`` at a time, as they are found.

    Natural order (img2 before img10) within each folder, a folder's files before its subfolders.
    Hidden files and folders are left out; a folder reached twice, by a link for instance, is read
    once. A file given as ``path`` is yielded whatever it is, so that reading it can say what is
    wrong with it; a DICOMDIR stands for its folder.

    Args:
        on_unreadable: called with a folder that cannot be read and the reason; the others go on.

    Raises:
        ImageError: ``path`` does not exist or cannot be reached.
    """
    path = Path(path)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise ImageError(
            f"{path.name or path} does not exist or cannot be reached; check its name and folder."
        ) from error
    if not is_folder and path.name.upper() != "DICOMDIR":
        yield [path]
        return
    if not is_folder:
        path = path.parent
    found: list[Path] = []
    for image in _walk(path, on_unreadable):
        found.append(image)
        if len(found) >= chunk:
            yield found
            found = []
    if found:
        yield found


def natural_key(name: str) -> tuple[list[str | int], str]:
    """Return a sort key by which numbers within names count as numbers, and case does not."""
    parts: list[str | int] = list(_DIGITS.split(name.casefold()))
    parts[1::2] = [int(part) for part in parts[1::2]]
    return parts, name


def _walk(root: Path, on_unreadable: Callable[[Path, str], None] | None) -> Iterator[Path]:
    waiting = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        folder = waiting.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            files, folders = _listing(folder)
        except OSError as error:
            if on_unreadable is not None:
                on_unreadable(folder, error.strerror or "it cannot be read")
            continue
        for name in sorted(files, key=natural_key):
            if is_image_file(folder / name):
                yield folder / name
        waiting += [folder / name for name in sorted(folders, key=natural_key, reverse=True)]


def _listing(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the files and of the folders in ``folder``, without hidden ones."""
    files, folders = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            # A link to itself is neither, and raises.
            with suppress(OSError):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif entry.is_file():
                    files.append(entry.name)
    return files, folders
