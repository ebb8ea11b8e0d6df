"""Opti-CAM: the mix of feature maps through which the network sees most of a class.

Zhang et al. 2024, "Opti-CAM: Optimizing saliency maps for interpretability", Computer Vision and
Image Understanding 248; options as in the authors' released script.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from softcam_core.explain.live_bytes import LiveBytes
from softcam_core.explain.passes import quick_layout, quick_number
from softcam_core.explain.pixels.input_gradient import needs_digits
from softcam_core.explain.pixels.input_graph import InputGraph
from softcam_core.explain.request import Request


def opticam(request: Request, *, iterations: int = 50, learning_rate: float = 0.1) -> Tensor:
    """Opti-CAM: maps S = sum_k softmax(u)_k A_k with u optimised for each image and class.

    The mask is S upsampled bilinearly, then brought to [0, 1]; Adam raises the logit of the class
    for image times mask, the ``plain`` objective of the paper, from u = 0. Each image and class is
    an optimisation of its own, so that maps do not depend on what else is asked for; several share
    a pass as far as ``request.memory`` allows. The authors also stop where the sum of a batch gets
    worse, which would make a map depend on its batch: here ``iterations`` is kept.

    Args:
        request: what to explain.
        iterations: steps of Adam, each a forward and a backward pass.
        learning_rate: of Adam.

    Returns:
        (B, C, h, w).

    Raises:
        MethodError: the model is in half precision.
        ValueError: no iterations, or a learning rate that is not positive.
    """
    if iterations < 1:
        raise ValueError(f"iterations: expected at least 1, got {iterations}")
    if not learning_rate > 0:
        raise ValueError(f"learning_rate: expected a positive number, got {learning_rate}")
    images, classes = request.images, request.indices
    needs_digits(images, "opticam")
    pairs = [(image, target) for image in range(len(images)) for target in classes]
    request.check()
    with LiveBytes() as seen:
        _Search(request, pairs[:1]).climb(learning_rate)
    count = max(1, min(request.memory // max(1, seen.peak), quick_number(images[0])))
    maps = []
    for start in range(0, len(pairs), count):
        chosen = pairs[start : start + count]
        search = _Search(request, chosen)
        for step in range(1, iterations + 1):
            search.climb(learning_rate)
            done = start * iterations + step * len(chosen)
            request.progress(done, len(pairs) * iterations)
        maps.append(search.maps(search.u))
        del search
    found = torch.cat(maps)
    return found.view(len(images), len(classes), *found.shape[1:])


class _Search:
    """Adam for some pairs of an image and a class, each on its own.

    Attributes:
        u: (n, D), whose softmax weighs the feature maps.
    """

    def __init__(self, request: Request, pairs: list[tuple[int, int]]) -> None:
        images = request.images
        rows, which = torch.unique(torch.tensor([row for row, _ in pairs]), return_inverse=True)
        self._parts = request.parts
        z = request.parts.grids(request.parts.features(images[rows]))
        self._z = z[which].to(images.dtype)
        self._images = quick_layout(images[rows[which]])
        self._targets = torch.tensor([[target] for _, target in pairs], device=images.device)
        self.u = self._z.new_zeros(self._z.shape[:2])
        self._mean, self._square = torch.zeros_like(self.u), torch.zeros_like(self.u)
        self._steps = 0

    def climb(self, rate: float, betas: tuple[float, float] = (0.9, 0.999)) -> None:
        """Take one step of Adam (Kingma and Ba 2015) towards higher logits."""
        gradient = self._gradient()
        self._steps += 1
        self._mean.lerp_(gradient, 1 - betas[0])
        self._square.lerp_(gradient.square(), 1 - betas[1])
        mean = self._mean / (1 - betas[0] ** self._steps)
        square = self._square / (1 - betas[1] ** self._steps)
        self.u += rate * mean / (square.sqrt() + 1e-8)

    def maps(self, u: Tensor) -> Tensor:
        """Return the mix of feature maps that u (n, D) stands for, (n, h, w)."""
        return torch.einsum("nd,ndhw->nhw", u.softmax(dim=1), self._z)

    def _gradient(self) -> Tensor:
        with torch.enable_grad():
            leaf = self.u.detach().requires_grad_()
            seen = self._images * mask(self.maps(leaf), self._images.shape[2:])
            with InputGraph():
                logits = self._parts.forward(seen)
            # Images do not meet in the network, so the gradient of the sum holds each one's own.
            total = logits.gather(1, self._targets).sum()
        (gradient,) = torch.autograd.grad(total, leaf)
        return gradient


def mask(maps: Tensor, size: torch.Size) -> Tensor:
    """Upsample maps (n, h, w) and bring each to [0, 1], (n, 1, H, W); a constant one becomes 0."""
    large = interpolate(maps[:, None], size=size, mode="bilinear", align_corners=False)
    low = large.amin(dim=(2, 3), keepdim=True)
    span = large.amax(dim=(2, 3), keepdim=True) - low
    return (large - low) / span.where(span > 0, 1)
