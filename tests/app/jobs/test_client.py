"""The client and its child: order, cancel, crashes, arrays, and a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.jobs.client import JobClient
from softcam_core.annotations.location import user_data_dir


def test_a_job_submitted_before_the_start_waits_for_it(client: JobClient, qtbot: Any) -> None:
    results: list[Any] = []
    client.submit("echo", {"a": 1}, on_done=results.append)
    qtbot.wait(20)
    assert not results
    assert client.pid is None
    with qtbot.waitSignal(client.ready, timeout=20_000) as ready:
        client.start()
    qtbot.waitUntil(lambda: bool(results))
    assert results == [{"a": 1}]
    assert ready.args == ["fake device"]


def test_the_child_imports_neither_qt_nor_the_main_module(client: JobClient, finish: Any) -> None:
    client.start()
    names = ["PySide6", "PySide6.QtCore", "pytest", "torch"]
    assert finish(client, "imported", {"names": names}) == []


@pytest.mark.parametrize("size", [10, 200_000, 40_000_000])
def test_arrays_come_back_as_they_went(client: JobClient, finish: Any, size: int) -> None:
    client.start()
    array = np.arange(size, dtype=np.uint8)
    back = finish(client, "echo", {"deep": [{"array": array, "other": array[: size // 2] + 1}]})
    assert np.array_equal(back["deep"][0]["array"], array)
    assert np.array_equal(back["deep"][0]["other"], array[: size // 2] + 1)
    back["deep"][0]["array"][0] = 7  # Its own memory, and writable.


def test_higher_priorities_come_first_and_equal_ones_in_order(
    client: JobClient, finish: Any
) -> None:
    client.start()
    client.submit("sleep", {"steps": 30})
    for name, priority in [("a", 0), ("b", 0), ("c", 5), ("d", -5), ("e", 0)]:
        client.submit("echo", {"name": name}, priority=priority)
    results: list[Any] = []
    client.submit("order", {}, priority=-9, on_done=results.append)
    assert finish(client, "models") == []
    while not results:
        finish(client, "models")
    assert results[0] == ["c", "a", "b", "e", "d"]


def test_cancel_stops_the_running_job_and_drops_a_waiting_one(
    client: JobClient, finish: Any, qtbot: Any
) -> None:
    client.start()
    called: list[Any] = []
    steps: list[int] = []
    running = client.submit(
        "sleep",
        {"steps": 1000},
        on_done=called.append,
        on_failed=called.append,
        on_progress=lambda done, total: steps.append(done),
    )
    waiting = client.submit("echo", {"name": "never"}, on_done=called.append)
    qtbot.waitUntil(lambda: len(steps) > 2, timeout=20_000)
    started = time.monotonic()
    waiting.cancel()
    running.cancel()
    assert finish(client, "order") == ["cancelled"]
    assert time.monotonic() - started < 1
    assert not called


def test_a_slow_job_keeps_no_quick_one_waiting(client: JobClient, qtbot: Any) -> None:
    said: list[str] = []
    client.start()
    with qtbot.waitSignal(client.ready, timeout=20_000):
        pass
    slow = client.submit(
        "explain", {"steps": 5000}, priority=9, on_done=lambda _: said.append("slow")
    )
    other = client.submit("explain", {"steps": 1}, on_done=lambda _: said.append("other"))
    for _ in range(3):
        client.submit("echo", {}, on_done=lambda _: said.append("quick"))
    qtbot.waitUntil(lambda: len(said) == 3, timeout=20_000)
    assert said == ["quick"] * 3
    slow.cancel()
    qtbot.waitUntil(lambda: "other" in said, timeout=20_000)
    assert other.id > slow.id
    assert "slow" not in said


def test_failures_are_one_sentence(client: JobClient, finish: Any, capfd: Any) -> None:
    client.start()
    assert finish(client, "mistake") == "One sentence."
    assert finish(client, "bug") == "Unexpected KeyError."
    assert capfd.readouterr().err == ""
    logged = (user_data_dir() / "crash.log").read_text("utf-8")
    assert "KeyError" in logged
    assert "fake_worker.py" in logged
    assert "patient" not in logged


def test_a_fault_that_spoils_the_process_fails_the_job_and_brings_a_new_child(
    client: JobClient, finish: Any, qtbot: Any
) -> None:
    client.start()
    finish(client, "load_model", {"path": "a"})
    first = client.pid
    with qtbot.waitSignal(client.crashed, timeout=10_000):
        assert finish(client, "fault") == "Unexpected OSError."
    assert finish(client, "models") == ["a"]
    assert client.pid != first


def test_a_killed_child_fails_its_jobs_and_the_next_child_has_the_models(
    client: JobClient, finish: Any, qtbot: Any
) -> None:
    client.start()
    finish(client, "load_model", {"path": "a"})
    finish(client, "load_model", {"path": "b"})
    steps: list[int] = []
    failed: list[str] = []
    client.submit(
        "sleep",
        {"steps": 10_000, "array": np.zeros(1_000_000)},
        on_failed=failed.append,
        on_progress=lambda done, total: steps.append(done),
    )
    client.submit("echo", {"array": np.zeros(1_000_000)}, on_failed=failed.append)
    qtbot.waitUntil(lambda: bool(steps), timeout=20_000)
    first = client.pid
    assert first is not None
    with qtbot.waitSignal(client.crashed, timeout=5000) as crashed:
        os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: len(failed) == 2)
    assert all(sentence.count(".") == 1 for sentence in [*failed, *crashed.args])
    qtbot.waitUntil(lambda: client.pid not in (None, first), timeout=20_000)
    assert finish(client, "models") == ["a", "b"]


def test_a_child_that_dies_each_time_is_given_up(
    client: JobClient, finish: Any, qtbot: Any
) -> None:
    said: list[str] = []
    client.crashed.connect(said.append)
    client.start()
    for _ in range(2):
        assert "ended unexpectedly" in finish(client, "die")
    assert "off until" in finish(client, "die")
    assert "off until" in said[-1]
    assert client.pid is None
    assert "off until" in finish(client, "echo")


def test_close_is_quick_even_in_the_middle_of_a_job(client: JobClient, qtbot: Any) -> None:
    client.start()
    steps: list[int] = []
    client.submit("sleep", {"steps": 10_000}, on_progress=lambda done, total: steps.append(done))
    qtbot.waitUntil(lambda: bool(steps), timeout=20_000)
    pid = client.pid
    assert pid is not None
    started = time.monotonic()
    client.close()
    assert time.monotonic() - started < 1
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_clients_that_are_given_up_one_after_another_leave_nothing_behind(tmp_path: Path) -> None:
    """In a process of its own, since what goes wrong here is a crash of the process."""
    code = """
import random, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.jobs.client import JobClient
from worker import Counting

app, rounds = QApplication([]), iter(range(30))
def once():
    if next(rounds, None) is None:
        return app.quit()
    client = JobClient(make_worker=Counting)
    gone = []
    def end(*_):
        if not gone:
            gone.append(True)
            client.abandon()
            QTimer.singleShot(0, once)
    client.submit("count", {"n": 300}, on_done=end, on_failed=end, on_progress=lambda *_: None)
    client.start()
    QTimer.singleShot(random.choice([0, 150, 300, 450]), end)
once()
app.exec()
"""
    (tmp_path / "worker.py").write_text(
        "class Counting:\n"
        "    def run(self, kind, payload, progress, cancelled):\n"
        "        for n in range(payload['n']): progress(n, payload['n'])\n"
        "        return {}\n"
        "    def device_text(self): return ''\n"
        "    def devices(self): return []\n"
        "    def explain(self, error): return str(error), False\n"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", code],
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{tmp_path}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
