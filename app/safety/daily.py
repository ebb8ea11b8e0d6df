"""A copy of the open study for each day, and a look through all of it, behind the window."""

from __future__ import annotations

import threading
from contextlib import suppress

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from app.state import ViewerState
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, DamagedStudyError, SoftcamError

FIRST_MS = 15_000
"""The first copy waits until the window has settled."""
AGAIN_MS = 3_600_000


class DailyBackup(QObject):
    """Copies the open study some seconds after it was opened, and again every hour.

    After the first copy the whole study is looked through once: opening it looks at a part only.
    """

    failed = Signal(str)  # one sentence

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Follow the study of ``state``."""
        super().__init__(parent)
        self._state = state
        self._stop = threading.Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.make)
        self._study: Study | None = None
        self._checked: threading.Event | None = None
        self.failed.connect(state.message)
        state.study_changed.connect(self._follow)
        state.study_closing.connect(self.stop)
        self._follow()

    def make(self) -> None:
        """Copy the study now, in a thread."""
        study, stop = self._study, self._stop
        if study is None or study.read_only:
            return
        self._timer.start(AGAIN_MS)
        first, self._checked = self._checked is not stop, stop
        QThreadPool.globalInstance().start(lambda: self._make(study, stop, first))

    def stop(self) -> None:
        """Make no more copies, and give up the one in work."""
        self._stop.set()
        self._timer.stop()
        self._study = None

    def _follow(self) -> None:
        if self._state.study is self._study:
            return
        self.stop()
        self._stop = threading.Event()
        self._study = self._state.study
        if self._study is not None:
            self._timer.start(FIRST_MS)

    def _make(self, study: Study, stop: threading.Event, first: bool) -> None:
        from softcam_core.annotations.backups import back_up_daily

        with suppress(CancelledError):
            try:
                back_up_daily(study, stop.is_set)
            except SoftcamError as error:
                self._tell(str(error), stop)
                if isinstance(error, DamagedStudyError):
                    return
            if first:
                self._check(study, stop)

    def _check(self, study: Study, stop: threading.Event) -> None:
        try:
            found = study.check(stop.is_set)
        except SoftcamError as error:
            found = str(error)
        if found is not None:
            self._tell(found, stop)

    def _tell(self, sentence: str, stop: threading.Event) -> None:
        """Tell what is wrong with the study, unless that has been closed meanwhile."""
        if not stop.is_set():
            self.failed.emit(sentence)
