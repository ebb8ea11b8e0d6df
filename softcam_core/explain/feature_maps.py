"""Methods that weigh the feature maps: one pass of the backbone, and at most gradients of the head.

With global average pooling and one linear layer there is no backward pass at all.

Two options are those of several methods. ``branch``: which head of a dual-branch model to explain;
``auto`` is the sigmoid head where there is one, whose channel weights are held at 0 or above (the
poster). ``closed_form``: False takes gradients also where a closed form gives the same maps.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from softcam_core.explain import closed_form as closed
from softcam_core.explain import gradient
from softcam_core.explain.closed_form import weigh
from softcam_core.explain.methods import MethodError
from softcam_core.explain.parts import Branch, Linear, Parts
from softcam_core.explain.request import Request

CHUNK = 16
"""Most images per pass."""
_BYTES_PER_PIXEL = 512
"""What a pass holds: two tensors of 64 channels in float32 at the size of the image (VGG)."""
BRANCHES = ("auto", "softmax", "sigmoid")

_Weights = Callable[[Tensor, Tensor], Tensor]


def evidence(request: Request) -> Tensor:
    """SoftCAM's own map (paper, eq. 3 and 4): its spatial mean is the logit."""
    needs_evidence(request.parts)
    head = request.parts.evidence
    assert head is not None
    features = request.parts.features
    return _per_chunk(request, lambda x: head(features(x))[:, request.indices])


def cam(request: Request, *, branch: str = "auto") -> Tensor:
    """CAM (paper, eq. 1), not rectified; of a sigmoid head the mean over k of max(w_ck, 0) A_k."""
    head, name = _branch(request.parts, branch)
    if head.linear is None:
        raise _not_linear()
    weight = head.linear.weight[request.indices]
    if name == "sigmoid":
        weight = weight.clamp(min=0) / weight.shape[1]
    features = request.parts.features
    return _per_chunk(request, lambda x: weigh(weight, features(x)))


def gradcam(
    request: Request, *, signed: bool = False, branch: str = "auto", closed_form: bool = True
) -> Tensor:
    """Grad-CAM (paper, eq. 2); ``signed`` leaves out the final ReLU."""
    rules = closed.gradcam_weights, gradient.gradcam_weights
    return _weighed(request, *rules, signed, branch, closed_form)


def gradcampp(
    request: Request, *, signed: bool = False, branch: str = "auto", closed_form: bool = True
) -> Tensor:
    """Grad-CAM++; ``signed`` leaves out the final ReLU."""
    rules = closed.gradcampp_weights, gradient.gradcampp_weights
    return _weighed(request, *rules, signed, branch, closed_form)


def xgradcam(
    request: Request, *, signed: bool = False, branch: str = "auto", closed_form: bool = True
) -> Tensor:
    """XGrad-CAM; ``signed`` leaves out the final ReLU."""
    rules = closed.gradcam_weights, gradient.xgradcam_weights
    return _weighed(request, *rules, signed, branch, closed_form)


def layercam(request: Request, *, branch: str = "auto", closed_form: bool = True) -> Tensor:
    """LayerCAM; its weights are never negative, so a sigmoid head needs no clamp."""
    head, name = _branch(request.parts, branch)
    linear = head.linear if closed_form else None
    if linear is not None:
        weight, features = linear.weight[request.indices], request.parts.features

        def explain(x: Tensor) -> Tensor:
            z = features(x)
            return weigh(closed.layercam_weights(weight, z), z)
    else:
        explain = partial(_by_gradients, request, head, name, gradient.layercam_map)
    return _per_chunk(request, explain).relu_()


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
    """Return the single linear layer after average pooling of the head that CAM explains.

    Raises:
        MethodError: the head is another one.
    """
    head, _ = _branch(parts, "auto")
    if head.linear is None:
        raise _not_linear()
    return head.linear


def _not_linear() -> MethodError:
    return MethodError(
        "The method 'cam' needs a single linear layer after average pooling, which this model does "
        "not have; choose gradcam."
    )


def _branch(parts: Parts, branch: str) -> tuple[Branch, str]:
    """Return the head to explain and its name."""
    if branch not in BRANCHES:
        raise ValueError(f"branch: expected one of {', '.join(BRANCHES)}, got {branch!r}")
    if branch == "sigmoid" and parts.sigmoid is None:
        raise MethodError(
            "The branch 'sigmoid' needs a dual-branch model; leave the branch out for this one."
        )
    if parts.sigmoid is not None and branch != "softmax":
        return parts.sigmoid, "sigmoid"
    return parts.softmax, "softmax"


def _weighed(
    request: Request,
    closed_rule: _Weights,
    gradient_rule: _Weights,
    signed: bool,
    branch: str,
    closed_form: bool,
) -> Tensor:
    """Weigh channels by a rule: of the linear layer's weights, or of gradients."""
    head, name = _branch(request.parts, branch)

    def weights(rule: _Weights, given: Tensor, z: Tensor) -> Tensor:
        found = rule(given, z)
        return found.clamp(min=0) if name == "sigmoid" else found

    linear = head.linear if closed_form else None
    if linear is not None:
        weight, features = linear.weight[request.indices], request.parts.features

        def explain(x: Tensor) -> Tensor:
            z = features(x)
            return weigh(weights(closed_rule, weight, z), z)
    else:

        def rule(g: Tensor, z: Tensor) -> Tensor:
            return weigh(weights(gradient_rule, g, z), z)

        explain = partial(_by_gradients, request, head, name, rule)
    maps = _per_chunk(request, explain)
    return maps if signed else maps.relu_()


def _by_gradients(
    request: Request, head: Branch, name: str, rule: _Weights, images: Tensor
) -> Tensor:
    """Explain images by a rule: gradients (B, C, D, h, w) and features -> maps (B, C, h, w)."""
    graph = gradient.head_graph(request, images, head, name)
    parts = request.parts
    z = parts.grids(graph.leaf.detach())
    found = gradient.gradients(request, graph)
    return torch.cat([rule(parts.grids(g, dim=2), z) for g in found], dim=1)


def _per_chunk(request: Request, explain: Callable[[Tensor], Tensor]) -> Tensor:
    """Explain some images at a time, as memory allows: (B, 3, H, W) -> maps (B, C, h, w)."""
    total = len(request.images)
    pixels = request.images.shape[2] * request.images.shape[3]
    # The first image of a pass is free: see `Request.memory`.
    chunk = min(CHUNK, 1 + request.memory // (_BYTES_PER_PIXEL * pixels))
    request.check()
    maps = []
    for start in range(0, total, chunk):
        maps.append(explain(request.images[start : start + chunk]))
        request.progress(min(start + chunk, total), total)
    return torch.cat(maps)
