"""The figure of a sweep, as the paper's Figures 6, 11 and 13: metrics against lambda."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

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
    SECOND_NAMES,
    SweepPanel,
    SweepPoint,
    SweepRecord,
)

RED = "#cf222e"
"""Of the chosen value, as in the paper."""
LEFT, RIGHT, TOP, BOTTOM = 14.0, 3.0, 7.5, 11.5
"""Space around the two axes of a panel, mm."""
STRIP, GAP, LEGEND = 27.0, 4.0, 9.0
"""Height of one metric's axes, space between the two, and height of the legend, mm."""
ZOOM, ZOOM_TOLERANCES = 0.06, 8.0
"""How far below the dense model an axis goes at most: in metric, or in tolerances if that is more.
What lies lower stands at the edge with its number."""
SUBSCRIPTS = {"l1": "λ₁", "l2": "λ₂"}
TITLE_LETTERS = 44


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
        height = rows * one + LEGEND
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
        _legend(figure, record)
        return figure


def png_and_svg(figure: Figure) -> tuple[bytes, bytes]:
    """Return a figure as files; the same figure gives the same bytes."""
    with drawing():
        return as_png(figure), as_svg(figure, "Selection of lambda on the validation set")


def _draw_panel(axes: Sequence[Axes], record: SweepRecord, panel: SweepPanel) -> None:
    points = (panel.reference, *panel.points)
    places = _places(points)
    metrics = (("accuracy", "accuracy", BLUE), (record.second, _second(record), GREEN))
    for ax, (metric, label, colour) in zip(axes, metrics, strict=True):
        _draw_metric(ax, record, panel, places, metric, colour)
        ax.set_ylabel(f"Validation\n{label}")
        ax.set_xlim(places[0] - 0.5, places[-1] + 0.5)
        _break_axis(ax, places)
    names = ["0", *(value_text(point.value) for point in panel.points)]
    axes[0].set_xticks(places, [""] * len(places))
    labels = axes[1].set_xticks(places, names)
    if len(names) > 9:
        for tick in labels:
            tick.label1.set(rotation=40, ha="right", fontsize=6.0)
    name = PENALTY_NAMES[panel.penalty]
    axes[1].set_xlabel(f"{SUBSCRIPTS[panel.penalty]} of the {name} penalty; 0: the dense model")
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
    shown = [max(mean, low) for mean in means]
    ax.plot(places[1:], shown[1:], color=colour, linewidth=1.2, zorder=2, clip_on=False)
    for place, point, mean, y in zip(places, points, means, shown, strict=True):
        if math.isnan(mean):
            text = "failed" if point.failed else "not defined"
            _note(ax, place, low, high, text)
            continue
        seeds = [value for value in point.seeds(metric) if low <= value <= high]
        if len(point.results) > 1 and seeds:
            ax.plot([place] * 2, [min(seeds), max(seeds)], color=colour, linewidth=0.8, zorder=2)
            ax.plot(
                [place] * len(seeds),
                seeds,
                "_",
                color=colour,
                markersize=4,
                markeredgewidth=0.8,
                zorder=2,
            )
        chosen = panel.chosen is not None and point.value == panel.chosen
        whole = point.done
        ax.plot(
            [place],
            [y],
            marker="v" if mean < low else "o",
            markersize=6.5 if chosen else 4.5,
            markerfacecolor=(RED if chosen else colour) if whole else "white",
            markeredgecolor=RED if chosen else colour,
            markeredgewidth=0.9,
            zorder=4 if chosen else 3,
            clip_on=False,
        )
        if mean < low:
            _note(ax, place, low, high, f"{mean:.3f}".removeprefix("0"))


def _note(ax: Axes, place: float, low: float, high: float, text: str) -> None:
    """Write a few letters above the lower edge."""
    y = low + 0.1 * (high - low)
    ax.text(place, y, text, ha="center", va="bottom", fontsize=6.0, color=SOFT, rotation=0)


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


def _legend(figure: Figure, record: SweepRecord) -> None:
    """Name what is drawn, below all panels."""
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
    figure.legend(
        handles=handles,
        loc="lower center",
        ncols=len(handles) if len(record.panels) > 1 else 3,
        frameon=False,
        fontsize=6.5,
        handlelength=1.6,
        columnspacing=1.4,
        borderaxespad=0.2,
    )


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


def _second(record: SweepRecord) -> str:
    return SECOND_NAMES[record.second]
