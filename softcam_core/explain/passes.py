"""Many forward passes of changed copies of one image, within a bound of memory.

What the methods that only look at logits share: how many images go through the network at once,
the buffer that they go from, and the logits that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from softcam_core.engines.state import one_comparison
from softcam_core.explain.request import Request

CPU_PIXELS = 8 * 224 * 224
"""Pixels per pass on a CPU: about where a pass of convolutional networks costs least per image.

Beyond it the first layers' outputs exceed the caches and the largest block that is used again.
"""
CPU_IMAGES = 32
GPU_IMAGES = 64


class AnyLayout(TorchFunctionMode):
    """Lets a network that asks for views of its tensors take them in any layout: same values."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Run one function of torch, or ``reshape`` for ``view``."""
        named = kwargs or {}
        asked = (*args[1:], *named.values())
        if func is Tensor.view and not any(isinstance(value, torch.dtype) for value in asked):
            return Tensor.reshape(args[0], *asked)
        return func(*args, **named)


def quick_number(image: Tensor) -> int:
    """Return how many images like this one (3, H, W) make a quick pass."""
    if image.device.type != "cpu":
        return GPU_IMAGES
    return max(1, min(CPU_IMAGES, round(CPU_PIXELS / image[0].numel())))


def quick_layout(batch: Tensor) -> Tensor:
    """Return a batch (n, 3, H, W) in the memory format that the network is quickest from.

    On a CPU channels-last input takes every convolution along, whatever the weights' layout.
    """
    on_cpu = batch.device.type == "cpu"
    return batch.contiguous(
        memory_format=torch.channels_last if on_cpu else torch.contiguous_format
    )


def changed_logits(
    request: Request,
    image: Tensor,
    copies: int,
    one: int,
    change: Callable[[Tensor, int], None],
    done: Callable[[int], None],
) -> Tensor:
    """Return the logits of changed copies of one image, for the classes asked for.

    A few copies are made and go through the network at a time. How many follows from
    ``request.memory``, which holds them, their masks and their activations; a single image is the
    least that can go through.

    Args:
        request: for its classes, engine and memory.
        image: (3, H, W).
        copies: how many.
        one: bytes that the network makes of one image.
        change: called with a batch (n, 3, H, W) and the number of the first copy in it: writes
            the copies; the batch has been used before, and holds anything.
        done: called with the number of copies done, after each pass.

    Returns:
        (copies, classes asked for).
    """
    rows, columns = image.shape[1:]
    size = image.element_size()
    # The copy, its mask, and the same again where an engine wants another layout.
    together = request.memory // max(1, one + 8 * rows * columns * size)
    count = max(1, min(together, quick_number(image), copies))
    buffer = quick_layout(image.new_empty((count, *image.shape)))
    scores = image.new_empty(copies, len(request.indices))
    with one_comparison():
        for start in range(0, copies, count):
            batch = buffer[: min(count, copies - start)]
            change(batch, start)
            with AnyLayout():
                logits = request.forward(batch)
            scores[start : start + len(batch)] = logits[:, request.indices]
            done(start + len(batch))
    return scores
