"""Pixel masks: cut to their bounding box, pack into bytes, trace their outline."""

import zlib

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def bounding_box(mask: Mask) -> tuple[int, int, int, int] | None:
    """Return (x0, y0, x1, y1) around the set pixels of a (H, W) mask, None where none is set."""
    rows = np.flatnonzero(mask.any(axis=1))
    if rows.size == 0:
        return None
    y0, y1 = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(mask[y0:y1].any(axis=0))
    return int(columns[0]), y0, int(columns[-1]) + 1, y1


def pack(mask: Mask) -> bytes:
    """Pack a (h, w) mask into compressed bits; `unpack` undoes it."""
    return zlib.compress(np.packbits(mask).tobytes(), 6)


def unpack(data: bytes, height: int, width: int) -> Mask:
    """Return the (height, width) mask that `pack` packed."""
    bits = np.frombuffer(zlib.decompress(data), np.uint8)
    return np.unpackbits(bits, count=height * width).reshape(height, width).astype(bool)


def paste(patch: Mask, x0: int, y0: int, out: Mask) -> None:
    """Add the patch, its top left pixel at (x0, y0), to ``out`` (H, W); the rest is clipped."""
    height, width = out.shape
    left, top = max(x0, 0), max(y0, 0)
    right, bottom = min(x0 + patch.shape[1], width), min(y0 + patch.shape[0], height)
    if left < right and top < bottom:
        out[top:bottom, left:right] |= patch[top - y0 : bottom - y0, left - x0 : right - x0]


def trace(patch: Mask) -> list[NDArray[np.float64]]:
    """Return the closed outlines of a mask along its pixels' edges.

    One (N, 2) polyline of x, y for each part and each hole, first point repeated at the end,
    corners only.
    """
    padded = np.pad(patch, 1)
    inner = padded[1:-1, 1:-1]
    following: dict[tuple[int, int], list[tuple[int, int]]] = {}
    # Each border edge runs with the mask on its right hand, so the edges chain to closed loops.
    for outside, (ax, ay), (bx, by) in (
        (padded[:-2, 1:-1], (0, 0), (1, 0)),
        (padded[1:-1, 2:], (1, 0), (1, 1)),
        (padded[2:, 1:-1], (1, 1), (0, 1)),
        (padded[1:-1, :-2], (0, 1), (0, 0)),
    ):
        rows, columns = np.nonzero(inner & ~outside)
        for y, x in zip(rows.tolist(), columns.tolist(), strict=True):
            following.setdefault((x + ax, y + ay), []).append((x + bx, y + by))
    loops = []
    while following:
        start = next(iter(following))
        loop, here = [start], start
        while True:
            ends = following[here]
            here = ends.pop()
            if not ends:
                del following[loop[-1]]
            loop.append(here)
            if here == start:
                break
        loops.append(_corners(np.array(loop, float)))
    return loops


def _corners(loop: NDArray[np.float64]) -> NDArray[np.float64]:
    """Drop the points of a closed loop where it goes straight on."""
    steps = np.diff(loop, axis=0)
    turns = (steps != np.roll(steps, 1, axis=0)).any(axis=1)
    kept = loop[:-1][turns]
    return np.concatenate([kept, kept[:1]])
