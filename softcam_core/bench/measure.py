"""Clocks and high-water marks."""

from __future__ import annotations

import contextlib
import ctypes
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import torch

Result = TypeVar("Result")

LONG_S = 20.0
"""A first call as long as this needs no warming up: it counts."""
ENOUGH_S = 120.0
"""No further round after this time."""
SHORT_S = 2.0
"""Rounds go on until they have taken this long, up to `MOST` times as many as asked for."""
MOST = 5

CLOCKS: dict[str, Callable[[], float]] = {
    "wall": time.perf_counter,
    "processor": time.process_time,
}
"""``processor`` counts what all threads have worked: with one thread it is steadier than ``wall``
on a machine that is busy with other things."""


def alternate(
    tasks: Mapping[str, Callable[[], Result]],
    repeats: int,
    *,
    clock: str = "wall",
    device: torch.device | None = None,
) -> tuple[dict[str, list[float]], dict[str, Result]]:
    """Time tasks in turn, so that what else the machine does meets all of them alike.

    Each is called once before, to warm up; a first call longer than `LONG_S` counts instead.

    Returns:
        Seconds per round of each task, and what its first call returned.
    """
    now = CLOCKS[clock]

    def timed(task: Callable[[], Result]) -> tuple[float, Result]:
        _synchronize(device)
        start = now()
        result = task()
        _synchronize(device)
        return now() - start, result

    firsts = {name: timed(task) for name, task in tasks.items()}
    long = any(seconds > LONG_S for seconds, _ in firsts.values())
    times = {name: [seconds] if long else [] for name, (seconds, _) in firsts.items()}
    spent, rounds = sum(sum(column) for column in times.values()), int(long)
    while rounds < repeats or (spent < SHORT_S and rounds < MOST * repeats):
        if rounds and spent > ENOUGH_S:
            break
        for name, task in tasks.items():
            seconds, _ = timed(task)
            times[name].append(seconds)
            spent += seconds
        rounds += 1
    return times, {name: result for name, (_, result) in firsts.items()}


def extra_memory(task: Callable[[], object], device: torch.device) -> int | None:
    """Return the bytes that a call holds at most beyond what was held before it.

    On the CPU that is the resident memory of this process, which should be a fresh one: memory
    that earlier work has freed, but not given back, would hide what the task needs. None where the
    system does not tell (it does on Linux).
    """
    if device.type == "cuda":
        torch.cuda.synchronize(device)
        torch.cuda.reset_peak_memory_stats(device)
        before = torch.cuda.memory_allocated(device)
        task()
        torch.cuda.synchronize(device)
        return torch.cuda.max_memory_allocated(device) - before
    _give_back()
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the mark starts again from here
        before = _resident("VmRSS")
    except (OSError, KeyError):
        return None
    task()
    return max(0, _resident("VmHWM") - before)


def _resident(key: str) -> int:
    """Return bytes of an entry of this process's status; KeyError if it is not there."""
    lines = Path("/proc/self/status").read_text().splitlines()
    entries = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(entries[key].split()[0]) * 1024


def _give_back() -> None:
    """Hand freed memory back to the system, so that it does not hide what a call takes."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)  # glibc


def _synchronize(device: torch.device | None) -> None:
    if device is not None and device.type == "cuda":
        torch.cuda.synchronize(device)
