"""The places that a shape can be taken by, and what becomes of it when one is moved."""

from __future__ import annotations

import numpy as np

from softcam_core.annotations.shapes.kinds import Points

ELLIPSE_AXES = np.array([[1.0, 0], [0, 1], [-1, 0], [0, -1]])
"""The ends of an ellipse's axes in units of its radii: right, bottom, left, top."""

Bounds = tuple[float, float, float, float]


def of_box(bounds: Bounds) -> Points:
    """Return corners and side centres (8, 2) of a box, clockwise from the top left."""
    x0, y0, x1, y1 = bounds
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    return np.array(
        [[x0, y0], [cx, y0], [x1, y0], [x1, cy], [x1, y1], [cx, y1], [x0, y1], [x0, cy]]
    )


def dragged_box(bounds: Bounds, index: int, x: float, y: float) -> Points:
    """Return the corners (2, 2) of a box after a handle of it went to (x, y).

    The first corner stays the one that was the top left, also where it no longer is.
    """
    corners = np.array(bounds).reshape(2, 2)
    if index in (0, 6, 7):
        corners[0, 0] = x
    if index in (2, 3, 4):
        corners[1, 0] = x
    if index in (0, 1, 2):
        corners[0, 1] = y
    if index in (4, 5, 6):
        corners[1, 1] = y
    return corners


def fitted(points: Points, bounds: Bounds, corners: Points) -> Points:
    """Return points (N, 2) of the box ``bounds`` stretched to the box of other corners."""
    before = np.array(bounds).reshape(2, 2)
    size = np.where(before[1] > before[0], before[1] - before[0], 1)
    stretched: Points = corners[0] + (points - before[0]) / size * (corners[1] - corners[0])
    return stretched


def turned(points: Points, degrees: float, about: Points) -> Points:
    """Return points (N, 2) turned about a place, clockwise on the screen; quarters are exact."""
    quarters, rest = divmod(degrees, 90)
    cos, sin = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarters) % 4]
    if rest:
        cos, sin = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    result: Points = (points - about) @ np.array([[cos, sin], [-sin, cos]]) + about
    return result
