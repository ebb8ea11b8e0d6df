"""The first pages of a report as they will be, made again whenever a choice changes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage

from app.jobs.client import Job, JobClient
from app.output.report_cases import Choices, case_payload, front_payload
from app.output.report_pages import Foot, Sheet, pages, picture
from app.output.report_run import KIND
from app.state import Case, ViewerState

WAIT_MS = 250
"""Several choices in a row make one preview."""
PRIORITY = 8
SCALE = 1.25
MOST_PAGES = 24
"""No more are painted to be looked at: 5 MB each."""


class Preview(QObject):
    """Asks the child for one case, and paints its pages behind the window.

    Signals:
        ready: the pages.
        failed: one sentence.
    """

    ready = Signal(list)
    failed = Signal(str)
    _painted = Signal(int, list)

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Prepare; `show` begins."""
        super().__init__(parent)
        self._state, self._jobs = state, jobs
        self._job: Job | None = None
        self._asked = 0
        self._wanted: tuple[Case, int, Choices, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self._painted.connect(self._on_painted)

    def show(self, case: Case, of: int, choices: Choices, paper: str) -> None:
        """Make the page of a report that begins with ``case``, one ``of`` so many."""
        self.stop()
        self._wanted = case, of, choices, paper
        self._timer.start()

    def stop(self) -> None:
        """Make none any more."""
        self._asked += 1
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self) -> None:
        if self._wanted is None or self._state.study is None:
            return
        case, of, choices, paper = self._wanted
        number = self._asked

        def paint(front: dict[str, Any], piece: dict[str, Any]) -> None:
            self._job = None
            pool = QThreadPool.globalInstance()
            pool.start(lambda: self._painted.emit(number, first_pages(front, piece, paper)))

        def ask_case(front: dict[str, Any]) -> None:
            payload = case_payload(self._state, case, choices)
            self._job = self._jobs.submit(
                KIND,
                payload,
                priority=PRIORITY,
                on_done=lambda piece: paint(front, piece),
                on_failed=self._on_failed,
            )

        self._job = self._jobs.submit(
            KIND,
            front_payload(self._state, of, choices),
            priority=PRIORITY,
            on_done=ask_case,
            on_failed=self._on_failed,
        )

    def _on_failed(self, sentence: str) -> None:
        self._job = None
        self.failed.emit(sentence)

    def _on_painted(self, number: int, pages: list[QImage]) -> None:
        if number == self._asked:
            self.ready.emit(pages)


def first_pages(front: dict[str, Any], case: dict[str, Any], paper: str) -> list[QImage]:
    """Return the pages of a report's first case as pictures."""
    sheet = Sheet(paper, front["css"])
    made = pages([*front["blocks"], *case["blocks"]], sheet)[:MOST_PAGES]
    foot = Foot(front["title"], front["disclaimer"], front["page"].split("{1}")[0] + "…")
    return [
        picture(page, sheet, foot, number, len(made), SCALE) for number, page in enumerate(made, 1)
    ]
