"""Keeps the place: what is open and how it is shown is remembered as it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app import session

if TYPE_CHECKING:
    from app.main_window import MainWindow

SETTLE_MS = 400
REST_MS = 2000


class Keeping(QObject):
    """A crash must cost neither the place nor the marks' way into the one file."""

    def __init__(self, window: MainWindow) -> None:
        """Listen to what changes in ``window``."""
        super().__init__(window)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(SETTLE_MS)
        self._keep.timeout.connect(lambda: session.save(window))
        # A killed program must leave the marks in the one file, not only in the log beside it.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(window.controller.settle_study)
        window.annotator.saved.connect(self._rest.start)
        state = window.state
        state.study_changed.connect(lambda: _keep_study(window))
        for changed in (
            state.study_changed,
            state.case_changed,
            state.models_changed,
            state.overlay_changed,
            state.panes_changed,
            state.link_changed,
            state.class_changed,
            state.device_changed,
            state.limits_changed,
            window.look.changed,
            window.presets.changed,
        ):
            changed.connect(self._keep.start)
        window.grid.zoomed.connect(lambda _: self._keep.start())

    def stop(self) -> None:
        """Nothing changes any more."""
        self._keep.stop()
        self._rest.stop()


def _keep_study(window: MainWindow) -> None:
    """Remember a study as soon as it is open: what comes next may be a crash."""
    if window.state.study is not None:
        session.save(window)
