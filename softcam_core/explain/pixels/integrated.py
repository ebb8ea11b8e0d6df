"""Integrated gradients: a logit's rise from a zero image to the image, shared out to pixels."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from softcam_core.explain.pixels.input_gradient import (
    class_gradients,
    in_chunks,
    needs_digits,
    pixel_maps,
)
from softcam_core.explain.request import Request


def integrated_gradients(request: Request, *, steps: int = 50) -> Tensor:
    """Integrated gradients of the logit (Sundararajan et al. 2017), summed over colour channels.

    The path leads straight from zero in normalised space, an image of the mean colour, to the
    image; its integral is taken by Gauss-Legendre quadrature. Up to the error of that, a map sums
    to the logit of the image minus that of zero.

    All classes share each forward pass. How many steps go through the network at once follows from
    ``request.memory``: a first pass takes one step, forward and backward, and counts the bytes of
    all tensors that are alive together; the others take as many steps as fit. One step is the
    least: it goes through also where its own graph exceeds the memory.

    Args:
        request: what to explain.
        steps: nodes of the quadrature.

    Returns:
        (B, C, H, W), signed.

    Raises:
        MethodError: the model is in half precision.
        ValueError: less than one step.
    """
    if steps < 1:
        raise ValueError(f"steps: expected at least 1, got {steps}")
    images = request.images
    needs_digits(images, "integrated_gradients")
    nodes, areas = np.polynomial.legendre.leggauss(steps)
    maps = pixel_maps(request)
    where = torch.from_numpy((nodes + 1) / 2).to(images)
    weights = torch.from_numpy(areas / 2).to(maps)

    def run(start: int, stop: int) -> None:
        pairs = torch.arange(start, stop, device=images.device)
        image, step = pairs // steps, pairs % steps
        batch = images[image]
        inputs = batch * where[step][:, None, None, None]
        gradients = class_gradients(request.parts, inputs, request.indices)
        for position, gradient in enumerate(gradients):
            shares = torch.einsum("b,bkhw,bkhw->bhw", weights[step], gradient, batch)
            maps[:, position].index_add_(0, image, shares)
            request.check()

    in_chunks(request, len(images) * steps, run)
    return maps
