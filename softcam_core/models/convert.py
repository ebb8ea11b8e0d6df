"""A classifier becomes a SoftCAM model; the report says how far its logits moved."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrize import type_before_parametrizations
from torch.nn.utils.prune import BasePruningMethod
from torch.nn.utils.spectral_norm import SpectralNorm
from torch.nn.utils.weight_norm import WeightNorm

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import (
    CUSTOM,
    Backbone,
    backbone,
    native_size,
    recognise,
    torchvision_classifier,
)
from softcam_core.models.build import model_spec
from softcam_core.models.evaluating import evaluating
from softcam_core.models.foreign.naming import counts
from softcam_core.models.heads import DROPOUTS, layers_of, take_stages
from softcam_core.models.measure import TOLERANCE, ConversionReport, measure
from softcam_core.models.softcam import SoftCAM
from softcam_core.models.spec import ONE_OUTPUT, ModelSpec

__all__ = ["TOLERANCE", "ConversionReport", "from_classifier"]

_CONVERSION = {"vgg": {"vgg_head": "exact"}, "squeezenet": {"squeezenet_head": "exact"}}
Describe = Callable[..., ModelSpec]


def from_classifier(
    model: nn.Module,
    arch: str | None = None,
    classes: Sequence[str] = (),
    *,
    features: str | None = None,
    classifier: str | None = None,
    samples: Tensor | None = None,
    input: InputSpec | None = None,
    options: Mapping[str, str] | None = None,
    modality: str = "",
    card: Mapping[str, str] | None = None,
) -> tuple[SoftCAM, ConversionReport]:
    """Convert a classifier; the model given stays as it is.

    Args:
        model: torchvision's classifier, whose last linear layer may stand behind a dropout; or any
            network, with ``features`` and ``classifier``.
        arch: torchvision's name, ``resnet50``; None for a network of your own.
        classes: names in the order of its logits.
        features: of a network of your own, the module whose output (B, D, h, w) is pooled.
        classifier: its module, a Linear or a Sequential of linear layers, activations, norms and
            dropout, that makes logits of the pooled features.
        samples: real images (B, 3, H, W), normalised, to measure on too.
        input: size, geometry and normalisation of its input; by default ImageNet's normalisation
            and the size that torchvision's own weights of ``arch`` are for.
        options: ``{"squeezenet_head": "linear"}``; the default is ``"exact"``.
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        card: title, description, intended use, limits, licence, data.

    Returns:
        The SoftCAM model, in eval mode on the device of ``model``, and the report.

    Raises:
        ModelError: the model is not of this architecture, or its head is another one.
        ValueError: ``samples`` has another shape.
    """
    if samples is not None and (samples.ndim != 4 or samples.shape[1] != 3 or not len(samples)):
        raise ValueError(f"samples: expected shape (B, 3, H, W), got {tuple(samples.shape)}")
    if input is None and arch is not None:
        side = getattr(model, "image_size", native_size(arch))
        input = InputSpec(size=(side, side))
    describe = functools.partial(
        model_spec, head="softcam", input=input, modality=modality, card=card
    )
    chosen = dict(options or {})
    cards = {p.device.index for p in model.parameters() if p.device.type == "cuda"}
    with torch.random.fork_rng(devices=cards):  # fresh layers draw numbers, which the user misses
        if features is None and classifier is None:
            converted = _known(model, arch, classes, chosen, describe)
        elif arch is None and features and classifier:
            chosen |= {"features": features, "classifier": classifier}
            converted = _own(model, classes, chosen, describe)
        else:
            raise ModelError(
                "A network of your own needs both names, features and classifier, and no arch; "
                "torchvision's needs arch alone."
            )
        report = measure(model, converted.eval(), samples)
    converted.spec = dataclasses.replace(
        converted.spec,
        card=_noted(model, converted.spec.card, report),
        conversion=report.record(),
    )
    return converted, report


def _known(
    model: nn.Module,
    arch: str | None,
    classes: Sequence[str],
    options: dict[str, str],
    describe: Describe,
) -> SoftCAM:
    """Convert torchvision's classifier."""
    if arch is None:
        raise ModelError(
            "The conversion needs arch, torchvision's name of the architecture, or the names of "
            "your own network's features and classifier."
        )
    row = backbone(arch)
    known = recognise(model)
    if known is None or known.family != row.family:
        raise ModelError(
            f"A {type(model).__name__} cannot be converted as {arch}; give torchvision's own "
            f"{row.family}, or name the features and the classifier of your network instead."
        )
    chosen = _CONVERSION.get(row.head, {}) | options
    if row.head == "vgg" and chosen["vgg_head"] != "exact":
        raise ModelError(
            f"The released head of a {row.family} has no counterpart for the black box's linear "
            "layers; convert with vgg_head exact, or train it from the backbone's weights."
        )
    dropout = _check_head(model, row, len(classes))
    if dropout is not None and row.head == "gap_linear":
        chosen.setdefault("dropout", str(dropout))
    if getattr(model, "transform_input", False):
        chosen["transform_input"] = "true"
    if row.head == "class_token":
        chosen["image_size"] = str(model.image_size)
    sample = next(model.parameters())
    with torch.device("meta"):
        converted = SoftCAM(describe(arch, classes, options=chosen))
    converted.to_empty(device=sample.device)
    converted.to(sample.dtype)
    with torch.no_grad(), evaluating(model):
        _derive(model)
        _copy(take_stages(model, row), converted.backbone, arch)
        _copy_head(model.get_submodule(row.classifier), converted.head, arch)
    return converted


def _own(
    model: nn.Module, classes: Sequence[str], options: dict[str, str], describe: Describe
) -> SoftCAM:
    """Convert a network of the user's own."""
    converted = SoftCAM(describe(CUSTOM, classes, options=options), model)
    last = model.get_submodule(options["classifier"])
    _check_outputs(last, len(classes))
    converted.head.to(next(model.parameters()))
    with torch.no_grad(), evaluating(model):
        _derive(last)
        _copy_head(last, converted.head, type(model).__name__)
    return converted


def _copy(source: nn.Module, target: nn.Module, name: str) -> None:
    """Copy every tensor that the target has, by its name.

    What a parametrisation makes, as weight_norm does, is taken as it is at present, and a frozen
    batch norm needs no number of batches.

    Raises:
        ModelError: the networks differ.
    """
    for key, tensor in target.state_dict().items():
        path, _, part = key.rpartition(".")
        try:
            layer: nn.Module | None = source.get_submodule(path)
        except AttributeError:
            layer = None
        found = getattr(layer, part, None)
        if not isinstance(found, Tensor) and not counts(key):
            found = torch.zeros_like(tensor)
        if not isinstance(found, Tensor) or found.shape != tensor.shape:
            shape = f"shape {tuple(found.shape)}" if isinstance(found, Tensor) else "nothing"
            kind = f"in the {type(layer).__name__} there" if layer else "there"
            raise ModelError(
                f"The classifier does not fit {name}: expected shape {tuple(tensor.shape)} for "
                f"{key}, found {shape} {kind}; name the architecture that it has."
            )
        tensor.copy_(found)


def _copy_head(source: nn.Module, target: nn.Module, name: str) -> None:
    """Copy layer by layer: a linear layer and a convolution hold the same numbers in one order.

    A bias that the source does without is 0.

    Raises:
        ModelError: the heads differ.
    """
    theirs, ours = (
        [layer for layer in layers_of(head) if layer.state_dict()] for head in (source, target)
    )
    for layer, own in zip(theirs, ours, strict=len(theirs) == len(ours)):
        for key, tensor in own.state_dict().items():
            found = getattr(layer, key, None)
            if found is None and (key == "bias" or not counts(key)):
                found = torch.zeros_like(tensor)
            if found is None or found.numel() != tensor.numel():
                raise ModelError(
                    f"The classifier does not fit {name}: its {type(layer).__name__} has no {key} "
                    f"of {tensor.numel()} numbers; name the architecture that it has."
                )
            tensor.copy_(found.reshape(tensor.shape))


_DERIVING = (WeightNorm, SpectralNorm, BasePruningMethod)


def _derive(model: nn.Module) -> None:
    """Compute the weights that hooks make of others, as a forward pass begins with."""
    for module in model.modules():
        for hook in module._forward_pre_hooks.values():
            if isinstance(hook, _DERIVING):
                hook(module, ())


def _check_head(model: nn.Module, row: Backbone, classes: int) -> float | None:
    """Return the dropout before the last layer, None without one.

    Raises:
        ModelError: the head is another one than the architecture's.
    """
    with torch.device("meta"):
        pattern = torchvision_classifier(row.name, classes)
    head = model.get_submodule(row.classifier)
    layers = [*([model.get_submodule(row.dropout)] if row.dropout else []), *layers_of(head)]
    dropouts = [layer.p for layer in layers if isinstance(layer, DROPOUTS)]
    own, expected = (
        [layer for layer in layers_of(part) if not isinstance(layer, DROPOUTS)]
        for part in (head, pattern.get_submodule(row.classifier))
    )
    kinds = [type_before_parametrizations(layer) for layer in own]
    if kinds != list(map(type, expected)):
        names = ", ".join(kind.__name__ for kind in kinds)
        raise ModelError(
            f"The classifier's head ({names}) is not {row.name}'s own; only dropout may be added "
            "to it, or name the features and the classifier of your network instead of arch."
        )
    _check_outputs(head, classes)
    return round(1 - math.prod(1 - rate for rate in dropouts), 9) if dropouts else None


def _check_outputs(head: nn.Module, classes: int) -> None:
    weighted = [layer for layer in head.modules() if isinstance(layer, nn.Linear | nn.Conv2d)]
    outputs = len(weighted[-1].weight)
    if outputs == 1:
        raise ModelError(f"The classifier has {ONE_OUTPUT}.")
    if outputs != classes:
        raise ModelError(f"The classifier has {outputs} outputs, but {classes} classes are named.")


def _noted(model: nn.Module, card: dict[str, str], report: ConversionReport) -> dict[str, str]:
    """Return the card with the report in it; what is approximate is a limit of the model."""
    origin = "torchvision" if recognise(model) else type(model).__name__
    note = f"Converted from a {origin} classifier; {report}."
    limits = "" if report.exact else " ".join(filter(None, (card.get("limits"), note)))
    return card | {"conversion": note} | ({"limits": limits} if limits else {})
