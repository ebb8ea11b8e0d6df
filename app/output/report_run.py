"""Makes a report: the child tells case after case, then a thread writes the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.exchange.work import Progress, Work
from app.jobs.client import Job, JobClient
from app.language import in_language
from app.output.report_cases import Choices, case_payload, closing_payload, front_payload
from app.output.report_write import Spool, Target, write
from app.state import Case, ViewerState
from softcam_core.errors import SoftcamError

KIND = "case_report"
PRIORITY = 5


class ReportRun(QObject):
    """One report under way; exactly one of `written`, `failed` and `cancelled` ends it.

    A case that fails is told of in the report; the others go on.

    Signals:
        progressed: cases told, cases in all.
        writing: all cases are told; the file is being written.
        written: the path of the report, and how many cases could not be told.
        failed: one sentence.
        cancelled: nothing was written.
    """

    progressed = Signal(int, int)
    writing = Signal()
    written = Signal(Path)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        state: ViewerState,
        jobs: JobClient,
        cases: Sequence[Case],
        choices: Choices,
        target: Target,
        parent: QObject | None = None,
    ) -> None:
        """Prepare; `start` begins."""
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        self._cases, self._choices, self._target = list(cases), choices, target
        self._front: dict[str, Any] = {}
        self._closing: dict[str, Any] = {}
        self._spool = Spool()
        self._models: list[str] = []
        self._job: Job | None = None
        self._work: Work | None = None
        self._over = False

    def start(self) -> None:
        """Begin; ends with one of the signals."""
        self._ask(front_payload(self._state, len(self._cases), self._choices), self._on_front)

    def cancel(self) -> None:
        """Stop; nothing is written."""
        if self._work is not None:
            self._work.cancel()
        elif not self._over:
            if self._job is not None:
                self._job.cancel()
            self._end()
            self.cancelled.emit()

    def _ask(
        self,
        payload: dict[str, Any],
        done: Callable[[dict[str, Any]], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        self._job = self._jobs.submit(
            KIND, payload, priority=PRIORITY, on_done=done, on_failed=failed or self._fail
        )

    def _fail(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        self._over = True
        self._spool.close()

    # The child

    def _on_front(self, piece: dict[str, Any]) -> None:
        self._front = piece
        self._next()

    def _next(self) -> None:
        self.progressed.emit(self._spool.count, len(self._cases))
        if self._spool.count == len(self._cases):
            self._ask(closing_payload(self._models), self._on_closing)
            return
        payload = case_payload(self._state, self._cases[self._spool.count], self._choices)
        self._ask(payload, partial(self._on_case, payload), partial(self._say_why, payload))

    def _say_why(self, payload: dict[str, Any], sentence: str) -> None:
        """Have a case that failed say why, in the user's language."""
        told = {**payload, "error": in_language(sentence)}
        self._ask(told, partial(self._on_case, told))

    def _on_case(self, payload: dict[str, Any], piece: dict[str, Any]) -> None:
        if in_language(piece["failed"]) != piece["failed"]:
            self._say_why(payload, piece["failed"])
            return
        self._models += [model for model in piece["models"] if model not in self._models]
        try:
            self._spool.add(piece)
        except OSError as error:
            self._fail(str(SoftcamError(f"The report cannot be made ({error.strerror}).")))
            return
        self._next()

    def _on_closing(self, piece: dict[str, Any]) -> None:
        self._closing, self._job = piece, None
        self.writing.emit()
        work = self._work = Work(self._write, self)
        work.progressed.connect(self.progressed)
        work.succeeded.connect(self._on_written)
        work.failed.connect(self._on_refused)
        work.cancelled.connect(self._on_cancelled)
        work.start()

    # The thread

    def _write(self, progress: Progress, cancelled: Callable[[], bool]) -> Path:
        return write(self._target, self._front, self._spool, self._closing, progress, cancelled)

    def _finish(self) -> None:
        if self._work is not None:
            self._work.join()
            self._work.deleteLater()
            self._work = None
        self._end()

    def _on_written(self, path: Path) -> None:
        self._finish()
        self.written.emit(path)

    def _on_refused(self, error: SoftcamError) -> None:
        self._finish()
        self.failed.emit(str(error))

    def _on_cancelled(self) -> None:
        self._finish()
        self.cancelled.emit()
