"""Every way to call a ReLU in PyTorch, by what it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

Reading = tuple[Tensor, float, bool] | None
"""What a ReLU is given: x, its upper limit, whether in place; None: it is no ReLU."""

_NODE = "ReluBackward"
"""How the name of a node of torch's graph begins that stands for a ReLU."""


def _relu(input: Tensor, inplace: bool = False) -> Reading:
    return input, torch.inf, inplace


def _relu_(input: Tensor) -> Reading:
    return input, torch.inf, True


def _relu6(input: Tensor, inplace: bool = False) -> Reading:
    return input, 6.0, inplace


def _hardtanh(
    input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False
) -> Reading:
    return (input, max_val, inplace) if min_val == 0 < max_val else None


def _hardtanh_(input: Tensor, min_val: float = -1.0, max_val: float = 1.0) -> Reading:
    return _hardtanh(input, min_val, max_val, True)


def _threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Reading:
    return (input, torch.inf, inplace) if threshold == 0 == value else None


def _threshold_(input: Tensor, threshold: float, value: float) -> Reading:
    return _threshold(input, threshold, value, True)


def _clamp(input: Tensor, min: Any = None, max: Any = None) -> Reading:
    if not _is_zero(min, input):
        return None
    if max is None:
        return input, torch.inf, False
    return (input, float(max), False) if isinstance(max, int | float) and max > 0 else None


def _clamp_(input: Tensor, min: Any = None, max: Any = None) -> Reading:
    reading = _clamp(input, min, max)
    return None if reading is None else (reading[0], reading[1], True)


def _maximum(input: Tensor, other: Any = None, *_: Any, **__: Any) -> Reading:
    # ``max`` has other meanings as well: of one tensor, and along a dimension.
    if not isinstance(other, Tensor):
        return None
    if _is_zero(other, input):
        return input, torch.inf, False
    return (other, torch.inf, False) if _is_zero(input, other) else None


def _is_zero(limit: Any, x: Tensor) -> bool:
    """Whether a limit is 0 for all of x, as a number or a constant tensor."""
    if not isinstance(limit, Tensor):
        return isinstance(limit, int | float) and limit == 0
    if limit.requires_grad:  # it depends on the image, and happens to be 0
        return False
    fits = limit.ndim <= x.ndim and all(
        mine in (1, its) for mine, its in zip(limit.shape[::-1], x.shape[::-1], strict=False)
    )
    return fits and not bool(limit.any())


RELUS: dict[Callable[..., Any], Callable[..., Reading]] = {
    F.relu: _relu,
    torch.relu: _relu,
    Tensor.relu: _relu,
    torch.ops.aten.relu: _relu,
    torch.relu_: _relu_,
    Tensor.relu_: _relu_,
    torch.ops.aten.relu_: _relu_,
    F.relu6: _relu6,
    F.hardtanh: _hardtanh,
    F.hardtanh_: _hardtanh_,
    F.threshold: _threshold,
    torch.threshold: _threshold,
    torch.threshold_: _threshold_,
    torch.clamp: _clamp,
    torch.clamp_min: _clamp,
    Tensor.clamp: _clamp,
    Tensor.clamp_min: _clamp,
    torch.clamp_: _clamp_,
    torch.clamp_min_: _clamp_,
    Tensor.clamp_: _clamp_,
    Tensor.clamp_min_: _clamp_,
    torch.clip: _clamp,
    Tensor.clip: _clamp,
    torch.clip_: _clamp_,
    Tensor.clip_: _clamp_,
    torch.maximum: _maximum,
    Tensor.maximum: _maximum,
    torch.max: _maximum,
    Tensor.max: _maximum,
    torch.fmax: _maximum,
    Tensor.fmax: _maximum,
}
"""The functions that may be a ReLU, each with how its arguments are read."""


def unread(scores: Tensor) -> bool:
    """Whether the graph of some scores has a ReLU that torch computed itself."""
    seen = {scores.grad_fn}
    waiting = [scores.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        if node.name().startswith(_NODE):
            return True
        for earlier, _ in node.next_functions:
            if earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    return False
