"""Everything that is measured of one image, by all models and methods together."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from softcam_core.errors import ImageError, SoftcamError
from softcam_core.evaluation.faithful import occlude, show_through
from softcam_core.evaluation.items import EvaluationData, Item, Truth
from softcam_core.evaluation.located import NOT_FINITE, locate
from softcam_core.evaluation.metric_ids import BASELINES, CONSISTENCY, METRICS, RANDOM, RANDOMIZED
from softcam_core.evaluation.plan import Options
from softcam_core.evaluation.randomization import similarity
from softcam_core.evaluation.records import NO_METHOD, PREDICTION, ImageRecord, ModelRecord, Row
from softcam_core.evaluation.subject import Subject
from softcam_core.evaluation.view import Cancelled, Maps, TruthInView, View
from softcam_core.imaging.read import read_image
from softcam_core.imaging.stored import StoredImage
from softcam_core.paths import is_device

SIGNED = frozenset({"evidence", "cam", RANDOM})
"""Methods whose maps speak against a class too: the consistency asks for both signs."""
DISEASED, HEALTHY = 1, 0


@dataclass(frozen=True)
class Measurer:
    """Measures image after image; nothing is kept between two of them.

    Attributes:
        subjects: the models.
        metrics: ids of what is measured.
        options: parameters.
        cancelled: whether to stop.
    """

    subjects: Sequence[Subject]
    metrics: tuple[str, ...]
    options: Options
    cancelled: Cancelled | None = None

    def measure(self, data: EvaluationData, index: int) -> ImageRecord:
        """Measure one image; what goes wrong with it is said in the record.

        Raises:
            CancelledError: ``cancelled()`` said so.
        """
        item = data.items[index]
        problems: list[str] = []
        identity, error = "", ""
        models: tuple[ModelRecord, ...] = ()
        try:
            identity = sha256_of(item.path)
            image = read_image(item.path)
            truth = None
            try:
                truth = data.truth(item, (image.pixels.shape[0], image.pixels.shape[1]))
                problems += truth.problems if truth is not None else ()
            except SoftcamError as trouble:
                problems.append(str(trouble))
            models = tuple(self._models(item, image, identity, truth, index))
        except SoftcamError as trouble:
            error = f"{item.where}: {trouble}"
        return ImageRecord(
            index=index,
            case=item.key,
            image=item.shown,
            image_id=identity,
            patient=item.patient,
            label=item.label,
            models=models,
            error=error,
            problems=tuple(problems),
        )

    def _models(
        self, item: Item, image: StoredImage, identity: str, truth: Truth | None, index: int
    ) -> Iterator[ModelRecord]:
        views = [
            View(subject, image, identity, item.label)
            for subject in self.subjects
            if suits(subject, item)
        ]
        # Curves of different models are compared, so they are of the same images (paper, B.4).
        occluded = self.options.deletion_images == "all" or all(v.is_right for v in views)
        for view in views:
            yield self._model(view, item, truth, occluded, index)

    def _model(
        self, view: View, item: Item, truth: Truth | None, occluded: bool, index: int
    ) -> ModelRecord:
        subject = view.subject
        maps: dict[str, Maps] = {}
        classes = self._classes(view, truth is not None, occluded)
        if classes:
            maps = {m: view.maps(m, classes, self.cancelled) for m in subject.rows}
        rows = [_prediction(view, item)]
        if truth is not None:
            rows += self._located(view, maps, truth)
        rows += self._faithful(view, maps, occluded)
        rows += self._consistency(view, maps)
        if "model_randomization" in self.metrics and index < self.options.randomized_images:
            rows += self._randomization(view)
        return ModelRecord(
            model=subject.name,
            predicted=subject.classes[view.predicted],
            rows=tuple(rows),
            seconds={m: found.seconds for m, found in maps.items() if m not in BASELINES},
        )

    def _asks(self, *kinds: str) -> bool:
        return any(METRICS[metric].kind in kinds for metric in self.metrics)

    def _classes(self, view: View, marked: bool, occluded: bool) -> list[int]:
        """Return whose maps are needed."""
        classes = []
        if marked and self._asks("localization", "boxes"):
            classes.append(view.explained)
        masked = {"average_drop", "increase_in_confidence"} & set(self.metrics)
        if masked or (occluded and self._asks("faithfulness")):
            classes.append(view.predicted)
        if self._asks("consistency") and view.disease is not None and _health(view) is not None:
            classes.append(view.disease)
        return list(dict.fromkeys(classes))

    def _located(self, view: View, maps: dict[str, Maps], truth: Truth) -> Iterator[Row]:
        size = (int(view.x.shape[2]), int(view.x.shape[3]))
        seen = TruthInView(truth, view.region, size)
        shown = view.subject.classes[view.explained]
        right = None if view.label is None else view.is_right
        for method, found in maps.items():
            if view.explained in found.of:
                values = found.of[view.explained]
                for row in locate(values, seen, self.metrics, self.options, right):
                    yield Row(method, shown, *row)

    def _faithful(self, view: View, maps: dict[str, Maps], occluded: bool) -> Iterator[Row]:
        chosen: dict[str, Tensor] = {
            m: found.of[view.predicted] for m, found in maps.items() if view.predicted in found.of
        }
        if not chosen:
            return
        shown = view.subject.classes[view.predicted]
        if occluded:
            for method, *row in occlude(view, chosen, self.metrics, self.cancelled):
                yield Row(method, shown, *row)
        for method, *row in show_through(view, chosen, self.metrics):
            yield Row(method, shown, *row)

    def _consistency(self, view: View, maps: dict[str, Maps]) -> Iterator[Row]:
        """Yield the share of positive (diseased) or negative (healthy) cells (paper, B.1)."""
        health, disease = _health(view), view.disease
        if not self._asks("consistency") or health is None or disease is None:
            return
        shown = view.subject.classes[disease]
        for method, found in maps.items():
            home = view.subject.methods[0] if method == RANDOMIZED else method
            if home not in SIGNED:
                continue
            values = found.of[disease]
            if not bool(values.isfinite().all()):
                yield Row(method, shown, CONSISTENCY[1 - health], math.nan, NOT_FINITE)
                continue
            cells = values > 0 if health == DISEASED else values < 0
            yield Row(method, shown, CONSISTENCY[1 - health], float(cells.double().mean()))

    def _randomization(self, view: View) -> Iterator[Row]:
        shown = view.subject.classes[view.explained]
        for method, stages in view.similarities(self.cancelled).items():
            (_, trained), *drawn = stages
            values = [similarity(trained, values) for _, values in drawn]
            detail = {
                "stages": [name for name, _ in drawn],
                "similarity": [None if math.isnan(value) else value for value in values],
            }
            why = "A map is constant or not finite." if math.isnan(values[-1]) else ""
            yield Row(method, shown, "model_randomization", values[-1], why, detail)


def suits(subject: Subject, item: Item) -> bool:
    """Whether a model is for images of this kind; who says nothing of it takes any."""
    wanted = subject.network.spec.modality
    return not wanted or not item.modality or wanted == item.modality


def _health(view: View) -> int | None:
    """Return `DISEASED` or `HEALTHY` by the label; None where the label is neither."""
    if view.label is None:
        return None
    if view.label == view.disease:
        return DISEASED
    return HEALTHY if view.label == 0 else None


def _prediction(view: View, item: Item) -> Row:
    detail = {"probabilities": view.probabilities.tolist()}
    if view.label is not None:
        return Row(NO_METHOD, "", PREDICTION, float(view.is_right), "", detail)
    why = f"The label {item.label!r} is no class of the model." if item.label else "No label."
    return Row(NO_METHOD, "", PREDICTION, math.nan, why, detail)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file (hexadecimal).

    Raises:
        ImageError: it cannot be read.
    """
    if is_device(path):
        raise ImageError(f"{path.name} is no file.")
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # the second for a NUL in the name
        reason = getattr(error, "strerror", None) or "it is unreadable"
        raise ImageError(f"{path.name} cannot be read: {reason}.") from error
