"""What the numbers of runs look like as curves over the epochs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

import numpy as np
from numpy.typing import NDArray

from app.evaluation.series import Figure, Series
from app.training.live.words import METRICS, names_of, short, tr
from softcam_core.evaluation.colours import DASH_DOTTED, DASHED, DOTTED, SOLID, Dash, Look
from softcam_core.figures.palette import BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILLION
from softcam_core.training.runs import RunRecord

COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, BLACK)
MARKERS = "os^Dvh<>"
LINE = 1.6
LONG: Dash = (0, (9.0, 3.0))
DASHES = {
    SOLID: "solid",
    DOTTED: "dotted",
    DASHED: "dashed",
    DASH_DOTTED: "dash-dotted",
    LONG: "long dashes",
}
DENSE_TICKS = 12
"""Epochs up to which each has a tick."""


@dataclass(frozen=True)
class Curve(Series):
    """One number of one run.

    Attributes:
        best: epoch to point out; NaN for none.
        entry: name in the legend: the run's, or the number's where there is one run alone.
    """

    best: float = math.nan
    entry: str = ""


@dataclass(frozen=True)
class Part:
    """One column of metrics.csv in a plot: what it is called, and how its line is dashed."""

    key: str
    name: str
    dash: Dash = SOLID


@dataclass(frozen=True)
class Kind:
    """One plot.

    Attributes:
        title: in the box of plots; also the label of the y axis.
        parts: its columns; one that no run has, or that is 0 throughout, is left out.
        share: whether values lie between -1 or 0 and 1.
        log: whether a logarithmic axis makes sense.
        best: column whose highest value is pointed out; "": the epoch of best.safetensors.
        note: a sentence below.
    """

    title: str
    parts: tuple[Part, ...]
    share: bool = False
    log: bool = False
    best: str = ""
    note: str = ""


BEST_NOTE = "Ringed: the epoch of the best model, by validation accuracy."
TOP_NOTE = "Ringed: the epoch in which it is highest."
KINDS: dict[str, Kind] = {
    "ce": Kind(
        "Cross-entropy",
        (Part("val_loss", "validation"), Part("train_ce", "training", DOTTED)),
        log=True,
        note=BEST_NOTE,
    ),
    "accuracy": Kind(
        "Validation accuracy", (Part("val_accuracy", ""),), share=True, note=BEST_NOTE
    ),
    "auc": Kind(
        "Validation AUC", (Part("val_auc", ""),), share=True, best="val_auc", note=TOP_NOTE
    ),
    "kappa": Kind(
        "Validation quadratic kappa",
        (Part("val_kappa", ""),),
        share=True,
        best="val_kappa",
        note=TOP_NOTE,
    ),
    "parts": Kind(
        "Training loss and its parts",
        (
            Part("train_loss", "total"),
            Part("train_ce", "cross-entropy", DOTTED),
            Part("train_l1", "l1", DASHED),
            Part("train_l2", "l2", DASH_DOTTED),
            Part("train_guidance", "guidance", LONG),
        ),
        log=True,
        note="Penalties are times their lambdas: the parts add up to the total.",
    ),
    "evidence": Kind(
        "Mean |evidence| of the validation images, logits",
        (Part("val_mean_abs_evidence", ""),),
        log=True,
        note=BEST_NOTE,
    ),
    "positive": Kind(
        "Share of cells with positive evidence",
        (Part("val_positive_share", ""),),
        share=True,
        note=BEST_NOTE,
    ),
    "lr": Kind("Learning rate", (Part("lr", ""),), log=True),
    "seconds": Kind("Seconds per epoch", (Part("seconds", ""),)),
}


def kinds_of(runs: Sequence[RunRecord]) -> list[str]:
    """Return the plots for which there is anything to draw."""
    return [
        name
        for name, kind in KINDS.items()
        if any(_says(run, part.key) for run in runs for part in kind.parts)
    ]


def slots_of(runs: Sequence[RunRecord], before: dict[str, int]) -> dict[str, int]:
    """Return a place in the row of colours for each run; who had one keeps it."""
    slots = {key: before[key] for run in runs if (key := str(run.folder)) in before}
    free = (n for n in count() if n not in slots.values())
    for run in runs:
        if str(run.folder) not in slots:
            slots[str(run.folder)] = next(free)
    return slots


def figure_of(
    name: str, runs: Sequence[RunRecord], slots: dict[str, int], log: bool = False
) -> Figure:
    """Return one plot of these runs.

    Args:
        name: in `KINDS`.
        runs: to draw on top of each other.
        slots: from `slots_of`.
        log: draw the logarithm; values of 0 and below are left out then.
    """
    kind = KINDS[name]
    log = log and kind.log
    parts = [part for part in kind.parts if any(_says(run, part.key) for run in runs)]
    drawn = [run for run in runs if any(_says(run, part.key) for part in parts)]
    curves = []
    for run, title in zip(runs, names_of(runs), strict=True):
        for place, part in enumerate(parts):
            if not _says(run, part.key):
                continue
            curve = _curve(run, part, kind, log)
            alone = len(drawn) == 1 and len(parts) > 1
            label = f"{title} · {tr(part.name)}" if len(parts) > 1 else title
            curves.append(
                replace(
                    curve,
                    name=label,
                    entry=tr(part.name) if alone else title,
                    look=look_of_run(place)
                    if alone
                    else look_of_run(slots[str(run.folder)], part.dash),
                    tips=partial(_tip, label, run, part),
                )
            )
    last = max((float(c.x[-1]) for c in curves if len(c.x)), default=2.0)
    ends = (1.0, max(last, 2.0))
    epochs = range(1, int(ends[1]) + 1)
    low_high = _y_range(curves, kind.share)
    return Figure(
        tr("Epoch"),
        tr(kind.title),
        tuple(curves),
        x_range=ends,
        y_range=low_high,
        ticks=tuple((float(n), str(n)) for n in epochs) if len(epochs) <= DENSE_TICKS else (),
        y_ticks=log_ticks(*low_high) if log else (),
        note=" ".join(filter(None, (_dashes(parts) if len(drawn) > 1 else "", tr(kind.note)))),
    )


def legend_of(figure: Figure) -> list[Series]:
    """Return the entries of a figure's legend: the first curve of each name."""
    entries: dict[str, Series] = {}
    for curve in figure.series:
        if isinstance(curve, Curve):
            entries.setdefault(curve.entry, replace(curve, name=curve.entry))
    return list(entries.values())


def hidden_of(figure: Figure, entries: set[str]) -> set[str]:
    """Return the curves that belong to entries of the legend."""
    return {c.name for c in figure.series if isinstance(c, Curve) and c.entry in entries}


def _dashes(parts: Sequence[Part]) -> str:
    """Return which line of a run is which, where there are several."""
    if len(parts) < 2:
        return ""
    return tr("Lines of a run: {0}.").format(
        ", ".join(f"{tr(part.name)} {tr(DASHES[part.dash])}" for part in parts)
    )


def look_of_run(slot: int, dash: Dash = SOLID) -> Look:
    """Return how the run in a place of the row of colours is drawn."""
    again, place = divmod(slot, len(COLOURS))
    return Look(COLOURS[place], dash, MARKERS[again % len(MARKERS)], LINE + (again % 3))


def log_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Return the ticks of an axis of decimal logarithms, in the numbers that they stand for."""
    steps = (1, 2, 5) if high - low < 2.5 else (1,)
    powers = range(math.floor(low), math.ceil(high) + 1)
    if len(powers) > 12:
        powers = range(powers[0], powers[-1] + 1, math.ceil(len(powers) / 8))
    return tuple((power + math.log10(n), f"{n * 10.0**power:g}") for power in powers for n in steps)


def csv_of(runs: Sequence[RunRecord]) -> str:
    """Return all numbers of runs as CSV: a row for each run and epoch; undefined cells empty."""
    keys = list(dict.fromkeys(key for run in runs for row in run.rows for key in row))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["run", *keys])
    for run, name in zip(runs, names_of(runs), strict=True):
        for row in run.rows:
            cells = (row.get(key, math.nan) for key in keys)
            writer.writerow([name, *("" if math.isnan(v) else f"{v:.8g}" for v in cells)])
    return stream.getvalue()


def _curve(run: RunRecord, part: Part, kind: Kind, log: bool) -> Curve:
    epochs = np.array(run.column("epoch"), np.float64)
    values = np.array(run.column(part.key), np.float64)
    values[~np.isfinite(values)] = np.nan
    if log:
        values = np.log10(values, where=values > 0, out=np.full_like(values, np.nan))
    row = run.best(kind.best)
    best = row["epoch"] if row is not None and kind.note in (BEST_NOTE, TOP_NOTE) else math.nan
    # Of two lines of a run the validation's is the one that the best epoch was chosen by.
    chosen = best if part is kind.parts[0] else math.nan
    return Curve("", look_of_run(0), x=epochs, y=values, best=chosen)


def _tip(name: str, run: RunRecord, part: Part, n: int) -> str:
    row = run.rows[n]
    return tr("{0}, epoch {1}: {2}").format(name, f"{row['epoch']:.0f}", short(row[part.key]))


def _says(run: RunRecord, key: str) -> bool:
    """Return whether a run has a column that is worth a line."""
    values = [value for value in run.column(key) if math.isfinite(value)]
    return any(values) or (bool(values) and key in METRICS)


def _y_range(curves: Sequence[Curve], share: bool) -> tuple[float, float]:
    known: NDArray[np.float64] = np.concatenate([c.y for c in curves] or [np.empty(0)])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    room: float = max(0.04 * (high - low), 0.005 if share else 1e-9)
    if share:
        return max(low - room, -1.0), min(high + room, 1.0)
    if high == low:
        room = abs(high) or 1.0
    return low - room, high + room
