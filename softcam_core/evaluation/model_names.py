"""What the models of a run are called in tables: backbone, and what was made of it. Torch-free."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BLACK_BOX, DUAL_BRANCH = "black box", "dual branch"
VARIANTS = (BLACK_BOX, "dense", "sparse", "ridge", "elastic net", DUAL_BRANCH)
"""What a backbone is made into, in the order of tables."""
_FAMILIES = (
    *("Wide ResNet", "ResNet", "ResNeXt", "DenseNet", "GoogLeNet", "Inception", "MobileNet"),
    *("MNASNet", "ShuffleNet", "SqueezeNet", "RegNet", "EfficientNet", "ConvNeXt", "AlexNet"),
    *("VGG", "MaxViT", "ViT", "Swin"),
)


@dataclass(frozen=True)
class Named:
    """A model of a run as tables name it.

    Attributes:
        name: in the run.
        arch: backbone, as people write it.
        variant: one of `VARIANTS`.
        label: the variant; with the model's name where the backbone has several of it.
        methods: ids, chance included.
        classes: how many.
    """

    name: str
    arch: str
    variant: str
    label: str
    methods: tuple[str, ...]
    classes: int


def named_models(models: Iterable[Mapping[str, Any]]) -> tuple[Named, ...]:
    """Return the models of ``run.json`` with their names for tables, in their order."""
    some = list(models)
    kinds = [(architecture_title(str(model["arch"])), variant_of(model)) for model in some]
    often = Counter(kinds)
    return tuple(
        Named(
            *(model["name"], arch, variant),
            label=variant if often[arch, variant] == 1 else f"{variant} {model['name']}",
            methods=tuple(model["methods"]),
            classes=len(model["classes"]),
        )
        for model, (arch, variant) in zip(some, kinds, strict=True)
    )


def variant_of(model: Mapping[str, Any]) -> str:
    """Return what was made of the backbone: one of `VARIANTS`."""
    if model["head"] == "blackbox":
        return BLACK_BOX
    if model["head"] == "dual-branch":
        return DUAL_BRANCH
    l1, l2 = (bool(model.get(name)) for name in ("l1", "l2"))
    return {(0, 0): "dense", (1, 0): "sparse", (0, 1): "ridge", (1, 1): "elastic net"}[l1, l2]


def partner_of(model: Named, models: Sequence[Named]) -> Named | None:
    """Return the model that one is compared with: the same backbone with a softmax head alone.

    Of a dual-branch model the black box or, without one, a SoftCAM model; of a SoftCAM model the
    black box.
    """
    others = [one for one in models if one.arch == model.arch and one.name != model.name]
    boxes = [one for one in others if one.variant == BLACK_BOX]
    if model.variant == DUAL_BRANCH:
        boxes += [one for one in others if one.variant != DUAL_BRANCH]
    elif model.variant == BLACK_BOX:
        return None
    return boxes[0] if boxes else None


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
