"""Lines with intervals: precision against k, deletion, insertion, randomization."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from softcam_core.evaluation.report.panels import (
    BOTTOM,
    CROWD,
    LABEL_SIZE,
    LABEL_STEP,
    LABELS,
    LEFT,
    Panel,
    Series,
    floats,
    grid,
    height_for,
    name_panels,
    spread,
)
from softcam_core.figures.palette import INK, SOFT
from softcam_core.figures.style import MM, ONE_COLUMN
from softcam_core.figures.text import fitted

Curve = Mapping[str, Any]
BAND = 0.13
CROWDED_BAND = 0.07
TEXT = 6.6
"""From the axes to the names of lines, mm: there the keys stand."""
STAGES = 20.0
"""Space below axes for names of stages, mm."""
EDGE = 0.02
"""Free space above and below the lines, as a share of the axis."""


def draw_curves(
    panels: Sequence[Panel],
    curves: Sequence[Curve],
    *,
    value: str,
    x_label: str,
    y_label: str,
    x: str = "k",
    from_zero: bool = False,
) -> Figure | None:
    """Draw each panel's curves with their 95% intervals as bands and their names at their ends.

    Args:
        panels: what to draw; those without a curve are left out.
        curves: entries with ``model``, ``method``, ``x``, ``value``, ``low`` and ``high``.
        value: key of the values.
        x_label: of every panel, units included.
        y_label: of every panel, units included.
        x: key of the places along the axis: numbers, or names of stages.
        from_zero: whether the vertical axis begins at zero whatever the values.

    Returns:
        None if no panel has a curve.
    """
    found = {(curve["model"], curve["method"]): curve for curve in curves}
    filled = [
        (panel, [one for one in panel.series if (one.model, one.method) in found])
        for panel in panels
    ]
    filled = [(panel, series) for panel, series in filled if series]
    if not filled:
        return None
    height = height_for(max(len(series) for _, series in filled))
    named = isinstance(next(iter(curves))[x][0], str)
    figure, axes = grid(len(filled), height=height, bottom=STAGES if named else BOTTOM)
    low, high = _range(
        [found[one.model, one.method] for _, series in filled for one in series], value, from_zero
    )
    for ax, (_, series) in zip(axes, filled, strict=True):
        _draw_panel(ax, series, found, value, x)
        ax.set_ylim(low, high)
        ax.set_xlabel(x_label)
        ax.set_ylabel(y_label)
        _label_ends(ax, series, [floats(found[s.model, s.method][value]) for s in series], height)
    name_panels(axes, [panel.title for panel, _ in filled])
    return figure


def _draw_panel(
    ax: Axes,
    series: Sequence[Series],
    found: Mapping[tuple[str, str], Curve],
    value: str,
    x: str,
) -> None:
    for one in reversed(series):
        curve = found[one.model, one.method]
        values, low, high = floats(curve[value]), floats(curve["low"]), floats(curve["high"])
        names = isinstance(curve[x][0], str)
        places = np.arange(len(values)) if names else floats(curve[x])
        if names:
            ax.set_xticks(places, [str(name) for name in curve[x]], rotation=35, ha="right")
        look = one.look
        ax.fill_between(
            *(places, low, high),
            color=look.colour,
            alpha=BAND if len(series) <= CROWD else CROWDED_BAND,
            linewidth=0,
        )
        ax.plot(
            *(places, values),
            color=look.colour,
            linestyle=look.dash,
            linewidth=look.width,
            marker=look.marker or "None",
            markevery=max(1, len(values) // 6),
        )
        if not names:
            ax.xaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 5, 10]))
    ax.margins(x=0.02)


def _range(curves: Sequence[Curve], value: str, from_zero: bool) -> tuple[float, float]:
    """Return round limits that hold every line and band; zero is one of them where it is near."""
    every = np.concatenate(
        [floats(curve[key]) for curve in curves for key in (value, "low", "high")]
    )
    every = every[np.isfinite(every)]
    low, high = (float(every.min()), float(every.max())) if every.size else (0.0, 1.0)
    if from_zero or 0 <= low < 0.45 * high:
        low = min(low, 0.0)
    step = 0.1 if high - low > 0.25 else 0.05 if high - low > 0.1 else 0.02
    low = np.floor((low + 1e-9) / step) * step
    high = np.ceil((high - 1e-9) / step) * step
    free = EDGE * max(high - low, step)
    return low - (free if low else 0), max(high, low + step) + free


def _label_ends(
    ax: Axes, series: Sequence[Series], values: Sequence[np.ndarray], height: float
) -> None:
    """Write each line's name beside its last value, and lead to it where it had to move."""
    low, high = ax.get_ylim()
    last = [line[np.isfinite(line)][-1] if np.isfinite(line).any() else np.nan for line in values]
    shown = [n for n, value in enumerate(last) if np.isfinite(value)]
    wanted = [(last[n] - low) / (high - low) * height for n in shown]
    places = spread(wanted, LABEL_STEP, 0.0, height)
    for n, at, place in zip(shown, wanted, places, strict=True):
        look = series[n].look
        key = 1.5 * MM * 72
        ax.annotate(
            "",
            (1, at / height),
            xytext=(key, (place - at) * MM * 72),
            xycoords="axes fraction",
            textcoords="offset points",
            arrowprops={
                "arrowstyle": "-",
                "color": look.colour,
                "lw": 0.5,
                "shrinkA": 0,
                "shrinkB": 0,
            },
            annotation_clip=False,
        )
        _key(ax, look, place / height)
        bold = series[n].method == "evidence"
        ax.annotate(
            fitted(series[n].label, LABELS - TEXT - 1.2, LABEL_SIZE, bold),
            (1, place / height),
            xytext=(TEXT * MM * 72, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            va="center",
            fontsize=LABEL_SIZE,
            color=SOFT if look.chance else INK,
            fontweight="bold" if bold else "normal",
            annotation_clip=False,
        )


def _key(ax: Axes, look: Any, place: float) -> None:
    """Draw a short piece of a line, with its marker, beside the axes."""
    ends = 1 + np.array([1.6, 3.8, 6.0]) / (ONE_COLUMN - LEFT - LABELS)
    ax.plot(
        *(ends, [place] * 3),
        transform=ax.transAxes,
        color=look.colour,
        linestyle=look.dash,
        linewidth=look.width,
        marker=look.marker or "None",
        markevery=[1],
        clip_on=False,
    )
