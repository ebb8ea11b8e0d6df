"""The table of architectures: where their features end, and what their classifier looks like.

Each row is metadata about one torchvision classifier; nothing is guessed from a network, and the
tests hold every number against the network itself. To add an architecture of a known head kind,
add a row.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from softcam_core.errors import ModelError
from softcam_core.models import poster

HeadKind = Literal["gap_linear", "norm_linear", "hidden", "vgg", "squeezenet", "class_token"]

CUSTOM = "custom"
"""The architecture, in a model's description, of a network that no row describes."""

_LINEAR = "the linear layer after average pooling is a 1x1 convolution before it"
_SWIN = f"{_LINEAR}, and the norm precedes the pooling"
_CONVNEXT = (
    f"{_LINEAR}, and the norm between them takes its scale from the pooled features: the evidence "
    "of a cell depends on the whole image through this one number"
)
_SQUEEZENET = "the head already ends in a 1x1 convolution, ReLU and average pooling"
_HIDDEN = (
    "the hidden layer, which saw the pooled features, is applied to each cell, and its activation "
    "does not commute with the average"
)
_CLASS_TOKEN = (
    "the original reads the class token, which belongs to no place; here the same linear layer "
    "reads the patch tokens, and their mean is the logit"
)
_CELLS = (
    "the first linear layer is a {0}x{0} convolution: the logits are the original ones at {1} x "
    "{1}, but at other sizes the original first pools its features to {0} x {0}"
)


@dataclass(frozen=True)
class Backbone:
    """One architecture.

    Attributes:
        name: torchvision's name.
        family: class of torchvision's classifier, by which a foreign network is recognised; ""
            where the row has a builder of its own.
        stages: its children, in order, that make the features; their output enters the pooling.
            A ViT's are taken by `softcam_core.models.transformers`.
        pool: its child that pools the features; "" where its forward takes the mean, or where the
            classifier pools.
        classifier: its child that holds the linear layers.
        head: what comes after the features. ``gap_linear``: global average pooling and one linear
            layer; ``norm_linear``: a norm of the pooled features between the two; ``hidden``:
            average pooling and several linear layers; ``vgg``: pooling to a few cells and three
            linear layers; ``squeezenet``: 1x1 convolution, ReLU and global average pooling;
            ``class_token``: linear layers on the token of a transformer that has no place.
        channels: of the features.
        stride: input pixels per feature cell.
        min_size: smallest side of an input that leaves a feature cell.
        fixed_size: the one side of an input that the network takes; 0 if it takes any.
        cells: a side of the features that a ``vgg`` head sees at once.
        cells_size: smallest side of an input that leaves so many cells.
        dropout: the network's child that drops pooled features; "" where its classifier does.
        transforms: whether torchvision's ImageNet weights need the option ``transform_input``.
        last_relu: whether its forward rectifies what the last stage gives.
        exact: whether conversion keeps the logits at every input size.
        reason: why, in one sentence.
        build: returns the network for a number of classes; None for torchvision's own.
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
    fixed_size: int = 0
    cells: int = 0
    cells_size: int = 0
    dropout: str = ""
    transforms: bool = False
    last_relu: bool = False
    exact: bool = True
    reason: str = _LINEAR
    build: Callable[[int], nn.Module] | None = None


def _rows(
    names: dict[str, int],
    family: str,
    stages: tuple[str, ...],
    pool: str,
    classifier: str,
    head: HeadKind = "gap_linear",
    **more: Any,
) -> list[Backbone]:
    """Return the rows of one family, which differ in name and channels alone."""
    return [
        Backbone(name, family, stages, pool, classifier, head, channels, **more)
        for name, channels in names.items()
    ]


_FEATURES = ("features",)
_RESNET = ("conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4")
_SHUFFLENET = ("conv1", "maxpool", "stage2", "stage3", "stage4", "conv5")
_GOOGLENET = (
    *("conv1", "maxpool1", "conv2", "conv3", "maxpool2", "inception3a", "inception3b", "maxpool3"),
    *("inception4a", "inception4b", "inception4c", "inception4d", "inception4e", "maxpool4"),
    *("inception5a", "inception5b"),
)
_INCEPTION = (
    *("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxpool1", "Conv2d_3b_1x1"),
    *("Conv2d_4a_3x3", "maxpool2", "Mixed_5b", "Mixed_5c", "Mixed_5d", "Mixed_6a", "Mixed_6b"),
    *("Mixed_6c", "Mixed_6d", "Mixed_6e", "Mixed_7a", "Mixed_7b", "Mixed_7c"),
)
_VIT = ("conv_proj", "class_token", "encoder")

_TABLE: list[Backbone] = [
    *_rows(
        {"resnet18": 512, "resnet34": 512, "resnet50": 2048, "resnet101": 2048, "resnet152": 2048}
        | {"resnext50_32x4d": 2048, "resnext101_32x8d": 2048, "resnext101_64x4d": 2048}
        | {"wide_resnet50_2": 2048, "wide_resnet101_2": 2048},
        *("ResNet", _RESNET, "avgpool", "fc"),
    ),
    *_rows(
        {"shufflenet_v2_x0_5": 1024, "shufflenet_v2_x1_0": 1024, "shufflenet_v2_x1_5": 1024}
        | {"shufflenet_v2_x2_0": 2048},
        *("ShuffleNetV2", _SHUFFLENET, "", "fc"),
    ),
    *_rows(
        {"densenet121": 1024, "densenet161": 2208, "densenet169": 1664, "densenet201": 1920},
        *("DenseNet", _FEATURES, "", "classifier"),
        min_size=29,
        last_relu=True,
    ),
    *_rows({"mobilenet_v2": 1280}, "MobileNetV2", _FEATURES, "", "classifier"),
    *_rows(
        {"mnasnet0_5": 1280, "mnasnet0_75": 1280, "mnasnet1_0": 1280, "mnasnet1_3": 1280},
        *("MNASNet", ("layers",), "", "classifier"),
    ),
    *_rows(
        {"regnet_x_400mf": 400, "regnet_x_800mf": 672, "regnet_x_1_6gf": 912}
        | {"regnet_x_3_2gf": 1008, "regnet_x_8gf": 1920, "regnet_x_16gf": 2048}
        | {"regnet_x_32gf": 2520, "regnet_y_400mf": 440, "regnet_y_800mf": 784}
        | {"regnet_y_1_6gf": 888, "regnet_y_3_2gf": 1512, "regnet_y_8gf": 2016}
        | {"regnet_y_16gf": 3024, "regnet_y_32gf": 3712, "regnet_y_128gf": 7392},
        *("RegNet", ("stem", "trunk_output"), "avgpool", "fc"),
    ),
    *_rows(
        {"efficientnet_b0": 1280, "efficientnet_b1": 1280, "efficientnet_b2": 1408}
        | {"efficientnet_b3": 1536, "efficientnet_b4": 1792, "efficientnet_b5": 2048}
        | {"efficientnet_b6": 2304, "efficientnet_b7": 2560, "efficientnet_v2_s": 1280}
        | {"efficientnet_v2_m": 1280, "efficientnet_v2_l": 1280},
        *("EfficientNet", _FEATURES, "avgpool", "classifier"),
    ),
    *_rows(
        *({"googlenet": 1024}, "GoogLeNet", _GOOGLENET, "avgpool", "fc"),
        min_size=15,
        dropout="dropout",
        transforms=True,
    ),
    *_rows(
        *({"inception_v3": 2048}, "Inception3", _INCEPTION, "avgpool", "fc"),
        min_size=75,
        dropout="dropout",
        transforms=True,
    ),
    *_rows(
        {"swin_t": 768, "swin_s": 768, "swin_b": 1024}
        | {"swin_v2_t": 768, "swin_v2_s": 768, "swin_v2_b": 1024},
        *("SwinTransformer", ("features", "norm", "permute"), "avgpool", "head"),
        min_size=4,
        reason=_SWIN,
    ),
    *_rows(
        {"convnext_tiny": 768, "convnext_small": 768, "convnext_base": 1024}
        | {"convnext_large": 1536},
        *("ConvNeXt", _FEATURES, "avgpool", "classifier", "norm_linear"),
        min_size=32,
        reason=_CONVNEXT,
    ),
    *_rows(
        *({"squeezenet1_0": 512}, "SqueezeNet", _FEATURES, "", "classifier", "squeezenet"),
        stride=16,
        min_size=21,
        reason=_SQUEEZENET,
    ),
    *_rows(
        *({"squeezenet1_1": 512}, "SqueezeNet", _FEATURES, "", "classifier", "squeezenet"),
        stride=16,
        min_size=17,
        reason=_SQUEEZENET,
    ),
    *_rows(
        {"vgg11": 512, "vgg11_bn": 512, "vgg13": 512, "vgg13_bn": 512}
        | {"vgg16": 512, "vgg16_bn": 512, "vgg19": 512, "vgg19_bn": 512},
        *("VGG", _FEATURES, "avgpool", "classifier", "vgg"),
        min_size=32,
        cells=7,
        cells_size=224,
        exact=False,
        reason=_CELLS.format(7, 224),
    ),
    *_rows(
        *({"alexnet": 256}, "AlexNet", _FEATURES, "avgpool", "classifier", "vgg"),
        min_size=63,
        cells=6,
        cells_size=223,
        exact=False,
        reason=_CELLS.format(6, 224),
    ),
    *_rows(
        {"mobilenet_v3_large": 960, "mobilenet_v3_small": 576},
        *("MobileNetV3", _FEATURES, "avgpool", "classifier", "hidden"),
        exact=False,
        reason=_HIDDEN,
    ),
    *_rows(
        *({"maxvit_t": 512}, "MaxVit", ("stem", "blocks"), "", "classifier", "hidden"),
        min_size=224,
        fixed_size=224,
        exact=False,
        reason=_HIDDEN,
    ),
    *_rows(
        {"vit_b_16": 768, "vit_l_16": 1024},
        *("VisionTransformer", _VIT, "", "heads", "class_token"),
        stride=16,
        min_size=16,
        exact=False,
        reason=_CLASS_TOKEN,
    ),
    *_rows(
        {"vit_b_32": 768, "vit_l_32": 1024},
        *("VisionTransformer", _VIT, "", "heads", "class_token"),
        min_size=32,
        exact=False,
        reason=_CLASS_TOKEN,
    ),
    *_rows(
        *({"vit_h_14": 1280}, "VisionTransformer", _VIT, "", "heads", "class_token"),
        stride=14,
        min_size=14,
        exact=False,
        reason=_CLASS_TOKEN,
    ),
    # Networks of the dual-branch poster.
    *_rows(
        *({"resnet50_stride16": 2048}, "", _RESNET, "avgpool", "fc"),
        stride=16,
        build=poster.resnet50_stride16,
    ),
    *_rows(
        *({"vgg16_gap": 1024}, "", ("features", "conv6", "relu"), "avgpool", "fc"),
        stride=16,
        min_size=16,
        build=poster.vgg16_gap,
    ),
    *_rows(
        *({"vgg16_unpooled": 512}, "", _FEATURES, "avgpool", "classifier", "vgg"),
        stride=16,
        min_size=16,
        cells=7,
        cells_size=112,
        exact=False,
        reason=_CELLS.format(7, 112),
        build=poster.vgg16_unpooled,
    ),
    *_rows(
        {"inception_v3_gap": 1024},
        *("", (*_INCEPTION[:-3], "conv7a", "conv7b"), "avgpool", "fc"),
        stride=16,
        min_size=43,
        transforms=True,
        build=poster.inception_v3_gap,
    ),
]

BACKBONES: dict[str, Backbone] = {row.name: row for row in _TABLE}


_NATIVE_SIZES = {
    "inception_v3": 299,
    "inception_v3_gap": 299,
    **{
        f"efficientnet_b{n}": side
        for n, side in enumerate((224, 240, 288, 300, 380, 456, 528, 600))
    },
    "efficientnet_v2_s": 384,
    **dict.fromkeys(("efficientnet_v2_m", "efficientnet_v2_l"), 480),
    **dict.fromkeys(("swin_v2_t", "swin_v2_s", "swin_v2_b"), 256),
}


def native_size(arch: str) -> int:
    """Return the side, in pixels, of the images that torchvision's ImageNet weights are for."""
    return backbone(arch).fixed_size or _NATIVE_SIZES.get(arch, 224)


def backbone(arch: str) -> Backbone:
    """Return the row of an architecture.

    Raises:
        ModelError: the table has no such row; it names the nearest.
    """
    if arch not in BACKBONES:
        near = difflib.get_close_matches(arch.lower().replace("-", "_"), BACKBONES, 3, 0.5)
        raise ModelError(
            f"The architecture {arch!r} is not known; "
            + (
                f"did you mean {' or '.join(near)}?"
                if near
                else "give torchvision's name of a classifier, resnet50 for one."
            )
        )
    return BACKBONES[arch]


def torchvision_classifier(
    arch: str, classes: int, *, transform_input: bool = False, image_size: int = 0
) -> nn.Module:
    """Return the classifier of this architecture, freshly initialised.

    Args:
        arch: a name of the table.
        classes: number of logits.
        transform_input: GoogLeNet and Inception v3 alone, and the poster's cut of the latter:
            images normalised as ImageNet's are normalised again as their weights expect it.
        image_size: ViT alone: the side of the images whose positions it learns; 0 for its own.

    Returns:
        The network without auxiliary heads.
    """
    row = backbone(arch)
    if row.build is not None:
        own: Any = row.build(classes)
        own.transform_input = transform_input  # where torchvision's have it, for `take_stages`
        built: nn.Module = own
        return built
    more: dict[str, Any] = {}
    if row.transforms:
        # torchvision's own initialisation of these is slow, and warns.
        more = {"init_weights": False, "aux_logits": False, "transform_input": transform_input}
    if row.head == "class_token" and image_size:
        more = {"image_size": image_size}
    models: Any = import_module("torchvision.models")
    with _SmallTensors() if row.family == "RegNet" else nullcontext():
        network: nn.Module = models.get_model(row.name, weights=None, num_classes=classes, **more)
    return network


class _SmallTensors(TorchFunctionMode):
    """Keeps RegNet's arithmetic about its widths on the CPU when a network is built without memory.

    There a tensor has a shape and no numbers, and RegNet computes its shapes with tensors.
    """

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        if func in (torch.arange, torch.tensor):
            kwargs.setdefault("device", "cpu")
        return func(*args, **kwargs)


def recognise(model: nn.Module) -> Backbone | None:
    """Return a row of the family of a plain torchvision classifier; None for anything else.

    The rows of one family differ in size only: stages, classifier and head kind are the same. A
    subclass is not recognised, since its forward may do something else.
    """
    kind = type(model)
    if not kind.__module__.startswith("torchvision.models."):
        return None
    return next((row for row in BACKBONES.values() if row.family == kind.__name__), None)
