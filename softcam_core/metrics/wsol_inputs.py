"""Maps, boxes and masks as the public WSOL benchmark has them: on a grid of 224 pixels.

Choe et al. 2020, "Evaluating weakly supervised object localization methods right".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor
from softcam_core.metrics.upsample import cubic_matrix

SIDE = 224
"""Side of the benchmark's maps in pixels."""
ROUNDING = 1e-12
"""An upsampled map whose values differ by less, as a share of the largest, is a constant."""


def to_wsol_map(map_: Any, side: int = SIDE) -> Tensor:
    """Return a map of any size as the benchmark's score map.

    map_ (h, w) real, of the ground-truth class -> (side, side) float64 in [0, 1].

    Bicubic upsampling, then min-max. A constant map gives zeros; one that is not finite gives NaN.

    Raises:
        ValueError: a wrong shape.

    Example:
        >>> import torch
        >>> to_wsol_map(torch.tensor([[-1.0, 3.0]]), side=2)
        tensor([[0., 1.],
                [0., 1.]], dtype=torch.float64)
    """
    image = as_tensor(map_).double()
    check_map("map_", image)
    rows, columns = (cubic_matrix(side, cells).to(image.device) for cells in image.shape)
    large = rows @ image @ columns.T
    low, high = torch.aminmax(large)
    # Upsampling leaves a constant map one but for rounding, which min-max would blow up.
    flat = high - low <= ROUNDING * torch.maximum(low.abs(), high.abs())
    return torch.where(flat, 0.0, min_max(large))


def to_wsol_boxes(boxes: Any, size: Sequence[float], side: int = SIDE) -> Tensor:
    """Return boxes of an image in the pixels of the benchmark's score map.

    boxes (n, 4) x0 y0 x1 y1 in image pixels; size (W, H) of the image -> (n, 4) int64. Scaled, then
    truncated by int().

    Raises:
        ValueError: a wrong shape, or a box that is no box.

    Example:
        >>> to_wsol_boxes([[10, 20, 99, 50]], (448, 100))
        tensor([[  5,  44,  49, 112]])
    """
    scaled = check_boxes("boxes", boxes)
    width, height = (float(length) for length in size)
    if not (width > 0 and height > 0):
        raise ValueError(f"size: expected (W, H) above 0, got {tuple(size)}")
    return (scaled * side / scaled.new_tensor([width, height, width, height])).trunc().long()


def to_wsol_mask(mask: Any, ignore: Any = None, side: int = SIDE) -> Tensor:
    """Return a mask of an image as the benchmark's: 0 nothing, 1 object, 255 not counted.

    mask (H, W) bool; ignore (H, W) bool or None -> (side, side) uint8. Nearest pixel, as
    cv2.INTER_NEAREST has it. A pixel that is both object and ignored is object.

    Raises:
        ValueError: wrong shapes.

    Example:
        >>> import torch
        >>> to_wsol_mask(torch.eye(2).bool(), torch.ones(2, 2).bool(), side=2)
        tensor([[  1, 255],
                [255,   1]], dtype=torch.uint8)
    """
    objects = as_tensor(mask).bool()
    check_map("mask", objects)
    ignored = torch.zeros_like(objects)
    if ignore is not None:
        ignored = as_tensor(ignore, objects.device).bool()
        if ignored.shape != objects.shape:
            raise ValueError(
                f"ignore: expected shape {tuple(objects.shape)}, as mask, "
                f"got {tuple(ignored.shape)}"
            )
    values = torch.where(objects, 1, torch.where(ignored, 255, 0)).to(torch.uint8)
    rows, columns = (
        torch.arange(side, device=objects.device) * length // side for length in objects.shape
    )
    return values[rows[:, None], columns]


def min_max(image: Tensor) -> Tensor:
    """Return a map (h, w) float64 in [0, 1]; zeros if it is constant, NaN if it is not finite."""
    low, high = torch.aminmax(image)
    span = float(high - low)
    if not math.isfinite(span):
        return torch.full_like(image, torch.nan)
    return (image - low).div_(span) if span else torch.zeros_like(image)


def check_map(name: str, image: Tensor) -> None:
    """Raise ValueError unless ``image`` is (h, w) and not empty."""
    if image.ndim != 2 or 0 in image.shape:
        raise ValueError(f"{name}: expected shape (h, w), got {tuple(image.shape)}")


def check_maps(score_maps: Any) -> Tensor:
    """Return score maps (N, h, w) in float64; raise ValueError for another shape."""
    images = as_tensor(score_maps).double()
    if images.ndim != 3 or 0 in images.shape[1:]:
        raise ValueError(f"score_maps: expected shape (N, h, w), got {tuple(images.shape)}")
    return images


def check_boxes(name: str, boxes: Any) -> Tensor:
    """Return one image's boxes (n, 4) in float64 on the CPU; an empty list is no box.

    Raises:
        ValueError: a wrong shape, a value that is not finite, or a corner on the wrong side.
    """
    try:
        found = as_tensor(boxes).double().cpu()
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(f"{name}: expected shape (n, 4) of numbers, got {boxes!r}") from error
    if found.numel() == 0:
        return found.new_zeros(0, 4)
    if found.ndim != 2 or found.shape[1] != 4:
        raise ValueError(f"{name}: expected shape (n, 4), got {tuple(found.shape)}")
    if not found.isfinite().all():
        raise ValueError(f"{name}: expected finite numbers, got NaN or infinity")
    if (found[:, 2:] < found[:, :2]).any():
        wrong = found[(found[:, 2:] < found[:, :2]).any(dim=1)][0].tolist()
        raise ValueError(f"{name}: expected x0 <= x1 and y0 <= y1, got {wrong}")
    return found
