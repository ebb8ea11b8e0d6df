"""Predicts every case of the worklist behind the view, and keeps what is known in the study."""

from __future__ import annotations

import contextlib
import math
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.client import LOST, Job, JobClient
from app.state import Case, LoadedModel, Prediction, ViewerState
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.annotations.study import Study

PRIORITY = -10
UNDER_WAY = 2
TELL_MS = 200
TOLERANCE = 1e-5
"""Devices differ by less in a probability; another image, hardly ever."""


class Background(QObject):
    """Keeps ``state.predictions`` up to date, a few cases at a time at low priority."""

    _stored = Signal(object, object)
    _not_written = Signal(str)

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Follow the cases and models of ``state``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._next = 0
        self._jobs_under_way: dict[int, Job] = {}
        self._retried: set[tuple[int, str]] = set()
        self._reading = False
        # A commit waits for the disk; the window must not.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="results")
        self._stored.connect(self._on_stored)
        self._not_written.connect(state.message)
        self._news: list[int] = []
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(TELL_MS)
        self._tell.timeout.connect(self._emit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._go_on)
        state.study_changed.connect(self._restart)
        state.models_changed.connect(self._restart)
        state.cases_added.connect(self._go_on_soon)
        state.analysis_changed.connect(self._on_analysis)
        jobs.ready.connect(self._go_on_soon)

    def _go_on_soon(self) -> None:
        self._soon.start()

    def _restart(self) -> None:
        for job in self._jobs_under_way.values():
            job.cancel()
        self._jobs_under_way.clear()
        self._reading = False
        self._next = 0
        self._note(list(self._state.not_predicted))
        self._state.not_predicted.clear()
        loaded = {model.id for model in self._state.models}
        gone = [c for c, p in self._state.predictions.items() if p.model not in loaded]
        for case in gone:
            del self._state.predictions[case]
        self._note(gone)
        self._read_stored()
        self._soon.start()

    def _read_stored(self) -> None:
        """Take over what earlier sessions found; thousands of them take a while."""
        study, models = self._state.study, list(self._state.models)
        if study is None or not models:
            return

        def read() -> None:
            with contextlib.suppress(SoftcamError):
                found = [(model, study.results(model.id)) for model in models]
                known = {case for _, results in found for case in results}
                paths = {c.id: c.path for c in study.cases() if c.id in known}
                self._stored.emit(study, [(m, _still_true(r, paths)) for m, r in found])

        self._reading = True
        self._writer.submit(read)

    def _on_stored(self, study: Study, found: list[tuple[LoadedModel, dict[int, Any]]]) -> None:
        if study is not self._state.study:
            return
        self._reading = False
        known: list[int] = []
        for model, results in found:
            for case, result in results.items():
                if case not in self._state.predictions:
                    self._state.predictions[case] = _prediction(model, result.probabilities)
                    known.append(case)
        self._note(known)
        self._soon.start()

    def shutdown(self) -> None:
        """Finish writing."""
        self._writer.shutdown(wait=True)

    def flush(self) -> None:
        """Wait until what is known has been written, before the study is closed."""
        self._writer.submit(lambda: None).result()

    def _go_on(self) -> None:
        cases = self._state.cases
        while (
            not self._reading and len(self._jobs_under_way) < UNDER_WAY and self._next < len(cases)
        ):
            case = cases[self._next]
            self._next += 1
            if self._state.model_hidden(case):
                continue  # Predicted once it may be seen: until then there is nothing to find.
            model = self._state.predicting_model(case)
            known = self._state.predictions.get(case.id)
            if known is not None and model is not None and known.model == model.id:
                continue
            if case.id in self._state.not_predicted or case.id in self._jobs_under_way:
                continue
            if model is None:
                if self._state.models:
                    text = self.tr("No open model is for {0} images.")
                    self._give_up(case, text.format(case.modality))
                continue
            self._jobs_under_way[case.id] = self._jobs.submit(
                "analyse",
                {"model": model.id, "path": str(case.path), "methods": []},
                priority=PRIORITY,
                on_done=partial(self._done, case, model),
                on_failed=partial(self._on_failed, case, model),
            )

    def _done(self, case: Case, model: LoadedModel, result: dict[str, Any]) -> None:
        self._jobs_under_way.pop(case.id, None)
        self._store(case.id, model, result["logits"], result["probabilities"])
        self._soon.start()

    def _on_failed(self, case: Case, model: LoadedModel, sentence: str) -> None:
        self._jobs_under_way.pop(case.id, None)
        key = case.id, model.id
        if sentence == LOST and key not in self._retried:
            self._retried.add(key)
            self._next = 0  # What is known is skipped quickly.
        else:
            self._give_up(case, sentence)
        self._soon.start()

    def _give_up(self, case: Case, sentence: str) -> None:
        self._state.not_predicted[case.id] = sentence
        self._note([case.id])

    def _on_analysis(self, case_id: int, model_id: str) -> None:
        analysis = self._state.analyses.get((case_id, model_id))
        case = self._state.case
        model = self._state.predicting_model(case)
        if analysis is None or case is None or case.id != case_id:
            return
        known = self._state.predictions.get(case_id)
        if model is not None and model.id == model_id:
            found = _prediction(model, analysis.probabilities)
            if known is None or not _same(known, found):
                self._store(case_id, model, analysis.logits, analysis.probabilities)

    def _store(self, case: int, model: LoadedModel, logits: Any, probabilities: Any) -> None:
        study = self._state.study
        if study is not None:
            result = list(model.spec.classes), logits.tolist(), probabilities.tolist()

            def write() -> None:
                try:
                    study.store_result(case, model.id, *result)
                except SoftcamError as error:
                    self._not_written.emit(str(error))

            self._writer.submit(write)
        self._state.predictions[case] = _prediction(model, probabilities)
        self._state.not_predicted.pop(case, None)
        self._note([case])

    def _note(self, cases: list[int]) -> None:
        self._news.extend(cases)
        if self._news and not self._tell.isActive():
            self._tell.start()

    def _emit(self) -> None:
        news, self._news = self._news, []
        self._state.predictions_changed.emit(news)


def _still_true(results: dict[int, Any], paths: dict[int, Path]) -> dict[int, Any]:
    """Leave out what was said of files that have changed since; these are predicted again."""
    return {
        case: result
        for case, result in results.items()
        if case in paths and _last_change(paths[case]) <= result.time.timestamp()
    }


def _last_change(path: Path) -> float:
    """Return when a file's content or place changed last, in seconds; 0 where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0.0
    return max(status.st_mtime, status.st_ctime)


def _same(known: Prediction, found: Prediction) -> bool:
    """Return whether two predictions are of the same model and content, but for rounding."""
    alike = math.isclose(known.probability, found.probability, abs_tol=TOLERANCE)
    return (known.model, known.name) == (found.model, found.name) and alike


def _prediction(model: LoadedModel, probabilities: Any) -> Prediction:
    best = int(np.argmax(probabilities))
    return Prediction(model.spec.classes[best], float(probabilities[best]), model.id)
