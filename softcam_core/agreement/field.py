"""A model's map over its image: where it is above a level, pixel by pixel of the image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from softcam_core.agreement.patches import Patch
from softcam_core.imaging.geometry import Region
from softcam_core.metrics.upsample import cubic_matrix

_BAND = 1 << 18
"""Pixels computed in float64 at a time; float32 is kept."""


@dataclass(frozen=True, eq=False)
class MapOnImage:
    """An upsampled map where it lies on the image.

    Attributes:
        x: column of the image that it begins at.
        y: row of the image that it begins at.
        values: (H, W) float32, in the map's units.
    """

    x: int
    y: int
    values: NDArray[np.float32]

    @property
    def maximum(self) -> float:
        """Its highest value on the image."""
        return float(self.values.max()) if self.values.size else float("-inf")

    def above(self, level: float) -> Patch | None:
        """Return the pixels above a level; None where there are none."""
        mask = self.values > level
        return Patch(self.x, self.y, mask) if mask.any() else None

    def counts(self, levels: Sequence[float], within: Patch | None = None) -> NDArray[np.float64]:
        """Return how many pixels (of a part of the image) are above each of rising levels."""
        values = self.values.ravel()
        if within is not None:
            values = self._inside(within)
        # Pixels that are above no level come first, those above all of them last.
        found = np.searchsorted(np.asarray(levels, np.float32), values, side="left")
        counts = np.bincount(found, minlength=len(levels) + 1)
        return counts[::-1].cumsum()[::-1][1:].astype(np.float64)

    def _inside(self, patch: Patch) -> NDArray[np.float32]:
        x0, y0, x1, y1 = patch.box
        height, width = self.values.shape
        left, top = max(x0, self.x), max(y0, self.y)
        right, bottom = min(x1, self.x + width), min(y1, self.y + height)
        if left >= right or top >= bottom:
            return self.values[:0, 0]
        values = self.values[top - self.y : bottom - self.y, left - self.x : right - self.x]
        return values[patch.mask[top - y0 : bottom - y0, left - x0 : right - x0]]


def map_on_image(values: NDArray[np.float32], region: Region, size: tuple[int, int]) -> MapOnImage:
    """Upsample a map (h, w) over its region (bicubic, half-pixel) and clip it to the image.

    Args:
        values: of one class.
        region: what the map covers, in image pixels.
        size: (H, W) of the image.
    """
    height, width = size
    left, top = max(region.x0, 0), max(region.y0, 0)
    right, bottom = min(region.x1, width), min(region.y1, height)
    rows = cubic_matrix(region.height, values.shape[0])[top - region.y0 : bottom - region.y0]
    columns = cubic_matrix(region.width, values.shape[1])[left - region.x0 : right - region.x0]
    wide = torch.from_numpy(np.ascontiguousarray(values)).double() @ columns.T
    out = np.empty((bottom - top, right - left), np.float32)
    step = max(1, _BAND // max(1, right - left))
    for start in range(0, len(out), step):
        out[start : start + step] = (rows[start : start + step] @ wide).numpy()
    return MapOnImage(left, top, out)
