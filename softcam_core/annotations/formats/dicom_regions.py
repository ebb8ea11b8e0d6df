"""Shapes as DICOM's spatial coordinates (SCOORD) and back.

DICOM counts as this program does: (0, 0) is the top left corner of the top left pixel, and an
image reaches to (columns, rows). It allows no place outside of that, and it stores 32-bit floats:
a coordinate x is kept within x / 2**24, 0.0003 pixels at the right edge of a 4288-pixel image.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations import masks
from softcam_core.annotations.formats.exchange import Size
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape

Points = NDArray[np.float64]
_ENDLESS = (2**31, 2**31)
Region = tuple[str, Points]
"""Graphic type and (N, 2) column, row."""


def region_of(shape: Shape, size: Size) -> tuple[Region | None, list[str]]:
    """Return the region of a shape with an inside, or of a point, and what it does not keep.

    Args:
        shape: of any kind but a measurement.
        size: (width, height) of the image, at whose edges regions end.
    """
    if shape.kind == "point":
        if not _inside(shape.points, size):
            return None, ["mark outside the image left out"]
        return ("POINT", shape.points), []
    if shape.kind == "ellipse" and _inside(np.reshape(shape.bounds, (2, 2)), size):
        return ("ELLIPSE", _axes(shape)), []
    if shape.kind == "mask":
        width, height = size
        loops = masks.trace(shape.full_mask((height, width)))
        if not loops:
            return None, ["mark outside the image left out"]
        return ("POLYLINE", _joined(loops)), []
    losses = []
    outline = shape.outline()[0][:-1]
    if not _inside(outline, size):
        outline = _clipped(outline, size)
        losses.append("part of a mark outside the image cut off")
        if len(outline) < 3:
            return None, ["mark outside the image left out"]
    return ("POLYLINE", np.concatenate([outline, outline[:1]])), losses


def same_region(shape: Shape, graphic: str, points: Points) -> bool:
    """Return whether a region is, but for the rounding, the one that a shape is written as."""
    if shape.kind == "mask":
        return False
    if shape.kind in ("length", "angle"):
        written: Region | None = ("POLYLINE", shape.points)
    else:
        written, _ = region_of(shape, _ENDLESS)
    if written is None or written[0] != graphic or written[1].shape != points.shape:
        return False
    return bool(np.array_equal(written[1].astype(np.float32), points.astype(np.float32)))


def shape_of(graphic: str, points: Points, mask: bool) -> Shape | None:
    """Return the shape of a region; None where nothing stands for it.

    Args:
        graphic: DICOM's graphic type.
        points: (N, 2) column, row.
        mask: whether a closed line stands for the pixels that it encloses.

    Raises:
        ValueError: coordinates that make no shape.
    """
    if graphic == "POINT":
        return Shape("point", points)
    if graphic == "ELLIPSE" and len(points) == 4:
        return _ellipse(points)
    if graphic == "CIRCLE" and len(points) == 2:
        radius = float(np.hypot(*(points[1] - points[0])))
        return Shape("ellipse", [points[0], [radius, radius]])
    if graphic != "POLYLINE":
        return None
    outline = points[:-1] if len(points) > 3 and np.array_equal(points[0], points[-1]) else points
    if len(outline) < 3:
        return None
    if mask:
        return _mask(outline)
    if _is_box(outline):
        return Shape("box", [outline.min(axis=0), outline.max(axis=0)])
    return Shape("polygon", outline)


def _inside(points: NDArray[Any], size: Size) -> bool:
    return bool((points >= 0).all() and (points <= np.array(size)).all())


def _axes(shape: Shape) -> Points:
    """Return the ends of an ellipse's longer axis, then those of its shorter one."""
    ends = shape.handles[:4]
    order = [0, 2, 1, 3] if shape.points[1, 0] >= shape.points[1, 1] else [1, 3, 0, 2]
    return ends[order]


def _ellipse(ends: Points) -> Shape:
    centre = ends.mean(axis=0)
    longer, shorter = ends[1] - ends[0], ends[3] - ends[2]
    radii = [float(np.hypot(*longer)) / 2, float(np.hypot(*shorter)) / 2]
    # An axis has no direction: the turn is between -90 and 90 degrees.
    angle = float(np.degrees(np.arctan2(longer[1], longer[0])))
    angle = (angle + 90) % 180 - 90
    return Shape("ellipse", [centre, radii], round(angle, 5) + 0.0)


def _joined(loops: list[Points]) -> Points:
    """Join the outlines of a mask's parts and holes to one closed line.

    It goes from the first outline to each further one and back on the same way. Under the
    even-odd rule ways there and back cancel, so the line encloses exactly the mask's pixels.
    """
    start = loops[0][:1]
    line = [loops[0]]
    for loop in loops[1:]:
        line += [loop, start]
    return np.concatenate(line)


def _mask(outline: Points) -> Shape:
    low = np.floor(outline.min(axis=0)).astype(int)
    width, height = np.ceil(outline.max(axis=0)).astype(int) - low
    size = (int(width), int(height))
    patch = _filled(outline - low, size)
    if patch is None:
        patch = rasterize(Shape("polygon", outline - low), size[::-1])
    return Shape("mask", [low, low + patch.shape[::-1]], mask=patch)


def _filled(outline: Points, size: Size) -> masks.Mask | None:
    """Return the pixels inside a closed line along their edges; None for any other line.

    Each edge of a column starts or ends a run of each row that it passes. That is one step for
    each edge, where a general outline with ways to thousands of parts crosses each row as often.
    """
    ends = np.roll(outline, -1, axis=0)
    slanted = (outline != ends).all(axis=1)
    low = np.minimum(outline, ends)[slanted]
    rising = ((ends - outline).prod(axis=1) > 0)[slanted, None]
    ways = np.concatenate([low, np.maximum(outline, ends)[slanted], rising], axis=1)
    # Ways there and back cancel.
    _, counts = np.unique(ways, axis=0, return_counts=True)
    if (counts % 2).any() or not np.array_equal(outline, np.rint(outline)):
        return None
    upright = outline[:, 0] == ends[:, 0]
    x = outline[upright, 0].astype(int)
    rows = np.sort(np.stack([outline[upright, 1], ends[upright, 1]]), axis=0).astype(int)
    inside = np.zeros((size[1] + 1, size[0] + 1), bool)
    for row in rows:
        np.logical_xor.at(inside, (row, x), True)
    for axis in (0, 1):
        np.logical_xor.accumulate(inside, axis=axis, out=inside)
    return inside[:-1, :-1]


def _is_box(outline: Points) -> bool:
    if len(outline) != 4:
        return False
    steps = np.diff(np.concatenate([outline, outline[:1]]), axis=0)
    turns = (steps == 0).sum(axis=1) == 1
    return bool(turns.all() and ((steps[0] == 0) != (steps[1] == 0)).all())


def _clipped(outline: Points, size: Size) -> Points:
    """Cut a closed outline at the image's edges (Sutherland and Hodgman, 1974)."""
    for axis in (0, 1):
        for edge, sign in ((0.0, 1.0), (float(size[axis]), -1.0)):
            kept: list[Points] = []
            for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True):
                a_in, b_in = sign * (a[axis] - edge) >= 0, sign * (b[axis] - edge) >= 0
                if a_in:
                    kept.append(a)
                if a_in != b_in:
                    cut = a + (b - a) * ((edge - a[axis]) / (b[axis] - a[axis]))
                    cut[axis] = edge
                    kept.append(cut)
            if not kept:
                return np.empty((0, 2))
            outline = np.array(kept)
    return outline
