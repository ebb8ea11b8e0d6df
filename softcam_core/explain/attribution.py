"""The one way in to every explanation map: `attribute`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain.closed_form import linear_cam, linear_gradcam
from softcam_core.explain.gradient import gradcam
from softcam_core.explain.methods import METHODS, MethodError, check_method
from softcam_core.explain.parts import Parts, take_apart
from softcam_core.metrics.arrays import as_tensor
from softcam_core.models.evaluating import evaluating

CHUNK = 16
"""Images per pass."""

Classes = Sequence[int | str] | int | str


def attribute(
    model: nn.Module,
    x: Any,
    method: str = "gradcam",
    classes: Classes | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    signed: bool = False,
) -> Tensor:
    """Explain logits: x (B, 3, H, W) normalised -> maps (B, C, h, w).

    The maps are raw: unnormalised, in the scale of their definition, detached, on x's device. The
    model is evaluated in eval mode and left bit-identical: no hooks, no gradients, its training
    flags as they were, also when the call fails or is cancelled.

    Args:
        model: a model of this project or a plain torchvision classifier of a known family.
        x: tensor or array.
        method: an id of `METHODS`.
        classes: indices or names (names only where the model has them); all by default.
        progress: called with (images done, images in all).
        cancelled: asked before each chunk of images and each backward pass.
        signed: leave out the final ReLU of ``gradcam``; the other methods have none.

    Returns:
        (B, C or len(classes), h, w).

    Raises:
        ValueError: a method, class or shape that cannot be meant (`MethodError` for the method).
        ModelError: a model of an unknown kind.
        CancelledError: ``cancelled()`` said so.
    """
    check_method(method)
    parts = take_apart(model)
    images = as_tensor(x)
    if images.ndim != 4 or images.shape[1] != 3 or len(images) == 0:
        raise ValueError(f"x: expected shape (B, 3, H, W), got {tuple(images.shape)}")
    indices = _indices(classes, parts)
    stop = cancelled or (lambda: False)
    explain = _explainer(parts, method, signed, stop)
    sample = next(model.parameters())
    chunks: list[Tensor] = []
    with torch.inference_mode(False), torch.no_grad(), evaluating(model):
        for start in range(0, len(images), CHUNK):
            if stop():
                raise CancelledError
            z = parts.features(images[start : start + CHUNK].to(sample))
            chunks.append(explain(z, indices).detach().to(images.device))
            if progress is not None:
                progress(min(start + CHUNK, len(images)), len(images))
    return torch.cat(chunks)


def identical_to_evidence(model: nn.Module, method: str) -> str | None:
    """Say why a method shows the evidence again by construction; None if it does not.

    Such a map is no independent witness: on a SoftCAM model whose evidence is one 1x1 convolution
    the gradient of a logit is that convolution's weight in every cell.

    Raises:
        MethodError: an unknown method.
        ModelError: a model of an unknown kind.
    """
    check_method(method)
    parts = take_apart(model)
    if parts.evidence is None or parts.linear is None or method == "evidence":
        return None
    if method == "cam":
        return "Identical by construction: CAM is this model's evidence without the bias."
    return (
        "Identical by construction: Grad-CAM is the positive part of this model's evidence "
        "without the bias, up to a factor."
    )


def check_applies(model: nn.Module, method: str) -> None:
    """Refuse a method that `attribute` would refuse for this model.

    Raises:
        MethodError: one sentence that says why.
        ModelError: a model of an unknown kind.
    """
    check_method(method)
    _explainer(take_apart(model), method, False, lambda: False)


def available_methods(model: nn.Module) -> tuple[str, ...]:
    """Return the ids that `attribute` accepts for this model, in the order of `METHODS`.

    Raises:
        ModelError: a model of an unknown kind.
    """
    parts = take_apart(model)
    without = {"evidence"} if parts.evidence is None else set()
    without |= {"cam"} if parts.linear is None else set()
    return tuple(method for method in METHODS if method not in without)


_Explainer = Callable[[Tensor, list[int]], Tensor]


def _explainer(
    parts: Parts, method: str, signed: bool, cancelled: Callable[[], bool]
) -> _Explainer:
    """Return (features, class indices) -> maps, the cheapest way that the head allows."""
    evidence, linear = parts.evidence, parts.linear
    if method == "evidence":
        if evidence is None:
            raise MethodError(
                "The method 'evidence' needs a SoftCAM model, and this one is a black box; choose "
                "gradcam, or convert the model first."
            )
        return lambda z, indices: evidence(z)[:, indices]
    if method == "cam":
        if linear is None:
            raise MethodError(
                "The method 'cam' needs a single linear layer after average pooling, which this "
                "model does not have; choose gradcam."
            )
        return lambda z, indices: linear_cam(linear.weight[indices], z)
    if linear is not None:
        return lambda z, indices: linear_gradcam(linear.weight[indices], z, signed)
    return lambda z, indices: gradcam(parts.logits, z, indices, signed, cancelled)


def _indices(classes: Classes | None, parts: Parts) -> list[int]:
    if classes is None:
        return list(range(parts.outputs))
    asked = [classes] if isinstance(classes, int | str) else list(classes)
    if not asked:
        raise ValueError("classes: expected at least one index or name, got none")
    indices = []
    for name in asked:
        if isinstance(name, str):
            if name not in parts.classes:
                known = ", ".join(parts.classes) or f"the indices 0 to {parts.outputs - 1}"
                raise ValueError(f"classes: expected one of {known}, got {name!r}")
            indices.append(parts.classes.index(name))
        elif 0 <= int(name) < parts.outputs:
            indices.append(int(name))
        else:
            raise ValueError(f"classes: expected indices from 0 to {parts.outputs - 1}, got {name}")
    return indices
