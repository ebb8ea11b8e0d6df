"""Live metrics: each pane's map against the reader's shapes, computed by the child."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.controller.study_settings import point_radius
from app.controller.truth import TruthShapes
from app.jobs.client import Job, JobClient
from app.state import PaneContent, PaneMetrics, ViewerState
from softcam_core.errors import SoftcamError

PRIORITY = 80
DEBOUNCE_MS = 50


class LiveMetrics(QObject):
    """Keeps ``state.metrics`` up to date: one job for all panes, the last question only."""

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Follow the shapes, maps and class of ``state``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._job: Job | None = None
        self._contents: list[PaneContent] = []
        self._truth = TruthShapes(state, self)
        self._truth.counted.connect(self._ask_soon)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        for signal in (
            state.annotations_changed,
            state.analysis_changed,
            state.class_changed,
            state.image_changed,
            state.models_changed,
            state.truth_changed,
            state.reader_changed,
        ):
            signal.connect(self._ask_soon)
        state.panes_changed.connect(self._on_panes)
        state.case_changed.connect(self._on_case)
        state.sight_changed.connect(self._on_case)  # Numbers that may not be seen go at once.
        jobs.ready.connect(self._ask_soon)

    @property
    def busy(self) -> bool:
        """Whether new values are on their way."""
        return self._job is not None or self._timer.isActive() or self._truth.busy

    def _ask_soon(self) -> None:
        self._timer.start()

    def _on_panes(self) -> None:
        """Measure again when other maps are shown; how they are drawn changes no number."""
        contents = [replace(c, opacity=None, linked=True) for c in self._state.panes]
        if contents != self._contents:
            self._contents = contents
            self._timer.start()

    def _on_case(self) -> None:
        self._drop()
        self._set([None] * len(self._state.panes))
        self._timer.start()

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask(self) -> None:
        self._drop()
        state = self._state
        nothing: list[PaneMetrics | None] = [None] * len(state.panes)
        maps: list[Any] = []
        panes: list[int] = []
        for number, content in enumerate(state.panes):
            found = state.pane_map(content)
            if found is not None:
                maps.append((found.values, found.region, found.model.spec.input.size))
                panes.append(number)
        # The shapes may be thousands: without a map nobody asks for them.
        shapes = self._shapes() if maps else []
        if not shapes or state.image is None:
            self._set(nothing)
            return
        height, width = state.image.pixels.shape[:2]

        def done(values: list[dict[str, float]]) -> None:
            self._job = None
            found = list(nothing)
            for number, value in zip(panes, values, strict=True):
                found[number] = PaneMetrics(**value)
            self._set(found)

        def failed(_: str) -> None:
            self._job = None
            self._set(nothing)

        self._job = self._jobs.submit(
            "metrics",
            {
                "maps": maps,
                "size": (width, height),
                "shapes": shapes,
                "point_radius": point_radius(state.study),
            },
            priority=PRIORITY,
            on_done=done,
            on_failed=failed,
        )

    def _shapes(self) -> list[Any]:
        state = self._state
        if state.study is None or state.case is None:
            return []
        try:
            return self._truth.shapes(state.study, state.case.id)
        except SoftcamError as error:
            state.message.emit(str(error))
            return []

    def _set(self, values: list[PaneMetrics | None]) -> None:
        # NaN differs from itself, so compare what is shown.
        if repr(values) != repr(self._state.metrics):
            self._state.metrics = values
            self._state.metrics_changed.emit()
