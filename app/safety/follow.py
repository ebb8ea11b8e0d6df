"""Shows what another window or a script writes to the open study."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.annotate.annotator import Annotator
from app.state import ViewerState
from softcam_core.errors import SoftcamError

LOOK_MS = 2000


class Follow(QObject):
    """Looks every other second whether another program has changed the study."""

    def __init__(
        self,
        state: ViewerState,
        annotator: Annotator,
        parent: QObject | None = None,
        reopen: Callable[[], None] | None = None,
    ) -> None:
        """Follow the study of ``state``; ``annotator`` reads its history again.

        ``reopen`` opens the study once more, when the window that wrote to it is gone.
        """
        super().__init__(parent)
        self._reopen = reopen
        self._taken: tuple[Path, str] | None = None
        self._state = state
        self._annotator = annotator
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        state.study_changed.connect(self._on_study)
        state.study_closing.connect(self._timer.stop)

    def look(self) -> None:
        """Read everything again if another program has written; write where none does any more."""
        state = self._state
        study, case = state.study, state.case
        if study is None or case is None or self._take_over():
            return
        # A study that is gone is told at the next edit, where it matters.
        with suppress(SoftcamError):
            if study.changed_elsewhere():
                self._annotator.steps.fill()
                state.look_again()  # Protocol, reads, grades and progress of every case.
                state.annotations_changed.emit(-1)
                state.annotations_changed.emit(case.id)

    def _take_over(self) -> bool:
        """Open a study to write that could only be read, if its other window has closed it."""
        study = self._state.study
        if study is None or not study.read_only or self._reopen is None or self._taken:
            return False
        from softcam_core.annotations.claim import claim

        free = claim(study.path)
        if free is None:
            return False
        free.release()
        self._taken = study.path, self._state.reader
        self._reopen()
        return True

    def _on_study(self) -> None:
        study, taken = self._state.study, self._taken
        if study is None:
            self._timer.stop()
            return
        self._timer.start()
        self._taken = None
        if taken is not None and study.path == taken[0] and not study.read_only:
            self._state.set_reader(taken[1])
            self._state.message.emit(
                self.tr("The other window has closed the study; now it can be changed here.")
            )
