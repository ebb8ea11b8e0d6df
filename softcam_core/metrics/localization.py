"""How much of a map lies on the lesions, and how much of the lesions it covers (paper, B.2).

Both metrics look at the positive part of one class's map after upsampling to the mask. Sensitivity
rewards a map that is bright everywhere, so it is always shown beside precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor

from softcam_core.metrics.upsample import cubic_matrix

BAND = 1 << 16
"""Pixels upsampled at a time on a CPU: a band stays in the cache, and the whole image is never
held in float64."""


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
    maps, masks = _checked(maps, masks)
    values = []
    for image, mask in zip(maps, masks, strict=True):
        sums = _rectified_sums(image, mask)
        inside, total = sums.inside, sums.total
        if minmax:
            inside = inside - sums.low * sums.mask_pixels
            total = total - sums.low * mask.numel()
            if _is_constant(image, sums):
                inside, total = torch.zeros_like(inside), torch.zeros_like(total)
        undefined = (total == 0) | ((sums.mask_pixels == 0) & (zero == "nan"))
        value = torch.where(undefined, torch.nan if zero == "nan" else 0.0, inside / total)
        values.append(value)
    return _stacked(values, maps)


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
    maps, masks = _checked(maps, masks)
    values = []
    for image, mask in zip(maps, masks, strict=True):
        sums = _rectified_sums(image, mask)
        height = (sums.inside / sums.mask_pixels - sums.low) / (sums.high - sums.low)
        # Comparisons with NaN are false: a map that is not finite stays NaN.
        value = torch.where(sums.high == 0, 0.0, height)
        undefined = (sums.mask_pixels == 0) | _is_constant(image, sums)
        values.append(torch.where(undefined, torch.nan, value))
    return _stacked(values, maps)


@dataclass(frozen=True)
class _Sums:
    """Of one rectified, upsampled map: float64 scalars."""

    inside: Tensor
    total: Tensor
    low: Tensor
    high: Tensor
    mask_pixels: Tensor


def _rectified_sums(image: Tensor, mask: Tensor) -> _Sums:
    """Upsample one map (h, w) to its mask (H, W) in bands of rows, rectify, and add up."""
    height, width = mask.shape
    rows = cubic_matrix(height, image.shape[0]).to(image.device)
    columns = cubic_matrix(width, image.shape[1]).to(image.device)
    wide = image @ columns.T
    step = height if image.is_cuda else max(1, BAND // width)
    inside, total, low, high = [], [], [], []
    for top in range(0, height, step):
        band = (rows[top : top + step] @ wide).relu_()
        part = mask[top : top + step]
        total.append(band.sum())
        least, most = torch.aminmax(band)
        low.append(least)
        high.append(most)
        inside.append(band.mul_(part).sum())
    return _Sums(
        inside=torch.stack(inside).sum(),
        total=torch.stack(total).sum(),
        low=torch.stack(low).amin(),
        high=torch.stack(high).amax(),
        mask_pixels=mask.sum(),
    )


def _is_constant(image: Tensor, sums: _Sums) -> Tensor:
    """Whether the rectified map is a positive constant; rounding must not make it vary."""
    native = (image == image.flatten()[0]).all() & (image.flatten()[0] > 0)
    return native | ((sums.high == sums.low) & (sums.high > 0))


def _checked(maps: Any, masks: Any) -> tuple[Tensor, Tensor]:
    images = torch.as_tensor(maps).detach().double()
    lesions = torch.as_tensor(masks, device=images.device)
    if images.ndim != 3 or 0 in images.shape[1:]:
        raise ValueError(f"maps: expected shape (N, h, w), got {tuple(images.shape)}")
    if lesions.ndim != 3 or len(lesions) != len(images) or 0 in lesions.shape[1:]:
        raise ValueError(
            f"masks: expected shape (N, H, W) with N = {len(images)}, got {tuple(lesions.shape)}"
        )
    if lesions.dtype != torch.bool:
        if not ((lesions == 0) | (lesions == 1)).all():
            raise ValueError("masks: expected bool, or 0 and 1 only, got other values")
        lesions = lesions.bool()
    return images, lesions


def _stacked(values: list[Tensor], maps: Tensor) -> Tensor:
    return torch.stack(values) if values else maps.new_zeros(0)
