"""Activation precision against activation sensitivity, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from softcam_core.evaluation.report.panels import (
    CROWD,
    LABEL_SIZE,
    LEFT,
    Panel,
    Series,
    floats,
    grid,
    name_panels,
)
from softcam_core.figures.palette import INK, SOFT
from softcam_core.figures.style import ONE_COLUMN
from softcam_core.figures.text import text_width

RIGHT = 8.0
HEIGHT = 62.0
LINE = 2.7
"""Height of a label, mm."""
FAR = 0.4
"""What a mm between a point and its label costs, beside a square mm covered."""
CLEAR = 1.5
"""From a point to its label, mm."""

Box = tuple[float, float, float, float]


def draw_scatter(panels: Sequence[Panel], points: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Draw a point per method with the 95% intervals of both means, and its name beside it.

    Args:
        panels: what to draw; those without a point are left out.
        points: entries with ``model``, ``method``, ``precision`` and ``sensitivity``, each as
            (value, low, high).

    Returns:
        None if no panel has a point.
    """
    found = {(one["model"], one["method"]): one for one in points}
    filled = []
    for panel in panels:
        shown = [
            (one, _numbers(found[one.model, one.method]))
            for one in panel.series
            if (one.model, one.method) in found
        ]
        shown = [(one, numbers) for one, numbers in shown if np.isfinite(numbers[:, 0]).all()]
        if shown:
            filled.append((panel, shown))
    if not filled:
        return None
    figure, axes = grid(len(filled), height=HEIGHT, right=RIGHT)
    every = np.stack([numbers for _, shown in filled for _, numbers in shown])
    limits = [_limits(every[:, axis]) for axis in range(2)]
    for ax, (_, shown) in zip(axes, filled, strict=True):
        ax.set_xlim(limits[0])
        ax.set_ylim(limits[1])
        ax.xaxis.set_major_locator(MaxNLocator(6))
        ax.yaxis.set_major_locator(MaxNLocator(6))
        ax.set_xlabel("Activation precision (higher is better)")
        ax.set_ylabel("Activation sensitivity (higher is better)")
        for one, numbers in reversed(shown):
            _draw_point(ax, one, numbers, len(shown) > CROWD)
        _label(ax, shown)
    name_panels(axes, [panel.title for panel, _ in filled])
    return figure


def _numbers(point: Mapping[str, Any]) -> NDArray[np.float64]:
    """(2, 3): precision and sensitivity, each as value, low, high."""
    return np.stack([floats(point["precision"]), floats(point["sensitivity"])])


def _limits(numbers: NDArray[np.float64]) -> tuple[float, float]:
    """Limits that hold all values and intervals (n, 3), a little beyond the unit range at most."""
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    free = max(0.08 * (high - low), 0.02)
    return max(-0.02, low - free), min(1.02, high + free)


def _draw_point(ax: Axes, one: Series, numbers: NDArray[np.float64], crowded: bool) -> None:
    (x, *_), (y, *_) = numbers
    # An interval that could not be computed leaves the point alone.
    arms = np.nan_to_num(np.abs(numbers[:, 1:] - numbers[:, :1]))
    look = one.look
    _, _, bars = ax.errorbar(
        *(x, y),
        xerr=arms[0][:, None],
        yerr=arms[1][:, None],
        fmt=look.marker or "o",
        markersize=5.0 if not look.chance else 4.0,
        color=look.colour,
        markerfacecolor="white" if look.chance else look.colour,
        markeredgecolor=look.colour,
        markeredgewidth=0.8,
        elinewidth=0.8,
        capsize=0 if crowded else 1.6,
        capthick=0.8,
        zorder=2 if look.chance else 3,
    )
    for arm in bars:
        arm.set_alpha(0.5 if crowded else 1.0)
        if look.chance:
            arm.set_linestyle("dashed")


def _label(ax: Axes, shown: Sequence[tuple[Series, NDArray[np.float64]]]) -> None:
    """Write names beside points where they cover no other point, arm or name."""
    width, height = ONE_COLUMN - LEFT - RIGHT, HEIGHT
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    scale = np.array([width / (x1 - x0), height / (y1 - y0)])
    places = [(numbers[:, 0] - (x0, y0)) * scale for _, numbers in shown]
    taken: list[Box] = []
    for (_, numbers), (x, y) in zip(shown, places, strict=True):
        ends = (numbers[:, 1:] - np.array([[x0], [y0]])) * scale[:, None]
        taken.append((x - 1.1, y - 1.1, x + 1.1, y + 1.1))
        if np.isfinite(ends).all():
            taken.append((float(ends[0, 0]), y - 0.3, float(ends[0, 1]), y + 0.3))
            taken.append((x - 0.3, float(ends[1, 0]), x + 0.3, float(ends[1, 1])))
    # Evidence is drawn last, and its name finds its place first.
    for (one, _), (x, y) in zip(shown, places, strict=True):
        size = (text_width(one.label, LABEL_SIZE, one.method == "evidence"), LINE)
        options = list(_options(x, y, size))
        costs = [_cost(box, taken, width, height) + FAR * _away(box, x, y) for box in options]
        best = options[int(np.argmin(costs))]
        taken.append(best)
        ax.annotate(
            one.label,
            (best[0] / width, (best[1] + best[3]) / 2 / height),
            xycoords="axes fraction",
            va="center",
            fontsize=LABEL_SIZE,
            color=SOFT if one.look.chance else INK,
            fontweight="bold" if one.method == "evidence" else "normal",
            zorder=5,
        )
        if _away(best, x, y) > LINE:
            near = (
                min(max(x, best[0]), best[2]) / width,
                min(max(y, best[1]), best[3]) / height,
            )
            ax.annotate(
                "",
                (x / width, y / height),
                xytext=near,
                xycoords="axes fraction",
                textcoords="axes fraction",
                arrowprops={
                    "arrowstyle": "-",
                    "color": one.look.colour,
                    "lw": 0.5,
                    "shrinkA": 0,
                    "shrinkB": 2,
                },
            )


def _options(x: float, y: float, size: tuple[float, float]) -> list[Box]:
    """Boxes around a point, the nearest and those beside it first."""
    width, height = size
    boxes = []
    for step in (0.0, 1.0, 2.0, 3.5, 5.0):
        up = CLEAR + step * LINE
        for left, bottom in (
            (x + CLEAR, y + up - CLEAR - (height / 2 if step == 0 else 0)),
            (x - CLEAR - width, y + up - CLEAR - (height / 2 if step == 0 else 0)),
            (x + 0.6, y + up - 0.5),
            (x + 0.6, y - up + 0.5 - height),
            (x - 0.6 - width, y + up - 0.5),
            (x - 0.6 - width, y - up + 0.5 - height),
        ):
            boxes.append((left, bottom, left + width, bottom + height))
    return boxes


def _cost(box: Box, taken: Sequence[Box], width: float, height: float) -> float:
    """Square mm of a box that lie over others, and what reaches out of the axes counts most."""
    covered = sum(_shared(box, other) for other in taken)
    area = (box[2] - box[0]) * (box[3] - box[1])
    outside = area - _shared(box, (0.5, 0.5, width + RIGHT - 0.5, height - 0.5))
    return covered + 10 * outside


def _away(box: Box, x: float, y: float) -> float:
    """Mm from a point to a box."""
    across = max(box[0] - x, 0.0, x - box[2])
    up = max(box[1] - y, 0.0, y - box[3])
    return float(np.hypot(across, up))


def _shared(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, up)
