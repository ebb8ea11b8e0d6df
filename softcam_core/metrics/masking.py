"""What a prediction keeps when the image is shown through its own map."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor, check_probabilities
from softcam_core.metrics.upsample import cubic_matrix

ROUNDING = 1e-12
"""A map whose values differ by less, as a share of the largest, is a constant."""


def masked_input(x: Any, maps: Any) -> Tensor:
    """Return normalised images times their maps, scaled to [0, 1].

    x (N, 3, H, W) normalised; maps (N, h, w) real -> (N, 3, H, W) in x's dtype. One image and
    several maps of it, or one map, go together too.

    Bicubic upsampling to (H, W), then min-max to [0, 1] per map. A constant map gives an image of
    zeros, one that is not finite an image of NaN.

    Raises:
        ValueError: wrong shapes.

    Example:
        >>> import torch
        >>> masked_input(torch.full((1, 3, 1, 2), 8.0), torch.tensor([[[-1.0, 3.0]]]))[0, 0]
        tensor([[0., 8.]])
    """
    images = as_tensor(x)
    attributions = as_tensor(maps, images.device).double()
    if images.ndim != 4 or 0 in images.shape[1:]:
        raise ValueError(f"x: expected shape (N, 3, H, W), got {tuple(images.shape)}")
    counts = {len(images), len(attributions)} - {1}
    if attributions.ndim != 3 or 0 in attributions.shape[1:] or len(counts) > 1:
        raise ValueError(
            f"maps: expected shape (N, h, w) with N = {len(images)}, "
            f"got {tuple(attributions.shape)}"
        )
    rows, columns = (
        cubic_matrix(size, cells).to(images.device)
        for size, cells in zip(images.shape[2:], attributions.shape[1:], strict=True)
    )
    large = rows @ attributions @ columns.T
    low, high = large.amin(dim=(1, 2), keepdim=True), large.amax(dim=(1, 2), keepdim=True)
    share = (large - low) / (high - low)
    flat = high - low <= ROUNDING * torch.maximum(low.abs(), high.abs())
    share = torch.where(flat, 0.0, share).clamp(0, 1)
    share = torch.where(attributions.isfinite().all(dim=(1, 2))[:, None, None], share, torch.nan)
    return images * share[:, None].to(images.dtype)


def average_drop(p: Any, p_masked: Any) -> Tensor:
    """Mean share of the probability that the masked image loses, gains counted as 0.

    p, p_masked (N,) in [0, 1] -> percent in [0, 100], a scalar in float64; lower is better.

    100 mean(max(0, p - p') / p), with p of the predicted class on the image and p' of the same
    class on `masked_input`. Images where p is 0 or either is NaN are undefined and left out; NaN
    if no image is left. Chattopadhay et al. 2018.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> average_drop([0.8, 0.5], [0.4, 0.9])
        tensor(25., dtype=torch.float64)
    """
    return _mean(drops(p, p_masked))


def increase_in_confidence(p: Any, p_masked: Any) -> Tensor:
    """Share of images whose masked version is predicted with more confidence.

    p, p_masked (N,) in [0, 1] -> percent in [0, 100], a scalar in float64; higher is better.

    100 mean(p' > p), with p and p' as for `average_drop`, and the same images left out.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> increase_in_confidence([0.8, 0.5], [0.4, 0.9])
        tensor(50., dtype=torch.float64)
    """
    return _mean(increases(p, p_masked))


def drops(p: Any, p_masked: Any) -> Tensor:
    """Return each image's drop in percent, (N,) float64; NaN where undefined: `average_drop`."""
    before, after = _checked(p, p_masked)
    return torch.where(before > 0, 100 * (before - after).clamp(min=0) / before, torch.nan)


def increases(p: Any, p_masked: Any) -> Tensor:
    """Return 100 or 0 per image, (N,) float64, NaN where undefined: `increase_in_confidence`."""
    before, after = _checked(p, p_masked)
    undefined = (before == 0) | before.isnan() | after.isnan()
    return (100 * (after > before).double()).masked_fill(undefined, torch.nan)


def _mean(values: Tensor) -> Tensor:
    return values.nanmean()


def _checked(p: Any, p_masked: Any) -> tuple[Tensor, Tensor]:
    before = as_tensor(p).double()
    after = as_tensor(p_masked, before.device).double()
    if before.ndim != 1:
        raise ValueError(f"p: expected shape (N,), got {tuple(before.shape)}")
    if after.shape != before.shape:
        raise ValueError(
            f"p_masked: expected shape {tuple(before.shape)}, as p, got {tuple(after.shape)}"
        )
    check_probabilities("p", before)
    check_probabilities("p_masked", after)
    return before, after
