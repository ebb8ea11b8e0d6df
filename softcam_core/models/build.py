"""New models: an architecture, a head, classes, and weights to start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import backbone
from softcam_core.models.dual_branch import CARD_TEXT, DualBranch
from softcam_core.models.softcam import BlackBox, SoftCAM, check_options
from softcam_core.models.spec import HEADS, Head, ModelSpec
from softcam_core.models.weights import load_weights

Model = SoftCAM | BlackBox | DualBranch
"""The networks of this project."""

_VGG_LIMITS = (
    "The evidence head 512-4096-4096-C works on each feature cell alone, where VGG's own first "
    "linear layer saw 7x7 cells at once (25088-4096): it has 100.7 million parameters fewer than "
    "the black box, although the paper calls the count preserved."
)


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
        input: size, geometry and normalisation of the model's input.
        options: ``{"vgg_head": "released" | "exact"}``, ``{"squeezenet_head": "linear" |
            "exact"}``, ``{"dropout": "0.2"}``.
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        card: title, description, intended use, limits, licence, data.

    Raises:
        ModelError: an unknown architecture, head or option, or weights that do not fit.
    """
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
    row = backbone(arch)
    if isinstance(classes, str) or not classes or len({str(n) for n in classes}) != len(classes):
        raise ModelError(f"The classes need distinct names in a list, not {classes!r}.")
    chosen = dict(options or {})
    check_options(chosen)
    known_head = _head(head)
    about = dict(card or {})
    if row.head == "vgg" and head == "softcam" and chosen.get("vgg_head") != "exact":
        about["limits"] = " ".join(filter(None, (about.get("limits"), _VGG_LIMITS)))
    if head == "dual-branch":
        about["branches"] = CARD_TEXT
    return ModelSpec(
        arch=arch,
        head=known_head,
        classes=tuple(str(name) for name in classes),
        input=input or InputSpec(),
        modality=modality,
        options=chosen,
        card=about,
    )


def network(spec: ModelSpec) -> Model:
    """Build the network of a description with fresh weights.

    Raises:
        ModelError: the architecture or the head is not known.
    """
    return _NETWORKS[_head(spec.head)](spec)


_NETWORKS: dict[Head, type[SoftCAM] | type[BlackBox] | type[DualBranch]] = {
    "softcam": SoftCAM,
    "blackbox": BlackBox,
    "dual-branch": DualBranch,
}


def _head(name: str) -> Head:
    for head in HEADS:
        if name == head:
            return head
    raise ModelError(f"The head {name!r} is not known; choose from {', '.join(HEADS)}.")
