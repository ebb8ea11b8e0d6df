"""Weights from somewhere else: torchvision's names, or a model file of this project.

Backbone tensors must all fit. The head's layers are taken from the front for as long as they fit,
so a backbone file, an ImageNet classifier with other classes and a black box of ours all serve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import BACKBONES, Backbone, torchvision_classifier
from softcam_core.models.foreign.naming import (
    Place,
    Shape,
    counts,
    find_head,
    head_layers,
    listed,
    locate,
    plain_names,
)
from softcam_core.models.foreign.reading import check_values, read_weights
from softcam_core.models.softcam import Network

__all__ = ["LoadedWeights", "Weights", "load_weights", "read_weights"]

Weights = Mapping[str, Tensor]


@dataclass(frozen=True)
class LoadedWeights:
    """What `load_weights` took over.

    Attributes:
        loaded: names of the model's tensors that now hold the given weights.
        fresh: names of the head's tensors that kept their own, for want of one that fits.
    """

    loaded: tuple[str, ...]
    fresh: tuple[str, ...]


def load_weights(model: Network, source: str | Path | Weights) -> LoadedWeights:
    """Initialise ``model`` in place from weights of its backbone or of a whole classifier.

    Args:
        model: one of ours.
        source: a file for `read_weights`, or its tensors; names as in torchvision or as in ours,
            with anything before them.

    Returns:
        What was loaded, and which of the head's tensors stayed fresh.

    Raises:
        ModelError: a tensor of the backbone is missing, of another shape or too much, or one that
            is taken over is no real, finite number.
    """
    if isinstance(source, Mapping):
        given, where = plain_names(source), "The weights"
    else:
        given, where = plain_names(read_weights(source)), f"The weights {source}"
    state = model.state_dict()
    backbone = {
        name.removeprefix("backbone."): tuple(tensor.shape)
        for name, tensor in state.items()
        if name.startswith("backbone.") and counts(name)
    }
    place = find_backbone(given, backbone, model.row, where)
    new = {f"backbone.{own}": given[name] for own, name in place.names.items()}
    for own_name, name in place.names.items():
        if own_name.endswith("running_mean"):
            batches = _batches(name)
            if batches in given:
                new[f"backbone.{_batches(own_name)}"] = given[batches]
    ours = head_layers({k.removeprefix("head."): k for k in state if k.startswith("head.")})
    first = state[ours[0]["weight"]]
    widths = (model.row.channels, first[0].numel(), *first.shape[1:2])
    for own, other in zip(
        ours, find_head(given, place, model.row.classifier, widths), strict=False
    ):
        if own.keys() != other.keys():
            break
        fitting = {own[part]: _fit(given[other[part]], state[own[part]]) for part in own}
        if any(tensor is None for tensor in fitting.values()):
            break
        new |= {name: tensor for name, tensor in fitting.items() if tensor is not None}
    check_values(new, where)
    model.load_state_dict(new, strict=False)
    fresh = tuple(n for n in state if n not in new and n.startswith("head."))
    return LoadedWeights(tuple(new), fresh)


def find_backbone(
    given: Weights, expected: Mapping[str, Shape], row: Backbone, where: str, part: str = ""
) -> Place:
    """Find all tensors of a backbone.

    Args:
        given: the checkpoint's tensors by `plain_name`.
        expected: shape of each of the backbone's tensors.
        row: of the architecture.
        where: what the tensors are, to begin an error with.
        part: beginning of the prefix, to choose between several networks.

    Raises:
        ModelError: one sentence that names what is missing, and architectures that do fit.
    """
    try:
        place = locate(given, expected, part=part)
        if place.missing:
            place = locate(given, expected, children(row.name), part)
    except ModelError as error:
        raise ModelError(f"{where}: {error}") from error
    if not place.missing and not place.extra:
        return place
    fitting = [name for name in fitting_architectures(given) if name != row.name]
    advice = "choose the weights of this architecture"
    if fitting:
        advice = f"they fit {' and '.join(fitting)}, so choose that architecture"
    raise ModelError(f"{where} do not fit {row.name}: {_misfit(given, expected, place)}; {advice}.")


def _batches(running_mean: str) -> str:
    return running_mean.removesuffix("running_mean") + "num_batches_tracked"


def _misfit(given: Weights, expected: Mapping[str, Shape], place: Place) -> str:
    if not place.missing:
        return f"that has no {listed(place.extra)}"
    name, *more = place.missing
    found = place.names.get(name)
    text = "nothing" if found is None else f"shape {tuple(given[found].shape)}"
    said = f"expected shape {expected[name]} for {name}, found {text}"
    return f"{said} (so also {listed(more)})" if more else said


def children(arch: str) -> tuple[str, ...]:
    """Return the names of a torchvision classifier's children, in order."""
    return tuple(name for name, _ in _classifier(arch).named_children())


def shapes(arch: str, classes: int = 1) -> dict[str, Shape]:
    """Return the shape of each of a torchvision classifier's tensors that matters."""
    state = _classifier(arch, classes).state_dict()
    return {name: tuple(tensor.shape) for name, tensor in state.items() if counts(name)}


def _classifier(arch: str, classes: int = 1) -> nn.Module:
    with torch.device("meta"):
        return torchvision_classifier(arch, classes)


def fitting_architectures(given: Weights) -> list[str]:
    """Return the architectures whose backbone is wholly in a checkpoint.

    Args:
        given: the checkpoint's tensors by `plain_name`.
    """
    words = {word for name in given for word in name.split(".")}
    lengths = {length for tensor in given.values() for length in tensor.shape}
    found = []
    for row in BACKBONES.values():
        if row.stages[0] not in words or row.channels not in lengths:
            continue
        try:
            own = shapes(row.name)
        except (RuntimeError, ModelError):
            continue  # a few cannot be built without memory for their weights
        backbone = {n: s for n, s in own.items() if n.split(".")[0] != row.classifier}
        try:
            place = locate(given, backbone)
        except ModelError:
            continue
        if not place.missing and not place.extra:
            found.append(row.name)
    return found


def _fit(tensor: Tensor, own: Tensor) -> Tensor | None:
    """Return ``tensor`` as a linear layer or convolution of ``own``'s shape, None if it is not.

    A linear layer (out, in * rows * columns) and a convolution (out, in, rows, columns) hold the
    same numbers in the same order.
    """
    if tensor.ndim == 0 or tensor.shape[0] != own.shape[0] or tensor.numel() != own.numel():
        return None
    return tensor.reshape(own.shape)
