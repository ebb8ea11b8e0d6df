"""Readers against a model: their lesions with its thresholded map, their grades with its class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from softcam_core.agreement.compare import (
    Cancelled,
    Progress,
    Settings,
    compare_case,
    grade_rows,
    mask_rows,
    number_row,
)
from softcam_core.agreement.field import MapOnImage, map_on_image
from softcam_core.agreement.lesions import Criterion
from softcam_core.agreement.measures import Weights, dice_of
from softcam_core.agreement.patches import parts_of
from softcam_core.agreement.reading import Marks, ReadCase, Reading
from softcam_core.agreement.reads import LAST, Reads
from softcam_core.agreement.table import Agreement, CaseRow, Row
from softcam_core.agreement.threshold import Threshold, default_threshold
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, ModelError, SoftcamError, StudyError
from softcam_core.explain.attribution import attribute, check_applies
from softcam_core.imaging.read import read_image
from softcam_core.models.predict import Prediction, predict
from softcam_core.models.softcam import Network
from softcam_core.training.matching import ClassOfGrade

SHARES: tuple[float, ...] = tuple(n / 20 for n in range(20))
"""Shares of a map's maximum among which the best threshold is looked for."""


def agreement_with_model(
    study: Study,
    model: Network,
    readers: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    criterion: Criterion = "iou",
    iou: float = 0.5,
    *,
    method: str = "evidence",
    class_: str | None = None,
    threshold: Threshold | None = None,
    best: bool = False,
    name: str = "",
    weights: Weights = "none",
    components: bool = False,
    distances: bool = True,
    cases: Collection[int] | None = None,
    reads: Reads = LAST,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Agreement:
    """Compare readers with what a model marks.

    The model explains each image that one of the readers read, from its stored pixels. The map of
    one class is upsampled over the region that the model sees (bicubic, half-pixel) and marks the
    pixels above the threshold; each connected part of these is a lesion, whatever its label. What
    the model does not see it does not mark: a reader's marks there count as missed. A reader's
    grade is compared with the predicted class where the grade stands for one of the model's
    classes, see `softcam_core.training.matching`.

    Cases and undefined values are as in `between.agreement_between`; a model has read every case.
    Cases of another modality than the model's are left out.

    Args:
        study: open.
        model: in eval mode.
        readers: by default all that read something.
        labels: compare the marks of these only; by default all labels together, and each.
        criterion: when two lesions are one; see `lesions.match`.
        iou: threshold of the criterion ``iou``.
        method: whose maps, an id of `METHODS`.
        class_: of the maps; by default the one predicted for each image.
        threshold: of the maps; by default `default_threshold` of the method.
        best: also look for the share of the maximum with the highest mean Dice. It is chosen on the
            cases that it is measured on, so that it says more than a new case will hold.
        name: of the model in the table; by default its title.
        weights: of Cohen's kappa.
        components: each connected part of a reader's mask is a lesion of its own.
        distances: Hausdorff distances too.
        cases: ids of the only cases to compare.
        reads: which read counts of who read a case again; see `reads`.
        seed: of the bootstrap over cases.
        progress: called with (cases done, cases in all).
        cancelled: asked before each case and while it is explained.

    Raises:
        StudyError: nobody has read a case, or the study does not have a reader.
        ModelError: the model has no such class.
        MethodError: the method does not explain this model.
        ValueError: an unknown criterion or weights, or a threshold out of range.
        CancelledError: ``cancelled()`` said so.
    """
    settings = Settings(criterion, iou, weights, distances, seed)
    check_applies(model, method)
    if class_ is not None and class_ not in model.spec.classes:
        raise ModelError(
            f"The model has no class {class_!r}; it has {', '.join(model.spec.classes)}."
        )
    reading = Reading(study, cases, components=components, reads=reads)
    chosen = reading.known_readers(readers)
    run = _Run(
        model,
        method,
        class_,
        threshold or default_threshold(method),
        name or model.spec.title,
        settings,
        {reader: _labels(used, labels) for reader, used in reading.labels_of(chosen).items()},
        best,
        cancelled,
    )
    other = 0
    for done, case in enumerate(reading, start=1):
        if cancelled is not None and cancelled():
            raise CancelledError
        if case is not None and not case.readers.isdisjoint(chosen):
            if not _suits(model, case):
                other += 1
            else:
                try:
                    run.add(case, [reader for reader in chosen if reader in case.readers])
                except SoftcamError as error:
                    reading.problems.append(f"{case.record.name}: {error}")
        if progress is not None:
            progress(done, len(reading.cases))
    if not run.pairs and not reading.problems:
        raise StudyError("No reader has read a case that suits the model; read one first.")
    result = run.result()
    result.problems.extend(reading.problems)
    if other:
        result.notes.append(f"{other} cases are of another modality than the model's.")
    return result.of_reads(reads, reading.notes(chosen))


def _labels(used: set[str], wanted: Sequence[str] | None) -> list[str | None]:
    """Return the labels to compare of a reader who used some; None stands for all together."""
    if not used:
        return []
    if wanted is None:
        return [None, *sorted(used)]
    return list(dict.fromkeys(wanted))


def _suits(model: Network, case: ReadCase) -> bool:
    wanted, has = model.spec.modality, case.record.modality
    return not wanted or not has or wanted == has


@dataclass
class _Run:
    """One model over the cases; keeps what the numbers are made of."""

    model: Network
    method: str
    class_: str | None
    threshold: Threshold
    name: str
    settings: Settings
    labels: dict[str, list[str | None]]
    best: bool
    cancelled: Cancelled | None
    pairs: dict[str, list[CaseRow]] = field(default_factory=dict)
    marked: dict[tuple[str, str | None], list[CaseRow]] = field(default_factory=dict)
    curves: dict[tuple[str, str | None], list[NDArray[np.float64]]] = field(default_factory=dict)

    @cached_property
    def class_of(self) -> ClassOfGrade:
        """What readers' grades mean for the model."""
        return ClassOfGrade(self.model.spec.classes, self.model.spec.training)

    @property
    def note(self) -> str:
        """What the model's marks are, in a few words."""
        return f"{self.method} of {self.class_ or 'the predicted class'} {self.threshold}"

    def add(self, case: ReadCase, readers: Sequence[str]) -> None:
        """Explain one case and compare it with its readers."""
        image = read_image(case.record.path)
        size = image.pixels.shape[0], image.pixels.shape[1]
        if case.size not in (size, (0, 0)):
            raise StudyError(
                f"The image is {size[1]} x {size[0]} pixels now and was {case.size[1]} x "
                f"{case.size[0]} when it was marked; put the old file back."
            )
        found = predict(self.model, image)
        shown = self.class_ or found.predicted
        if any(self.labels[reader] for reader in readers):
            seen = map_on_image(self._map(found, shown), found.region, size)
            patch = seen.above(self.threshold.level(seen.maximum))
            marks = Marks({"": parts_of(patch) if patch else []})
        for reader in readers:
            given = case.grades.get(reader, "")
            grades = self.class_of(given) or given, found.predicted
            plain = CaseRow(case.record.id, case.record.name, reader, self.name, None)
            whole = None
            for label in self.labels[reader]:
                row = compare_case(
                    case,
                    reader,
                    self.name,
                    (case.marks[reader], marks),
                    label,
                    self.settings,
                    grades if label is None else ("", ""),
                    (label, None),
                    f"{shown}, {self.threshold}",
                )
                whole = row if label is None else whole
                self.marked.setdefault((reader, label), []).append(row)
                if self.best:
                    curve = _dice_curve(seen, case.marks[reader], label)
                    self.curves.setdefault((reader, label), []).append(curve)
            self.pairs.setdefault(reader, []).append(
                whole or replace(plain, grade=grades[0], other_grade=grades[1])
            )

    def _map(self, found: Prediction, name: str) -> NDArray[np.float32]:
        index = self.model.spec.classes.index(name)
        if self.method == "evidence" and found.evidence is not None:
            return np.asarray(found.evidence[index].numpy(), np.float32)
        maps = attribute(self.model, found.x, self.method, [index], cancelled=self.cancelled)
        return np.asarray(maps[0, 0].float().cpu().numpy(), np.float32)

    def result(self) -> Agreement:
        """Return the numbers and the cases behind them."""
        result = Agreement()
        classes = self.model.spec.classes
        for reader, cases in self.pairs.items():
            graded = [row for row in cases if row.grade]
            rows = grade_rows(cases, classes, self.settings)
            result.rows.extend(_noted(rows, "predicted class"))
            if graded and not rows:
                result.notes.append(
                    f"No grade of {reader} is a class of {self.name} ({', '.join(classes)}), so "
                    "that grades are not compared."
                )
            if not self.labels[reader]:
                result.notes.append(f"{reader} drew nothing to compare with maps of {self.name}.")
            if None not in self.labels[reader]:
                result.cases.extend(cases)
            for label in self.labels[reader]:
                these = self.marked[reader, label]
                result.cases.extend(these)
                rows = mask_rows(these, len(these), self.settings)
                result.rows.extend(_noted(rows, self.note))
                if self.best:
                    result.rows.extend(self._best_row(these, self.curves[reader, label]))
        return result

    def _best_row(
        self, cases: Sequence[CaseRow], curves: Iterable[NDArray[np.float64]]
    ) -> Iterable[Row]:
        """Give the Dice of the threshold that suits these very cases best."""
        table = np.stack(list(curves))
        known = table[~np.isnan(table).any(axis=1)]
        if not len(known):
            return
        share = int(known.mean(axis=0).argmax())
        text = str(Threshold(SHARES[share], share=True))
        note = f"{self.method} {text}; optimistic: chosen on these very cases"
        yield number_row(cases[0], "dice_best", known[:, share], len(cases), note, self.settings)


def _dice_curve(seen: MapOnImage, marks: Marks, label: str | None) -> NDArray[np.float64]:
    """Return Dice at each of `SHARES` of the map's maximum; NaN where both mark nothing."""
    layer = marks.layer(label)
    levels = [Threshold(share, share=True).level(seen.maximum) for share in SHARES]
    marked = seen.counts(levels)
    common = sum((seen.counts(levels, block) for block in layer.blocks), np.zeros(len(levels)))
    return np.array(
        [dice_of(layer.area, float(m), float(c)) for m, c in zip(marked, common, strict=True)]
    )


def _noted(rows: Iterable[Row], note: str) -> list[Row]:
    """Return rows with a note put before their own."""
    return [replace(row, note="; ".join(text for text in (note, row.note) if text)) for row in rows]
