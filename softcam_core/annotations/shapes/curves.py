"""Curves as lines of straight pieces that stay within a twentieth of a pixel of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.shapes.kinds import Points

DEVIATION = 0.05
"""How far, in pixels, the straight pieces may leave the true curve."""

_MOST_PIECES = 4096


def ellipse_turns(radius: float) -> NDArray[np.float64]:
    """Return the angles, 0 to 2 pi, at which an ellipse of this larger radius gets a corner."""
    radius = max(radius, 2 * DEVIATION)
    count = int(np.clip(np.ceil(np.pi / np.arccos(1 - DEVIATION / radius)), 24, 720))
    return np.linspace(0, 2 * np.pi, count + 1)


def spline(points: Points) -> tuple[Points, NDArray[np.intp]]:
    """Return a closed centripetal Catmull-Rom curve through ``points`` (N, 2), three or more.

    The curve goes through every point, moves only near a point that is moved, and makes neither
    cusps nor loops between two points [Yuksel, Schaefer, Keyser: Parameterization and
    applications of Catmull-Rom curves, 2011]. Points that repeat the one before count once;
    where fewer than three are left the curve is the straight line there and back.

    Returns:
        A closed line (M, 2), its first point repeated at the end, and for each of its pieces
        (M - 1,) the index of the point after which it comes.
    """
    index = np.flatnonzero((points != np.roll(points, 1, axis=0)).any(axis=1))
    if len(index) < 3:
        start = np.arange(len(points))
        return np.concatenate([points, points[:1]]), start
    controls = _bezier(points[index])
    counts = _piece_counts(controls)
    segment = np.repeat(np.arange(len(index)), counts)
    first = np.cumsum(counts) - counts
    t = ((np.arange(counts.sum()) - first[segment]) / counts[segment])[:, None]
    b0, b1, b2, b3 = (control[segment] for control in controls)
    s = 1 - t
    line = s**3 * b0 + 3 * s**2 * t * b1 + 3 * s * t**2 * b2 + t**3 * b3
    return np.concatenate([line, line[:1]]), index[segment]


def _bezier(points: Points) -> tuple[Points, Points, Points, Points]:
    """Return the cubic Bezier controls, each (N, 2), of the pieces from each point to the next."""
    before, after, beyond = (np.roll(points, shift, axis=0) for shift in (1, -1, -2))
    # Centripetal: knots are the square roots of the chords apart.
    knot = np.sqrt(np.hypot(*(after - points).T))[:, None]
    left, right = np.roll(knot, 1, axis=0), np.roll(knot, -1, axis=0)
    first = (
        left**2 * after - knot**2 * before + (2 * left**2 + 3 * left * knot + knot**2) * points
    ) / (3 * left * (left + knot))
    second = (
        right**2 * points - knot**2 * beyond + (2 * right**2 + 3 * right * knot + knot**2) * after
    ) / (3 * right * (right + knot))
    return points, first, second, after


def _piece_counts(controls: tuple[Points, Points, Points, Points]) -> NDArray[np.intp]:
    """Return into how many pieces each cubic is cut, by Wang's bound on its second derivative."""
    b0, b1, b2, b3 = controls
    bend = np.maximum(np.hypot(*(b0 - 2 * b1 + b2).T), np.hypot(*(b1 - 2 * b2 + b3).T))
    counts: NDArray[np.float64] = np.ceil(np.sqrt(0.75 * bend / DEVIATION)).clip(1, _MOST_PIECES)
    return counts.astype(np.intp)
