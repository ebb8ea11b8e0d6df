"""GeoJSON (RFC 7946) as QuPath uses it, for all images in one FeatureCollection.

Coordinates are image pixels, x right and y down, (0, 0) the top left corner of the image, as in
QuPath. A feature's property ``image`` names its image. Exterior rings run from the x axis towards
the y axis and holes the other way, as the RFC wants; a ring drawn the other way round is marked
so in the program's own fields. Images and grades stand in a member of the collection's own.
"""

from __future__ import annotations

import json
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
    Size,
)
from softcam_core.annotations.formats.outlines import (
    Polygon,
    mask_of,
    polygons_of,
    ring_of,
    same_rings,
    signed_area,
)
from softcam_core.annotations.formats.own import OWN, Own, own_fields
from softcam_core.annotations.formats.reading import files_below, number, read_json, size_of
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.annotations.shapes import MEASURES, Points, Shape
from softcam_core.errors import SoftcamError
from softcam_core.paths import shown


class GeoJson(Format):
    """GeoJSON."""

    id = "geojson"
    name = "GeoJSON (QuPath)"
    file = "annotations.json"
    cannot = (
        "GeoJSON has no ellipses, splines and pixel masks: other programs show these as polygons; "
        "this program reads them back as they were drawn."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        labels: list[LabelRecord],
        folder: Path,
        _options: ExportOptions,
        _report: ExportReport,
    ) -> None:
        """Write ``annotations.json``."""
        colors = {label.name: _rgb(label.color) for label in labels}
        images = []
        with (folder / self.file).open("w", encoding="utf-8") as file:
            file.write('{"type": "FeatureCollection", "features": [')
            before = "\n"
            for case in cases:
                width, height = case.size
                images.append(
                    {
                        "image": case.relative,
                        "width": width,
                        "height": height,
                        "grades": case.grades,
                    }
                )
                for record in case.records:
                    file.write(before + json.dumps(_feature(record, case, colors)))
                    before = ",\n"
            file.write(f'\n], "{OWN}": {json.dumps({"images": images})}}}\n')

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield each image of one file, or of the files of a folder."""
        for file in files_below(path, ".json", ".geojson"):
            try:
                yield from _images(file, report)
            except SoftcamError as error:
                if path.is_file():
                    raise
                report.problem(shown(file.name), str(error))


def _rgb(color: str) -> list[int]:
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


def _feature(
    record: AnnotationRecord, case: ExportCase, colors: dict[str, list[int]]
) -> dict[str, Any]:
    own = own_fields(record)
    properties: dict[str, Any] = {"objectType": "annotation", "image": case.relative}
    if record.label:
        properties["classification"] = {"name": record.label}
        if record.label in colors:
            properties["classification"]["color"] = colors[record.label]
    shape = record.shape
    if shape.kind == "point":
        geometry: dict[str, Any] = {"type": "Point", "coordinates": record.points[0]}
    elif shape.kind in MEASURES:
        geometry = {"type": "LineString", "coordinates": record.points}
    else:
        polygons = polygons_of(shape)
        rings = [[_wound(ring, i == 0) for i, ring in enumerate(p)] for p in polygons]
        if shape.kind in ("polygon", "freehand") and rings[0][0] is not polygons[0][0]:
            own["reversed"] = True
        closed = [[[*ring.tolist(), ring[0].tolist()] for ring in rings] for rings in rings]
        single = len(closed) == 1
        geometry = {
            "type": "Polygon" if single else "MultiPolygon",
            "coordinates": closed[0] if single else closed,
        }
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {**properties, OWN: own},
    }


def _wound(ring: Points, outer: bool) -> Points:
    """Return a ring that runs the way the RFC wants, from the same first point."""
    if (signed_area(ring) >= 0) == outer:
        return ring
    return np.concatenate([ring[:1], ring[:0:-1]])


def _images(file: Path, report: ImportReport) -> Iterator[ImportedImage]:
    content = read_json(file)
    features = content.get("features") if isinstance(content, dict) else content
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise SoftcamError(f"{shown(file)} is no GeoJSON FeatureCollection; choose another file.")
    known = _own_images(content.get(OWN) if isinstance(content, dict) else None)
    by_image: dict[str, list[tuple[int, dict[str, Any]]]] = {name: [] for name in known}
    for index, feature in enumerate(features, 1):
        properties = feature.get("properties")
        name = properties.get("image") if isinstance(properties, dict) else None
        # QuPath writes a file for each image and names it by the image.
        named = name if isinstance(name, str) and name else file.stem
        by_image.setdefault(named, []).append((index, feature))
    for name, own_features in by_image.items():
        entry = known.get(name, {})
        size = size_of(entry.get("width"), entry.get("height"))
        findings = []
        for index, feature in own_features:
            try:
                findings += _findings(feature, name, size or report.size_of(name), report)
            except ValueError as error:
                report.problem(
                    name, f"Feature {index} of {shown(file)} is left out: it has {error}."
                )
        grades = entry.get("grades")
        grades = grades if isinstance(grades, dict) else {}
        yield ImportedImage(
            name,
            size,
            findings,
            grades={k: v for k, v in grades.items() if isinstance(v, str)},
        )


def _own_images(own: object) -> dict[str, dict[str, Any]]:
    images = own.get("images") if isinstance(own, dict) else None
    if not isinstance(images, list):
        return {}
    entries = [entry for entry in images if isinstance(entry, dict)]
    return {entry["image"]: entry for entry in entries if isinstance(entry.get("image"), str)}


def _findings(
    feature: dict[str, Any], name: str, size: Size | None, report: ImportReport
) -> list[Finding]:
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    own = Own.parse(properties.get(OWN))
    turned = isinstance(properties.get(OWN), dict) and properties[OWN].get("reversed") is True
    shapes = _shapes(feature.get("geometry"), own, turned, name, size, report)
    return [own.finding(shape, _label(properties)) for shape in shapes]


def _label(properties: dict[str, Any]) -> str:
    classification = properties.get("classification")
    if isinstance(classification, dict):
        names = classification.get("names")
        # QuPath writes either; several names are one class below another.
        joined = ": ".join(map(str, names)) if isinstance(names, list) else None
        found = classification.get("name", joined)
    else:
        found = properties.get("label", properties.get("name"))
    return found if isinstance(found, str) else ""


def _shapes(
    geometry: Any, own: Own, turned: bool, name: str, size: Size | None, report: ImportReport
) -> list[Shape]:
    if not isinstance(geometry, dict):
        raise ValueError("no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(coordinates, list) or not coordinates:
        raise ValueError("no coordinates")
    if kind == "Point":
        return [Shape("point", _pair(coordinates))]
    if kind == "MultiPoint":
        return [Shape("point", _pair(pair)) for pair in coordinates]
    if kind == "LineString":
        line = [_pair(pair) for pair in coordinates]
        measure = own.kind if own.kind in MEASURES else "length" if len(line) == 2 else ""
        if not measure:
            report.lose("line of several pieces left out", name)
            return []
        return [Shape(measure, line)]
    if kind not in ("Polygon", "MultiPolygon"):
        report.lose(f"{kind} left out", name)
        return []
    parts = coordinates if kind == "MultiPolygon" else [coordinates]
    if not all(isinstance(part, list) and part for part in parts):
        raise ValueError("a polygon without rings")
    open_ = [[_opened(ring) for ring in part] for part in parts]
    if len(open_) == 1 and len(open_[0]) == 1:
        ring = open_[0][0]
        backward = np.concatenate([ring[:1], ring[:0:-1]])
        drawn = own.restored([backward if turned else ring]) or own.restored([backward])
        if drawn is not None:
            return [drawn]
    polygons = [[ring_of(ring) for ring in part] for part in open_]
    return _areas(polygons, own, name, size, report)


def _areas(
    polygons: list[Polygon],
    own: Own,
    name: str,
    size: Size | None,
    report: ImportReport,
) -> list[Shape]:
    rings = [ring for polygon in polygons for ring in polygon]
    if own.kind == "mask" and all(same_rings([ring], [np.rint(ring)]) for ring in rings):
        low = np.min([ring.min(axis=0) for ring in rings], axis=0)
        high = np.max([ring.max(axis=0) for ring in rings], axis=0)
        whole = tuple((high - low).astype(int).tolist())
        if size is None or max(whole) <= 2 * max(size):
            found = mask_of([[ring - low for ring in polygon] for polygon in polygons], whole)
            return [] if found is None else [Shape("mask", found[0] + low, mask=found[1])]
    if len(rings) == 1:
        return [Shape("polygon", rings[0])]
    if all(len(polygon) == 1 for polygon in polygons):
        report.lose("MultiPolygon read as one polygon a part", name)
        return [Shape("polygon", ring) for ring in rings]
    if size is None:
        raise ValueError("holes, and the size of its image is not known")
    report.lose("polygon with holes read as a mask of pixels", name)
    found = mask_of(polygons, size)
    return [] if found is None else [Shape("mask", found[0], mask=found[1])]


def _opened(values: Any) -> Points:
    """Return a ring (N, 2) without the repeated point at its end, heights left out.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(values, list) or not values:
        raise ValueError("a ring that is no list")
    pairs = [_pair(value) for value in values]
    return np.array(pairs[:-1] if len(pairs) > 1 and pairs[0] == pairs[-1] else pairs)


def _pair(value: Any) -> list[float]:
    if not isinstance(value, list) or len(value) < 2:
        raise ValueError("a position that is no pair of numbers")
    return [number(value[0]), number(value[1])]
