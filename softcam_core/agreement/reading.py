"""Which reader read which case, and what is on it: the study as a comparison needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from softcam_core.agreement.patches import Layer, Patch, parts_of, patch_of
from softcam_core.agreement.reads import FIRST, LAST, READS, Reads, read_again
from softcam_core.annotations.records import AnnotationRecord, CaseRecord
from softcam_core.annotations.shapes import MEASURES
from softcam_core.annotations.spelling import Spelling
from softcam_core.annotations.study import Study
from softcam_core.annotations.truth import ADJUDICATED
from softcam_core.errors import ImageError, StudyError
from softcam_core.imaging.read import image_size, read_spacing


@dataclass
class Marks:
    """The lesions of one reader, or of one model, on one case.

    Attributes:
        lesions: label -> its lesions.
    """

    lesions: dict[str, list[Patch]] = field(default_factory=dict)
    _layers: dict[str | None, Layer] = field(default_factory=dict)

    def of(self, label: str | None) -> list[Patch]:
        """Return the lesions of a label, of all labels together for None."""
        if label is None:
            return [patch for patches in self.lesions.values() for patch in patches]
        return self.lesions.get(label, [])

    def layer(self, label: str | None) -> Layer:
        """Return the union of the lesions of a label."""
        if label not in self._layers:
            self._layers[label] = Layer(self.of(label))
        return self._layers[label]


@dataclass
class ReadCase:
    """One case and all that readers left on it.

    Attributes:
        record: the case.
        size: (H, W) of its image.
        readers: who read it: drew something, gave a grade or locked a read of it.
        marks: reader -> lesions; a reader who drew none has an empty one.
        grades: reader -> grade, each as the study's list of grades spells it.
    """

    record: CaseRecord
    size: tuple[int, int]
    readers: set[str]
    marks: dict[str, Marks]
    grades: dict[str, str]

    @cached_property
    def spacing(self) -> tuple[float, float] | None:
        """Size of a pixel in mm, (between rows, between columns); None where nobody says."""
        with suppress(ImageError):
            return read_spacing(self.record.path)
        return None


class Reading:
    """Goes through a study case by case."""

    def __init__(
        self,
        study: Study,
        cases: Collection[int] | None = None,
        *,
        components: bool = False,
        reads: Reads = LAST,
    ) -> None:
        """Read ``study``; ``cases``: only these.

        Args:
            study: open.
            cases: ids of the only cases to read.
            components: each connected part of a mask is a lesion of its own.
            reads: which read of a reader counts who read a case again; see `reads`.

        Raises:
            ValueError: ``reads`` is none of `READS`.
        """
        if reads not in READS:
            raise ValueError(f"reads: expected one of {', '.join(READS)}, got {reads!r}")
        self._study = study
        self.reads = reads
        self._components = components
        self._point_radius = study.point_radius
        self.cases = [c for c in study.cases() if cases is None or c.id in cases]
        self.problems: list[str] = []
        self._spelling = Spelling(study.grade_names())
        self._again = read_again(study, {case.id for case in self.cases})

    def known_readers(self, chosen: Sequence[str] | None) -> list[str]:
        """Return the readers to compare: those chosen, or all who have read something.

        The adjudicated layer is a result and no reader: it is compared where it is named.

        Raises:
            StudyError: the study has none of that name.
        """
        if chosen is None:
            return [name for name in self._study.readers_of() if name != ADJUDICATED]
        known = self._study.readers()
        for name in chosen:
            if name not in known:
                raise StudyError(
                    f"The study has no reader {name!r}; it has {', '.join(known) or 'none'}."
                )
        return list(dict.fromkeys(chosen))

    def labels_of(self, readers: Sequence[str]) -> dict[str, set[str]]:
        """Return reader -> labels that they marked something with."""
        found: dict[str, set[str]] = {reader: set() for reader in readers}
        for case in self.cases:
            for mark in self._drawn(case.id):
                if mark.reader in found:
                    found[mark.reader].add(mark.label)
        return found

    def notes(self, readers: Sequence[str]) -> list[str]:
        """Return which reads of these readers count, where some were followed by others."""
        count = sum(reader in readers for again in self._again.values() for reader in again)
        if not count:
            return []
        if self.reads == FIRST:
            return [
                f"First reads count, as they were when they were locked: {count} were followed by "
                "later ones, which do not count."
            ]
        return [
            f"Last reads count: {count} first reads were followed by later ones, and count as "
            "these left them."
        ]

    def __iter__(self) -> Iterator[ReadCase | None]:
        """Yield each case in order; None for one that cannot be compared."""
        for record in self.cases:
            yield self._read(record)

    def _read(self, record: CaseRecord) -> ReadCase | None:
        drawn, given = self._drawn(record.id), self._given(record.id)
        grades = {reader: self._spelling(grade) for reader, grade in given.items() if grade.strip()}
        readers = set(self._study.readers_of(record.id))
        size = (0, 0)
        if drawn:
            try:
                width, height = record.size or image_size(record.path)
            except ImageError as error:
                self.problems.append(f"{record.name}: {error}")
                return None
            size = height, width
        marks = {reader: Marks() for reader in readers}
        for mark in drawn:
            patches = self._lesions(mark, size)
            marks[mark.reader].lesions.setdefault(mark.label, []).extend(patches)
        return ReadCase(record, size, readers, marks, grades)

    def _earlier(self, case: int) -> dict[str, int | None]:
        """Return reader -> line of history that ended the read of a case that counts."""
        return self._again.get(case, {}) if self.reads == FIRST else {}

    def _drawn(self, case: int) -> list[AnnotationRecord]:
        earlier = self._earlier(case)
        found = [r for r in self._study.annotations(case) if r.reader not in earlier]
        for reader, edit in earlier.items():
            found += self._study.annotations_at(case, reader, edit)
        return [record for record in found if record.kind not in MEASURES]

    def _given(self, case: int) -> dict[str, str]:
        given = dict(self._study.grades(case))
        for reader, edit in self._earlier(case).items():
            given[reader] = self._study.grade_at(case, reader, edit) or ""
        return given

    def _lesions(self, mark: AnnotationRecord, size: tuple[int, int]) -> list[Patch]:
        patch = patch_of(mark.shape, size, self._point_radius)
        if patch is None:
            return []
        return parts_of(patch) if self._components and mark.kind == "mask" else [patch]
