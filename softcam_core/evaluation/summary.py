"""From what the images left behind to numbers with intervals, curves and tables.

Free of torch; scikit-learn where a ROC curve is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.curves import curves_of
from softcam_core.evaluation.differences import Measured, delong_text, differences_of
from softcam_core.evaluation.draws import Draws
from softcam_core.evaluation.gathered import Floats, Gathered, gather
from softcam_core.evaluation.notes import notes_of
from softcam_core.evaluation.numbers import PERCENT, numbers
from softcam_core.evaluation.results import Result, Summary, Timing
from softcam_core.evaluation.tables import tables_of
from softcam_core.metrics.delong import delong_interval
from softcam_core.metrics.intervals import mean, reflected_interval, value_of
from softcam_core.metrics.proportions import newcombe_interval, proportion_interval


def summarise(folder: Path, resamples: int | None = None, seed: int | None = None) -> Summary:
    """Compute every number of a run, finished or stopped, with its 95% interval.

    The records are read once, as they come; memory grows by some kilobytes an image.

    Intervals are those of the percentile bootstrap, by patient where some patient has several
    images and else by image, all from the same resamples, reflected for the calibration error;
    DeLong's for the AUC of two classes. Where all resamples agree they say nothing: a share of
    images then has Wilson's interval, an AUC of 0 or 1 Newcombe's, and any other number none.

    Args:
        folder: of the run.
        resamples: of the bootstrap; None: as the run has it.
        seed: of the bootstrap; None: as the run has it.

    Raises:
        EvaluationError: the folder holds no run, or no image that could be measured.
    """
    with gather(folder) as found:
        if not found.images:
            why = f": {found.failed[0][2]}" if found.failed else "."
            if found.others:
                why = ": its images are of another kind than those of the models."
            raise EvaluationError(f"No image of {found.run['data']['name']} was measured{why}")
        parameters = found.run["parameters"]
        draws = Draws(
            found,
            parameters["resamples"] if resamples is None else resamples,
            parameters["seed"] if seed is None else seed,
        )
        measured = list(_measured(found, draws))
        results = tuple(_result(found, draws, one) for one in measured)
        summary = Summary(
            run=found.run,
            results=results,
            differences=differences_of(found, draws, measured),
            curves=curves_of(found, draws, results),
            counts=_counts(found),
            failed=tuple(found.failed),
            notes=tuple(notes_of(found)),
            timing=tuple(_timing(found)),
        )
    return summary.with_tables(tables_of(summary))


def _measured(found: Gathered, draws: Draws) -> Iterator[Measured]:
    """Yield the numbers, those of a model's method computed together."""
    for _, some in groupby(numbers(found), key=lambda one: one.key[:2]):
        together = list(some)
        statistics = [one.of(one.defined) for one in together]
        drawn = iter(
            draws.values([s for s, one in zip(statistics, together, strict=True) if one.resampled])
        )
        for statistic, one in zip(statistics, together, strict=True):
            value = value_of(statistic, found.images)
            nothing = np.full(1, np.nan)
            yield Measured(one, value, next(drawn) if one.resampled else nothing)


def _result(found: Gathered, draws: Draws, one: Measured) -> Result:
    number = one.number
    low, high, text = _interval(found, draws, one)
    values = number.per_image
    known = np.empty(0) if values is None else values[number.defined]
    nothing = math.isnan(one.value)
    return Result(
        *number.key,
        *(one.value, low, high),
        n=0 if nothing else int(number.defined.sum()),
        undefined=number.asked if nothing else number.undefined,
        std=float(known.std(ddof=1)) if len(known) > 1 else math.nan,
        interval=text,
    )


def _interval(found: Gathered, draws: Draws, one: Measured) -> tuple[float, float, str]:
    number = one.number
    predictions = found.predictions[number.key.model]
    if number.key.metric == "auc" and len(predictions.classes) == 2:
        keep = number.defined
        groups = found.patients[keep] if found.by_patient else None
        p, truth = predictions.probabilities[keep], predictions.truth[keep]
        exact = delong_interval(p, truth, groups=groups)
        if not math.isnan(exact.low):
            return exact.low, exact.high, delong_text(found)
        if draws.units(keep) < 2:
            return math.nan, math.nan, ""
        # All pairs are in order, or a class has one image: placements say nothing.
        positives, negatives = (draws.units(predictions.truth == side) for side in (1, 0))
        low, high = newcombe_interval(exact.auc, positives, negatives)
        return low, high, "" if math.isnan(low) else "Newcombe"
    low, high = draws.interval(one.resamples, number.defined)
    if math.isnan(low):
        units = draws.units(number.defined)
        if not number.is_share or units < 2 or math.isnan(one.value):
            return low, high, ""
        # All resamples agree, as if every image were right: the share of so many patients.
        whole = 100.0 if number.key.metric in PERCENT else 1.0
        low, high = proportion_interval(units * (one.value / whole), units)
        return whole * low, whole * high, "Wilson"
    if number.key.metric == "calibration_error":
        # The fewer images the larger it is, and of resamples larger still.
        low, high = reflected_interval(one.resamples, one.value, lowest=0.0)
        return low, high, f"{draws.text}, reflected"
    return low, high, draws.text


def median_interval(values: Floats) -> tuple[float, float]:
    """Return (low, high) of a median (n,) from the order of the values; NaN for fewer than six.

    Between the two values as far from the ends as keeps 95% by the sign test. Of patients with
    several images these count as any others: times are those of a machine.
    """
    from scipy.special import bdtrik

    n = len(values)
    if n < 6:
        return math.nan, math.nan
    left_out = math.floor(bdtrik(0.025, n, 0.5))
    ordered = np.sort(values)
    return float(ordered[left_out]), float(ordered[n - 1 - left_out])


def _timing(found: Gathered) -> Iterator[Timing]:
    for (model, method), seconds in found.seconds.items():
        known = ~np.isnan(seconds)
        low, high = median_interval(seconds[known])
        yield Timing(
            *(model, method, value_of(mean(seconds), found.images), low, high),
            median=float(np.median(seconds[known])),
            n=int(known.sum()),
        )


def _counts(found: Gathered) -> dict[str, Any]:
    """Return how many images there are of which kind."""
    kept = np.zeros(found.images, np.bool_)
    classified = np.zeros(found.images, np.bool_)
    for predictions in found.predictions.values():
        classified |= predictions.truth >= 0
    for key, column in found.columns.items():
        if key.metric in ("audc", "auic"):
            kept |= column.present
    return {
        "images": int(found.run["data"]["images"]),
        "measured": found.images,
        "others": found.others,
        "classified": int(classified.sum()),
        "failed": len(found.failed),
        "patients": len(np.unique(found.patients)),
        "by_patient": found.by_patient,
        "labels": dict(sorted(found.labels.items())),
        "marked": int(found.marked.sum()),
        "deletion": int(kept.sum()),
        "held": int(found.held.sum()),
        "problems": len(found.problems),
    }
