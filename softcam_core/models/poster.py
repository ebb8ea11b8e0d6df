"""The networks of the dual-branch poster that torchvision does not have.

They are made of torchvision's parts and keep the names of their tensors, so that weights of the
original fit wherever the layers are the same.
"""

from __future__ import annotations

from collections import OrderedDict
from importlib import import_module
from typing import Any, cast

from torch import nn

SAME_WEIGHTS = {"resnet50_stride16": "resnet50", "vgg16_unpooled": "vgg16"}
"""Network of the poster -> torchvision's with the very same tensors."""
TRUNKS = {"vgg16_gap": "vgg16", "inception_v3_gap": "inception_v3"}
"""Network of the poster -> torchvision's whose first layers it has, under the same names."""


def resnet50_stride16(classes: int) -> nn.Module:
    """ResNet-50 whose last stage keeps its resolution: features of twice the rows and columns."""
    network = _torchvision().resnet50(num_classes=classes)
    first = network.layer4[0]
    for convolution in (first.conv2, first.downsample[0]):
        convolution.stride = (1, 1)
    return cast(nn.Module, network)


def vgg16_unpooled(classes: int) -> nn.Module:
    """VGG-16 without its last max-pool, its three linear layers as they are."""
    network = _torchvision().vgg16(num_classes=classes)
    network.features = network.features[:-1]
    return cast(nn.Module, network)


def vgg16_gap(classes: int) -> nn.Module:
    """VGG-16 without its last max-pool; 3x3 convolution to 1024, average pooling, one layer."""
    vgg = import_module("torchvision.models.vgg")
    features = vgg.make_layers(vgg.cfgs["D"], batch_norm=False)[:-1]
    parts: list[tuple[str, nn.Module]] = [
        ("features", features),
        ("conv6", nn.Conv2d(512, 1024, 3, padding=1)),
        ("relu", nn.ReLU(inplace=True)),
        *_pooled(1024, classes),
    ]
    return _initialised(nn.Sequential(OrderedDict(parts)))


def inception_v3_gap(classes: int) -> nn.Module:
    """Inception v3 up to Mixed_6e, two 3x3 convolutions to 1024, average pooling, one layer.

    The layers are torchvision's own; the WSOL benchmark pads its Inception otherwise, so that a
    file of its tensors would fit the shapes and not the network. They have other names for this
    reason.
    """
    original = _torchvision().inception_v3(num_classes=1, init_weights=False, aux_logits=False)
    names = list(dict(original.named_children()))
    kept = names[: names.index("Mixed_6e") + 1]
    parts: list[tuple[str, nn.Module]] = [(name, getattr(original, name)) for name in kept]
    for name, channels in (("conv7a", 768), ("conv7b", 1024)):
        convolution = nn.Conv2d(channels, 1024, 3, padding=1)
        parts.append((name, nn.Sequential(convolution, nn.ReLU(inplace=True))))
    return nn.Sequential(OrderedDict([*parts, *_pooled(1024, classes)]))


def _torchvision() -> Any:
    return import_module("torchvision.models")


def _pooled(channels: int, classes: int) -> list[tuple[str, nn.Module]]:
    return [
        ("avgpool", nn.AdaptiveAvgPool2d(1)),
        ("flatten", nn.Flatten()),
        ("fc", nn.Linear(channels, classes)),
    ]


def _initialised(network: nn.Module) -> nn.Module:
    """Give convolutions the weights that torchvision's VGG begins with."""
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return network
