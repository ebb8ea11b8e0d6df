"""Maps without a backward pass, for global average pooling and one linear layer.

There the gradient of logit c at feature k is the weight w_ck / (h w) in every cell.
"""

from __future__ import annotations

import torch
from torch import Tensor


def linear_cam(weight: Tensor, z: Tensor) -> Tensor:
    """CAM (paper, eq. 1), sum_k w_ck A_k, not rectified.

    weight (C, D) of the classes asked for; z (B, D, h, w) -> (B, C, h, w).
    """
    return torch.einsum("cd,bdhw->bchw", weight, z)


def linear_gradcam(weight: Tensor, z: Tensor, signed: bool = False) -> Tensor:
    """Grad-CAM (paper, eq. 2), whose channel weights, mean gradients, are w_ck / (h w).

    weight (C, D) of the classes asked for; z (B, D, h, w) -> (B, C, h, w); ``signed`` leaves out
    the final ReLU.
    """
    maps = linear_cam(weight / (z.shape[2] * z.shape[3]), z)
    return maps if signed else maps.relu_()
