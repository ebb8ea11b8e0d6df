"""A study as it was after a line of its history, held in memory: long runs read it many times.

What is drawn while a run reads, or between a run and its resumption, changes nothing here. Safe to
use from several threads; the study may be closed.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.study import Study


class StudyAt:
    """Marks, grades and readers of a study after a line of its history.

    It answers what `softcam_core.annotations.truth.Truth` asks of a study.

    Attributes:
        edit: number of the line.
        paths: case -> its image.
    """

    def __init__(self, study: Study, edit: int | None = None) -> None:
        """Read an open study; ``edit``: number of the last line that counts, None for all.

        Raises:
            StudyError: the study cannot be read.
        """
        self.edit = study.last_edit() if edit is None else edit
        self.paths: dict[int, Path] = {}
        self._sizes: dict[int, tuple[int, int]] = {}
        for case in study.cases():
            self.paths[case.id] = case.path
            if case.size is not None:
                self._sizes[case.id] = case.size
        self._point_radius = study.point_radius
        self._marks: dict[int, list[AnnotationRecord]] = defaultdict(list)
        for record in study.annotations():
            self._marks[record.case].append(record)
        self._grades = study.all_grades()
        self._readers = study.readers()
        # What was drawn since, also while the marks were read.
        for number in study.cases_edited_after(self.edit):
            self._marks[number] = study.annotations_at(number, None, self.edit)
            given = {r: study.grade_at(number, r, self.edit) for r in self._readers}
            self._grades[number] = {r: grade for r, grade in given.items() if grade}
        self._ignored: set[str] = set()
        self._locked: dict[int, set[str]] = defaultdict(set)
        for read in study.reads():
            if read.locked is not None and (read.edit or 0) <= self.edit:
                self._locked[read.case].add(read.reader)

    def ignore(self, labels: set[str]) -> None:
        """Leave shapes of these labels out of the masks of any label; they stay marks."""
        self._ignored = set(labels)

    def readers_of(self, case: int) -> list[str]:
        """Return who has marks, a grade or a locked read of a case, as they came to the study."""
        found = {record.reader for record in self._marks.get(case, ())}
        found |= self._grades.get(case, {}).keys() | self.locked(case)
        return [reader for reader in self._readers if reader in found]

    def locked(self, case: int) -> set[str]:
        """Return who has locked a read of a case."""
        return self._locked.get(case, set())

    def grades(self, case: int) -> dict[str, str]:
        """Return the image-level grades of a case: reader -> label."""
        return self._grades.get(case, {})

    def annotations(self, case: int, reader: str | None = None) -> list[AnnotationRecord]:
        """Return the annotations of a case by a reader (None: all), as drawn."""
        found = self._marks.get(case, [])
        return [record for record in found if reader in (None, record.reader)]

    def mask(self, case: int, label: str | None = None, reader: str | None = None) -> Mask:
        """Return the union of a case's shapes as bool (H, W) of its image; see `Study.mask`.

        Raises:
            ImageError: the image's size is not known yet and the file cannot be read.
        """
        drawn = [
            record
            for record in self.annotations(case, reader)
            if (record.label not in self._ignored if label is None else record.label == label)
        ]
        width, height = self.image_size(case)
        return rasterize_union((r.shape for r in drawn), (height, width), self._point_radius)

    def image_size(self, case: int) -> tuple[int, int]:
        """Return (width, height) of a case's image in pixels.

        Raises:
            ImageError: the image cannot be read.
        """
        known = self._sizes.get(case)
        if known is None:
            from softcam_core.imaging.read import image_size

            known = self._sizes[case] = image_size(self.paths[case])
        return known
