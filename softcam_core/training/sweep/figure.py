"""The figure of a sweep, as the paper's Figures 6, 11 and 13: metrics against lambda."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from softcam_core.figures.palette import BLUE, FAINT, GREEN, INK, SOFT
from softcam_core.figures.save import as_png, as_svg
from softcam_core.figures.style import MM, ONE_COLUMN, TWO_COLUMNS, drawing, plain
from softcam_core.training.sweep.plan import value_text
from softcam_core.training.sweep.records import (
    PENALTY_NAMES,
    SweepPanel,
    SweepPoint,
    SweepRecord,
)

RED = "#cf222e"
"""Of the chosen value, as in the paper."""
LEFT, RIGHT, TOP, BOTTOM = 13.5, 3.5, 7.5, 10.0
"""Space around the two axes of a panel, mm."""
STRIP, GAP, LEGEND = 27.0, 3.5, 4.0
"""Height of one metric's axes, space between the two, and height of a line of the legend, mm."""
ZOOM, ZOOM_TOLERANCES = 0.06, 8.0
"""How far below the dense model an axis goes at most: in metric, or in tolerances if that is more.
What lies lower stands at the edge with its number."""
LEGEND_COLUMNS = {1: 2, 2: 6}
"""For figures one and two panels wide."""
SUBSCRIPTS = {"l1": "λ₁", "l2": "λ₂"}
SHORT = {"auc": "AUC", "kappa": "kappa"}
TITLE_LETTERS = 44
CLOSE, CROWD = 7, 10
"""Of more values the names are smaller; of more than the second number they are slanted."""


def draw_sweep(record: SweepRecord) -> Figure:
    """Draw a panel for each architecture and penalty: accuracy above, AUC or kappa below.

    The dense model stands at the left as 0, with the tolerance below it as a band; a red marker
    shows the chosen lambda. Points are means over seeds, thin lines the range of the seeds.
    """
    with drawing():
        count = len(record.panels)
        columns = min(count, 2)
        rows = math.ceil(count / columns)
        width = ONE_COLUMN if columns == 1 else TWO_COLUMNS
        one = TOP + 2 * STRIP + GAP + BOTTOM
        legend = _keys(record)
        lines = math.ceil(len(legend) / LEGEND_COLUMNS[columns])
        height = rows * one + lines * LEGEND + 2.0
        figure = Figure(figsize=(width * MM, height * MM))
        cell = width / columns
        for index, panel in enumerate(record.panels):
            row, column = divmod(index, columns)
            left = column * cell + LEFT
            axes_width = cell - LEFT - RIGHT
            bottom = height - (row + 1) * one + BOTTOM
            places = [bottom + STRIP + GAP, bottom]
            axes = [
                figure.add_axes((left / width, place / height, axes_width / width, STRIP / height))
                for place in places
            ]
            _draw_panel(axes, record, panel)
        figure.legend(
            handles=legend,
            loc="lower center",
            ncols=LEGEND_COLUMNS[columns],
            frameon=False,
            fontsize=6.5,
            handlelength=1.6,
            columnspacing=1.4,
            labelspacing=0.3,
            borderaxespad=0.2,
        )
        return figure


def png_and_svg(figure: Figure) -> tuple[bytes, bytes]:
    """Return a figure as files; the same figure gives the same bytes."""
    with drawing():
        return as_png(figure), as_svg(figure, "Selection of lambda on the validation set")


def _draw_panel(axes: Sequence[Axes], record: SweepRecord, panel: SweepPanel) -> None:
    points = (panel.reference, *panel.points)
    places = _places(points)
    metrics = (("accuracy", "accuracy", BLUE), (record.second, SHORT[record.second], GREEN))
    for ax, (metric, label, colour) in zip(axes, metrics, strict=True):
        _draw_metric(ax, record, panel, places, metric, colour)
        ax.set_ylabel(f"Validation {label}")
        ax.set_xlim(places[0] - 0.5, places[-1] + 0.5)
        _break_axis(ax, places)
    beside = any(point.value == 0 for point in panel.points)
    names = ["dense" if beside else "0", *(value_text(point.value) for point in panel.points)]
    axes[0].set_xticks(places, [""] * len(places))
    labels = axes[1].set_xticks(places, names)
    for tick, point in zip(labels, points, strict=True):
        if _is_chosen(panel, point):
            tick.label1.set(color=RED, fontweight="bold")
        if len(names) > CLOSE:
            tick.label1.set(fontsize=6.0)
        if len(names) > CROWD:
            tick.label1.set(rotation=40, ha="right")
    name = PENALTY_NAMES[panel.penalty]
    zero = "" if beside else "; 0: the dense model"
    axes[1].set_xlabel(f"{SUBSCRIPTS[panel.penalty]} of the {name} penalty{zero}")
    axes[0].set_title(plain(f"{panel.arch}, {name} ({panel.penalty})", TITLE_LETTERS))


def _places(points: Sequence[SweepPoint]) -> list[float]:
    """Return where points stand: the logarithm of lambda; zeros to the left of the others."""
    logs = [math.log10(point.value) for point in points if point.value > 0]
    zeros = len(points) - len(logs)
    steps = [b - a for a, b in pairwise(logs)]
    # In units of the smallest step, so that names of neighbours stand apart.
    unit = max(min(steps, default=1.0), 0.15)
    logs = [(value - logs[0]) / unit for value in logs]
    return [-1.5 - (zeros - 1 - i) for i in range(zeros)] + logs


def _draw_metric(
    ax: Axes,
    record: SweepRecord,
    panel: SweepPanel,
    places: Sequence[float],
    metric: str,
    colour: str,
) -> None:
    points = (panel.reference, *panel.points)
    dense = panel.reference.mean(metric)
    means = [point.mean(metric) for point in points]
    low, high = _limits(record, points, metric, dense)
    ax.set_ylim(low, high)
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    if math.isfinite(dense):
        ax.axhspan(dense - record.tolerance, dense, color=FAINT, linewidth=0, zorder=0.5)
        ax.axhline(dense, color=SOFT, linewidth=0.7, linestyle=(0, (4, 2)), zorder=1)
    ax.plot(places[1:], means[1:], color=colour, linewidth=1.2, zorder=2)
    for place, point, mean in zip(places, points, means, strict=True):
        if math.isnan(mean):
            _note(ax, place, low, high, "failed" if point.failed else "not defined")
            continue
        seeds = point.seeds(metric)
        if len(seeds) > 1:
            look: dict[str, Any] = {"color": colour, "linewidth": 0.8, "zorder": 2.5}
            ax.plot([place] * 2, [min(seeds), max(seeds)], **look)
            ax.plot([place] * len(seeds), seeds, "_", markersize=4, markeredgewidth=0.8, **look)
        chosen = _is_chosen(panel, point)
        ax.plot(
            [place],
            [max(mean, low)],
            marker="v" if mean < low else "o",
            markersize=6.5 if chosen else 4.5,
            markerfacecolor=(RED if chosen else colour) if point.done else "white",
            markeredgecolor=RED if chosen else colour,
            markeredgewidth=0.9,
            zorder=4 if chosen else 3,
            clip_on=False,
        )
        if mean < low:
            _note(ax, place, low, high, f"{mean:.3f}")


def _is_chosen(panel: SweepPanel, point: SweepPoint) -> bool:
    """Tell whether a point is the choice; 0 is the dense model where no other point has it."""
    if panel.chosen is None or point.value != panel.chosen:
        return False
    return point is not panel.reference or all(other.value > 0 for other in panel.points)


def _note(ax: Axes, place: float, low: float, high: float, text: str) -> None:
    """Write a few letters above the lower edge."""
    y = low + 0.1 * (high - low)
    ax.text(
        *(place, y, text),
        ha="center",
        va="bottom",
        fontsize=6.0,
        color=SOFT,
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
    )


def _limits(
    record: SweepRecord, points: Sequence[SweepPoint], metric: str, dense: float
) -> tuple[float, float]:
    """Return limits around the dense model that show the tolerance."""
    every = [value for point in points for value in point.seeds(metric) if math.isfinite(value)]
    if not every or not math.isfinite(dense):
        return 0.0, 1.0
    span = max(ZOOM, ZOOM_TOLERANCES * record.tolerance)
    low = max(min(*every, dense - 2 * record.tolerance), dense - span)
    high = max(*every, dense + record.tolerance)
    free = 0.09 * (high - low)
    return low - free, high + free


def _break_axis(ax: Axes, places: Sequence[float]) -> None:
    """Show that 0 is not at its place on a logarithmic axis."""
    first = next((place for place in places if place >= 0), None)
    if first is None:
        return
    (x0, x1), middle = ax.get_xlim(), -0.75
    at = (middle - x0) / (x1 - x0)
    for shift in (-0.006, 0.006):
        ax.plot(
            [at + shift - 0.006, at + shift + 0.006],
            [-0.03, 0.03],
            transform=ax.transAxes,
            color=SOFT,
            linewidth=0.7,
            clip_on=False,
            zorder=6,
        )


def _keys(record: SweepRecord) -> list[Line2D | Patch]:
    """Return what the legend names."""
    seeds = max(len(panel.reference.results) for panel in record.panels)
    every = [point for panel in record.panels for point in panel.points]
    handles: list[Line2D | Patch] = [
        _key("mean of the seeds" if seeds > 1 else "trained model", INK),
        _key("chosen", RED),
        Line2D([], [], color=SOFT, linewidth=0.7, linestyle=(0, (4, 2)), label="dense model"),
        Patch(color=FAINT, label=f"at most {record.tolerance:g} below it"),
    ]
    if any(not point.done and not point.failed for point in every):
        handles.append(_key("stopped early", "white", INK))
    return handles


def _key(label: str, fill: str, edge: str = "none") -> Line2D:
    """Return a point of the legend."""
    return Line2D(
        [],
        [],
        linestyle="none",
        marker="o",
        markersize=4.5,
        markerfacecolor=fill,
        markeredgecolor=edge,
        markeredgewidth=0.9,
        label=label,
    )
