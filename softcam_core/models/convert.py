"""A torchvision classifier becomes a SoftCAM model; the report says how far its logits moved."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import Backbone, backbone, recognise
from softcam_core.models.build import model_spec
from softcam_core.models.evaluating import evaluating
from softcam_core.models.softcam import SoftCAM
from softcam_core.models.weights import load_weights

TOLERANCE = 1e-4
"""Largest logit difference of an exact conversion, times max(1, largest logit)."""
SIZES = ((224, 224), (224, 288))
"""Input sizes (rows, columns) at which a conversion is measured; one is not square."""

_CONVERSION = {"vgg": {"vgg_head": "exact"}, "squeezenet": {"squeezenet_head": "exact"}}
_LAYERS: dict[str, tuple[type[nn.Module], ...]] = {
    "gap_linear": (nn.Linear,),
    "vgg": (nn.Linear, nn.ReLU, nn.Linear, nn.ReLU, nn.Linear),
    "squeezenet": (nn.Conv2d, nn.ReLU, nn.AdaptiveAvgPool2d),
}


@dataclass(frozen=True)
class ConversionReport:
    """How a conversion went.

    Attributes:
        exact: whether the logits are the original's, at both sizes measured.
        reason: why, in one sentence.
        max_abs_difference: largest difference of a logit, over both sizes.
    """

    exact: bool
    reason: str
    max_abs_difference: float

    def __str__(self) -> str:
        """Return one line for the command line and the model card."""
        kind = "exact" if self.exact else "approximate"
        return f"{kind}: {self.reason} (largest logit difference {self.max_abs_difference:.2g})"


def from_classifier(
    model: nn.Module,
    arch: str,
    classes: Sequence[str],
    *,
    input: InputSpec | None = None,
    options: Mapping[str, str] | None = None,
    modality: str = "",
    card: Mapping[str, str] | None = None,
) -> tuple[SoftCAM, ConversionReport]:
    """Convert a torchvision classifier; the model given stays as it is.

    Args:
        model: torchvision's classifier; its last linear layer may stand behind a dropout.
        arch: its name, ``resnet50``.
        classes: names in the order of its logits.
        input: size, geometry and normalisation of its input.
        options: default ``vgg_head="exact"``, ``squeezenet_head="exact"``.
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        card: title, description, intended use, limits, licence, data.

    Returns:
        The SoftCAM model, in eval mode on the device of ``model``, and the report.

    Raises:
        ModelError: the model is not of this architecture, or its head is another one.
    """
    row = backbone(arch)
    known = recognise(model)
    if known is None or known.family != row.family:
        raise ModelError(
            f"A {type(model).__name__} cannot be converted as {arch}; give torchvision's own "
            f"{row.family}."
        )
    chosen = dict(_CONVERSION.get(row.head, {})) | dict(options or {})
    if row.head == "vgg" and chosen["vgg_head"] != "exact":
        raise ModelError(
            "The released VGG head has no counterpart for the black box's linear layers; convert "
            "with vgg_head exact, or train it from the backbone's weights."
        )
    dropout = _check_head(model, row, len(classes))
    if dropout and "dropout" not in chosen and row.head == "gap_linear":
        chosen["dropout"] = str(dropout)
    spec = model_spec(
        arch, classes, "softcam", input=input, options=chosen, modality=modality, card=card
    )
    sample = next(model.parameters())
    with torch.device("meta"):
        converted = SoftCAM(spec)
    converted.to_empty(device=sample.device)
    converted.to(sample.dtype)
    if fresh := load_weights(converted, model.state_dict()).fresh:
        raise ModelError(f"The classifier's head does not fit {arch}: see {', '.join(fresh)}.")
    report = _measure(model, converted.eval(), row)
    converted.spec = dataclasses.replace(spec, card=_noted(spec.card, report))
    return converted, report


def _noted(card: dict[str, str], report: ConversionReport) -> dict[str, str]:
    """Return the card with the report in it; what is approximate is a limit of the model."""
    note = f"Converted from a torchvision classifier; {report}."
    limits = "" if report.exact else " ".join(filter(None, (card.get("limits"), note)))
    return card | {"conversion": note} | ({"limits": limits} if limits else {})


def _check_head(model: nn.Module, row: Backbone, classes: int) -> float:
    """Return the dropout before the last layer; raise ModelError if the head is another one."""
    head = model.get_submodule(row.classifier)
    layers = [layer for layer in head.modules() if not isinstance(layer, nn.Sequential)]
    dropouts = [layer.p for layer in layers if isinstance(layer, nn.Dropout)]
    others = [layer for layer in layers if not isinstance(layer, nn.Dropout)]
    expected = _LAYERS[row.head]
    if len(others) != len(expected) or not all(map(isinstance, others, expected)):
        names = ", ".join(type(layer).__name__ for layer in others)
        raise ModelError(
            f"The classifier's head ({names}) is not {row.name}'s own; only dropout may be added "
            "to it."
        )
    final = [layer for layer in others if isinstance(layer, nn.Linear | nn.Conv2d)][-1]
    outputs = final.weight.shape[0]
    if outputs != classes:
        raise ModelError(f"The classifier has {outputs} outputs, but {classes} classes are named.")
    return 1.0 - float(torch.tensor([1 - rate for rate in dropouts]).prod()) if dropouts else 0.0


def _measure(model: nn.Module, converted: SoftCAM, row: Backbone) -> ConversionReport:
    sample = next(model.parameters())
    generator = torch.Generator().manual_seed(0)
    worst, allowed = 0.0, True
    with torch.no_grad(), evaluating(model):
        for size in SIZES:
            x = torch.randn(2, 3, *size, generator=generator).to(sample)
            logits: Tensor = model(x)
            difference = (converted(x).logits - logits).abs().nan_to_num(math.inf).max().item()
            worst = max(worst, difference)
            allowed &= difference <= TOLERANCE * max(1.0, float(logits.abs().max()))
    if allowed and row.exact:
        return ConversionReport(True, row.reason, worst)
    if row.head == "squeezenet" and converted.spec.options["squeezenet_head"] == "linear":
        reason = "the linear head leaves out the ReLU before the average pooling"
    elif not row.exact:
        reason = row.reason
    else:
        reason = "the logits differ by more than rounding"
    return ConversionReport(False, reason, worst)
