"""What one pass over the validation set says about a model."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from softcam_core.metrics.classification import accuracy, auc, quadratic_kappa

LIMIT_QUANTILE = 0.995


@dataclass(frozen=True)
class Scores:
    """Classification and evidence figures of a set of images; NaN where undefined.

    Attributes:
        loss: mean cross-entropy.
        accuracy: share in [0, 1].
        auc: area under the ROC curve, of class 1 for two classes, else one-vs-rest, macro mean
            over the classes for which it is defined.
        kappa: quadratically weighted Cohen's kappa in the order of the classes.
        evidence: mean of |evidence| over images, classes and cells; NaN for a black box.
        positive: share of cells above 0 in the map of an image's own class, which speak for it;
            NaN for a black box. (Over all classes it says nothing: two classes mirror each other.)
    """

    loss: float
    accuracy: float
    auc: float
    kappa: float
    evidence: float = math.nan
    positive: float = math.nan


def score(logits: Tensor, labels: Tensor, evidence: Tensor | None = None) -> Scores:
    """Score logits (N, C) against labels (N,), with evidence (N, C, h, w) where there is any."""
    logits = logits.float()
    probabilities = logits.softmax(1)
    own = None if evidence is None else evidence[torch.arange(len(labels)), labels]
    return Scores(
        loss=float(functional.cross_entropy(logits, labels)),
        accuracy=accuracy(probabilities, labels),
        auc=auc(probabilities, labels),
        kappa=quadratic_kappa(probabilities, labels),
        evidence=math.nan if evidence is None else float(evidence.double().abs().mean()),
        positive=math.nan if own is None else float((own > 0).double().mean()),
    )


def display_limit(maps: Tensor) -> float:
    """Return the 99.5th percentile of |maps|: the fixed limit of their colour scale."""
    return float(np.quantile(maps.detach().abs().float().cpu().numpy(), LIMIT_QUANTILE))
