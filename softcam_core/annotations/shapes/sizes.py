"""How long, how wide open, how large a shape is: in millimetres where the spacing is known.

The spacing is (row, column) millimetres, as DICOM states it: the height and the width of a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from softcam_core.annotations import masks
from softcam_core.annotations.shapes.kinds import MEASURES, Points
from softcam_core.annotations.shapes.lines import crossings_at
from softcam_core.annotations.shapes.shape import Shape

Spacing = tuple[float, float]

# The trapezoid rule converges at once on an ellipse's smooth, periodic speed.
_ELLIPSE_STEPS = 4096


@dataclass(frozen=True)
class Measure:
    """A value with its unit: ``px``, ``mm``, ``px²``, ``mm²`` or ``deg``."""

    value: float
    unit: str


def measure(shape: Shape, spacing: Spacing | None = None) -> Measure:
    """Return what a ``length`` or an ``angle`` measures.

    An angle is that between the arms at the middle point, 0 to 180 degrees; 0 where an arm has
    no length. With a spacing it is the angle in the body: pixels need not be square.

    Raises:
        ValueError: the shape is of another kind.
    """
    if shape.kind not in MEASURES:
        raise ValueError(f"kind: a {shape.kind} is no measurement")
    points = _scaled(shape.points, spacing)
    if shape.kind == "length":
        return Measure(float(np.hypot(*(points[1] - points[0]))), "px" if spacing is None else "mm")
    first, second = points[0] - points[1], points[2] - points[1]
    cross = first[0] * second[1] - first[1] * second[0]
    return Measure(float(np.degrees(np.arctan2(abs(cross), first @ second))), "deg")


def area(shape: Shape, spacing: Spacing | None = None) -> Measure:
    """Return the area inside a shape, by the even-odd rule; also of what lies off the image.

    It is exact for boxes, ellipses, polygons and freehand outlines, that of the flattened
    outline for splines, and that of the pixels for masks. Points and measurements have none: 0.
    """
    across, down = (1.0, 1.0) if spacing is None else (spacing[1], spacing[0])
    if shape.kind == "box":
        value = float(np.prod(shape.points[1] - shape.points[0]))
    elif shape.kind == "ellipse":
        value = float(np.pi * np.prod(shape.points[1]))
    elif shape.kind == "mask":
        value = float(np.count_nonzero(cast(masks.Mask, shape.mask)))
    elif shape.kind == "point" or shape.kind in MEASURES:
        value = 0.0
    else:
        value = _even_odd_area(shape.outline()[0][:-1])
    return Measure(value * across * down, "px²" if spacing is None else "mm²")


def perimeter(shape: Shape, spacing: Spacing | None = None) -> Measure:
    """Return the length of all outlines of a shape; a mask's run along its pixels' edges.

    Points and measurements have none: 0.
    """
    unit = "px" if spacing is None else "mm"
    if shape.kind == "point" or shape.kind in MEASURES:
        return Measure(0.0, unit)
    if shape.kind == "ellipse":
        turn = np.arange(_ELLIPSE_STEPS) * (2 * np.pi / _ELLIPSE_STEPS)
        rx, ry = shape.points[1]
        cos, sin = np.cos(np.radians(shape.angle)), np.sin(np.radians(shape.angle))
        along, across = -rx * np.sin(turn), ry * np.cos(turn)
        speed = np.stack([cos * along - sin * across, sin * along + cos * across], axis=1)
        value = float(np.hypot(*_scaled(speed, spacing).T).mean() * 2 * np.pi)
    else:
        pieces = [np.diff(_scaled(line, spacing), axis=0) for line in shape.outline()]
        value = float(sum(np.hypot(*piece.T).sum() for piece in pieces))
    return Measure(value, unit)


def _scaled(points: Points, spacing: Spacing | None) -> Points:
    return points if spacing is None else points * (spacing[1], spacing[0])


def _even_odd_area(corners: Points) -> float:
    """Return the area that a closed outline covers, which may cross itself.

    Between the heights of all corners and crossings the edges neither end nor meet, so each
    stretch of ground there is a trapezoid: its width half way down times its height.
    """
    heights = np.unique(np.concatenate([corners[:, 1], _crossing_heights(corners)]))
    tall = np.diff(heights)
    line, x = crossings_at(corners, heights[:-1] + tall / 2)
    order = np.lexsort((x, line))
    line, x = line[order], x[order]
    return float(((x[1::2] - x[::2]) * tall[line[::2]]).sum())


def _crossing_heights(corners: Points) -> Points:
    """Return y of every place where two edges of a closed outline cross."""
    start, end = corners, np.roll(corners, -1, axis=0)
    order = np.minimum(start[:, 1], end[:, 1]).argsort()
    start, end = start[order], end[order]
    top, bottom = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    # Edges in the order of their tops: an edge can meet those after it that begin above its end.
    counts = np.maximum(np.searchsorted(top, bottom, side="right") - np.arange(len(top)) - 1, 0)
    found = []
    # In portions, so that an outline of a hundred thousand corners takes no gigabytes.
    for part in np.array_split(np.arange(len(top)), max(1, int(counts.sum()) // 1_000_000)):
        one = np.repeat(part, counts[part])
        steps = np.cumsum(counts[part]) - counts[part]
        other = np.arange(len(one)) - np.repeat(steps, counts[part]) + one + 1
        along, across, gap = (
            end[one] - start[one],
            end[other] - start[other],
            (start[other] - start[one]),
        )
        slope = along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]
        crossed = slope != 0
        along, across, gap, slope = along[crossed], across[crossed], gap[crossed], slope[crossed]
        t = (gap[:, 0] * across[:, 1] - gap[:, 1] * across[:, 0]) / slope
        u = (gap[:, 0] * along[:, 1] - gap[:, 1] * along[:, 0]) / slope
        meet = (t > 0) & (t < 1) & (u > 0) & (u < 1)
        found.append(start[one][crossed][meet, 1] + t[meet] * along[meet, 1])
    return np.concatenate(found)
