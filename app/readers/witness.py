"""Takes down what a reader has seen: a read after that was not made without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from app.state import ViewerState
from softcam_core.annotations.seen import MODEL_SEEN

CASE_VIEWED = "case viewed"
LOOK_MS = 50
"""What changes together is looked at once."""


class Witness(QObject):
    """Logs once per reader, case and session what was on screen, behind the window.

    `MODEL_SEEN` where a model's word on a case was to be seen, in a pane or in the worklist;
    `CASE_VIEWED` where a case came into view that the protocol still hides.
    """

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Watch ``state``; `listed` names the cases that the worklist shows."""
        super().__init__(parent)
        self._state = state
        self.listed: Callable[[], Iterable[int]] = list
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        for signal in (
            state.case_changed,
            state.image_changed,
            state.analysis_changed,
            state.predictions_changed,
            state.sight_changed,
            state.panes_changed,
        ):
            signal.connect(self.soon)
        state.case_changed.connect(self._view)
        state.reader_changed.connect(self._view)
        state.reader_leaving.connect(self.look)
        state.study_closing.connect(self._close)

    def soon(self, *_: object) -> None:
        """Look when what changes now has changed."""
        if not self._timer.isActive():
            self._timer.start()

    def _close(self) -> None:
        self._timer.stop()
        self._state.journal.close()

    def _view(self) -> None:
        """Take down that a case is looked at before its first read, however shortly."""
        state = self._state
        if state.study is not None and state.case is not None and state.model_hidden():
            state.journal.once(CASE_VIEWED, state.case.id)

    def look(self) -> None:
        """Take down whose word on which case is on the screen now."""
        state = self._state
        if state.study is None:
            return
        case = state.case
        if case is not None and not state.model_hidden() and self._shown(case.id):
            self._tell(case.id, "image")
        for listed in self.listed():
            if state.prediction(listed) is not None:
                self._tell(listed, "worklist")

    def _shown(self, case: int) -> bool:
        state = self._state
        maps = any(state.pane_map(content) is not None for content in state.panes)
        return maps or state.prediction(case) is not None

    def _tell(self, case: int, place: str) -> None:
        state = self._state
        others = not state.sight.hides_others(case)
        state.journal.once(MODEL_SEEN, case, place=place, others=others)
