"""Confusion matrices, ROC curves and reliability diagrams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from softcam_core.evaluation.colours import look_in_sequence
from softcam_core.evaluation.report.panels import (
    LABELS,
    LEFT,
    TITLE_LETTERS,
    floats,
    grid,
    name_panels,
)
from softcam_core.figures.palette import BLUE, CHANCE, FAINT, INK, SOFT
from softcam_core.figures.style import ONE_COLUMN, TWO_COLUMNS, plain
from softcam_core.figures.text import fitted, text_width

SHARES = LinearSegmentedColormap.from_list("shares", ["#ffffff", "#9ecae8", "#0b4f80"])
DARK = 0.78
"""Share of a row from which on a cell's text is white."""
NUMBERED, NAMED = 12, 40
"""Up to so many classes cells hold numbers, and axes hold names."""
FEW = 4
"""Up to so many classes three matrices stand in a row."""
SMALL, LARGE = (37.0, 20.0, 17.0, 13.0), (56.0, 30.0, 21.0, 20.0)
"""Side of a matrix, space beside and below it, and the longest name of a class, mm."""
COUNTS, SPACE = 12.0, 3.0
"""Height of the histogram below a reliability diagram, and the gap above it, mm."""
NAMED_CURVES = 10


def draw_confusion(
    matrices: Sequence[Mapping[str, Any]], titles: Mapping[str, str]
) -> Figure | None:
    """Draw counts and the share of each true class; ``matrices``: model, classes, matrix."""
    if not matrices:
        return None
    few = max(len(entry["classes"]) for entry in matrices) <= FEW
    columns = 3 if few and len(matrices) >= 3 else 2
    side, left, bottom, longest = SMALL if columns == 3 else LARGE
    cell = TWO_COLUMNS / columns
    figure, axes = grid(
        *(len(matrices),),
        height=side,
        left=left,
        right=cell - left - side,
        columns=columns,
        bottom=bottom,
    )
    for ax, entry in zip(axes, matrices, strict=True):
        _draw_matrix(
            *(ax, np.array(entry["matrix"], np.int64), list(entry["classes"])),
            cell=side / max(1, len(entry["classes"])),
            longest=longest,
        )
    name_panels(axes, [_title(entry, titles) for entry in matrices], left - 2.0, cell - left)
    return figure


def _draw_matrix(
    ax: Axes, counts: NDArray[np.int64], classes: Sequence[str], cell: float, longest: float
) -> None:
    rows = counts.sum(1, keepdims=True)
    shares = np.divide(counts, rows, out=np.zeros(counts.shape), where=rows > 0)
    edges = np.arange(len(classes) + 1) - 0.5
    ax.pcolormesh(
        *(edges, edges, shares),
        cmap=SHARES,
        vmin=0,
        vmax=1,
        edgecolors="white",
        linewidth=0.4,
    )
    ax.set_aspect("equal")
    ax.invert_yaxis()
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color(FAINT)
    size = len(classes)
    if size <= NAMED:
        small = 7.0 if size <= NUMBERED else 4.5
        names = [fitted(plain(name), longest, small) for name in classes]
        ax.set_yticks(range(size), names, fontsize=small)
        if size <= FEW and max(text_width(name, small) for name in names) < cell - 1:
            ax.set_xticks(range(size), names, fontsize=small)
        else:
            ax.set_xticks(
                *(range(size), names),
                rotation=40,
                ha="right",
                rotation_mode="anchor",
                fontsize=small,
            )
    ax.tick_params(length=0)
    ax.set_xlabel("Predicted class")
    ax.set_ylabel("True class")
    if size > NUMBERED:
        return
    text = 8.0 if size <= 4 else 6.0 if size <= 8 else 4.5
    for (row, column), count in np.ndenumerate(counts):
        share = shares[row, column]
        label = f"{count}\n{share:.0%}" if rows[row, 0] else "0\n–"
        ax.text(
            *(column, row, label),
            ha="center",
            va="center",
            fontsize=text,
            linespacing=1.25,
            color="white" if share > DARK else INK,
        )


def draw_roc(curves: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> Figure | None:
    """Draw ROC curves: all models of a binary task in one panel, else a panel for each model.

    ``curves``: model, class, fpr, tpr, auc.
    """
    if not curves:
        return None
    models = list(dict.fromkeys(curve["model"] for curve in curves))
    if len(models) == len(curves):
        classes = {curve["class"] for curve in curves}
        heading = f"Class “{plain(next(iter(classes)), 30)}”" if len(classes) == 1 else ""
        panels = [(heading, [(titles[c["model"]], c) for c in curves])]
    else:
        panels = [
            (titles[model], [(str(c["class"]), c) for c in curves if c["model"] == model])
            for model in models
        ]
    figure, axes = grid(len(panels), height=56.0, right=LABELS - 11.0)
    for ax, (_, lines) in zip(axes, panels, strict=True):
        _draw_roc_panel(ax, lines)
    name_panels(axes, [plain(title, TITLE_LETTERS) for title, _ in panels])
    return figure


def _draw_roc_panel(ax: Axes, lines: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    ax.plot([0, 1], [0, 1], color=CHANCE, linestyle=(0, (4.5, 1.8)), linewidth=1.0)
    ax.annotate(
        *("chance", (0.5, 0.5)),
        xytext=(3, -7),
        textcoords="offset points",
        fontsize=6.5,
        color=SOFT,
    )
    handles, labels = [], []
    for position, (name, curve) in enumerate(lines):
        look = look_in_sequence(position)
        many = position >= NAMED_CURVES
        (line,) = ax.plot(
            *(floats(curve["fpr"]), floats(curve["tpr"])),
            color=FAINT if many else look.colour,
            linestyle=look.dash,
            linewidth=0.6 if many else look.width,
            zorder=1 if many else 3,
        )
        if not many:
            handles.append(line)
            labels.append(f"{plain(name, 24)}\u2002{_auc(curve['auc'])}")
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(-0.02, 1.02)
    ax.set_xlabel("1 − specificity")
    ax.set_ylabel("Sensitivity")
    legend = ax.legend(
        *(handles, labels),
        title="AUC",
        loc="lower right",
        bbox_to_anchor=(1 + 18.0 / (ONE_COLUMN - LEFT - LABELS + 11.0), 0.0),
        fontsize=6.5,
        title_fontsize=6.5,
        framealpha=0.92,
        edgecolor=FAINT,
        handlelength=2.6,
        borderpad=0.6,
    )
    legend.get_frame().set_linewidth(0.5)


def _auc(value: float | None) -> str:
    return "–" if value is None or np.isnan(value) else f"{value:.3f}"


def draw_reliability(
    diagrams: Sequence[Mapping[str, Any]], titles: Mapping[str, str]
) -> Figure | None:
    """Draw accuracy against confidence over the counts of each bin, a panel for each model.

    ``diagrams``: model, confidence, accuracy, count (each per bin) and ece.
    """
    if not diagrams:
        return None
    plot = 44.0 if len(diagrams) >= 3 else 50.0
    height = plot + SPACE + COUNTS
    room = (TWO_COLUMNS / 3 if len(diagrams) >= 3 else ONE_COLUMN) - LEFT
    figure, axes = grid(len(diagrams), height=height, right=3.0, columns=3)
    for ax, entry in zip(axes, diagrams, strict=True):
        box = ax.get_position()
        share = (COUNTS + SPACE) / height
        top = (box.x0, box.y0 + share * box.height, box.width, (1 - share) * box.height)
        ax.set_position(top)
        below = figure.add_axes((box.x0, box.y0, box.width, COUNTS / height * box.height))
        _draw_diagram(ax, below, entry)
    name_panels(axes, [_title(entry, titles) for entry in diagrams], room=room)
    return figure


def _draw_diagram(ax: Axes, below: Axes, entry: Mapping[str, Any]) -> None:
    counts = floats(entry["count"])
    edges = np.linspace(0, 1, len(counts) + 1)
    confidence, accuracy = floats(entry["confidence"]), floats(entry["accuracy"])
    some = counts > 0
    ax.plot([0, 1], [0, 1], color=CHANCE, linestyle=(0, (4.5, 1.8)), linewidth=1.0)
    ax.annotate(
        *("ideal", (0.3, 0.3)),
        xytext=(-4, 0),
        textcoords="offset points",
        ha="right",
        fontsize=6.5,
        color=SOFT,
    )
    ax.vlines(confidence[some], confidence[some], accuracy[some], color=BLUE, lw=0.8, alpha=0.6)
    ax.plot(confidence[some], accuracy[some], color=BLUE, marker="o", linewidth=1.2, markersize=4)
    ece = entry["ece"]
    if ece is not None:
        ax.annotate(
            *(f"ECE {ece:.3f}", (0.03, 0.95)),
            xycoords="axes fraction",
            va="top",
            fontsize=7.5,
            fontweight="bold",
        )
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(-0.02, 1.02)
    ax.set_ylabel("Share of right predictions")
    ax.set_xticklabels([])
    below.bar(
        *(edges[:-1], counts),
        width=np.diff(edges),
        align="edge",
        color="#a9c9e2",
        edgecolor="white",
        linewidth=0.5,
    )
    below.set_xlim(-0.02, 1.02)
    below.set_ylim(0, max(1.0, float(counts.max(initial=0))) * 1.35)
    below.grid(visible=False)
    below.set_yticks([])
    below.spines["left"].set_visible(False)
    below.set_ylabel("Images")
    below.set_xlabel("Confidence of the prediction")
    for left, count in zip(edges, counts, strict=False):
        if count:
            below.annotate(
                *(f"{count:.0f}", (left + 0.5 / len(counts), count)),
                xytext=(0, 1),
                textcoords="offset points",
                ha="center",
                fontsize=5.5 if len(counts) <= 15 else 4.5,
            )


def _title(entry: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    return plain(titles[entry["model"]], TITLE_LETTERS)
