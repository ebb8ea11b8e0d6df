"""What only this program knows of a shape, beside the geometry that every program reads.

Formats that allow fields of one's own hold, under `OWN`, how a shape was drawn: its kind, its
control points, who drew it, and its attributes. An ellipse is a polygon to other programs and
comes back as an ellipse. What another program has changed since then counts: where the polygon
is no longer the ellipse's, the polygon is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from softcam_core.annotations.formats.exchange import WINDOW_ATTRIBUTES, Finding
from softcam_core.annotations.formats.outlines import polygons_of, same_rings
from softcam_core.annotations.formats.reading import FARTHEST, number
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.shapes import KINDS, Points, Shape

OWN = "softcam"

_RINGS = ("polygon", "freehand")


def kept_attributes(record: AnnotationRecord) -> dict[str, Any]:
    """Return the attributes that belong to the finding, not to the window."""
    return {k: v for k, v in record.attributes.items() if k not in WINDOW_ATTRIBUTES}


def own_fields(record: AnnotationRecord) -> dict[str, Any]:
    """Return what a file says under `OWN` about a shape; JSON can hold it.

    The points of outlines and the pixels of masks are left to the format's own geometry.
    """
    own: dict[str, Any] = {"kind": record.kind, "reader": record.reader}
    if record.kind not in (*_RINGS, "mask"):
        own["points"] = record.points
    if record.angle:
        own["angle"] = record.angle
    if not record.label:
        own["label"] = ""
    attributes = kept_attributes(record)
    if attributes:
        own["attributes"] = attributes
    return own


@dataclass(frozen=True)
class Own:
    """The own fields of a shape as a file has them; what makes no sense is left out."""

    kind: str = ""
    points: list[Any] = field(default_factory=list)
    angle: float = 0.0
    reader: str = ""
    unlabelled: bool = False
    attributes: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def parse(cls, value: object) -> Own:
        """Take the own fields of a file that may come from anywhere."""
        if not isinstance(value, dict):
            return cls()
        kind, points, angle = value.get("kind"), value.get("points"), value.get("angle", 0.0)
        reader, attributes = value.get("reader"), value.get("attributes")
        return cls(
            kind=kind if kind in KINDS else "",
            points=points if isinstance(points, list) else [],
            angle=_angle(angle),
            reader=reader if isinstance(reader, str) else "",
            unlabelled=value.get("label") == "",
            attributes=plain_attributes(attributes),
        )

    def shape(self) -> Shape | None:
        """Return the shape by its own points, None where they make none."""
        if not self.kind or self.kind == "mask":
            return None
        try:
            shape = Shape(self.kind, self.points, self.angle)
        except (TypeError, ValueError, OverflowError):
            return None
        return shape if np.abs(shape.points).max() <= FARTHEST else None

    def restored(self, rings: list[Points]) -> Shape | None:
        """Return the shape as it was drawn, None unless it has the outline of the file.

        ``rings`` are as the format wrote them, a last point upon the first one kept.
        """
        if self.kind in _RINGS and len(rings) == 1 and len(rings[0]) >= 3:
            return Shape(self.kind, rings[0])
        shape = self.shape()
        if shape is None or not all(len(ring) for ring in rings):
            return None
        if shape.kind == "point":
            every = np.concatenate(rings)
            middle = (every.min(axis=0) + every.max(axis=0)) / 2
            return shape if np.allclose(middle, shape.points[0], rtol=0, atol=1e-6) else None
        drawn = [ring for polygon in polygons_of(shape) for ring in polygon]
        return shape if same_rings(drawn, rings) else None

    def finding(self, shape: Shape, label: str) -> Finding:
        """Return a shape of the file with what is known beside its geometry."""
        return Finding(
            kind=shape.kind,
            points=shape.points.tolist(),
            label="" if self.unlabelled else label,
            angle=shape.angle,
            mask=shape.mask,
            reader=self.reader,
            attributes=self.attributes,
        )


def _angle(value: object) -> float:
    try:
        return number(value)
    except ValueError:
        return 0.0


def plain_attributes(value: object) -> dict[str, Any]:
    """Return attributes by name that are the finding's and that JSON can hold."""
    if not isinstance(value, dict):
        return {}
    kept = {k: v for k, v in value.items() if isinstance(k, str) and k not in WINDOW_ATTRIBUTES}
    try:
        json.dumps(kept, allow_nan=False)
    except (TypeError, ValueError):
        return {}
    return kept
