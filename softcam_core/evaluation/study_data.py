"""A study as the data of an evaluation. Free of torch."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

from softcam_core.annotations.formats.outlines import with_area
from softcam_core.annotations.mask_files import clipped
from softcam_core.annotations.opening import open_to_read
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.shapes import MEASURES
from softcam_core.annotations.spelling import Spelling
from softcam_core.annotations.truth import resolve_truth
from softcam_core.errors import EvaluationError, SoftcamError
from softcam_core.evaluation.items import Boxes, EvaluationData, Item, Mask, Truth, names_shown
from softcam_core.evaluation.masks import part_boxes
from softcam_core.paths import exists, is_device, shown


class StudyData(EvaluationData):
    """The cases of a study, with the marks and grades of those who count."""

    def __init__(
        self,
        path: Path,
        reader: str | None = None,
        cases: Collection[int] | None = None,
        labels: Sequence[str] = (),
    ) -> None:
        """Open a study; ``cases``: only these; ``labels``: only marks of these, none for all.

        Raises:
            StudyError: the study cannot be opened; there is no such reader, or several and none
                was chosen.
            EvaluationError: there is no such file, none of the cases, or no such label.
        """
        if not exists(path):
            raise EvaluationError(f"There is no study {path}; check its name and folder.")
        self._study = open_to_read(path)
        try:
            self._readers = resolve_truth(self._study, reader)
            self._labels = tuple(dict.fromkeys(labels))
            self._check_labels()
            self._point_radius = self._study.point_radius
            self.name = shown(path.name)
            self.reader = self._readers.name
            self._read(cases)
        except BaseException:
            self._study.close()
            raise

    def truth(self, item: Item, size: tuple[int, int]) -> Truth | None:
        """Return what the readers who count marked; see `EvaluationData.truth`.

        The boxes are those of single shapes, cut to the image; where only pixels are left of the
        shapes (the majority, the union of several readers), those of the mask's connected parts.
        """
        case = int(item.key)
        if not self._read_by[case]:
            return None
        try:
            mask = self._mask(case)
            shapes = self._readers.shapes(case)
        except SoftcamError as error:
            raise EvaluationError(f"{item.where}: the marks cannot be used: {error}") from error
        if mask.shape != size:
            (rows, columns), (height, width) = mask.shape, size
            raise EvaluationError(
                f"{item.where}: the image is {width} x {height} pixels now and was {columns} x "
                f"{rows} when it was marked; put the old file back."
            )
        if shapes is None:
            return Truth(mask, part_boxes(mask))
        boxes, held = self._boxes(shapes, size)
        if held.all():
            return Truth(mask, boxes)
        lost = int((~held).sum())
        problem = (
            f"{item.where}: no pixel lies in {lost:,} of the {len(held):,} marks, which "
            f"{'does' if lost == 1 else 'do'} not count; draw larger ones on the image."
        )
        if not mask.any():
            raise EvaluationError(problem)
        return Truth(mask, boxes[held], None, (problem,))

    def close(self) -> None:
        """Close the study."""
        self._study.close()

    def _check_labels(self) -> None:
        known = {label.name for label in self._study.labels()}
        known |= {record.label for record in self._study.annotations()}
        for label in self._labels:
            if label not in known:
                raise EvaluationError(
                    f"The study {shown(self._study.path.name)} has no label {label!r}; choose from "
                    f"{', '.join(sorted(filter(None, known)))}."
                )

    def _mask(self, case: int) -> Mask:
        first, *others = self._labels or (None,)
        mask = self._readers.mask(case, first)
        for label in others:
            mask = mask | self._readers.mask(case, label)
        return mask

    def _counts(self, record: AnnotationRecord) -> bool:
        return not self._labels or record.label in self._labels

    def _read(self, wanted: Collection[int] | None) -> None:
        every = self._study.cases()
        found = [case for case in every if wanted is None or case.id in wanted]
        if not found:
            raise EvaluationError(f"{self.name} has none of the cases to evaluate; choose others.")
        names = names_shown([case.path for case in every], self._study.path.parent)
        places = {case.id: name for case, name in zip(every, names, strict=True)}
        blocking = [case for case in found if is_device(case.path)]
        self.problems = tuple(
            f"{self.name}, {places[case.id]}: the image is no file; the case is left out."
            for case in blocking
        )
        found = [case for case in found if case not in blocking]
        grades = self._grades([case.id for case in found])
        self._read_by = {case.id: self._readers.readers(case.id) for case in found}
        self.items = tuple(
            Item(
                key=str(case.id),
                path=case.path,
                shown=places[case.id],
                where=f"{self.name}, {places[case.id]}",
                patient=number,
                label=grades[case.id],
                modality=case.modality,
            )
            for number, case in enumerate(found)
        )
        covered = sum(map(bool, self._read_by.values()))
        marks = f" ({', '.join(self._labels)})" if self._labels else ""
        self.notes = (
            f"The truth of {self.name} is {self.reader}{marks}; "
            f"{covered:,} of {len(found):,} cases have been read.",
            *self.notes,
        )
        self.digest = self._digest()

    def _grades(self, cases: list[int]) -> dict[int, str]:
        """Return the label of each case, as the study's list of grades spells it."""
        labels, of_others = self._readers.grades(cases, Spelling(self._study.grade_names()))
        if of_others:
            self.notes = (
                f"{self.reader} graded nothing in {self.name}: labels are the grades that all who "
                "graded a case agree on.",
            )
        return labels

    def _boxes(self, shapes: list[AnnotationRecord], size: tuple[int, int]) -> tuple[Boxes, Mask]:
        drawn = (
            record.shape
            for record in shapes
            if record.kind not in MEASURES and self._counts(record)
        )
        around = [with_area(one, self._point_radius).bounds for one in drawn]
        return clipped(np.array(around, np.float64).reshape(-1, 4), size)

    def _digest(self) -> str:
        marks: dict[int, list[AnnotationRecord]] = defaultdict(list)
        for record in self._study.annotations():
            marks[record.case].append(record)
        found = hashlib.sha256(f"{self.reader} {self._point_radius} {self._labels}\n".encode())
        for item in self.items:
            case = int(item.key)
            readers = self._read_by[case]
            drawn = [
                part
                for record in marks[case]
                if record.reader in readers and self._counts(record)
                for part in _content(record)
            ]
            line = [item.key, item.shown, item.label, item.modality, readers, drawn]
            found.update(json.dumps(line).encode() + b"\n")
        return found.hexdigest()


def _content(record: AnnotationRecord) -> Iterator[object]:
    """Yield what decides on the pixels of a mark."""
    yield record.reader, record.kind, record.points, record.angle
    if record.packed is not None:
        yield hashlib.sha256(record.packed.bits).hexdigest()
