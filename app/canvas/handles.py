"""Which handles a shape shows at a zoom: never so many that the shape itself cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.canvas.pointer import GRAB_RADIUS
from softcam_core.annotations.shapes import Shape

TURN = -2
"""Stands for the handle that turns a shape where a handle's number is meant."""

TURN_GAP = 22.0
"""Screen pixels from the top of a shape to the handle that turns it."""

SMALLEST = 16.0
"""Screen pixels; a shape whose longer side is shorter has no handles: a drag moves it."""

SIDE_ROOM = 36.0
"""Screen pixels; a shorter side has handles at its ends alone."""

VERTEX_ROOM = 9.0
"""Screen pixels between the corners of an outline, on average; closer ones are not shown."""

TURNED = ("ellipse", "polygon", "freehand", "spline")
"""Kinds with a handle that turns them; a box stays level."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Handle:
    """A place to take a shape by.

    Attributes:
        number: of the shape's handle, or `TURN`.
        x: image pixels, right.
        y: image pixels, down.
    """

    number: int
    x: float
    y: float


def handles_of(shape: Shape, scale: float) -> list[Handle]:
    """Return the handles that a shape shows at ``scale`` screen pixels per image pixel."""
    longest, width, height = _sides(shape, scale)
    if longest < SMALLEST or shape.kind in ("point", "mask"):
        return []
    places = [Handle(n, x, y) for n, (x, y) in enumerate(shape.handles.tolist())]
    if shape.kind in ("box", "freehand"):
        wide, high = width >= SIDE_ROOM, height >= SIDE_ROOM
        places = [h for h in places if h.number % 2 == 0 or (wide if h.number in (1, 5) else high)]
    elif shape.kind in ("polygon", "spline"):
        line = shape.outline()[0]
        length = float(np.hypot(*np.diff(line, axis=0).T).sum()) * scale
        if length < VERTEX_ROOM * len(places):
            places = []
    if shape.kind in TURNED:
        places.append(Handle(TURN, *turn_place(shape, scale)))
    return places


def reach(shape: Shape, scale: float) -> float:
    """Return within how many image pixels a handle is hit: the middle of a shape stays free."""
    return min(GRAB_RADIUS, _sides(shape, scale)[0] / 4) / scale


def stem(shape: Shape) -> Point:
    """Return the place of a shape over which the handle that turns it stands."""
    if shape.kind == "ellipse":
        x, y = shape.handles[3]
        return float(x), float(y)
    x0, y0, x1, _ = shape.bounds
    return (x0 + x1) / 2, y0


def turn_place(shape: Shape, scale: float) -> Point:
    """Return where the handle is that turns a shape: above it, and at the end of its axis."""
    x, y = stem(shape)
    turn = np.radians(shape.angle)
    gap = TURN_GAP / scale
    return x + gap * float(np.sin(turn)), y - gap * float(np.cos(turn))


def _sides(shape: Shape, scale: float) -> tuple[float, float, float]:
    """Return the longer side, the width and the height of a shape in screen pixels."""
    if shape.kind == "ellipse":
        width, height = (2 * scale * shape.points[1]).tolist()
    else:
        x0, y0, x1, y1 = shape.bounds
        width, height = (x1 - x0) * scale, (y1 - y0) * scale
    return max(width, height), width, height
