"""Stopping a run: all processes that share it stop after the same step."""

from __future__ import annotations

from collections.abc import Callable

import torch
from lightning_fabric import Fabric
from torch import distributed

from softcam_core.errors import CancelledError


class Halt:
    """Asks whether to stop; every process must ask at the same points."""

    def __init__(self, fabric: Fabric, cancelled: Callable[[], bool]) -> None:
        """Take who says so in this process, and the processes that share the run."""
        self._cancelled = cancelled
        self._together = fabric.world_size > 1
        # Through gloo also where gradients go through NCCL: nobody waits for the graphics card.
        self._group = distributed.new_group(backend="gloo") if self._together else None

    def check(self) -> None:
        """Leave the run when somebody asks for it, in any process.

        Raises:
            CancelledError: in every process.
        """
        asked = self._cancelled()
        if self._together:
            flag = torch.tensor([int(asked)])
            distributed.all_reduce(flag, group=self._group)
            asked = bool(flag.item())
        if asked:
            raise CancelledError
