"""What a running training tells whoever watches it: the command line, or the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Note:
    """A sentence that the user should read."""

    text: str


@dataclass(frozen=True)
class Progress:
    """How far a stage (``images``, ``training``, ``validation``, ``limits``) is."""

    stage: str
    done: int
    total: int
    epoch: int = 0


@dataclass(frozen=True)
class EpochDone:
    """An epoch is finished and stored; ``row`` is its line of metrics.csv."""

    row: dict[str, Any]
    epochs: int


@dataclass(frozen=True)
class Watched:
    """The evidence of the watched validation images after an epoch is in ``path`` (npz)."""

    epoch: int
    path: Path


@dataclass(frozen=True)
class Finished:
    """The run is over; ``best`` is the row of the epoch that best.safetensors holds.

    ``reason`` says in one sentence why it ended before its last epoch, "" where it did not.
    """

    folder: Path
    best: dict[str, Any]
    reason: str = ""


Event = Note | Progress | EpochDone | Watched | Finished
