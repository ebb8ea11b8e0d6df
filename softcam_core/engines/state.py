"""Whether a model is still what it was."""

from __future__ import annotations

import weakref
from itertools import chain
from typing import Any

from torch import Tensor, nn


class State:
    """The modules and tensors of a model at one moment, without their contents.

    In-place changes of a tensor raise its version, under ``no_grad`` too (optimizers,
    ``load_state_dict``, ``copy_``); only writing through ``tensor.data`` does not.
    """

    def __init__(self, model: nn.Module) -> None:
        """Note what the model is made of.

        Raises:
            RuntimeError: a tensor was made in inference mode, where changes leave no trace.
        """
        self._parts: list[tuple[Any, int]] = [
            (weakref.ref(part), _version(part)) for part in _parts(model)
        ]

    def is_of(self, model: nn.Module) -> bool:
        """Return whether the model has the same parts still, unchanged."""
        now = list(_parts(model))
        return len(now) == len(self._parts) and all(
            reference() is part and version == _version(part)
            for part, (reference, version) in zip(now, self._parts, strict=True)
        )


def _parts(model: nn.Module) -> chain[Any]:
    return chain(model.modules(), model.parameters(), model.buffers())


def _version(part: Any) -> int:
    return int(part._version) if isinstance(part, Tensor) else 0
