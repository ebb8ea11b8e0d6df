"""Eval mode for a while: the model is left as it was found, also when threads share it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from torch import nn


@dataclass
class _Use:
    """Blocks that a model is in, and the modules that were training before the first of them."""

    blocks: int
    training: list[nn.Module]


_LOCK = Lock()
_IN_USE: WeakKeyDictionary[nn.Module, _Use] = WeakKeyDictionary()


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Put a model in eval mode for the block, and every part of it back afterwards.

    Several threads may be in such a block with one model: it stays in eval mode until the last of
    them leaves.
    """
    with _LOCK:
        use = _IN_USE.get(model)
        if use is None:
            use = _Use(0, [module for module in model.modules() if module.training])
            if use.training:
                model.eval()
            _IN_USE[model] = use
        use.blocks += 1
    try:
        yield
    finally:
        with _LOCK:
            use.blocks -= 1
            if use.blocks == 0:
                del _IN_USE[model]
                for module in use.training:
                    module.training = True
