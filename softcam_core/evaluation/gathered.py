"""One pass over what the images left behind: columns of numbers, from which tables are made.

A column has one number an image; what pooled metrics are made of is kept as small as it comes, and
the histograms of PxAP, which are not small, wait in a file. Free of torch.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.spelling import Spelling
from softcam_core.evaluation.metric_ids import METRICS
from softcam_core.evaluation.packing import from_runs, unpack
from softcam_core.evaluation.records import (
    PREDICTION,
    ImageRecord,
    Row,
    finished,
    read_records,
    read_run,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
THRESHOLDS = 1000
"""Of boxes: see `softcam_core.metrics.boxes.THRESHOLDS`."""


class Key(NamedTuple):
    """What a column is about."""

    model: str
    method: str
    metric: str


@dataclass
class Column:
    """One metric of one method of one model.

    Attributes:
        values: (N,), NaN where undefined and where there is no row.
        present: (N,), which images have a row.
    """

    values: Floats
    present: Flags

    @property
    def defined(self) -> Flags:
        """Return which images have a value."""
        known: Flags = ~np.isnan(self.values)
        return known


@dataclass
class Predictions:
    """What one model predicts.

    Attributes:
        classes: names in the order of the probabilities.
        truth: (N,), number of the label's class; -1 for none, and where there is no prediction.
        probabilities: (N, C), NaN where there is no prediction.
    """

    classes: tuple[str, ...]
    truth: NDArray[np.int64]
    probabilities: Floats

    @property
    def present(self) -> Flags:
        """Return which images have a prediction."""
        known: Flags = ~np.isnan(self.probabilities[:, 0])
        return known

    @property
    def predicted(self) -> NDArray[np.int64]:
        """Return the most probable class, (N,); 0 where there is no prediction."""
        filled: NDArray[np.int64] = np.nan_to_num(self.probabilities).argmax(axis=1)
        return filled


@dataclass
class Histograms:
    """The PxAP histograms of one method of one model, on disk in the order of the images."""

    stream: IO[bytes]
    images: list[int] = field(default_factory=list)
    bins: int = 0

    def add(self, image: int, positive: str, counted: str) -> None:
        """Append one image's packed counts."""
        both = np.stack([unpack(positive), unpack(counted)])
        self.images.append(image)
        self.bins = both.shape[1]
        # The benchmark's maps have 224 x 224 pixels, so that no bin holds more than 50,176.
        self.stream.write(both.astype(np.uint16).tobytes())

    def blocks(self, size: int = 512) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint16]]]:
        """Yield (numbers of some images (b,), their histograms (b, 2 * bins))."""
        self.stream.flush()
        self.stream.seek(0)
        row = 2 * self.bins * 2
        for start in range(0, len(self.images), size):
            images = np.array(self.images[start : start + size], np.int64)
            counts = np.frombuffer(self.stream.read(row * len(images)), np.uint16)
            yield images, counts.reshape(len(images), -1)


@dataclass
class Gathered:
    """A finished or stopped run as columns over the images that some model has looked at.

    The images stand in the order of what they are (the digest of the file, then its name), so that
    neither numbers nor resamples depend on the order of the data.

    Attributes:
        run: what the numbers depend on, as in ``run.json``.
        images: N; those that failed and those of another kind are none of them.
        others: how many images are of another kind than every model.
        patients: (N,) number of each image's patient.
        labels: how many images have each label.
        marked: (N,), which images have anything to be localized.
        columns: the numbers, in the order of models, methods and metrics.
        predictions: model -> what it predicts.
        topk: (model, method) -> (N, 2, k) cumulative hits and patches.
        curves: deletion and insertion -> (N, k + 1) relative probabilities, NaN where undefined.
        held: (N,), whose curves hold their last value for want of patches.
        right: (model, method, IoU of which kind) -> (N, 125) packed bits over the thresholds.
        histograms: of PxAP.
        stages: (model, method) -> names of the randomization's stages.
        similarities: (model, method) -> (image, similarity at each stage) of each image.
        seconds: (model, method) -> (N,) seconds of a map, the model's pass included.
        failed: (case, image, sentence) of each image that failed.
        problems: sentences.
    """

    run: dict[str, Any]
    images: int
    others: int
    patients: NDArray[np.int64]
    labels: Counter[str]
    marked: Flags
    columns: dict[Key, Column]
    predictions: dict[str, Predictions]
    topk: dict[tuple[str, str], NDArray[np.int32]]
    curves: dict[Key, Floats]
    held: Flags
    right: dict[Key, NDArray[np.uint8]]
    histograms: dict[tuple[str, str], Histograms]
    stages: dict[tuple[str, str], list[str]]
    similarities: dict[tuple[str, str], list[tuple[int, list[float]]]]
    seconds: dict[tuple[str, str], Floats]
    failed: list[tuple[str, str, str]]
    problems: list[str]

    @property
    def by_patient(self) -> bool:
        """Whether some patient has several images, which then are drawn together."""
        return len(np.unique(self.patients)) < self.images

    def column(self, key: Key) -> Column | None:
        """Return a column; None where no image has such a row."""
        return self.columns.get(key)


@contextmanager
def gather(folder: Path) -> Iterator[Gathered]:
    """Read the records of a run once; what waits in files is gone afterwards.

    Raises:
        EvaluationError: the folder holds no run.
    """
    run = read_run(folder)
    places = finished(folder)
    count = sum(not place.failed for place in places.values())
    with ExitStack() as files:
        gatherer = _Gatherer(
            run, count, lambda: files.enter_context(tempfile.TemporaryFile(dir=folder))
        )
        for record in read_records(folder):
            gatherer.add(record)
        yield gatherer.finish()


class _Gatherer:
    """Puts the rows of image after image into their columns."""

    def __init__(self, run: dict[str, Any], count: int, spill: Callable[[], IO[bytes]]) -> None:
        self._spill = spill
        self._identities: list[tuple[str, str, int]] = []
        self._k = int(run["parameters"]["k"])
        self._spellings = {m["name"]: Spelling(m["classes"]) for m in run["models"]}
        # Runs of earlier versions know none.
        self._meant = {m["name"]: m.get("label_classes", {}) for m in run["models"]}
        self._found = Gathered(
            run=run,
            images=count,
            others=0,
            patients=np.zeros(count, np.int64),
            labels=Counter(),
            marked=np.zeros(count, np.bool_),
            columns={},
            predictions={
                m["name"]: Predictions(
                    tuple(m["classes"]),
                    np.full(count, -1, np.int64),
                    np.full((count, len(m["classes"])), np.nan),
                )
                for m in run["models"]
            },
            topk={},
            curves={},
            held=np.zeros(count, np.bool_),
            right={},
            histograms={},
            stages={},
            similarities={},
            seconds={},
            failed=[],
            problems=list(run["data"].get("problems", [])),
        )

    def add(self, record: ImageRecord) -> None:
        """Add one image."""
        found = self._found
        found.problems += record.problems
        if record.error:
            found.failed.append((record.case, record.image, record.error))
            return
        if not record.models:
            found.others += 1
            return
        image = len(self._identities)
        self._identities.append((record.image_id, record.image, record.index))
        found.patients[image] = record.patient
        found.labels[record.label] += 1
        for model in record.models:
            for row in model.rows:
                self._row(image, model.model, record.label, row)
            for method, seconds in model.seconds.items():
                times = found.seconds.setdefault((model.model, method), self._empty())
                times[image] = seconds

    def finish(self) -> Gathered:
        """Return what was added, in the order of models, methods and metrics."""
        found = self._found
        found.images = len(self._identities)
        _reorder(found, sorted(range(found.images), key=self._identities.__getitem__))
        models = {model["name"]: n for n, model in enumerate(found.run["models"])}
        methods = {
            (model["name"], method): n
            for model in found.run["models"]
            for n, method in enumerate(model["methods"])
        }
        metrics = {metric: n for n, metric in enumerate(METRICS)}

        def place(key: Key) -> tuple[int, int, int, str]:
            home = next((m for m in metrics if key.metric == m), None) or next(
                (m for m in reversed(METRICS) if key.metric.startswith(m)), ""
            )
            order = methods.get((key.model, key.method), -1)
            return models[key.model], order, metrics.get(home, -1), key.metric

        found.columns = {key: found.columns[key] for key in sorted(found.columns, key=place)}
        return found

    def _empty(self) -> Floats:
        return np.full(self._found.images, np.nan)

    def _row(self, image: int, model: str, label: str, row: Row) -> None:
        found = self._found
        if row.metric == PREDICTION:
            predictions = found.predictions[model]
            predictions.probabilities[image] = row.detail["probabilities"]
            meant = self._meant[model].get(label)
            name = self._spellings[model](label) if meant is None else meant
            if name in predictions.classes:
                predictions.truth[image] = predictions.classes.index(name)
            return
        key = Key(model, row.method, row.metric)
        column = found.columns.get(key)
        if column is None:
            column = Column(self._empty(), np.zeros(found.images, np.bool_))
            found.columns[key] = column
        column.values[image] = row.value
        column.present[image] = True
        home = METRICS.get(row.metric)
        if home is not None and home.kind in ("localization", "boxes"):
            found.marked[image] = True
        if row.detail is not None:
            self._detail(image, key, row.detail)

    def _detail(self, image: int, key: Key, detail: dict[str, Any]) -> None:
        found, place = self._found, (key.model, key.method)
        if key.metric == "topk_localization_precision":
            counts = found.topk.get(place)
            if counts is None:
                counts = found.topk[place] = np.zeros((found.images, 2, self._k), np.int32)
            counts[image] = detail["hits"], detail["patches"]
        elif key.metric in ("audc", "auic"):
            curves = found.curves.get(key)
            if curves is None:
                curves = found.curves[key] = np.full((found.images, self._k + 1), np.nan)
            curves[image] = [np.nan if value is None else value for value in detail["curve"]]
            found.held[image] |= detail["used"] < self._k
        elif key.metric in ("max_box_acc", "max_box_acc_v2"):
            for iou, runs in detail.items():
                part = Key(key.model, key.method, f"{key.metric}_{iou}")
                bits = found.right.get(part)
                if bits is None:
                    bits = found.right[part] = np.zeros((found.images, THRESHOLDS // 8), np.uint8)
                bits[image] = np.packbits(from_runs(runs, THRESHOLDS))
        elif key.metric == "pxap":
            if place not in found.histograms:
                found.histograms[place] = Histograms(self._spill())
            found.histograms[place].add(image, detail["positive"], detail["counted"])
        elif key.metric == "model_randomization":
            found.stages[place] = detail["stages"]
            values = [np.nan if value is None else value for value in detail["similarity"]]
            found.similarities.setdefault(place, []).append((image, values))


def _reorder(found: Gathered, order: list[int]) -> None:
    """Put the images into another order; ``order`` (N,) has the present places in it."""
    place = {old: new for new, old in enumerate(order)}
    found.patients, found.marked = found.patients[order], found.marked[order]
    found.held = found.held[order]
    for column in found.columns.values():
        column.values, column.present = column.values[order], column.present[order]
    for one in found.predictions.values():
        one.truth, one.probabilities = one.truth[order], one.probabilities[order]
    found.topk = {key: counts[order] for key, counts in found.topk.items()}
    found.curves = {key: curves[order] for key, curves in found.curves.items()}
    found.right = {key: bits[order] for key, bits in found.right.items()}
    found.seconds = {key: seconds[order] for key, seconds in found.seconds.items()}
    for histograms in found.histograms.values():
        histograms.images = [place[image] for image in histograms.images]
    found.similarities = {
        key: [(place[image], values) for image, values in some]
        for key, some in found.similarities.items()
    }
