"""What a network is asked for, and what it returns, in one form."""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.dual_branch import DualBranch
from softcam_core.models.softcam import ModelOutput

_HALF = (torch.bfloat16, torch.float16)


def has_more_to_do(model: nn.Module) -> bool:
    """Whether a pass of the model does work that its logits do not need."""
    return isinstance(model, DualBranch)


def run(network: nn.Module, x: Tensor, only_logits: bool) -> Any:
    """Return what a network says of x (B, 3, H, W); only its logits if the rest would cost more."""
    if only_logits and isinstance(network, DualBranch):
        return network.head(network.features(x))
    return network(x)


def as_output(returned: Any, device: torch.device) -> ModelOutput:
    """Return logits and evidence on a device; half precision becomes float32.

    Args:
        returned: (B, C) logits, or a named tuple with ``logits`` and ``evidence``.
        device: of the result.

    Returns:
        The same kind of named tuple, or a `ModelOutput` without evidence for a plain tensor.

    Raises:
        ModelError: it is something else.
    """
    if isinstance(returned, Tensor):
        if returned.ndim == 2:
            return ModelOutput(_plain(returned, device), None)
    elif isinstance(returned, tuple) and {"logits", "evidence"} <= set(_fields(returned)):
        values = [None if value is None else _plain(value, device) for value in returned]
        kind = cast("Any", type(returned))
        return cast(ModelOutput, kind(*values))
    shape = f" of shape {tuple(returned.shape)}" if isinstance(returned, Tensor) else ""
    raise ModelError(
        f"The model returned a {type(returned).__name__}{shape}, expected logits (images, "
        "classes); give a classifier."
    )


def _fields(returned: object) -> tuple[str, ...]:
    return getattr(returned, "_fields", ())


def _plain(value: Tensor, device: torch.device) -> Tensor:
    return value.to(device, torch.float32 if value.dtype in _HALF else value.dtype)
