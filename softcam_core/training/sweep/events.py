"""What a sweep tells whoever watches it, beside the events of its runs. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

from softcam_core.training.events import Event
from softcam_core.training.sweep.records import SweepRecord


@dataclass(frozen=True)
class SweepRun:
    """A run begins, or goes on; the events that follow are its own.

    Attributes:
        name: of its folder below ``runs``.
        number, total: place among the planned runs, from 1.
        epochs: that it is trained to now; less than the run's own number at an early rung.
        rung, rungs: of successive halving, from 1; 1 of 1 without it.
    """

    name: str
    number: int
    total: int
    epochs: int
    rung: int = 1
    rungs: int = 1


@dataclass(frozen=True)
class RunFailed:
    """A run's loss left the numbers: its value cannot be chosen, and the sweep goes on."""

    name: str
    reason: str


@dataclass(frozen=True)
class SweepFinished:
    """The lambdas are chosen; everything is written."""

    record: SweepRecord


SweepEvent = Event | SweepRun | RunFailed | SweepFinished
