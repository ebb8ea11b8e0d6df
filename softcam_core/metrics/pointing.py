"""The field's usual companions: does the highest pixel hit, and how well does the map outline.

The pointing game is that of Zhang et al., "Top-down Neural Attention by Excitation Backprop"
(2016), the threshold that of Otsu (1979).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from softcam_core.metrics.arrays import checked_maps, stacked
from softcam_core.metrics.localization import ROUNDING, UpsampledMap
from softcam_core.metrics.upsample import upsampled_bands

TOLERANCE = 15.0
"""Pixels by which the highest pixel may miss a lesion (Zhang et al.)."""
BINS = 256
"""Bins of the histogram in which Otsu's threshold is sought."""


def pointing_game(maps: Any, masks: Any, tolerance: float = TOLERANCE) -> Tensor:
    """Whether the highest pixel of the upsampled map lies on a lesion, or close to one.

    maps (N, h, w) real; masks (N, H, W) bool or 0/1 -> (N,) float64: 1 for a hit, 0 for a miss.

    Bicubic upsampling to (H, W); of equal pixels the first in reading order counts. NaN if the
    mask is empty, or the map is constant, so that no pixel is the highest.

    Args:
        maps: one map per image, of the class in question.
        masks: the lesions.
        tolerance: Euclidean distance in pixels of the mask at which a miss still is a hit.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> lesion = torch.zeros(1, 64, 64, dtype=torch.bool)
        >>> lesion[0, 8:24, 8:24] = True
        >>> pointing_game(torch.tensor([[[2.0, 1.0], [0.0, 0.0]]]), lesion)
        tensor([1.], dtype=torch.float64)
    """
    if not tolerance >= 0:
        raise ValueError(f"tolerance: expected at least 0 pixels, got {tolerance}")
    maps, masks = checked_maps(maps, masks)
    values = [
        _hits(image, mask, tolerance)
        if mask.view(torch.uint8).amax()
        else image.new_tensor(torch.nan)
        for image, mask in zip(maps, masks, strict=True)
    ]
    return stacked(values, maps)


def highest_pixel(image: Tensor, size: tuple[int, int]) -> tuple[int, int] | None:
    """Row and column of the highest pixel of a map (h, w) upsampled to ``size`` = (H, W).

    The first in reading order of those that are equal but for rounding errors; None if the map is
    constant or not finite.
    """
    image = image.detach().double()
    low, high = (float(value) for value in torch.aminmax(image))
    if not torch.isfinite(image.sum()) or high == low:
        return None
    slack = ROUNDING * max(abs(low), abs(high))
    rows = torch.cat([band.amax(dim=1) for band in upsampled_bands(image, size)])
    row = int((rows >= rows.amax() - slack).to(torch.uint8).argmax())
    line = next(upsampled_bands(image, size, row, row + 1))[0]
    return row, int((line >= line.amax() - slack).to(torch.uint8).argmax())


def mean_iou(maps: Any, masks: Any) -> Tensor:
    """Overlap of the lesions with what stands out of the map, by Otsu's threshold.

    maps (N, h, w) real; masks (N, H, W) bool or 0/1 -> (N,) float64 in [0, 1], whose mean over
    the images is the mean IoU.

    Bicubic upsampling to (H, W), ReLU, min-max to [0, 1]; the pixels above the threshold that
    Otsu's method finds in 256 bins are compared with the mask: intersection / union. As with
    `activation_sensitivity`: NaN if the mask is empty, or the map is a positive constant; 0 if
    nothing is positive.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> lesion = torch.zeros(1, 4, 4, dtype=torch.bool)
        >>> lesion[0, :2] = True
        >>> mean_iou(torch.tensor([[[3.0, 3.0], [-1.0, -1.0]]]), lesion)
        tensor([1.], dtype=torch.float64)
    """
    maps, masks = checked_maps(maps, masks)
    values = [
        overlap(UpsampledMap(image, (mask.shape[0], mask.shape[1])), mask)
        for image, mask in zip(maps, masks, strict=True)
    ]
    return stacked(values, maps)


def overlap(image: UpsampledMap, mask: Tensor) -> Tensor:
    """IoU of a mask (H, W) bool with the upsampled map; see `mean_iou`."""
    marked = mask.count_nonzero()
    if not marked or image.is_constant or not image.total.isfinite():
        return image.total.new_tensor(torch.nan)
    if image.high == 0:
        return image.total.new_zeros(())
    limit = image.low + otsu_threshold(image) * (image.high - image.low)
    shared, found, start = torch.zeros_like(marked), torch.zeros_like(marked), 0
    for band in image.bands():
        above = band > limit
        found += above.count_nonzero()
        shared += above.logical_and_(mask[start : start + len(band)]).count_nonzero()
        start += len(band)
    return shared / (found + marked - shared).double()


def otsu_threshold(image: UpsampledMap) -> Tensor:
    """Height, of the map scaled to [0, 1], that best parts it in two classes: a bin's centre."""
    counts = torch.zeros(BINS, dtype=torch.int64, device=image.total.device)
    scale = BINS / (image.high - image.low)
    for band in image.bands():
        bins = band.sub_(image.low).mul_(scale).to(torch.int64).clamp_(0, BINS - 1)
        counts += bins.flatten().bincount(minlength=BINS)
    centres = (torch.arange(BINS, dtype=torch.float64, device=counts.device) + 0.5) / BINS
    below = counts.cumsum(0).double()
    height = (counts * centres).cumsum(0)
    total, whole = below[-1], height[-1]
    above = total - below
    apart = (height / below - (whole - height) / above) ** 2 * below * above
    # Where one of the two classes is empty there is nothing to part.
    return centres[apart.nan_to_num(nan=-1.0)[:-1].argmax()]


def _hits(image: Tensor, mask: Tensor, tolerance: float) -> Tensor:
    """Return 1 if the highest pixel is within ``tolerance`` of the mask, else 0."""
    highest = highest_pixel(image, (mask.shape[0], mask.shape[1]))
    if highest is None:
        return image.new_tensor(torch.nan)
    reach = int(tolerance)
    row, column = highest
    top, left = max(0, row - reach), max(0, column - reach)
    near = mask[top : row + reach + 1, left : column + reach + 1].nonzero()
    away = near - near.new_tensor([row - top, column - left])
    return (away.square().sum(dim=1) <= tolerance**2).any().double()
