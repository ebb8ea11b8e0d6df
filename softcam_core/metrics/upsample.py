"""Bicubic upsampling as two small matrices, one per axis.

Half-pixel centres, a = -0.75, borders repeated: the convention of cv2.INTER_CUBIC and of torch's
``interpolate(mode="bicubic", align_corners=False)``. As matrices it is exact in float64, and a
large image can be made a band of rows at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import torch
from torch import Tensor

A = -0.75
BAND = 1 << 16
"""Pixels upsampled at a time on a CPU: a band stays in the cache, and the whole image is never
held in float64."""
STRIP = 256
"""Columns upsampled at a time: each strip needs only the few columns of the map below it."""


@lru_cache(maxsize=16)
def cubic_matrix(size: int, cells: int) -> Tensor:
    """Return the (size, cells) float64 matrix that upsamples one axis; each row sums to 1.

    The result is shared: do not write to it.
    """
    return cubic_rows((torch.arange(size, dtype=torch.float64) + 0.5) * (cells / size), cells)


def cubic_rows(points: Tensor, cells: int) -> Tensor:
    """Return the (n, cells) float64 weights of the cells at ``points`` (n,).

    A point is in cells, with cell i from i to i + 1; beyond the border the last cell goes on.
    """
    centres = points.double() - 0.5
    first = centres.floor()
    matrix = torch.zeros(len(centres), cells, dtype=torch.float64)
    for tap in range(-1, 3):
        column = (first + tap).clamp(0, cells - 1).long()
        weight = _kernel(centres - first - tap)
        matrix.scatter_add_(1, column[:, None], weight[:, None])
    return matrix


def upsampled_bands(
    image: Tensor,
    size: tuple[int, int],
    top: int = 0,
    bottom: int | None = None,
    left: int = 0,
    right: int | None = None,
) -> Iterator[Tensor]:
    """Yield a map upsampled to ``size``, or a rectangle of it, a few rows at a time.

    image (h, w) float64. The bands may be written to; on a GPU there is one. An axis that keeps
    its size is copied.
    """
    height, width = size
    bottom, right = height if bottom is None else bottom, width if right is None else right
    wide = image[:, left:right] if width == image.shape[1] else _widened(image, width, left, right)
    rows = cubic_matrix(height, len(image)) if height != len(image) else None
    step = bottom - top if image.is_cuda else max(1, BAND // (right - left))
    for start in range(top, bottom, step):
        stop = min(start + step, bottom)
        if rows is None:
            yield wide[start:stop].clone()
            continue
        taps = _taps(start, stop, height, len(image))
        yield rows[start:stop, taps].to(image.device) @ wide[taps]


def _widened(image: Tensor, width: int, left: int, right: int) -> Tensor:
    """Return the columns from ``left`` to ``right`` of the map upsampled to ``width``."""
    matrix = cubic_matrix(width, image.shape[1])
    strips = []
    for start in range(left, right, STRIP):
        stop = min(start + STRIP, right)
        taps = _taps(start, stop, width, image.shape[1])
        strips.append(image[:, taps] @ matrix[start:stop, taps].T.to(image.device))
    return torch.cat(strips, dim=1)


def _taps(start: int, stop: int, size: int, cells: int) -> slice:
    """Return the cells that the pixels from ``start`` to ``stop`` are made of."""
    first = math.floor((start + 0.5) * cells / size - 0.5) - 1
    last = math.floor((stop - 0.5) * cells / size - 0.5) + 2
    return slice(max(0, min(first, cells - 1)), min(last + 1, cells))


def _kernel(distance: Tensor) -> Tensor:
    """Keys' cubic convolution kernel at distances up to 2."""
    d = distance.abs()
    near = ((A + 2) * d - (A + 3)) * d * d + 1
    far = ((A * d - 5 * A) * d + 8 * A) * d - 4 * A
    return torch.where(d <= 1, near, far)
