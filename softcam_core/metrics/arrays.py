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
    torch cannot hold the first safely and the second not at all.
    """
    if isinstance(value, np.ndarray):
        value = np.ascontiguousarray(value)
        value = value if value.flags.writeable else value.copy()
    return torch.as_tensor(value, device=device).detach()


def check_probabilities(name: str, values: Tensor) -> None:
    """See that numbers are probabilities; NaN passes, and so does what half precision adds.

    Raises:
        ValueError: one of them is below 0 or above 1.
    """
    if ((values < -HALF_ROUNDING) | (values > 1 + HALF_ROUNDING)).any():
        raise ValueError(f"{name}: expected probabilities in [0, 1], got others (logits?)")
