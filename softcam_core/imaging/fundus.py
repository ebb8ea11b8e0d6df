"""Where the disc of a fundus photograph lies on its dark surround."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def fundus_box(pixels: NDArray[Any]) -> tuple[int, int, int, int] | None:
    """Return (x0, y0, x1, y1) of the bright disc, or None where there is no dark surround."""
    grey = pixels if pixels.ndim == 2 else pixels[..., 0]
    top = float(grey.max()) if grey.size else 0.0
    bright = grey > 0.1 * top
    rows, columns = np.flatnonzero(bright.mean(1) > 0.02), np.flatnonzero(bright.mean(0) > 0.02)
    if rows.size == 0 or columns.size == 0:
        return None
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    return None if box == (0, 0, pixels.shape[1], pixels.shape[0]) else box
