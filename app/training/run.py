"""One training under way, in a child process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from app.jobs.client import LOST, JobClient
from app.jobs.training_asked import TrainingAsked


class Run(QObject):
    """Trains what was asked for; the images in view keep the other child for themselves.

    Signals:
        told: done, total, what, and its content; see `app.jobs.train.train`.
        ended: what the child returned: ``paused``, ``best``, ``notes``.
        failed: one sentence; what was stored so far is kept.
    """

    told = Signal(int, int, str, object)
    ended = Signal(dict)
    failed = Signal(str)

    def __init__(
        self,
        asked: TrainingAsked,
        resume: bool,
        parent: QObject | None = None,
        make_client: Callable[[], JobClient] = JobClient,
    ) -> None:
        """Prepare; `start` begins, or goes on where an earlier one was stopped."""
        super().__init__(parent)
        self.asked = asked
        self.pausing = False
        self._resume = resume
        self._make_client = make_client
        self._client: JobClient | None = None
        self._trains = False

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._client.pid if self._client is not None else None

    def start(self) -> None:
        """Begin."""
        client = self._client = self._make_client()
        client.submit(
            "train",
            {"asked": self.asked, "resume": self._resume},
            on_done=self._on_done,
            on_failed=self._on_failed,
            on_progress=self._on_progress,
        )
        client.start()

    def pause(self) -> None:
        """Ask it to stop at its next step; it says `ended` when its checkpoint is written."""
        if self._client is not None and not self.pausing:
            self.pausing = True
            self._client.submit("pause", {})

    def pause_within(self, seconds: float) -> None:
        """Pause it and wait for that, and end it when it takes longer.

        Before its first step there is nothing to keep.
        """
        if self._client is None:
            return
        if not self._trains:
            self.stop()
            return
        loop = QEventLoop()
        self.ended.connect(loop.quit)
        self.failed.connect(loop.quit)
        late = QTimer(loop)
        late.timeout.connect(loop.quit)
        late.start(round(1000 * seconds))
        self.pause()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        late.stop()
        self.stop()

    def stop(self) -> None:
        """End it at once; what was stored last is kept."""
        if self._client is not None:
            self._client.abandon()
            self._client = None

    def _on_progress(self, done: int, total: int, what: str, content: Any) -> None:
        self._trains |= what == "epoch" or (what == "step" and content[0] == "training")
        self.told.emit(done, total, what, content)

    def _on_done(self, outcome: dict[str, Any]) -> None:
        self.stop()
        self.ended.emit(outcome)

    def _on_failed(self, sentence: str) -> None:
        self.stop()
        if sentence == LOST:
            sentence = self.tr(
                "The training was ended from outside, perhaps as the memory was full; Resume goes "
                "on from what was stored last."
            )
        self.failed.emit(sentence)
