"""The marks of a study's case, as a figure draws them: shapes in the colours of their labels."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

from softcam_core.annotations.opening import open_to_read
from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.annotations.truth import resolve_truth
from softcam_core.plates.values import Mark


def study_marks(path: Path, whose: str, case: int) -> tuple[tuple[Mark, ...], float]:
    """Return the marks of a case, and the radius of the disc that stands for a point.

    Args:
        path: of the study.
        whose: a reader's name, ``union``, ``majority`` or ``adjudicated``; of several readers
            together there is one outline.
        case: its id.

    Raises:
        StudyError: the study cannot be read, or has no such reader.
    """
    with closing(open_to_read(path)) as study:
        radius = study.point_radius
        truth = resolve_truth(study, whose)
        records = truth.shapes(case)
        if records is None:
            mask = truth.mask(case)
            if not mask.any():
                return (), radius
            height, width = mask.shape
            return (Mark(Shape("mask", [[0, 0], [width, height]], mask=mask)),), radius
        colours = {label.name: label.color for label in study.labels()}
        marks = tuple(
            Mark(record.shape, record.label, _colour(colours.get(record.label, "")))
            for record in records
            if record.kind not in MEASURES
        )
        return marks, radius


def _colour(stored: str) -> str:
    """Return a label's colour; a study may hold what is none."""
    return stored if re.fullmatch("#[0-9a-fA-F]{6}", stored) else Mark.colour
