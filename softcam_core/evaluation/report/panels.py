"""Which methods of which models share a panel, and the grid of panels of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from softcam_core.evaluation.colours import Look, look_of
from softcam_core.evaluation.metric_ids import BASELINES, method_title
from softcam_core.evaluation.model_names import BLACK_BOX, named_models
from softcam_core.evaluation.report.numbers import model_titles
from softcam_core.figures.style import MM, ONE_COLUMN, TWO_COLUMNS, plain
from softcam_core.figures.text import fitted

Run = Mapping[str, Any]
"""What ``run.json`` holds."""
NAME_LETTERS, TITLE_LETTERS = 26, 60
TITLE_SIZE = 7.5
LABEL_SIZE = 6.5
"""Of letters above axes, and of those beside lines and points, pt."""
CROWD = 8
"""Lines from which on intervals are drawn more faintly."""
LABEL_STEP = 2.9
"""From one label to the next, mm."""
LEFT, TOP, BOTTOM, LABELS = 12.0, 7.0, 10.0, 36.0
"""Space around the axes of a panel, mm; labels stand to the right."""
HEIGHT = 44.0
_PADDING = 4.0


@dataclass(frozen=True)
class Series:
    """One method of one model in a panel.

    Attributes:
        model: its name in the run.
        method: id.
        label: as the figure writes it.
        look: how it is drawn.
    """

    model: str
    method: str
    label: str
    look: Look


@dataclass(frozen=True)
class Panel:
    """What is drawn in one pair of axes: evidence first, chance last."""

    title: str
    series: tuple[Series, ...]


def by_model(run: Run) -> list[Panel]:
    """Return a panel for each model with all of its methods."""
    titles = model_titles(run)
    return [
        Panel(
            plain(titles[model["name"]], TITLE_LETTERS),
            _ordered([_series(model["name"], method) for method in model["methods"]]),
        )
        for model in run["models"]
    ]


def by_architecture(run: Run) -> list[Panel]:
    """Return the paper's panels: methods of a black box beside the evidence of its SoftCAM models.

    Empty if no black box shares its architecture with a model that has evidence.
    """
    panels = []
    models = named_models(run["models"])
    for architecture in dict.fromkeys(model.arch for model in models):
        group = [model for model in models if model.arch == architecture]
        boxes = [model for model in group if model.variant == BLACK_BOX]
        explaining = [model for model in group if "evidence" in model.methods]
        if not boxes or not explaining:
            continue
        box = boxes[0]
        series = [_series(box.name, method) for method in box.methods]
        for position, model in enumerate(explaining):
            label = plain(f"{model.label} SoftCAM", NAME_LETTERS)
            look = look_of("evidence", position)
            series.append(Series(model.name, "evidence", label, look))
        panels.append(Panel(plain(architecture, TITLE_LETTERS), _ordered(series)))
    return panels


def arrangements(run: Run) -> list[tuple[str, str, list[Panel]]]:
    """Return (ending of file name and title, what a panel holds, panels) of each arrangement."""
    models = run["models"]
    own = "" if len(models) == 1 else "Each panel is one model."
    paper = by_architecture(run)
    if not paper:
        return [("", own, by_model(run))]
    shared = (
        "As in the SoftCAM paper: post-hoc methods explain the black box, each SoftCAM model is "
        "shown by its own evidence."
    )
    return [("", shared, paper), ("_by_model", own, by_model(run))]


def _series(model: str, method: str) -> Series:
    return Series(model, method, method_title(method), look_of(method))


def _ordered(series: Sequence[Series]) -> tuple[Series, ...]:
    """Evidence first and chance last, as in tables; figures draw in the opposite order."""
    return tuple(
        sorted(series, key=lambda one: (one.method in BASELINES, one.method != "evidence"))
    )


def floats(values: Sequence[float | None] | None) -> NDArray[np.float64]:
    """Return numbers of a JSON file as an array: null is NaN."""
    return np.array([np.nan if v is None else v for v in values or ()], np.float64)


def grid(
    count: int,
    *,
    height: float = HEIGHT,
    left: float = LEFT,
    right: float = LABELS,
    bottom: float = BOTTOM,
    columns: int = 2,
) -> tuple[Figure, list[Axes]]:
    """Return a figure with ``count`` axes, at most ``columns`` (2 or 3) a row; sizes in mm.

    One takes one column of a page, two or more take both.
    """
    columns = min(columns, count)
    rows = -(-count // columns)
    width = ONE_COLUMN if columns == 1 else TWO_COLUMNS
    cell, row_height = width / columns, TOP + height + bottom
    total = row_height * rows
    figure = Figure(figsize=(width * MM, total * MM))
    axes = []
    for position in range(count):
        row, column = divmod(position, columns)
        box = (
            (column * cell + left) / width,
            1 - (row * row_height + TOP + height) / total,
            (cell - left - right) / width,
            height / total,
        )
        axes.append(figure.add_axes(box))
    return figure, axes


def name_panels(
    axes: Sequence[Axes],
    titles: Sequence[str],
    left: float = LEFT,
    room: float = ONE_COLUMN - LEFT,
) -> None:
    """Write each panel's title above it, with a letter to cite where there are several.

    The letter stands ``left`` mm before the axes; a title has ``room`` mm.
    """
    for position, (ax, title) in enumerate(zip(axes, titles, strict=True)):
        ax.set_title(fitted(title, room - 2.0, TITLE_SIZE, bold=True))
        if len(axes) > 1:
            letter = chr(ord("a") + position % 26) * (1 + position // 26)
            ax.annotate(
                letter,
                (0, 1),
                xytext=(-(left - 2.5) * MM * 72, 5),
                xycoords="axes fraction",
                textcoords="offset points",
                fontsize=9,
                fontweight="bold",
                va="baseline",
            )


def height_for(labels: int) -> float:
    """Return the height in mm of axes beside which so many labels have room."""
    return max(HEIGHT, LABEL_STEP * labels + _PADDING)


def spread(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Return places for labels, ``step`` or more apart, as near to the wanted ones as that allows.

    All in one unit. Neighbours that would touch are pooled around their mean (isotonic
    regression), then the whole is pushed back between ``low`` and ``high``.
    """
    # Of equal places the first one lies above.
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], -i))
    # With the steps taken out, places only have to be in order.
    targets = [wanted[i] - n * step for n, i in enumerate(order)]
    pools: list[list[float]] = []
    for target in targets:
        pools.append([target])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    level = [_mean(pool) for pool in pools for _ in pool]
    span = (len(wanted) - 1) * step
    level = [min(max(value, low), max(low, high - span)) for value in level]
    places = [0.0] * len(wanted)
    for n, i in enumerate(order):
        places[i] = level[n] + n * step
    return places


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
