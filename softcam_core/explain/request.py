"""What a method is asked to do: the model in parts, the images, the classes, and the limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from softcam_core.errors import CancelledError
from softcam_core.explain.parts import Parts

MEBIBYTE = 2**20


@dataclass(frozen=True)
class Request:
    """One call of `attribute`, as a method sees it.

    Methods run under ``no_grad`` with the model in eval mode, and enable gradients where they need
    them; they take gradients with `torch.autograd.grad`, never with ``backward``, so that no
    parameter ever holds one.

    Attributes:
        parts: the model taken apart.
        images: (B, 3, H, W) on the model's device, in its type.
        indices: the classes asked for.
        forward: images -> logits (B, C of all classes), without gradients, by the engine chosen;
            for methods that only look at logits.
        memory: bytes that a method may hold beyond the model and one pass of one image; it sets
            the size of its chunks by it.
        on_progress: called with (steps done, steps in all).
        cancelled: whether to stop.
    """

    parts: Parts
    images: Tensor
    indices: list[int]
    forward: Callable[[Tensor], Tensor]
    memory: int = 256 * MEBIBYTE
    on_progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def check(self) -> None:
        """Stop here if the caller wants no more.

        Raises:
            CancelledError: ``cancelled()`` said so.
        """
        if self.cancelled is not None and self.cancelled():
            raise CancelledError

    def progress(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` steps are behind, and `check`."""
        if self.on_progress is not None:
            self.on_progress(done, total)
        self.check()
