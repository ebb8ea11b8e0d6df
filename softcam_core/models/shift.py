"""The shift that softmax cannot see, and a sigmoid can (the poster's motivation).

Softmax of logits is the same when one number is added to all of them. After average pooling and a
linear layer, subtracting one vector v from the weights of every class does that to every image:
nothing that a softmax is trained on can choose between the two sets of weights, but their class
activation maps differ by the map of v, which may be anything.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor

from softcam_core.errors import ModelError
from softcam_core.models.dual_branch import DualBranch, pooled_linear


def emptying_shift(weight: Tensor, eps: float = 1e-3) -> Tensor:
    """Return v_k = max_c w_ck + eps: every weight of ``weight - v`` is -eps or less.

    weight (C, D) -> (D,). Features that are never negative then give no class a positive map.
    """
    return weight.amax(dim=0) + eps


def shifted(model: DualBranch, eps: float = 1e-3) -> DualBranch:
    """Return a copy with the softmax head's `emptying_shift` subtracted from both heads' weights.

    In float64 the softmax probabilities are the same to 1e-6, and the rectified class activation
    map of the softmax head is empty; the sigmoid probabilities and their loss are others.

    Raises:
        ModelError: a head is not one linear layer after average pooling.
    """
    changed = copy.deepcopy(model)
    first, second = pooled_linear(changed.head), pooled_linear(changed.sigmoid_head)
    if first is None or second is None:
        raise ModelError(
            f"The shift needs one linear layer after average pooling, which {model.row.name} does "
            "not have."
        )
    with torch.no_grad():
        v = emptying_shift(first.weight, eps)
        for layer in (first, second):
            layer.weight -= v
    return changed
