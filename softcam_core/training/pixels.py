"""What is computed of the pixels of one input: sums for mean and std, normalisation, lesions."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.geometry import Region

Triple = tuple[float, float, float]


def covered(mask: NDArray[np.bool_], region: Region, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Return a mask (H, W) of an image as one (rows, columns) of the input that shows ``region``.

    A pixel of the input is True where it covers any part of a True one: the smallest lesions stay.
    """
    cut = region.cut(mask, fill=False)
    for axis, count in enumerate(size):
        length = cut.shape[axis]
        starts = np.arange(count) * length // count
        ends = -(-np.arange(1, count + 1) * length // count)
        before = np.zeros((length + 1, cut.shape[1 - axis]), np.int32)
        np.cumsum(cut if axis == 0 else cut.T, axis=0, out=before[1:])
        found = before[ends] > before[starts]
        cut = found if axis == 0 else found.T
    return cut


def normalise(pixels: NDArray[Any], mean: Triple, std: Triple, out: NDArray[np.float32]) -> None:
    """Write ``(pixels / top - mean) / std`` into ``out`` (H, W, 3), grey ones three times."""
    top = np.iinfo(pixels.dtype).max
    centre, spread = np.array(mean), np.array(std)
    scale = 1 / (top * spread)
    weights = np.diag(scale) if pixels.ndim == 3 else scale[:, None]
    steps = np.column_stack([weights, -centre / spread]).astype(np.float32)
    # One pass over the pixels, without the interpreter's lock.
    cv2.transform(pixels.astype(np.float32), steps, dst=out)


def channel_sums(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """Return count, sum and sum of squares (3, channels) of an input in [0, 1]."""
    top = int(np.iinfo(pixels.dtype).max)
    levels = np.arange(top + 1) / top
    rows = []
    # By the count of each level, which are far fewer than the pixels.
    for channel in range(pixels.shape[2] if pixels.ndim == 3 else 1):
        counts = cv2.calcHist([pixels], [channel], None, [top + 1], [0, top + 1]).ravel()
        counts = counts.astype(np.float64)
        rows.append([counts.sum(), counts @ levels, counts @ levels**2])
    return np.broadcast_to(np.array(rows).T, (3, 3))


def triple(values: NDArray[np.float64]) -> Triple:
    """Three floats, rounded to what is meaningful in a file."""
    a, b, c = (round(float(v), 6) for v in values)
    return a, b, c
