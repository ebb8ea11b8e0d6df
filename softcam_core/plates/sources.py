"""Which map stands in which column: methods of black boxes beside the evidence of SoftCAM models.

As in the paper: post-hoc methods explain the black box, each SoftCAM model is shown by its own
evidence. Where no black box of a SoftCAM model's architecture is there, post-hoc methods explain
that model itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from softcam_core.explain.methods import TITLES
from softcam_core.models.titles import BLACK_BOX
from softcam_core.plates.values import Model

EVIDENCE = "evidence"
_SHORT = {"guided_backprop": "Guided backprop"}
"""Titles for narrow columns, where the usual one is too long a word."""


@dataclass(frozen=True)
class Lane:
    """What a column shows, whatever the case.

    Attributes:
        method: id.
        variant: of the model: ``black box``, ``dense`` ...
        arch: of the model, where a figure has several; else "".
        number: counts models that are equal in all that.
    """

    method: str
    variant: str
    arch: str = ""
    number: int = 0

    @property
    def title(self) -> str:
        """What stands above the column."""
        number = f" {self.number + 1}" if self.number else ""
        if self.method == EVIDENCE:
            name = "Evidence" if self.variant == BLACK_BOX else f"{self.variant} evidence"
            return name[:1].upper() + name[1:] + number
        return _SHORT.get(self.method, TITLES[self.method]) + number


def explains(model: Model, models: Sequence[Model], method: str) -> bool:
    """Return whether a figure shows a method's map of a model, among the others."""
    if method == EVIDENCE:
        return model.variant != BLACK_BOX and method not in model.refused
    boxed = any(
        other.variant == BLACK_BOX
        and other.spec.arch == model.spec.arch
        and other.spec.modality == model.spec.modality
        and other.spec.classes == model.spec.classes
        for other in models
    )
    return model.variant == BLACK_BOX or not boxed


def lanes(
    models: Sequence[Model], methods: Sequence[str], *, by_arch: bool
) -> dict[Lane, list[Model]]:
    """Return the columns of a figure in order, and the models that each shows a map of.

    Post-hoc methods come first, in the order asked for, the evidence of the models last. With
    ``by_arch`` architectures have rows of their own and so share columns.
    """
    several = not by_arch and any(
        len({m.spec.arch for m in models if m.spec.modality == modality}) > 1
        for modality in {m.spec.modality for m in models}
    )
    found: dict[Lane, list[Model]] = {}
    order = [m for m in methods if m != EVIDENCE] + [m for m in methods if m == EVIDENCE]
    for method in dict.fromkeys(order):
        seen: Counter[tuple[str, ...]] = Counter()
        for model in models:
            if not explains(model, models, method):
                continue
            same = (model.variant, model.spec.arch, model.spec.modality)
            lane = Lane(method, model.variant, model.arch if several else "", seen[same])
            seen[same] += 1
            found.setdefault(lane, []).append(model)
    return found


def of_case(models: Iterable[Model], modality: str, arch: str = "") -> Model | None:
    """Return the first model that suits a case, of an architecture where one is named."""
    return next(
        (m for m in models if m.suits(modality) and (not arch or m.spec.arch == arch)), None
    )
