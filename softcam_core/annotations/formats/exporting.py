"""Writing a study's annotations in one of the formats: all of the files, or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from softcam_core.annotations.formats import format_of
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
)
from softcam_core.annotations.formats.naming import relative_names, stems
from softcam_core.annotations.formats.publishing import FilesThereError, check, publish, staged
from softcam_core.annotations.records import CaseRecord, LabelRecord
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, ImageError, SoftcamError
from softcam_core.paths import exists, is_folder, shown

__all__ = ["FilesThereError", "Progress", "case_size", "export_study"]

Progress = Callable[[int, int], None]
"""Called with what is done and of how many."""


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

    Files hold the images' paths below the folder that all of them share (`relative_names` says
    what where they share none), labels and geometry, and readers' names where the format has a
    place for them: which reader drew what is what research asks for. They hold no path of this
    machine and, unless ``keep_identity`` is set, no patient's name or number out of a DICOM file.
    File names are kept as they are: where they are patients' names, rename the images first.

    Args:
        study: the study.
        format_id: one of `formats.FORMATS`.
        folder: where to.
        reader: whose annotations and grades; None for everybody's.
        keep_identity: for the DICOM formats: keep the patient's name and numbers.
        overwrite: replace files that are there; never an image of the study, nor a study.
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
    _check_folder(target)
    if chosen.file:
        check(study, [target / chosen.file], overwrite)
    report = ExportReport(format_id, folder=target)
    radius = study.point_radius
    options = ExportOptions(keep_identity, reader, radius)
    try:
        with staged(target) as staging:
            cases = _Cases(study, reader, report, progress, cancelled)
            chosen.write(iter(cases), _labels(study), staging, options, report)
            report.files = publish(staging, target, study, overwrite)
    except OSError as error:
        raise SoftcamError(
            f"The export to {shown(target)} failed ({error.strerror or error}) and nothing "
            "was written; free space or choose another folder."
        ) from error
    if not study.read_only:
        study.log(
            "export",
            reader or "",
            format=format_id,
            images=report.images,
            annotations=report.shapes,
        )
    return report


def _check_folder(target: Path) -> None:
    """Raise SoftcamError where a file has the name of the folder, or of one above it."""
    file = next((place for place in (target, *target.parents) if exists(place)), target)
    if exists(file) and not is_folder(file):
        raise SoftcamError(f"{shown(file)} is no folder; choose a folder to write into.")


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
            failed, left_out = self._failed(), self._report.left_out
            case = self._case(record, name, stem, record.id in read)
            if case is not None:
                yield case
                if self._failed() == failed:
                    written = len(case.records) - (self._report.left_out - left_out)
                    self._report.images += 1
                    self._report.marked += written > 0
                    self._report.shapes += written
                else:
                    self._report.left_out = left_out
            if self._progress is not None:
                self._progress(done + 1, len(records))

    def _failed(self) -> int:
        return len(self._report.problems) + len(self._report.refused)

    def _case(self, record: CaseRecord, name: str, stem: str, read: bool) -> ExportCase | None:
        """Return a case, None where its image cannot be read: a failure if there is a mark."""
        grades = self._study.grades(record.id)
        if self._reader is not None:
            grades = {k: v for k, v in grades.items() if k == self._reader}
        marks = self._study.annotations(record.id, self._reader)
        try:
            size = case_size(record)
        except ImageError as error:
            if marks or grades:
                self._report.problem(name, str(error))
            return None
        return ExportCase(
            id=record.id,
            path=record.path,
            relative=name,
            stem=stem,
            size=size,
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
