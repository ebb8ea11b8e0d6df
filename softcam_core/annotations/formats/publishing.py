"""Giving the files of an export their places: all of them or none, and never a case's image's."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from softcam_core.annotations.formats.naming import inside
from softcam_core.annotations.study import Study
from softcam_core.errors import SoftcamError
from softcam_core.paths import is_file, shown

_SQLITE = b"SQLite format 3\0"
_COMPANIONS = ("", "-wal", "-shm", "-journal")

Identity = tuple[int, int]


class FilesThereError(SoftcamError):
    """Files of an export have the names of files that are there; nothing was written."""


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Make a folder, where it is missing, with an empty temporary one in it.

    When the block has ended the temporary one is gone, and what is left in it as well. If it
    fails, folders made here are gone too, unless somebody else has written into them meanwhile.
    """
    missing = [folder for folder in (target, *target.parents) if not folder.exists()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".softcam-export-", dir=target))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except BaseException:
        _remove_empty(missing)
        raise


def publish(staging: Path, target: Path, study: Study, overwrite: bool) -> list[Path]:
    """Give every finished file its place below a folder; return the places.

    Either all files are in place or what was there is as it was.

    Raises:
        FilesThereError: files are there, and they are not to be replaced.
        SoftcamError: a file would replace a case's image or a study, a folder is in the way, a
            link leads out of the folder, or what was replaced could not be put back; the text
            says where it lies then.
        OSError: a file could not get its place; everything is as it was.
    """
    names = sorted(
        Path(folder, name).relative_to(staging)
        for folder, _, files in os.walk(staging)
        for name in files
    )
    places = [target / name for name in names]
    check(study, places, overwrite)
    for place in places:
        if not inside(target, place.parent):
            raise SoftcamError(
                f"{shown(place)} lies behind a link that leads out of the folder; choose "
                "another folder."
            )
        if place.is_dir() and not place.is_symlink():
            raise SoftcamError(
                f"{shown(place)} is a folder where a file of the export belongs; nothing was "
                "written; choose another folder."
            )
    aside = Path(tempfile.mkdtemp(prefix=".softcam-replaced-", dir=target))
    move = _Move(aside)
    try:
        for name, place in zip(names, places, strict=True):
            move.make(place.parent)
            move.put(staging / name, place)
    except BaseException as error:
        move.take_back(error)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return places


def check(study: Study, places: list[Path], overwrite: bool) -> None:
    """Raise SoftcamError where files may not be written at some places.

    A case's image and a study are never replaced, whatever ``overwrite`` says; nor is an image's
    place taken while the image is away, for the file would be taken for the image then.
    """
    images = _Images(study)
    for place in places:
        image = images.at(place)
        if image is not None:
            raise SoftcamError(
                f"The export would replace {shown(image)}, which is an image of the study; "
                "nothing was written; choose another folder."
            )
        if _is_study(place, study):
            raise SoftcamError(
                f"The export would replace {shown(place)}, which belongs to a study; nothing was "
                "written; choose another folder."
            )
    there = [place for place in places if os.path.lexists(place)]
    if there and not overwrite:
        more = f" and {len(there) - 1} more files are" if len(there) > 1 else " is"
        raise FilesThereError(
            f"{shown(there[0])}{more} there already; choose another folder, or ask to overwrite."
        )


class _Images:
    """The images of a study by the files that they are, whatever name leads there."""

    def __init__(self, study: Study) -> None:
        self._cases = [case.path for case in study.cases()]
        self._folders: dict[Path, str] = {}
        self._places = {self._real(path): path for path in self._cases}
        self._files: dict[Identity, Path] | None = None

    def at(self, place: Path) -> Path | None:
        """Return the image that a file at this place would replace, None for none."""
        image = self._places.get(self._real(place))
        own = _identity(place)
        if image is not None or own is None:
            return image
        if self._files is None:
            # Links, and names that only a careless file system takes for the same.
            found = ((_identity(path), path) for path in self._cases)
            self._files = {key: path for key, path in found if key is not None}
        return self._files.get(own)

    def _real(self, path: Path) -> str:
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return os.path.normcase(Path(self._folders[folder], path.name))


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _is_study(place: Path, study: Study) -> bool:
    own = _identity(place)
    if own is None or not is_file(place):
        return False
    if any(_identity(Path(f"{study.path}{end}")) == own for end in _COMPANIONS):
        return True
    try:
        with place.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


class _Move:
    """Files that get their places one by one, and everything that takes them back."""

    def __init__(self, aside: Path) -> None:
        self._aside = aside
        self._made: list[Path] = []
        # Each new file, its place, and where the old one is kept.
        self._put: list[tuple[Path, Path, Path | None]] = []

    def make(self, folder: Path) -> None:
        """Make a folder and those above it."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        self._made = missing + self._made
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, file: Path, place: Path) -> None:
        """Move a file to its place; keep what is there."""
        old = self._aside / str(len(self._put)) if os.path.lexists(place) else None
        self._put.append((file, place, old))
        if old is not None:
            _keep(place, old)
        file.replace(place)

    def take_back(self, error: BaseException) -> None:
        """Make everything as it was.

        Raises:
            SoftcamError: that failed too.
        """
        lost = []
        for file, place, old in reversed(self._put):
            try:
                if old is not None and os.path.lexists(old) and not _same(old, place):
                    old.replace(place)
                elif old is None and not file.exists():
                    place.unlink(missing_ok=True)
            except OSError:
                lost.append((place, old))
        _remove_empty(self._made)
        if not lost:
            shutil.rmtree(self._aside, ignore_errors=True)
            return
        kept = [f"that of {shown(p)} is {shown(old)}" for p, old in lost if old is not None]
        new = [shown(place) for place, old in lost if old is None]
        said = [f"put the old files back by hand: {', '.join(kept)}"] if kept else []
        said += [f"delete {', '.join(new)}"] if new else []
        with contextlib.suppress(OSError):
            self._aside.rmdir()
        raise SoftcamError(
            f"The export failed ({error}) and could not be undone in full; {'; '.join(said)}."
        ) from error


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False


def _keep(place: Path, old: Path) -> None:
    """Keep a file under another name; its own stays too where the file system has links."""
    try:
        os.link(place, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        place.replace(old)


def _remove_empty(folders: list[Path]) -> None:
    """Remove folders, deepest first, in which nothing is."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
