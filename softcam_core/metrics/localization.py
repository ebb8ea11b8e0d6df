"""How much of a map lies on the lesions, and how much of the lesions it covers (paper, B.2).

Both metrics look at the positive part of one class's map after upsampling to the mask. Sensitivity
rewards a map that is bright everywhere, so it is always shown beside precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import torch
from torch import Tensor

from softcam_core.metrics.arrays import checked_maps, stacked
from softcam_core.metrics.upsample import upsampled_bands

ROUNDING = 1e-12
"""A rectified map whose values differ by less, as a share of the largest, is a constant."""


def activation_precision(
    maps: Any, masks: Any, zero: Literal["nan", "released"] = "nan", minmax: bool = False
) -> Tensor:
    """Share of the map's positive evidence that lies on the lesions (paper, eq. 6).

    maps (N, h, w) real; masks (N, H, W) bool or 0/1 -> (N,) float64 in [0, 1].

    Bicubic upsampling to (H, W), ReLU, sum(S M) / sum(S). NaN if the mask is empty or no evidence
    is positive. Also known as relevance mass accuracy.

    Args:
        maps: one map per image, of the class in question.
        masks: the lesions.
        zero: ``released``: 0 instead of NaN, as the authors' code has it.
        minmax: scale each map to [0, 1] after the ReLU, as the authors' code does; it differs
            where the rectified minimum is above 0.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> lesion = torch.tensor([[[True, False], [False, False]]])
        >>> activation_precision(torch.tensor([[[3.0, 1.0], [-2.0, 0.0]]]), lesion)
        tensor([0.7500], dtype=torch.float64)
    """
    if zero not in ("nan", "released"):
        raise ValueError(f"zero: expected 'nan' or 'released', got {zero!r}")
    maps, masks = checked_maps(maps, masks)
    values = [
        UpsampledMap(image, mask.shape).precision(mask, zero, minmax)
        for image, mask in zip(maps, masks, strict=True)
    ]
    return stacked(values, maps)


def activation_sensitivity(maps: Any, masks: Any) -> Tensor:
    """Mean height of the map over the lesions, between its minimum and maximum (paper, eq. 7).

    maps (N, h, w) real; masks (N, H, W) bool or 0/1 -> (N,) float64 in [0, 1].

    Bicubic upsampling to (H, W), ReLU, min-max to [0, 1], sum(S M) / sum(M). NaN if the mask is
    empty, or the map is a positive constant (decided before upsampling); 0 if nothing is positive.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> lesion = torch.tensor([[[True, True], [False, False]]])
        >>> activation_sensitivity(torch.tensor([[[4.0, 1.0], [-2.0, 0.0]]]), lesion)
        tensor([0.6250], dtype=torch.float64)
    """
    maps, masks = checked_maps(maps, masks)
    values = [
        UpsampledMap(image, mask.shape).sensitivity(mask)
        for image, mask in zip(maps, masks, strict=True)
    ]
    return stacked(values, maps)


class UpsampledMap:
    """One class's map, upsampled to (H, W) and rectified; what needs no mask is computed once.

    For a program that measures one map again and again, while a mask is being drawn: a mask then
    costs only the pixels of its bounding box.

    Attributes:
        size: (H, W).
        total: sum of the rectified map; not finite if the map is not.
        low, high: its smallest and its largest value.
        is_constant: whether it is positive and the same everywhere but for rounding.
    """

    def __init__(self, image: Tensor, size: Sequence[int]) -> None:
        """Upsample ``image`` (h, w) to ``size`` = (H, W) in bands of rows, and add up."""
        image = image.detach().double()
        self.size = (size[0], size[1])
        self._image = image
        total, low, high = [], [], []
        for band in self.bands():
            total.append(band.sum())
            least, most = torch.aminmax(band)
            low.append(least)
            high.append(most)
        self.total = torch.stack(total).sum()
        self.low = torch.stack(low).amin()
        self.high = torch.stack(high).amax()
        # A constant map stays one but for rounding; so may any map on very few pixels.
        flat = self.high - self.low <= ROUNDING * self.high
        self.is_constant = flat & (self.high > 0)

    def measure(self, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return precision and sensitivity on a mask (H, W) bool, in one go."""
        inside = self._inside(mask)
        return self._precision(*inside), self._sensitivity(*inside)

    def precision(
        self, mask: Tensor, zero: Literal["nan", "released"] = "nan", minmax: bool = False
    ) -> Tensor:
        """Return the positive share on a mask (H, W) bool; see `activation_precision`."""
        return self._precision(*self._inside(mask), zero, minmax)

    def sensitivity(self, mask: Tensor) -> Tensor:
        """Return the mean height on a mask (H, W) bool; see `activation_sensitivity`."""
        return self._sensitivity(*self._inside(mask))

    def _precision(
        self,
        inside: Tensor,
        pixels: Tensor,
        zero: Literal["nan", "released"] = "nan",
        minmax: bool = False,
    ) -> Tensor:
        total = self.total
        if minmax:
            inside = inside - self.low * pixels
            total = total - self.low * self.size[0] * self.size[1]
            if self.is_constant:
                inside, total = torch.zeros_like(inside), torch.zeros_like(total)
        undefined = (total == 0) | (pixels == 0)
        share = torch.where(undefined, torch.nan if zero == "nan" else 0.0, inside / total)
        return torch.where(self.total.isfinite(), share, torch.nan)

    def _sensitivity(self, inside: Tensor, pixels: Tensor) -> Tensor:
        height = (inside / pixels - self.low) / (self.high - self.low)
        value = torch.where(self.high == 0, 0.0, height)
        undefined = (pixels == 0) | self.is_constant | ~self.total.isfinite()
        return torch.where(undefined, torch.nan, value)

    def _inside(self, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the evidence on the mask and the mask's pixels."""
        # Twenty times quicker than `any` on bool.
        pixels = mask.view(torch.uint8)
        rows, columns = pixels.amax(dim=1).nonzero(), pixels.amax(dim=0).nonzero()
        if not len(rows):
            return torch.zeros_like(self.total), torch.zeros_like(self.total)
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        left, right = int(columns[0]), int(columns[-1]) + 1
        part = mask[top:bottom, left:right]
        sums, start = [], 0
        for band in self.bands(top, bottom, left, right):
            sums.append(band.mul_(part[start : start + len(band)]).sum())
            start += len(band)
        return torch.stack(sums).sum(), part.count_nonzero()

    def bands(self, *rectangle: int) -> Iterator[Tensor]:
        """Yield the rectified map, or (top, bottom, left, right) of it, a few rows at a time."""
        for band in upsampled_bands(self._image, self.size, *rectangle):
            yield band.relu_()
