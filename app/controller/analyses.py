"""Asks the child for what the panes show of the case in view."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer

from app.controller.stored import StoredMaps
from app.jobs.client import LOST, Job, JobClient
from app.state import Analysis, LoadedModel, PaneContent, ViewerState, Work
from softcam_core.explain.methods import SLOW

IN_VIEW = 50
BEHIND = 20
KEPT_BYTES = 256 * 1024 * 1024
SURE_AFTER_S = 2.0
"""For so long a map is computed before the time left is estimated."""


class Key(NamedTuple):
    """One map; ``class_index`` is the class where the method explains one at a time, else None."""

    case: int
    model: str
    method: str
    class_index: int | None = None

    @property
    def slow(self) -> bool:
        """Whether it takes many passes of the network."""
        return self.method in SLOW


@dataclass
class _Task:
    """A map under way; ``began`` is the time and the share of the first progress."""

    job: Job
    share: float = 0.0
    left: float | None = None
    began: tuple[float, float] | None = None

    def progress(self, share: float, now: float) -> None:
        """Note the share done, and what it says about the time left."""
        self.share = share
        if self.began is None:
            self.began = now, share
            return
        since, first = self.began
        if now - since >= SURE_AFTER_S and share > first:
            self.left = (now - since) * (1 - share) / (share - first)


class Analyses(QObject):
    """Keeps ``state.analyses``, ``working`` and ``failures`` up to date."""

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Follow the case, the models and the panes of ``state``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._tasks: dict[Key, _Task] = {}
        self._failures: dict[Key, str] = {}
        self._retried: set[Key] = set()
        self._demanded: set[Key] = set()
        self._again = False
        self._stored = StoredMaps(jobs, self._on_stored)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._request)
        state.case_changed.connect(self._on_case)
        state.class_changed.connect(self._on_class)
        state.image_changed.connect(self._ask_soon)
        state.panes_changed.connect(self._ask_soon)
        state.models_changed.connect(self._on_models)
        state.study_changed.connect(self._on_study)
        state.map_wanted.connect(self._on_wanted)
        state.map_unwanted.connect(self._on_unwanted)
        state.no_map_wanted.connect(self._on_none_wanted)
        jobs.ready.connect(self._ask_soon)

    @property
    def busy(self) -> bool:
        """Whether something of the view is still to come."""
        under_way = any(self._in_view(key) for key in self._tasks)
        return under_way or self._soon.isActive() or self._again

    def wanted(self) -> dict[str, list[str]]:
        """Return model id -> methods that the view needs of the case in view."""
        state = self._state
        wanted: dict[str, list[str]] = {}
        predicting = state.predicting_model()
        if predicting is not None:
            first = ["evidence"] if state.has_map(predicting, "evidence") else []
            wanted[predicting.id] = first
        accounted = state.evidence_model()
        if accounted is not None:
            wanted.setdefault(accounted.id, ["evidence"])
        for model_id, method in self._shown():
            # A pane without its map still says what the model predicts.
            methods = wanted.setdefault(model_id, [])
            keys = self._keys(model_id, method)
            asked = not state.on_demand(method) or any(key in self._demanded for key in keys)
            if keys and asked and method not in methods:
                methods.append(method)
        return wanted

    def _parts(self) -> list[tuple[LoadedModel, PaneContent]]:
        """Return model and content of each map that the panes show, both sides of differences."""
        state = self._state
        found = [(state.pane_model(p), p) for pane in state.panes for p in pane.maps()]
        return [(m, p) for m, p in found if m is not None and state.has_map(m, p.method)]

    def _shown(self) -> list[tuple[str, str]]:
        """Return model id and method of each map that the panes show."""
        return [(model.id, part.method) for model, part in self._parts()]

    def _keys(self, model_id: str, method: str) -> list[Key]:
        """Return the keys of a map in view: one, or one for each class that some pane keeps to.

        There is none while it is not known of which class.
        """
        case, model = self._state.case, self._state.model(model_id)
        if case is None or model is None:
            return []
        if not self._state.one_class(model, method):
            return [Key(case.id, model_id, method)]
        names = [p.class_name for m, p in self._parts() if m is model and p.method == method]
        found = [self._state.class_index(model, name) for name in dict.fromkeys(names or [""])]
        return [Key(case.id, model_id, method, index) for index in found if index is not None]

    def _in_view(self, key: Key) -> bool:
        return key in self._keys(key.model, key.method)

    # What the reader does

    def _on_wanted(self, model_id: str, method: str) -> None:
        for key in self._keys(model_id, method):
            self._demanded.add(key)
            self._failures.pop(key, None)
        self._show(model_id, method)
        self._soon.start()

    def _on_unwanted(self, model_id: str, method: str) -> None:
        self._stop(self._keys(model_id, method))

    def _on_none_wanted(self) -> None:
        self._stop([key for key in self._tasks if key.slow])

    def drop(self, case: int) -> None:
        """Forget what is known and asked of a case, whose image is another one now."""
        for found in [found for found in self._state.analyses if found[0] == case]:
            del self._state.analyses[found]
        self._stored.forget()
        self._failures = {k: text for k, text in self._failures.items() if k.case != case}
        self._stop([key for key in {*self._tasks, *self._demanded} if key.case == case])
        self._show()
        self._soon.start()

    def _stop(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self._demanded.discard(key)
            task = self._tasks.pop(key, None)
            if task is not None:
                task.job.cancel()
            self._show(key.model, key.method)

    def _ask_soon(self) -> None:
        self._soon.start()

    def _on_class(self) -> None:
        self._show()
        self._soon.start()

    def _on_case(self) -> None:
        current = self._state.case.id if self._state.case else None
        # What the reader asked for goes on behind; the rest was for the case that is left.
        left = [key for key in self._tasks if key.case != current and key not in self._demanded]
        self._stop(left)
        self._stored.forget()
        again = {key for key in self._failures if not self._state.on_demand(key.method)}
        for key in again:
            del self._failures[key]
        self._show()
        self._soon.start()

    def _on_models(self) -> None:
        loaded = {model.id for model in self._state.models}
        for found in [found for found in self._state.analyses if found[1] not in loaded]:
            del self._state.analyses[found]
        self._stop([key for key in {*self._tasks, *self._demanded} if key.model not in loaded])
        self._soon.start()

    def _on_study(self) -> None:
        self._state.analyses.clear()
        self._failures.clear()
        self._stop({*self._tasks, *self._demanded})
        self._on_models()

    # Asking

    def _request(self) -> None:
        self._again = False
        case, image = self._state.case, self._state.image
        if case is None or image is None:
            return
        sent_image = False
        wanted = self.wanted()
        self._stop_unseen(case.id, wanted)
        for number, (model_id, methods) in enumerate(wanted.items()):
            have = self._state.analyses.get((case.id, model_id))
            missing = self._missing(model_id, methods or [""], have)
            together = [key for key in missing if not key.slow and key.class_index is None]
            alone = [key for key in missing if key not in together]
            for group in [together, *([key] for key in alone)]:
                if group:
                    priority = BEHIND if group[0].slow else IN_VIEW - number
                    payload = self._payload(group)
                    if not sent_image:
                        # The child keeps the image for the jobs that follow.
                        payload["image"] = image
                        sent_image = True
                    self._submit(group, payload, priority)
        self._look_up()

    def _payload(self, keys: list[Key]) -> dict[str, Any]:
        """Return what the child is asked for: maps of one model and the image in view."""
        case, image = self._state.case, self._state.image
        assert case is not None
        assert image is not None
        payload: dict[str, Any] = {
            "model": keys[0].model,
            "path": str(case.path),
            "frame": image.frame,
            "stamp": self._state.stamp,
            "methods": [key.method for key in keys if key.method],
        }
        if keys[0].class_index is not None:
            payload["classes"] = [keys[0].class_index]
        return payload

    def _look_up(self) -> None:
        """Let the child look for slow maps that wait to be asked for: they may be on its disk."""
        for model_id, method in self._shown():
            for key in self._keys(model_id, method) if self._state.on_demand(method) else ():
                there = _there(key, self._state.analyses.get((key.case, model_id)))
                if not there and key not in self._tasks:
                    self._stored.look(key, self._payload([key]))

    def _on_stored(self, key: Key, result: dict[str, Any]) -> None:
        """Take a map from the disk; it need not be computed any more."""
        self._stop([key])
        self._done([key], result)

    def _missing(self, model_id: str, methods: list[str], have: Analysis | None) -> list[Key]:
        """Return the keys of maps that nobody has asked for yet; "" is the prediction alone."""
        return [
            key
            for method in methods
            for key in self._keys(model_id, method)
            if key not in self._tasks and key not in self._failures and not _there(key, have)
        ]

    def _stop_unseen(self, case_id: int, wanted: dict[str, list[str]]) -> None:
        """Stop slow maps of the case in view that no pane shows any more."""
        shown = self._shown()
        for key in [key for key in self._tasks if key.slow and key.case == case_id]:
            asked = key in self._demanded or (
                self._in_view(key) and key.method in wanted.get(key.model, ())
            )
            if not asked or (key.model, key.method) not in shown:
                self._stop([key])

    def _submit(self, keys: list[Key], payload: dict[str, Any], priority: int) -> None:
        job = self._jobs.submit(
            "explain" if keys[0].slow else "analyse",
            payload,
            priority=priority,
            on_done=partial(self._done, keys),
            on_failed=partial(self._failed, keys),
            on_progress=partial(self._progress, keys),
        )
        for key in keys:
            self._tasks[key] = _Task(job)
        for key in keys:
            self._show(key.model, key.method)

    # Answers

    def _show(self, model_id: str = "", method: str = "") -> None:
        """Tell the panes how far the maps in view are."""
        state = self._state
        first = next((key for key, task in self._tasks.items() if key.slow), None)
        state.working = {
            (key.model, key.method): Work(task.share, key.slow and key != first, task.left)
            for key, task in self._tasks.items()
            if self._in_view(key)
        }
        state.failures = {
            (key.model, key.method): text
            for key, text in self._failures.items()
            if self._in_view(key)
        }
        state.working_elsewhere = sum(key.slow and not self._in_view(key) for key in self._tasks)
        state.progress_changed.emit(model_id, method)

    def _progress(self, keys: list[Key], done: int, total: int) -> None:
        for key in keys:
            self._tasks[key].progress(done / total if total else 0.0, time.monotonic())
        self._show(keys[0].model, keys[0].method)

    def _end(self, keys: list[Key]) -> None:
        for key in keys:
            self._tasks.pop(key, None)

    def _done(self, keys: list[Key], result: dict[str, Any]) -> None:
        self._end(keys)
        self._demanded.difference_update(keys)
        case, model_id, method, index = keys[0]
        if self._state.model(model_id) is None:
            return
        if index is not None:
            found = result["maps"][method][0]
            result = {**result, "maps": {}, "single": {(method, index): found}}
        analysis = Analysis(case, model_id, **result)
        before = self._state.analyses.pop((case, model_id), None)
        if before is not None:
            analysis = replace(
                before,
                maps={**before.maps, **analysis.maps},
                identical={**before.identical, **analysis.identical},
                single={**before.single, **analysis.single},
            )
        self._state.analyses[case, model_id] = analysis
        self._trim(case)
        self._show(model_id, method)
        self._soon.start()  # The class in view may be known only now.
        self._state.analysis_changed.emit(case, model_id)

    def _failed(self, keys: list[Key], sentence: str) -> None:
        self._end(keys)
        for key in keys:
            if sentence == LOST and key not in self._retried:
                self._retried.add(key)
                self._again = True  # When the next child is ready.
            else:
                self._failures[key] = sentence
                self._demanded.discard(key)
        self._show(keys[0].model, keys[0].method)
        self._state.analysis_changed.emit(keys[0].case, keys[0].model)

    def _trim(self, latest: int) -> None:
        analyses = self._state.analyses
        kept = {latest, self._state.case.id if self._state.case else latest}
        size = sum(_size(analysis) for analysis in analyses.values())
        for key in list(analyses):
            if size <= KEPT_BYTES:
                return
            if key[0] not in kept:
                size -= _size(analyses.pop(key))


def _there(key: Key, have: Analysis | None) -> bool:
    """Return whether a map is known already; "" is there with the prediction."""
    if have is None:
        return False
    if key.class_index is not None:
        return (key.method, key.class_index) in have.single
    return not key.method or key.method in have.maps


def _size(analysis: Analysis) -> int:
    return sum(found.nbytes for found in (*analysis.maps.values(), *analysis.single.values()))
