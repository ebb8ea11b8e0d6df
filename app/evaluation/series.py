"""What a plot consists of: lines, clouds of points, violins and a matrix, as plain arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.evaluation.words import method_word
from softcam_core.evaluation.colours import Look, look_of

Floats = NDArray[np.float64]
NONE: Floats = np.empty(0)


@dataclass(frozen=True)
class Series:
    """One line, cloud of points, or pair of violins.

    Attributes:
        name: in the legend.
        look: colour, dash and marker.
        x, y: places.
        low, high: of a line's band; empty for none.
        rows: of points: rows of `Cases`, to go to; empty for none.
        tips: what each place says when the mouse rests on it.
        cross: of points: mean with interval, (value, low, high) in x and y.
        outlines: of violins: closed polygons (n, 2).
        faint: chance, and what only guides the eye.
    """

    name: str
    look: Look
    x: Floats = field(default_factory=lambda: NONE)
    y: Floats = field(default_factory=lambda: NONE)
    low: Floats = field(default_factory=lambda: NONE)
    high: Floats = field(default_factory=lambda: NONE)
    rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    tips: Callable[[int], str] = lambda _: ""
    cross: tuple[tuple[float, float, float], tuple[float, float, float]] | None = None
    outlines: tuple[Floats, ...] = ()
    faint: bool = False


@dataclass(frozen=True)
class Figure:
    """One plot.

    Attributes:
        x, y: labels of the axes.
        x_range, y_range: what is shown at first.
        ticks, y_ticks: (place, text) on an axis instead of numbers.
        matrix: counts (true, predicted) of a confusion matrix, and the classes' names.
        note: a sentence below.
    """

    x: str
    y: str
    series: tuple[Series, ...] = ()
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)
    ticks: tuple[tuple[float, str], ...] = ()
    y_ticks: tuple[tuple[float, str], ...] = ()
    matrix: tuple[NDArray[np.int64], tuple[str, ...]] | None = None
    note: str = ""


def name_of(method: str, model: str, only: str) -> str:
    """Return what a curve is called; ``only``: the one model that is shown, "" for all."""
    return method_word(method) if only else f"{method_word(method)} · {model}"


def looks_of(pairs: Sequence[tuple[str, str]]) -> list[Look]:
    """Return the looks of (model, method) pairs; models that share a method differ in dash."""
    seen: dict[str, int] = {}
    looks = []
    for _, method in pairs:
        looks.append(look_of(method, seen.get(method, 0)))
        seen[method] = seen.get(method, 0) + 1
    return looks


def floats(values: Any) -> Floats:
    """Return numbers as an array; None is NaN."""
    return np.array([np.nan if value is None else value for value in values], np.float64)


def top_of(values: Floats) -> float:
    """Return the end of an axis of shares from 0 on: little above the largest, at most 1."""
    return min(1.0, max(0.2, 1.1 * float(values.max(initial=0.0))))
