"""Asks the child what would be trained on and for how long, a moment after the last change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.client import Job, JobClient
from app.jobs.train import DataSummary
from softcam_core.training.config import Config, DataConfig

SETTLE_MS = 400
REST_MS = 1200
"""The time is measured when nothing was changed for so long: a few real steps take a while."""


class Planner(QObject):
    """Follows the form; answers that come too late are not heard.

    Signals:
        looking: the images are being looked at.
        summarised: a `DataSummary`.
        measuring: the time is being measured.
        estimated: what the core's `estimate` found, with the configuration that it is of.
        failed: why no time can be told, in one sentence.
    """

    looking = Signal()
    summarised = Signal(object)
    measuring = Signal()
    estimated = Signal(object, object)
    failed = Signal(str)

    def __init__(self, jobs: JobClient, parent: QObject | None = None) -> None:
        """Ask through ``jobs``."""
        super().__init__(parent)
        self._jobs = jobs
        self._wanted: Config | None = None
        self._seen: tuple[DataConfig, str, str] | None = None
        self._looking: Job | None = None
        self._measuring: Job | None = None
        self._usable = False
        self._settle = self._timer(SETTLE_MS, self._look)
        self._rest = self._timer(REST_MS, self._measure)

    def _timer(self, wait: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(slot)
        return timer

    def want(self, config: Config | None) -> None:
        """Look at what ``config`` would train; None: there is nothing to look at."""
        if config is not None and config == self._wanted:
            return
        self.stop()
        self._wanted = config
        if config is None:
            self._seen = None
        else:
            self._settle.start()

    def again(self) -> None:
        """Look again: the study was edited."""
        self._seen = None
        config, self._wanted = self._wanted, None
        self.want(config)

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._settle.stop()
        self._rest.stop()
        for job in (self._looking, self._measuring):
            if job is not None:
                job.cancel()
        self._looking = self._measuring = None
        self._wanted = None

    def _look(self) -> None:
        config = self._wanted
        if config is None:
            return
        # Neither epochs nor penalties change what the images are.
        seen = config.data, config.model.head, config.model.weights
        if seen == self._seen:
            if self._usable:
                self._rest.start()
            return

        def done(found: DataSummary) -> None:
            self._looking, self._seen = None, seen
            self._usable = not found.problem
            self.summarised.emit(found)
            if self._usable:
                self._rest.start()

        def failed(sentence: str) -> None:
            self._looking = None
            self.summarised.emit(DataSummary(problem=sentence))

        self.looking.emit()
        self._looking = self._jobs.submit(
            "training_data", {"config": config}, on_done=done, on_failed=failed
        )

    def _measure(self) -> None:
        config = self._wanted
        if config is None:
            return

        def done(found: Any) -> None:
            self._measuring = None
            self.estimated.emit(found, config)

        def failed(sentence: str) -> None:
            self._measuring = None
            self.failed.emit(sentence)

        self.measuring.emit()
        self._measuring = self._jobs.submit(
            "training_time", {"config": config}, on_done=done, on_failed=failed
        )
