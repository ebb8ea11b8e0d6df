"""What the models of a run are called in tables: backbone, and what was made of it. Torch-free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from softcam_core.models.titles import (
    BLACK_BOX,
    DUAL_BRANCH,
    VARIANTS,
    architecture_title,
    variant_of,
)

__all__ = [
    "BLACK_BOX",
    "DUAL_BRANCH",
    "VARIANTS",
    "Named",
    "architecture_title",
    "named_models",
    "partner_of",
    "variant_of",
]


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
