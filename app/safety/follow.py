"""Shows what another window or a script writes to the open study."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from app.annotate.annotator import Annotator
from app.state import ViewerState
from softcam_core.errors import SoftcamError

LOOK_MS = 2000


class Follow(QObject):
    """Looks every other second whether another program has changed the study."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Follow the study of ``state``; ``annotator`` reads its history again."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        state.study_changed.connect(self._on_study)
        state.study_closing.connect(self._timer.stop)

    def look(self) -> None:
        """Read marks and history again if another program has written."""
        study, case = self._state.study, self._state.case
        if study is None or case is None:
            return
        # A study that is gone is told at the next edit, where it matters.
        with suppress(SoftcamError):
            if study.changed_elsewhere():
                self._annotator.steps.fill()
                self._state.annotations_changed.emit(case.id)

    def _on_study(self) -> None:
        if self._state.study is not None:
            self._timer.start()
        else:
            self._timer.stop()
