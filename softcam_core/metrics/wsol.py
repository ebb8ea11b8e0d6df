"""Weakly supervised localization of boxes, as the public WSOL benchmark measures it.

Choe et al. 2020, "Evaluating weakly supervised object localization methods right". Score maps are
scaled to [0, 1] per image, so any real map will do; `to_wsol_map` and `to_wsol_boxes` bring a map
and its boxes to the benchmark's 224 pixels first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor
from softcam_core.metrics.boxes import checked_box_ious, largest_box_iou
from softcam_core.metrics.wsol_inputs import check_boxes, check_maps

V2_IOUS = (0.3, 0.5, 0.7)
"""The overlaps that MaxBoxAccV2 asks for."""


def max_box_acc(score_maps: Any, boxes: Sequence[Any], iou: float = 0.5) -> Tensor:
    """Share of images whose largest contour's box meets a true box, at the best threshold.

    score_maps (N, h, w) real, of the ground-truth class; boxes: for each map (n_i, 4) x0 y0 x1 y1
    in its pixels -> percent in [0, 100], a scalar in float64; higher is better.

    One threshold for all images, the best of 1000; right if IoU >= ``iou``: see `box_ious`. Images
    without a box or with a map that is not finite are undefined and left out; NaN if no image is
    left.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> max_box_acc(torch.eye(4)[None], [[[0, 0, 3, 3]]])
        tensor(100., dtype=torch.float64)
    """
    check_share("iou", iou)
    return best_share(iou_table(score_maps, boxes, largest=True), iou)


def max_box_acc_v2(score_maps: Any, boxes: Sequence[Any]) -> Tensor:
    """Share of images where any contour's box meets a true box, at IoU .3, .5 and .7.

    score_maps (N, h, w) real, of the ground-truth class; boxes: for each map (n_i, 4) x0 y0 x1 y1
    in its pixels -> (3,) float64, percent in [0, 100]; the headline is their mean.

    As `max_box_acc`, but of all contours, and the best threshold for each IoU.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> max_box_acc_v2(torch.eye(4)[None], [[[0, 0, 3, 1]]])
        tensor([100., 100.,   0.], dtype=torch.float64)
    """
    best = iou_table(score_maps, boxes, largest=False)
    return torch.stack([best_share(best, iou) for iou in V2_IOUS])


def gt_known_localization(
    score_maps: Any,
    boxes: Sequence[Any],
    threshold: float = 0.2,
    iou: float = 0.5,
    first_box_only: bool = False,
) -> Tensor:
    """Whether the largest contour's box meets a true box, at one fixed threshold.

    score_maps (N, h, w) real, of the ground-truth class; boxes: for each map (n_i, 4) x0 y0 x1 y1
    in its pixels -> (N,) bool. Where an image is undefined, for want of a box or of a finite map,
    the result is float64 instead: 1, 0 and NaN.

    Args:
        score_maps: one map per image.
        boxes: the true boxes.
        threshold: share of the map's largest number that pixels must exceed, in [0, 1).
        iou: the overlap that is asked for.
        first_box_only: look at each image's first box alone, as the authors' code does (released).

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> gt_known_localization(torch.eye(4)[None], [[[0, 0, 3, 3]]])
        tensor([True])
    """
    if not 0 <= threshold < 1:
        raise ValueError(f"threshold: expected 0 <= threshold < 1, got {threshold}")
    check_share("iou", iou)
    images, truths = _checked(score_maps, boxes)
    if first_box_only:
        truths = [truth[:1] for truth in truths]
    ious = images.new_tensor(
        [largest_box_iou(*pair, threshold) for pair in zip(images, truths, strict=True)]
    )
    return _bool_or_nan(ious >= iou, ious.isnan())


def top1_localization(
    score_maps: Any,
    boxes: Sequence[Any],
    correct: Any,
    threshold: float = 0.2,
    iou: float = 0.5,
    first_box_only: bool = False,
) -> Tensor:
    """Whether an image is both classified and localized rightly, at one fixed threshold.

    score_maps, boxes and options as for `gt_known_localization`; correct (N,) bool or 0/1: whether
    the classifier is right -> (N,) bool, or float64 with NaN as there.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> top1_localization(torch.eye(4)[None], [[[0, 0, 3, 3]]], [False])
        tensor([False])
    """
    located = gt_known_localization(score_maps, boxes, threshold, iou, first_box_only)
    right = as_tensor(correct, located.device)
    if right.shape != located.shape:
        raise ValueError(
            f"correct: expected shape (N,) with N = {len(located)}, got {tuple(right.shape)}"
        )
    if not ((right == 0) | (right == 1)).all():
        raise ValueError("correct: expected bool, or 0 and 1 only, got other values")
    return _bool_or_nan((located == 1) & right.bool(), located.isnan())


def best_share(ious: Tensor, iou: float) -> Tensor:
    """Return the percentage of images with at least ``iou`` at the threshold that is best for it.

    ious (N, thresholds), NaN in the rows of undefined images -> scalar; NaN if all are.
    """
    defined = ~ious[:, 0].isnan()
    right = (ious >= iou).sum(dim=0).max().double()
    return torch.where(defined.any(), right * 100 / defined.sum(), torch.nan)


def iou_table(score_maps: Any, boxes: Sequence[Any], largest: bool) -> Tensor:
    """Return the IoUs of all images at all thresholds, (N, 1000); NaN for undefined images.

    Of each image's largest contour, or the highest of all its contours.

    Raises:
        ValueError: wrong shapes or values.
    """
    images, truths = _checked(score_maps, boxes)
    found = [
        checked_box_ious(*pair, largest, not largest)[0 if largest else 1]
        for pair in zip(images, truths, strict=True)
    ]
    return torch.stack(found).to(images) if found else images.new_zeros(0, 1)


def _bool_or_nan(right: Tensor, undefined: Tensor) -> Tensor:
    return right.double().masked_fill(undefined, torch.nan) if undefined.any() else right


def check_share(name: str, value: float) -> None:
    """See that an overlap to ask for is one.

    Raises:
        ValueError: it is not above 0, or above 1.
    """
    if not 0 < value <= 1:
        raise ValueError(f"{name}: expected 0 < {name} <= 1, got {value}")


def _checked(score_maps: Any, boxes: Sequence[Any]) -> tuple[Tensor, list[Tensor]]:
    images = check_maps(score_maps)
    if len(boxes) != len(images):
        raise ValueError(
            f"boxes: expected one (n, 4) per map, {len(images)} in all, got {len(boxes)}"
        )
    return images, [check_boxes(f"boxes[{i}]", truth) for i, truth in enumerate(boxes)]
