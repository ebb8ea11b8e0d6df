"""Plots in which single images can be seen: scatter, violins, and the confusion matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.evaluation.series import Figure, Floats, Series, floats, looks_of, name_of, top_of
from app.evaluation.words import is_chance, method_word, number, tr
from app.jobs.evaluate import Cases
from softcam_core.evaluation.metric_ids import CENTRE_PRIOR, RANDOM, RANDOMIZED

if TYPE_CHECKING:
    from app.evaluation.figures import Plots

MOST_POINTS = 3000
"""Of more images every second, third ... is drawn: a window stands still for more points."""
LEVELS = 48
"""Heights at which the width of a violin is computed."""
BROADEST = 0.2
"""Half the width of a violin, in places of a method."""


CHANCE_MARKERS = {RANDOM: "o", CENTRE_PRIOR: "P", RANDOMIZED: "X"}
"""Chance has no markers on lines; as a cloud it needs some."""


def scatter(plots: Plots, _kind: str, model: str) -> Figure:
    """Return a point for each image and method, and the means."""
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
    for (a, b), pair, seen in zip(pairs, named, looks_of(named), strict=True):
        look = replace(seen, marker=CHANCE_MARKERS.get(pair[1], seen.marker))
        rows = drawn[(codes[0] == a) & (codes[1] == b)]
        mean = means.get(pair)
        series.append(
            Series(
                name_of(pair[1], pair[0], model),
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
        x_range=(0.0, top_of(sensitivity[drawn])),
        y_range=(0.0, top_of(precision[drawn])),
        note=note,
    )


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


def consistency(plots: Plots, kind: str, model: str) -> Figure:
    """Return the shares of cells of the sign that they should have, as violins."""
    curves = plots.of(kind, model)
    looks = looks_of([(c["model"], c["method"]) for c in curves])
    found, ticks = [], []
    for place, (curve, look) in enumerate(zip(curves, looks, strict=True)):
        name = name_of(curve["method"], curve["model"], model)
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
    found = floats(values)
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


def confusion(plots: Plots, kind: str, model: str) -> Figure:
    """Return how many images of each class are predicted as which."""
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
