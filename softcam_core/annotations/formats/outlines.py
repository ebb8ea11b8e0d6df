"""Shapes as the polygons and boxes that other programs' files hold, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from softcam_core.annotations.formats.exchange import Size
from softcam_core.annotations.masks import Mask, bounding_box, trace
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Points, Shape

Polygon = list[Points]
"""One part of a shape: its outer ring (N, 2), then its holes; first points are not repeated."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in image pixels."""


def with_area(shape: Shape, point_radius: float) -> Shape:
    """Return a point as the disc that it stands for in masks, every other shape as it is."""
    if shape.kind != "point":
        return shape
    return Shape("ellipse", [shape.points[0], [point_radius, point_radius]])


def polygons_of(shape: Shape) -> list[Polygon]:
    """Return a shape as polygons.

    A mask gives one for each part that hangs together by pixel sides, along the pixels' edges,
    with its holes; every other kind gives one without holes.
    """
    if shape.kind == "mask":
        return list(_parts(shape))
    if shape.kind in ("polygon", "freehand"):
        return [[shape.points]]
    return [[line[:-1] for line in shape.outline()]]


def keyhole(polygon: Polygon) -> Points:
    """Return a polygon with holes as one ring that reaches each hole over a bridge of no width.

    By the even-odd rule the ring holds the same ground.
    """
    ring, *holes = polygon
    for hole in sorted(holes, key=lambda hole: float(hole[:, 0].max()), reverse=True):
        start = int(hole[:, 0].argmax())
        near = int(((ring - hole[start]) ** 2).sum(axis=1).argmin())
        loop = np.concatenate([hole[start:], hole[: start + 1]])
        ring = np.concatenate([ring[: near + 1], loop, ring[near:]])
    return ring


def clipped_box(shape: Shape, size: Size) -> tuple[Box, bool] | None:
    """Return a shape's enclosing box cut to the image and whether that cut anything off.

    None where nothing of it lies on the image.
    """
    x0, y0, x1, y1 = shape.bounds
    left, top = max(x0, 0.0), max(y0, 0.0)
    right, bottom = min(x1, float(size[0])), min(y1, float(size[1]))
    if left >= right or top >= bottom:
        return None
    return (left, top, right, bottom), (left, top, right, bottom) != (x0, y0, x1, y1)


def clipped_ring(ring: Points, size: Size) -> Points:
    """Return a ring cut to the image, (M, 2), empty where nothing of it lies there.

    By Sutherland and Hodgman's rule: pieces are joined along the image's edge.
    """
    for axis, limit, sign in ((0, 0, 1), (0, size[0], -1), (1, 0, 1), (1, size[1], -1)):
        if len(ring) == 0:
            break
        depth = sign * (ring[:, axis] - limit)
        if (depth >= 0).all():
            continue
        after, next_depth = np.roll(ring, -1, axis=0), np.roll(depth, -1)
        inside, crosses = depth >= 0, (depth >= 0) != (next_depth >= 0)
        span = np.where(crosses, depth - next_depth, 1.0)
        cuts = ring + (depth / span)[:, None] * (after - ring)
        cuts[:, axis] = limit
        both = np.stack([ring, cuts], axis=1)
        ring = both[np.stack([inside, crosses], axis=1)]
    return ring


def area_of(polygons: Iterable[Polygon]) -> float:
    """Return the area in square pixels: outer rings less their holes."""
    return sum(
        abs(signed_area(outer)) - sum(abs(signed_area(hole)) for hole in holes)
        for outer, *holes in polygons
    )


def signed_area(ring: Points) -> float:
    """Return a ring's area, positive where it runs from the x axis towards the y axis."""
    x, y = (ring - ring[0]).T
    # The first point lies at the origin: the edge that closes the ring adds nothing.
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def ring_of(values: ArrayLike) -> Points:
    """Return numbers x, y, x, y, ... or pairs of them as a ring (N, 2), not closed.

    Raises:
        ValueError: they are no such thing; the text says what is wrong.
    """
    try:
        ring = np.array(values, float)
    except (TypeError, ValueError) as error:
        raise ValueError("an outline that is no list of numbers") from error
    if ring.ndim == 1 and len(ring) % 2 == 0:
        ring = ring.reshape(-1, 2)
    if ring.ndim != 2 or ring.shape[1] != 2:
        raise ValueError("an outline that is no list of x and y")
    if not np.isfinite(ring).all():
        raise ValueError("an outline with a coordinate that is no number")
    if len(ring) > 1 and np.array_equal(ring[0], ring[-1]):
        ring = ring[:-1]
    if len(ring) < 3:
        raise ValueError("an outline of fewer than three points")
    return ring


def same_rings(first: Sequence[Points], second: Sequence[Points]) -> bool:
    """Return whether two lists of rings are the same up to the rounding of text."""
    return len(first) == len(second) and all(
        a.shape == b.shape and np.allclose(a, b, rtol=0, atol=1e-6)
        for a, b in zip(first, second, strict=True)
    )


_MOST_PIXELS = 2**32


def mask_of(polygons: Iterable[Polygon], size: Size) -> tuple[list[list[float]], Mask] | None:
    """Return the pixels of polygons as the corners of their box and the mask inside it.

    A pixel belongs to a polygon if its centre lies inside; holes and what lies off the image
    are left out. None where no pixel is left.

    Raises:
        ValueError: so many pixels that no memory holds them.
    """
    kept = [polygon for polygon in polygons if len(polygon)]
    if not kept:
        return None
    every = np.concatenate([ring for polygon in kept for ring in polygon])
    low = np.clip(np.floor(every.min(axis=0)), 0, size).astype(int)
    high = np.clip(np.ceil(every.max(axis=0)), 0, size).astype(int)
    width, height = (high - low).tolist()
    if width * height > _MOST_PIXELS:
        # Some systems promise any memory, and end the program that uses it.
        raise ValueError(f"{width} x {height} pixels, more than the memory holds")
    out = np.zeros((height, width), bool)
    if out.size == 0:
        return None
    for polygon in kept:
        part = np.zeros_like(out)
        for ring in polygon:
            part ^= rasterize(Shape("polygon", ring - low), (height, width))
        out |= part
    box = bounding_box(out)
    if box is None:
        return None
    x0, y0, x1, y1 = box
    left, top = low.tolist()
    corners = [[float(left + x0), float(top + y0)], [float(left + x1), float(top + y1)]]
    return corners, out[y0:y1, x0:x1]


def _parts(shape: Shape) -> Iterable[Polygon]:
    import cv2

    assert shape.mask is not None
    _, parts, stats, _ = cv2.connectedComponentsWithStats(
        shape.mask.astype(np.uint8), connectivity=4
    )
    for number, (x, y, width, height, _area) in enumerate(stats.tolist()):
        if number == 0:  # the ground
            continue
        here = parts[y : y + height, x : x + width] == number
        rings = [line[:-1] + shape.points[0] + (x, y) for line in trace(here)]
        yield sorted(rings, key=lambda ring: abs(signed_area(ring)), reverse=True)
