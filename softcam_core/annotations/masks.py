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
    corners only. Parts hang together by pixels' sides; every line has the mask on its right hand.
    """
    x, y, across, down, inner = _corners(patch)
    if x.size == 0:
        return []
    steps = (across.tolist(), down.tolist())
    done = bytearray(len(x))
    loops = []
    # In the order of reading, so that a loop begins at its top left corner.
    for start in np.lexsort((x, y)).tolist():
        if done[start]:
            continue
        # Along the top of a part, or down the left side of a hole.
        way = 0 if inner[start] else 1
        loop, here = [], start
        while not done[here]:
            done[here] = 1
            loop.append(here)
            here = steps[way][here]
            way = 1 - way
        loop.append(start)
        loops.append(np.stack([x[loop], y[loop]], axis=1).astype(np.float64))
    return loops


Places = NDArray[np.intp]


def _corners(patch: Mask) -> tuple[Places, Places, Places, Places, Mask]:
    """Return all corners of a mask's outlines and how they are joined.

    x and y of each corner, the index of the corner that a horizontal and a vertical piece of
    outline lead to, and whether the pixel right below the corner is set.
    """
    padded = np.pad(patch, 1)
    upright = padded[:, :-1] ^ padded[:, 1:]  # a vertical edge between two pixels of a row
    level = padded[:-1] ^ padded[1:]
    ys, xs = np.divmod(np.flatnonzero(upright[:-1] ^ upright[1:]), upright.shape[1])
    # Where two pixels meet by a corner only, two outlines touch: a corner for each.
    twice = upright[:-1] & upright[1:] & level[:, :-1]
    ty, tx = np.divmod(np.flatnonzero(twice), twice.shape[1])
    x, y = np.concatenate([xs, tx, tx]), np.concatenate([ys, ty, ty])
    second = np.repeat([0, 0, 1], [len(xs), len(tx), len(tx)])
    # Of a touching pair the first takes the piece to the left; its pixel lies above or below.
    above = padded[ty, tx]
    lower = np.concatenate([np.zeros(len(xs), bool), ~above, above])
    across, down = np.empty(len(x), np.intp), np.empty(len(x), np.intp)
    for joined, order in (
        (across, np.lexsort((second, x, y))),
        (down, np.lexsort((lower, y, x))),
    ):
        joined[order[::2]], joined[order[1::2]] = order[1::2], order[::2]
    inner = padded[y + 1, x + 1]
    return x, y, across, down, inner
