"""The child's own worker that also tells what it holds; imported in the child."""

from __future__ import annotations

import gc
import threading
from typing import Any

from app.jobs.work import Worker


class WatchedWorker(Worker):
    """Answers the job ``holdings`` with counts of what must not grow."""

    def __init__(self) -> None:
        """Add the job."""
        super().__init__()
        self._kinds["holdings"] = lambda *_: self._holdings()

    def _holdings(self) -> dict[str, int]:
        import torch

        gc.collect()
        modules = [m for model in self._models.values() for m in model.modules()]
        hooks = sum(
            len(value)
            for module in modules
            for name, value in vars(module).items()
            if "_hooks" in name and isinstance(value, dict)
        )
        gradients = sum(
            value.grad is not None
            for model in self._models.values()
            for value in model.parameters()
        )
        tensors = sum(issubclass(type(found), torch.Tensor) for found in gc.get_objects())
        return {
            "forward hooks": hooks,
            "gradients": gradients,
            "threads": threading.active_count(),
            "tensors": tensors,
        }


def make() -> Any:
    """Return one, in the child."""
    return WatchedWorker()
