"""Keeps the display limits that the user chose with the study, and brings them back with it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.controller.study_settings import is_limit, setting
from app.state import ViewerState
from softcam_core.errors import SoftcamError

SETTING = "own-limits"


class OwnLimits(QObject):
    """Keeps ``state.own_limits`` and the open study alike."""

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Follow the studies and limits of ``state``."""
        super().__init__(parent)
        self._state = state
        self._kept: dict[tuple[str, str], float] = {}
        state.study_changed.connect(self._load)
        state.limits_changed.connect(self._keep)

    def _load(self) -> None:
        self._kept = _read(setting(self._state.study, SETTING))
        if self._kept != self._state.own_limits:
            self._state.own_limits.clear()
            self._state.own_limits.update(self._kept)
            self._state.limits_changed.emit()

    def _keep(self) -> None:
        state = self._state
        if state.study is None or state.own_limits == self._kept:
            return
        self._kept = dict(state.own_limits)
        stored = [[model, method, limit] for (model, method), limit in self._kept.items()]
        try:
            state.study.set_setting(SETTING, stored)
        except SoftcamError as error:
            state.message.emit(str(error))


def _read(stored: object) -> dict[tuple[str, str], float]:
    """Return what a study holds; what another program wrote there is left out."""
    found = {}
    for entry in stored if isinstance(stored, list) else ():
        match entry:
            case [str(model), str(method), limit] if is_limit(limit):
                found[model, method] = float(limit)
    return found
