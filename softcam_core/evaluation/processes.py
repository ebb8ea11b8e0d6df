"""Which of several processes this is: alone, or one of torchrun's, on one machine or many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from lightning_fabric import Fabric


class Processes:
    """This process among those that share an evaluation.

    Attributes:
        rank: its number; 0 writes what is made of all results.
        count: how many there are.
        device: that it computes on, as text.
    """

    def __init__(self, device: str) -> None:
        """Join the other processes, if torchrun started this one; ``device`` is the wish."""
        self._fabric: Fabric | None = None
        self.rank, self.count, self.device = 0, 1, device
        if "LOCAL_WORLD_SIZE" not in os.environ or int(os.environ.get("WORLD_SIZE", "1")) < 2:
            return
        from softcam_core.models.device import resolve_device

        kind = "cuda" if resolve_device(device).type == "cuda" else "cpu"
        local = int(os.environ["LOCAL_WORLD_SIZE"])
        nodes = int(os.environ["WORLD_SIZE"]) // local
        self._fabric = Fabric(accelerator=kind, devices=local, num_nodes=nodes)
        self._fabric.launch()
        self.rank, self.count = self._fabric.global_rank, self._fabric.world_size
        self.device = str(self._fabric.device)

    def share(self, indices: Sequence[int]) -> list[int]:
        """Return the part of the work that is this process's."""
        return list(indices[self.rank :: self.count])

    def wait(self) -> None:
        """Wait for the others."""
        if self._fabric is not None:
            self._fabric.barrier()

    def first(self) -> AbstractContextManager[Any]:
        """Let process 0 do the block before the others do."""
        if self._fabric is None:
            return nullcontext()
        return self._fabric.rank_zero_first()
