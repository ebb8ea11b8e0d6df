"""Methods that weigh the feature maps: one pass of the backbone, and at most gradients of the head.

With global average pooling and one linear layer there is no backward pass at all.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from softcam_core.explain.closed_form import linear_cam, linear_gradcam
from softcam_core.explain.gradient import gradcam as gradient_gradcam
from softcam_core.explain.methods import MethodError
from softcam_core.explain.parts import Linear, Parts
from softcam_core.explain.request import Request

CHUNK = 16
"""Images per pass."""


def evidence(request: Request) -> Tensor:
    """SoftCAM's own map (paper, eq. 3 and 4): its spatial mean is the logit."""
    needs_evidence(request.parts)
    head = request.parts.evidence
    assert head is not None
    return _per_chunk(request, lambda z: head(z)[:, request.indices])


def cam(request: Request) -> Tensor:
    """CAM (paper, eq. 1), not rectified."""
    linear = needs_linear(request.parts)
    return _per_chunk(request, lambda z: linear_cam(linear.weight[request.indices], z))


def gradcam(request: Request, *, signed: bool = False) -> Tensor:
    """Grad-CAM (paper, eq. 2); ``signed`` leaves out the final ReLU."""
    parts, indices = request.parts, request.indices
    linear = parts.linear
    if linear is not None:
        return _per_chunk(request, lambda z: linear_gradcam(linear.weight[indices], z, signed))
    stop = request.cancelled or (lambda: False)
    return _per_chunk(request, lambda z: gradient_gradcam(parts.logits, z, indices, signed, stop))


def needs_evidence(parts: Parts) -> None:
    """Refuse a model without evidence.

    Raises:
        MethodError: it is a black box.
    """
    if parts.evidence is None:
        raise MethodError(
            "The method 'evidence' needs a SoftCAM model, and this one is a black box; choose "
            "gradcam, or convert the model first."
        )


def needs_linear(parts: Parts) -> Linear:
    """Return the single linear layer after average pooling.

    Raises:
        MethodError: the head is another one.
    """
    if parts.linear is None:
        raise MethodError(
            "The method 'cam' needs a single linear layer after average pooling, which this "
            "model does not have; choose gradcam."
        )
    return parts.linear


def _per_chunk(request: Request, explain: Callable[[Tensor], Tensor]) -> Tensor:
    """Explain some images at a time: features (B, D, h, w) -> maps (B, C, h, w)."""
    total = len(request.images)
    request.check()
    maps = []
    for start in range(0, total, CHUNK):
        maps.append(explain(request.parts.features(request.images[start : start + CHUNK])))
        request.progress(min(start + CHUNK, total), total)
    return torch.cat(maps)
