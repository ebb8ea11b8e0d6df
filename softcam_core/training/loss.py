"""Cross-entropy with the elastic-net penalty on the evidence (S eq. 5), and the second head's loss.

The sigmoid head of a dual-branch model is trained with class-balanced binary cross-entropy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from softcam_core.models.dual_branch import DualOutput
from softcam_core.models.softcam import ModelOutput
from softcam_core.training.config import LossConfig

Reduction = Literal["mean", "first_sample"]
Ridge = Literal["norm", "squared"]


@dataclass(frozen=True)
class LossTerms:
    """The loss of a batch and its parts, the lambdas included.

    ``total = ce + l1 + l2 + guidance``.

    The total of a dual-branch model is the second head's loss; the parts are NaN.
    """

    total: Tensor
    ce: Tensor
    l1: Tensor
    l2: Tensor
    guidance: Tensor


def evidence_penalties(
    evidence: Tensor, *, reduction: Reduction = "mean", ridge: Ridge = "norm"
) -> tuple[Tensor, Tensor]:
    """Return P1 and P2 of an evidence batch (B, C, h, w), two fp32 scalars (fp64 of fp64).

    P1 is the sum of |A| over cells and classes of an image. P2 is the Frobenius norm of an image's
    map, not squared: eq. 5 as printed, the norm of each single number, would make ridge the same
    as lasso. Both have a zero, finite gradient at a zero map.

    Args:
        evidence: (B, C, h, w), any float type; computed in fp32 or fp64, under autocast too.
        reduction: ``mean`` over the images; ``first_sample`` takes only the batch's first image,
            as the authors' released code does.
        ridge: ``norm``, or ``squared`` for the squared Frobenius norm.

    Raises:
        ValueError: the evidence has not four axes.
    """
    if evidence.ndim != 4:
        raise ValueError(f"evidence: expected (B, C, h, w), got {tuple(evidence.shape)}")
    with torch.autocast(evidence.device.type, enabled=False):
        maps = _full(evidence).flatten(1)
        if reduction == "first_sample":
            maps = maps[:1]
        p1 = maps.abs().sum(1).mean()
        if ridge == "squared":
            return p1, maps.square().sum(1).mean()
        return p1, torch.linalg.vector_norm(maps, dim=1).mean()


def guidance_penalty(evidence: Tensor, target: Tensor, lesions: Tensor, drawn: Tensor) -> Tensor:
    """Return the positive evidence outside drawn lesions, an fp32 scalar.

    Of each image with drawn lesions the sum of ReLU(A_c) over the cells of its own class's map in
    which no lesion pixel lies; 0 for the others; the mean over the batch, as `evidence_penalties`.

    Args:
        evidence: (B, C, h, w).
        target: (B,) class indices.
        lesions: (B, H, W) bool at input size; H and W at least h and w.
        drawn: (B,) bool, whether the image's lesions are known.

    Raises:
        ValueError: the shapes do not go together.
    """
    if lesions.ndim != 3 or len(lesions) != len(evidence):
        raise ValueError(
            f"lesions: expected ({len(evidence)}, H, W) bool, got {tuple(lesions.shape)}"
        )
    with torch.autocast(evidence.device.type, enabled=False):
        own = _full(evidence)[torch.arange(len(target), device=evidence.device), target]
        cells = functional.adaptive_max_pool2d(lesions[:, None].float(), own.shape[1:])[:, 0]
        outside = (cells == 0) & drawn[:, None, None]
        return (own.relu() * outside).flatten(1).sum(1).mean()


def softcam_loss(
    logits: Tensor,
    evidence: Tensor | None,
    target: Tensor,
    *,
    l1: float = 0.0,
    l2: float = 0.0,
    reduction: Reduction = "mean",
    ridge: Ridge = "norm",
    guidance: float = 0.0,
    lesions: Tensor | None = None,
    drawn: Tensor | None = None,
) -> LossTerms:
    """Return CE(logits, target) + l1 * P1(evidence) + l2 * P2(evidence) + guidance * G.

    Args:
        logits: (B, C).
        evidence: (B, C, h, w), or None for a black box, whose lambdas must be 0.
        target: (B,) class indices.
        l1, l2: the lambdas; they depend on the grid's size and the number of classes.
        reduction, ridge: see `evidence_penalties`.
        guidance: weight of `guidance_penalty`, with its ``lesions`` and ``drawn``; without them,
            in a batch of which nothing is drawn, it is 0.

    Raises:
        ValueError: a penalty is asked for and there is no evidence.
    """
    ce = functional.cross_entropy(_full(logits), target)
    zero = ce.new_zeros(())
    if l1 == l2 == guidance == 0:
        return LossTerms(ce, ce, zero, zero, zero)
    if evidence is None:
        raise ValueError("evidence: expected (B, C, h, w) for a penalty above 0, got None")
    p1, p2 = evidence_penalties(evidence, reduction=reduction, ridge=ridge)
    lasso = l1 * p1 if l1 else zero
    norm = l2 * p2 if l2 else zero
    guided = zero
    if guidance and lesions is not None and drawn is not None:
        guided = guidance * guidance_penalty(evidence, target, lesions, drawn)
    return LossTerms(ce + lasso + norm + guided, ce, lasso, norm, guided)


def balanced_bce(logits: Tensor, target: Tensor) -> Tensor:
    """Return class-balanced binary cross-entropy of sigmoid logits, an fp32 scalar (the poster).

    With y = 1 for an image's own class and 0 for the C - 1 others,
    mean over batch and classes of -[(C - 1) y log s(z) + (1 - y) log(1 - s(z))]: the one positive
    class weighs as much as all negative ones together.

    Args:
        logits: (B, C) before the sigmoid, two or more classes.
        target: (B,) class indices.

    Raises:
        ValueError: the logits have not two axes, or one class alone.
    """
    if logits.ndim != 2 or logits.shape[1] < 2:
        raise ValueError(f"logits: expected (B, C) with C >= 2, got {tuple(logits.shape)}")
    classes = logits.shape[1]
    with torch.autocast(logits.device.type, enabled=False):
        values = _full(logits)
        return functional.binary_cross_entropy_with_logits(
            values,
            functional.one_hot(target, classes).to(values),
            pos_weight=values.new_full((classes,), classes - 1),
        )


def _full(values: Tensor) -> Tensor:
    """Return half-precision values as fp32, and fp32 and fp64 ones as they are."""
    return values if values.dtype == torch.float64 else values.float()


def training_loss(
    output: ModelOutput | DualOutput,
    target: Tensor,
    settings: LossConfig,
    lesions: Tensor | None = None,
    drawn: Tensor | None = None,
) -> LossTerms:
    """Return the loss of a model's output: `softcam_loss`, or `balanced_bce` of a second head."""
    if isinstance(output, DualOutput):
        total = balanced_bce(output.sigmoid_logits, target)
        none = total.new_full((), math.nan)
        return LossTerms(total, none, none, none, none)
    return softcam_loss(
        output.logits,
        output.evidence,
        target,
        l1=settings.l1,
        l2=settings.l2,
        reduction=settings.reduction,
        ridge=settings.ridge,
        guidance=settings.guidance,
        lesions=lesions,
        drawn=drawn,
    )
