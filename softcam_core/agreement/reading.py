"""Which reader read which case, and what is on it: the study as a comparison needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from softcam_core.agreement.patches import Layer, Patch, parts_of, patch_of
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
    ) -> None:
        """Read ``study``; ``cases``: only these.

        ``components``: each connected part of a mask is a lesion of its own.
        """
        self._study = study
        self._components = components
        self._point_radius = study.point_radius
        self.cases = [c for c in study.cases() if cases is None or c.id in cases]
        self.problems: list[str] = []
        self._spelling = Spelling(study.grade_names())

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
            for mark in self._study.annotations(case.id):
                if mark.reader in found and mark.kind not in MEASURES:
                    found[mark.reader].add(mark.label)
        return found

    def __iter__(self) -> Iterator[ReadCase | None]:
        """Yield each case in order; None for one that cannot be compared."""
        for record in self.cases:
            yield self._read(record)

    def _read(self, record: CaseRecord) -> ReadCase | None:
        drawn = [r for r in self._study.annotations(record.id) if r.kind not in MEASURES]
        given = self._study.grades(record.id)
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

    def _lesions(self, mark: AnnotationRecord, size: tuple[int, int]) -> list[Patch]:
        patch = patch_of(mark.shape, size, self._point_radius)
        if patch is None:
            return []
        return parts_of(patch) if self._components and mark.kind == "mask" else [patch]
