"""Plots of lines: curves over patches and layers, ROC and reliability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.evaluation.series import Figure, Floats, Series, floats, looks_of, name_of, top_of
from app.evaluation.words import is_chance, number, tr
from softcam_core.evaluation.colours import look_in_sequence, look_of

if TYPE_CHECKING:
    from app.evaluation.figures import Plots


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
    looks = looks_of([(c["model"], c["method"]) for c in curves])
    for curve, look in zip(curves, looks, strict=True):
        name = name_of(curve["method"], curve["model"], model)
        values = curve["value" if kind == "topk" else "mean"]
        points = _Points(name, "k", curve["k"], values, curve["low"], curve["high"])
        found.append(
            Series(
                name,
                look,
                x=floats(points.at),
                y=floats(points.value),
                low=floats(points.low),
                high=floats(points.high),
                tips=points.tip,
                faint=is_chance(curve["method"]),
            )
        )
    return found


def topk(plots: Plots, kind: str, model: str) -> Figure:
    """Return how many of the patches ranked highest hold a mark."""
    series = _lines(plots, kind, model)
    # A line may have no band, and a place no number.
    ends = [np.nan_to_num(np.fmax(s.y, s.high)) for s in series]
    return Figure(
        tr("k, patches of highest score in each image"),
        tr("Share of patches that hold a mark"),
        tuple(series),
        x_range=(1.0, max((s.x.max() for s in series), default=30.0)),
        y_range=(0.0, max(map(top_of, ends), default=1.0)),
        note=tr("Top-k localization precision, pooled over the images; bands: 95 % intervals."),
    )


def occlusion(plots: Plots, kind: str, model: str) -> Figure:
    """Return what happens when patches are taken away, or shown, one after the other."""
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


def randomization(plots: Plots, kind: str, model: str) -> Figure:
    """Return how alike a map stays while weights are drawn anew."""
    found: list[Series] = []
    ticks: dict[int, str] = {}
    curves = plots.of(kind, model)
    looks = looks_of([(c["model"], c["method"]) for c in curves])
    for curve, look in zip(curves, looks, strict=True):
        name = name_of(curve["method"], curve["model"], model)
        stages, mean = curve["stages"], floats(curve["mean"])
        ticks.update(enumerate(stages))
        found.append(
            Series(
                name,
                look,
                x=np.arange(len(stages), dtype=np.float64),
                y=mean,
                low=floats(curve["low"]),
                high=floats(curve["high"]),
                tips=partial(_random_tip, curve, name),
            )
        )
    ends = [np.fmin(s.y, s.low) for s in found]
    least = min((np.nanmin(end) for end in ends if not np.isnan(end).all()), default=0.0)
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


def roc(plots: Plots, kind: str, model: str) -> Figure:
    """Return sensitivity and specificity at every threshold."""
    found = []
    for place, curve in enumerate(plots.of(kind, model)):
        title = curve["class"] if model else f"{curve['class']} · {curve['model']}"
        name = tr("{0}, AUC {1}").format(title, number(curve["auc"]))
        fpr, tpr = floats(curve["fpr"]), floats(curve["tpr"])
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


def reliability(plots: Plots, kind: str, model: str) -> Figure:
    """Return how often predictions of a confidence are right."""
    found = []
    for place, curve in enumerate(plots.of(kind, model)):
        name = tr("{0}, error {1}").format(curve["model"], number(curve["ece"]))
        x, y = floats(curve["confidence"]), floats(curve["accuracy"])
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
