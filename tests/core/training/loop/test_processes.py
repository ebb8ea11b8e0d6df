"""What the first process does for all, without processes: two threads that broadcast by hand."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue
from typing import Any

import pytest

from softcam_core.errors import ConfigError
from softcam_core.training.loop.processes import by_first


class Process:
    """What `by_first` needs of Fabric: a rank, and a broadcast that waits for the first one."""

    world_size = 2

    def __init__(self, rank: int, wire: "Queue[Any]") -> None:
        self.is_global_zero, self._wire = rank == 0, wire

    def broadcast(self, value: Any) -> Any:
        if self.is_global_zero:
            self._wire.put(value)
            return value
        return self._wire.get(timeout=10)


def together(work: Callable[[int], Any]) -> list["Future[Any]"]:
    """Let both processes do something by the first one; return how it ends in each."""
    wire: Queue[Any] = Queue()
    with ThreadPoolExecutor(2) as pool:
        return [
            pool.submit(by_first, Process(rank, wire), lambda rank=rank: work(rank))
            for rank in (0, 1)
        ]


def test_the_first_process_works_and_all_have_its_result() -> None:
    asked = []
    found = together(lambda rank: asked.append(rank) or "done")
    assert [one.result() for one in found] == ["done", "done"]
    assert asked == [0]


def test_an_error_of_the_first_process_ends_all_of_them() -> None:
    def fail(_rank: int) -> None:
        raise ConfigError("The checkpoint is damaged.")

    for one in together(fail):
        with pytest.raises(ConfigError, match="is damaged"):
            one.result()
