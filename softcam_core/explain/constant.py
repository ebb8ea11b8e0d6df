"""Parameters as constants of a graph: no gradients of weights, and nothing kept for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode


class _Constant(TorchFunctionMode):
    """Hands detached parameters to torch's functions, and some rows alone of a few of them."""

    def __init__(self, rows: Sequence[nn.Parameter], kept: Tensor | None) -> None:
        super().__init__()
        self._rows = rows
        self._kept = kept

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if not torch.is_grad_enabled():
            return func(*args, **(kwargs or {}))
        constants = {name: self._constant(value) for name, value in (kwargs or {}).items()}
        return func(*self._constant(args), **constants)

    def _constant(self, value: Any) -> Any:
        if isinstance(value, nn.Parameter):
            if self._kept is not None and any(value is row for row in self._rows):
                return value.detach()[self._kept]
            return value.detach()
        if type(value) in (tuple, list):
            return type(value)(self._constant(part) for part in value)
        return value


@contextmanager
def constant_parameters(
    rows: Sequence[nn.Parameter] = (), kept: Tensor | None = None
) -> Iterator[None]:
    """Let graphs made in this thread treat parameters as constants.

    The model is not touched, so other threads may use it meanwhile.

    Args:
        rows: parameters, (C, ..) or (C,), of the last layer.
        kept: indices of the rows that the layer shall have here; None for all.
    """
    with _Constant(rows, kept):
        yield
