"""What the model predicts without the region's pixels: asked of the child, one pass each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.controller.study_settings import point_radius
from app.evidence.ledger.asked import Asked
from app.jobs.client import Job, JobClient
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.explain.occluders import OCCLUDERS

PRIORITY = 70
KEPT = 256
"""So many answers are kept; the one that was asked for first goes first."""


class Question(NamedTuple):
    """What a pass is asked: the shapes' pixels of a case, covered, for one model.

    ``stamp`` is of the image's file: another content of it is another question. Points are discs
    of ``point_radius``.
    """

    case: int
    stamp: tuple[int, int] | None
    model: str
    shapes: tuple[Shape, ...]
    point_radius: float
    occluder: str


@dataclass(frozen=True, eq=False)
class Answer:
    """The prediction without the pixels, (C,) each."""

    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]


class Blanked(QObject):
    """Keeps the answers, each with its question, so that none is ever shown for another region."""

    changed = Signal()

    def __init__(
        self, state: ViewerState, asked: Asked, jobs: JobClient, parent: QObject | None = None
    ) -> None:
        """Ask ``jobs`` about the region of ``asked``."""
        super().__init__(parent)
        self._state = state
        self._asked = asked
        self._jobs = jobs
        self._answers: OrderedDict[Question, Answer] = OrderedDict()
        self._failures: dict[Question, str] = {}
        self._latest: Question | None = None
        self._job: tuple[Question, Job] | None = None
        self.occluder: str = OCCLUDERS[0]
        state.study_changed.connect(self._forget)
        for signal in (
            state.case_changed,
            state.image_changed,
            state.models_changed,
            asked.changed,
        ):
            signal.connect(self._follow)

    @property
    def question(self) -> Question | None:
        """What would be asked now; None where there is nothing to ask."""
        case, model = self._state.case, self._state.evidence_model()
        shapes = self._asked.region.shapes
        if case is None or model is None or self._state.image is None or not shapes:
            return None
        radius = point_radius(self._state.study)
        return Question(case.id, self._state.stamp, model.id, shapes, radius, self.occluder)

    @property
    def answer(self) -> Answer | None:
        """The answer to the present question."""
        question = self.question
        return None if question is None else self._answers.get(question)

    @property
    def earlier(self) -> Answer | None:
        """The last answer, where all but the region is as now: case, model and cover."""
        question, latest = self.question, self._latest
        if question is None or latest is None or question in self._answers:
            return None
        there = question._replace(shapes=latest.shapes, point_radius=latest.point_radius)
        return self._answers.get(latest) if there == latest else None

    @property
    def failure(self) -> str:
        """Why there is no answer to the present question, one sentence; else empty."""
        question = self.question
        return "" if question is None else self._failures.get(question, "")

    @property
    def busy(self) -> bool:
        """Whether the answer to the present question is on its way."""
        return self._job is not None and self._job[0] == self.question

    def ask(self) -> None:
        """Ask the present question, unless it is answered or on its way."""
        question, image = self.question, self._state.image
        case = self._state.case
        if question is None or image is None or case is None or self.busy:
            return
        if question in self._answers:
            return
        self.cancel()
        self._failures.pop(question, None)
        job = self._jobs.submit(
            "without_pixels",
            {
                "model": question.model,
                "path": str(case.path),
                "frame": image.frame,
                "stamp": question.stamp,
                "shapes": list(question.shapes),
                "size": image.pixels.shape[:2],
                "point_radius": question.point_radius,
                "occluder": question.occluder,
            },
            priority=PRIORITY,
            on_done=lambda found: self._done(question, found),
            on_failed=lambda text: self._failed(question, text),
        )
        self._job = question, job
        self.changed.emit()

    def cancel(self) -> None:
        """Stop asking."""
        if self._job is not None:
            self._job[1].cancel()
            self._job = None
            self.changed.emit()

    def set_occluder(self, occluder: str) -> None:
        """Cover with something else; what was asked with another cover is asked again."""
        if occluder == self.occluder:
            return
        asked = self.answer is not None or self.busy
        self.cancel()
        self.occluder = occluder
        if asked:
            self.ask()
        self.changed.emit()

    def _done(self, question: Question, found: dict[str, NDArray[np.float64]]) -> None:
        self._job = None
        self._answers[question] = Answer(found["logits"], found["probabilities"])
        self._latest = question
        while len(self._answers) > KEPT:
            self._answers.popitem(last=False)
        self.changed.emit()

    def _failed(self, question: Question, text: str) -> None:
        self._job = None
        self._failures[question] = text
        self.changed.emit()

    def _follow(self) -> None:
        """Stop what is no longer asked: the region has moved, or another case is in view."""
        if self._job is not None and self._job[0] != self.question:
            self.cancel()
        self.changed.emit()

    def _forget(self) -> None:
        self.cancel()
        self._answers.clear()
        self._failures.clear()
        self._latest = None
