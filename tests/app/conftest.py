"""What every test of the window gets: a state, a watch on the event loop, and a clean end."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qt_compat import qt_api
from shiboken6 import isValid

from app.state import ViewerState

BEAT_MS = 5
SCHEDSTAT = Path("/proc/thread-self/schedstat")
# Beside other test processes the window does not always get a core at once.
_CROWDED = os.environ.get("CI") or os.environ.get("PYTEST_XDIST_WORKER")
LONGEST_GAP_MS = 200.0 if _CROWDED else 100.0


@pytest.fixture
def state(qapp: QApplication) -> ViewerState:
    """A viewer state with nothing open."""
    return ViewerState()


class Heartbeat:
    """Measures for how long the event loop does not answer while a test waits in it.

    A test's own lines between two waits do not count: only what happens inside a loop that
    `qtbot` runs (`wait`, `waitUntil`, `waitSignal` ...). Nor does the time in which this thread
    was ready to run and the machine had no core for it, where the system tells (Linux).
    """

    def __init__(self) -> None:
        """Beat from now on."""
        self.longest_ms = 0.0
        self._last = 0.0
        self._waited = 0.0
        self._depth = 0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def run(self, loop: Any, *args: Any, **kwargs: Any) -> Any:
        """Run an event loop and measure it."""
        if self._depth == 0:
            self._last, self._waited = time.perf_counter(), waited_for_a_core()
        self._depth += 1
        try:
            return loop.exec(*args, **kwargs)
        finally:
            self._beat()
            self._depth -= 1

    def _beat(self) -> None:
        now, waited = time.perf_counter(), waited_for_a_core()
        if self._depth:
            gap = (now - self._last) - (waited - self._waited)
            self.longest_ms = max(self.longest_ms, gap * 1000)
        self._last, self._waited = now, waited


def waited_for_a_core() -> float:
    """Return for how many seconds this thread has been ready to run without a core so far."""
    try:
        return int(SCHEDSTAT.read_text().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


@pytest.fixture
def heartbeat(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heartbeat]:
    """Fail the test if the event loop stood still for longer than a user would forgive."""
    beat = Heartbeat()
    monkeypatch.setattr(qt_api, "exec", beat.run)
    yield beat
    beat.stop()
    assert beat.longest_ms <= LONGEST_GAP_MS, (
        f"the event loop stood still for {beat.longest_ms:.0f} ms; {LONGEST_GAP_MS:.0f} are allowed"
    )


@pytest.fixture(autouse=True)
def watch_the_loop(request: pytest.FixtureRequest) -> None:
    """Watch every test that waits in an event loop."""
    if "qtbot" in request.fixturenames:
        request.getfixturevalue("heartbeat")


@pytest.fixture(autouse=True)
def nothing_outlives_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test if a thread, a running timer or a window is still there after it."""
    with_qt = {"qtbot", "qapp", "state"} & set(request.fixturenames)
    if with_qt:
        request.getfixturevalue("qapp")
    threads = set(threading.enumerate())
    widgets = {id(w) for w in QApplication.topLevelWidgets()} if with_qt else set()
    timers = {id(t) for t in _running_timers()} if with_qt else set()
    yield
    left = [
        f"thread {thread.name}"
        for thread in threading.enumerate()
        # Python knows Qt's own threads as dummies; the pool is asked below.
        if thread not in threads and not isinstance(thread, threading._DummyThread)
    ]
    if with_qt:
        if not QThreadPool.globalInstance().waitForDone(2000):
            left.append("a job in the thread pool")
        left += _leftovers(widgets, timers)
        if left:
            gc.collect()
            left = [x for x in left if x.startswith(("thread", "a job"))]
            left += _leftovers(widgets, timers)
    assert not left, f"still there after the test: {', '.join(left)}"


def _leftovers(widgets: set[int], timers: set[int]) -> list[str]:
    """Name the windows and running timers that were not there before."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    new_widgets: list[QWidget] = [
        w for w in QApplication.topLevelWidgets() if id(w) not in widgets and isValid(w)
    ]
    new_timers = [t for t in _running_timers() if id(t) not in timers]
    return [f"widget {type(w).__name__} {w.objectName()!r}" for w in new_widgets] + [
        f"timer of {t.parent()!r}" for t in new_timers
    ]


def _running_timers() -> list[QTimer]:
    return [
        o for o in gc.get_objects() if issubclass(type(o), QTimer) and isValid(o) and o.isActive()
    ]
