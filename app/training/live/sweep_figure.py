"""A sweep as a plot and a table: validation metrics against the values of a lambda."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from app.evaluation.series import Figure, Floats, Series
from app.tables import Column
from app.texts import NO_VALUE
from app.training.live.words import number, short, tr
from softcam_core.evaluation.colours import DASHED, DOTTED, SOLID, Look
from softcam_core.figures.palette import BLUE, GREEN
from softcam_core.training.sweep.plan import value_text
from softcam_core.training.sweep.records import (
    PENALTY_NAMES,
    SECOND_NAMES,
    SweepPanel,
    SweepPoint,
    SweepRecord,
)

RED = "#d1242f"
"""Of the chosen value, as in the paper."""
LAMBDAS = {"l1": "λ₁", "l2": "λ₂"}
APART = 0.12
"""Share of the axis by which the names of two values must stand apart."""
SEEDS = 7.0
"""Size of the point of one seed, px."""


@dataclass(frozen=True)
class Dots(Series):
    """Points without a line; ``size`` in pixels."""

    size: float = SEEDS


def panel_name(panel: SweepPanel) -> str:
    """Return what a panel is of: a network and a penalty."""
    return f"{panel.arch}, {tr(PENALTY_NAMES[panel.penalty])} ({LAMBDAS[panel.penalty]})"


def figure_of(record: SweepRecord, panel: SweepPanel) -> Figure:
    """Return the plot of a panel: the dense model at the left, lambda on a logarithmic axis."""
    points = (panel.reference, *panel.points)
    places = _places(points)
    series: list[Series] = []
    for metric, colour in (("accuracy", BLUE), (record.second, GREEN)):
        name = tr(_title(metric))
        dense = panel.reference.mean(metric)
        if not math.isnan(dense):
            ends = np.array([places[0], places[-1]])
            level = np.full(2, dense)
            series.append(
                Series(
                    tr("{0}, tolerated").format(name),
                    Look(colour, DASHED, "", 1.0),
                    x=ends,
                    y=level,
                    low=level - record.tolerance,
                    high=level,
                    tips=partial(_dense_tip, name, dense, record.tolerance),
                )
            )
        means = np.array([point.mean(metric) for point in points])
        tips = partial(_tip, name, points, metric)
        line = Look(colour, SOLID, "o", 1.8)
        series.append(Series(name, line, x=np.array(places), y=means, tips=tips))
        if any(len(point.results) > 1 for point in points):
            series.append(_seeds(name, points, places, metric, colour))
    low_high = _y_range(series, record)
    at = chosen_place(panel, points)
    if at is not None:
        series.insert(0, _chosen(record, points[at], places[at], low_high))
    ticks = tuple((places[n], _value_name(points[n])) for n in _ticked(places, at))
    return Figure(
        tr("{0}, logarithmic; 0 is the dense model").format(LAMBDAS[panel.penalty]),
        tr("Validation set"),
        tuple(series),
        x_range=(places[0] - 0.3, max(places[-1], places[0] + 1) + 0.3),
        y_range=low_high,
        ticks=ticks,
    )


def chosen_place(panel: SweepPanel, points: Sequence[SweepPoint]) -> int | None:
    """Return which of the points is the chosen one; 0 is the dense model."""
    if panel.chosen is None:
        return None
    return next((n for n, point in enumerate(points) if point.value == panel.chosen), None)


@dataclass(frozen=True)
class ValueRow:
    """A row of the table: one value of a lambda; ``state`` says what became of it."""

    point: SweepPoint
    accuracy: float
    second: float
    evidence: float
    chosen: bool
    state: str


def rows_of(record: SweepRecord, panel: SweepPanel) -> list[ValueRow]:
    """Return the rows of a panel, the dense model first."""
    points = (panel.reference, *panel.points)
    at = chosen_place(panel, points)
    return [
        ValueRow(
            point,
            point.mean("accuracy"),
            point.mean(record.second),
            point.mean("mean_abs_evidence"),
            n == at,
            _state(record, panel, point, n, n == at),
        )
        for n, point in enumerate(points)
    ]


def columns_of(record: SweepRecord, panel: SweepPanel) -> tuple[Column[ValueRow], ...]:
    """Return the columns of a panel's table."""
    several = any(len(p.results) > 1 for p in (panel.reference, *panel.points))
    mean = tr("Mean over the seeds.") if several else ""
    return (
        Column(
            LAMBDAS[panel.penalty], lambda r: _value_name(r.point), lambda r: r.point.value, True
        ),
        Column("Accuracy", lambda r: number(r.accuracy), lambda r: r.accuracy, True, mean),
        Column(_title(record.second), lambda r: number(r.second), lambda r: r.second, True, mean),
        Column("Mean |evidence|", lambda r: short(r.evidence), lambda r: r.evidence, True, mean),
        Column(
            "Epochs",
            lambda r: str(r.point.epochs),
            lambda r: r.point.epochs,
            True,
            "That the least trained seed has finished.",
        ),
        Column("Seeds", lambda r: str(len(r.point.results)), lambda r: len(r.point.results), True),
        Column("Result", lambda r: r.state, lambda r: r.state),
    )


def _title(metric: str) -> str:
    name = SECOND_NAMES.get(metric, metric)
    return name[0].upper() + name[1:]


def _value_name(point: SweepPoint) -> str:
    return value_text(point.value) if point.value else "0"


def _places(points: Sequence[SweepPoint]) -> list[float]:
    """Return where points stand: the logarithm of lambda; 0 beside the smallest of the others."""
    logs = [math.log10(point.value) for point in points if point.value > 0]
    step = max(min((b - a for a, b in pairwise(logs)), default=1.0), 0.3)
    first = logs[0] if logs else 0.0
    zeros = len(points) - len(logs)
    return [first - 1.5 * step - step * (zeros - 1 - n) for n in range(zeros)] + logs


def _ticked(places: Sequence[float], chosen: int | None) -> list[int]:
    """Return the values that have a name on the axis: the dense, the chosen, and others apart."""
    room = APART * (places[-1] - places[0])
    kept: list[int] = []
    for n in (0, *(() if chosen is None else (chosen,)), *range(len(places))):
        if all(abs(places[n] - places[other]) >= room for other in kept):
            kept.append(n)
    return sorted(kept)


def _seeds(
    name: str, points: Sequence[SweepPoint], places: Sequence[float], metric: str, colour: str
) -> Dots:
    """Return a point for each seed of each value."""
    found = [
        (place, value, point, result.seed)
        for place, point in zip(places, points, strict=True)
        for value, result in zip(point.seeds(metric), point.results, strict=True)
    ]

    def tip(n: int) -> str:
        _, value, point, seed = found[n]
        return tr("{0} at {1}, seed {2}: {3}").format(name, _value_name(point), seed, number(value))

    return Dots(
        tr("{0}, each seed").format(name),
        Look(colour, DOTTED, "x"),
        x=np.array([one[0] for one in found]),
        y=np.array([one[1] for one in found]),
        tips=tip,
        faint=True,
    )


def _chosen(
    record: SweepRecord, point: SweepPoint, place: float, low_high: tuple[float, float]
) -> Series:
    value = _value_name(point)
    numbers = [point.mean("accuracy"), point.mean(record.second)]
    ys = np.array([low_high[0], *sorted(n for n in numbers if not math.isnan(n)), low_high[1]])
    name = tr("Chosen: {0}").format(value)
    return Series(
        name, Look(RED, SOLID, "", 2.2), x=np.full(len(ys), place), y=ys, tips=lambda _: name
    )


def _y_range(series: Sequence[Series], record: SweepRecord) -> tuple[float, float]:
    parts: list[Floats] = [array for one in series for array in (one.y, one.low)]
    known = np.concatenate([*parts, np.empty(0)])
    known = known[np.isfinite(known)]
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    room = max(0.05 * (high - low), record.tolerance)
    return max(low - room, -1.0), min(high + room, 1.0 + room / 2)


def _tip(name: str, points: Sequence[SweepPoint], metric: str, n: int) -> str:
    return tr("{0} at {1}: {2}").format(
        name, _value_name(points[n]), number(points[n].mean(metric))
    )


def _dense_tip(name: str, dense: float, tolerance: float, _: int) -> str:
    return tr("{0} of the dense model: {1}; tolerated from {2} on").format(
        name, number(dense), number(dense - tolerance)
    )


def _state(record: SweepRecord, panel: SweepPanel, point: SweepPoint, n: int, chosen: bool) -> str:
    if point.failed:
        return tr("failed")
    if not point.done:
        if not point.epochs:
            return tr("to be trained") if not record.finished else NO_VALUE
        return tr("left early") if record.finished else tr("under way")
    if chosen:
        return tr("chosen")
    if n == 0:
        return tr("reference")
    return tr("passes") if record.passes(panel, point) else tr("too low")
