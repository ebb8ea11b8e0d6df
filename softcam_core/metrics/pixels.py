"""PxAP: average precision over all pixels, as the public WSOL benchmark measures masks.

Choe et al. 2020. Scores fall into the bins between 1000 thresholds, and 1 into a bin of its own;
the histograms of images add up, so a data set of any size takes no more room than one image.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor
from softcam_core.metrics.boxes import THRESHOLDS
from softcam_core.metrics.wsol_inputs import check_map, check_maps, min_max

BINS = len(THRESHOLDS) + 1
"""[0, .001), ..., [.999, 1), and 1."""
IGNORED = 255
"""A pixel of a mask that is not counted."""


def pxap(score_maps: Any, masks: Any) -> Tensor:
    """Area under the precision-recall curve of all images' pixels together.

    score_maps (N, H, W) real, of the ground-truth class; masks (N, H, W) 0, 1, or 255 for pixels
    that are not counted -> percent in [0, 100], a scalar in float64; higher is better.

    Each map is scaled to [0, 1] (a constant map is 0). Images with a map that is not finite are
    left out; NaN if no pixel of the others is 1.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> pxap(torch.eye(2)[None], torch.eye(2)[None])
        tensor(100., dtype=torch.float64)
    """
    images = check_maps(score_maps)
    truths = as_tensor(masks, images.device)
    if truths.shape != images.shape:
        raise ValueError(
            f"masks: expected shape {tuple(images.shape)}, as score_maps, got {tuple(truths.shape)}"
        )
    total = torch.zeros(2, BINS, dtype=torch.int64, device=images.device)
    for image, truth in zip(images, truths, strict=True):
        total += pxap_histograms(image, truth)
    return pxap_from_histograms(total)


def pxap_histograms(score_map: Any, mask: Any) -> Tensor:
    """Count one image's pixels by their score.

    score_map (H, W) real; mask (H, W) 0, 1 or 255 -> (2, 1001) int64: the pixels that are 1, and
    all that are counted, in the bins [0, .001), ..., [.999, 1), and 1. All zero if the map is not
    finite: such an image is left out.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> pxap_histograms(torch.eye(2), torch.eye(2)).nonzero().tolist()
        [[0, 1000], [1, 0], [1, 1000]]
    """
    image = as_tensor(score_map).double()
    check_map("score_map", image)
    truth = as_tensor(mask, image.device)
    if truth.shape != image.shape:
        raise ValueError(
            f"mask: expected shape {tuple(image.shape)}, as score_map, got {tuple(truth.shape)}"
        )
    if not ((truth == 0) | (truth == 1) | (truth == IGNORED)).all():
        raise ValueError(f"mask: expected 0, 1 and {IGNORED} only, got other values")
    scores = min_max(image)
    if bool(scores[0, 0].isnan()):
        return torch.zeros(2, BINS, dtype=torch.int64, device=image.device)
    positive, counted = truth == 1, truth != IGNORED
    bins = torch.where(counted, _bins(scores) + BINS * positive, 2 * BINS)
    counts = torch.bincount(bins.flatten(), minlength=2 * BINS + 1)[:-1].view(2, BINS)
    return torch.stack([counts[1], counts.sum(dim=0)])


def _bins(scores: Tensor) -> Tensor:
    """Return the bin of each score; many times quicker than a search."""
    edges = scores.new_tensor([*THRESHOLDS.tolist(), 1.0])
    bins = (scores * len(THRESHOLDS)).long()
    # The product is rounded: up to the next threshold at times, but never down past one.
    return bins - (scores < edges[bins]).long()


def pxap_from_histograms(histograms: Any) -> Tensor:
    """Return PxAP from the sum of images' `pxap_histograms`.

    histograms (2, bins) whole numbers -> percent in [0, 100], a scalar in float64; NaN if no pixel
    is 1.

    Raises:
        ValueError: a wrong shape.

    Example:
        >>> pxap_from_histograms([[0, 0, 1, 1], [2, 1, 1, 1]])
        tensor(100., dtype=torch.float64)
    """
    counts = as_tensor(histograms).double()
    if counts.ndim != 2 or len(counts) != 2:
        raise ValueError(f"histograms: expected shape (2, bins), got {tuple(counts.shape)}")
    # From the highest score downwards: what lies at or above each threshold.
    hits, taken = counts.flip(1).cumsum(1)
    area = (torch.where(taken > 0, hits / taken, 0.0) * counts[0].flip(0)).sum()
    return 100 * area / counts[0].sum()
