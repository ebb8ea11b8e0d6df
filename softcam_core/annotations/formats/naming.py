"""Names of images and files that leave the program: relative, safe everywhere, each once."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath, PurePosixPath

from softcam_core.annotations.formats.roots import hidden_parts
from softcam_core.paths import shown

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 150  # bytes; file systems take 255, and a label and a suffix follow


def relative_names(paths: Sequence[PurePath]) -> list[str]:
    """Return a name for each path that says nothing about the machine, with forward slashes.

    It is the path below the folder that all of them share. Where they share none but one of the
    machine's own, as between two disks or two accounts, it is the shortest ending that tells the
    path from the others; names of accounts, disks and shares never count to it. Where these alone
    differ they are numbered, in their order: ``1/eye.png`` and ``2/eye.png``. The same paths give
    the same names in whatever order. A byte of a name that is no text becomes ``\\xff``.
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
    hidden = list(map(hidden_parts(), paths))
    if len(common) >= max(hidden):
        return [_name(path.parts[len(common) :]) for path in paths]
    return _endings(paths, hidden)


def _name(parts: Sequence[str]) -> str:
    return "/".join(shown(part) for part in parts if part)


def _endings(paths: Sequence[PurePath], hidden: Sequence[int]) -> list[str]:
    """Return the shortest endings without hidden parts that differ; numbered if none does."""
    tails = [path.parts[count:] for path, count in zip(paths, hidden, strict=True)]
    lengths = [1] * len(paths)
    while True:
        names = [_name(tail[-length:]) for tail, length in zip(tails, lengths, strict=True)]
        counts = Counter(names)
        alike = [i for i, name in enumerate(names) if counts[name] > 1]
        longer = [i for i in alike if lengths[i] < len(tails[i])]
        if not longer:
            break
        for i in longer:
            lengths[i] += 1
    roots = sorted({paths[i].parts[: hidden[i]] for i in alike})
    number = {root: at for at, root in enumerate(roots, 1)}
    free, mark = set(names), ""
    while True:
        numbered = {i: f"{mark}{number[paths[i].parts[: hidden[i]]]}/{names[i]}" for i in alike}
        if free.isdisjoint(numbered.values()):
            return [numbered.get(i, name) for i, name in enumerate(names)]
        mark += "_"


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
