"""The window's side of the child process: submit, follow, cancel, and survive its death."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import secrets
import sys
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from app.jobs import child
from app.jobs.shared import Channel

log = logging.getLogger(__name__)

LOST = "The background process ended unexpectedly while it worked on this; try again."
_RESTARTED = "The background process ended unexpectedly and was started again."
_GIVEN_UP = (
    "The background process ends each time it starts; predictions are off until the program is "
    "started again."
)
_MOST_DEATHS = 3
_ABANDONED: list[JobClient] = []
_ONE_AT_A_TIME = threading.Lock()
"""Held while a process is started or buried: starting one looks after all dead ones, and another
thread's `join` would then not learn that its own has died."""
START_PATIENCE = 2.0
"""Seconds that the program's end waits for a process that is being started."""
PATIENCE = 0.3
"""Seconds that a child has to end by itself."""
_FIRST = 1_000_000


@dataclass(eq=False)
class Job:
    """One piece of work under way."""

    id: int
    kind: str
    payload: dict[str, Any]
    priority: int
    client: JobClient = field(repr=False)
    on_done: Callable[[Any], None] | None = None
    on_failed: Callable[[str], None] | None = None
    on_progress: Callable[..., None] | None = None

    def cancel(self) -> None:
        """Stop it, waiting or running; none of its callbacks is called any more."""
        self.client.cancel(self)


class JobClient(QObject):
    """Runs jobs in a child process; callbacks come in the window's thread.

    Signals:
        ready: the child can work; the text names its device.
        crashed: the child died; one sentence. It is started again with its models.

    Attributes:
        devices: (id, text) of what can compute, once the child is ready.
        pid: the child's process id, None while there is none.
    """

    ready = Signal(str)
    crashed = Signal(str)
    _received = Signal(int, object)

    def __init__(
        self, parent: QObject | None = None, make_worker: Callable[[], Any] | None = None
    ) -> None:
        """Make a client; the child is not there before `start`."""
        super().__init__(parent)
        self.devices: list[tuple[str, str]] = []
        self._make_worker = make_worker
        self._jobs: dict[int, Job] = {}
        self._next = 0
        self._generation = 0
        self._deaths = 0
        self._gave_up = False
        self._models: dict[str, dict[str, Any]] = {}
        self._running = False
        self._channel: Channel | None = None
        self._orders: SimpleQueue[int | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closing = False
        self._child: tuple[BaseProcess, Channel] | None = None
        self.pid: int | None = None
        self._received.connect(self._handle, Qt.ConnectionType.QueuedConnection)
        # Starting a process, or even a thread, takes long on a busy machine: the window never
        # waits for it.
        self._server = threading.Thread(target=self._serve, name="jobs-server", daemon=True)
        self._server.start()

    def start(self) -> None:
        """Start the child; call it after the first paint. Jobs submitted before have waited."""
        if not self._running:
            self._running = True
            self._generation += 1
            self._orders.put(self._generation)

    def submit(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        priority: int = 0,
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
        on_progress: Callable[..., None] | None = None,
    ) -> Job:
        """Have the child do something; higher priorities first.

        ``payload`` and the arrays in it must not be changed afterwards.
        """
        job = Job(self._number(), kind, payload, priority, self, on_done, on_failed, on_progress)
        self._jobs[job.id] = job
        if self._gave_up:
            self._received.emit(self._generation, ("failed", job.id, _GIVEN_UP))
        self._send(job)
        return job

    def close(self) -> None:
        """End the child, within a second whatever it is doing. It cannot be started again."""
        self._let_go()
        self._orders.put(None)
        with self._lock:
            self._closing = True
            if self._child is not None:
                self._child[1].send(("stop",))
        self._server.join(PATIENCE)
        with self._lock:
            if self._child is not None:
                self._child[0].kill()
        self._server.join(1.0)

    def abandon(self) -> None:
        """End the child at once and do not wait for it.

        The client itself stays until the program ends: its thread may be the last to let go of it,
        and what Qt still has for it to hear must not find it gone.
        """
        self._let_go()
        self.setParent(QCoreApplication.instance())
        _ABANDONED.append(self)
        with self._lock:
            self._closing = True
            if self._child is not None:
                self._child[0].kill()
            self._orders.put(None)

    def _let_go(self) -> None:
        self._jobs.clear()
        self._generation += 1
        self._channel = None
        self.pid = None

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _send(self, job: Job) -> None:
        if self._channel is not None:
            self._channel.send(("job", job.id, job.kind, job.payload, job.priority))

    def cancel(self, job: Job) -> None:
        """Stop a job; see `Job.cancel`."""
        if self._jobs.pop(job.id, None) is not None and self._channel is not None:
            self._channel.send(("cancel", job.id))

    def _serve(self) -> None:
        """Start a child for each order and hand on what it says, until it is gone."""
        # The signal raises RuntimeError where the client was deleted meanwhile.
        with suppress(RuntimeError):
            while (generation := self._orders.get()) is not None:
                process, channel = _spawn(self._make_worker)
                with self._lock:
                    self._child = process, channel
                    if self._closing:
                        process.kill()
                self._received.emit(generation, ("up", process.pid, channel))
                with suppress(EOFError):
                    while True:
                        self._received.emit(generation, channel.receive())
                channel.abandon()
                with self._lock, _ONE_AT_A_TIME:
                    self._child = None
                    process.kill()
                    # Not closed: at the program's end multiprocessing waits for it as well.
                    process.join()
                self._received.emit(generation, ("lost", 0, None))

    @Slot(int, object)
    def _handle(self, generation: int, message: tuple[str, int, Any]) -> None:
        if generation != self._generation:
            return
        kind, number, content = message
        if kind == "up":
            self.pid, self._channel = number, content
            for payload in self._models.values():
                self._send(Job(self._number(), "load_model", payload, _FIRST, self))
            for waiting in self._jobs.values():
                self._send(waiting)
        elif kind == "lost":
            self._recover()
        elif kind == "ready":
            text, self.devices = content
            self.ready.emit(text)
        elif kind == "progress":
            job = self._jobs.get(number)
            if job is not None and job.on_progress is not None:
                job.on_progress(*content)
        else:
            self._finish(kind, number, content)

    def _finish(self, kind: str, number: int, content: Any) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        if kind == "done":
            self._deaths = 0
            if job.kind == "load_model":
                # A copy of a loaded file may go; the first file comes back after a crash.
                known = self._models.setdefault(content["id"], job.payload)
                if known["path"] == job.payload["path"]:
                    self._models[content["id"]] = job.payload
            elif job.kind == "unload_model":
                self._models.pop(job.payload["model"], None)
            if job.on_done is not None:
                job.on_done(content)
        elif job.on_failed is not None:
            job.on_failed(content)

    def _recover(self) -> None:
        log.warning("the background process ended")
        self._running = False
        self._channel = None
        self.pid = None
        lost, self._jobs = self._jobs, {}
        self._deaths += 1
        self._gave_up = self._deaths >= _MOST_DEATHS
        if not self._gave_up:
            self.start()
        self.crashed.emit(_GIVEN_UP if self._gave_up else _RESTARTED)
        for job in lost.values():
            if job.on_failed is not None:
                job.on_failed(_GIVEN_UP if self._gave_up else LOST)


def _spawn(make_worker: Callable[[], Any] | None) -> tuple[BaseProcess, Channel]:
    """Start a child and return it with our end of the pipe."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=True)
    # Short: macOS allows 31 characters for a name in shared memory.
    token = f"{os.getpid():x}-{secrets.token_hex(3)}-"
    process = context.Process(
        target=child.main, args=(theirs, token, make_worker), name="softcam-jobs", daemon=True
    )
    with _ONE_AT_A_TIME, _no_main_module():
        process.start()
    theirs.close()
    return process, Channel(ours, token, "p")


def _finish_starting() -> None:
    """Let a child that is being started hear what it is for before the program ends."""
    if _ONE_AT_A_TIME.acquire(timeout=START_PATIENCE):
        _ONE_AT_A_TIME.release()


atexit.register(_finish_starting)


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Keep the child from importing the program's main module again, and with it Qt."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
