"""The definitions written out slowly, pixel by pixel, apart from the package's code."""

import math

import numpy as np
from numpy.typing import NDArray


def cubic(distance: float, a: float = -0.75) -> float:
    """Keys' kernel."""
    d = abs(distance)
    if d <= 1:
        return (a + 2) * d**3 - (a + 3) * d**2 + 1
    if d < 2:
        return a * d**3 - 5 * a * d**2 + 8 * a * d - 4 * a
    return 0.0


def upsample(image: NDArray, rows: int, columns: int) -> NDArray[np.float64]:
    """Bicubic with half-pixel centres and repeated borders, a loop per pixel and tap."""
    h, w = image.shape
    out = np.zeros((rows, columns))
    for r in range(rows):
        y = (r + 0.5) * h / rows - 0.5
        for c in range(columns):
            x = (c + 0.5) * w / columns - 0.5
            for i in range(math.floor(y) - 1, math.floor(y) + 3):
                for j in range(math.floor(x) - 1, math.floor(x) + 3):
                    value = image[min(max(i, 0), h - 1), min(max(j, 0), w - 1)]
                    out[r, c] += cubic(y - i) * cubic(x - j) * value
    return out


def precision(image: NDArray, mask: NDArray, minmax: bool = False) -> float:
    s = np.maximum(upsample(image, *mask.shape), 0)
    if minmax and s.max() > s.min():
        s = (s - s.min()) / (s.max() - s.min())
    if s.sum() == 0 or not mask.any():
        return math.nan
    return float((s * mask).sum() / s.sum())


def sensitivity(image: NDArray, mask: NDArray) -> float:
    if not mask.any():
        return math.nan
    if (image == image.flat[0]).all() and image.flat[0] > 0:
        return math.nan
    s = np.maximum(upsample(image, *mask.shape), 0)
    if s.max() == 0:
        return 0.0
    if s.max() - s.min() <= 1e-12 * s.max():
        return math.nan
    s = (s - s.min()) / (s.max() - s.min())
    return float((s * mask).sum() / mask.sum())
