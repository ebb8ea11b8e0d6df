"""Asks the child for receptive fields while the overlay outlines them: of the models in view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.jobs.client import LOST, JobClient
from app.state import ReceptiveField, ViewerState

PRIORITY = 10
"""Below all that is shown; it has a thread of its own in the child."""


class Fields(QObject):
    """Fills ``state.fields``; each model is measured once, and for ever (the child keeps it)."""

    def __init__(self, state: ViewerState, jobs: JobClient, parent: QObject | None = None) -> None:
        """Follow the panes and the overlay of ``state``."""
        super().__init__(parent)
        self._state = state
        self._jobs = jobs
        self._asked: set[str] = set()
        self._unknown: set[str] = set()
        self._shown = False
        for signal in (
            state.overlay_changed,
            state.panes_changed,
            state.models_changed,
            state.case_changed,
        ):
            signal.connect(self._ask)

    def _ask(self) -> None:
        state = self._state
        before, self._shown = self._shown, state.overlay.field
        if not state.overlay.field:
            return
        parts = [part for pane in state.panes for part in pane.maps()]
        for model in {m.id: m for p in parts if (m := state.pane_model(p)) is not None}.values():
            if model.id in self._unknown and not before:
                self._tell(model.id)
            if model.id not in self._asked:
                self._asked.add(model.id)
                self._jobs.submit(
                    "receptive_field",
                    {"model": model.id},
                    priority=PRIORITY,
                    on_done=partial(self._done, model.id),
                    on_failed=partial(self._failed, model.id),
                )

    def _done(self, model: str, found: list[tuple[int, int]] | None) -> None:
        if found is None:
            self._unknown.add(model)
            self._tell(model)
        else:
            self._state.fields[model] = ReceptiveField(*found)
            self._state.fields_changed.emit()

    def _failed(self, model: str, sentence: str) -> None:
        """Show no outline; a model that was lost with the child is measured when next asked."""
        if sentence == LOST or self._state.model(model) is None:
            self._asked.discard(model)
        else:
            self._done(model, None)

    def _tell(self, model: str) -> None:
        """Say why nothing is outlined."""
        known = self._state.model(model)
        if known is not None and self._shown:
            text = self.tr("It cannot be told which part of the image a cell of {0} sees.")
            self._state.noted.emit(text.format(known.spec.title))
