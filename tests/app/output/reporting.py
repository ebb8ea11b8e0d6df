"""A stand-in for the child: makes the pieces of a report at once, in this process, without torch.

It keeps what it was asked for, can fail a case as a dying child does, and can keep an answer back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer

# The child has long read these when it is asked; here that would hold up the watched loop.
import softcam_core.case_report.build
import softcam_core.case_report.html  # noqa: F401
from app.jobs.case_report import report


@dataclass(eq=False)
class Asked:
    payload: dict[str, Any]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class FakeJobs:
    """Answers from the event loop, as the real client does."""

    parent: QObject
    dies_on: set[str] = field(default_factory=set)
    holds: bool = False
    asked: list[Asked] = field(default_factory=list)

    def submit(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        priority: int = 0,
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[str], None] | None = None,
        on_progress: Callable[..., None] | None = None,
    ) -> Asked:
        job = Asked(payload)
        self.asked.append(job)

        def answer() -> None:
            if job.cancelled or self.holds:
                return
            number = payload["asked"].number if payload["piece"] == "case" else ""
            if number in self.dies_on and not payload.get("error"):
                assert on_failed is not None
                on_failed("The background process ended unexpectedly.")
                return
            assert on_done is not None
            on_done(report(payload, _no_model, lambda *_: None, lambda: False))

        QTimer.singleShot(0, self.parent, answer)
        return job


def _no_model(identity: str) -> Any:
    raise AssertionError(f"the model {identity} was asked for")
