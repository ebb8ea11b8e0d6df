"""How much better a method or a model is than another: paired differences with intervals.

Both numbers come from the same images and the same resamples. Free of torch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from softcam_core.evaluation.draws import Draws
from softcam_core.evaluation.flips import EXACT, sign_flip
from softcam_core.evaluation.gathered import Floats, Gathered, Key
from softcam_core.evaluation.metric_ids import BASELINES
from softcam_core.evaluation.numbers import Number
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.evaluation.results import Difference
from softcam_core.metrics.delong import delong
from softcam_core.metrics.intervals import Statistic, significance, value_of

TOGETHER = 128
"""Pairs whose images differ that are computed at a time."""
SAME = 1e-6
"""Share by which numbers of an image differ that are the same but for the rounding of maps."""
FEW = 20
"""Patients (or images) below which DeLong's test and the bootstrap's give too small a p."""


@dataclass(frozen=True)
class Measured:
    """A number, its value, and what it is in each resample (R,)."""

    number: Number
    value: float
    resamples: Floats


def differences_of(
    found: Gathered, draws: Draws, measured: Sequence[Measured]
) -> tuple[Difference, ...]:
    """Compare what can be compared: see `pairs_of`."""
    by_key = {one.number.key: one for one in measured}
    same: list[tuple[Key, Key]] = []
    other: list[tuple[Key, Key]] = []
    pairs = pairs_of(found, list(by_key))
    for pair in pairs:
        of_first, of_second = (by_key[key].number.defined for key in pair)
        (same if np.array_equal(of_first, of_second) else other).append(pair)
    results: dict[tuple[Key, Key], Difference] = {}
    for a, b in same:
        first, second = by_key[a], by_key[b]
        apart = first.resamples - second.resamples
        results[a, b] = _difference(
            draws, first.number, second.number, first.value - second.value, apart
        )
    for start in range(0, len(other), TOGETHER):
        some = other[start : start + TOGETHER]
        results |= _over_common(draws, [(by_key[a].number, by_key[b].number) for a, b in some])
    results |= _by_flips(draws, by_key, results)
    return tuple(
        _by_delong(found, draws, results[pair]) or results[pair]
        for pair in pairs
        if results[pair].n
    )


def pairs_of(found: Gathered, keys: Sequence[Key]) -> list[tuple[Key, Key]]:
    """Return which numbers are compared with which.

    In each model every method with every later one and with each chance method; of two models each
    method with itself, predictions with predictions, and a model's own evidence with the methods
    that explain a model without evidence.
    """
    there = set(keys)
    models = [(m["name"], list(m["methods"])) for m in found.run["models"]]
    metrics = list(dict.fromkeys(key.metric for key in keys))

    def all_pairs() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        for model, methods in models:
            own = [method for method in methods if method not in BASELINES]
            chance = [method for method in methods if method in BASELINES]
            for n, method in enumerate(own):
                for other in (*own[n + 1 :], *chance):
                    yield (model, method), (model, other)
        for n, (model, methods) in enumerate(models):
            for other_model, others in models[n + 1 :]:
                yield (model, NO_METHOD), (other_model, NO_METHOD)
                for method in methods:
                    if method in others and method not in BASELINES:
                        yield (model, method), (other_model, method)
        for model, methods in models:
            for other_model, others in models:
                if "evidence" in methods and "evidence" not in others:
                    for method in others:
                        if method not in BASELINES:
                            yield (model, "evidence"), (other_model, method)

    return [
        (Key(*a, metric), Key(*b, metric))
        for a, b in all_pairs()
        for metric in metrics
        if Key(*a, metric) in there and Key(*b, metric) in there
    ]


def _over_common(
    draws: Draws, pairs: Sequence[tuple[Number, Number]]
) -> dict[tuple[Key, Key], Difference]:
    """Compare numbers that are not of the same images over those that they share."""
    statistics: list[Statistic] = []
    for a, b in pairs:
        both = a.defined & b.defined
        statistics += [a.of(both), b.of(both)] if both.any() else [_nothing, _nothing]
    resamples = draws.values(statistics)
    values = [value_of(one, draws.images) for one in statistics]
    return {
        (a.key, b.key): _difference(
            *(draws, a, b, values[2 * n] - values[2 * n + 1]),
            resamples[2 * n] - resamples[2 * n + 1],
        )
        for n, (a, b) in enumerate(pairs)
    }


def _difference(draws: Draws, a: Number, b: Number, value: float, apart: Floats) -> Difference:
    both = a.defined & b.defined
    low, high = draws.interval(apart, both)
    known = not math.isnan(low)
    tested = known and draws.units(both) >= FEW
    undefined = math.isnan(value)
    return Difference(
        *(a.key.model, a.key.method, b.key.model, b.key.method, a.key.metric),
        *(value, low, high, significance(apart) if tested else math.nan),
        n=0 if undefined else int(both.sum()),
        interval=draws.text if known else "",
        test=draws.text if tested else "",
    )


def _by_flips(
    draws: Draws,
    by_key: Mapping[Key, Measured],
    results: Mapping[tuple[Key, Key], Difference],
) -> dict[tuple[Key, Key], Difference]:
    """Return the differences of means over images with the p of the sign-flip test."""
    means = []
    for pair, one in results.items():
        a, b = (by_key[key].number for key in pair)
        known = a.per_image is not None and b.per_image is not None and one.n > 0
        if known and draws.units(a.defined & b.defined) > 1:
            means.append(pair)
    found = {}
    for start in range(0, len(means), TOGETHER):
        some = means[start : start + TOGETHER]
        sums = np.stack([_apart(draws, *(by_key[key].number for key in pair)) for pair in some])
        counts, ps = np.count_nonzero(sums, axis=1), sign_flip(sums, draws.seed)
        for pair, count, p in zip(some, counts, ps, strict=True):
            test = f"{'exact ' if count <= EXACT else ''}sign flip by {draws.unit}"
            found[pair] = replace(results[pair], p=float(p), test=test)
    return found


def _apart(draws: Draws, a: Number, b: Number) -> Floats:
    """Return the sum of each patient's (or image's) differences of two means."""
    assert a.per_image is not None
    assert b.per_image is not None
    apart = np.where(np.isclose(a.per_image, b.per_image, SAME, SAME), 0, a.per_image - b.per_image)
    return draws.by_unit(np.where(a.defined & b.defined, apart, 0))


def _by_delong(found: Gathered, draws: Draws, difference: Difference) -> Difference | None:
    """Return the difference of two AUCs of two classes with DeLong's interval; else None."""
    if difference.metric != "auc":
        return None
    a, b = (found.predictions[name] for name in (difference.model, difference.other_model))
    both = (a.truth >= 0) & (b.truth >= 0)
    alike = np.array_equal(a.truth[both], b.truth[both])
    if a.classes != b.classes or len(a.classes) != 2 or not alike:
        return None
    groups = found.patients[both] if found.by_patient else None
    test = delong(a.probabilities[both], b.probabilities[both], a.truth[both], groups=groups)
    known = not math.isnan(test.low)
    tested = known and draws.units(both) >= FEW
    return replace(
        difference,
        value=test.difference,
        low=test.low,
        high=test.high,
        p=test.p if tested else math.nan,
        interval=delong_text(found) if known else "",
        test=delong_text(found) if tested else "",
    )


def delong_text(found: Gathered) -> str:
    """Return how an AUC's interval was found."""
    return "DeLong by patient" if found.by_patient else "DeLong"


def _nothing(times: Floats) -> Floats:
    return np.full(len(times), np.nan)
