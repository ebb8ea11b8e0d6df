"""Takes down what a reader has seen: a read after that was not made without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.state import ViewerState

CASE_VIEWED = "case viewed"
LOOK_MS = 50
"""What changes together is looked at once."""


class Witness(QObject):
    """Logs once per reader, case and session what was on screen, behind the window.

    `MODEL_SEEN` where a model's word on a case was to be seen, in a pane, in a panel or in the
    worklist; `CASE_VIEWED` where a case came into view that the protocol still hides.
    """

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Watch ``state``.

        `listed` names the cases that the worklist shows, `panels` the widgets in which models
        speak of the case in view.
        """
        super().__init__(parent)
        self._state = state
        self.listed: Callable[[], Iterable[int]] = list
        self.panels: Callable[[], Sequence[QWidget]] = list
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._at_once = QTimer(self)
        self._at_once.setSingleShot(True)
        self._at_once.setInterval(0)
        self._at_once.timeout.connect(self.look)
        for signal in (
            state.case_changed,
            state.image_changed,
            state.analysis_changed,
            state.predictions_changed,
            state.sight_changed,
            state.panes_changed,
            state.class_changed,
            state.overlay_changed,
        ):
            signal.connect(self.soon)
        state.case_changed.connect(self._view)
        state.reader_changed.connect(self._view)
        state.sight_changed.connect(self._view)
        state.settling.connect(self._leave)
        state.reader_leaving.connect(self.look)
        state.study_closing.connect(self._close)

    def soon(self, *_: object) -> None:
        """Look when what changes now has changed."""
        if not self._timer.isActive():
            self._timer.start()

    def watch(self, widget: QWidget) -> None:
        """Look whenever ``widget`` is painted: what comes on screen is painted."""
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look as soon as a watched widget is painted."""
        if event.type() == QEvent.Type.Paint and not self._at_once.isActive():
            self._at_once.start()
        return False

    def _leave(self) -> None:
        """Take down what was on screen of a case that may be left now, however shortly it was."""
        if self._state.painted:
            self.look()

    def _close(self) -> None:
        """Take down what is on screen at the end: study and case are still there."""
        self._leave()
        self._timer.stop()
        self._at_once.stop()
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
        case, sight = state.case, state.sight
        if case is not None and not sight.knows_of(case.id) and not state.model_hidden():
            if self._in_a_pane():
                sight.note_seen(case.id, "image")
            elif self._in_a_panel(case.id):
                sight.note_seen(case.id, "panel")
        for listed in self.listed():
            if not sight.knows_of(listed) and state.prediction(listed) is not None:
                sight.note_seen(listed, "worklist")

    def _in_a_pane(self) -> bool:
        """Return whether a pane shows a map, or names above a hidden one what a model says."""
        state = self._state
        parts = [part for pane in state.panes for part in pane.maps()]
        return state.image is not None and any(state.pane_map(part) is not None for part in parts)

    def _in_a_panel(self, case: int) -> bool:
        """Return whether a panel that is on screen tells what the predicting model says."""
        state = self._state
        known = state.prediction(case) is not None
        if not known and state.analysis(state.predicting_model()) is None:
            return False
        return any(on_screen(panel) for panel in self.panels())


def on_screen(widget: QWidget) -> bool:
    """Return whether any of a widget is to be seen; one in a tab behind another is not."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()
