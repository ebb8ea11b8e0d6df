"""Maps from gradients of the head alone: the backbone never enters the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from softcam_core.errors import CancelledError


def gradcam(
    logits: Callable[[Tensor], Tensor],
    z: Tensor,
    classes: Sequence[int],
    signed: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Tensor:
    """Grad-CAM (paper, eq. 2): channels weighted by the mean gradient of the logit.

    Args:
        logits: the head, features (B, D, h, w) -> (B, C).
        z: the features.
        classes: indices.
        signed: leave out the final ReLU.
        cancelled: asked before each class.

    Returns:
        (B, len(classes), h, w).

    Raises:
        CancelledError: ``cancelled()`` said so.
    """
    maps = []
    with torch.enable_grad():
        leaf = z.detach().clone().requires_grad_()
        scores = logits(leaf)
        # Images do not meet in the head, so the gradient of the sum holds each image's own.
        sums = [scores[:, target].sum() for target in classes]
    for done, total in enumerate(sums, start=1):
        if cancelled():
            raise CancelledError
        (gradient,) = torch.autograd.grad(total, leaf, retain_graph=done < len(classes))
        maps.append(torch.einsum("bd,bdhw->bhw", gradient.mean(dim=(2, 3)), z))
    stacked = torch.stack(maps, dim=1)
    return stacked if signed else stacked.relu_()
