"""One comparison under way: readers in a thread, models in the child process, one after another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from app.jobs.client import Job, JobClient
from softcam_core.errors import CancelledError, SoftcamError

if TYPE_CHECKING:  # scikit-learn and the store come after the window.
    from softcam_core.agreement.table import Agreement
    from softcam_core.annotations.study import Study

PRIORITY = -20
TELL_S = 0.05


@dataclass(frozen=True)
class ModelAsked:
    """A model to compare the readers with.

    Attributes:
        id: of the loaded model.
        name: in the table.
        method: whose maps.
        class_: of the maps; None for the one predicted.
        threshold: (value, share of the maximum?) that a map marks what lies above of.
    """

    id: str
    name: str
    method: str
    class_: str | None
    threshold: tuple[float, bool]


@dataclass(frozen=True)
class Question:
    """What to compare.

    Attributes:
        readers: their names; fewer than two are compared with models alone.
        options: of `agreement_between`, without readers and cases.
        models: what to compare the readers with.
        cases: ids of the cases whose other readers may be seen.
        model_cases: ids of those whose other readers and models may be seen.
    """

    readers: tuple[str, ...]
    options: dict[str, Any]
    models: tuple[ModelAsked, ...]
    cases: frozenset[int]
    model_cases: frozenset[int]


class Comparison(QObject):
    """Answers one question, piece by piece; `stop` ends it and nothing is said any more.

    Signals:
        found: an `Agreement`, of the readers or of one model.
        failed: one sentence; the other pieces go on.
        progressed: what is under way, how much is done, how much there is.
        ended: all pieces are done.
    """

    found = Signal(object)
    failed = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal()
    _answered = Signal(object, str)

    def __init__(
        self, study: Study, jobs: JobClient, question: Question, parent: QObject | None = None
    ) -> None:
        """Prepare; `start` begins."""
        super().__init__(parent)
        self._study = study
        self._jobs = jobs
        self._question = question
        self._waiting = list(question.models)
        self._stopped = False
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._told = 0.0
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin with the readers, if there are two."""
        if len(self._question.readers) > 1:
            self._thread = threading.Thread(target=self._between, name="agreement", daemon=True)
            self._thread.start()
        else:
            self._next_model()

    def stop(self) -> None:
        """End it; a reader's case in hand is finished behind the window."""
        self._stopped = True
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @property
    def working(self) -> bool:
        """Whether its thread has not ended yet."""
        return self._thread is not None and self._thread.is_alive()

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread is not None:
            self._thread.join()

    def _between(self) -> None:
        try:
            from softcam_core.agreement.between import agreement_between

            answer, problem = (
                agreement_between(
                    self._study,
                    self._question.readers,
                    cases=self._question.cases,
                    progress=self._progress(self.tr("Readers")),
                    cancelled=lambda: self._stopped,
                    **self._question.options,
                ),
                "",
            )
        except CancelledError:
            return
        except SoftcamError as error:
            answer, problem = None, str(error)
        except Exception as error:
            # Without the error's own text: it may name a patient.
            answer = None
            problem = f"The readers could not be compared ({type(error).__name__})."
        if not self._stopped:
            self._answered.emit(answer, problem)

    def _progress(self, what: str) -> Callable[[int, int], None]:
        def progress(done: int, total: int) -> None:
            # Give the window's thread the interpreter between two cases.
            time.sleep(0.0005)
            now = time.monotonic()
            if not self._stopped and (now - self._told > TELL_S or done == total):
                self._told = now
                self.progressed.emit(what, done, total)

        return progress

    def _on_answer(self, answer: Agreement | None, problem: str) -> None:
        if self._stopped:
            return
        self._job = None
        if answer is not None:
            self.found.emit(answer)
        else:
            self.failed.emit(problem)
        self._next_model()

    def _next_model(self) -> None:
        if not self._waiting:
            self.ended.emit()
            return
        model = self._waiting.pop(0)
        self._job = self._jobs.submit(
            "agreement",
            {
                "study": str(self._study.path),
                "model": model.id,
                "readers": list(self._question.readers),
                "cases": self._question.model_cases,
                "method": model.method,
                "class_": model.class_,
                "threshold": model.threshold,
                "name": model.name,
                "options": self._question.options,
            },
            priority=PRIORITY,
            on_done=lambda answer: self._on_answer(answer, ""),
            on_failed=lambda sentence: self._on_answer(None, f"{model.name}: {sentence}"),
            on_progress=lambda done, total: self.progressed.emit(model.name, done, total),
        )


def options(
    labels: Sequence[str] | None, criterion: str, iou: float, weights: str, components: bool
) -> dict[str, Any]:
    """Return the options that both kinds of comparison share."""
    return {
        "labels": None if labels is None else list(labels),
        "criterion": criterion,
        "iou": iou,
        "weights": weights,
        "components": components,
    }
