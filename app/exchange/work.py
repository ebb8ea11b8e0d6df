"""A long task of a dialog in a thread: progress, cancel, one answer."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

from softcam_core.errors import CancelledError, SoftcamError

Progress = Callable[[int, int], None]
Task = Callable[[Progress, Callable[[], bool]], Any]
"""Takes what to call with (done, total) and what to ask whether to stop; returns the answer."""

_TELL_S = 0.05


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let Python look for no cycles meanwhile, nor later among what the block has made.

    A look through the million objects of a large file would hold up the window for a second;
    they go all the same when nobody refers to them any more.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


class Work(QObject):
    """One task under way; exactly one of `succeeded`, `failed` and `cancelled` ends it.

    `finished` comes after that one, when the thread has nothing more to say.
    """

    progressed = Signal(int, int)  # done, total
    succeeded = Signal(object)  # the task's answer
    failed = Signal(object)  # a SoftcamError
    cancelled = Signal()
    finished = Signal()

    def __init__(self, task: Task, parent: QObject | None = None) -> None:
        """Prepare; `start` begins."""
        super().__init__(parent)
        self._task = task
        self._told = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="exchange", daemon=True)

    def start(self) -> None:
        """Begin in a thread."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop at the next image."""
        self._stop.set()

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            with _without_collector():
                answer = self._task(self._tell, self._stop.is_set)
        except CancelledError:
            self.cancelled.emit()
        except SoftcamError as error:
            # Without the frames of this thread, which hold what belongs to it.
            self.failed.emit(error.with_traceback(None))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            text = self.tr("A file cannot be read or written ({0}).")
            self.failed.emit(SoftcamError(text.format(reason)))
        else:
            self.succeeded.emit(answer)
        self.finished.emit()

    def _tell(self, done: int, total: int) -> None:
        # Tasks that cannot be asked between two images stop here.
        if self._stop.is_set():
            raise CancelledError
        if monotonic() - self._told > _TELL_S or done == total:
            self._told = monotonic()
            self.progressed.emit(done, total)
