"""Everything that the study and the image's file say of one case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.arguments import MAJORITY
from softcam_core.annotations.rasterize import POINT_RADIUS, rasterize_union
from softcam_core.annotations.records import AnnotationRecord, LabelRecord, ReadRecord
from softcam_core.annotations.seen import MODEL_SEEN, first_seen
from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.annotations.study import Study
from softcam_core.annotations.truth import resolve_truth
from softcam_core.case_report.values import Asked
from softcam_core.imaging.read import read_image
from softcam_core.imaging.stored import StoredImage

WHOLE = ""
"""The region of all marks together, among those of single labels."""


@dataclass(frozen=True)
class Gathered:
    """A case as it is stored.

    Attributes:
        image: decoded.
        marks: the reader's own, in the order they were drawn.
        labels: of the study, by name.
        grade: the reader's own, "" for none.
        reads: the reader's own, in the order they began.
        truth: (label, shape) of the marks that maps are measured against, where they are not the
            reader's own; measurements are not among them.
        point_radius: of the disc that stands for a point, in pixels, as the study has it.
        seen: when the model's word on the case was first on the reader's screen, where known.
        states: of each read the grade and the marks, ``MA 2, HE``, as they were when it was
            locked, or as they are.
    """

    image: StoredImage
    marks: tuple[AnnotationRecord, ...]
    labels: dict[str, LabelRecord]
    grade: str
    reads: tuple[ReadRecord, ...]
    truth: tuple[tuple[str, Shape], ...] | None = None
    point_radius: float = POINT_RADIUS
    seen: datetime | None = None
    states: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the image."""
        rows, columns = self.image.pixels.shape[:2]
        return int(rows), int(columns)

    def regions(self) -> dict[str, list[Shape]]:
        """Return the marks that count together, and where labels differ, those of each label.

        Measurements are no findings, and what lies off the image is none either.
        """
        shapes = _findings(self.marks) if self.truth is None else self.truth
        found = {WHOLE: [shape for _, shape in shapes]}
        names = list(dict.fromkeys(label for label, _ in shapes))
        if len(names) > 1:
            found |= {
                name: [shape for label, shape in shapes if label == name] for name in names if name
            }
        return {name: own for name, own in found.items() if self.pixels(own).any()}

    def pixels(self, shapes: Sequence[Shape]) -> NDArray[np.bool_]:
        """Return the pixels of shapes together, (H, W) of the image."""
        return rasterize_union(shapes, self.size, self.point_radius)

    def masks(self) -> dict[str, NDArray[np.bool_]]:
        """Return the pixels of `regions`."""
        return {name: self.pixels(shapes) for name, shapes in self.regions().items()}


def gather(asked: Asked) -> Gathered:
    """Read a case from the study and its image from the file.

    Nothing of other readers is read, but the marks that the maps are measured against where
    those are wanted and may be seen.

    Raises:
        ImageError: the image cannot be read.
        StudyError: the study cannot be read, or has no such reader.
    """
    image = read_image(asked.path, asked.frame)
    with Study.open(asked.study, read_only=True) as study:
        reads = tuple(study.reads(asked.case, asked.reader))
        seen = first_seen(study.events(MODEL_SEEN), asked.reader)
        return Gathered(
            image=image,
            marks=tuple(study.annotations(asked.case, asked.reader)),
            labels={label.name: label for label in study.labels()},
            grade=study.grades(asked.case).get(asked.reader, ""),
            reads=reads,
            seen=seen.get(asked.case),
            states=tuple(_state(study, read) for read in reads),
            truth=_truth(study, asked) if asked.measured else None,
            point_radius=study.point_radius,
        )


def _state(study: Study, read: ReadRecord) -> tuple[str, str]:
    """Return grade and marks of a read's case by its reader, at its lock or now."""
    case, reader = read.case, read.reader
    if read.locked is None:
        grade = study.grades(case).get(reader, "")
        marks = study.annotations(case, reader)
    else:
        grade = study.grade_at(case, reader, read.edit) or ""
        marks = study.annotations_at(case, reader, read.edit)
    counts = Counter(mark.label or mark.kind for mark in marks)
    return grade, ", ".join(f"{name} {n}" if n > 1 else name for name, n in counts.items())


def _findings(marks: Iterable[AnnotationRecord]) -> tuple[tuple[str, Shape], ...]:
    """Return label and shape of each mark that is a finding."""
    return tuple((mark.label, mark.shape) for mark in marks if mark.kind not in MEASURES)


def _truth(study: Study, asked: Asked) -> tuple[tuple[str, Shape], ...]:
    """Return the marks of one reader or of several; of the majority its pixels by label."""
    truth = resolve_truth(study, asked.measured)
    of_all = [m for r in truth.readers(asked.case) for m in study.annotations(asked.case, r)]
    found = _findings(of_all)
    if truth.name != MAJORITY:
        return found  # The pixels of several readers' shapes together are the union.
    labels = dict.fromkeys(label for label, _ in found)
    masks = ((label, truth.mask(asked.case, label)) for label in labels)
    return tuple((label, Shape("mask", (), mask=mask)) for label, mask in masks if mask.any())
