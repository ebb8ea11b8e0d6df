"""Per-image parts of pooled metrics as short text that fits into a cell. Free of torch."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def pack(counts: NDArray[np.integer]) -> str:
    """Return whole numbers (n,) as text: base64 of zlib of little-endian uint32."""
    return base64.b64encode(zlib.compress(counts.astype("<u4").tobytes(), 9)).decode("ascii")


def unpack(text: str) -> NDArray[np.int64]:
    """Undo `pack`."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), "<u4").astype(np.int64)


def runs_of(right: NDArray[np.bool_]) -> list[list[int]]:
    """Return the runs of True in (n,) as [[first, last], ...]."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], right.astype(np.int8), [0]])))
    return [[int(a), int(b) - 1] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def from_runs(runs: Sequence[Sequence[int]], size: int) -> NDArray[np.bool_]:
    """Undo `runs_of`."""
    right = np.zeros(size, np.bool_)
    for first, last in runs:
        right[first : last + 1] = True
    return right
