"""DICOM Segmentation: one file for each DICOM image and reader, one binary segment for each label.

A segment is the union of the shapes of its label, so overlapping labels are kept and single
shapes are not. The content date is that of the last change of the marks, in UTC. The spacing is
the one that the source states, in the patient or else at the detector, with the slice thickness
of the source or 1 mm; where the source states none, the file states none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

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
from softcam_core.annotations.formats.dicom_seg_read import Marked, marked_images
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Finding,
    Format,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.formats.own import kept_attributes
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.annotations.shapes import MEASURES
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from highdicom.seg import Segmentation, SegmentDescription

SUFFIX = ".seg.dcm"

_SERIES = 9001
_LABEL = 64  # Characters of a segment's label.


class DicomSeg(Format):
    """DICOM Segmentation (SEG)."""

    id = "dicom-seg"
    name = "DICOM SEG"
    file = ""
    cannot = (
        "It holds one pixel mask for each label of a DICOM image: no single shapes, lengths, "
        "angles, notes, certainties or grades, and nothing about images of other formats."
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
        require_highdicom("Export to DICOM SEG")
        known = {label.name: label for label in labels}
        silence()
        numbers: dict[str, int] = {}
        for case in cases:
            try:
                if case.records:
                    source = read_source(case.path, options.keep_identity)
                    _check_size(source, case)
                    _write_case(source, case, known, options.point_radius, folder, numbers, report)
            except UnwritableError as problem:
                note(problem, case.relative, report)
                continue
            for _ in case.grades:
                report.lose("grade of the whole image left out", case.relative)

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield the masks of one file or of a folder; see `Format.read`."""
        silence()
        found = 0
        for file in dicom_files(path):
            try:
                marked = marked_images(file, report)
            except SoftcamError as error:
                if path.is_file():
                    raise
                found += 1
                report.problem(file.relative_to(path).as_posix(), str(error))
                continue
            if marked is None:
                continue
            found += 1
            for image in marked:
                name = image_name(file, path, SUFFIX, reader_name(image.reader))
                yield ImportedImage(name, image.size, list(_findings(image)), uid=image.uid)
        if not found:
            raise SoftcamError(f"{path} holds no DICOM SEG; choose the folder of the export.")


def _findings(image: Marked) -> Iterator[Finding]:
    for label, mask in image.masks:
        yield Finding("mask", [], label, mask=mask, reader=reader_name(image.reader))


def _check_size(source: Source, case: ExportCase) -> None:
    size = (int(source.dataset.Columns), int(source.dataset.Rows))
    if size != tuple(case.size):
        raise UnwritableError(
            f"has {size[0]} x {size[1]} pixels, but the study knows it with "
            f"{case.size[0]} x {case.size[1]}; the file has been replaced by another image."
        )


def _write_case(
    source: Source,
    case: ExportCase,
    known: dict[str, LabelRecord],
    radius: float,
    folder: Path,
    numbers: dict[str, int],
    report: ExportReport,
) -> None:
    """Write the files of one case, one for each reader."""
    readers = by_reader(case.records)
    names = file_names(case.stem, readers, SUFFIX)
    written = False
    for reader, records in readers.items():
        masks = _masks(case, records, radius, report)
        if not masks:
            continue
        place = folder / names[reader]
        place.parent.mkdir(parents=True, exist_ok=True)
        seg = _segmentation(source, reader, records, masks, known, numbers)
        if reader_name(seg.ContentCreatorName) != reader:
            report.lose("reader's name shortened", case.relative)
        seg.save_as(place)
        report.files.append(place)
        written = True
    if source.frames > 1 and written:
        report.lose("marks written for all frames of an image of several frames", case.relative)


def _masks(
    case: ExportCase, records: list[AnnotationRecord], radius: float, report: ExportReport
) -> list[tuple[str, Mask]]:
    """Return (label, pixels) for each label with a pixel in the image; note what is lost."""
    width, height = case.size
    shapes: dict[str, list[AnnotationRecord]] = {}
    for record in records:
        if record.kind in MEASURES:
            report.leave_out(f"{record.kind} left out", case.relative)
            continue
        shapes.setdefault(record.label, []).append(record)
    masks = []
    for label, drawn in shapes.items():
        mask = rasterize_union((r.shape for r in drawn), (height, width), radius)
        if not mask.any():
            report.leave_out(
                "mark without a pixel in the image left out", case.relative, len(drawn)
            )
            continue
        masks.append((label, mask))
        for record in drawn:
            if record.kind != "mask":
                report.lose(f"{record.kind} written as pixel mask", case.relative)
            for name in kept_attributes(record):
                report.lose(f"{name} left out", case.relative)
        if len(drawn) > 1:
            report.lose("mark merged with others of its label", case.relative, len(drawn))
        if len(label) > _LABEL:
            report.lose("label shortened", case.relative)
    return masks


def _segmentation(
    source: Source,
    reader: str,
    records: list[AnnotationRecord],
    masks: list[tuple[str, Mask]],
    known: dict[str, LabelRecord],
    numbers: dict[str, int],
) -> Segmentation:
    """Build the SEG of one reader.

    Raises:
        RefusedError: highdicom refuses the source; the sentence says why.
    """
    from highdicom import PixelMeasuresSequence
    from highdicom.seg import Segmentation

    from softcam_core import __version__

    stack = np.stack([mask for _, mask in masks], axis=-1)[np.newaxis].astype(np.uint8)
    content = hashlib.sha256(np.packbits(stack).tobytes()).hexdigest()
    names = "\n".join(label for label, _ in masks)
    series = uid_of("seg series", source.dataset.SeriesInstanceUID, reader)
    instance = uid_of("seg", source.uid, reader, names, content, last_change(records).isoformat())
    numbers[series] = numbers.get(series, 0) + 1
    spacing = source.spacing
    if source.placed:
        stack = np.broadcast_to(stack, (source.frames, *stack.shape[1:]))
    measures = PixelMeasuresSequence(spacing, source.thickness or 1.0) if spacing else None
    time = last_change(records)
    try:
        seg = Segmentation(
            source_images=[source.dataset],
            pixel_array=stack,
            segmentation_type="BINARY",
            segment_descriptions=[
                _description(i, label, series, known) for i, (label, _) in enumerate(masks, 1)
            ],
            series_instance_uid=series,
            series_number=_SERIES,
            sop_instance_uid=instance,
            instance_number=numbers[series],
            manufacturer=MANUFACTURER,
            manufacturer_model_name=MANUFACTURER,
            software_versions=__version__,
            device_serial_number="0",
            content_label="ANNOTATIONS",
            content_description="Annotations of one reader, one segment for each label",
            content_creator_name=person_name(reader),
            series_description="Annotations (SoftCAM Viewer)",
            pixel_measures=measures,
            specific_character_set=UTF8,
            coding_schemes=[dicom_codes.coding_scheme()],
            content_date=time.date(),
            content_time=time.time(),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = str(error).split("\n")[0].rstrip(".")
        raise RefusedError(f"cannot be referred to by a DICOM SEG ({reason}).") from error
    finish(seg, source)
    return seg


def _description(
    number: int, label: str, series: str, known: dict[str, LabelRecord]
) -> SegmentDescription:
    from highdicom.color import CIELabColor
    from highdicom.seg import SegmentDescription

    site = dicom_codes.label_site(label)
    record = known.get(label)
    name = label.replace("\\", "/")[:_LABEL] or dicom_codes.UNLABELLED
    return SegmentDescription(
        segment_number=number,
        segment_label=name,
        segmented_property_category=dicom_codes.label_category(label),
        segmented_property_type=dicom_codes.label_code(label, record.meaning if record else ""),
        algorithm_type="MANUAL",
        tracking_uid=uid_of("segment", series, label),
        tracking_id=name,
        anatomic_regions=[site] if site is not None else None,
        display_color=CIELabColor.from_string(record.color) if record else None,
    )
