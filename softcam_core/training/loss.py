"""Cross-entropy with the elastic-net penalty on the evidence (S eq. 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

Reduction = Literal["mean", "first_sample"]
Ridge = Literal["norm", "squared"]


@dataclass(frozen=True)
class LossTerms:
    """The loss of a batch and its parts; ``total = ce + l1 + l2``, the lambdas included."""

    total: Tensor
    ce: Tensor
    l1: Tensor
    l2: Tensor


def evidence_penalties(
    evidence: Tensor, *, reduction: Reduction = "mean", ridge: Ridge = "norm"
) -> tuple[Tensor, Tensor]:
    """Return P1 and P2 of an evidence batch (B, C, h, w), two fp32 scalars.

    P1 is the sum of |A| over cells and classes of an image. P2 is the Frobenius norm of an image's
    map, not squared: eq. 5 as printed, the norm of each single number, would make ridge the same
    as lasso. Both have a zero, finite gradient at a zero map.

    Args:
        evidence: (B, C, h, w), any float type; computed in fp32, under autocast too.
        reduction: ``mean`` over the images; ``first_sample`` takes only the batch's first image,
            as the authors' released code does.
        ridge: ``norm``, or ``squared`` for the squared Frobenius norm.

    Raises:
        ValueError: the evidence has not four axes.
    """
    if evidence.ndim != 4:
        raise ValueError(f"evidence: expected (B, C, h, w), got {tuple(evidence.shape)}")
    with torch.autocast(evidence.device.type, enabled=False):
        maps = evidence.float().flatten(1)
        if reduction == "first_sample":
            maps = maps[:1]
        p1 = maps.abs().sum(1).mean()
        if ridge == "squared":
            return p1, maps.square().sum(1).mean()
        return p1, torch.linalg.vector_norm(maps, dim=1).mean()


def softcam_loss(
    logits: Tensor,
    evidence: Tensor | None,
    target: Tensor,
    *,
    l1: float = 0.0,
    l2: float = 0.0,
    reduction: Reduction = "mean",
    ridge: Ridge = "norm",
) -> LossTerms:
    """Return CE(logits, target) + l1 * P1(evidence) + l2 * P2(evidence).

    Args:
        logits: (B, C).
        evidence: (B, C, h, w), or None for a black box, whose lambdas must be 0.
        target: (B,) class indices.
        l1, l2: the lambdas; they depend on the grid's size and the number of classes.
        reduction, ridge: see `evidence_penalties`.

    Raises:
        ValueError: a penalty is asked for and there is no evidence.
    """
    ce = functional.cross_entropy(logits.float(), target)
    zero = ce.new_zeros(())
    if l1 == 0 and l2 == 0:
        return LossTerms(ce, ce, zero, zero)
    if evidence is None:
        raise ValueError("evidence: expected (B, C, h, w) for l1 or l2 above 0, got None")
    p1, p2 = evidence_penalties(evidence, reduction=reduction, ridge=ridge)
    lasso = l1 * p1 if l1 else zero
    norm = l2 * p2 if l2 else zero
    return LossTerms(ce + lasso + norm, ce, lasso, norm)
