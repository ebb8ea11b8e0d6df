"""How long a training will still take, from how long its epochs took."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

SURE = 5
"""Steps after which the first epoch's time can be told."""


class Clock:
    """Hears what happens in a run, and tells the time left."""

    def __init__(self, epochs: int = 0, now: Callable[[], float] = time.monotonic) -> None:
        """Follow a run of so many epochs; ``now`` tells the time in seconds."""
        self._now = now
        self._epochs = epochs
        self._seconds: list[float] = []
        self._begun: tuple[int, float, int] | None = None

    def step(self, stage: str, epoch: int, done: int) -> None:
        """Hear of a step of training."""
        if stage != "training":
            return
        if self._begun is None or self._begun[0] != epoch:
            self._begun = epoch, self._now(), done

    def epoch(self, row: dict[str, Any], epochs: int) -> None:
        """Hear of a finished epoch."""
        self._epochs = epochs
        seconds = float(row.get("seconds") or 0.0)
        if seconds > 0:
            self._seconds.append(seconds)

    def left(self, epoch: int, done: int, total: int) -> float | None:
        """Return the seconds left in the middle of an epoch; None while that is not known."""
        if not self._epochs:
            return None
        share = done / total if total else 0.0
        if self._seconds:
            recent = self._seconds[-5:]
            each = sum(recent) / len(recent)
        else:
            if self._begun is None or self._begun[0] != epoch or done - self._begun[2] < SURE:
                return None
            passed = self._now() - self._begun[1]
            each = passed / (done - self._begun[2]) * total
        return each * max(0.0, self._epochs - max(0, epoch - 1) - share)
