"""A thousand changes of the case in view leave nothing behind: memory, threads, timers, hooks.

pytest -m benchmark -s tests/benchmarks/test_case_switches.py
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from processes import PROC, memory, threads
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

import app.main_window
from app.jobs.client import JobClient
from app.main_window import MainWindow
from app.settings import Settings

WARM_UP, SWITCHES = 200, 1000
ALLOWED = {"memory": 50 * 1024 * 1024, "tensors": 16}
"""Growth of what may vary; the child keeps the inputs of the last images."""

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not PROC.is_dir(), reason="only Linux tells it in /proc"),
]


def make_watched_worker() -> Any:
    """Import torch in the child alone."""
    sys.path.insert(0, str(Path(__file__).parent))
    return importlib.import_module("watched_worker").make()


@pytest.fixture
def window(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    client = partial(JobClient, make_worker=make_watched_worker)
    monkeypatch.setattr(app.main_window, "JobClient", client)
    window = MainWindow(Settings())
    window.resize(1366, 768)
    window.show()
    window.open_demo()
    until(window, lambda: len(window.state.models) == 5 and window.controller.settled())
    until(window, lambda: len(window.state.predictions) == len(window.state.cases), 180)
    yield window
    window.close()


def until(window: MainWindow, ready: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        QApplication.processEvents()
        time.sleep(0.001)
        assert time.monotonic() < end, "the window did not settle"


def rest(window: MainWindow, seconds: float) -> None:
    end = time.monotonic() + seconds
    until(window, lambda: time.monotonic() > end)


def holdings(window: MainWindow) -> dict[str, dict[str, int]]:
    """Return what the window and the process behind it hold, after a rest."""
    # The same case each time: what the docks show of it is the case's, not a leak.
    window.controller.select_case(window.state.cases[0].id)
    until(window, window.controller.settled)
    rest(window, 3)
    # Outside of an event loop Qt does not do by itself what was to be deleted later.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    answers: list[dict[str, int]] = []
    window.jobs.submit("holdings", {}, on_done=answers.append)
    until(window, lambda: bool(answers))
    pid = window.jobs.pid
    assert pid is not None
    ours = [o for o in gc.get_objects() if isinstance(o, QObject) and isValid(o)]
    return {
        "window": {
            "memory": memory(os.getpid()),
            "threads": threads(os.getpid()),
            "timers": sum(isinstance(o, QTimer) and o.isActive() for o in ours),
            "objects": len(window.findChildren(QObject)),
        },
        "behind": {"memory": memory(pid), **answers[0]},
    }


def test_a_thousand_case_switches_leave_nothing_behind(window: MainWindow) -> None:
    state, controller = window.state, window.controller
    assert len(state.panes) == 2
    ids = [case.id for case in state.cases]
    times = []

    def switch(number: int) -> None:
        start = time.perf_counter()
        controller.select_case(ids[number % len(ids)])
        until(window, controller.settled)
        times.append((time.perf_counter() - start) * 1000)

    for number in range(1, WARM_UP + 1):
        switch(number)
    before = holdings(window)
    times.clear()
    for number in range(WARM_UP + 1, WARM_UP + SWITCHES + 1):
        switch(number)
    after = holdings(window)
    print(
        f"\n{SWITCHES} case switches of {len(ids)} cases: median {median(times):.0f} ms, "
        f"95 % {quantiles(times, n=20)[-1]:.0f} ms until all is shown"
    )
    left = []
    for side in before:
        for name, count in before[side].items():
            grown = after[side][name] - count
            if name == "memory":
                print(f"{side}: {count / 2**20:.0f} MB, grown by {grown / 2**20:.1f} MB")
            else:
                print(f"{side}: {name} {count}, then {after[side][name]}")
            if grown > ALLOWED.get(name, 0):
                left.append(f"{name} {side}")
    assert not left, f"grown: {', '.join(left)}"
