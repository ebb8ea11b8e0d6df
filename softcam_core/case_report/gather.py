"""Everything that the study and the image's file say of one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.records import AnnotationRecord, LabelRecord, ReadRecord
from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.annotations.study import Study
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
    """

    image: StoredImage
    marks: tuple[AnnotationRecord, ...]
    labels: dict[str, LabelRecord]
    grade: str
    reads: tuple[ReadRecord, ...]

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the image."""
        rows, columns = self.image.pixels.shape[:2]
        return int(rows), int(columns)

    def regions(self) -> dict[str, list[Shape]]:
        """Return the marks all together, and where labels differ, those of each label.

        Measurements are no findings, and what lies off the image is none either.
        """
        shapes = [(mark.label, mark.shape) for mark in self.marks if mark.kind not in MEASURES]
        found = {WHOLE: [shape for _, shape in shapes]}
        names = list(dict.fromkeys(label for label, _ in shapes))
        if len(names) > 1:
            found |= {
                name: [shape for label, shape in shapes if label == name] for name in names if name
            }
        return {name: own for name, own in found.items() if self.pixels(own).any()}

    def pixels(self, shapes: Sequence[Shape]) -> NDArray[np.bool_]:
        """Return the pixels of shapes together, (H, W) of the image."""
        return rasterize_union(shapes, self.size)

    def masks(self) -> dict[str, NDArray[np.bool_]]:
        """Return the pixels of `regions`."""
        return {name: self.pixels(shapes) for name, shapes in self.regions().items()}


def gather(asked: Asked) -> Gathered:
    """Read a case from the study and its image from the file.

    Nothing of other readers is read.

    Raises:
        ImageError: the image cannot be read.
        StudyError: the study cannot be read.
    """
    image = read_image(asked.path, asked.frame)
    with Study.open(asked.study, read_only=True) as study:
        return Gathered(
            image=image,
            marks=tuple(study.annotations(asked.case, asked.reader)),
            labels={label.name: label for label in study.labels()},
            grade=study.grades(asked.case).get(asked.reader, ""),
            reads=tuple(study.reads(asked.case, asked.reader)),
        )
