"""Rounds go in turns, medians come from them, and memory is what a call takes."""

import subprocess
import sys

import pytest
import torch

from softcam_core.bench import measure
from softcam_core.bench.measure import alternate, extra_memory


def test_tasks_are_called_in_turns_after_one_call_each_to_warm_up() -> None:
    calls: list[str] = []
    tasks = {name: lambda name=name: calls.append(name) or name for name in "ab"}
    times, results = alternate(tasks, 2)
    assert calls[:6] == list("ababab")
    assert results == {"a": "a", "b": "b"}
    # Quick tasks get more rounds than asked for, and as many as each other.
    assert len(times["a"]) == len(times["b"]) == 2 * measure.MOST


def test_long_work_counts_its_first_call_and_stops_early(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setitem(measure.CLOCKS, "wall", lambda: now[0])

    def slow() -> None:
        now[0] += 70

    times, _ = alternate({"slow": slow, "slower": lambda: (slow(), slow())}, 5)
    assert times == {"slow": [70], "slower": [140]}


def test_time_is_what_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setitem(measure.CLOCKS, "processor", lambda: now[0])

    def work() -> None:
        now[0] += 1.5

    times, _ = alternate({"work": work}, 3, clock="processor")
    assert times == {"work": [1.5] * 3}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the high-water mark")
def test_extra_memory_is_the_peak_of_the_call_beyond_what_was_held() -> None:
    """In a fresh process, as it is used: 80 MB are held before, 40 MB for a moment, 8 MB stay."""
    code = """
import numpy as np, torch
from softcam_core.bench.measure import extra_memory
held = np.ones(10_000_000)
freed = np.ones(25_000_000); del freed
kept = []
def call():
    kept.append(np.ones(1_000_000))
    np.ones(5_000_000).sum()
print(extra_memory(call, torch.device("cpu")))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 46e6 <= int(done.stdout) <= 56e6


def test_a_system_that_does_not_tell_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_key: str) -> int:
        raise KeyError

    monkeypatch.setattr(measure, "_resident", nothing)
    assert extra_memory(lambda: None, torch.device("cpu")) is None
