"""COCO's run lengths of masks: column by column, runs of 0 and 1 in turn, 0 first.

Compressed as in the COCO API (``maskApi.c``, Dollár and Lin 2015): each run is written as its
difference to the run two before it, in groups of 5 bits, least significant first, in the
characters from ``0`` on; bit 5 of a character says that another group follows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.formats.exchange import Size
from softcam_core.annotations.masks import Mask


def runs_of(patch: Mask, x0: int, y0: int, size: Size) -> list[int]:
    """Return the runs of a mask whose top left pixel is (x0, y0), cut to an image."""
    width, height = size
    left, top = max(x0, 0), max(y0, 0)
    right, bottom = min(x0 + patch.shape[1], width), min(y0 + patch.shape[0], height)
    if left >= right or top >= bottom:
        return [width * height]
    inner = patch[top - y0 : bottom - y0, left - x0 : right - x0]
    columns = np.pad(inner.T, ((0, 0), (1, 1))).astype(np.int8)
    steps = np.diff(columns, axis=1)
    column, row = np.nonzero(steps > 0)
    starts = (column + left) * height + row + top
    column, row = np.nonzero(steps < 0)
    ends = (column + left) * height + row + top
    # A run at the foot of a column goes on at the head of the next one.
    joined = starts[1:] == ends[:-1]
    starts = starts[np.concatenate([[True], ~joined])] if len(starts) else starts
    ends = ends[np.concatenate([~joined, [True]])] if len(ends) else ends
    bounds = np.stack([starts, ends], axis=1).ravel()
    runs = np.diff(np.concatenate([[0], bounds, [width * height]]))
    return [int(run) for run in (runs if runs[-1] else runs[:-1])]


def compress(runs: list[int]) -> str:
    """Return runs as COCO's text."""
    out = []
    for i, run in enumerate(runs):
        rest = run - runs[i - 2] if i > 2 else run
        more = True
        while more:
            group = rest & 0x1F
            rest >>= 5
            more = rest != (-1 if group & 0x10 else 0)
            out.append(chr(48 + group + (0x20 if more else 0)))
    return "".join(out)


def decompress(text: str) -> list[int]:
    """Return the runs of COCO's text.

    Raises:
        ValueError: it is cut short, or no such text.
    """
    runs: list[int] = []
    value, shift = 0, 0
    for character in text:
        group = ord(character) - 48
        if not 0 <= group < 64 or shift > 60:
            raise ValueError("run lengths that are no COCO text")
        value |= (group & 0x1F) << shift
        shift += 5
        if not group & 0x20:
            if group & 0x10:
                value -= 1 << shift
            runs.append(value + (runs[-2] if len(runs) > 2 else 0))
            value, shift = 0, 0
    if shift:
        raise ValueError("run lengths that are cut short")
    return runs


def mask_of(runs: list[int], size: Size) -> tuple[list[list[float]], Mask] | None:
    """Return the mask of runs as the corners of its box and the pixels inside, None if empty.

    Raises:
        ValueError: the runs are not those of an image of this size.
    """
    width, height = size
    lengths: NDArray[np.int64] = np.array(runs, np.int64)
    if len(lengths) == 0 or (lengths < 0).any() or int(lengths.sum()) != width * height:
        raise ValueError("run lengths that do not fill the image")
    ends = np.cumsum(lengths)
    starts, stops = ends[:-1:2], ends[1::2]
    kept = starts < stops
    starts, stops = starts[kept], stops[kept]
    if len(starts) == 0:
        return None
    left, right = int(starts[0] // height), int((stops[-1] - 1) // height) + 1
    flat = np.zeros((right - left) * height + 1, np.int8)
    np.add.at(flat, starts - left * height, 1)
    np.add.at(flat, stops - left * height, -1)
    columns = np.cumsum(flat[:-1], dtype=np.int8).astype(bool).reshape(right - left, height)
    rows = np.flatnonzero(columns.any(axis=0))
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    corners = [[float(left), float(top)], [float(right), float(bottom)]]
    return corners, np.ascontiguousarray(columns[:, top:bottom].T)
