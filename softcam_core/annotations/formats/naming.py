"""Names of images and files that leave the program: relative, safe everywhere, each once."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePath, PurePosixPath

from softcam_core.paths import shown

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 150  # bytes; file systems take 255, and a label and a suffix follow


def relative_names(paths: Sequence[PurePath]) -> list[str]:
    """Return each path below the folder that all of them share, with forward slashes.

    Between two drives there is none: then the drive's letter is the first folder. A byte of a
    name that is no text becomes ``\\xff``.
    """
    if not paths:
        return []
    common = list(paths[0].parts[:-1])
    for path in paths:
        parts = path.parts[:-1]
        same = next(
            (i for i, (a, b) in enumerate(zip(common, parts, strict=False)) if a != b), None
        )
        del common[min(len(common), len(parts)) if same is None else same :]
    names = []
    for path in paths:
        parts = path.parts[len(common) :]
        if path.anchor and not common:
            parts = (re.sub(r"[:\\/]", "", path.anchor), *parts[1:])
        names.append("/".join(shown(part) for part in parts if part))
    return names


def safe_part(name: str) -> str:
    """Return a name that is one file's or folder's on every system; never empty, never ``..``."""
    safe = _FORBIDDEN.sub("_", name).rstrip(" .")
    safe = "".join("_" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in safe)
    if _DEVICES.fullmatch(safe) or safe[:1] in ("", ".", " "):
        safe = f"_{safe}"
    return safe.encode()[:_LONGEST].decode(errors="ignore")


class Names:
    """File names that are taken, by a system that takes A for a and one way to write ä for all."""

    def __init__(self) -> None:
        """Begin with none."""
        self._taken: set[str] = set()

    def take(self, stem: str, suffix: str) -> str:
        """Return the stem, with a number where another has it already."""
        name, count = stem, 1
        while self._key(name, suffix) in self._taken:
            count += 1
            name = f"{stem}_{count}"
        self._taken.add(self._key(name, suffix))
        return name

    def is_taken(self, stem: str) -> bool:
        """Return whether a name without a suffix is taken."""
        return self._key(stem, "") in self._taken

    def _key(self, name: str, suffix: str) -> str:
        return unicodedata.normalize("NFC", name).casefold() + suffix


def stems(relative: Sequence[str]) -> list[str]:
    """Return a stem for each relative path, safe and different from all others.

    ``left/eye.png`` gives ``left/eye``; where ``left/eye.jpg`` has that already it gives
    ``left/eye_png``. The same list always gives the same stems.
    """
    taken, found = Names(), []
    for path in map(PurePosixPath, relative):
        folders = [safe_part(part) for part in path.parts[:-1]]
        stem = "/".join([*folders, safe_part(path.stem)])
        if taken.is_taken(stem):
            stem = "/".join([*folders, safe_part(path.name.replace(".", "_"))])
        found.append(taken.take(stem, ""))
    return found


def inside(folder: Path, place: Path) -> bool:
    """Return whether a place lies in a folder, links followed."""
    real = os.path.realpath(folder)
    return os.path.commonpath([real, os.path.realpath(place)]) == real
