"""Finding the file of an image that a table names without its folder or suffix."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path, PurePosixPath

from softcam_core.counts import are, counted
from softcam_core.errors import ConfigError
from softcam_core.imaging.index import find_images
from softcam_core.imaging.read import IMAGE_SUFFIXES, is_image_file
from softcam_core.paths import is_folder, shown


class ImageFinder:
    """Knows the images of a folder by their names, without opening one."""

    def __init__(self, folder: Path, *, deep: bool = True) -> None:
        """List the images of a folder; not ``deep``: of it and of the folders right below it."""
        self.folder = folder.absolute()
        self.missing: list[str] = []
        self._places: dict[str, list[Path]] = defaultdict(list)
        self._stems: dict[str, list[Path]] = defaultdict(list)
        start = len(os.fspath(self.folder).rstrip(os.sep)) + 1
        for path in filter(is_text, self._listed(deep)):
            place = _key(os.fspath(path)[start:])
            self._places[place].append(path)
            self._stems[place.rpartition("/")[2]].append(path)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._places)

    def find(self, name: str, suffix: str = "") -> Path:
        """Return the file of an image; one that is not there counts as `missing`.

        Args:
            name: file name or path below the folder; its suffix may be missing or another one.
            suffix: that a file which is not there is thought to have.

        Raises:
            ConfigError: several images have the name.
        """
        place = _key(name)
        found = self._places.get(place, [])
        if not found:
            found = self._stems.get(place.rpartition("/")[2], [])
            if len(found) > 1:
                tail = "/" + place
                found = [p for p in found if _key(os.fspath(p)).endswith(tail)] or found
        if len(found) > 1:
            same = [p for p in found if p.name == PurePosixPath(name.replace("\\", "/")).name]
            found = same if len(same) == 1 else found
        if len(found) > 1:
            one, other = (shown(os.path.relpath(p, self.folder)) for p in found[:2])
            raise ConfigError(
                f"{shown(self.folder.name)} holds two images of the name {name}, {one} and "
                f"{other}; set data.images to the folder of one of them, or rename one."
            )
        if found:
            return found[0]
        self.missing.append(name)
        tail = "" if Path(name).suffix.lower() in IMAGE_SUFFIXES else suffix
        return self.folder / (name.replace("\\", "/") + tail)

    def note(self, total: int) -> list[str]:
        """Return a sentence if images are missing, of ``total`` that were looked for."""
        if not self.missing:
            return []
        return [
            f"{len(self.missing):,} of {counted(total, 'image')} {are(len(self.missing))} not in "
            f"{shown(self.folder)}; the first is {self.missing[0]}; set data.images to their "
            "folder."
        ]

    def _listed(self, deep: bool) -> list[Path]:
        if deep:
            return [path for chunk in find_images(self.folder) for path in chunk]
        try:
            entries = sorted(os.scandir(self.folder), key=lambda entry: entry.name)
            folders = [entry.path for entry in entries if entry.is_dir()]
            files = [entry.path for entry in entries if entry.is_file()]
            for folder in folders:
                with suppress(OSError):  # of another person, beside a table in a shared folder
                    files += sorted(entry.path for entry in os.scandir(folder) if entry.is_file())
        except OSError as error:
            raise ConfigError(
                f"The folder {shown(self.folder)} cannot be read: {error.strerror}."
            ) from error
        return [Path(file) for file in files if is_image_file(file)]


def finder_beside(table: Path, images: str) -> ImageFinder:
    """Return the images that a table names: below ``data.images``, or near the table.

    Raises:
        ConfigError: there is no such folder.
    """
    if not images:
        return ImageFinder(table if is_folder(table) else table.absolute().parent, deep=False)
    if not is_folder(Path(images)):
        raise ConfigError(f"The folder of images {images} does not exist; set data.images.")
    return ImageFinder(Path(images))


def is_text(path: Path) -> bool:
    """Return whether a file's name can be written into a table."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _key(name: str) -> str:
    """Return a path without its suffix, with slashes and small letters."""
    name = name.replace("\\", "/").removeprefix("./")
    stem, dot, suffix = name.rpartition(".")
    return (stem if dot and f".{suffix.lower()}" in IMAGE_SUFFIXES else name).casefold()
