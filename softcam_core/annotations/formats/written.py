"""What the plain formats share in writing: what is lost, box by box."""

from __future__ import annotations

from collections.abc import Iterator

from softcam_core.annotations.formats.exchange import ExportCase, ExportReport
from softcam_core.annotations.formats.outlines import Box, clipped_box, with_area
from softcam_core.annotations.formats.own import kept_attributes
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.shapes import MEASURES, Shape

UNLABELLED = "unlabelled"
"""What a mark without a label is called where a format needs a name."""


def class_name(record: AnnotationRecord, case: ExportCase, report: ExportReport) -> str:
    """Return the label of a mark for a format in which each needs a name."""
    if record.label:
        return record.label
    report.lose(f"mark without a label written as {UNLABELLED!r}", case.relative)
    return UNLABELLED


def drawn_shapes(
    case: ExportCase, report: ExportReport, radius: float
) -> Iterator[tuple[AnnotationRecord, Shape]]:
    """Yield the marks of a case that have an area; note what plain formats lose of them all.

    These hold neither readers nor attributes, neither grades nor measurements; a point comes
    as the disc that it stands for.
    """
    if case.grade:
        report.lose("grade of the whole image left out", case.relative)
    for record in case.records:
        if record.kind in MEASURES:
            report.leave_out(f"{record.kind} left out", case.relative)
            continue
        for name in kept_attributes(record):
            report.lose(f"{name} left out", case.relative)
        report.lose(f"reader {record.reader} left out", case.relative)
        yield record, with_area(record.shape, radius)


def drawn_boxes(
    case: ExportCase, report: ExportReport, radius: float
) -> Iterator[tuple[AnnotationRecord, Box]]:
    """Yield the marks of a case as boxes cut to the image; see `drawn_shapes`."""
    for record, shape in drawn_shapes(case, report, radius):
        found = clipped_box(shape, case.size)
        if found is None:
            report.leave_out("mark off the image or without area left out", case.relative)
            continue
        box, cut = found
        if cut:
            report.lose("box cut to the image", case.relative)
        if record.kind != "box":
            report.lose(f"{record.kind} written as its enclosing box", case.relative)
        yield record, box
