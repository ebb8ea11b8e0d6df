"""Weights from somewhere else: torchvision's names, or a model file of this project.

Backbone tensors must all fit. The head's layers are taken from the front for as long as they fit,
so a backbone file, an ImageNet classifier with other classes and a black box of ours all serve.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from softcam_core.errors import ModelError
from softcam_core.models.softcam import Network
from softcam_core.paths import is_file

Weights = Mapping[str, Tensor]
_WRAPPERS = ("state_dict", "model_state_dict", "model")


@dataclass(frozen=True)
class LoadedWeights:
    """What `load_weights` took over.

    Attributes:
        loaded: names of the model's tensors that now hold the given weights.
        fresh: names of the head's tensors that kept their own, for want of one that fits.
    """

    loaded: tuple[str, ...]
    fresh: tuple[str, ...]


def read_weights(path: str | Path) -> dict[str, Tensor]:
    """Read the tensors of a ``.safetensors`` or a PyTorch checkpoint; no pickled code is run.

    Raises:
        ModelError: the file is missing, damaged, or holds more than tensors.
    """
    path = Path(path)
    if not is_file(path):
        raise ModelError(f"The weights {path} do not exist; check the path.")
    if path.suffix == ".safetensors":
        try:
            return load_file(path)
        except (SafetensorError, OSError) as error:
            raise ModelError(f"The weights {path} are damaged; copy them again.") from error
    try:
        content: Any = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch.load has no one error for a file that it cannot read
        raise ModelError(
            f"The weights {path} cannot be read safely; save a plain state_dict with torch.save."
        ) from error
    for key in _WRAPPERS:
        if isinstance(content, dict) and isinstance(content.get(key), dict):
            content = content[key]
    if not isinstance(content, dict) or not content:
        raise ModelError(f"The weights {path} hold no state_dict; save one with torch.save.")
    return {str(key): value for key, value in content.items() if isinstance(value, Tensor)}


def load_weights(model: Network, source: str | Path | Weights) -> LoadedWeights:
    """Initialise ``model`` in place from weights of its backbone or of a whole classifier.

    Args:
        model: a SoftCAM or a black box of ours.
        source: a file for `read_weights`, or its tensors; names as in torchvision or as in ours.

    Returns:
        What was loaded, and which of the head's tensors stayed fresh.

    Raises:
        ModelError: a tensor of the backbone is missing or of another shape.
    """
    if isinstance(source, Mapping):
        given, where = source, "The weights"
    else:
        given, where = read_weights(source), f"The weights {source}"
    names = {_plain(name): tensor for name, tensor in given.items()}
    state = model.state_dict()
    new: dict[str, Tensor] = {}
    for name, old in state.items():
        if not name.startswith("backbone."):
            continue
        tensor = names.get(name.removeprefix("backbone."))
        if tensor is None and name.endswith("num_batches_tracked"):
            continue  # old checkpoints have none; it counts, and predicts nothing
        if tensor is None or tensor.shape != old.shape:
            found = "nothing" if tensor is None else f"shape {tuple(tensor.shape)}"
            raise ModelError(
                f"{where} do not fit {model.row.name}: expected shape {tuple(old.shape)} for "
                f"{name.removeprefix('backbone.')}, found {found}; choose the weights of this "
                "architecture."
            )
        new[name] = tensor
    ours = head_layers({k.removeprefix("head."): k for k in state if k.startswith("head.")})
    theirs = head_layers({k: k for k in names if k.startswith(f"{model.row.classifier}.")})
    for own, other in zip(ours, theirs, strict=False):
        fitting = {own[part]: _fit(names[other[part]], state[own[part]]) for part in own}
        if own.keys() != other.keys() or any(tensor is None for tensor in fitting.values()):
            break
        new |= {name: tensor for name, tensor in fitting.items() if tensor is not None}
    model.load_state_dict(new, strict=False)
    fresh = tuple(n for n in state if n not in new and n.startswith("head."))
    return LoadedWeights(tuple(new), fresh)


def head_layers(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Group ``classifier.3.weight``-like names by layer, in the order of their numbers.

    Returns one ``{"weight": name, "bias": name}`` per layer, with the values of ``names``.
    """
    layers: dict[str, dict[str, str]] = {}
    for key, name in names.items():
        layer, _, part = key.rpartition(".")
        layers.setdefault(layer, {})[part] = name

    def order(layer: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", layer)]

    return [layers[layer] for layer in sorted(layers, key=order)]


def _plain(name: str) -> str:
    """torchvision's name of a tensor: without a wrapper's or our own prefix."""
    return re.sub(r"^(module\.|_orig_mod\.|backbone\.|head\.)+", "", name)


def _fit(tensor: Tensor, own: Tensor) -> Tensor | None:
    """Return ``tensor`` as a linear layer or convolution of ``own``'s shape, None if it is not.

    A linear layer (out, in * rows * columns) and a convolution (out, in, rows, columns) hold the
    same numbers in the same order.
    """
    if tensor.shape[0] != own.shape[0] or tensor.numel() != own.numel():
        return None
    return tensor.reshape(own.shape)
