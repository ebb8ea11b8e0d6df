"""The lines of a run's figures. Free of torch; scikit-learn where a ROC curve is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from softcam_core.evaluation.draws import Draws
from softcam_core.evaluation.gathered import Flags, Floats, Gathered, Key
from softcam_core.evaluation.metric_ids import CONSISTENCY
from softcam_core.evaluation.numbers import MOST_RANKED
from softcam_core.evaluation.results import Result
from softcam_core.metrics.intervals import Statistic, mean, ratio, value_of

Lines = dict[str, list[dict[str, Any]]]
MOST_POINTS = 1000
"""Images of a violin; of more, as many evenly spaced quantiles stand for them."""


def curves_of(found: Gathered, draws: Draws, results: Sequence[Result]) -> Lines:
    """Return kind -> one dictionary a line, undefined numbers NaN.

    All have ``model``, and those of maps ``method``. ``topk``: k, value, low, high, n;
    ``deletion`` and ``insertion``: k, mean, low, high, n; ``randomization``: stages, mean, low,
    high, n; ``consistency``: positive, negative; ``scatter``: precision and sensitivity as [value,
    low, high], n of the images that have both; ``roc``: class, fpr, tpr, auc; ``reliability``:
    confidence, accuracy, count, ece; ``confusion``: classes, matrix.
    """
    lines: Lines = {}
    for model in found.run["models"]:
        for method in model["methods"]:
            for kind, some in _of_method(found, draws, model["name"], method).items():
                lines.setdefault(kind, []).extend(some)
    scatter = _scatter(found, draws)
    if scatter:
        lines["scatter"] = scatter
    for model in found.run["models"]:
        for kind, some in _of_predictions(found, model["name"], results).items():
            lines.setdefault(kind, []).extend(some)
    return lines


def _of_method(found: Gathered, draws: Draws, model: str, method: str) -> Lines:
    head = {"model": model, "method": method}
    lines: Lines = {}
    points: list[tuple[Statistic, Flags]] = []
    counts = found.topk.get((model, method))
    topk = 0
    if counts is not None:
        defined = found.columns[Key(model, method, "topk_localization_precision")].defined
        hits, patches = (counts[:, n] * defined[:, None] for n in (0, 1))
        topk = counts.shape[2]
        points += [(ratio(hits[:, k], patches[:, k]), defined) for k in range(topk)]
    found_curves = {
        kind: found.curves[key]
        for kind, metric in (("deletion", "audc"), ("insertion", "auic"))
        if (key := Key(model, method, metric)) in found.curves
    }
    stages = _stages(found, model, method)
    for table in (*found_curves.values(), stages):
        points += [(mean(column), ~np.isnan(column)) for column in table.T]
    values, low, high = _measured(draws, points)
    if topk:
        lines["topk"] = [
            {
                **head,
                "k": list(range(1, topk + 1)),
                **{"value": values[:topk], "low": low[:topk], "high": high[:topk]},
                "n": int(defined.sum()),
            }
        ]
    at = topk
    for kind, curve in found_curves.items():
        part = slice(at, at + curve.shape[1])
        at = part.stop
        if kind == "deletion":
            # By definition all begin at 1, which is no accident of these images.
            low[part.start] = high[part.start] = values[part.start]
        lines[kind] = [
            {
                **head,
                "k": list(range(curve.shape[1])),
                **{"mean": values[part], "low": low[part], "high": high[part]},
                "n": int((~np.isnan(curve[:, 0])).sum()),
            }
        ]
    if stages.size:
        lines["randomization"] = [
            {
                **head,
                "stages": found.stages[model, method],
                **{"mean": values[at:], "low": low[at:], "high": high[at:]},
                "n": len(found.similarities[model, method]),
            }
        ]
    shares = [found.column(Key(model, method, metric)) for metric in CONSISTENCY]
    if any(column is not None for column in shares):
        both = [[] if one is None else _thinned(one.values[one.defined]) for one in shares]
        lines["consistency"] = [{**head, "positive": both[0], "negative": both[1]}]
    return lines


def _stages(found: Gathered, model: str, method: str) -> Floats:
    """Return the similarity of each image at each stage, (N, stages)."""
    some = found.similarities.get((model, method), [])
    if not some:
        return np.empty((found.images, 0))
    table = np.full((found.images, len(found.stages[model, method])), np.nan)
    for image, values in some:
        table[image] = values
    return table


def _measured(
    draws: Draws, points: Sequence[tuple[Statistic, Flags]]
) -> tuple[list[float], list[float], list[float]]:
    """Return value, low and high of each point."""
    resamples = draws.values([statistic for statistic, _ in points])
    ends = [draws.interval(some, of) for some, (_, of) in zip(resamples, points, strict=True)]
    values = [value_of(statistic, draws.images) for statistic, _ in points]
    return values, [low for low, _ in ends], [high for _, high in ends]


def _thinned(values: Floats) -> list[float]:
    if len(values) > MOST_POINTS:
        values = np.quantile(values, np.linspace(0, 1, MOST_POINTS))
    return [float(value) for value in values]


def _scatter(found: Gathered, draws: Draws) -> list[dict[str, Any]]:
    """Return the two means of each method over the images for which both are defined."""
    axes = {"precision": "activation_precision", "sensitivity": "activation_sensitivity"}
    points = []
    for model in found.run["models"]:
        for method in model["methods"]:
            both = [found.column(Key(model["name"], method, metric)) for metric in axes.values()]
            if any(column is None for column in both):
                continue
            columns = [column for column in both if column is not None]
            of = columns[0].defined & columns[1].defined
            means = [(mean(np.where(of, column.values, np.nan)), of) for column in columns]
            ends = zip(*_measured(draws, means), strict=True)
            place = {"model": model["name"], "method": method}
            points.append(
                place | dict(zip(axes, map(list, ends), strict=True)) | {"n": int(of.sum())}
            )
    return points


def _of_predictions(found: Gathered, model: str, results: Sequence[Result]) -> Lines:
    measured = {one.metric: one.value for one in results if one.model == model}
    predictions = found.predictions[model]
    known = predictions.truth >= 0
    classes = predictions.classes
    if not known.any() or len(classes) > MOST_RANKED:
        return {}
    from softcam_core.metrics.classification import (
        confusion_matrix,
        reliability_curve,
        roc_curve,
    )

    p, truth = predictions.probabilities[known], predictions.truth[known]
    lines: Lines = {}
    if "auc" in measured:
        curves = [(c, roc_curve(p, truth, c)) for c in range(len(classes)) if len(classes) > 2 or c]
        lines["roc"] = [
            {
                **{"model": model, "class": classes[c], "auc": one.auc},
                "fpr": one.false_positive_rate.tolist(),
                "tpr": one.true_positive_rate.tolist(),
            }
            for c, one in curves
            if len(one.thresholds)
        ]
    if "calibration_error" in measured:
        reliable = reliability_curve(p, truth)
        lines["reliability"] = [
            {
                **{"model": model, "ece": measured["calibration_error"]},
                "confidence": reliable.confidence.tolist(),
                "accuracy": reliable.accuracy.tolist(),
                "count": reliable.count.tolist(),
            }
        ]
    if measured.keys() & {"accuracy", "kappa", "sensitivity", "specificity"}:
        matrix = confusion_matrix(p, truth).tolist()
        lines["confusion"] = [{"model": model, "classes": list(classes), "matrix": matrix}]
    return lines
