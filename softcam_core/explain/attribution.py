"""The one way in to every explanation map: `attribute`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.explain.methods import METHODS, MethodError, check_method
from softcam_core.explain.parts import Parts, take_apart
from softcam_core.explain.registry import REGISTRY
from softcam_core.explain.request import MEBIBYTE, Request
from softcam_core.metrics.arrays import as_tensor
from softcam_core.models.evaluating import evaluating

Classes = Sequence[int | str] | int | str


@dataclass(frozen=True)
class Attribution:
    """Maps, and how they were made.

    Attributes:
        maps: (B, C, h, w) or (B, C, H, W), raw, detached, on the device of the images.
        method: its id.
        options: of the method, with their values.
    """

    maps: Tensor
    method: str
    options: dict[str, Any] = field(default_factory=dict)


def attribute(
    model: nn.Module,
    x: Any,
    method: str = "gradcam",
    classes: Classes | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    memory_mb: int = 256,
    **options: Any,
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
        progress: called with (steps done, steps in all).
        cancelled: asked between passes.
        memory_mb: what the method may hold beyond the model and one pass of one image, in MiB.
        options: of the method: the keyword-only parameters of its function in `REGISTRY`.

    Returns:
        (B, C or len(classes), h, w), or (.., H, W) for methods that explain pixels.

    Raises:
        ValueError: a method, class, option or shape that cannot be meant (`MethodError` for the
            method).
        ModelError: a model of an unknown kind.
        CancelledError: ``cancelled()`` said so.
    """
    return attribution(
        model, x, method, classes, progress, cancelled, memory_mb=memory_mb, **options
    ).maps


def attribution(
    model: nn.Module,
    x: Any,
    method: str = "gradcam",
    classes: Classes | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    memory_mb: int = 256,
    **options: Any,
) -> Attribution:
    """Do what `attribute` does, and return the maps with the record of how they were made."""
    check_method(method)
    run = REGISTRY[method].run
    chosen = _options(method, run, options)
    parts = take_apart(model)
    images = as_tensor(x)
    if images.ndim != 4 or images.shape[1] != 3 or len(images) == 0:
        raise ValueError(f"x: expected shape (B, 3, H, W), got {tuple(images.shape)}")
    _check(method, parts)
    request = Request(
        parts=parts,
        images=images.to(next(model.parameters())),
        indices=_indices(classes, parts),
        forward=lambda batch: parts.logits(parts.features(batch)),
        memory=memory_mb * MEBIBYTE,
        on_progress=progress,
        cancelled=cancelled,
    )
    with torch.inference_mode(False), torch.no_grad(), evaluating(model):
        maps = run(request, **chosen)
    return Attribution(maps.detach().to(images.device), method, chosen)


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
    if parts.evidence is None or parts.linear is None or method not in ("cam", "gradcam"):
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
    _check(method, take_apart(model))


def available_methods(model: nn.Module) -> tuple[str, ...]:
    """Return the ids that `attribute` accepts for this model, in the order of `METHODS`.

    Raises:
        ModelError: a model of an unknown kind.
    """
    parts = take_apart(model)
    return tuple(method for method in METHODS if _applies(method, parts))


def _check(method: str, parts: Parts) -> None:
    applies = REGISTRY[method].applies
    if applies is not None:
        applies(parts)


def _applies(method: str, parts: Parts) -> bool:
    try:
        _check(method, parts)
    except MethodError:
        return False
    return True


def _options(method: str, run: Callable[..., Tensor], given: dict[str, Any]) -> dict[str, Any]:
    """Return every option of a method: as given, or its default."""
    known = {
        name: parameter.default
        for name, parameter in inspect.signature(run).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    for name in given:
        if name not in known:
            raise ValueError(
                f"{name}: not an option of {method}; it has {', '.join(known) or 'none'}"
            )
    return known | given


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
