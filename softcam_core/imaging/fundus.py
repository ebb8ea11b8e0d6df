"""Where the disc of a fundus photograph lies on its dark surround."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 320
"""Longer side, at most, of the sample on which the disc is looked for."""

MIN_AGREEMENT = 0.95
"""Intersection over union of the bright area with the fitted disc; below it there is doubt."""

_THRESHOLDS = (0.05, 0.1, 0.2)
_DARK = 0.15
_MIN_DIAMETER = 0.5


def fundus_box(pixels: NDArray[Any]) -> tuple[int, int, int, int] | None:
    """Return (x0, y0, x1, y1) in pixels: the part of the fundus disc that the image shows.

    A circle is fitted to the outline of what is brighter than the corners. It is the disc if it
    covers the same area as the bright part, its diameter is at least half of the image's shorter
    side, and it does not fill the frame; else the answer is None.

    Args:
        pixels: (H, W) or (H, W, 3) of any type.
    """
    height, width = pixels.shape[:2]
    small, step = _sample(pixels)
    rows, columns = small.shape
    if min(rows, columns) < 16:
        return None
    dark, bright = _corner_level(small), float(np.percentile(small, 95))
    if bright <= 0 or dark > _DARK * bright:
        return None
    fits = [_fit(small > dark + share * (bright - dark)) for share in _THRESHOLDS]
    agreement, circle = max((fit for fit in fits if fit), default=(0.0, (0.0, 0.0, 0.0)))
    x, y, radius = circle
    if agreement < MIN_AGREEMENT or 2 * radius < _MIN_DIAMETER * min(rows, columns):
        return None
    ends = np.array([x - radius, y - radius, x + radius, y + radius]) * step
    x0, y0, x1, y1 = (int(end) for end in np.rint(ends))
    box = max(0, x0), max(0, y0), min(width, x1), min(height, y1)
    return None if box == (0, 0, width, height) else box


def _sample(pixels: NDArray[Any]) -> tuple[NDArray[np.float32], int]:
    """Return the brightest channel of every n-th pixel, at most `SIDE` a side, and n.

    Not an average: that would widen the disc by half a cell wherever it is brighter than dark.
    """
    step = -(-max(pixels.shape[:2]) // SIDE)
    sample = pixels[step // 2 :: step, step // 2 :: step]
    brightest = np.asarray(sample if sample.ndim == 2 else sample.max(axis=2), np.float32)
    brightest = np.nan_to_num(brightest)
    return brightest - min(0.0, float(brightest.min(initial=0))), step


def _corner_level(small: NDArray[np.float32]) -> float:
    """Return the median brightness of the lightest corner: all four must be dark."""
    n = max(2, min(small.shape) // 24)
    ends = (slice(None, n), slice(-n, None))
    return max(float(np.median(small[rows, columns])) for rows in ends for columns in ends)


def _fit(bright: NDArray[np.bool_]) -> tuple[float, tuple[float, float, float]] | None:
    """Fit a circle to the outline of ``bright``: agreement, (x, y, radius) in cells."""
    part = _largest_part(bright)
    points = _outline(part)
    if len(points) < 32:
        return None
    for _ in range(4):
        x, y, radius = _circle(points)
        distance = np.abs(np.hypot(points[:, 0] - x, points[:, 1] - y) - radius)
        near = distance <= max(1.0, 2 * float(np.median(distance)))
        points = points[near]
    rows, columns = np.indices(bright.shape) + 0.5
    disc = np.hypot(columns - x, rows - y) <= radius
    agreement = float((disc & part).sum() / max(1, (disc | part).sum()))
    return agreement, (x, y, radius)


def _largest_part(bright: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the largest connected part with its holes filled: vessels and fovea are dark."""
    import cv2

    contours, _ = cv2.findContours(
        bright.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    part = np.zeros(bright.shape, np.uint8)
    if contours:
        cv2.drawContours(part, [max(contours, key=cv2.contourArea)], -1, 1, cv2.FILLED)
    return part.astype(bool)


def _outline(part: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the outline's points (n, 2), x and y, where it does not run along the image's edge.

    They lie on the edge between the last dark and the first bright cell of each row and column.
    """
    height, width = part.shape
    found = []
    for mask, length, flip in ((part, width, False), (part.T, height, True)):
        lines = np.flatnonzero(mask.any(axis=1))
        first = mask[lines].argmax(axis=1)
        last = length - mask[lines, ::-1].argmax(axis=1)
        for at, inside in ((first, first > 0), (last, last < length)):
            pair = np.stack([at[inside], lines[inside] + 0.5], axis=1)
            found.append(pair[:, ::-1] if flip else pair)
    return np.concatenate(found).astype(np.float64)


def _circle(points: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the circle (x, y, radius) nearest to ``points`` (n, 2): Kasa's least squares."""
    system = np.column_stack([2 * points, np.ones(len(points))])
    (x, y, c), *_ = np.linalg.lstsq(system, (points**2).sum(axis=1), rcond=None)
    return float(x), float(y), float(np.sqrt(max(0.0, c + x**2 + y**2)))
