"""YOLO outlines as Ultralytics has them: ``class x1 y1 x2 y2 ...``, parts of the image.

A row is one polygon without holes. Each part of a mask becomes a row of its own; a hole is
reached over a bridge of no width, which leaves the pixels as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from softcam_core.annotations.formats.exchange import ExportCase, ExportOptions, ExportReport
from softcam_core.annotations.formats.outlines import (
    clipped_ring,
    keyhole,
    polygons_of,
    signed_area,
)
from softcam_core.annotations.formats.written import class_name, drawn_shapes
from softcam_core.annotations.formats.yolo import Yolo


class YoloSeg(Yolo):
    """YOLO outlines."""

    id = "yolo-seg"
    name = "YOLO outlines"
    cannot = (
        "YOLO outlines are polygons with a label: no kinds of shapes, no holes, no masks of "
        "several parts, no measurements, grades, readers, certainties or notes."
    )

    def rows(
        self, case: ExportCase, options: ExportOptions, report: ExportReport
    ) -> Iterator[tuple[str, list[float]]]:
        """Yield the class and the numbers of each row of a case."""
        for record, shape in drawn_shapes(case, report, options.point_radius):
            polygons = polygons_of(shape)
            written = 0
            for polygon in polygons:
                whole = keyhole(polygon)
                ring = clipped_ring(whole, case.size)
                if len(ring) < 3 or signed_area(ring) == 0:
                    continue
                if ring is not whole:
                    report.lose("outline cut to the image", case.relative)
                written += 1
                yield class_name(record, case, report), (ring / case.size).ravel().tolist()
            if not written:
                report.leave_out("mark off the image or without area left out", case.relative)
                continue
            if record.kind != "polygon":
                report.lose(f"{record.kind} written as polygon", case.relative)
            if len(polygons) > 1:
                report.lose("mask of several parts written as one polygon a part", case.relative)
            if any(len(polygon) > 1 for polygon in polygons):
                report.lose("mask with holes written as a bridged polygon", case.relative)
