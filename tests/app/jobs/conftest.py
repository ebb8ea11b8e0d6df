"""A client whose child holds a worker without torch."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.jobs.client import JobClient

sys.path.insert(0, str(Path(__file__).parent))
from fake_worker import FakeWorker

SHM = Path("/dev/shm")


def segments(pid: int) -> set[str]:
    """Names of the shared memory segments of a window and its child."""
    return {p.name for p in SHM.glob(f"sc{pid:x}-*")}


@pytest.fixture
def client(qtbot: Any) -> Iterator[JobClient]:
    client = JobClient(make_worker=FakeWorker)
    yield client
    client.close()
    assert not segments(os.getpid())


@pytest.fixture
def finish(qtbot: Any) -> Callable[..., Any]:
    """Submit a job and wait for its result; a failure's sentence comes back as a str."""

    def finish(client: JobClient, kind: str, payload: dict[str, Any] | None = None) -> Any:
        results: list[Any] = []
        client.submit(kind, payload or {}, on_done=results.append, on_failed=results.append)
        qtbot.waitUntil(lambda: bool(results), timeout=20_000)
        return results[0]

    return finish


def wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll without an event loop."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()
