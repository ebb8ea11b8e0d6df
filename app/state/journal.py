"""Writes down what happened besides the edits, behind the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Condition
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QThreadPool

from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from app.state import ViewerState


class Journal:
    """Appends events to the open study in the name of who sits at the screen.

    A study that cannot be written tells so at the next edit; an event that it does not take is no
    reason to stop who only looks.
    """

    def __init__(self, state: ViewerState) -> None:
        """Write into the study that ``state`` has open."""
        self._state = state
        self._told: set[tuple[str, str, int]] = set()
        self._waiting: deque[Callable[[], object]] = deque()
        self._turn = Condition()
        self._busy = False

    def note(self, what: str, case: int | None = None, /, **detail: Any) -> None:
        """Append an event, soon."""
        study, reader = self._state.study, self._state.sight.person
        if study is None or study.read_only:
            return
        with self._turn:
            self._waiting.append(lambda: study.log(what, reader, case, **detail))
            if self._busy:
                return
            self._busy = True
        QThreadPool.globalInstance().start(self._write)

    def once(self, what: str, case: int, /, **detail: Any) -> bool:
        """Append an event of a reader and a case once as long as the study is open."""
        key = what, self._state.sight.person, case
        if key in self._told:
            return False
        self._told.add(key)
        self.note(what, case, **detail)
        return True

    def wait(self) -> None:
        """Return when everything so far is in the study."""
        with self._turn:
            self._turn.wait_for(lambda: not self._busy)

    def close(self) -> None:
        """Bring everything into the study before that closes."""
        self.wait()
        self._told.clear()

    def _write(self) -> None:
        while True:
            with self._turn:
                if not self._waiting:
                    self._busy = False
                    self._turn.notify_all()
                    return
                write = self._waiting.popleft()
            with suppress(SoftcamError, ValueError):
                write()
