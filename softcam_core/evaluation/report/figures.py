"""Every figure of a report, in its order, with its caption and the words for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from matplotlib.figure import Figure

from softcam_core.evaluation.metric_ids import CONSISTENCY
from softcam_core.evaluation.report.classification import (
    FEW,
    draw_confusion,
    draw_reliability,
    draw_roc,
)
from softcam_core.evaluation.report.curves import draw_curves
from softcam_core.evaluation.report.numbers import model_titles
from softcam_core.evaluation.report.panels import Panel, arrangements
from softcam_core.evaluation.report.scatter import draw_scatter
from softcam_core.evaluation.report.violins import draw_consistency
from softcam_core.evaluation.results import Summary
from softcam_core.figures.style import MM, ONE_COLUMN

PANELS, ROWS = 6, 34
"""Panels of two in a row, and rows of violins, that a page holds."""
BANDS = "Bands: 95% bootstrap intervals. Grey, broken: chance."

OCCLUSION = (
    (
        *("deletion", "audc", "Patches removed"),
        "Probability of the predicted class when the highest patches are removed one after "
        "another, as a share of the probability of the whole image; lower is better.",
    ),
    (
        *("insertion", "auic", "Patches inserted"),
        "Probability of the predicted class when the highest patches are put one after another "
        "into an empty image, as a share of the probability of the whole image; higher is better.",
    ),
)
T = TypeVar("T")


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
    for arrangement in arrangements(summary.run):
        yield from _localization(summary, *arrangement)
        yield from _faithfulness(summary, *arrangement)
    yield from _consistency(summary)
    yield from _classification(summary)
    yield from _randomization(summary)


def _localization(
    summary: Summary, ending: str, which: str, panels: Sequence[Panel]
) -> Iterator[Drawn]:
    curves, points = summary.curves.get("topk", ()), summary.curves.get("scatter", ())
    yield from _made(
        "topk_localization_precision" + ending,
        "Top-k localization precision" + _spoken(ending),
        "Share of the k highest patches of each map that hold marked pixels, pooled over images; "
        f"higher is better. {BANDS} {which} " + _n(summary, "topk_localization_precision"),
        _parts(panels, PANELS),
        lambda some: draw_curves(
            *(some, curves),
            value="value",
            x_label="k (highest patches per image)",
            y_label="Localization precision",
            from_zero=True,
        ),
    )
    yield from _made(
        "precision_against_sensitivity" + ending,
        "Activation precision against activation sensitivity" + _spoken(ending),
        "Precision: share of the map on the marks; sensitivity: how strongly the map covers the "
        "marks. Means over the images for which both are defined; bars: 95% bootstrap intervals. "
        "Towards the upper right is better: precision alone rewards small maps, sensitivity alone "
        f"rewards blanket maps. Grey: chance. {which} " + _span([one["n"] for one in points]),
        _parts(panels, PANELS),
        lambda some: draw_scatter(some, points),
    )


def _faithfulness(
    summary: Summary, ending: str, which: str, panels: Sequence[Panel]
) -> Iterator[Drawn]:
    for kind, metric, x_label, what in OCCLUSION:
        curves = summary.curves.get(kind, ())
        yield from _made(
            f"{kind}_curve{ending}",
            f"{kind.capitalize()} curves{_spoken(ending)}",
            f"{what} Lines: means over images. {BANDS} {which} " + _n(summary, metric),
            _parts(panels, PANELS),
            partial(
                draw_curves,
                curves=curves,
                value="mean",
                x_label=x_label,
                y_label="p(c), relative to the whole image",
            ),
        )


def _consistency(summary: Summary) -> Iterator[Drawn]:
    panels = arrangements(summary.run)[-1][2]
    found = summary.curves.get("consistency", ())
    counts = {
        (one.model, one.method, side): one.n
        for one in summary.results
        for side, metric in zip(("positive", "negative"), CONSISTENCY, strict=True)
        if one.metric == metric
    }
    rows = max((len(panel.series) for panel in panels), default=1)
    yield from _made(
        "activation_consistency",
        "Activation consistency",
        "Share of cells above 0 of the disease class's map on diseased images (r+) and below 0 on "
        "healthy images (r−), over images; higher is better. Circle: median; bar: middle half of "
        "the images; n: images.",
        _parts(panels, max(1, ROWS // (rows + 1))),
        lambda some: draw_consistency(some, found, counts),
    )


def _classification(summary: Summary) -> Iterator[Drawn]:
    curves, titles = summary.curves, model_titles(summary.run)
    matrices = curves.get("confusion", [])
    few = all(len(one["classes"]) <= FEW for one in matrices)
    yield from _made(
        "confusion_matrix",
        "Confusion matrices",
        "Number of images, and their share of the true class; the darker, the larger the share. "
        + _n(summary, "accuracy"),
        _parts(matrices, 9 if few else 4),
        lambda some: draw_confusion(some, titles),
    )
    lines = curves.get("roc", [])
    models = list(dict.fromkeys(line["model"] for line in lines))
    alone = len(models) == len(lines)
    yield from _made(
        "roc",
        "ROC curves",
        "Sensitivity against 1 − specificity over all thresholds, with the area under each curve; "
        f"of more than two classes each against the rest. {_n(summary, 'auc')}",
        [models] if alone else _parts(models, PANELS),
        lambda some: draw_roc([line for line in lines if line["model"] in some], titles),
    )
    yield from _made(
        "reliability",
        "Reliability",
        "How often predictions of a given confidence are right, in equal bins of confidence; "
        "below, how many images each bin holds. ECE: expected calibration error. "
        + _n(summary, "calibration_error"),
        _parts(curves.get("reliability", []), 9),
        lambda some: draw_reliability(some, titles),
    )


def _randomization(summary: Summary) -> Iterator[Drawn]:
    panels = arrangements(summary.run)[-1][2]
    curves = summary.curves.get("randomization", ())
    yield from _made(
        "model_randomization",
        "Similarity after randomization of the weights",
        "Similarity of each map to that of the trained model while the model's weights are drawn "
        "anew, stage by stage from the output on, each stage with those before it. A map that "
        f"stays similar does not depend on what the model has learnt: lower is better. {BANDS} "
        + _n(summary, "model_randomization"),
        _parts(panels, PANELS),
        lambda some: draw_curves(
            *(some, curves),
            value="mean",
            x="stages",
            x_label="Randomized down to",
            y_label="Similarity to the original map",
        ),
    )


def _made(
    name: str,
    title: str,
    caption: str,
    parts: Iterable[list[T]],
    draw: Callable[[list[T]], Figure | None],
) -> Iterator[Drawn]:
    """Yield a figure for each part that there is something of."""
    number = 0
    for part in parts:
        figure = draw(part)
        if figure is not None:
            number += 1
            later = number > 1
            yield Drawn(
                name + f"_{number}" * later,
                title + ", continued" * later,
                " ".join(caption.split()).replace("n = ", "n\u00a0=\u00a0"),
                figure,
            )


def _parts(items: Sequence[T], size: int) -> list[list[T]]:
    """Part what a page cannot hold into several figures."""
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def _spoken(ending: str) -> str:
    """The ending of a file's name as that of a title."""
    return ending.replace("_", ", ", 1).replace("_", " ")


def _n(summary: Summary, metric: str) -> str:
    """How many images a metric has values of, over models and methods."""
    return _span([one.n for one in summary.results if one.metric == metric])


def _span(counts: Sequence[int]) -> str:
    if not counts:
        return ""
    low, high = min(counts), max(counts)
    return f"n = {high} images." if low == high else f"n = {low} to {high} images."
