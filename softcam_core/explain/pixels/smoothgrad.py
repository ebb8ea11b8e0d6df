"""SmoothGrad: the gradient, averaged over noisy copies of the image."""

from __future__ import annotations

import torch
from torch import Tensor

from softcam_core.explain.pixels.input_gradient import (
    class_gradients,
    in_chunks,
    needs_digits,
    pixel_maps,
)
from softcam_core.explain.request import Request


def smoothgrad(
    request: Request, *, samples: int = 25, noise: float = 0.15, seed: int = 0
) -> Tensor:
    """SmoothGrad (Smilkov et al. 2017): the mean gradient of the logit at noisy images.

    The noise is Gaussian; its standard deviation is ``noise`` times the range, largest minus
    smallest value, of the image. Every image gets the same noise, alone or in a batch, drawn by a
    generator of its own on the CPU: a result can be repeated on any device.

    Args:
        request: what to explain.
        samples: noisy copies of each image.
        noise: relative to the range of the image.
        seed: of the noise.

    Returns:
        (B, C, H, W), signed, summed over the colour channels.

    Raises:
        MethodError: the model is in half precision.
        ValueError: less than one sample, or negative noise.
    """
    if samples < 1:
        raise ValueError(f"samples: expected at least 1, got {samples}")
    if not noise >= 0:
        raise ValueError(f"noise: expected 0 or more, got {noise}")
    images = request.images
    needs_digits(images, "smoothgrad")
    maps = pixel_maps(request)
    deviations = noise * (images.amax(dim=(1, 2, 3)) - images.amin(dim=(1, 2, 3)))
    generator = torch.Generator()

    def noisy(pair: int) -> Tensor:
        image, sample = divmod(pair, samples)
        if sample == 0:
            generator.manual_seed(seed)
        drawn = torch.randn(images.shape[1:], dtype=torch.float32, generator=generator)
        drawn = drawn.to(images)
        return images[image] + deviations[image] * drawn

    def run(start: int, stop: int) -> None:
        inputs = torch.stack([noisy(pair) for pair in range(start, stop)])
        image = torch.arange(start, stop, device=images.device) // samples
        gradients = class_gradients(request.parts, inputs, request.indices)
        for position, gradient in enumerate(gradients):
            shares = gradient.sum(dim=1).to(maps.dtype) / samples
            maps[:, position].index_add_(0, image, shares)
            request.check()

    in_chunks(request, len(images) * samples, run)
    return maps
