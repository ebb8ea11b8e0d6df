"""The key numbers: for each metric the best model and method, with chance beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from softcam_core.evaluation.metric_ids import BASELINES, METRICS, method_title
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.evaluation.report.numbers import (
    ARROWS,
    BETTER,
    interval,
    is_number,
    model_titles,
    of_metric,
    places_of,
)
from softcam_core.evaluation.results import Result, Summary

KEY_METRICS = (
    *("auc", "accuracy", "kappa", "topk_localization_precision", "activation_precision"),
    *("activation_sensitivity", "pointing_game", "max_box_acc_v2", "pxap", "audc", "auic"),
    *("average_drop",),
)


@dataclass(frozen=True)
class Tile:
    """One key number."""

    title: str
    arrow: str
    better: str
    value: str
    interval: str
    who: str
    chance: str


def key_numbers(summary: Summary) -> list[Tile]:
    """Return a tile for each key metric that was measured."""
    titles = model_titles(summary.run)
    tiles = []
    for metric in KEY_METRICS:
        rows = [row for row in summary.results if row.metric == metric and is_number(row.value)]
        own = [row for row in rows if row.method not in BASELINES]
        if not own:
            continue
        best = _best(metric, own)
        places = places_of(metric)
        tiles.append(
            Tile(
                title=METRICS[metric].title,
                arrow=ARROWS[METRICS[metric].better],
                better=BETTER[METRICS[metric].better],
                value=of_metric(metric, best.value),
                interval=interval(best.low, best.high, places),
                who=_who(best, titles, sum(row.value == best.value for row in own) - 1),
                chance=_chance(metric, [row for row in rows if row.method in BASELINES]),
            )
        )
    return tiles


def _best(metric: str, rows: Sequence[Result]) -> Result:
    sign = -1 if METRICS[metric].better == "low" else 1
    return max(rows, key=lambda row: sign * float(row.value))


def _who(row: Result, titles: Mapping[str, str], equals: int) -> str:
    model = titles.get(row.model, row.model)
    own = "" if row.method == NO_METHOD else f"{method_title(row.method)}, "
    equal = f" and {equals} more" if equals else ""
    return f"{own}{model}{equal}; n\u00a0=\u00a0{row.n}"


def _chance(metric: str, rows: Sequence[Result]) -> str:
    if not rows:
        return ""
    best = _best(metric, rows)
    return f"Chance: {of_metric(metric, best.value)} ({method_title(best.method)})"
