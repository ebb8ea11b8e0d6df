"""Snapping: a corner goes to the strongest edge that is near the mouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from app.canvas.pointer import PointerEvent
from app.state import ViewerState

Point = tuple[float, float]

WIDEST = 48
"""Image pixels; far out a corner is looked for no farther from the mouse, to stay quick."""

AROUND = 10
"""Image pixels beyond the reach that tell an edge from the noise."""

CLEAR = 4.0
"""An edge is this many times as steep as the middle of its surroundings."""


def snapped(state: ViewerState, event: PointerEvent) -> Point | None:
    """Return the place on an edge that a corner would go to; Alt suspends snapping.

    None where snapping is off or nothing near the mouse stands out.
    """
    image = state.image
    if not state.snap or image is None or event.modifiers & Qt.KeyboardModifier.AltModifier:
        return None
    return nearest_edge(image.pixels, event.inside, event.tolerance)


def nearest_edge(pixels: NDArray[np.generic], place: Point, reach: float) -> Point | None:
    """Return the place of the steepest edge within ``reach`` image pixels of a place.

    Args:
        pixels: (H, W) or (H, W, 3), of any type; only a small patch of them is read.
        place: x, y in image pixels; the centre of a pixel lies at its half.
        reach: radius in image pixels, at least one pixel and at most `WIDEST`.
    """
    height, width = pixels.shape[:2]
    reach = min(max(reach, 1.0), float(WIDEST))
    x, y = place
    margin = int(np.ceil(reach)) + AROUND
    x0, x1 = max(int(x) - margin, 0), min(int(x) + margin + 1, width)
    y0, y1 = max(int(y) - margin, 0), min(int(y) + margin + 1, height)
    if min(x1 - x0, y1 - y0) < 3:
        return None
    patch = pixels[y0:y1, x0:x1].astype(np.float64)
    if patch.ndim == 3:
        patch = patch.mean(axis=2)
    down, across = _slopes(patch)
    steepness = np.hypot(down, across)
    rows, columns = np.mgrid[y0:y1, x0:x1] + 0.5
    away = np.hypot(columns - x, rows - y)
    near = np.where(away <= reach, steepness, -1.0)
    # Of equally steep places the nearest one.
    row, column = np.unravel_index(int((near - 1e-4 * away * near.max()).argmax()), near.shape)
    if near[row, column] <= CLEAR * float(np.median(steepness)) or near[row, column] <= 0:
        return None
    step = _ridge_offset(steepness, int(row), int(column), down, across)
    return x0 + float(column) + 0.5 + step[0], y0 + float(row) + 0.5 + step[1]


def _slopes(patch: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Sobel's slopes down and to the right; at the rim those of the neighbour."""
    p = np.pad(patch, 1, mode="edge")
    rows = p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]
    columns = p[:-2] + 2 * p[1:-1] + p[2:]
    down: NDArray[np.float64] = (rows[2:] - rows[:-2]) / 8
    across: NDArray[np.float64] = (columns[:, 2:] - columns[:, :-2]) / 8
    return down, across


def _ridge_offset(
    steepness: NDArray[np.float64],
    row: int,
    column: int,
    down: NDArray[np.float64],
    across: NDArray[np.float64],
) -> Point:
    """Return how far, right and down, the top of the ridge lies from a pixel: below one half."""
    sides = abs(across[row, column]) >= abs(down[row, column])
    line, at = (steepness[row], column) if sides else (steepness[:, column], row)
    if not 0 < at < len(line) - 1:
        return 0.0, 0.0
    before, here, after = (float(v) for v in line[at - 1 : at + 2])
    bend = before - 2 * here + after
    offset = float(np.clip((before - after) / (2 * bend), -0.5, 0.5)) if bend < 0 else 0.0
    return (offset, 0.0) if sides else (0.0, offset)
