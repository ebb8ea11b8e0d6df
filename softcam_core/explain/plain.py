"""Whether a module does what its class says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

_LIBRARIES = ("torch.nn.modules.", "torchvision.", "softcam_core.")


class Listener:
    """A forward hook that stands for one pass of ours; for `has_own_code` it is not there."""

    def __init__(self, hear: Callable[[Any], Tensor | None]) -> None:
        """Keep what is called with the output of a module, and may return another."""
        self._hear = hear

    def __call__(self, _module: nn.Module, _inputs: Any, out: Any) -> Tensor | None:
        """Take part in a pass."""
        return self._hear(out)


def has_own_code(module: nn.Module) -> bool:
    """Whether hooks, or a method replaced on this instance, may change what a call of it does.

    Of its own children nothing is said.
    """
    hooks = [*module._forward_pre_hooks.values(), *module._forward_hooks.values()]
    if any(not isinstance(hook, Listener) for hook in hooks):
        return True
    return any(callable(getattr(type(module), name, None)) for name in list(vars(module)))


def is_plain(module: nn.Module) -> bool:
    """Whether a module is of a library's class, not one derived from it, and has no own code.

    Parametrised modules (weight norm ..) are of a class made for them, and so not plain; pruned
    ones have a hook.
    """
    kind = f"{type(module).__module__}."
    return kind.startswith(_LIBRARIES) and not has_own_code(module)
