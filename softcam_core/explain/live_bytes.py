"""How many bytes of new tensors are alive at once, counted rather than guessed."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode


class LiveBytes(TorchDispatchMode):
    """Count the bytes of the tensors that this thread makes within the block, while they live.

    Views count once, and tensors from before the block not at all. What a kernel takes and gives
    back within one call is not seen.

    Attributes:
        now: bytes alive.
        peak: the most that were alive at once.
    """

    def __init__(self) -> None:
        """Start at zero."""
        cast(Any, super()).__init__()
        self.now = 0
        self.peak = 0
        self._known: dict[int, weakref.ref[torch.UntypedStorage]] = {}

    def __torch_dispatch__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Run one function of torch and look at what it made."""
        named = kwargs or {}
        for tensor in _tensors((args, named)):
            self._meet(tensor, new=False)
        result = func(*args, **named)
        for tensor in _tensors(result):
            self._meet(tensor, new=True)
        return result

    def _meet(self, tensor: Tensor, new: bool) -> None:
        storage = tensor.untyped_storage()
        key = storage._cdata
        if key in self._known:
            return
        size = storage.nbytes() if new else 0

        def forget(_: object) -> None:
            self._known.pop(key, None)
            self.now -= size

        # The wrapper of a storage lives as long as the storage itself.
        self._known[key] = weakref.ref(storage, forget)
        self.now += size
        self.peak = max(self.peak, self.now)


def _tensors(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tensors(item)
    elif isinstance(value, dict):
        yield from _tensors(tuple(value.values()))
