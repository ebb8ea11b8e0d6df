"""Gradients of logits at the image: one pass forward for all classes, one backward for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor

from softcam_core.explain.live_bytes import LiveBytes
from softcam_core.explain.methods import MethodError
from softcam_core.explain.parts import Parts
from softcam_core.explain.pixels.input_graph import InputGraph
from softcam_core.explain.request import Request

LARGEST_CHUNK = 16
"""Images per pass at most: more are no faster, and a cancelled call would stop later."""

HELD = 3
"""What the process holds per byte of live tensors, at most.

Kernels have buffers of their own, and freed blocks between those of the graph fit no later tensor.
Measured: 2.6 for ResNet-50 at 224 px, whose many small masks split the heap, 1.6 for VGG-16.
"""


def class_gradients(
    parts: Parts, images: Tensor, indices: Sequence[int], graph: InputGraph | None = None
) -> Iterator[Tensor]:
    """Yield the gradient of each class's logit at the images, in the order of ``indices``.

    Args:
        parts: the model, in eval mode.
        images: (B, 3, H, W).
        indices: of the classes.
        graph: under which to run forward; a plain `InputGraph` by default.

    Yields:
        (B, 3, H, W). Images do not meet in the network, so each row is its own image's; it is NaN
        where the logit is no finite number.
    """
    # Convolutions are much quicker, both ways, where the channels of a pixel lie side by side.
    leaf = images.detach().clone(memory_format=torch.channels_last).requires_grad_()
    with torch.enable_grad():
        with graph or InputGraph():
            scores = parts.forward(leaf)
        sums = [scores[:, index].sum() for index in indices]
    # A ReLU lets no gradient through where it saw NaN: such a map would look like no evidence.
    wrong = ~scores.detach().isfinite()
    del scores
    for index in indices:
        total = sums.pop(0)
        (gradient,) = torch.autograd.grad(total, leaf, retain_graph=bool(sums))
        del total
        yield gradient.masked_fill(wrong[:, index, None, None, None], torch.nan)


def needs_digits(images: Tensor, method: str) -> None:
    """Refuse half precision, in which gradients through a whole network vanish.

    Raises:
        MethodError: the model, whose type the images have, is in float16 or bfloat16.
    """
    if images.dtype in (torch.float16, torch.bfloat16):
        name = str(images.dtype).removeprefix("torch.")
        raise MethodError(
            f"The method {method!r} needs a model in float32, and this one is in {name}; call "
            "model.float() first."
        )


def pixel_maps(request: Request) -> Tensor:
    """Return zeros for one map per image and class, (B, C, H, W), in float32 at least."""
    images = request.images
    shape = (len(images), len(request.indices), *images.shape[2:])
    dtype = torch.promote_types(images.dtype, torch.float32)
    return torch.zeros(shape, dtype=dtype, device=images.device)


def in_chunks(request: Request, total: int, run: Callable[[int, int], None]) -> None:
    """Run ``run(start, stop)`` over ``range(total)`` within ``request.memory``, with progress.

    The first pass takes one image, and all tensors that it makes are counted while they live. Each
    further pass takes as many images as fit in the memory at that rate, times `HELD`. One image is
    the least that a pass can take: it goes through also where it needs more than the memory.
    """
    request.check()
    with LiveBytes() as first:
        run(0, 1)
    request.progress(1, total)
    size = min(max(1, request.memory // max(1, HELD * first.peak)), LARGEST_CHUNK)
    for start in range(1, total, size):
        stop = min(start + size, total)
        run(start, stop)
        request.progress(stop, total)
