"""Which of the study's images a name in a file means; a doubtful name means none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from softcam_core.annotations.formats.exchange import ImportedImage, Size
from softcam_core.annotations.formats.exporting import case_size
from softcam_core.annotations.formats.naming import relative_names, stems
from softcam_core.annotations.records import CaseRecord
from softcam_core.errors import ImageError

# How sure a match is; a file's name with another suffix is the weakest.
EXACT, NAMED, STEM = range(3)


class Matcher:
    """The images of one study by their names.

    An image is found by its DICOM UID, by the name that `relative_names` gives it (or the name
    that an export gave its file), else by its file name, else by its stem. A name with ``..`` or
    from a file system's root counts by its last part alone. Names only choose among the study's
    cases; no file is ever opened by one.
    """

    def __init__(self, cases: Sequence[CaseRecord]) -> None:
        """Take the study's cases."""
        self._cases = list(cases)
        self._by_uid: dict[str, list[int]] | None = None
        relative = relative_names([case.path for case in cases])
        self.relative = {case.id: name for case, name in zip(cases, relative, strict=True)}
        self._by_id = {case.id: case for case in cases}
        self._levels: tuple[list[tuple[Callable[[str], str], dict[str, list[int]]]], ...]
        exact, exported = _index(relative, cases), _index(stems(relative), cases)
        names = _index([name.rpartition("/")[2] for name in relative], cases)
        bare = _index([_stem(name.rpartition("/")[2]) for name in relative], cases)
        self._levels = (
            [(_whole, exact), (_whole, exported)],
            [(_last, names)],
            [(_last, bare), (lambda name: _stem(_last(name)), bare)],
        )

    def match(self, image: ImportedImage) -> tuple[list[int], int]:
        """Return the cases that an image of a file may be, and how sure that is.

        One case is a match, several are doubtful, none is none.
        """
        if not image.uid:
            return self.find(image.name)
        uids = self._uids()
        found = uids.get(image.uid, [])
        named, sure = self.find(image.name)
        if found:
            # Copies of one image share its UID.
            both = [case for case in found if case in named]
            return (both if len(both) == 1 else found), EXACT
        # A DICOM file of the same name is another image, perhaps of another patient.
        others = {case for cases in uids.values() for case in cases} if named else set()
        return [case for case in named if case not in others], sure

    def find(self, name: str) -> tuple[list[int], int]:
        """Return the cases that a name may mean, and how sure that is."""
        for level, ways in enumerate(self._levels):
            for key, index in ways:
                found = index.get(key(name), [])
                if found:
                    return self._nearest(found, name), level
        return [], STEM

    def knows(self, name: str) -> bool:
        """Return whether a name means any case."""
        return bool(self.find(name)[0])

    def size_of(self, name: str) -> Size | None:
        """Return the size of the one image that a name means, None where that is not known."""
        found, _ = self.find(name)
        return self.size(found[0]) if len(found) == 1 else None

    def size(self, case: int) -> Size | None:
        """Return the size of a case's image, None where it cannot be read."""
        try:
            return case_size(self._by_id[case])
        except ImageError:
            return None

    def _nearest(self, found: list[int], name: str) -> list[int]:
        """Return those whose whole path ends as the name does, where several have its last part."""
        if len(found) < 2 or not _whole(name):
            return found
        ending = PurePosixPath(_whole(name)).parts
        near = [
            case
            for case in found
            if PurePosixPath(self._by_id[case].path.as_posix()).parts[-len(ending) :] == ending
            or ending[-len(PurePosixPath(self.relative[case]).parts) :]
            == PurePosixPath(self.relative[case]).parts
        ]
        return near if len(near) == 1 and len(ending) > 1 else found

    def _uids(self) -> dict[str, list[int]]:
        """Return SOP Instance UID -> the study's DICOM files with it; read once, when asked."""
        if self._by_uid is None:
            self._by_uid = {}
            for case in self._cases:
                uid = _uid(case)
                if uid:
                    self._by_uid.setdefault(uid, []).append(case.id)
        return self._by_uid


def _index(names: Sequence[str], cases: Sequence[CaseRecord]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, case in zip(names, cases, strict=True):
        found.setdefault(name, []).append(case.id)
    return found


def _forward(name: str) -> str:
    return name.replace("\\", "/")


def _whole(name: str) -> str:
    """Return a name as a relative path, "" where it is none that stays below its folder."""
    path = _forward(name)
    parts = [part for part in path.split("/") if part not in ("", ".")]
    rooted = path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts
    return "" if rooted else "/".join(parts)


def _last(name: str) -> str:
    return _forward(name).rpartition("/")[2]


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _uid(case: CaseRecord) -> str | None:
    """Return the SOP Instance UID of a DICOM file, None for every other."""
    try:
        with case.path.open("rb") as file:
            if file.read(132)[128:] != b"DICM" and case.path.suffix.lower() != ".dcm":
                return None
        import pydicom
        from pydicom.errors import InvalidDicomError
    except OSError:
        return None
    try:
        dataset = pydicom.dcmread(
            case.path, stop_before_pixels=True, force=True, specific_tags=["SOPInstanceUID"]
        )
    except (InvalidDicomError, OSError, ValueError, EOFError, AttributeError, KeyError):
        return None
    uid = dataset.get("SOPInstanceUID")
    return str(uid) if uid else None
