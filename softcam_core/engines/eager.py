"""PyTorch as it is: the engine that the others are measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, cast

import torch
from torch import Tensor, nn

from softcam_core.engines.names import EngineError
from softcam_core.engines.outputs import as_output, run
from softcam_core.models.evaluating import evaluating
from softcam_core.models.softcam import ModelOutput

_DTYPES = {"bf16": torch.bfloat16, "16": torch.float16}


@contextmanager
def autocast(device: torch.device, precision: str) -> Iterator[None]:
    """Compute convolutions and linear layers of the block in a precision of `PRECISIONS`.

    float32 is full float32: TF32 on NVIDIA cards, which keeps 10 bits, stays as
    ``torch.backends`` has it, and torch has it off for matrix products and on for convolutions.

    Raises:
        EngineError: this torch has no such arithmetic on the device.
    """
    if precision == "32":
        with torch.autocast(device.type, enabled=False):
            yield
        return
    dtype = _DTYPES[precision]
    if not _computes(device, dtype):
        raise EngineError(
            f"The precision {precision} is not available on {device.type} in this PyTorch; choose "
            "another one."
        )
    with torch.autocast(device.type, dtype=dtype):
        yield


def _computes(device: torch.device, dtype: torch.dtype) -> bool:
    if device.type == "cuda":
        return dtype != torch.bfloat16 or torch.cuda.is_bf16_supported()
    try:
        torch.nn.functional.conv2d(
            torch.ones(1, 1, 1, 1, dtype=dtype, device=device),
            torch.ones(1, 1, 1, 1, dtype=dtype, device=device),
        )
    except RuntimeError:
        return False
    return True


class EagerEngine:
    """`Engine` by PyTorch itself: in float32 its numbers are those of ``model(x)``.

    Attributes:
        name: ``torch``, or ``torch (compiled)``.
        precision: one of `PRECISIONS`.
    """

    def __init__(self, model: nn.Module, precision: str, compile: bool = False) -> None:
        """Keep a model; nothing is computed yet."""
        self.precision = precision
        self.name = "torch (compiled)" if compile else "torch"
        self._model = model
        self._compiled = compile

    @cached_property
    def _run(self) -> Callable[[nn.Module, Tensor, bool], Any]:
        # What ``torch.compile`` makes follows changes of the weights by itself.
        return cast(Any, torch.compile(run)) if self._compiled else run

    def output(self, x: Tensor) -> ModelOutput:
        """Return logits and evidence of x (B, 3, H, W)."""
        return self.compute(x, only_logits=False)

    def logits(self, x: Tensor) -> Tensor:
        """Return the logits (B, C) of x (B, 3, H, W)."""
        return self.compute(x, only_logits=True).logits

    def compute(self, x: Tensor, only_logits: bool) -> ModelOutput:
        """Do what `output` does, or no more than `logits` needs."""
        sample = next(self._model.parameters(), x)
        with (
            torch.inference_mode(False),
            torch.no_grad(),
            evaluating(self._model),
            autocast(sample.device, self.precision),
        ):
            try:
                returned = self._run(self._model, x.to(sample), only_logits)
            except RuntimeError as error:
                if not self._compiled or not _of_the_compiler(error):
                    raise
                reason = str(error).strip().splitlines()[0]
                raise EngineError(
                    f"torch.compile cannot compile this model here ({reason}); leave it off."
                ) from error
        return as_output(returned, x.device)


def _of_the_compiler(error: BaseException) -> bool:
    return type(error).__module__.startswith(("torch._dynamo", "torch._inductor"))
