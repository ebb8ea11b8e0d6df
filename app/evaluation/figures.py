"""What a plot shows, as plain arrays: worked out from the results, without a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.evaluation.words import is_chance, method_word, number, tr
from app.jobs.evaluate import Cases
from softcam_core.evaluation.colours import Look, look_in_sequence, look_of
from softcam_core.evaluation.metric_ids import CENTRE_PRIOR, RANDOM, RANDOMIZED

Floats = NDArray[np.float64]
NONE: Floats = np.empty(0)
MOST_POINTS = 3000
"""Of more images every second, third ... is drawn: a window stands still for more points."""
LEVELS = 48
"""Heights at which the width of a violin is computed."""
BROADEST = 0.2
"""Half the width of a violin, in places of a method."""


@dataclass(frozen=True)
class Series:
    """One line, cloud of points, or pair of violins.

    Attributes:
        name: in the legend.
        look: colour, dash and marker.
        x, y: places.
        low, high: of a line's band; empty for none.
        rows: of points: rows of `Cases`, to go to; empty for none.
        tips: what each place says when the mouse rests on it.
        cross: of points: mean with interval, (value, low, high) in x and y.
        outlines: of violins: closed polygons (n, 2).
        faint: chance, and what only guides the eye.
    """

    name: str
    look: Look
    x: Floats = field(default_factory=lambda: NONE)
    y: Floats = field(default_factory=lambda: NONE)
    low: Floats = field(default_factory=lambda: NONE)
    high: Floats = field(default_factory=lambda: NONE)
    rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    tips: Callable[[int], str] = lambda _: ""
    cross: tuple[tuple[float, float, float], tuple[float, float, float]] | None = None
    outlines: tuple[Floats, ...] = ()
    faint: bool = False


@dataclass(frozen=True)
class Figure:
    """One plot.

    Attributes:
        x, y: labels of the axes.
        x_range, y_range: what is shown at first.
        ticks: (place, text) on the x axis instead of numbers.
        matrix: counts (true, predicted) of a confusion matrix, and the classes' names.
        note: a sentence below.
    """

    x: str
    y: str
    series: tuple[Series, ...] = ()
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)
    ticks: tuple[tuple[float, str], ...] = ()
    matrix: tuple[NDArray[np.int64], tuple[str, ...]] | None = None
    note: str = ""


@dataclass(frozen=True)
class Plots:
    """What plots are made of: the curves of ``results.json`` and the numbers of each image."""

    curves: dict[str, list[dict[str, Any]]]
    cases: Cases

    def kinds(self) -> list[str]:
        """Return the ids of the plots that there is something for."""
        measured = {"activation_precision", "activation_sensitivity"} <= {*self.cases.metrics}
        there = {kind for kind, found in self.curves.items() if found}
        there.discard("scatter")
        if measured and len(self.cases.case):
            there.add("scatter")
        return [kind for kind in KINDS if kind in there]

    def models(self, kind: str) -> list[str]:
        """Return the models that a plot can show."""
        if kind == "scatter":
            return self.cases.words["model"]
        return list(dict.fromkeys(curve["model"] for curve in self.curves.get(kind, ())))

    def figure(self, kind: str, model: str) -> Figure:
        """Return a plot of one model, or of all with ""; a confusion matrix is of one."""
        return KINDS[kind][1](self, kind, model)

    def of(self, kind: str, model: str) -> list[dict[str, Any]]:
        """Return the curves of a plot, of one model or of all."""
        return [c for c in self.curves.get(kind, ()) if model in ("", c["model"])]

    def scatter_means(self, model: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Return model and method -> means of precision and sensitivity."""
        return {(c["model"], c["method"]): c for c in self.of("scatter", model)}


def _name(method: str, model: str, only: str) -> str:
    return method_word(method) if only else f"{method_word(method)} · {model}"


def _looks(pairs: Sequence[tuple[str, str]]) -> list[Look]:
    """Return the looks of (model, method) pairs; models that share a method differ in dash."""
    seen: dict[str, int] = {}
    looks = []
    for _, method in pairs:
        looks.append(look_of(method, seen.get(method, 0)))
        seen[method] = seen.get(method, 0) + 1
    return looks


@dataclass(frozen=True)
class _Points:
    """The points of one line; ``words`` is what they are counted by."""

    name: str
    words: str
    at: list[int]
    value: list[float | None]
    low: list[float | None]
    high: list[float | None]

    def tip(self, n: int) -> str:
        text = tr("{0}: {1} at {2} = {3}").format(
            self.name, number(self.value[n]), self.words, self.at[n]
        )
        if self.low[n] is None or self.high[n] is None:
            return text
        return tr("{0} ({1} to {2})").format(text, number(self.low[n]), number(self.high[n]))


def _lines(plots: Plots, kind: str, model: str) -> list[Series]:
    """Return a line with its band for each model and method."""
    found = []
    curves = plots.of(kind, model)
    looks = _looks([(c["model"], c["method"]) for c in curves])
    for curve, look in zip(curves, looks, strict=True):
        name = _name(curve["method"], curve["model"], model)
        values = curve["value" if kind == "topk" else "mean"]
        points = _Points(name, "k", curve["k"], values, curve["low"], curve["high"])
        found.append(
            Series(
                name,
                look,
                x=_floats(points.at),
                y=_floats(points.value),
                low=_floats(points.low),
                high=_floats(points.high),
                tips=points.tip,
                faint=is_chance(curve["method"]),
            )
        )
    return found


def _floats(values: Any) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _topk(plots: Plots, kind: str, model: str) -> Figure:
    series = _lines(plots, kind, model)
    return Figure(
        tr("k, patches of highest score in each image"),
        tr("Share of patches that hold a mark"),
        tuple(series),
        x_range=(1.0, max((s.x.max() for s in series), default=30.0)),
        y_range=(0.0, max((_top(np.nan_to_num(s.high)) for s in series), default=1.0)),
        note=tr("Top-k localization precision, pooled over the images; bands: 95 % intervals."),
    )


def _occlusion(plots: Plots, kind: str, model: str) -> Figure:
    series = _lines(plots, kind, model)
    most = max((np.nanmax(s.y) for s in series if not np.isnan(s.y).all()), default=1.0)
    notes = {
        "deletion": tr("The lower, the more the network lost with the patches ranked highest."),
        "insertion": tr("The higher, the more the patches ranked highest tell the network."),
    }
    axes = {"deletion": tr("k, patches removed"), "insertion": tr("k, patches shown")}
    return Figure(
        axes[kind],
        tr("Probability, relative to the whole image"),
        tuple(series),
        x_range=(0.0, max((s.x.max() for s in series), default=30.0)),
        y_range=(0.0, max(1.0, float(most))),
        note=tr("{0} Mean over images; bands: 95 % intervals.").format(notes[kind]),
    )


def _randomization(plots: Plots, kind: str, model: str) -> Figure:
    found: list[Series] = []
    ticks: dict[int, str] = {}
    curves = plots.of(kind, model)
    looks = _looks([(c["model"], c["method"]) for c in curves])
    for curve, look in zip(curves, looks, strict=True):
        name = _name(curve["method"], curve["model"], model)
        stages, mean = curve["stages"], _floats(curve["mean"])
        ticks.update(enumerate(stages))
        found.append(
            Series(
                name,
                look,
                x=np.arange(len(stages), dtype=np.float64),
                y=mean,
                low=_floats(curve["low"]),
                high=_floats(curve["high"]),
                tips=partial(_random_tip, curve, name),
            )
        )
    least = min((np.nanmin(s.low) for s in found if not np.isnan(s.low).all()), default=0.0)
    return Figure(
        tr("Layers whose weights are drawn anew, from the last one on"),
        tr("Similarity to the map of the trained network"),
        tuple(found),
        x_range=(0.0, max(1.0, len(ticks) - 1.0)),
        y_range=(min(0.0, float(least)), 1.0),
        ticks=tuple((float(n), text) for n, text in sorted(ticks.items())),
        note=tr("A map that stays alike does not show what the network has learned."),
    )


def _random_tip(curve: dict[str, Any], name: str, n: int) -> str:
    return tr("{0}: {1} after {2}").format(name, number(curve["mean"][n]), curve["stages"][n])


CHANCE_MARKERS = {RANDOM: "o", CENTRE_PRIOR: "P", RANDOMIZED: "X"}
"""Chance has no markers on lines; as a cloud it needs some."""


def _scatter(plots: Plots, _kind: str, model: str) -> Figure:
    cases, means = plots.cases, plots.scatter_means(model)
    precision = cases.values[:, cases.metrics.index("activation_precision")]
    sensitivity = cases.values[:, cases.metrics.index("activation_sensitivity")]
    there = ~(np.isnan(precision) | np.isnan(sensitivity))
    if model:
        there &= cases.codes["model"] == cases.words["model"].index(model)
    drawn = np.flatnonzero(there)
    images = len(np.unique(cases.codes["image"][drawn]))
    step = -(-len(drawn) // MOST_POINTS)
    if step > 1:
        # Whole images, so that every method has the same.
        drawn = drawn[cases.codes["image"][drawn] % step == 0]
    codes = cases.codes["model"][drawn], cases.codes["method"][drawn]
    pairs = sorted({(int(a), int(b)) for a, b in zip(*codes, strict=True)})
    named = [(cases.words["model"][a], cases.words["method"][b]) for a, b in pairs]
    series = []
    for (a, b), pair, seen in zip(pairs, named, _looks(named), strict=True):
        look = replace(seen, marker=CHANCE_MARKERS.get(pair[1], seen.marker))
        rows = drawn[(codes[0] == a) & (codes[1] == b)]
        mean = means.get(pair)
        series.append(
            Series(
                _name(pair[1], pair[0], model),
                look,
                x=sensitivity[rows],
                y=precision[rows],
                rows=rows,
                tips=partial(_case_tip, cases, rows),
                cross=(_three(mean["sensitivity"]), _three(mean["precision"])) if mean else None,
                faint=is_chance(pair[1]),
            )
        )
    note = tr("A point is an image: click it to see its map. Crosses: means, 95 % intervals.")
    if step > 1:
        note += " " + tr("One in {1} of {0} images is drawn.").format(images, step)
    return Figure(
        tr("Activation sensitivity: how much of the marks is covered"),
        tr("Activation precision: share of the map on the marks"),
        tuple(series),
        x_range=(0.0, _top(sensitivity[drawn])),
        y_range=(0.0, _top(precision[drawn])),
        note=note,
    )


def _top(values: Floats) -> float:
    """Return the end of an axis of shares from 0 on: little above the largest, at most 1."""
    return min(1.0, max(0.2, 1.1 * float(values.max(initial=0.0))))


def _case_tip(cases: Cases, rows: NDArray[np.intp], n: int) -> str:
    row = int(rows[n])
    return tr("{0} · {1} · {2}: precision {3}, sensitivity {4}").format(
        cases.text("image", row),
        method_word(cases.text("method", row)),
        cases.text("model", row),
        number(cases.value("activation_precision", row)),
        number(cases.value("activation_sensitivity", row)),
    )


def _three(values: Sequence[float | None]) -> tuple[float, float, float]:
    value, low, high = (np.nan if v is None else float(v) for v in values)
    return value, low, high


def _consistency(plots: Plots, kind: str, model: str) -> Figure:
    curves = plots.of(kind, model)
    looks = _looks([(c["model"], c["method"]) for c in curves])
    found, ticks = [], []
    for place, (curve, look) in enumerate(zip(curves, looks, strict=True)):
        name = _name(curve["method"], curve["model"], model)
        ticks.append((float(place), method_word(curve["method"])))
        sides = [_known(curve["positive"]), _known(curve["negative"])]
        middles = [place - BROADEST - 0.02, place + BROADEST + 0.02]
        shown = [(x, values) for x, values in zip(middles, sides, strict=True) if len(values)]
        found.append(
            Series(
                name,
                look,
                x=np.array([x for x, _ in shown]),
                y=np.array([np.median(values) for _, values in shown]),
                tips=_violin_tip(name, sides, [len(values) > 0 for values in sides]),
                outlines=tuple(_violin(values, x) for x, values in shown),
                faint=is_chance(curve["method"]),
            )
        )
    return Figure(
        "",
        tr("Share of cells"),
        tuple(found),
        x_range=(-0.5, max(0.5, len(curves) - 0.5)),
        ticks=tuple(ticks),
        note=tr(
            "Left of each pair: positive cells on diseased images (r+); right: negative cells on "
            "healthy images (r−). Points: medians."
        ),
    )


def _known(values: Sequence[float | None]) -> Floats:
    found = _floats(values)
    return found[~np.isnan(found)]


def _violin(values: Floats, middle: float) -> Floats:
    """Return the outline (n, 2) of a violin: a Gaussian kernel, cut at the ends of the data."""
    low, high = values.min(), values.max()
    spread = values.std() or 0.02
    width = max(1.06 * spread * len(values) ** -0.2, 0.01)
    levels = np.linspace(low, high, LEVELS) if high > low else np.array([low - 0.005, low + 0.005])
    sampled = values if len(values) <= MOST_POINTS else values[:: len(values) // MOST_POINTS]
    density = np.exp(-0.5 * ((levels[:, None] - sampled[None]) / width) ** 2).mean(axis=1)
    half = BROADEST * density / density.max()
    right = np.stack([middle + half, levels], axis=1)
    left = np.stack([middle - half, levels], axis=1)[::-1]
    outline: Floats = np.concatenate([right, left, right[:1]])
    return outline


def _violin_tip(name: str, sides: list[Floats], there: list[bool]) -> Callable[[int], str]:
    which = [n for n, known in enumerate(there) if known]

    def tip(n: int) -> str:
        values = sides[which[n]]
        word = tr("r+ on diseased images") if which[n] == 0 else tr("r− on healthy images")
        return tr("{0}: {1}, median {2} of {3} images").format(
            name, word, number(float(np.median(values))), len(values)
        )

    return tip


def _roc(plots: Plots, kind: str, model: str) -> Figure:
    found = []
    for place, curve in enumerate(plots.of(kind, model)):
        title = curve["class"] if model else f"{curve['class']} · {curve['model']}"
        name = tr("{0}, AUC {1}").format(title, number(curve["auc"]))
        fpr, tpr = _floats(curve["fpr"]), _floats(curve["tpr"])
        found.append(
            Series(
                name,
                look_in_sequence(place),
                x=fpr,
                y=tpr,
                tips=partial(_roc_tip, name, fpr, tpr),
            )
        )
    return Figure(
        tr("1 − specificity"), tr("Sensitivity"), (*found, _diagonal(tr("Chance"))), note=""
    )


def _roc_tip(name: str, fpr: Floats, tpr: Floats, n: int) -> str:
    return tr("{0}: sensitivity {1}, specificity {2}").format(
        name, number(float(tpr[n])), number(1 - float(fpr[n]))
    )


def _reliability(plots: Plots, kind: str, model: str) -> Figure:
    found = []
    for place, curve in enumerate(plots.of(kind, model)):
        name = tr("{0}, error {1}").format(curve["model"], number(curve["ece"]))
        x, y = _floats(curve["confidence"]), _floats(curve["accuracy"])
        known = np.flatnonzero(~(np.isnan(x) | np.isnan(y)))
        count = np.array(curve["count"])[known]
        found.append(
            Series(
                name,
                look_in_sequence(place),
                x=x[known],
                y=y[known],
                tips=partial(_reliable_tip, name, x[known], y[known], count),
            )
        )
    return Figure(
        tr("Confidence: probability of the predicted class"),
        tr("Share that is right"),
        (*found, _diagonal(tr("Perfectly calibrated"))),
    )


def _reliable_tip(name: str, x: Floats, y: Floats, count: NDArray[Any], n: int) -> str:
    return tr("{0}: {1} right at confidence {2}, {3} images").format(
        name, number(float(y[n])), number(float(x[n])), int(count[n])
    )


def _diagonal(name: str) -> Series:
    ends = np.array([0.0, 1.0])
    return Series(name, look_of("random"), x=ends, y=ends, tips=lambda _: name, faint=True)


def _confusion(plots: Plots, kind: str, model: str) -> Figure:
    curves = plots.of(kind, model) or plots.of(kind, "")
    matrix, classes = np.array(curves[0]["matrix"], np.int64), tuple(curves[0]["classes"])
    size = float(len(classes))
    return Figure(
        tr("Predicted"),
        tr("Label"),
        x_range=(0.0, size),
        y_range=(0.0, size),
        matrix=(matrix, classes),
        note=tr("{0}: number of images; the colour is the share of the row.").format(
            curves[0]["model"]
        ),
    )


KINDS: dict[str, tuple[str, Callable[[Plots, str, str], Figure]]] = {
    "scatter": ("Precision against sensitivity", _scatter),
    "topk": ("Top-k localization precision", _topk),
    "deletion": ("Deletion curve", _occlusion),
    "insertion": ("Insertion curve", _occlusion),
    "consistency": ("Activation consistency", _consistency),
    "confusion": ("Confusion matrix", _confusion),
    "roc": ("ROC curve", _roc),
    "reliability": ("Reliability", _reliability),
    "randomization": ("Randomized weights", _randomization),
}
"""Plots: id -> title, and what makes it."""
