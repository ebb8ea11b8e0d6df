"""One evaluation under way, in a child process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.jobs.asked import Asked
from app.jobs.client import JobClient


class Run(QObject):
    """Measures what was asked for; the images in view keep the other child for themselves.

    Signals:
        progressed: images done, images in all, seconds left or None, images that failed, and what
            is made of the images once they are done, "" until then.
        ended: sentences by kind: ``failed`` and ``problems``.
        failed: one sentence; what was measured so far is kept.
    """

    progressed = Signal(int, int, object, int, str)
    ended = Signal(dict)
    failed = Signal(str)

    def __init__(
        self,
        asked: Asked,
        resume: bool,
        parent: QObject | None = None,
        make_client: Callable[[], JobClient] = JobClient,
    ) -> None:
        """Prepare; `start` begins, or goes on where an earlier one was stopped."""
        super().__init__(parent)
        self.asked = asked
        self._resume = resume
        self._make_client = make_client
        self._client: JobClient | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._client.pid if self._client is not None else None

    def start(self) -> None:
        """Begin."""
        client = self._client = self._make_client()
        client.submit(
            "evaluate",
            {"asked": self.asked, "resume": self._resume},
            on_done=self._on_done,
            on_failed=self._on_failed,
            on_progress=lambda *told: self.progressed.emit(*told),
        )
        client.start()

    def stop(self) -> None:
        """End it at once; each image that is done is on disk already."""
        if self._client is not None:
            self._client.abandon()
            self._client = None

    def _on_done(self, outcome: dict[str, Any]) -> None:
        self.stop()
        self.ended.emit(outcome)

    def _on_failed(self, sentence: str) -> None:
        self.stop()
        self.failed.emit(sentence)
