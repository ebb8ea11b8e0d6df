"""Asks the child for what the panes show of the case in view."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.jobs.client import LOST, Job, JobClient
from app.state import Analysis, Case, ViewerState
from softcam_core.explain.methods import SLOW

IN_VIEW = 50
BEHIND = 20
KEPT_BYTES = 256 * 1024 * 1024


class Analyses(QObject):
    """Keeps ``state.analyses``, ``working`` and ``failures`` up to date."""

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Follow the case, the models and the panes of ``state``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._asked: dict[tuple[int, str, str], Job] = {}
        self._retried: set[tuple[int, str, str]] = set()
        self._demanded: set[tuple[str, str]] = set()
        self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._request)
        state.case_changed.connect(self._on_case)
        state.image_changed.connect(self._ask_soon)
        state.panes_changed.connect(self._ask_soon)
        state.models_changed.connect(self._on_models)
        state.study_changed.connect(self._on_study)
        state.map_wanted.connect(self._on_wanted)
        state.map_unwanted.connect(self._on_unwanted)
        jobs.ready.connect(self._ask_soon)

    @property
    def busy(self) -> bool:
        """Whether something of the view is still to come."""
        return bool(self._asked) or self._soon.isActive() or self._again

    def wanted(self) -> dict[str, list[str]]:
        """Return model id -> methods that the view needs of the case in view."""
        state = self._state
        wanted: dict[str, list[str]] = {}
        predicting = state.predicting_model()
        if predicting is not None:
            first = ["evidence"] if state.has_map(predicting, "evidence") else []
            wanted[predicting.id] = first
        for content in state.panes:
            model = state.pane_model(content)
            method = content.method
            if model is None or not method or not state.has_map(model, method):
                continue
            # A pane without its map still says what the model predicts.
            methods = wanted.setdefault(model.id, [])
            asked = not state.on_demand(method) or (model.id, method) in self._demanded
            if asked and method not in methods:
                methods.append(method)
        return wanted

    def _on_wanted(self, model_id: str, method: str) -> None:
        self._demanded.add((model_id, method))
        self._state.failures.pop((model_id, method), None)
        self._soon.start()

    def _on_unwanted(self, model_id: str, method: str) -> None:
        self._demanded.discard((model_id, method))
        case = self._state.case
        job = self._asked.pop((case.id, model_id, method), None) if case is not None else None
        if job is not None:
            job.cancel()
        self._state.working.pop((model_id, method), None)
        self._state.progress_changed.emit(model_id, method)

    def _ask_soon(self) -> None:
        self._soon.start()

    def _on_case(self) -> None:
        current = self._state.case.id if self._state.case else None
        for key, job in list(self._asked.items()):
            if key[0] != current:
                job.cancel()
                del self._asked[key]
        self._demanded.clear()
        self._state.working.clear()
        self._state.failures.clear()
        self._soon.start()

    def _on_models(self) -> None:
        loaded = {model.id for model in self._state.models}
        for key in [key for key in self._state.analyses if key[1] not in loaded]:
            del self._state.analyses[key]
        self._soon.start()

    def _on_study(self) -> None:
        self._state.analyses.clear()
        self._on_models()

    def _request(self) -> None:
        self._again = False
        case, image = self._state.case, self._state.image
        if case is None or image is None:
            return
        sent_image = False
        wanted = self.wanted()
        for _, model_id, method in list(self._asked):
            # Nobody waits for what no pane shows any more.
            if method in SLOW and method not in wanted.get(model_id, ()):
                self._on_unwanted(model_id, method)
        for number, (model_id, methods) in enumerate(wanted.items()):
            have = self._state.analyses.get((case.id, model_id))
            missing = [
                m
                for m in methods or [""]
                if (case.id, model_id, m) not in self._asked
                and (model_id, m) not in self._state.failures
                and (have is None or (m and m not in have.maps))
            ]
            quick = [m for m in missing if m not in SLOW]
            slow = [m for m in missing if m in SLOW]
            for group, priority in [(quick, IN_VIEW - number), *(([m], BEHIND) for m in slow)]:
                if group:
                    payload: dict[str, Any] = {
                        "model": model_id,
                        "path": str(case.path),
                        "frame": image.frame,
                        "methods": [m for m in group if m],
                    }
                    if not sent_image:
                        # The child keeps the image for the jobs that follow.
                        payload["image"] = image
                        sent_image = True
                    self._submit(case, model_id, group, payload, priority)

    def _submit(
        self, case: Case, model_id: str, methods: list[str], payload: dict[str, Any], priority: int
    ) -> None:
        job = self._jobs.submit(
            "explain" if SLOW.issuperset(methods) else "analyse",
            payload,
            priority=priority,
            on_done=partial(self._done, case, model_id, methods),
            on_failed=partial(self._failed, case, model_id, methods),
            on_progress=partial(self._progress, model_id, methods),
        )
        for method in methods:
            self._asked[case.id, model_id, method] = job
            self._state.working[model_id, method] = 0.0
            self._state.progress_changed.emit(model_id, method)

    def _progress(self, model_id: str, methods: list[str], done: int, total: int) -> None:
        for method in methods:
            self._state.working[model_id, method] = done / total if total else 0.0
            self._state.progress_changed.emit(model_id, method)

    def _end(self, case: Case, model_id: str, methods: list[str]) -> None:
        for method in methods:
            self._asked.pop((case.id, model_id, method), None)
            self._state.working.pop((model_id, method), None)

    def _done(self, case: Case, model_id: str, methods: list[str], result: dict[str, Any]) -> None:
        self._end(case, model_id, methods)
        if self._state.model(model_id) is None:
            return
        found = Analysis(case.id, model_id, **result)
        before = self._state.analyses.get((case.id, model_id))
        if before is not None:
            found = replace(
                before,
                maps={**before.maps, **found.maps},
                identical={**before.identical, **found.identical},
            )
        self._state.analyses[case.id, model_id] = found
        self._trim(case.id)
        self._state.analysis_changed.emit(case.id, model_id)

    def _failed(self, case: Case, model_id: str, methods: list[str], sentence: str) -> None:
        self._end(case, model_id, methods)
        for method in methods:
            key = case.id, model_id, method
            if sentence == LOST and key not in self._retried:
                self._retried.add(key)
                self._again = True  # When the next child is ready.
            else:
                self._state.failures[model_id, method] = sentence
        self._state.analysis_changed.emit(case.id, model_id)

    def _trim(self, current: int) -> None:
        analyses = self._state.analyses
        size = sum(_size(analysis) for analysis in analyses.values())
        for key in list(analyses):
            if size <= KEPT_BYTES:
                return
            if key[0] != current:
                size -= _size(analyses.pop(key))


def _size(analysis: Analysis) -> int:
    return sum(found.nbytes for found in analysis.maps.values())
