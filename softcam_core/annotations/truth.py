"""Whose marks count: one reader's, those of several, or the adjudicated ones.

Several readers are never mixed silently. Whose marks are the truth is said by name: a reader's
own, `UNION` (what anybody marked), `MAJORITY` (what more than half of those marked who read the
case), or `ADJUDICATED` (the layer that an adjudicator fills). A reader has *read* a case who has
marks or a grade there, or has locked a read of it: one who found nothing has a vote too. The
adjudicated layer is a result, not a reader, and has no vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np

from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

ADJUDICATED = "adjudicated"
"""The reader whose layer the adjudicator fills."""

TRUTH_CHOSEN = "truth chosen"

_SETTING = "truth"


class Marked(Protocol):
    """What a truth is made of: a study, or one as it was, `StudyAt`; see `Study`."""

    def readers_of(self, case: int, /) -> list[str]:
        """Return who has read a case."""

    def grades(self, case: int, /) -> dict[str, str]:
        """Return the grades of a case: reader -> label."""

    def annotations(self, case: int, reader: str | None, /) -> list[AnnotationRecord]:
        """Return a reader's annotations of a case."""

    def mask(self, case: int, label: str | None, reader: str | None, /) -> Mask:
        """Return the pixels of a reader's shapes, bool (H, W)."""

    def image_size(self, case: int, /) -> tuple[int, int]:
        """Return (width, height) of a case's image."""


class Truth:
    """What is true about the cases of one study, as far as its readers say.

    Attributes:
        name: whose marks count: a reader's name, `UNION`, `MAJORITY` or `ADJUDICATED`.
    """

    def __init__(self, study: Marked, name: str) -> None:
        """Use `resolve_truth`, or the name that it found with an earlier state of the study."""
        self._study = study
        self.name = name

    @property
    def reader(self) -> str | None:
        """The one reader whose marks count, None for the union and the majority."""
        return None if self.name in (UNION, MAJORITY) else self.name

    def readers(self, case: int) -> list[str]:
        """Return whose marks count on a case: those of them who have read it."""
        found = self._study.readers_of(case)
        if self.reader is not None:
            return [reader for reader in found if reader == self.reader]
        return [reader for reader in found if reader != ADJUDICATED]

    def covers(self, case: int) -> bool:
        """Return whether anybody whose marks count has read a case; else nothing is known."""
        return bool(self.readers(case))

    def mask(self, case: int, label: str | None = None) -> Mask:
        """Return the marked pixels of a case, bool (H, W) of its image; None is any label.

        The union: marked by anybody. The majority: marked by more than half of the readers who
        have read the case; of two readers, by both.

        Raises:
            ImageError: the image's size is not known yet and the file cannot be read.
        """
        if self.reader is not None:
            return self._study.mask(case, label, self.reader)
        readers = self.readers(case)
        needed = 1 if self.name == UNION else len(readers) // 2 + 1
        width, height = self._study.image_size(case)
        votes = np.zeros((height, width), np.uint16)
        for reader in readers:
            votes += self._study.mask(case, label, reader)
        marked: Mask = votes >= needed
        return marked

    def grade(self, case: int, spelling: Callable[[str], str] = str.strip) -> str | None:
        """Return the grade of a case, None where there is none.

        The majority: what more than half of the readers say who graded the case. The union: what
        all of them say; grades that differ have no union. Grades that ``spelling`` writes alike
        are the same.
        """
        given = {r: spelling(g) for r, g in self._study.grades(case).items() if g.strip()}
        if self.reader is not None:
            return given.get(self.reader)
        said = Counter(label for reader, label in given.items() if reader != ADJUDICATED)
        if not said:
            return None
        label, votes = said.most_common(1)[0]
        agreed = votes == said.total() if self.name == UNION else 2 * votes > said.total()
        return label if agreed else None

    def grades(
        self, cases: Iterable[int], spelling: Callable[[str], str]
    ) -> tuple[dict[int, str], bool]:
        """Return the grade of each case as ``spelling`` writes it, "" where there is none.

        Whoever drew need not be who graded (a table's labels come in under a name of their own):
        where the one reader who counts graded nothing at all, it is what all agree on who graded a
        case. The second value says whether that is so.
        """
        wanted = list(cases)
        labels = self._spelled(wanted, spelling)
        if any(labels.values()) or self.reader is None:
            return labels, False
        labels = Truth(self._study, UNION)._spelled(wanted, spelling)
        return labels, any(labels.values())

    def _spelled(self, cases: list[int], spelling: Callable[[str], str]) -> dict[int, str]:
        return {case: self.grade(case, spelling) or "" for case in cases}

    def shapes(self, case: int) -> list[AnnotationRecord] | None:
        """Return the shapes of a case, lengths and angles among them.

        None for the majority, which has pixels alone, and for the union of several readers, whose
        shapes lie upon each other.
        """
        readers = self.readers(case)
        if self.reader is None and len(readers) != 1:
            return None if readers else []
        return [r for reader in readers for r in self._study.annotations(case, reader)]


def resolve_truth(study: Study, chosen: str | None = None) -> Truth:
    """Return whose marks count.

    Args:
        study: an open study.
        chosen: a reader's name, ``union``, ``majority`` or ``adjudicated``; None: what the study
            was told by `set_truth`, or the only reader who has read anything.

    Raises:
        StudyError: there is no such reader, or several and none was chosen; the text names them.
    """
    readers = study.readers_of()
    if chosen is None:
        chosen = chosen_truth(study)
    if chosen is None:
        if len(readers) == 1:
            return Truth(study, readers[0])
        raise StudyError(_several(study, readers) if readers else _nobody(study))
    if chosen in (UNION, MAJORITY):
        if not any(reader != ADJUDICATED for reader in readers):
            raise StudyError(_nobody(study))
    elif chosen not in readers and chosen not in study.readers():
        raise StudyError(
            f"The study {study.path} has no reader {chosen}; choose one of "
            f"{', '.join([*readers, UNION, MAJORITY])}."
        )
    return Truth(study, chosen)


def chosen_truth(study: Study) -> str | None:
    """Return whose marks the study was told to count, None if nobody's."""
    found = study.get_setting(_SETTING)
    return None if found is None else str(found)


def set_truth(study: Study, chosen: str | None, reader: str) -> None:
    """Choose whose marks count from now on, None to choose anew each time; log who did it.

    Raises:
        StudyError: there is no such reader.
    """
    before = chosen_truth(study)
    if chosen == before:
        return
    if chosen is not None:
        resolve_truth(study, chosen)
    with study.batch("Choose the truth", reader):
        study.set_setting(_SETTING, chosen)
        study.log(TRUTH_CHOSEN, reader, before=before, after=chosen)


def _several(study: Study, readers: list[str]) -> str:
    return (
        f"Several readers marked the study {study.path}: {', '.join(readers)}; choose one of them, "
        f"{UNION} or {MAJORITY}."
    )


def _nobody(study: Study) -> str:
    return f"Nobody has marked anything in the study {study.path} yet; draw or grade first."
