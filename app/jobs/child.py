"""The child process: takes jobs by priority, works on one at a time, can be told to stop.

The first thread works, a second one reads, and others work on what takes minutes, a kind each, so
that a prediction or a live metric never waits for a Score-CAM. When the pipe ends, the window is
gone: the child removes what lies in shared memory and exits at once, whatever it was doing.
"""

from __future__ import annotations

import heapq
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from app import crash
from app.jobs.shared import Channel
from softcam_core.annotations.location import user_data_dir
from softcam_core.errors import CancelledError, SoftcamError

if TYPE_CHECKING:
    from app.jobs.work import Worker

FAULT_EXIT = 70
LONG_KINDS = (
    "explain",
    "case_report",
    "figure",
    "receptive_field",
    "agreement",
    "evaluation",
    "training_data",
    "training_time",
    "training_weights",
    "pause",
)
"""Kinds of jobs that take long, or must be heard meanwhile: each has a thread, and a queue."""


class JobQueue:
    """Jobs by priority, higher first, in the order they came within one priority."""

    def __init__(self) -> None:
        """Start empty."""
        self._heap: list[tuple[int, int, str, Any]] = []
        self._cancelled: set[int] = set()
        self._running: int | None = None
        self._changed = threading.Condition()

    def put(self, job: int, kind: str, payload: Any, priority: int) -> None:
        """Add a job; its number grows with every job."""
        with self._changed:
            heapq.heappush(self._heap, (-priority, job, kind, payload))
            self._changed.notify()

    def cancel(self, job: int) -> None:
        """Drop a waiting job, or have the running one stop at its next check."""
        with self._changed:
            kept = [entry for entry in self._heap if entry[1] != job]
            if len(kept) < len(self._heap):
                self._heap = kept
                heapq.heapify(self._heap)
            elif job == self._running:
                self._cancelled.add(job)

    def is_cancelled(self, job: int) -> bool:
        """Return whether the running job should stop."""
        return job in self._cancelled

    def get(self) -> tuple[int, str, Any]:
        """Wait for the next job and make it the running one."""
        with self._changed:
            self._running = None
            self._cancelled.clear()
            while not self._heap:
                self._changed.wait()
            _, job, kind, payload = heapq.heappop(self._heap)
            self._running = job
            return job, kind, payload


def main(
    connection: Connection, token: str, make_worker: Callable[[], Worker] | None = None
) -> None:
    """Serve the window until the pipe ends; ``make_worker`` stands in for torch in tests."""
    # Ctrl+C in a terminal reaches both processes; the window decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = Channel(connection, token, "c")
    quick = JobQueue()
    lanes = {kind: JobQueue() for kind in LONG_KINDS}
    threading.Thread(target=_read, args=(channel, quick, lanes), daemon=True).start()
    worker = (make_worker or _torch_worker)()
    channel.send(("ready", 0, (worker.device_text(), worker.devices())))
    for lane in lanes.values():
        threading.Thread(target=_work, args=(worker, channel, lane), daemon=True).start()
    _work(worker, channel, quick)


def _work(worker: Worker, channel: Channel, jobs: JobQueue) -> None:
    """Do the jobs of one queue, one after the other, until the process ends."""
    while True:
        job, kind, payload = jobs.get()
        _run(worker, channel, jobs, job, kind, payload)
        del payload


def _torch_worker() -> Worker:
    from app.jobs.work import Worker

    return Worker()


def _read(channel: Channel, quick: JobQueue, lanes: dict[str, JobQueue]) -> None:
    try:
        while True:
            kind, *content = channel.receive()
            if kind == "job":
                lanes.get(content[1], quick).put(*content)
            elif kind == "cancel":
                for queue in (quick, *lanes.values()):
                    queue.cancel(*content)
            else:
                raise EOFError(kind)
    except BaseException:
        # Reached when the window is gone, and for whatever else makes us deaf.
        channel.abandon()
        os._exit(0)


def _run(
    worker: Worker, channel: Channel, jobs: JobQueue, job: int, kind: str, payload: Any
) -> None:
    def progress(done: int, total: int, *more: Any) -> None:
        channel.send(("progress", job, (done, total, *more)))

    def cancelled() -> bool:
        return jobs.is_cancelled(job)

    try:
        channel.send(("done", job, worker.run(kind, payload, progress, cancelled)))
    except CancelledError:
        pass
    except SoftcamError as error:
        channel.send(("failed", job, str(error)))
    except MemoryError:
        channel.send(("failed", job, "There is not enough memory; close other programs or images."))
    except Exception as error:
        sentence, lost = worker.explain(error)
        with suppress(OSError):
            crash.record(user_data_dir() / "crash.log", type(error), error.__traceback__)
        channel.send(("failed", job, sentence))
        if lost:
            channel.flush()
            os._exit(FAULT_EXIT)
