"""The network that a run begins with: fresh from the seed, ImageNet's, or a local file's."""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from softcam_core.annotations.location import user_data_dir
from softcam_core.counts import counted
from softcam_core.errors import ConfigError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import backbone
from softcam_core.models.build import Model, build_model
from softcam_core.models.foreign.naming import plain_names
from softcam_core.models.foreign.reading import check_values, read_weights
from softcam_core.models.header import METADATA_KEY, read_header, spec_of
from softcam_core.models.poster import SAME_WEIGHTS, TRUNKS
from softcam_core.models.softcam import Network
from softcam_core.models.weights import LoadedWeights, load_weights
from softcam_core.paths import is_file
from softcam_core.training.config import Config
from softcam_core.training.dual_branch import frozen_spec, start_dual_branch


@dataclass(frozen=True)
class Start:
    """A network, what its weights are, and what the user should know about them."""

    model: Model
    record: dict[str, str]
    notes: tuple[str, ...]


def check_model(config: Config) -> None:
    """Refuse an architecture, option, input size or file of weights before any image is read.

    Raises:
        ModelError, ConfigError: one sentence each.
    """
    choice, size = config.model, config.data.image_size
    with torch.device("meta"):
        model = build_model(
            choice.arch,
            ("a", "b"),
            choice.head,
            input=InputSpec(size=(size, size)),
            options=choice.options,
        )
    if size < model.min_size:
        raise ConfigError(
            f"data.image_size is {size}, and {choice.arch} needs at least {model.min_size} px."
        )
    if choice.weights not in ("none", "imagenet") and not is_file(Path(choice.weights)):
        raise ConfigError(
            f"The weights {choice.weights} do not exist; set model.weights to none, imagenet or a "
            "file."
        )
    frozen_spec(config)


def start_model(
    config: Config, classes: tuple[str, ...], spec: InputSpec, file: Path | None
) -> Start:
    """Build the network of a configuration.

    A fresh head begins as torchvision's own does, and at the same numbers in a black box and in
    its evidence partner: where the two compute the same function (S A.2), their runs are one.

    Args:
        config: of the run.
        classes: names in the order of the logits.
        spec: the model's input.
        file: the weights to start from; None for fresh ones.

    Raises:
        ModelError: an unknown architecture or option, or weights that do not fit.
    """
    options, about = config.model, config.card
    if options.head == "dual-branch":
        assert file is not None  # the configuration asks for one
        dual, notes = start_dual_branch(config, classes, spec, file)
        return Start(dual, _record(options.weights, file), notes)
    torch.manual_seed(config.train.seed)
    card = {key: text for key, text in vars(about).items() if text}
    chosen = dict(options.options)
    if options.weights == "imagenet" and backbone(options.arch).transforms:
        chosen.setdefault("transform_input", "true")
    model = build_model(
        options.arch,
        classes,
        options.head,
        input=spec,
        options=chosen,
        modality=config.data.modality,
        card=card,
    )
    _begin_head(model, config.train.seed)
    if file is None:
        return Start(model, {"source": "none"}, ())
    loaded = _load_trunk(model, file) or load_weights(model, file)
    note = f"Started from the weights {file.name}: {len(loaded.loaded)} tensors taken over"
    layers = sorted({name.split(".")[1] for name in loaded.fresh if name.startswith("backbone.")})
    if layers:
        note += f"; {', '.join(layers)} and the head, which the file has not, are fresh"
    elif loaded.fresh:
        fresh = ", ".join(name.removeprefix("head.") for name in loaded.fresh)
        note += f"; the head is fresh ({fresh}), as the file has none for {len(classes)} classes"
    notes = (f"{note}.", *_warnings(file))
    return Start(model, _record(options.weights, file), notes)


def _warnings(file: Path) -> tuple[str, ...]:
    """Say where the weights may know the validation images already."""
    if file.suffix != ".safetensors":
        return ()
    header = read_header(file)
    if METADATA_KEY not in header.metadata:
        return ()
    data = spec_of(header, file).training.get("data", {})
    counts = data.get("images", {}).get("train", {})
    if not counts:
        return ()
    return (
        f"{file.name} was trained on {counted(sum(counts.values()), 'image')} ({data['table']}) "
        "before: any of them among today's validation images make the figures better than they "
        "are.",
    )


def _load_trunk(model: Network, file: Path) -> LoadedWeights | None:
    """Begin one of the poster's networks with the layers of torchvision's that it is made of.

    None where it is another network, or the file holds all of its layers.
    """
    if model.row.name not in TRUNKS:
        return None
    given = plain_names(read_weights(file))
    own = model.backbone.state_dict()
    found = {name: given[name] for name in own if name in given}
    parts = {name.split(".")[0] for name in own}
    whole = parts <= {name.split(".")[0] for name in given}
    if whole or not found or any(found[name].shape != own[name].shape for name in found):
        return None
    check_values(found, f"The weights {file}")
    model.backbone.load_state_dict(found, strict=False)
    loaded = tuple(f"backbone.{name}" for name in found)
    # Layers of which the file has nothing; a count of batches that old files lack is no weight.
    fresh = [
        f"backbone.{name}"
        for name in own
        if name.split(".")[0] not in {taken.split(".")[0] for taken in found}
    ]
    head = [name for name in model.state_dict() if name.startswith("head.")]
    return LoadedWeights(loaded, (*fresh, *head))


def _record(choice: str, file: Path) -> dict[str, str]:
    """Return what a model says about the weights that it began with."""
    source = "imagenet" if choice == "imagenet" else "file"
    return {"source": source, "file": file.name, "sha256": _sha256(file)}


def _begin_head(model: Network, seed: int) -> None:
    """Draw the weights of a head with one layer: linear, or SqueezeNet's convolution.

    VGG's three layers differ in shape between the two networks and keep what they have.
    """
    if model.row.head == "vgg":
        return
    torch.manual_seed(seed)
    for layer in model.head.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d):
            layer.reset_parameters()
            if model.row.head == "squeezenet" and layer.bias is not None:
                # torchvision's: small logits at first, where features of order 1 meet the layer.
                nn.init.normal_(layer.weight, std=0.01)
                nn.init.zeros_(layer.bias)


def imagenet_url(arch: str) -> str:
    """Return where torchvision keeps the first ImageNet weights of an architecture.

    Raises:
        ConfigError: torchvision has none.
    """
    from importlib import import_module

    models: Any = import_module("torchvision.models")
    try:
        weights = models.get_model_weights((SAME_WEIGHTS | TRUNKS).get(arch, arch))
    except ValueError as error:
        raise ConfigError(f"model.arch {arch!r} is not a classifier of torchvision.") from error
    for weight in weights:
        return str(weight.url)
    raise ConfigError(
        f"torchvision has no ImageNet weights for {arch}; set model.weights to none or a file."
    )


def kept_imagenet(url: str) -> Path | None:
    """Return the file of an earlier `fetch_imagenet`, if it is there and whole."""
    target, digits = _place(url)
    return target if target.is_file() and _sha256(target).startswith(digits) else None


def fetch_imagenet(url: str) -> Path:
    """Return the file of ImageNet weights, downloaded into the user's data folder if need be.

    The first digits of the SHA-256 are part of the file's name and are checked. This is the one
    place in the project that opens a connection.

    Raises:
        ConfigError: no connection, or the file is not what its name says.
    """
    kept = kept_imagenet(url)
    if kept is not None:
        return kept
    target, digits = _place(url)
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(url, timeout=30) as answer, partial.open("wb") as stream:
            shutil.copyfileobj(answer, stream)
        if not _sha256(partial).startswith(digits):
            raise ConfigError(
                f"The weights fetched from {url} have a wrong hash and were thrown away; try again."
            )
        partial.replace(target)
    except (OSError, http.client.HTTPException) as error:
        raise ConfigError(
            f"The ImageNet weights cannot be fetched from {url} (no connection?); connect, or set "
            "model.weights to a local file."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return target


def _place(url: str) -> tuple[Path, str]:
    """Return where a file of weights is kept, and the digits that its hash begins with."""
    name = url.rsplit("/", 1)[-1]
    match = re.search(r"-([0-9a-f]{8,})\.", name)
    if not match:
        raise ConfigError(f"The weights {name} carry no hash to check; use a local file.")
    return user_data_dir() / "weights" / name, match.group(1)


def _sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
