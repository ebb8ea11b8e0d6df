"""Arrays of any kind as tensors."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

HALF_ROUNDING = 1e-3
"""By how much a softmax in half precision may leave [0, 1]."""


def as_tensor(value: Any, device: torch.device | None = None) -> Tensor:
    """Return a detached tensor of ``value``, sharing its memory where torch can.

    Arrays that are read-only (from a file, or from another process) or run backwards are copied:
    torch cannot hold the first safely and the second not at all. Plain numbers keep all their
    digits: torch alone would round a list of them to float32.
    """
    if isinstance(value, np.ndarray):
        value = np.ascontiguousarray(value)
        value = value if value.flags.writeable else value.copy()
    found = torch.as_tensor(value, device=device).detach()
    if found.is_floating_point() and not isinstance(value, Tensor | np.ndarray):
        found = torch.as_tensor(value, dtype=torch.float64, device=device).detach()
    return found


def check_probabilities(name: str, values: Tensor) -> None:
    """See that numbers are probabilities; NaN passes, and so does what half precision adds.

    Raises:
        ValueError: one of them is below 0 or above 1.
    """
    if ((values < -HALF_ROUNDING) | (values > 1 + HALF_ROUNDING)).any():
        raise ValueError(f"{name}: expected probabilities in [0, 1], got others (logits?)")


def checked_maps(maps: Any, masks: Any) -> tuple[Tensor, Tensor]:
    """Return maps (N, h, w) as float64 and masks (N, H, W) as bool, on the maps' device.

    Raises:
        ValueError: wrong shapes, or masks of other values than 0 and 1.
    """
    images = as_tensor(maps).double()
    lesions = as_tensor(masks, images.device)
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


def stacked(values: list[Tensor], maps: Tensor) -> Tensor:
    """Return one value per map as (N,), on their device."""
    return torch.stack(values) if values else maps.new_zeros(0)
