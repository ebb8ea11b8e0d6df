"""A whole classifier in somebody else's checkpoint: torchvision's, or the SoftCAM authors'."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from softcam_core.errors import ModelError
from softcam_core.models.backbones import Backbone, backbone
from softcam_core.models.foreign.naming import (
    Place,
    counts,
    find_head,
    head_layers,
    listed,
    locate,
    plain_names,
)
from softcam_core.models.foreign.reading import check_values, read_weights
from softcam_core.models.foreign.released import FAMILIES, ReleasedNetwork, released_shapes
from softcam_core.models.foreign.unknown import unknown_tensors
from softcam_core.models.weights import Weights, find_backbone, shapes


@dataclass(frozen=True)
class Found:
    """The tensors of one classifier in a checkpoint.

    Attributes:
        state: by torchvision's names, or by the authors'.
        released: whether they are in the authors' layout.
        convolution: whether the head's weights are 4-D where torchvision's are not.
        outputs: number of logits.
        notes: for the user.
        unknown: names of tensors of the network that the architecture does not have.
    """

    state: dict[str, Tensor]
    released: bool
    convolution: bool
    outputs: int
    notes: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def layout(self) -> str:
        """``softcam`` for 4-D head weights, as the SoftCAM authors' are, else ``torchvision``."""
        return "softcam" if self.convolution else "torchvision"


def find_classifier(path: str | Path, arch: str, *, part: str = "") -> Found:
    """Find a whole classifier in a checkpoint, under whatever names.

    Args:
        path: for `read_weights`.
        arch: torchvision's name of the architecture, ``resnet50``.
        part: beginning of the names of the network that is meant, if there are several.

    Raises:
        ModelError: one sentence that names the file, what does not fit, and what to do.
    """
    row, where = backbone(arch), f"The weights {path}"
    given = plain_names(read_weights(path))
    try:
        found = _find(given, row, where, part)
    except ModelError as error:
        derived = [name for name in given if _DERIVED.search(name)]
        if not derived:
            raise
        raise ModelError(
            f"{where} hold weights that code makes of others ({listed(derived)}), as weight_norm "
            "and pruning do; fold them in Python with torch.nn.utils first, or give the network to "
            "softcam_core.from_classifier."
        ) from error
    check_values(found.state, where)
    return found


_DERIVED = re.compile(r"\.parametrizations\.|\.weight_(?:g|v|u|orig|mask)$")
"""Names that weight_norm, spectral_norm and pruning give to what they make a weight of."""


def _find(given: Weights, row: Backbone, where: str, part: str) -> Found:
    arch = row.name
    if part and not any(name.startswith(part) for name in given):
        tops = sorted({name.partition(".")[0] for name in given})
        raise ModelError(f"{where} have no part {part!r}; the parts are {listed(tops)}.")
    if row.family in FAMILIES:
        released = _find_released(given, row, part, where)
        if released is not None:
            return released
    expected = _expected(given, row)
    backbone_shapes = {n: s for n, s in expected.items() if not _in_head(n, row)}
    place = find_backbone(given, backbone_shapes, row, where, part)
    own = head_layers({n: n for n in expected if _in_head(n, row)})
    theirs = find_head(given, place, row.classifier, (row.channels, expected[own[0]["weight"]][-1]))
    if not theirs:
        raise ModelError(
            f"{where} hold the features of {arch} but no classifier (expected "
            f"{place.prefix}{own[-1]['weight']}); train one with softcam train, from these weights."
        )
    return _with_head(given, place, own, theirs, expected, row, where)


def _find_released(given: Weights, row: Backbone, part: str, where: str) -> Found | None:
    """Return the tensors by the authors' names if this is one of their checkpoints."""
    place = locate(given, released_shapes(row), part=part)
    classifier = {p: f"{place.prefix}classifier.{p}" for p in ("weight", "bias")}
    head = given.get(classifier["weight"])
    if place.missing or head is None or head.ndim != 4 or classifier["bias"] not in given:
        return None
    state = {name: given[found] for name, found in place.names.items()}
    state |= {f"classifier.{p}": given[name] for p, name in classifier.items()}
    unknown = _unknown(given, place, classifier.values(), row, where)
    return Found(state, True, True, len(head), _notes(place), unknown)


def _with_head(
    given: Weights,
    place: Place,
    own: list[dict[str, str]],
    theirs: list[dict[str, str]],
    expected: Mapping[str, tuple[int, ...]],
    row: Backbone,
    where: str,
) -> Found:
    """Put backbone and head together under torchvision's names."""
    weights = [given[layer["weight"]] for layer in theirs if "weight" in layer]
    outputs = len(weights[-1]) if weights and weights[-1].ndim else 0
    state = {name: given[found] for name, found in place.names.items()}
    fits = len(own) == len(theirs)
    for layer, other in zip(own, theirs, strict=False):
        fits &= other.keys() <= layer.keys() and "weight" in other
        for part, name in layer.items() if fits else ():
            shape = (outputs if layer is own[-1] else expected[name][0], *expected[name][1:])
            tensor = given[other[part]] if part in other else torch.zeros(shape)
            fits &= tensor.numel() == math.prod(shape) and len(tensor) == shape[0]
            state[name] = tensor.reshape(shape) if fits else tensor
    convolution = row.head != "squeezenet" and bool(weights) and weights[-1].ndim == 4
    if not fits and convolution and row.family == "VGG":
        return _released_vgg(given, place, theirs, row, where)
    if not fits:
        found = [f"{layer.get('weight', '?')} {_shape(given, layer)}" for layer in theirs]
        wanted = [str(("C", *expected[layer["weight"]][1:])).replace("'", "") for layer in own[-1:]]
        raise ModelError(
            f"{where} have another head than {row.name}: found {listed(found)}, expected "
            f"{len(own)} layer{'s' if len(own) > 1 else ''}, the last of shape {wanted[0]}; build "
            "the network in Python and give it to softcam_core.from_classifier with the names of "
            "its features and its classifier."
        )
    named = [name for layer in theirs for name in layer.values()]
    unknown = _unknown(given, place, named, row, where, expected[own[0]["weight"]][1])
    return Found(state, False, convolution, outputs, _notes(place), unknown)


def _released_vgg(
    given: Weights, place: Place, theirs: list[dict[str, str]], row: Backbone, where: str
) -> Found:
    """Return the authors' VGG head, saved under torchvision's names, by the authors' names."""
    names = ["backbone.1.0", "backbone.1.3", "classifier"]
    state = {
        f"backbone.0.{own.removeprefix('features.')}": given[name]
        for own, name in place.names.items()
    }
    if len(theirs) == len(names):
        for layer, name in zip(theirs, names, strict=True):
            state |= {f"{name}.{part}": given[tensor] for part, tensor in layer.items()}
    outputs = len(given[theirs[-1]["weight"]])
    with torch.device("meta"):
        pattern = ReleasedNetwork(row, outputs).state_dict()
    wrong = [
        name
        for name, tensor in pattern.items()
        if counts(name) and (name not in state or state[name].shape != tensor.shape)
    ]
    if wrong:
        raise ModelError(
            f"{where} have a head of convolutions that is neither VGG's own nor the SoftCAM "
            f"authors' ({listed(wrong)}); save the weights of one of the two."
        )
    named = [name for layer in theirs for name in layer.values()]
    unknown = _unknown(given, place, named, row, where)
    return Found(state, True, True, outputs, _notes(place), unknown)


def _shape(given: Weights, layer: Mapping[str, str]) -> str:
    return str(tuple(given[layer["weight"]].shape)) if "weight" in layer else ""


def _in_head(name: str, row: Backbone) -> bool:
    return name.partition(".")[0] == row.classifier


def _expected(given: Weights, row: Backbone) -> dict[str, tuple[int, ...]]:
    """Return the shapes of torchvision's classifier; a ViT's positions are those of its images."""
    expected = shapes(row.name)
    if row.head == "class_token" and learned_size(given, row):
        side = learned_size(given, row) // row.stride
        channels = expected["encoder.pos_embedding"][2]
        expected["encoder.pos_embedding"] = (1, side * side + 1, channels)
    return expected


def learned_size(given: Weights, row: Backbone) -> int:
    """Return the side in pixels of the images whose positions a ViT learned; 0 if it has none."""
    for name, tensor in given.items():
        if name.endswith("encoder.pos_embedding") and tensor.ndim == 3:
            return math.isqrt(tensor.shape[1] - 1) * row.stride
    return 0


def _unknown(
    given: Weights, place: Place, head: Iterable[str], row: Backbone, where: str, width: int = 0
) -> tuple[str, ...]:
    """Return what the architecture does not have; refuse what may well change its logits."""
    widths = {row.channels, width or row.channels}
    try:
        return unknown_tensors(given, place, head, widths, row.name)
    except ModelError as error:
        raise ModelError(f"{where}: {error}") from error


def _notes(place: Place) -> tuple[str, ...]:
    if not place.others:
        return ()
    others = ", ".join(f"'{other}'" for other in place.others)
    return (
        f"The checkpoint holds several networks: taken are the weights under '{place.prefix}', not "
        f"those under {others}.",
    )
