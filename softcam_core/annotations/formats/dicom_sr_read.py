"""Read the marks of a DICOM Structured Report with measurement groups, ours or another's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.formats import dicom_codes
from softcam_core.annotations.formats.dicom_common import reader_name
from softcam_core.annotations.formats.dicom_regions import same_region, shape_of
from softcam_core.annotations.formats.dicom_sr_groups import (
    CERTAINTY,
    COMMENT,
    GRADE,
    LABEL,
    SHAPE,
)
from softcam_core.annotations.formats.exchange import Finding, ImportReport
from softcam_core.annotations.formats.own import plain_attributes
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Key = tuple[str, str]

_GROUP: Key = ("DCM", "125007")
_FINDING: Key = ("DCM", "121071")
_OBSERVER: Key = ("DCM", "121008")
_ANGLES = {("SCT", "1483009"), ("DCM", "110859")}


@dataclass
class Reported:
    """What a report says about one image.

    Attributes:
        uid: SOP Instance UID of the image.
        reader: who observed, "" where the file does not say.
        grade: of the whole image, "" for none.
    """

    uid: str
    reader: str
    grade: str = ""
    findings: list[Finding] = field(default_factory=list)


def reported_images(file: Path, report: ImportReport) -> list[Reported] | None:
    """Return what a file says about each image; None if it is no report with measurements.

    Raises:
        SoftcamError: a report that is damaged.
    """
    import pydicom

    try:
        dataset = pydicom.dcmread(file, stop_before_pixels=True, force=True)
        if "ContentSequence" not in dataset:
            return None
        groups = [item for item in _items(dataset) if _key(item) == _GROUP]
        if not groups:
            return None
        found: dict[str, Reported] = {}
        named = (i for i in _items(dataset) if _key(i) == _OBSERVER)
        reader = reader_name(next((i.get("PersonName") for i in named), ""))
        for group in groups:
            _read_group(group, reader, found, file, report)
        return list(found.values())
    except SoftcamError:
        raise
    except Exception as error:  # Whatever pydicom makes of a damaged file.
        raise SoftcamError(
            f"{file.name} is damaged or no DICOM structured report; export it again from its "
            "source."
        ) from error


def _read_group(
    group: Dataset, reader: str, found: dict[str, Reported], file: Path, report: ImportReport
) -> None:
    texts = {_key(i): str(i.get("TextValue") or "") for i in group.ContentSequence}
    coded = {_key(i): i for i in group.ContentSequence if "ConceptCodeSequence" in i}
    exact = _parsed(texts.get((dicom_codes.SCHEME, SHAPE), ""))
    label = _label(texts, coded)
    attributes = plain_attributes(exact.get("attributes"))
    if (dicom_codes.SCHEME, CERTAINTY) in coded:
        attributes["certainty"] = _value(coded[dicom_codes.SCHEME, CERTAINTY])
    if texts.get((COMMENT[1], COMMENT[0])):
        attributes["note"] = texts[COMMENT[1], COMMENT[0]]
    if (dicom_codes.SCHEME, GRADE) in coded:
        grade = _value(coded[dicom_codes.SCHEME, GRADE])
        for uid in _images(group):
            found.setdefault(uid, Reported(uid, reader)).grade = grade
    for item, parent in _pairs(group):
        value_type = item.get("ValueType")
        if value_type == "SCOORD3D":
            report.lose("place in the patient's space left out", file.name)
        if value_type != "SCOORD":
            continue
        uids = _images(item) or _images(group)
        for shape_kind, points, angle, mask in _shapes(item, _key(parent), exact, file, report):
            finding = Finding(shape_kind, points, label, angle, mask, reader, dict(attributes))
            for uid in uids[:1]:
                found.setdefault(uid, Reported(uid, reader)).findings.append(finding)


Drawn = tuple[str, list[list[float]], float, NDArray[np.bool_] | None]


def _shapes(
    item: Dataset, measured: Key, exact: dict[str, Any], file: Path, report: ImportReport
) -> Iterator[Drawn]:
    """Yield what a region stands for: the exact shape if it is that one, else its own places."""
    graphic = str(item.get("GraphicType"))
    points = np.array(item.get("GraphicData"), float).reshape(-1, 2)
    if graphic == "MULTIPOINT":
        yield from (("point", [place.tolist()], 0.0, None) for place in points)
        return
    said = _said(exact)
    try:
        if said is not None and same_region(said, graphic, points):
            shape: Shape | None = said
        elif graphic == "POLYLINE" and len(points) == 2:
            shape = Shape("length", points)
        elif graphic == "POLYLINE" and len(points) == 3 and measured in _ANGLES:
            shape = Shape("angle", points)
        else:
            shape = shape_of(graphic, points, mask=exact.get("kind") == "mask")
    except ValueError:
        shape = None
    if shape is None:
        report.lose(f"{graphic.lower()} that makes no shape left out", file.name)
        return
    yield shape.kind, shape.points.tolist(), shape.angle, shape.mask


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(exact: dict[str, Any]) -> Shape | None:
    """Return the shape that a text item describes, None if it describes none."""
    try:
        return Shape(exact["kind"], exact["points"], exact.get("angle", 0.0))
    except (KeyError, TypeError, ValueError):
        return None


def _label(texts: dict[Key, str], coded: dict[Key, Dataset]) -> str:
    label = texts.get((dicom_codes.SCHEME, LABEL))
    if label is not None:
        return "" if label == dicom_codes.UNLABELLED else label
    finding = coded.get(_FINDING)
    return str(finding.ConceptCodeSequence[0].get("CodeMeaning") or "") if finding else ""


def _items(parent: Dataset) -> Iterator[Dataset]:
    for item in parent.get("ContentSequence") or []:
        yield item
        yield from _items(item)


def _pairs(parent: Dataset) -> Iterator[tuple[Dataset, Dataset]]:
    for item in parent.get("ContentSequence") or []:
        yield item, parent
        yield from _pairs(item)


def _images(parent: Dataset) -> list[str]:
    """Return the UIDs of the images that an item refers to, each once."""
    uids = {
        str(reference.ReferencedSOPInstanceUID): None
        for item in _items(parent)
        if item.get("ValueType") == "IMAGE"
        for reference in item.get("ReferencedSOPSequence") or []
    }
    return list(uids)


def _key(item: Dataset) -> Key:
    """Return the scheme and the value of an item's concept name, empty where it has none."""
    names = item.get("ConceptNameCodeSequence") or []
    return _code(names[0]) if names else ("", "")


def _code(code: Dataset) -> Key:
    value = code.get("CodeValue") or code.get("LongCodeValue") or code.get("URNCodeValue") or ""
    return str(code.get("CodingSchemeDesignator") or ""), str(value)


def _value(item: Dataset) -> str:
    scheme, value = _code(item.ConceptCodeSequence[0])
    meaning = str(item.ConceptCodeSequence[0].get("CodeMeaning") or "")
    return value if scheme == dicom_codes.SCHEME else meaning
