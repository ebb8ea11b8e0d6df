"""Writing a study's annotations in one of the formats: all of the files, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from softcam_core.annotations.formats import format_of
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
)
from softcam_core.annotations.formats.naming import inside, relative_names, stems
from softcam_core.annotations.rasterize import POINT_RADIUS
from softcam_core.annotations.records import CaseRecord, LabelRecord
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, ImageError, SoftcamError
from softcam_core.paths import shown

Progress = Callable[[int, int], None]
"""Called with what is done and of how many."""


class FilesThereError(SoftcamError):
    """Files of an export have the names of files that are there; nothing was written."""


def export_study(
    study: Study,
    format_id: str,
    folder: str | os.PathLike[str],
    *,
    reader: str | None = None,
    keep_identity: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport:
    """Write the annotations of all cases into a folder; it is made if it is missing.

    Files hold the images' paths below the folder that all of them share, labels and geometry,
    and readers' names where the format has a place for them: which reader drew what is what
    research asks for. They hold no path of this machine and, unless ``keep_identity`` is set, no
    patient's name or number out of a DICOM file. File names are kept as they are: where they are
    patients' names, rename the images first.

    Args:
        study: the study.
        format_id: one of `formats.FORMATS`.
        folder: where to.
        reader: whose annotations and grades; None for everybody's.
        keep_identity: for the DICOM formats: keep the patient's name and numbers.
        overwrite: replace files that are there.
        progress: called after each case.
        cancelled: asked before each case; once it says so, nothing is left behind.

    Raises:
        SoftcamError: the format or the reader is not known, a file is in the way, the disk is
            full. Nothing was written then.
        CancelledError: it was cancelled.
    """
    chosen = format_of(format_id)
    target = Path(folder).expanduser()
    if reader is not None and reader not in study.readers():
        raise SoftcamError(
            f"The study {study.path} has no reader {reader!r}; it has "
            f"{', '.join(study.readers()) or 'none'}."
        )
    if chosen.file and not overwrite:
        _refuse([target / chosen.file])
    report = ExportReport(format_id, folder=target)
    radius = float(study.get_setting("point_radius", POINT_RADIUS))
    options = ExportOptions(keep_identity, reader, radius)
    made = not target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".softcam-export-", dir=target) as staged:
            staging = Path(staged)
            cases = _Cases(study, reader, report, progress, cancelled)
            chosen.write(iter(cases), _labels(study), staging, options, report)
            report.files = _publish(staging, target, overwrite)
    except BaseException as error:
        if made:
            shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, OSError):
            raise SoftcamError(
                f"The export to {shown(target)} failed ({error.strerror or error}) and nothing "
                "was written; free space or choose another folder."
            ) from error
        raise
    if not study.read_only:
        study.log(
            "export",
            reader or "",
            format=format_id,
            images=report.images,
            annotations=report.shapes,
        )
    return report


class _Cases:
    """The cases of a study as a stream."""

    def __init__(
        self,
        study: Study,
        reader: str | None,
        report: ExportReport,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._study, self._reader, self._report = study, reader, report
        self._progress, self._cancelled = progress, cancelled

    def __iter__(self) -> Iterator[ExportCase]:
        records = self._study.cases(self._reader)
        relative = relative_names([record.path for record in records])
        names = stems(relative)
        read = {read.case for read in self._study.reads()}
        for done, (record, name, stem) in enumerate(zip(records, relative, names, strict=True)):
            if self._cancelled is not None and self._cancelled():
                raise CancelledError
            before = self._left_out()
            try:
                case = self._case(record, name, stem, record.id in read)
                yield case
            except ImageError as error:
                self._report.problem(name, str(error))
            if self._left_out() == before:
                self._report.images += 1
                self._report.shapes += len(case.records)
            if self._progress is not None:
                self._progress(done + 1, len(records))

    def _left_out(self) -> int:
        return len(self._report.problems) + len(self._report.refused)

    def _case(self, record: CaseRecord, name: str, stem: str, read: bool) -> ExportCase:
        grades = self._study.grades(record.id)
        if self._reader is not None:
            grades = {k: v for k, v in grades.items() if k == self._reader}
        marks = self._study.annotations(record.id, self._reader)
        return ExportCase(
            id=record.id,
            path=record.path,
            relative=name,
            stem=stem,
            size=case_size(record),
            grade=record.label,
            records=marks,
            grades=grades,
            read=bool(read or marks or grades or record.status == "done"),
        )


def case_size(record: CaseRecord) -> tuple[int, int]:
    """Return (width, height) of a case's image without writing to the study.

    Raises:
        ImageError: the image cannot be read.
    """
    if record.size is not None:
        return record.size
    from softcam_core.imaging.read import image_size

    return image_size(record.path)


def _labels(study: Study) -> list[LabelRecord]:
    return [replace(label, key="") for label in study.labels()]


def _publish(staging: Path, target: Path, overwrite: bool) -> list[Path]:
    """Give every finished file its place."""
    places = sorted(
        Path(folder, name).relative_to(staging)
        for folder, _, names in os.walk(staging)
        for name in names
    )
    if not overwrite:
        _refuse([target / place for place in places])
    for place in places:
        if not inside(target, (target / place).parent):
            raise SoftcamError(
                f"{shown(target / place)} lies behind a link that leads out of the folder; choose "
                "another folder."
            )
    for place in places:
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        (staging / place).replace(target / place)
    return [target / place for place in places]


def _refuse(files: list[Path]) -> None:
    """Raise FilesThereError where a file is there already."""
    there = [file for file in files if os.path.lexists(file)]
    if there:
        more = f" and {len(there) - 1} more files are" if len(there) > 1 else " is"
        raise FilesThereError(
            f"{shown(there[0])}{more} there already; choose another folder, or ask to overwrite."
        )
