"""Measurement groups of TID 1500: a mark, a measurement or a grade as DICOM writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from softcam_core.annotations.formats import dicom_codes
from softcam_core.annotations.formats.dicom_common import Source, uid_of
from softcam_core.annotations.formats.dicom_regions import region_of
from softcam_core.annotations.formats.exchange import Size
from softcam_core.annotations.formats.own import kept_attributes
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.annotations.shapes.sizes import measure

if TYPE_CHECKING:
    from highdicom.sr import (
        CodedConcept,
        Measurement,
        MeasurementsAndQualitativeEvaluations,
        PlanarROIMeasurementsAndQualitativeEvaluations,
        TrackingIdentifier,
    )

    Group = PlanarROIMeasurementsAndQualitativeEvaluations | MeasurementsAndQualitativeEvaluations

COMMENT = ("121106", "DCM", "Comment")
CERTAINTY, GRADE, SHAPE, LABEL = "certainty", "grade", "shape", "label"
"""Names of what this program adds to a group, in the private scheme."""

# Beyond this a 32-bit number is more than a thousandth of a pixel off.
_COARSE = 16384.0


def mark_group(
    record: AnnotationRecord, meaning: str, source: Source, size: Size
) -> tuple[Group | None, list[str]]:
    """Return the group of an annotation, None if nothing of it lies in the image; and losses.

    ``meaning``: of the annotation's label, in full words.
    """
    from highdicom.sr import ImageRegion, QualitativeEvaluation, SourceImageForRegion
    from highdicom.sr import MeasurementsAndQualitativeEvaluations as Measures
    from highdicom.sr import PlanarROIMeasurementsAndQualitativeEvaluations as Planar

    losses: list[str] = []
    certainty = record.attributes.get("certainty")
    evaluations = (
        [QualitativeEvaluation(dicom_codes.private(CERTAINTY), dicom_codes.private(str(certainty)))]
        if certainty
        else None
    )
    tracking, finding = _tracking(record, source), dicom_codes.label_code(record.label, meaning)
    group: Group
    if record.kind in MEASURES:
        points = record.shape.points
        if (points < 0).any() or (points > np.array(size)).any():
            return None, [f"{record.kind} that reaches past the image left out"]
        group = Measures(
            tracking,
            finding_type=finding,
            measurements=[_measurement(record.shape, source)],
            qualitative_evaluations=evaluations,
        )
    else:
        region, losses = region_of(record.shape, size)
        if region is None:
            return None, losses
        graphic, points = region
        image = SourceImageForRegion(source.dataset.SOPClassUID, source.uid)
        group = Planar(
            tracking,
            referenced_region=ImageRegion(graphic, points.astype(np.float32), image),
            finding_type=finding,
            qualitative_evaluations=evaluations,
        )
    if points.max() > _COARSE:
        losses = [*losses, "coordinate rounded to a 32-bit number"]
    note = record.attributes.get("note")
    _add_text(group, dicom_codes.private(SHAPE), _exact(record))
    _add_text(group, dicom_codes.private(LABEL), record.label or dicom_codes.UNLABELLED)
    if note:
        _add_text(group, dicom_codes.concept(*COMMENT), str(note))
    return group, losses


def grade_group(grade: str, reader: str, source: Source) -> Group:
    """Return the group of a grade of the whole image."""
    from highdicom.sr import (
        MeasurementsAndQualitativeEvaluations,
        QualitativeEvaluation,
        SourceImageForMeasurementGroup,
        TrackingIdentifier,
    )

    image = SourceImageForMeasurementGroup(source.dataset.SOPClassUID, source.uid)
    return MeasurementsAndQualitativeEvaluations(
        TrackingIdentifier(uid_of("grade", source.uid, reader), "grade of the image"),
        qualitative_evaluations=[
            QualitativeEvaluation(dicom_codes.private(GRADE), dicom_codes.private(grade))
        ],
        source_images=[image],
    )


def _exact(record: AnnotationRecord) -> str:
    """Return the shape as JSON; of a mask the kind alone, because its outline says the rest."""
    said: dict[str, Any] = {"kind": record.kind}
    if record.kind != "mask":
        said |= {"points": record.points, "angle": record.angle}
    more = {k: v for k, v in kept_attributes(record).items() if k not in ("certainty", "note")}
    if more:
        said["attributes"] = more
    return json.dumps(said)


def _tracking(record: AnnotationRecord, source: Source) -> TrackingIdentifier:
    from highdicom.sr import TrackingIdentifier

    uid = uid_of("mark", source.uid, record.reader, record.id, record.created.isoformat())
    return TrackingIdentifier(uid, f"{record.label or dicom_codes.UNLABELLED} {record.id}")


def _add_text(group: Group, name: CodedConcept, value: str) -> None:
    from highdicom.sr import TextContentItem

    group[0].ContentSequence.append(TextContentItem(name, value, relationship_type="CONTAINS"))


def _measurement(shape: Shape, source: Source) -> Measurement:
    from highdicom.sr import CoordinatesForMeasurement, Measurement, SourceImageForRegion
    from pydicom.sr.codedict import codes

    image = SourceImageForRegion(source.dataset.SOPClassUID, source.uid)
    measured = measure(shape, source.spacing)
    if shape.kind == "length":
        name = codes.SCT.Length
        unit = codes.UCUM.Millimeter if measured.unit == "mm" else _pixels()
    else:
        name, unit = codes.SCT.Angle, codes.UCUM.Degree
    coordinates = CoordinatesForMeasurement("POLYLINE", shape.points.astype(np.float32), image)
    return Measurement(name, measured.value, unit, referenced_coordinates=[coordinates])


def _pixels() -> CodedConcept:
    return dicom_codes.concept("{pixels}", "UCUM", "pixels")
