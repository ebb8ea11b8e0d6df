"""Taking annotations out of files: first a plan that changes nothing, then one undo step."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from softcam_core.annotations import masks
from softcam_core.annotations.arguments import check_reader
from softcam_core.annotations.formats import format_of
from softcam_core.annotations.formats.exchange import (
    Finding,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.formats.matching import Matcher
from softcam_core.annotations.formats.own import plain_attributes
from softcam_core.annotations.formats.plan import ImportPlan, Planned, PlannedCase
from softcam_core.annotations.formats.reading import FARTHEST
from softcam_core.annotations.records import AnnotationRecord, PackedMask
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, ImageError

__all__ = ["IMPORTED", "ImportPlan", "Planned", "PlannedCase", "apply_import", "plan_import"]

IMPORTED = "imported"
"""Reader of marks of which nobody says who drew them."""

Progress = Callable[[int, int], None]


def plan_import(
    study: Study,
    path: str | os.PathLike[str],
    format_id: str,
    *,
    reader: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Read a file or folder and say what importing it would do; nothing is changed.

    An image whose size differs from the file's is refused: marks that are scaled by a guess
    would lie beside what they mark.

    Args:
        study: the study.
        path: the file or the folder.
        format_id: one of `formats.FORMATS`.
        reader: whose all marks will be; None for whom the file says, else `IMPORTED`.
        progress: called with the number of images read, and the same again.
        cancelled: asked at each image.

    Raises:
        SoftcamError: the path is not what the format needs.
        CancelledError: it was cancelled.
        ValueError: the reader's name is empty.
    """
    if reader is not None:
        check_reader(reader)
    source = Path(path).expanduser()
    matcher = Matcher(study.cases())
    report = ImportReport(format_id, path=source, size_of=matcher.size_of, knows=matcher.knows)
    planner = _Planner(study, matcher, reader, report)
    for done, image in enumerate(format_of(format_id).read(source, report), 1):
        if cancelled is not None and cancelled():
            raise CancelledError
        planner.take(image)
        if progress is not None:
            progress(done, done)
    return planner.plan(format_id, source)


def apply_import(
    study: Study, plan: ImportPlan, *, by: str | None = None, progress: Progress | None = None
) -> ImportReport:
    """Do what a plan says, as one undo step; what is there already stays as it is.

    Args:
        study: the study of the plan.
        plan: by `plan_import`.
        by: whose undo takes it back; None for the reader of the first mark.
        progress: called after each case.

    Raises:
        StudyError: the study cannot be written; nothing was imported then.
    """
    report = plan.report
    owner = by or next(iter(plan.readers), IMPORTED)
    touched = [case for case in plan.cases if case.marks or case.grades]
    with study.batch(f"Import {plan.format} {plan.path.name}", owner):
        for done, case in enumerate(touched, 1):
            # A mask needs the size of its image, which the study may not know yet.
            with contextlib.suppress(ImageError):
                study.image_size(case.case)
            for mark in case.marks:
                study.add_annotation(
                    case.case,
                    mark.kind,
                    mark.points,
                    mark.label,
                    mark.reader,
                    angle=mark.angle,
                    mask=_unpacked(mark.packed),
                    attributes=mark.attributes,
                )
            for name, grade in case.grades.items():
                study.set_label(case.case, grade, name)
            if progress is not None:
                progress(done, len(touched))
        study.log(
            "import",
            owner,
            format=plan.format,
            file=plan.path.name,
            images=len(touched),
            annotations=plan.added,
        )
    report.images = len(touched)
    report.added = plan.added
    report.present = plan.present
    report.graded = sum(len(case.grades) for case in touched)
    return report


def _unpacked(packed: PackedMask | None) -> masks.Mask | None:
    return None if packed is None else masks.unpack(packed.bits, packed.height, packed.width)


@dataclass
class _Read:
    """The marks that the file has for one of its names."""

    sure: int
    marks: list[Planned] = field(default_factory=list)
    grades: dict[str, str] = field(default_factory=dict)


class _Planner:
    """Gathers images as they are read, then compares with the study case by case."""

    def __init__(
        self, study: Study, matcher: Matcher, reader: str | None, report: ImportReport
    ) -> None:
        self._study, self._matcher = study, matcher
        self._reader, self._report = reader, report
        self._unmatched: dict[str, None] = {}
        self._ambiguous: dict[str, list[str]] = {}
        self._sizes: dict[str, str] = {}
        # Case -> name in the file -> what it says.
        self._read: dict[int, dict[str, _Read]] = {}

    def take(self, image: ImportedImage) -> None:
        found, sure = self._matcher.match(image)
        if not found:
            self._unmatched[image.name] = None
            return
        if len(found) > 1:
            self._ambiguous[image.name] = [self._matcher.relative[case] for case in found]
            return
        case = found[0]
        name = self._matcher.relative[case]
        size = self._matcher.size(case)
        if image.size is not None and size is not None and image.size != size:
            self._sizes[name] = (
                f"{image.name} says {image.size[0]} x {image.size[1]} pixels and the image has "
                f"{size[0]} x {size[1]}; nothing of it is imported."
            )
            return
        # Files of one image are one: its masks of several labels.
        read = self._read.setdefault(case, {}).setdefault(image.name, _Read(sure))
        for number, finding in enumerate(image.findings, 1):
            try:
                planned = self._planned(finding, image.size or size)
            except ValueError as error:
                self._report.problem(name, f"Mark {number} is left out: it has {error}.")
                continue
            if planned is not None:
                read.marks.append(planned)
            else:
                self._report.lose("mark off the image left out", name)
        read.grades |= self._grades(image)

    def plan(self, format_id: str, source: Path) -> ImportPlan:
        cases = []
        for case in sorted(self._read):
            names = self._read[case]
            sure = min(read.sure for read in names.values())
            best = [name for name, read in names.items() if read.sure == sure]
            for name in names.keys() - set(best):
                # eye.jpg is not eye.png where the file has both.
                self._unmatched[name] = None
            planned = self._compared(case, [names[name] for name in best])
            if self._is_locked(planned):
                continue
            cases.append(planned)
        return ImportPlan(
            format_id,
            source,
            cases,
            sorted(self._unmatched),
            self._ambiguous,
            self._sizes,
            self._report,
        )

    def _compared(self, case: int, reads: list[_Read]) -> PlannedCase:
        planned = PlannedCase(case, self._matcher.relative[case])
        there = Counter(_of_record(record).key for record in self._study.annotations(case))
        for read in reads:
            for mark in read.marks:
                if there[mark.key] > 0:
                    there[mark.key] -= 1
                    planned.present += 1
                else:
                    planned.marks.append(mark)
        present = self._study.grades(case)
        for read in reads:
            for reader, grade in read.grades.items():
                if reader not in present:
                    planned.grades[reader] = grade
                elif present[reader] != grade:
                    self._report.lose(
                        f"grade {grade!r} left out, {reader} has given {present[reader]!r}",
                        planned.name,
                    )
        return planned

    def _is_locked(self, planned: PlannedCase) -> bool:
        """Return whether one of the readers has locked the case; tell it."""
        readers = {mark.reader for mark in planned.marks} | planned.grades.keys()
        locked = sorted(r for r in readers if self._study.is_locked(planned.case, r))
        for reader in locked:
            self._report.problem(
                planned.name,
                f"{reader} has locked the read of {planned.name}; begin another read or import "
                "for another reader.",
            )
        return bool(locked)

    def _grades(self, image: ImportedImage) -> dict[str, str]:
        grades = dict(image.grades)
        if image.grade and image.grade not in grades.values():
            grades[self._reader or IMPORTED] = image.grade
        if self._reader is not None and grades:
            return {self._reader: image.grade or list(grades.values())[-1]}
        return {reader: grade for reader, grade in grades.items() if reader and grade}

    def _planned(self, finding: Finding, size: tuple[int, int] | None) -> Planned | None:
        """Return a mark that fits its image, None where nothing of it lies there.

        Raises:
            ValueError: it makes no sense; the text says what is wrong.
        """
        for text in (finding.label, finding.reader):
            try:
                text.encode()
            except UnicodeEncodeError as error:
                raise ValueError("a name that is no text") from error
        shape = _shape(finding)
        if np.abs(shape.points).max() > FARTHEST:
            raise ValueError("coordinates far off every image")
        x0, y0, x1, y1 = shape.bounds
        if size is not None and (x0 > size[0] or y0 > size[1] or x1 < 0 or y1 < 0):
            return None
        packed = None
        if shape.mask is not None:
            height, width = shape.mask.shape
            packed = PackedMask(masks.pack(shape.mask), height, width)
        return Planned(
            shape.kind,
            shape.points.tolist(),
            shape.angle,
            finding.label,
            self._reader or finding.reader or IMPORTED,
            plain_attributes(finding.attributes),
            packed,
        )


def _shape(finding: Finding) -> Shape:
    try:
        return finding.shape()
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"a shape that makes no sense ({error})") from error


def _of_record(record: AnnotationRecord) -> Planned:
    return Planned(
        record.kind,
        record.points,
        record.angle,
        record.label,
        record.reader,
        plain_attributes(record.attributes),
        record.packed,
    )
