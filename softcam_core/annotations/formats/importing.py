"""Taking annotations out of files: first a plan that changes nothing, then one undo step."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from softcam_core.annotations import masks
from softcam_core.annotations.arguments import check_reader
from softcam_core.annotations.formats import format_of
from softcam_core.annotations.formats.comparing import left_to_do
from softcam_core.annotations.formats.exchange import (
    Finding,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.formats.matching import Matcher
from softcam_core.annotations.formats.own import plain_attributes
from softcam_core.annotations.formats.plan import ImportPlan, Planned, PlannedCase
from softcam_core.annotations.formats.reading import FARTHEST
from softcam_core.annotations.records import PackedMask
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
    nameless: str = IMPORTED,
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
        reader: whose all marks will be; None for whom the file says, else ``nameless``.
        nameless: whose marks will be of which the file does not say whose they are.
        progress: called with the number of images read, and the same again.
        cancelled: asked at each image.

    Raises:
        SoftcamError: the path is not what the format needs.
        CancelledError: it was cancelled.
        ValueError: the reader's name is empty.
    """
    if reader is not None:
        check_reader(reader)
    check_reader(nameless)
    source = Path(path).expanduser()
    matcher = Matcher(study.cases())
    report = ImportReport(format_id, path=source, size_of=matcher.size_of, knows=matcher.knows)
    planner = _Planner(study, matcher, reader, nameless, report)
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

    The study is compared again while nobody else can write: what has come meanwhile counts as
    there, and a plan that is applied twice adds nothing the second time.

    Args:
        study: the study of the plan.
        plan: by `plan_import`; afterwards it says what was done.
        by: whose undo takes it back; None for the reader of the first mark.
        progress: called after each case.

    Raises:
        StudyError: the study cannot be written; nothing was imported then.
    """
    owner = by or next(iter(plan.readers), IMPORTED)
    news = ImportReport(plan.format)
    done: list[PlannedCase] = []
    with study.batch(f"Import {plan.format} {plan.path.name}", owner):
        for case in plan.cases:
            done.append(left_to_do(study, case, news))
            _add(study, done[-1])
            if progress is not None:
                progress(len(done), len(plan.cases))
        touched = [case for case in done if case.marks or case.grades]
        if touched:
            study.log(
                "import",
                owner,
                format=plan.format,
                file=plan.path.name,
                images=len(touched),
                annotations=sum(len(case.marks) for case in touched),
            )
    plan.cases = done
    report = plan.report
    report.include(news)
    report.images = len(touched)
    report.added = plan.added
    report.present = plan.present
    report.graded = sum(len(case.grades) for case in touched)
    return report


def _add(study: Study, case: PlannedCase) -> None:
    if case.marks:
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
        self,
        study: Study,
        matcher: Matcher,
        reader: str | None,
        nameless: str,
        report: ImportReport,
    ) -> None:
        self._study, self._matcher = study, matcher
        self._reader, self._nameless, self._report = reader, nameless, report
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
        read.grades |= self._grades(image, name)

    def plan(self, format_id: str, source: Path) -> ImportPlan:
        cases = []
        for case in sorted(self._read):
            names = self._read[case]
            sure = min(read.sure for read in names.values())
            best = [name for name, read in names.items() if read.sure == sure]
            for name in names.keys() - set(best):
                # eye.jpg is not eye.png where the file has both.
                self._unmatched[name] = None
            wanted = PlannedCase(case, self._matcher.relative[case])
            for name in best:
                wanted.marks += names[name].marks
                wanted.grades |= names[name].grades
            cases.append(left_to_do(self._study, wanted, self._report))
        return ImportPlan(
            format_id,
            source,
            cases,
            sorted(self._unmatched),
            self._ambiguous,
            self._sizes,
            self._report,
        )

    def _grades(self, image: ImportedImage, name: str) -> dict[str, str]:
        grades = dict(image.grades)
        if image.grade and image.grade not in grades.values():
            grades[self._reader or self._nameless] = image.grade
        if self._reader is not None and grades:
            grades = {self._reader: image.grade or list(grades.values())[-1]}
        found = {}
        for reader, grade in grades.items():
            if not grade or not reader:
                continue
            try:
                _check_text(grade)
                _check_reader(reader)
            except ValueError as error:
                self._report.problem(name, f"A grade is left out: it has {error}.")
            else:
                found[reader] = grade
        return found

    def _planned(self, finding: Finding, size: tuple[int, int] | None) -> Planned | None:
        """Return a mark that fits its image, None where nothing of it lies there.

        Raises:
            ValueError: it makes no sense; the text says what is wrong.
        """
        attributes = plain_attributes(finding.attributes)
        reader = self._reader or finding.reader or self._nameless
        _check_reader(reader)
        _check_text(finding.label, json.dumps(attributes, ensure_ascii=False))
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
            reader,
            attributes,
            packed,
        )


def _check_text(*texts: str) -> None:
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("a name or a note that is no text") from error


def _check_reader(reader: str) -> None:
    _check_text(reader)
    try:
        check_reader(reader)
    except ValueError as error:
        raise ValueError(f"the reader {reader!r}, and nobody can be called so") from error


def _shape(finding: Finding) -> Shape:
    try:
        return finding.shape()
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"a shape that makes no sense ({error})") from error
