"""labelme's JSON: one file an image, with fields of its own that keep every mark exactly.

labelme looks for the image beside the JSON file, so ``imagePath`` is its bare name: put the
files into the folder of the images, folder by folder. labelme keeps fields it does not know.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Finding,
    Format,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.formats.outlines import polygons_of, ring_of
from softcam_core.annotations.formats.own import OWN, Own, own_fields
from softcam_core.annotations.formats.reading import files_below, number, read_json, size_of
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.annotations.shapes import Points, Shape
from softcam_core.errors import SoftcamError
from softcam_core.paths import is_folder, shown

_VERSION = "5.5.0"
"""The version of labelme whose files these are; later ones read them too."""

_TYPES = {"box": "rectangle", "point": "point", "mask": "mask", "length": "line"}


class Labelme(Format):
    """labelme's JSON."""

    id = "labelme"
    name = "labelme"
    file = ""
    cannot = (
        "labelme shows turned ellipses and splines as polygons and angles as lines; this program "
        "reads them back as they were drawn."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        _labels: list[LabelRecord],
        folder: Path,
        _options: ExportOptions,
        _report: ExportReport,
    ) -> None:
        """Write ``<stem>.json`` for each case."""
        for case in cases:
            place = folder / f"{case.stem}.json"
            place.parent.mkdir(parents=True, exist_ok=True)
            content = {
                "version": _VERSION,
                "flags": {case.grade: True} if case.grade else {},
                "shapes": [_shape(record) for record in case.records],
                "imagePath": posixpath.basename(case.relative),
                "imageData": None,
                "imageHeight": case.size[1],
                "imageWidth": case.size[0],
                OWN: {"image": case.relative, "grades": case.grades},
            }
            place.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield the image of each JSON file."""
        root = path if is_folder(path) else path.parent
        for file in files_below(path, ".json"):
            try:
                yield _image(file, root, report)
            except SoftcamError as error:
                report.problem(shown(file.name), str(error))


def _shape(record: AnnotationRecord) -> dict[str, Any]:
    shape = record.shape
    kind, points, mask = _TYPES.get(shape.kind, "polygon"), shape.points.tolist(), None
    if shape.kind == "ellipse" and points[1][0] == points[1][1]:
        (cx, cy), (radius, _) = points
        kind, points = "circle", [[cx, cy], [cx + radius, cy]]
    elif shape.kind == "angle":
        kind = "linestrip"
    elif kind == "polygon":
        points = polygons_of(shape)[0][0].tolist()
    elif shape.mask is not None:
        # labelme counts the last row and column in.
        points = [points[0], [points[1][0] - 1, points[1][1] - 1]]
        mask = _encoded(shape.mask)
    note = record.attributes.get("note")
    return {
        "label": record.label,
        "points": points,
        "group_id": None,
        "description": note if isinstance(note, str) else "",
        "shape_type": kind,
        "flags": {},
        "mask": mask,
        OWN: own_fields(record),
    }


def _encoded(mask: Mask) -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(mask).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode("ascii")


def _decoded(text: object) -> Mask:
    from PIL import Image

    if not isinstance(text, str):
        raise ValueError("a mask without pixels")
    try:
        with Image.open(io.BytesIO(base64.b64decode(text, validate=True))) as picture:
            if picture.format != "PNG":
                raise ValueError("a mask that is no PNG")
            return np.asarray(picture.convert("L")) > 0
    except (OSError, SyntaxError, binascii.Error, Image.DecompressionBombError) as error:
        raise ValueError("a mask whose PNG is damaged") from error


def _image(file: Path, root: Path, report: ImportReport) -> ImportedImage:
    content = read_json(file)
    shapes = content.get("shapes") if isinstance(content, dict) else None
    if not isinstance(shapes, list):
        raise SoftcamError(f"{shown(file)} is no labelme file; choose other files.")
    own = content.get(OWN) if isinstance(content.get(OWN), dict) else {}
    name = own.get("image")
    if not isinstance(name, str):
        name = _name(content.get("imagePath"), file, root)
    findings = []
    for index, entry in enumerate(shapes, 1):
        try:
            found = _finding(entry)
        except ValueError as error:
            report.problem(name, f"Shape {index} of {shown(file)} is left out: it has {error}.")
            continue
        if not found:
            report.lose(f"{entry['shape_type']} left out", name)
        findings += found
    flags = content.get("flags")
    chosen = [k for k, v in flags.items() if v is True] if isinstance(flags, dict) else []
    grades = own.get("grades")
    return ImportedImage(
        name,
        size_of(content.get("imageWidth"), content.get("imageHeight")),
        findings,
        grade=chosen[0] if len(chosen) == 1 else None,
        grades={k: v for k, v in grades.items() if isinstance(v, str)}
        if isinstance(grades, dict)
        else {},
    )


def _name(written: object, file: Path, root: Path) -> str:
    """Return the image's path below the folder that is read, as far as the file says it."""
    if not isinstance(written, str) or not written:
        return file.relative_to(root).with_suffix("").as_posix()
    written = written.replace("\\", "/")
    above = file.parent.relative_to(root).as_posix()
    return posixpath.join(above, written) if above != "." and "/" not in written else written


def _finding(entry: Any) -> list[Finding]:
    if not isinstance(entry, dict):
        raise ValueError("no fields")
    label, kind = entry.get("label"), entry.get("shape_type") or "polygon"
    if not isinstance(label, str):
        raise ValueError("no label")
    points = _points(entry.get("points"))
    own = Own.parse(entry.get(OWN))
    note = entry.get("description")
    if isinstance(note, str) and note != own.attributes.get("note", ""):
        own.attributes["note"] = note
        if not note:
            del own.attributes["note"]
    return [own.finding(shape, label) for shape in _shapes(kind, points, entry, own)]


def _shapes(kind: str, points: Points, entry: dict[str, Any], own: Own) -> list[Shape]:
    """Return the shapes of an entry, none where the program has no such kind."""
    drawn = own.shape()
    if kind == "rectangle":
        return [Shape("box", points)]
    if kind == "mask":
        corner = np.rint(points[0])
        mask = _decoded(entry.get("mask"))
        return [Shape("mask", [corner, corner + mask.shape[::-1]], mask=mask)]
    if kind in ("point", "points"):
        return [Shape("point", point) for point in points]
    if kind == "circle":
        if len(points) != 2:
            raise ValueError("a circle without centre and radius")
        radius = float(np.hypot(*(points[1] - points[0])))
        circle = Shape("ellipse", [points[0], [radius, radius]])
        if drawn is None or drawn.kind != "ellipse":
            return [circle]
        return [drawn if np.allclose(circle.points, drawn.points, rtol=0, atol=1e-6) else circle]
    if kind == "line" or (kind == "linestrip" and len(points) == 2):
        return [Shape("length", points)]
    if kind == "linestrip":
        return [Shape("angle", points)] if own.kind == "angle" and len(points) == 3 else []
    if kind in ("polygon", "oriented_rectangle"):
        return [own.restored([points]) or Shape("polygon", ring_of(points))]
    return []


def _points(value: object) -> Points:
    if not isinstance(value, list) or not value:
        raise ValueError("no points")
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ValueError("points that are no pairs")
    return np.array([[number(x), number(y)] for x, y in value])
