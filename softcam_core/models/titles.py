"""What people call a model's backbone, and what was made of it. Torch-free."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

BLACK_BOX, DUAL_BRANCH = "black box", "dual branch"
VARIANTS = (BLACK_BOX, "dense", "sparse", "ridge", "elastic net", DUAL_BRANCH)
"""What a backbone is made into, in the order of tables."""
_FAMILIES = (
    *("Wide ResNet", "ResNet", "ResNeXt", "DenseNet", "GoogLeNet", "Inception", "MobileNet"),
    *("MNASNet", "ShuffleNet", "SqueezeNet", "RegNet", "EfficientNet", "ConvNeXt", "AlexNet"),
    *("VGG", "MaxViT", "ViT", "Swin"),
)


def variant_of(model: Mapping[str, Any]) -> str:
    """Return what was made of the backbone: one of `VARIANTS`."""
    if model["head"] == "blackbox":
        return BLACK_BOX
    if model["head"] == "dual-branch":
        return DUAL_BRANCH
    l1, l2 = (bool(model.get(name)) for name in ("l1", "l2"))
    return {(0, 0): "dense", (1, 0): "sparse", (0, 1): "ridge", (1, 1): "elastic net"}[l1, l2]


def architecture_title(arch: str) -> str:
    """Return a backbone as people write it: ``resnet50`` is ResNet-50.

    Example:
        >>> [architecture_title(arch) for arch in ("vgg16_bn", "squeezenet1_0", "mine")]
        ['VGG-16 bn', 'SqueezeNet 1.0', 'mine']
    """
    for family in _FAMILIES:
        key = family.casefold().replace(" ", "_")
        if arch.casefold().startswith(key):
            # Versions are written with a point: 1_0 and x0_5, but not 50_32x4d.
            rest = re.sub(r"(?<!\d)(\d)_(?=\d)", r"\1.", arch[len(key) :]).replace("_", " ")
            return family + re.sub(r"^(?=\d)", " " if "." in rest else "-", rest)
    return arch
