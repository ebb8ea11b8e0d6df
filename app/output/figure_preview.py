"""A figure as it will be, small and at once, made again whenever a choice changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.client import Job, JobClient
from app.output.figure_run import KIND

WAIT_MS = 250
"""Several choices in a row make one preview."""
PRIORITY = 8


class FigurePreview(QObject):
    """Asks the child for a small picture; only the last question is answered.

    Signals:
        asked: a picture is being made.
        ready: {data, caption, problems, waiting}.
        failed: one sentence.
    """

    asked = Signal()
    ready = Signal(dict)
    failed = Signal(str)

    def __init__(self, jobs: JobClient, parent: QObject | None = None) -> None:
        """Prepare; `show` begins."""
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._wanted: Callable[[], dict[str, Any]] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def busy(self) -> bool:
        """Whether a picture is on its way."""
        return self._job is not None or self._timer.isActive()

    def show(self, payload: Callable[[], dict[str, Any]]) -> None:
        """Make the picture of what ``payload`` returns in a moment."""
        self.stop()
        self._wanted = payload
        self._timer.start()

    def stop(self) -> None:
        """Make none any more."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self) -> None:
        if self._wanted is None:
            return
        self.asked.emit()
        self._job = self._jobs.submit(
            KIND,
            self._wanted(),
            priority=PRIORITY,
            on_done=self._on_done,
            on_failed=self._on_failed,
        )

    def _on_done(self, made: dict[str, Any]) -> None:
        self._job = None
        self.ready.emit(made)

    def _on_failed(self, sentence: str) -> None:
        self._job = None
        self.failed.emit(sentence)
