"""The table of architectures: where their features end, and what their classifier looks like.

Each row is metadata about one torchvision classifier; nothing is guessed from a network. To add an
architecture of a known head kind, add a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from torch import nn

from softcam_core.errors import ModelError

HeadKind = Literal["gap_linear", "vgg", "squeezenet"]


@dataclass(frozen=True)
class Backbone:
    """One architecture of torchvision.

    Attributes:
        name: torchvision's name.
        family: class of torchvision's classifier, by which a foreign network is recognised.
        stages: its children, in order, that make the features; their output enters the pooling.
        pool: its child that pools the features; "" where its forward takes the mean, or where the
            classifier pools.
        classifier: its child that holds the linear layers.
        head: what comes after the features. ``gap_linear``: global average pooling and one linear
            layer; ``vgg``: pooling to 7x7 and three linear layers; ``squeezenet``: 1x1
            convolution, ReLU and global average pooling.
        channels: of the features.
        stride: input pixels per feature cell.
        min_size: smallest side of an input that leaves a feature cell.
        exact: whether conversion keeps the logits at every input size.
        reason: why, in one sentence.
    """

    name: str
    family: str
    stages: tuple[str, ...]
    pool: str
    classifier: str
    head: HeadKind
    channels: int
    stride: int = 32
    min_size: int = 1
    exact: bool = True
    reason: str = "the linear layer after average pooling is a 1x1 convolution before it"


_RESNET = ("conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4")
_SHUFFLENET = ("conv1", "maxpool", "stage2", "stage3", "stage4", "conv5")
_VGG_REASON = (
    "the first linear layer is a 7x7 convolution: the logits are the original ones at 224 x 224, "
    "but at other sizes the original first pools its features to 7 x 7"
)
_SQUEEZENET_REASON = "the head already ends in a 1x1 convolution, ReLU and average pooling"

BACKBONES: dict[str, Backbone] = {
    row.name: row
    for row in (
        Backbone("resnet18", "ResNet", _RESNET, "avgpool", "fc", "gap_linear", 512),
        Backbone("resnet34", "ResNet", _RESNET, "avgpool", "fc", "gap_linear", 512),
        Backbone("resnet50", "ResNet", _RESNET, "avgpool", "fc", "gap_linear", 2048),
        Backbone("resnet101", "ResNet", _RESNET, "avgpool", "fc", "gap_linear", 2048),
        Backbone("shufflenet_v2_x0_5", "ShuffleNetV2", _SHUFFLENET, "", "fc", "gap_linear", 1024),
        Backbone("shufflenet_v2_x1_0", "ShuffleNetV2", _SHUFFLENET, "", "fc", "gap_linear", 1024),
        Backbone("shufflenet_v2_x1_5", "ShuffleNetV2", _SHUFFLENET, "", "fc", "gap_linear", 1024),
        Backbone("shufflenet_v2_x2_0", "ShuffleNetV2", _SHUFFLENET, "", "fc", "gap_linear", 2048),
        Backbone(
            *("vgg16", "VGG", ("features",), "avgpool", "classifier", "vgg", 512),
            min_size=32,
            exact=False,
            reason=_VGG_REASON,
        ),
        Backbone(
            *("squeezenet1_0", "SqueezeNet", ("features",), "", "classifier", "squeezenet", 512),
            stride=16,
            min_size=21,
            reason=_SQUEEZENET_REASON,
        ),
        Backbone(
            *("squeezenet1_1", "SqueezeNet", ("features",), "", "classifier", "squeezenet", 512),
            stride=16,
            min_size=17,
            reason=_SQUEEZENET_REASON,
        ),
    )
}


def backbone(arch: str) -> Backbone:
    """Return the row of an architecture.

    Raises:
        ModelError: the table has no such row.
    """
    if arch not in BACKBONES:
        raise ModelError(
            f"The architecture {arch!r} is not known; choose one of {', '.join(BACKBONES)}."
        )
    return BACKBONES[arch]


def torchvision_classifier(arch: str, classes: int) -> nn.Module:
    """Return torchvision's own classifier of this architecture, freshly initialised."""
    models: Any = import_module("torchvision.models")
    network: nn.Module = models.get_model(backbone(arch).name, weights=None, num_classes=classes)
    return network


def recognise(model: nn.Module) -> Backbone | None:
    """Return a row of the family of a plain torchvision classifier; None for anything else.

    The rows of one family differ in size only: stages, classifier and head kind are the same. A
    subclass is not recognised, since its forward may do something else.
    """
    kind = type(model)
    if not kind.__module__.startswith("torchvision.models."):
        return None
    return next((row for row in BACKBONES.values() if row.family == kind.__name__), None)
