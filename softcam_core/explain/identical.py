"""Which methods show the same map by construction: such maps are no independent witnesses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from torch import nn

from softcam_core.explain.methods import METHODS, check_method
from softcam_core.explain.parts import Parts, take_apart

_PREFIX = "Identical by construction: "


@dataclass(frozen=True)
class Identical:
    """Methods whose maps say the same of every image, and why, in one sentence."""

    methods: tuple[str, ...]
    reason: str


def identical_to_evidence(model: nn.Module, method: str) -> str | None:
    """Say why a method shows the evidence again by construction; None if it does not.

    On a SoftCAM model whose evidence is one 1x1 convolution the gradient of a logit is that
    convolution's weight in every cell.

    Raises:
        MethodError: an unknown method.
        ModelError: a model of an unknown kind.
    """
    check_method(method)
    parts = take_apart(model)
    if parts.evidence is None or parts.linear is None or parts.sigmoid is not None:
        return None
    if method == "cam":
        return f"{_PREFIX}CAM is this model's evidence without the bias."
    names = {"gradcam": "Grad-CAM", "xgradcam": "XGrad-CAM"}
    if method in names:
        return (
            f"{_PREFIX}{names[method]} is the positive part of this model's evidence without the "
            "bias, up to a factor."
        )
    return None


def identical_groups(model: nn.Module, methods: Iterable[str] | None = None) -> list[Identical]:
    """Group the methods that are identical by construction on a model, by default of all.

    With global average pooling and one linear layer the gradient of a logit is the layer's weight
    in every cell, so CAM, Grad-CAM and XGrad-CAM agree up to a factor and the sign (and so does
    the evidence without its bias); on the sigmoid branch, with weights of at least 0, LayerCAM
    joins them.

    Raises:
        MethodError: an unknown method.
        ModelError: a model of an unknown kind.
    """
    chosen = list(METHODS if methods is None else methods)
    for method in chosen:
        check_method(method)
    same, reason = _linear_group(take_apart(model))
    found = tuple(method for method in METHODS if method in same and method in chosen)
    return [Identical(found, reason)] if len(found) > 1 else []


def _linear_group(parts: Parts) -> tuple[tuple[str, ...], str]:
    if parts.sigmoid is not None:
        if parts.sigmoid.linear is None:
            return (), ""
        return ("cam", "gradcam", "xgradcam", "layercam"), (
            f"{_PREFIX}the sigmoid head is one linear layer after average pooling, and its "
            "weights are clamped at 0, so these maps agree up to a factor."
        )
    if parts.linear is None:
        return (), ""
    if parts.evidence is None:
        return ("cam", "gradcam", "xgradcam"), (
            f"{_PREFIX}the head is one linear layer after average pooling, so Grad-CAM and "
            "XGrad-CAM are the positive part of CAM, up to a factor."
        )
    return ("evidence", "cam", "gradcam", "xgradcam"), (
        f"{_PREFIX}the evidence is one linear layer of the features, so CAM is the evidence "
        "without the bias, and Grad-CAM and XGrad-CAM are its positive part, up to a factor."
    )
