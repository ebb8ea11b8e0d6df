"""A classifier as features and head, which is all that the map methods need to know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, cast

from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.explain.class_rows import class_rows
from softcam_core.explain.plain import has_own_code, is_plain
from softcam_core.models.backbones import BACKBONES, Backbone, recognise
from softcam_core.models.dual_branch import DualBranch, pooled_linear
from softcam_core.models.heads import take_apart as cut_in_two
from softcam_core.models.softcam import BlackBox, Network, SoftCAM
from softcam_core.models.transformers import ClassTokenHead

Step = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Linear:
    """One linear layer after global average pooling: weight (C, D), bias (C,) or None."""

    weight: Tensor
    bias: Tensor | None


@dataclass(frozen=True)
class Branch:
    """One head.

    Attributes:
        logits: features -> (B, C), before any softmax or sigmoid.
        linear: the head, if it is global average pooling and one linear layer, else None.
        rows: see `class_rows`.
    """

    logits: Step
    linear: Linear | None
    rows: tuple[nn.Parameter, ...] = ()


class Tail(Protocol):
    """A pass whose graph begins at a layer: images (B, 3, H, W) -> its output and the logits."""

    def __call__(self, x: Tensor, branch: str) -> tuple[Tensor, Tensor]:
        """Return features (B, D, h, w), a leaf of the graph, and logits (B, C) of a branch."""
        ...


@dataclass(frozen=True)
class Parts:
    """A classifier taken apart; nothing is copied.

    Attributes:
        features: (B, 3, H, W) -> (B, D, h, w), the tensor that enters pooling, or the output of
            the layer that the user named.
        logits: features -> (B, C); it raises where the user named a layer: see ``tail``.
        evidence: features -> (B, C, h, w) of a SoftCAM model, or of a dual-branch model whose
            softmax head is a convolution before the pooling; else None.
        linear: the head, if it is global average pooling and one linear layer, else None.
        outputs: number of classes; 0 where only a pass can tell.
        classes: their names; empty where the model has none.
        sigmoid: the second head of a dual-branch model, else None.
        whole: images -> logits, where that is not `logits` of `features`.
        tail: the pass from the layer that the user named; None where no layer is named.
        rows: of the head, see `class_rows`.
        model: what was taken apart; None for parts made by hand.
        class_token: the second half of the features' channels is a ViT's class token, which has
            no place: it is the same in every cell, and no feature map.
    """

    features: Step
    logits: Step
    evidence: Step | None
    linear: Linear | None
    outputs: int
    classes: tuple[str, ...] = ()
    sigmoid: Branch | None = None
    whole: Step | None = None
    tail: Tail | None = None
    rows: tuple[nn.Parameter, ...] = ()
    model: nn.Module | None = None
    class_token: bool = False

    @property
    def softmax(self) -> Branch:
        """The head that predicts."""
        return Branch(self.logits, self.linear, self.rows)

    def grids(self, z: Tensor, dim: int = 1) -> Tensor:
        """Return the channels of features, along ``dim``, that have a place."""
        return z.narrow(dim, 0, z.shape[dim] // 2) if self.class_token else z

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits (B, C) of images (B, 3, H, W)."""
        return self.whole(x) if self.whole is not None else self.logits(self.features(x))


def take_apart(model: nn.Module) -> Parts:
    """Return the parts of one of our models, or of a plain torchvision classifier.

    Raises:
        ModelError: the model is neither.
    """
    parts = known(model)
    if parts is None:
        families = ", ".join(dict.fromkeys(row.family for row in BACKBONES.values()))
        raise ModelError(
            f"A {type(model).__name__} cannot be explained without the name of a layer whose "
            "output is explained; give it, a model of this project or torchvision's own "
            f"{families}."
        )
    return parts


def known(model: nn.Module) -> Parts | None:
    """Return the parts of a model; None if it is neither ours nor torchvision's.

    Raises:
        ModelError: one of them that is not whole.
    """
    if isinstance(model, Network):
        token = isinstance(model.head, ClassTokenHead)
        return replace(_ours(model), model=model, class_token=token)
    row = recognise(model)
    if row is None:
        return None
    token = row.head == "class_token"
    return replace(_torchvision(model, row), model=model, class_token=token)


def may_differ(model: nn.Module) -> bool:
    """Whether the model's own pass may say something else than its `known` parts.

    These leave out hooks on the model and methods replaced on it; on its layers they count.
    """
    encoder = getattr(model, "encoder", None)
    return has_own_code(model) or (isinstance(encoder, nn.Module) and has_own_code(encoder))


def _ours(model: Network) -> Parts:
    head = cast(Step, model.head)
    names = model.spec.classes
    if isinstance(model, SoftCAM):
        return Parts(
            features=model.features,
            logits=lambda z: head(z).mean(dim=(2, 3)),
            evidence=head,
            linear=_pointwise(model.head),
            outputs=len(names),
            classes=names,
            rows=class_rows(model.head),
        )
    if isinstance(model, DualBranch):
        return Parts(
            features=model.features,
            logits=head,
            evidence=model.evidence if model.has_evidence else None,
            linear=_pooled(model.head),
            outputs=len(names),
            classes=names,
            sigmoid=Branch(
                cast(Step, model.sigmoid_head),
                _pooled(model.sigmoid_head),
                class_rows(model.sigmoid_head),
            ),
            rows=class_rows(model.head),
        )
    if not isinstance(model, BlackBox):
        raise ModelError(f"A {type(model).__name__} cannot be explained by this version.")
    linear = _averaged_linear(model.head) if model.row.head == "gap_linear" else None
    rows = class_rows(model.head)
    return Parts(model.features, head, None, linear, len(names), names, rows=rows)


def _torchvision(model: nn.Module, row: Backbone) -> Parts:
    classifier = model.get_submodule(row.classifier)
    if next(classifier.parameters(), None) is None:
        raise ModelError(
            f"This {type(model).__name__} has no classification layer left; give the whole network."
        )
    features, head = cut_in_two(model, row)
    rows = class_rows(classifier)
    return Parts(
        features=features,
        logits=head,
        evidence=None,
        linear=_averaged_linear(head) if row.head == "gap_linear" else None,
        outputs=len(rows[0]) if rows else 0,
        rows=rows,
    )


def _averaged_linear(head: nn.Module) -> Linear | None:
    """Return the one linear layer of a head that beside it averages to one cell, and no more."""
    only = _only_layer(head)
    pools = [layer for layer in head.modules() if isinstance(layer, nn.AdaptiveAvgPool2d)]
    averages = [pool.output_size for pool in pools] in ([1], [(1, 1)])
    if type(only) is not nn.Linear or not averages:
        return None
    return Linear(only.weight, only.bias)


def _pointwise(head: nn.Module) -> Linear | None:
    """Return the one 1x1 convolution of an evidence head: with the mean, a linear layer."""
    only = _only_layer(head)
    if type(only) is not nn.Conv2d or only.kernel_size != (1, 1) or only.groups != 1:
        return None
    pools = any(isinstance(layer, nn.AdaptiveAvgPool2d) for layer in head.modules())
    if pools or only.stride != (1, 1) or only.padding not in ((0, 0), "valid", "same"):
        return None
    return Linear(only.weight.flatten(1), only.bias)


def _pooled(head: nn.Module) -> Linear | None:
    """Return the linear layer of a head that only pools beside it."""
    layer = pooled_linear(head) if _all_plain(head) else None
    return None if layer is None else Linear(layer.weight.flatten(1), layer.bias)


def _only_layer(head: nn.Module) -> nn.Module | None:
    """Return the one layer of a head that does more than average, flatten or drop."""
    if not _all_plain(head):
        return None
    every = [module for _, module in head.named_modules(remove_duplicate=False)]
    layers = [layer for layer in every if not isinstance(layer, _NEUTRAL)]
    return layers[0] if len(layers) == 1 else None


def _all_plain(head: nn.Module) -> bool:
    """Whether nothing in a head is of a derived class, or has hooks or a forward of its own."""
    return all(map(is_plain, head.modules()))


_NEUTRAL = (
    *(nn.Sequential, nn.AdaptiveAvgPool2d, nn.Flatten),
    *(nn.Dropout, nn.Dropout2d, nn.Identity),
)
