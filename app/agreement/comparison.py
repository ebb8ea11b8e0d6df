"""One comparison under way: readers, then models, one after another, in the child process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.jobs.client import Job, JobClient

if TYPE_CHECKING:
    from softcam_core.agreement.table import Agreement


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

    All of it is done by the child process: what it takes (scipy, scikit-learn) would stop the
    window for a tenth of a second when it is imported, and then compete with it.

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

    def __init__(
        self, study: Path, jobs: JobClient, question: Question, parent: QObject | None = None
    ) -> None:
        """Prepare; `start` begins. ``study`` is the file."""
        super().__init__(parent)
        self._study = study
        self._jobs = jobs
        self._question = question
        # The readers among themselves come first, where there are two.
        several = len(question.readers) > 1
        self._waiting: list[ModelAsked | None] = [*([None] if several else []), *question.models]
        self._job: Job | None = None

    def start(self) -> None:
        """Begin with the first piece, or go on with the next."""
        if not self._waiting:
            self.ended.emit()
            return
        model = self._waiting.pop(0)
        name = self.tr("Readers") if model is None else model.name

        def done(answer: Agreement) -> None:
            self._job = None
            self.found.emit(answer)
            self.start()

        def failed(sentence: str) -> None:
            self._job = None
            self.failed.emit(sentence if model is None else f"{name}: {sentence}")
            self.start()

        self._job = self._jobs.submit(
            "agreement",
            self._payload(model),
            on_done=done,
            on_failed=failed,
            on_progress=lambda done, total: self.progressed.emit(name, done, total),
        )

    def stop(self) -> None:
        """End it."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _payload(self, model: ModelAsked | None) -> dict[str, Any]:
        question = self._question
        payload: dict[str, Any] = {
            "study": str(self._study),
            "model": None,
            "readers": list(question.readers),
            "cases": question.cases,
            "options": question.options,
        }
        if model is not None:
            payload |= {
                "model": model.id,
                "cases": question.model_cases,
                "method": model.method,
                "class_": model.class_,
                "threshold": model.threshold,
                "name": model.name,
            }
        return payload


def options(
    labels: Sequence[str] | None,
    criterion: str,
    iou: float,
    weights: str,
    components: bool,
    reads: str,
) -> dict[str, Any]:
    """Return the options that both kinds of comparison share."""
    return {
        "labels": None if labels is None else list(labels),
        "criterion": criterion,
        "iou": iou,
        "weights": weights,
        "components": components,
        "reads": reads,
    }
