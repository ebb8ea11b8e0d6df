"""COCO's object detection JSON, in one file.

A shape is an annotation with a box ``[x, y, width, height]``, an area and a ``segmentation``:
polygons as flat lists of x and y for outlines, compressed run lengths for masks. Categories are
counted from 1. ``iscrowd`` is always 0: with 1 COCO's evaluation leaves the shape out.
``attributes`` holds certainty, note and the like, as CVAT has them; the program's own fields say
how a shape was drawn. Lengths and angles mark no object; they stand in the own fields of their
image, where no other program takes them for lesions.

The file is written as a stream: of each case nothing is kept but the entry of its image.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from softcam_core.annotations.formats import rle
from softcam_core.annotations.formats.coco_reading import images_of
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Format,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.formats.outlines import Box, area_of, polygons_of, with_area
from softcam_core.annotations.formats.own import OWN, own_fields
from softcam_core.annotations.formats.reading import one_file
from softcam_core.annotations.formats.written import UNLABELLED
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.annotations.shapes import MEASURES

_PART = ".images"
_CORNERED = ("box", "polygon", "freehand")
_FEW = 100  # points


class Coco(Format):
    """COCO."""

    id = "coco"
    name = "COCO"
    file = "annotations.json"
    cannot = (
        "COCO has no ellipses, splines and points: other programs show these as polygons and no "
        "measurements at all; this program reads them back as they were drawn."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write ``annotations.json``."""
        categories = {label.name: index for index, label in enumerate(labels, 1)}
        target = folder / self.file
        images = target.with_name(target.name + _PART)
        number = 0
        with (
            target.open("w", encoding="utf-8") as file,
            images.open("w", encoding="utf-8") as list_,
        ):
            file.write('{"info": {"description": "Annotations of a SoftCAM Viewer study"},\n')
            file.write('"licenses": [],\n"annotations": [')
            for index, case in enumerate(cases, 1):
                list_.write((",\n" if index > 1 else "\n") + json.dumps(_image(case, index)))
                for record in case.records:
                    if record.kind in MEASURES:
                        continue
                    category = categories.setdefault(
                        record.label or UNLABELLED, len(categories) + 1
                    )
                    entry = _annotation(record, case, options.point_radius, report)
                    entry |= {"id": number + 1, "image_id": index, "category_id": category}
                    file.write((",\n" if number else "\n") + json.dumps(entry))
                    number += 1
            file.write('\n],\n"images": [')
            list_.close()
            with images.open(encoding="utf-8") as written:
                shutil.copyfileobj(written, file)
            named = [{"id": index, "name": name} for name, index in categories.items()]
            file.write(f'\n],\n"categories": {json.dumps(named)}}}\n')
        images.unlink()

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield each image of the file."""
        yield from images_of(one_file(path, self.file), report)


def _image(case: ExportCase, index: int) -> dict[str, Any]:
    width, height = case.size
    entry: dict[str, Any] = {
        "id": index,
        "file_name": case.relative,
        "width": width,
        "height": height,
    }
    own: dict[str, Any] = {}
    if case.grades:
        own["grades"] = case.grades
    measures = [
        {**own_fields(record), "label": record.label}
        for record in case.records
        if record.kind in MEASURES
    ]
    if measures:
        own["measures"] = measures
    return {**entry, OWN: own} if own else entry


def _annotation(
    record: AnnotationRecord, case: ExportCase, point_radius: float, report: ExportReport
) -> dict[str, Any]:
    if record.kind in _CORNERED and len(record.points) <= _FEW:
        (x0, y0, x1, y1), area, segmentation = _cornered(record)
    else:
        shape = with_area(record.shape, point_radius)
        x0, y0, x1, y1 = shape.bounds
        if shape.mask is None:
            polygons = polygons_of(shape)
            area = area_of(polygons)
            segmentation = [ring.ravel().tolist() for polygon in polygons for ring in polygon]
        else:
            runs = rle.runs_of(shape.mask, int(x0), int(y0), case.size)
            area = float(sum(runs[1::2]))
            if area < shape.mask.sum():
                report.lose("mask cut to the image", case.relative)
            segmentation = {"size": [case.size[1], case.size[0]], "counts": rle.compress(runs)}
    own = own_fields(record)
    attributes = own.pop("attributes", {})
    return {
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "area": area,
        "iscrowd": 0,
        "segmentation": segmentation,
        "attributes": attributes,
        OWN: own,
    }


def _cornered(record: AnnotationRecord) -> tuple[Box, float, Any]:
    """Return bounds, area and segmentation of a shape of a few corners.

    Plain numbers are several times as quick as arrays of a dozen points.
    """
    points = record.points
    if record.kind == "box":
        (x0, y0), (x1, y1) = points
        return (x0, y0, x1, y1), (x1 - x0) * (y1 - y0), [[x0, y0, x1, y0, x1, y1, x0, y1]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0 = min(xs), min(ys)
    twice = sum(
        (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True)
    )
    return (x0, y0, max(xs), max(ys)), abs(twice) / 2, [[v for point in points for v in point]]
