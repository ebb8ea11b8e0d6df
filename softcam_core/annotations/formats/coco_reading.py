"""Reading COCO's JSON, and lists of images with boxes that are written after its manner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from softcam_core.annotations.formats import rle
from softcam_core.annotations.formats.exchange import (
    ImportedImage,
    ImportReport,
    Size,
)
from softcam_core.annotations.formats.outlines import mask_of, ring_of
from softcam_core.annotations.formats.own import OWN, Own, plain_attributes
from softcam_core.annotations.formats.reading import number, read_json, size_of
from softcam_core.annotations.formats.written import UNLABELLED
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import SoftcamError
from softcam_core.paths import shown

_NAMES = ("file_name", "filename", "file", "image", "path")
_BOXES = ("bbox", "bbox_xywh", "box")
_LABELS = ("label", "category", "category_name", "class")


def images_of(file: Path, report: ImportReport) -> Iterator[ImportedImage]:
    """Yield the images of a file.

    Beside COCO itself it may hold a list of images, each with its own ``annotations`` whose
    labels are written out and whose boxes are ``bbox`` or ``bbox_xywh``.

    Raises:
        SoftcamError: it is neither.
    """
    content = read_json(file)
    images = content.get("images") if isinstance(content, dict) else content
    nested = isinstance(content, list)
    if not isinstance(images, list) or not all(isinstance(image, dict) for image in images):
        raise SoftcamError(f"{shown(file)} is no COCO file (it has no images); choose another.")
    if nested and not any(isinstance(image.get("annotations"), list) for image in images):
        raise SoftcamError(
            f"{shown(file)} is a list without images and their annotations, as detectors write "
            "their results; choose the COCO file with the images."
        )
    labels, annotations = {}, {}
    if not nested:
        labels = _labels(content.get("categories"))
        annotations = _by_image(content.get("annotations"), file)
    seen = set()
    for index, image in enumerate(images, 1):
        name = next((image[key] for key in _NAMES if isinstance(image.get(key), str)), "")
        if not name:
            report.problem(shown(file.name), f"Image {index} of {shown(file)} has no file name.")
            continue
        key = image.get("id") if isinstance(image.get("id"), int | str) else None
        seen.add(key)
        entries = image.get("annotations") if nested else annotations.get(key, [])
        yield _image(image, name, entries if isinstance(entries, list) else [], labels, report)
    for key in annotations.keys() - seen:
        report.problem(
            shown(file.name),
            f"{len(annotations[key])} annotations of {shown(file)} are left out: it has no image "
            f"with the id {key!r}.",
        )


def _labels(categories: object) -> dict[Any, str]:
    entries = categories if isinstance(categories, list) else []
    return {
        entry["id"]: entry["name"]
        for entry in entries
        if isinstance(entry, dict)
        and isinstance(entry.get("id"), int | str)
        and isinstance(entry.get("name"), str)
    }


def _by_image(entries: object, file: Path) -> dict[Any, list[Any]]:
    if not isinstance(entries, list):
        raise SoftcamError(
            f"{shown(file)} is no COCO file (it has no annotations); choose another."
        )
    found: dict[Any, list[Any]] = {}
    for entry in entries:
        key = entry.get("image_id") if isinstance(entry, dict) else None
        found.setdefault(key if isinstance(key, int | str) else None, []).append(entry)
    return found


def _image(
    image: dict[str, Any],
    name: str,
    entries: list[Any],
    labels: dict[Any, str],
    report: ImportReport,
) -> ImportedImage:
    size = size_of(image.get("width"), image.get("height"))
    findings = []
    for index, entry in enumerate(entries, 1):
        try:
            if not isinstance(entry, dict):
                raise ValueError("no fields")
            own = _own(entry)
            shapes = _shapes(entry, own, name, size or report.size_of(name), report)
            findings += [own.finding(shape, _label(entry, labels)) for shape in shapes]
        except ValueError as error:
            report.problem(name, f"Annotation {index} is left out: it has {error}.")
    own_fields = image.get(OWN)
    extra = own_fields if isinstance(own_fields, dict) else {}
    grades, measures = extra.get("grades"), extra.get("measures")
    for entry in measures if isinstance(measures, list) else []:
        own = Own.parse(entry)
        shape = own.shape()
        label = entry.get("label") if isinstance(entry, dict) else None
        if shape is not None:
            findings.append(own.finding(shape, label if isinstance(label, str) else ""))
    return ImportedImage(
        name,
        size,
        findings,
        grades={k: v for k, v in grades.items() if isinstance(v, str)}
        if isinstance(grades, dict)
        else {},
    )


def _own(entry: dict[str, Any]) -> Own:
    own = Own.parse(entry.get(OWN))
    own.attributes.update(plain_attributes(entry.get("attributes")))
    return own


def _label(entry: dict[str, Any], labels: dict[Any, str]) -> str:
    key = entry.get("category_id")
    if isinstance(key, int | str) and key in labels:
        return labels[key]
    written = next((entry[key] for key in _LABELS if isinstance(entry.get(key), str)), None)
    if written is not None:
        return str(written)
    return UNLABELLED if key is None else f"category {key}"


def _shapes(
    entry: dict[str, Any], own: Own, name: str, size: Size | None, report: ImportReport
) -> list[Shape]:
    segmentation = entry.get("segmentation")
    for key, what in (("keypoints", "keypoints"), ("component_boxes_xywh", "boxes of parts")):
        if entry.get(key):
            report.lose(f"{what} left out", name)
    if isinstance(segmentation, dict):
        return _run_lengths(segmentation, size)
    if isinstance(segmentation, list) and segmentation:
        return _outlines(segmentation, own, name, size, report)
    box = next((entry[key] for key in _BOXES if entry.get(key) is not None), None)
    if not isinstance(box, list) or len(box) != 4:
        raise ValueError("neither an outline nor a box")
    x, y, width, height = (number(value) for value in box)
    if width <= 0 or height <= 0:
        raise ValueError("a box without area")
    return [Shape("box", [[x, y], [x + width, y + height]])]


def _run_lengths(segmentation: dict[str, Any], size: Size | None) -> list[Shape]:
    counts, written = segmentation.get("counts"), segmentation.get("size")
    if not isinstance(written, list) or len(written) != 2:
        raise ValueError("run lengths without a size")
    own_size = size_of(written[1], written[0])
    if own_size is None or (size is not None and own_size != size):
        raise ValueError("run lengths of another size than the image's")
    if isinstance(counts, str):
        runs = rle.decompress(counts)
    elif isinstance(counts, list) and all(type(run) is int for run in counts):
        runs = counts
    else:
        raise ValueError("run lengths that are no numbers")
    try:
        found = rle.mask_of(runs, own_size)
    except (OverflowError, MemoryError) as error:
        raise ValueError("run lengths that do not fill the image") from error
    if found is None:
        raise ValueError("a mask without pixels")
    return [Shape("mask", found[0], mask=found[1])]


def _outlines(
    segmentation: list[Any], own: Own, name: str, size: Size | None, report: ImportReport
) -> list[Shape]:
    if not all(isinstance(ring, list) for ring in segmentation):
        segmentation = [segmentation]  # one outline without the list around it
    flat = [[number(value) for value in ring] for ring in segmentation]
    if all(len(ring) % 2 == 0 for ring in flat):
        drawn = own.restored([np.array(ring).reshape(-1, 2) for ring in flat])
        if drawn is not None:
            return [drawn]
    rings = [ring_of(ring) for ring in flat]
    if len(rings) == 1:
        return [Shape("polygon", rings[0])]
    if size is None:
        raise ValueError("several outlines, and the size of its image is not known")
    report.lose("outlines of one object read as a mask of pixels", name)
    found = mask_of([[ring] for ring in rings], size)
    if found is None:
        raise ValueError("outlines without a pixel inside")
    return [Shape("mask", found[0], mask=found[1])]
