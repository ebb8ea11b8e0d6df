"""DICOM Structured Report, TID 1500: one Comprehensive SR for each DICOM image and reader.

Each mark is a measurement group with its region, a tracking identifier that stays the same
through edits, the label as finding, and certainty as qualitative evaluation; length and angle are
measurements with their places, in mm and degrees of the patient where the source states a
spacing, else in pixels. The grade of the whole image is a group of its own. What has no place in
the template stands in text items of the private scheme: the study's own label and the exact shape
as JSON (read only where it agrees with the region); the note is DICOM's "Comment". The content
date is that of the last change, in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from softcam_core.annotations.formats import dicom_codes
from softcam_core.annotations.formats.dicom_common import (
    MANUFACTURER,
    UTF8,
    RefusedError,
    Source,
    UnwritableError,
    by_reader,
    dicom_files,
    file_names,
    finish,
    image_name,
    last_change,
    note,
    person_name,
    read_source,
    reader_name,
    require_highdicom,
    silence,
    uid_of,
)
from softcam_core.annotations.formats.dicom_sr_groups import grade_group, mark_group
from softcam_core.annotations.formats.dicom_sr_read import reported_images
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Format,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from highdicom.sr import ComprehensiveSR, MeasurementsAndQualitativeEvaluations
    from highdicom.sr import PlanarROIMeasurementsAndQualitativeEvaluations as Planar

    Group = Planar | MeasurementsAndQualitativeEvaluations

SUFFIX = ".sr.dcm"

_SERIES = 9002
# A list of coordinates longer than this many points fits only files of implicit VR.
_LONG = 8000


class DicomSr(Format):
    """DICOM Structured Report (SR), template 1500."""

    id = "dicom-sr"
    name = "DICOM SR"
    file = ""
    cannot = (
        "It holds marks on DICOM images only and cuts them at the image's edges; other programs "
        "see splines as polygons, masks as outlines, and places to 0.0003 pixels."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write a file for each image and reader; see `Format.write`."""
        require_highdicom("Export to DICOM SR")
        meanings = {label.name: label.meaning for label in labels}
        silence()
        numbers: dict[str, int] = {}
        for case in cases:
            if not case.records and not case.grades:
                continue
            try:
                source = read_source(case.path, options.keep_identity)
                _write_case(source, case, meanings, folder, numbers, report)
            except UnwritableError as problem:
                note(problem, case.relative, report)
                continue

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield the marks of one file or of a folder; see `Format.read`."""
        silence()
        found = 0
        for file in dicom_files(path):
            try:
                reported = reported_images(file, report)
            except SoftcamError as error:
                if path.is_file():
                    raise
                found += 1
                report.problem(file.relative_to(path).as_posix(), str(error))
                continue
            if reported is None:
                continue
            found += 1
            for image in reported:
                name = image_name(file, path, SUFFIX, image.reader)
                grades = {image.reader: image.grade} if image.grade and image.reader else {}
                grade = image.grade or None
                yield ImportedImage(name, None, image.findings, grade, image.uid, grades)
        if not found:
            raise SoftcamError(
                f"{path} holds no DICOM SR with measurements; choose the folder of the export."
            )


def _write_case(
    source: Source,
    case: ExportCase,
    meanings: dict[str, str],
    folder: Path,
    numbers: dict[str, int],
    report: ExportReport,
) -> None:
    """Write the files of one case, one for each reader."""
    readers = by_reader(case.records) | {
        reader: [] for reader in case.grades if reader not in {r.reader for r in case.records}
    }
    names = file_names(case.stem, readers, SUFFIX)
    written = 0
    for reader, records in readers.items():
        groups: list[Group] = []
        for record in records:
            group, losses = mark_group(record, meanings.get(record.label, ""), source, case.size)
            for loss in losses:
                report.lose(loss, case.relative)
            if group is not None:
                groups.append(group)
            else:
                report.left_out += 1
        written += len(groups)
        grade = case.grades.get(reader, "")
        if grade:
            groups.append(grade_group(grade, reader, source))
        if not groups:
            continue
        document = _document(source, reader, records, grade, groups, numbers)
        if reader_name(person_name(reader)) != reader:
            report.lose("reader's name shortened", case.relative)
        place = folder / names[reader]
        place.parent.mkdir(parents=True, exist_ok=True)
        document.save_as(place)
        report.files.append(place)
    if source.frames > 1 and written:
        report.lose("mark written for all frames of its image", case.relative, written)


def _document(
    source: Source,
    reader: str,
    records: list[AnnotationRecord],
    grade: str,
    groups: list[Group],
    numbers: dict[str, int],
) -> ComprehensiveSR:
    """Build the report of one reader.

    Raises:
        RefusedError: highdicom refuses the source; the sentence says why.
    """
    from highdicom.sr import (
        ComprehensiveSR,
        MeasurementReport,
        ObservationContext,
        ObserverContext,
        PersonObserverIdentifyingAttributes,
    )
    from pydicom.sr.codedict import codes
    from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

    from softcam_core import __version__

    time = last_change(records)
    drawn = [(r.id, r.kind, r.points, r.angle, r.label, r.attributes, r.packed) for r in records]
    content = hashlib.sha256(repr((drawn, grade)).encode()).hexdigest()
    series = uid_of("sr series", source.dataset.SeriesInstanceUID, reader)
    numbers[series] = numbers.get(series, 0) + 1
    longest = max((len(r.points) for r in records), default=0)
    packed = any(r.packed for r in records)
    observer = PersonObserverIdentifyingAttributes(name=person_name(reader))
    try:
        report = MeasurementReport(
            observation_context=ObservationContext(
                observer_person_context=ObserverContext(codes.DCM.Person, observer)
            ),
            procedure_reported=codes.SCT.ImagingProcedure,
            imaging_measurements=groups,
            title=codes.DCM.ImagingMeasurementReport,
        )
        document = ComprehensiveSR(
            evidence=[source.dataset],
            content=report[0],
            series_instance_uid=series,
            series_number=_SERIES,
            sop_instance_uid=uid_of("sr", source.uid, reader, content, time.isoformat()),
            instance_number=numbers[series],
            manufacturer=MANUFACTURER,
            manufacturer_model_name=MANUFACTURER,
            software_versions=__version__,
            is_complete=True,
            series_description="Annotations (SoftCAM Viewer)",
            specific_character_set=UTF8,
            coding_schemes=[dicom_codes.coding_scheme()],
            content_date=time.date(),
            content_time=time.time(),
            transfer_syntax_uid=(
                ImplicitVRLittleEndian if packed or longest > _LONG else ExplicitVRLittleEndian
            ),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = str(error).split("\n")[0].rstrip(".")
        raise RefusedError(f"cannot be referred to by a DICOM SR ({reason}).") from error
    finish(document, source)
    return document
