"""New models: an architecture, a head, classes, and weights to start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import nn

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import CUSTOM, Backbone, backbone
from softcam_core.models.dual_branch import CARD_TEXT, DualBranch
from softcam_core.models.header import read_spec
from softcam_core.models.options import check_options
from softcam_core.models.softcam import BlackBox, SoftCAM
from softcam_core.models.spec import HEADS, Head, ModelSpec, one_class
from softcam_core.models.weights import load_weights

_KEPT = ("description", "intended_use", "limits", "licence", "data")
"""What a classifier's card says that stays true with a second head beside it."""

Model = SoftCAM | BlackBox | DualBranch
"""The networks of this project."""


def build_model(
    arch: str,
    classes: Sequence[str],
    head: str = "softcam",
    weights: str | Path | None = None,
    *,
    input: InputSpec | None = None,
    options: Mapping[str, str] | None = None,
    modality: str = "",
    card: Mapping[str, str] | None = None,
) -> Model:
    """Build a model to train, in training mode.

    Args:
        arch: torchvision's name of the architecture, ``resnet50``.
        classes: names in the order of the logits.
        head: ``softcam``, ``blackbox`` or ``dual-branch``.
        weights: None or ``none`` for fresh ones, or a local ``.pth`` or ``.safetensors`` of the
            backbone or of a whole classifier.
        input: size, geometry and normalisation of the model's input; by default those of
            ``weights`` if it is a model file of this project.
        options: ``{"vgg_head": "released" | "exact"}``, ``{"squeezenet_head": "linear" |
            "exact"}``, ``{"dropout": "0.2"}``, ``{"transform_input": "true"}`` (GoogLeNet and
            Inception v3 with torchvision's ImageNet weights), ``{"image_size": "384"}`` (ViT: the
            side of the images that its weights were trained with).
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        card: title, description, intended use, limits, licence, data.

    Raises:
        ModelError: an unknown architecture, head or option, fewer than two classes, or weights
            that do not fit.
    """
    origin = _origin(weights) if weights is not None else None
    if origin is not None:
        input, modality = input or origin.input, modality or origin.modality
        if head == "dual-branch":
            card = {key: text for key, text in origin.card.items() if key in _KEPT} | dict(
                card or {}
            )
    spec = model_spec(
        arch, classes, head, input=input, options=options, modality=modality, card=card
    )
    model = network(spec)
    if weights == "imagenet":
        raise ModelError(
            "The weights 'imagenet' would be downloaded, which only `softcam train` may do; give "
            "the path of a local file."
        )
    if weights is not None and weights != "none":
        load_weights(model, weights)
    return model


def _origin(weights: str | Path) -> ModelSpec | None:
    """Return what a file of weights says of its model; None for a file of weights alone."""
    try:
        return read_spec(weights)
    except ModelError:
        return None


def model_spec(
    arch: str,
    classes: Sequence[str],
    head: str = "softcam",
    *,
    input: InputSpec | None = None,
    options: Mapping[str, str] | None = None,
    modality: str = "",
    card: Mapping[str, str] | None = None,
) -> ModelSpec:
    """Return the checked description of a model, for the arguments of `build_model`."""
    row = backbone(arch) if arch != CUSTOM else None
    if isinstance(classes, str) or not classes or len({str(n) for n in classes}) != len(classes):
        raise ModelError(f"The classes need distinct names in a list, not {classes!r}.")
    if len(classes) < 2:
        raise ModelError(f"{one_class(list(map(str, classes)))}; name both.")
    chosen = dict(options or {})
    check_options(chosen)
    for name, takes in (
        ("transform_input", row is not None and row.transforms),
        ("image_size", row is not None and row.head == "class_token"),
    ):
        if name in chosen and not takes:
            raise ModelError(f"The architecture {arch} has no option {name}; leave it out.")
    known_head = _head(head)
    about = dict(card or {})
    if row and row.cells and head == "softcam" and chosen.get("vgg_head") != "exact":
        about["limits"] = " ".join(filter(None, (about.get("limits"), _cells_limits(row))))
    if head == "dual-branch":
        about["branches"] = CARD_TEXT
    return ModelSpec(
        arch=arch,
        head=known_head,
        classes=tuple(str(name) for name in classes),
        input=_input(input, row.fixed_size if row else 0, arch),
        modality=modality,
        options=chosen,
        card=about,
    )


def network(spec: ModelSpec, own: nn.Module | None = None) -> Model:
    """Build the network of a description with fresh weights.

    Args:
        spec: the description.
        own: for the architecture ``custom``, an instance of the user's network.

    Raises:
        ModelError: the architecture or the head is not known, or ``own`` is missing or not needed.
    """
    if own is not None and spec.arch != CUSTOM:
        raise ModelError(
            f"The model is a {spec.arch}, which needs no network of your own; leave network out."
        )
    if spec.arch == CUSTOM:
        return SoftCAM(spec, own)
    return _NETWORKS[_head(spec.head)](spec)


_NETWORKS: dict[Head, type[SoftCAM] | type[BlackBox] | type[DualBranch]] = {
    "softcam": SoftCAM,
    "blackbox": BlackBox,
    "dual-branch": DualBranch,
}


def _input(given: InputSpec | None, fixed: int, arch: str) -> InputSpec:
    """Return the input of a model; an architecture of one size has that by default."""
    if not fixed:
        return given or InputSpec()
    if given is not None and given.size != (fixed, fixed):
        raise ModelError(
            f"The architecture {arch} takes images of {fixed} x {fixed} pixels only, not "
            f"{given.size[0]} x {given.size[1]}; set the input size to {fixed}."
        )
    return given or InputSpec(size=(fixed, fixed))


def _cells_limits(row: Backbone) -> str:
    """Say what the released evidence head of VGG and AlexNet does not see."""
    cells, wide = row.cells, row.channels * row.cells**2
    fewer = (wide - row.channels) * 4096 / 1e6
    return (
        f"The evidence head {row.channels}-4096-4096-C works on each feature cell alone, where the "
        f"original's first linear layer saw {cells}x{cells} cells at once ({wide}-4096): it has "
        f"{fewer:.1f} million parameters fewer than the black box, although the paper calls the "
        "count preserved."
    )


def _head(name: str) -> Head:
    for head in HEADS:
        if name == head:
            return head
    raise ModelError(f"The head {name!r} is not known; choose from {', '.join(HEADS)}.")
