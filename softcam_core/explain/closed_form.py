"""Channel weights without a backward pass, for global average pooling and one linear layer.

There the gradient of logit c at feature k is w_ck / (h w) in every cell. Every function takes the
layer's weight (C, D) of the classes asked for and the features z (B, D, h, w), and returns weights
(C, D), or (B, C, D) where they depend on the image.
"""

from __future__ import annotations

import torch
from torch import Tensor


def weigh(weights: Tensor, z: Tensor) -> Tensor:
    """Sum the feature maps: weights (C, D) or (B, C, D), z (B, D, h, w) -> (B, C, h, w)."""
    if weights.ndim == 2:
        return torch.einsum("cd,bdhw->bchw", weights, z)
    return torch.einsum("bcd,bdhw->bchw", weights, z)


def gradcam_weights(weight: Tensor, z: Tensor) -> Tensor:
    """Grad-CAM (paper, eq. 2): the mean gradient, w_ck / (h w).

    XGrad-CAM has the same: a gradient that is the same in every cell is its own mean by any
    weights, and what a dead channel weighs is of no account.
    """
    return weight / (z.shape[2] * z.shape[3])


def gradcampp_weights(weight: Tensor, z: Tensor) -> Tensor:
    """Grad-CAM++: the sum over h w cells of alpha g is max(w_ck, 0) / (2 + w_ck mean(A_k))."""
    return weight.clamp(min=0) / (2 + weight * z.mean(dim=(2, 3))[:, None])


def layercam_weights(weight: Tensor, z: Tensor) -> Tensor:
    """LayerCAM: the positive part of the gradient, max(w_ck, 0) / (h w)."""
    return gradcam_weights(weight.clamp(min=0), z)
