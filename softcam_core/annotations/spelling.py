"""One spelling for each grade: ``moderate NPDR`` and ``Moderate NPDR`` are the same grade."""

from __future__ import annotations

from collections.abc import Iterable


class Spelling:
    """Writes grades as a list of names does, whatever capitals and spaces they were given in."""

    def __init__(self, names: Iterable[str]) -> None:
        """Know how ``names`` are written; two that differ by their capitals alone stay two."""
        self._names = list(names)
        self._known: dict[str, str] = {}
        for name in self._names:
            self._known.setdefault(_key(name), name)

    def __call__(self, grade: str) -> str:
        """Return a grade as the list has it; one that it does not have as it came first."""
        if grade in self._names:
            return grade
        return self._known.setdefault(_key(grade), grade.strip())


def _key(grade: str) -> str:
    return " ".join(grade.casefold().split())
