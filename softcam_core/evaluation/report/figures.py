"""Every figure of a report, in its order, with its caption and the words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from softcam_core.evaluation.metric_ids import CONSISTENCY
from softcam_core.evaluation.report.classification import (
    draw_confusion,
    draw_reliability,
    draw_roc,
)
from softcam_core.evaluation.report.curves import draw_curves
from softcam_core.evaluation.report.numbers import model_titles
from softcam_core.evaluation.report.panels import arrangements
from softcam_core.evaluation.report.scatter import draw_scatter
from softcam_core.evaluation.report.style import MM, ONE_COLUMN
from softcam_core.evaluation.report.violins import draw_consistency
from softcam_core.evaluation.results import Summary

BANDS = "Bands: 95% bootstrap intervals. Grey, broken: chance."


@dataclass(frozen=True)
class Drawn:
    """One figure.

    Attributes:
        name: of its files, and of the place to jump to.
        title: short.
        caption: what is shown, and of how many images.
        figure: what is drawn.
    """

    name: str
    title: str
    caption: str
    figure: Figure

    @property
    def wide(self) -> bool:
        """Whether it takes two columns."""
        return bool(self.figure.get_figwidth() / MM > ONE_COLUMN + 1)


def draw_all(summary: Summary) -> Iterator[Drawn]:
    """Yield the figures that there are numbers for; call it inside `style.drawing`."""
    curves, titles = summary.curves, model_titles(summary.run)
    yield from _localization(summary, curves)
    yield from _faithfulness(summary, curves)
    yield from _consistency(summary, curves)
    yield from _made(
        "confusion_matrix",
        "Confusion matrices",
        "Number of images, and their share of the true class; the darker, the larger the share. "
        + _n(summary, "accuracy"),
        draw_confusion(curves.get("confusion", ()), titles),
    )
    yield from _made(
        "roc",
        "ROC curves",
        "Sensitivity against 1 − specificity over all thresholds, with the area under each curve; "
        f"of more than two classes each against the rest. {_n(summary, 'auc')}",
        draw_roc(curves.get("roc", ()), titles),
    )
    yield from _made(
        "reliability",
        "Reliability",
        "How often predictions of a given confidence are right, in equal bins of confidence; "
        "below, how many images each bin holds. ECE: expected calibration error. "
        + _n(summary, "calibration_error"),
        draw_reliability(curves.get("reliability", ()), titles),
    )
    yield from _randomization(summary, curves)


def _localization(summary: Summary, curves: Mapping[str, Any]) -> Iterator[Drawn]:
    for ending, which, panels in arrangements(summary.run):
        yield from _made(
            "topk_localization_precision" + ending,
            "Top-k localization precision" + spoken(ending),
            "Share of the k highest patches of each map that hold marked pixels, pooled over "
            f"images; higher is better. {BANDS} {which} "
            + _n(summary, "topk_localization_precision"),
            draw_curves(
                *(panels, _joined(curves.get("topk", ()))),
                value="value",
                x_label="k (highest patches per image)",
                y_label="Localization precision",
                from_zero=True,
            ),
        )
    for ending, which, panels in arrangements(summary.run):
        yield from _made(
            "precision_against_sensitivity" + ending,
            "Activation precision against activation sensitivity" + spoken(ending),
            "Means over images; bars: 95% bootstrap intervals. Towards the upper right is better: "
            "precision alone rewards small maps, sensitivity alone rewards blanket maps. Grey: "
            f"chance. {which} " + _n(summary, "activation_precision"),
            draw_scatter(panels, curves.get("scatter", ())),
        )


def _faithfulness(summary: Summary, curves: Mapping[str, Any]) -> Iterator[Drawn]:
    for kind, metric, what in (
        (
            "deletion",
            "audc",
            "Probability of the predicted class when the highest patches are removed one after "
            "another, as a share of the probability of the whole image; lower is better.",
        ),
        (
            "insertion",
            "auic",
            "Probability of the predicted class when the highest patches are put one after "
            "another into an empty image, as a share of the probability of the whole image; "
            "higher is better.",
        ),
    ):
        verb = "removed" if kind == "deletion" else "inserted"
        for ending, which, panels in arrangements(summary.run):
            yield from _made(
                f"{kind}_curve{ending}",
                f"{kind.capitalize()} curves{spoken(ending)}",
                f"{what} Lines: means over images. {BANDS} {which} " + _n(summary, metric),
                draw_curves(
                    *(panels, curves.get(kind, ())),
                    value="mean",
                    x_label=f"Patches {verb}",
                    y_label="p(c), relative to the whole image",
                ),
            )


def _consistency(summary: Summary, curves: Mapping[str, Any]) -> Iterator[Drawn]:
    panels = arrangements(summary.run)[-1][2]
    counts = {
        (one.model, one.method, side): one.n
        for one in summary.results
        for side, metric in zip(("positive", "negative"), CONSISTENCY, strict=True)
        if one.metric == metric
    }
    yield from _made(
        "activation_consistency",
        "Activation consistency",
        "Share of cells above 0 of the disease class's map on diseased images (r+) and below 0 on "
        "healthy images (r−), over images; higher is better. Circle: median; bar: middle half of "
        "the images; n: images.",
        draw_consistency(panels, curves.get("consistency", ()), counts),
    )


def _randomization(summary: Summary, curves: Mapping[str, Any]) -> Iterator[Drawn]:
    panels = arrangements(summary.run)[-1][2]
    yield from _made(
        "model_randomization",
        "Similarity after randomization of the weights",
        "Similarity of each map to that of the trained model while the model's weights are drawn "
        "anew, stage by stage from the output on, each stage with those before it. A map that "
        f"stays similar does not depend on what the model has learnt: lower is better. {BANDS} "
        + _n(summary, "model_randomization"),
        draw_curves(
            *(panels, curves.get("randomization", ())),
            value="mean",
            x="stages",
            x_label="Randomized down to",
            y_label="Similarity to the original map",
        ),
    )


def _joined(points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Points of one method of one model as one curve."""
    curves: dict[tuple[str, str], dict[str, Any]] = {}
    for point in points:
        model, method = point["model"], point["method"]
        curve = curves.setdefault((model, method), {"model": model, "method": method})
        for key in ("k", "value", "low", "high"):
            curve.setdefault(key, []).append(point[key])
    return list(curves.values())


def _made(name: str, title: str, caption: str, figure: Figure | None) -> Iterator[Drawn]:
    if figure is not None:
        yield Drawn(name, title, " ".join(caption.split()), figure)


def spoken(ending: str) -> str:
    """Return the ending of a file's name as that of a title."""
    return ending.replace("_", ", ", 1).replace("_", " ")


def _n(summary: Summary, metric: str) -> str:
    """How many images a metric has values of, over models and methods."""
    counts = [one.n for one in summary.results if one.metric == metric]
    if not counts:
        return ""
    low, high = min(counts), max(counts)
    return f"n = {high} images." if low == high else f"n = {low} to {high} images."
