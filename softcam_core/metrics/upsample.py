"""Bicubic upsampling as two small matrices, one per axis.

Half-pixel centres, a = -0.75, borders repeated: the convention of cv2.INTER_CUBIC and of torch's
``interpolate(mode="bicubic", align_corners=False)``. As matrices it is exact in float64, and a
large image can be made a band of rows at a time.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

A = -0.75


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


def _kernel(distance: Tensor) -> Tensor:
    """Keys' cubic convolution kernel at distances up to 2."""
    d = distance.abs()
    near = ((A + 2) * d - (A + 3)) * d * d + 1
    far = ((A * d - 5 * A) * d + 8 * A) * d - 4 * A
    return torch.where(d <= 1, near, far)
