"""Activation consistency: how the share of positive and of negative cells spreads over images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from softcam_core.evaluation.report.panels import Panel, Series, floats, name_panels
from softcam_core.figures.palette import INK, SOFT
from softcam_core.figures.style import MM, TWO_COLUMNS

FEW = 12
"""Up to so many images every one is a point."""
STEP, HEAD = 6.2, 4.6
"""Height of a row, and what a model's name takes above its rows, mm."""
LEFT, GAP, RIGHT, TOP, BOTTOM = 40.0, 14.0, 9.0, 11.0, 11.0
TITLES = {
    "positive": "Diseased images: r+ (cells above 0)",
    "negative": "Healthy images: r− (cells below 0)",
}
LABELS = {
    "positive": "Share of cells with positive activation",
    "negative": "Share of cells with negative activation",
}


def draw_consistency(
    panels: Sequence[Panel],
    found: Sequence[Mapping[str, Any]],
    counts: Mapping[tuple[str, str, str], int],
) -> Figure | None:
    """Draw a violin (or points, when few) per method, r+ at the left and r- at the right.

    Args:
        panels: a group of rows for each; those without values are left out.
        found: entries with ``model``, ``method``, ``positive`` and ``negative``: one number per
            image, or quantiles of very many.
        counts: (model, method, ``positive`` or ``negative``) -> images.

    Returns:
        None if there are no values.
    """
    entries = {(one["model"], one["method"]): one for one in found}
    groups = []
    for panel in panels:
        rows = [one for one in panel.series if (one.model, one.method) in entries]
        if rows:
            groups.append((panel, rows))
    if not groups:
        return None
    height = sum(HEAD + STEP * len(rows) for _, rows in groups)
    total = TOP + height + BOTTOM
    figure = Figure(figsize=(TWO_COLUMNS * MM, total * MM))
    width = (TWO_COLUMNS - LEFT - GAP - 2 * RIGHT + RIGHT) / 2
    axes = [
        figure.add_axes(
            (
                (LEFT + position * (width + GAP)) / TWO_COLUMNS,
                BOTTOM / total,
                width / TWO_COLUMNS,
                height / total,
            )
        )
        for position in range(2)
    ]
    for ax, side in zip(axes, ("positive", "negative"), strict=True):
        _draw_side(ax, side, groups, entries, counts, height)
    for tick, (one, _) in zip(axes[0].get_yticklabels(), _rows(groups), strict=True):
        tick.set_color(SOFT if one.look.chance else INK)
        tick.set_fontweight("bold" if one.method == "evidence" else "normal")
    axes[1].set_yticklabels([])
    name_panels(axes, list(TITLES.values()), left=6.0, room=width)
    return figure


def _rows(groups: Sequence[tuple[Panel, Sequence[Series]]]) -> list[tuple[Series, float]]:
    """Each row and how far below the top its middle lies, mm."""
    placed, y = [], 0.0
    for _, rows in groups:
        y += HEAD
        for one in rows:
            placed.append((one, y + STEP / 2))
            y += STEP
    return placed


def _draw_side(
    ax: Axes,
    side: str,
    groups: Sequence[tuple[Panel, Sequence[Series]]],
    entries: Mapping[tuple[str, str], Mapping[str, Any]],
    counts: Mapping[tuple[str, str, str], int],
    height: float,
) -> None:
    ax.set_ylim(height, 0)
    ax.set_xlim(-0.02, 1.02)
    placed = _rows(groups)
    for one, y in placed:
        values = floats(entries[one.model, one.method][side])
        values = values[np.isfinite(values)]
        _draw_row(ax, one, y, values)
        ax.annotate(
            f"n = {counts.get((one.model, one.method, side), 0)}",
            (1.02, y),
            xytext=(2, 0),
            textcoords="offset points",
            va="center",
            fontsize=6,
            color=SOFT,
            annotation_clip=False,
        )
    ax.set_yticks([y for _, y in placed], [one.label for one, _ in placed])
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(LABELS[side])
    y = 0.0
    for panel, rows in groups:
        if side == "positive":
            ax.annotate(
                panel.title,
                (0, y + HEAD - 1.0),
                xytext=(-(LEFT - 3) * MM * 72, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                va="baseline",
                fontweight="bold",
                annotation_clip=False,
            )
        y += HEAD + STEP * len(rows)


def _draw_row(ax: Axes, one: Series, y: float, values: NDArray[np.float64]) -> None:
    look = one.look
    half = 0.42 * STEP
    if len(values) > FEW and np.ptp(values) > 0:
        parts = ax.violinplot(
            [values], [y], orientation="horizontal", widths=2 * half, showextrema=False, points=60
        )
        for body in parts["bodies"]:  # type: ignore[attr-defined]
            body.set(facecolor=look.colour, edgecolor=look.colour, alpha=0.35, linewidth=0.7)
            if look.chance:
                body.set(linestyle="dashed", alpha=0.25)
    else:
        # Every second point a little higher, every other a little lower.
        offsets = np.resize([-0.16, 0.16], len(values)) * STEP
        ax.plot(
            *(np.sort(values), y + offsets),
            linestyle="none",
            marker="o",
            markersize=2.6,
            color=look.colour,
            alpha=0.75,
        )
    if len(values):
        first, middle, third = np.quantile(values, (0.25, 0.5, 0.75))
        ax.plot([first, third], [y, y], color=look.colour, linewidth=2.2, solid_capstyle="butt")
        ax.plot(
            *([middle], [y]),
            marker="o",
            markersize=3.6,
            markerfacecolor="white",
            markeredgecolor=look.colour,
            markeredgewidth=1.0,
        )
