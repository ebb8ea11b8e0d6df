"""Makes a figure: the child draws it, then a thread writes the file and its caption."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.exchange.work import Progress, Work
from app.jobs.client import Job, JobClient
from softcam_core.errors import SoftcamError

KIND = "figure"
PRIORITY = 5
SURE_AFTER_S = 2.0
"""For so long maps are computed before the time left is estimated."""


class FigureRun(QObject):
    """One figure under way; exactly one of `written`, `failed` and `cancelled` ends it.

    Signals:
        progressed: steps done, steps in all, seconds left (None while that is not known).
        written: the path, and sentences on what could not be shown.
        failed: one sentence.
        cancelled: nothing was written.
    """

    progressed = Signal(int, int, object)
    written = Signal(Path, list)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        jobs: JobClient,
        payload: dict[str, Any],
        path: Path,
        caption: Path | None,
        parent: QObject | None = None,
    ) -> None:
        """Prepare to write to ``path``, and the caption beside it; `start` begins."""
        super().__init__(parent)
        self._jobs, self._payload, self._path, self._caption = jobs, payload, path, caption
        self._job: Job | None = None
        self._work: Work | None = None
        self._made: dict[str, Any] = {}
        self._began: tuple[float, float] | None = None

    def start(self) -> None:
        """Begin."""
        self._job = self._jobs.submit(
            KIND,
            self._payload,
            priority=PRIORITY,
            on_done=self._on_made,
            on_failed=self.failed.emit,
            on_progress=self._on_progress,
        )

    def cancel(self) -> None:
        """Stop; nothing is written."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.cancelled.emit()

    def _on_progress(self, done: int, total: int) -> None:
        now, share = time.monotonic(), done / max(total, 1)
        left = None
        if self._began is None:
            self._began = now, share
        elif now - self._began[0] >= SURE_AFTER_S and share > self._began[1]:
            since, first = self._began
            left = (now - since) * (1 - share) / (share - first)
        self.progressed.emit(done, total, left)

    def _on_made(self, made: dict[str, Any]) -> None:
        self._job, self._made = None, made
        work = self._work = Work(self._write, self)
        work.succeeded.connect(self._on_written)
        work.failed.connect(self._on_refused)
        work.start()

    def _write(self, _progress: Progress, _cancelled: Callable[[], bool]) -> Path:
        """Write both files, each whole or not at all; runs in a thread."""
        write_file(self._path, self._made["data"])
        if self._caption is not None:
            write_file(self._caption, (self._made["caption"] + "\n").encode())
        return self._path

    def _finish(self) -> None:
        if self._work is not None:
            self._work.join()
            self._work.deleteLater()
            self._work = None

    def _on_written(self, path: Path) -> None:
        self._finish()
        self.written.emit(path, self._made["problems"])

    def _on_refused(self, error: SoftcamError) -> None:
        self._finish()
        self.failed.emit(str(error))


def write_file(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all.

    Raises:
        SoftcamError: the folder cannot be written to.
    """
    partial = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with partial.open("xb") as file:
            file.write(data)
        partial.replace(path)
    except OSError as error:
        raise SoftcamError(
            f"{path} cannot be written ({error.strerror}); choose another folder."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()
