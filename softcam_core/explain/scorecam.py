"""Score-CAM: the feature maps weighed by the logits of the image seen through each of them.

Wang et al. 2020, "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks",
in the order of operations of torchcam: each channel is scaled to [0, 1] on its own grid, then
upsampled. The logit of a baseline image, which the paper subtracts, cancels in the softmax.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import interpolate

from softcam_core.explain.live_bytes import LiveBytes
from softcam_core.explain.passes import changed_logits
from softcam_core.explain.request import Request


def scorecam(request: Request, *, signed: bool = False) -> Tensor:
    """Score-CAM of all classes from one set of passes.

    Every distinct mask is one image through the network, whatever the number of classes: channels
    that are constant, and so hide everything, share one, and so do others whose masks are equal.
    Masks are upsampled as they are needed; how many together follows from ``request.memory`` and
    from the bytes that the pass of the features was seen to take.

    Args:
        request: what to explain.
        signed: leave out the final ReLU.

    Returns:
        (B, C, h, w).
    """
    total = len(request.images)
    request.check()
    maps = []
    for number, image in enumerate(request.images):
        with LiveBytes() as seen:
            z = request.parts.grids(request.parts.features(image[None]))[0].to(image.dtype)
        masks, which = torch.unique(scale(z), dim=0, return_inverse=True)
        weights = _weights(request, image, masks, which, seen.peak, number * len(z), total * len(z))
        maps.append(torch.einsum("dc,dhw->chw", weights, z))
    stacked = torch.stack(maps)
    return stacked if signed else stacked.relu_()


def scale(z: Tensor) -> Tensor:
    """Return each channel of z (D, h, w) brought to [0, 1]; a constant one becomes 0."""
    low = z.amin(dim=(1, 2), keepdim=True)
    span = z.amax(dim=(1, 2), keepdim=True) - low
    return (z - low) / span.where(span > 0, 1)


def _weights(
    request: Request,
    image: Tensor,
    masks: Tensor,
    which: Tensor,
    one: int,
    before: int,
    total: int,
) -> Tensor:
    """Return the weight (D, C) of each channel for each class.

    Args:
        request: what to explain.
        image: (3, H, W).
        masks: the distinct ones, (n, h, w).
        which: the mask of each channel, (D,).
        one: bytes that one image takes in the network.
        before: channels of the images done.
        total: channels of all images, in which progress is told.
    """

    def look_through(batch: Tensor, start: int) -> None:
        grids = masks[start : start + len(batch), None]
        large = interpolate(grids, size=image.shape[1:], mode="bilinear", align_corners=False)
        torch.mul(large, image, out=batch)

    def done(passes: int) -> None:
        request.progress(before + len(which) * passes // len(masks), total)

    scores = changed_logits(request, image, len(masks), one, look_through, done)
    return scores[which].softmax(dim=0)
