"""Every number of a run before it has an interval: over which images, and how to compute it.

Free of torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from softcam_core.evaluation.gathered import Column, Flags, Floats, Gathered, Key, Predictions
from softcam_core.evaluation.metric_ids import METRICS, V2_IOUS
from softcam_core.evaluation.pooled import BestShare, MeanOf, PixelPrecision
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.metrics.intervals import Statistic, mean, ratio
from softcam_core.metrics.weighted import classification_statistic

TOP_K = "topk_localization_precision"
HITS = frozenset({"gt_known_localization", "top1_localization"})
"""Metrics in percent of which each image has 0 or 1."""
PERCENT = HITS | {
    *("increase_in_confidence", "increase_in_confidence_branch"),
    *("max_box_acc", "max_box_acc_v2", *V2_IOUS),
}
"""Shares of images in percent."""
SHARES = PERCENT | {"pointing_game"}
"""Metrics of maps that are a share of images."""
MOST_RANKED = 20
"""Classes up to which the AUC is computed again for every resample: more would take hours."""


@dataclass(frozen=True)
class Number:
    """One number of the results.

    Attributes:
        key: model, method and metric.
        defined: (N,), the images that it comes from, if it has a value.
        undefined: how many images have no value though they have a row.
        asked: how many images have a row: those without a value if there is no number at all.
        of: (N,) images -> the statistic over those alone.
        per_image: (N,) what it is the mean of; None for a number of all images together.
        resampled: whether it can be computed anew for every resample.
        is_share: whether it is a share of those images.
    """

    key: Key
    defined: Flags
    undefined: int
    asked: int
    of: Callable[[Flags], Statistic]
    per_image: Floats | None = None
    resampled: bool = True
    is_share: bool = False


def numbers(found: Gathered) -> Iterator[Number]:
    """Yield every number, model by model: predictions first, then methods and their metrics."""
    for model in found.run["models"]:
        name = model["name"]
        yield from _classification(found, name)
        for key, column in found.columns.items():
            if key.model == name:
                yield from _of_maps(found, key, column)


def _classification(found: Gathered, model: str) -> Iterator[Number]:
    asked = found.run["parameters"]["metrics"] or list(METRICS)
    predictions = found.predictions[model]
    present = predictions.present
    if not present.any():
        return
    labelled = predictions.truth >= 0
    of = {"accuracy": labelled}
    if len(predictions.classes) == 2:
        of |= {"sensitivity": predictions.truth == 1, "specificity": predictions.truth == 0}
    for metric in METRICS:
        if METRICS[metric].kind == "classification" and metric in asked:
            few = len(predictions.classes) <= MOST_RANKED
            keep = of.get(metric, labelled)
            yield Number(
                Key(model, NO_METHOD, metric),
                keep,
                int((present & ~labelled).sum()),
                int(present.sum()),
                partial(_OfPredictions, metric, predictions),
                np.where(keep, predictions.predicted == predictions.truth, np.nan)
                if metric in of
                else None,
                resampled=few or metric != "auc",
                is_share=metric in of,
            )


class _OfPredictions:
    """A number about the predictions of some images."""

    def __init__(self, metric: str, predictions: Predictions, keep: Flags) -> None:
        self._images = np.flatnonzero(keep)
        p, truth = predictions.probabilities[keep], predictions.truth[keep]
        self._statistic = classification_statistic(metric, p, truth)

    def __call__(self, times: Floats) -> Floats:
        return self._statistic(times[:, self._images])


def _of_maps(found: Gathered, key: Key, column: Column) -> Iterator[Number]:
    place = key.model, key.method
    defined = column.defined
    asked = int(column.present.sum())
    counts_of = (int((column.present & ~defined).sum()), asked)
    if key.metric == TOP_K:
        counts = found.topk.get(place)
        if counts is None:
            counts = np.zeros((found.images, 2, 1), np.int32)
        hits, patches = counts[:, 0, -1], counts[:, 1, -1]
        yield Number(key, defined, *counts_of, lambda keep: ratio(hits * keep, patches * keep))
    elif key.metric == "max_box_acc":
        yield Number(key, defined, *counts_of, partial(_best, found, key, "0.5"), is_share=True)
    elif key.metric == "max_box_acc_v2":

        def parts(keep: Flags) -> list[Statistic]:
            return [_best(found, key, str(iou), keep) for iou in V2_IOUS.values()]

        yield Number(key, defined, *counts_of, lambda keep: MeanOf(parts(keep)), is_share=True)
        for metric, iou in V2_IOUS.items():
            part = key._replace(metric=metric)
            best = partial(_best, found, key, str(iou))
            yield Number(part, defined, *counts_of, best, is_share=True)
    elif key.metric == "pxap":
        histograms = found.histograms.get(place)
        # An image whose marks are too small for the benchmark's grid has pixels that count.
        counted = np.zeros(found.images, np.bool_)
        if histograms is not None:
            counted[histograms.images] = True
        undefined = int((column.present & ~counted).sum())
        yield Number(key, counted, undefined, asked, partial(_pixels, found, place))
    else:
        values = column.values * (100 if key.metric in HITS else 1)
        yield Number(
            *(key, defined, *counts_of),
            lambda keep: mean(np.where(keep, values, np.nan)),
            values,
            is_share=key.metric in SHARES,
        )


def _best(found: Gathered, key: Key, iou: str, keep: Flags) -> Statistic:
    right = found.right.get(key._replace(metric=f"{key.metric}_{iou}"))
    return _nothing if right is None else BestShare(right, keep)


def _pixels(found: Gathered, place: tuple[str, str], keep: Flags) -> Statistic:
    histograms = found.histograms.get(place)
    return _nothing if histograms is None else PixelPrecision(histograms, keep)


def _nothing(times: Floats) -> Floats:
    return np.full(len(times), np.nan)
