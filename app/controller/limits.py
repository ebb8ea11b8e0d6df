"""Gives every map its fixed display limit: recorded with the model, or measured once per study.

An image must never choose its own limit, or an empty map would look full. Where the model's file
records none, it is the 99.5th percentile of |map| over a few cases spread through the study, kept
in the study from then on. Maps that take minutes, or are made of one class at a time, are not
computed for that: there it is the largest such percentile of the first few cases that were seen.
Until the sample is complete the limit is provisional. Methods that agree by construction up to a
factor share Grad-CAM's limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from app.controller.own_limits import OwnLimits
from app.controller.study_settings import is_limit, setting
from app.jobs.client import Job, JobClient
from app.state import LoadedModel, ViewerState
from softcam_core.errors import SoftcamError
from softcam_core.explain.methods import SLOW

PRIORITY = 10
SAMPLE = 8
PERCENTILE = 99.5
LEAST_EVIDENCE = 0.01
"""Logits: the evidence of a model that has learned nothing must not fill the scale."""
Key = tuple[str, str]


@dataclass
class _Measurement:
    """The cases that one limit is measured on."""

    jobs: list[Job] = field(default_factory=list)
    waiting: int = 0
    values: list[NDArray[np.float32]] = field(default_factory=list)


class Limits(QObject):
    """Keeps ``state.limits`` up to date."""

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Follow the models and the analyses of ``state``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._fixed: set[Key] = set()
        self._measuring: dict[Key, _Measurement] = {}
        self._asked_for: dict[Key, dict[str, float]] = {}
        self._shared: dict[Key, tuple[Key, float]] = {}  # The limit of which map, times what.
        self._least: dict[Key, float] = {}
        OwnLimits(state, self)
        state.models_changed.connect(self._on_models)
        state.study_changed.connect(self._on_study)
        state.analysis_changed.connect(self._on_analysis)

    def _on_study(self) -> None:
        for measurement in self._measuring.values():
            for job in measurement.jobs:
                job.cancel()
        self._measuring.clear()
        self._asked_for.clear()
        self._shared.clear()
        self._least.clear()
        self._fixed.clear()
        self._state.limits.clear()
        self._state.provisional.clear()
        self._on_models()

    def _on_models(self) -> None:
        for model in self._state.models:
            for method, limit in model.spec.map_limits.items():
                if limit > 0 and _shares(model, method, cells=1) is None:
                    self._fix((model.id, method), limit)
            for method in SLOW:
                self._recall((model.id, method))

    def _recall(self, key: Key) -> None:
        """Take the limit of a slow map from the study: its maps may come from the disk.

        Nothing of what the panes show is computed then, and figures and reports ask for the limit
        before any pane does.
        """
        if key in self._fixed or key in self._asked_for:
            return
        stored = self._stored(key)
        if stored is not None:
            self._fix(key, stored)
        elif known := self._known(key):
            self._set(key, max(known.values()), provisional=True)

    def _on_analysis(self, case_id: int, model_id: str) -> None:
        analysis = self._state.analyses.get((case_id, model_id))
        model = self._state.model(model_id)
        if analysis is None or model is None:
            return
        for method, found in analysis.maps.items():
            cells = found[0].size
            if any({"evidence", "gradcam"} <= {*methods} for methods, _ in model.same):
                self._raise((model_id, "gradcam"), LEAST_EVIDENCE / cells)
            self._see_as(model, method, case_id, [found], cells)
        for method in {method for method, _ in analysis.single}:
            maps = [found for (m, _), found in analysis.single.items() if m == method]
            self._see_as(model, method, case_id, maps, maps[0].size, alone=True)

    def _see_as(
        self,
        model: LoadedModel,
        method: str,
        case_id: int,
        maps: list[NDArray[np.float32]],
        cells: int,
        alone: bool = False,
    ) -> None:
        """Take note of maps under the method whose limit theirs is."""
        factor = _shares(model, method, cells)
        if factor is None:
            self._see(model, method, case_id, maps, alone)
            return
        base = model.id, "gradcam"
        self._shared[model.id, method] = base, factor
        positive = [np.maximum(found / factor, 0, dtype=np.float32) for found in maps]
        self._see(model, "gradcam", case_id, positive, alone)
        self._pass_on(base)

    def _see(
        self,
        model: LoadedModel,
        method: str,
        case_id: int,
        maps: list[NDArray[np.float32]],
        alone: bool,
    ) -> None:
        """Take note of a case's maps (``alone``: of single classes) unless their limit is known."""
        key = model.id, method
        if key in self._fixed or key in self._measuring:
            return
        stored = self._stored(key)
        if stored is not None:
            self._fix(key, stored)
        elif method in SLOW or alone:
            self._add(key, case_id, max(_percentile([found]) for found in maps))
        else:
            # Until the sample is measured, this case stands for it.
            self._set(key, _percentile(maps), provisional=True)
            self._measure(model, method)

    def _stored(self, key: Key) -> float | None:
        value = setting(self._state.study, _setting(key))
        return float(value) if is_limit(value) else None

    def _add(self, key: Key, case_id: int, percentile: float) -> None:
        """Count a case towards the limit of a slow method; what is enough fixes it."""
        known = self._known(key)
        percentile = max(percentile, known.get(str(case_id), 0.0))
        if known.get(str(case_id)) == percentile and key in self._state.limits:
            return
        known[str(case_id)] = percentile
        limit = max(known.values())
        if len(known) >= SAMPLE and limit > 0:
            self._keep(_setting(key), limit)
            self._fix(key, limit)
        else:
            self._keep(_samples(key), known)
            self._set(key, limit, provisional=True)

    def _known(self, key: Key) -> dict[str, float]:
        """Return case -> percentile of those that count so far, from the study at first."""
        known = self._asked_for.get(key)
        if known is None:
            saved = setting(self._state.study, _samples(key))
            pairs = saved.items() if isinstance(saved, dict) else ()
            known = self._asked_for[key] = {case: float(v) for case, v in pairs if is_limit(v)}
        return known

    def _measure(self, model: LoadedModel, method: str) -> None:
        fitting = [c for c in self._state.cases if model in self._state.suiting(c)]
        places = np.linspace(0, len(fitting) - 1, min(SAMPLE, len(fitting))).round().astype(int)
        measurement = _Measurement(waiting=len(places))
        self._measuring[model.id, method] = measurement
        for place in places:
            measurement.jobs.append(
                self._jobs.submit(
                    "analyse",
                    {"model": model.id, "path": str(fitting[place].path), "methods": [method]},
                    priority=PRIORITY,
                    on_done=partial(self._on_sample, (model.id, method)),
                    on_failed=partial(self._on_failed, (model.id, method)),
                )
            )

    def _on_sample(self, key: Key, result: dict[str, Any]) -> None:
        measurement = self._measuring.get(key)
        if measurement is not None:
            measurement.values.append(result["maps"][key[1]])
            self._count_down(key, measurement)

    def _on_failed(self, key: Key, _: str) -> None:
        measurement = self._measuring.get(key)
        if measurement is not None:  # An image that cannot be read says so in the worklist.
            self._count_down(key, measurement)

    def _count_down(self, key: Key, measurement: _Measurement) -> None:
        measurement.waiting -= 1
        if measurement.waiting:
            return
        del self._measuring[key]
        limit = _percentile(measurement.values)
        if limit > 0:
            self._keep(_setting(key), limit)
        self._fix(key, limit)

    def _keep(self, setting: str, value: float | dict[str, float]) -> None:
        if self._state.study is None:
            return
        try:
            self._state.study.set_setting(setting, value)
        except SoftcamError as error:
            self._state.message.emit(str(error))

    def _fix(self, key: Key, limit: float) -> None:
        self._fixed.add(key)
        self._set(key, limit)

    def _set(self, key: Key, limit: float, provisional: bool = False) -> None:
        least = LEAST_EVIDENCE if key[1] == "evidence" else 0.0
        limit = max(limit, self._least.get(key, least))
        before = self._state.limits.get(key), key in self._state.provisional
        if limit <= 0 or before == (limit, provisional):
            return
        self._state.limits[key] = limit
        if provisional:
            self._state.provisional.add(key)
        else:
            self._state.provisional.discard(key)
        self._pass_on(key)
        self._state.limits_changed.emit()

    def _raise(self, key: Key, least: float) -> None:
        """Keep a limit from ever lying below ``least``."""
        self._least[key] = least
        limit = self._state.limits.get(key)
        if limit is not None and limit < least:
            self._set(key, least, key in self._state.provisional)

    def _pass_on(self, base: Key) -> None:
        """Give a limit to the maps that share it."""
        limit = self._state.limits.get(base)
        if limit is None:
            return
        for key, (shared, factor) in self._shared.items():
            if shared == base:
                self._set(key, limit * factor, base in self._state.provisional)


def _shares(model: LoadedModel, method: str, cells: int) -> float | None:
    """Return what a method's limit is in Grad-CAM's where they agree by construction, else None.

    With global average pooling and a linear layer the gradient of a logit in a cell is the weight
    divided by the number of cells. On a sigmoid branch CAM's factor varies from image to image.
    """
    for methods, _ in model.same:
        if "gradcam" not in methods or method not in methods:
            continue
        sigmoid = "layercam" in methods
        if method == "cam":
            return None if sigmoid else float(cells)
        return 1.0 if method in ("xgradcam", "layercam") else None
    return None


def _setting(key: Key) -> str:
    return f"limit/{key[0]}/{key[1]}"


def _samples(key: Key) -> str:
    return f"limit-samples/{key[0]}/{key[1]}"


def _percentile(values: list[NDArray[np.float32]]) -> float:
    if not values:
        return 0.0
    return float(np.percentile(np.concatenate([np.abs(v).ravel() for v in values]), PERCENTILE))
