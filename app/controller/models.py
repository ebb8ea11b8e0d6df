"""Opens and closes models in the child process, and moves them to another device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.jobs.client import LOST, JobClient
from app.state import LoadedModel, PaneContent, ViewerState
from softcam_core.models.spec import ModelSpec

PRIORITY = 100


class Models(QObject):
    """Keeps ``state.models`` in the order in which they were opened; the first predicts."""

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Act on ``state`` through ``jobs``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._loading: dict[Path, None] = {}
        jobs.ready.connect(self._on_ready)

    @property
    def loading(self) -> bool:
        """Whether a model is on its way."""
        return bool(self._loading)

    @property
    def paths(self) -> list[Path]:
        """The files of what is open and of what is on its way, in the order of their opening."""
        return list(dict.fromkeys([*(model.path for model in self._state.models), *self._loading]))

    def open(self, path: Path) -> None:
        """Open a model beside the others; a bad file is one sentence to the user."""
        path = path.absolute()
        if path not in self._loading:
            self._load(path, self._add, self._state.message.emit)

    def predict_with(self, model_id: str) -> None:
        """Let a model predict wherever it suits the image: the first that does, predicts."""
        first = [model for model in self._state.models if model.id == model_id]
        rest = [model for model in self._state.models if model.id != model_id]
        if first and self._state.models[0] is not first[0]:
            self._state.models = first + rest
            self._state.models_changed.emit()

    def close(self, model_id: str) -> None:
        """Close one model; the panes that named it take what suits their map."""
        if self._state.model(model_id) is None:
            return
        self._jobs.submit("unload_model", {"model": model_id}, priority=PRIORITY)
        self._state.models = [model for model in self._state.models if model.id != model_id]
        self._state.set_panes([without(model_id, content) for content in self._state.panes])
        self._state.models_changed.emit()

    def close_all(self) -> None:
        """Close every model."""
        for model in self._state.models:
            self._jobs.submit("unload_model", {"model": model.id}, priority=PRIORITY)
        if self._state.models:
            self._state.models = []
            self._state.models_changed.emit()

    def set_device(self, device: str) -> None:
        """Compute on ``auto``, ``cpu`` or ``cuda:N`` from now on."""
        before = self._state.device
        if device == before:
            return
        self._choose(device)
        told: list[str] = []

        def failed(sentence: str) -> None:
            if not told:
                told.append(sentence)
                self._state.message.emit(sentence)
                self._choose(before)

        for model in self._state.models:
            self._load(model.path, self._replace, failed)

    def _choose(self, device: str) -> None:
        self._state.device = device
        self._state.device_changed.emit()

    def _load(
        self,
        path: Path,
        use: Callable[[LoadedModel], None],
        failed: Callable[[str], object],
        again: bool = False,
    ) -> None:
        self._loading[path] = None
        self._tell_loading()

        def on_done(result: dict[str, Any]) -> None:
            self._loading.pop(path, None)
            self._tell_loading()
            spec = ModelSpec.from_json(result["spec_json"])
            told = result["device"], result["refused"], result["same"]
            use(LoadedModel(result["id"], path, spec, *told))

        def on_failed(sentence: str) -> None:
            if sentence == LOST and not again:
                self._load(path, use, failed, again=True)
                return
            self._loading.pop(path, None)
            self._tell_loading()
            if sentence == LOST:
                sentence = self.tr(
                    "The background process ended twice while it loaded {0}; choose another "
                    "model, or close other programs."
                ).format(path.name)
            failed(sentence)

        payload = {"path": str(path), "device": self._state.device}
        self._jobs.submit(
            "load_model", payload, priority=PRIORITY, on_done=on_done, on_failed=on_failed
        )

    def _tell_loading(self) -> None:
        if self.loading != self._state.models_loading:
            self._state.models_loading = self.loading
            self._state.loading_changed.emit()

    def _add(self, model: LoadedModel) -> None:
        same = self._state.model(model.id)
        if same is not None:
            text = self.tr("The model {0} is already open.")
            if same.path != model.path:
                text = self.tr("The model {0} is already open as {1}.")
            self._state.message.emit(text.format(model.path.name, same.path.name))
            return
        self._state.models = [*self._state.models, model]
        self._show_device(model.device)
        self._state.models_changed.emit()

    def _replace(self, model: LoadedModel) -> None:
        if self._state.model(model.id) is None:
            self._jobs.submit("unload_model", {"model": model.id}, priority=PRIORITY)
            if any(m.path == model.path for m in self._state.models):
                text = self.tr(
                    "The model file {0} has changed; close all models and open it again."
                )
                self._state.message.emit(text.format(model.path.name))
            return
        self._state.models = [model if m.id == model.id else m for m in self._state.models]
        self._show_device(model.device)
        self._state.models_changed.emit()

    def _show_device(self, text: str) -> None:
        if text != self._state.device_text:
            self._state.device_text = text
            self._state.device_changed.emit()

    def _on_ready(self, text: str) -> None:
        if not self._state.models:
            self._show_device(text)


def without(model_id: str, content: PaneContent) -> PaneContent:
    """Return what a pane shows once a model is closed, on both sides of a difference too."""
    model = "" if content.model == model_id else content.model
    pair = content.pair
    if pair is not None:
        pair = without(model_id, pair[0]), without(model_id, pair[1])
    return replace(content, model=model, pair=pair)
