"""Which differences a reader asks for first: chosen from the hundreds that a run has.

Each method against the best of chance, a model's own evidence against methods that explain
afterwards, and models against each other. Free of torch and matplotlib.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from softcam_core.evaluation.metric_ids import BASELINES, CONSISTENCY, METRICS, metric_title
from softcam_core.evaluation.results import Difference, Summary

Kind = Literal["chance", "evidence", "models"]
COMPARED_METRICS = (*(m for m in METRICS if m != "activation_consistency"), *CONSISTENCY)
"""The metrics of the differences that are chosen, in the order of tables."""


def chosen_differences(summary: Summary) -> tuple[Difference, ...]:
    """Return the differences to show first; the evidence stands before what it is compared with.

    Those of a method and chance are of the chance method that does best on the same model and
    metric.
    """
    best = _best_chance(summary)
    found = []
    for one in summary.differences:
        kind = kind_of(one)
        if kind is None or one.metric not in COMPARED_METRICS:
            continue
        if kind == "chance" and best.get((one.model, one.metric)) != one.other_method:
            continue
        later = kind == "evidence" and one.method != "evidence"
        found.append(_turned(one) if later else one)
    return tuple(found)


def kind_of(one: Difference) -> Kind | None:
    """Return what a difference compares; None for two methods that explain afterwards."""
    if one.model == one.other_model and one.other_method in BASELINES:
        return "chance"
    if "evidence" in (one.method, one.other_method) and one.method != one.other_method:
        return "evidence"
    return None if one.model == one.other_model else "models"


def _best_chance(summary: Summary) -> dict[tuple[str, str], str]:
    """(model, metric) -> the chance method with the best value."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for one in summary.results:
        known = one.method in BASELINES and one.metric in COMPARED_METRICS
        if not known or math.isnan(one.value):
            continue
        sign = -1.0 if metric_title(one.metric)[1].better == "low" else 1.0
        key = one.model, one.metric
        found[key] = max(found.get(key, (-math.inf, "")), (sign * one.value, one.method))
    return {key: method for key, (_, method) in found.items()}


def _turned(one: Difference) -> Difference:
    return replace(
        one,
        model=one.other_model,
        method=one.other_method,
        other_model=one.model,
        other_method=one.method,
        value=-one.value,
        low=-one.high,
        high=-one.low,
    )
