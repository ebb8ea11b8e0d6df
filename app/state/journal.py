"""Writes down what happened besides the edits, behind the window."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from threading import Condition
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from softcam_core.annotations.happened import Happened
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from app.state import ViewerState
    from softcam_core.annotations.study import Study

RETRY_MS = 2000
"""Pause between attempts to write what the study did not take."""

PATIENCE_S = 0.1
"""So long the window waits for the study, and no longer."""


class Journal(QObject):
    """Appends events to the open study in the name of who sits at the screen.

    A study that cannot be written tells so at the next edit. The events wait meanwhile with the
    times they happened at, in memory and in a file, and are tried again: now and then, when the
    study closes, and when it is opened the next time.
    """

    _refused = Signal()

    def __init__(self, state: ViewerState) -> None:
        """Write into the study that ``state`` has open."""
        super().__init__(state)
        self._state = state
        self._study: Study | None = None
        self._waiting: list[Happened] = []
        self._told: set[tuple[str, str, int]] = set()
        self._turn = Condition()
        self._busy = False
        self._on_disk = False
        # Its own: thumbnails and the like would hold it up.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(RETRY_MS)
        self._again.timeout.connect(self._start)
        self._refused.connect(self._again.start)
        state.study_changed.connect(self._follow)
        state.study_copied.connect(self._let_go)
        state.waiting.append(self.write_to)

    def note(self, what: str, case: int | None = None, /, **detail: Any) -> None:
        """Append an event, soon."""
        study, reader = self._state.study, self._state.sight.person
        if study is None or study.read_only:
            return
        self._follow()
        with self._turn:
            self._waiting.append(Happened(datetime.now(UTC), what, reader, case, detail))
        # Where the last attempt failed the next one has its time.
        if not self._again.isActive():
            self._start()

    def once(self, what: str, case: int, /, **detail: Any) -> bool:
        """Append an event of a reader and a case once as long as the study is open."""
        self._follow()
        key = what, self._state.sight.person, case
        if self._study is None or key in self._told:
            return False
        self._told.add(key)
        self.note(what, case, **detail)
        return True

    def told(self, what: str, case: int) -> bool:
        """Return whether `once` has taken down such an event of who sits at the screen."""
        return (what, self._state.sight.person, case) in self._told

    def waiting(self) -> list[Happened]:
        """Return the events of the open study that are not in it yet."""
        self._follow()
        with self._turn:
            return list(self._waiting)

    def wait(self, seconds: float = PATIENCE_S) -> bool:
        """Return whether everything so far is in the study, or gets there in a moment."""
        self._start()
        with self._turn:
            self._turn.wait_for(lambda: not self._busy, seconds)
            return not self._waiting

    def write_to(self, copy: Study) -> None:
        """Write what waits to a copy of the study as well.

        Raises:
            StudyError: the copy does not take it.
        """
        copy.log_all(self.waiting())

    def close(self) -> None:
        """Bring everything into the study before that closes, or keep it until it opens again."""
        if not self.wait():
            self._keep()
        self._again.stop()
        self._told.clear()

    def _follow(self) -> None:
        """Go on with the study that is open now, and with what waits for it from before."""
        study = self._state.study
        if study is self._study:
            return
        kept: list[Happened] = []
        if study is not None and not study.read_only:
            from app.state import journal_file

            kept = journal_file.read(study.id)
        with self._turn:
            self._study, self._waiting, self._on_disk = study, kept, bool(kept)
        self._told.clear()
        self._start()

    def _let_go(self) -> None:
        """Forget what waits: the copy has it, and the reader goes on there."""
        with self._turn:
            self._waiting.clear()
        self._keep()

    def _keep(self) -> None:
        """Let the file hold what waits."""
        from app.state import journal_file

        with self._turn:
            if self._study is not None and (self._waiting or self._on_disk):
                self._on_disk = bool(self._waiting)
                journal_file.keep(self._study.id, self._waiting)

    def _start(self) -> None:
        with self._turn:
            if self._busy or not self._waiting:
                return
            self._busy = True
        self._pool.start(self._write)

    def _write(self) -> None:
        """Write all that waits in one transaction, and what came meanwhile; in a thread."""
        while True:
            with self._turn:
                study, events = self._study, list(self._waiting)
                if study is None or not events:
                    self._busy = False
                    self._turn.notify_all()
                    return
            taken = _taken(study, events)
            with self._turn:
                # Another study may have come meanwhile; what waits for this one is in its file.
                if study is self._study and taken:
                    del self._waiting[: len(events)]
            self._keep()
            if not taken:
                break
        with self._turn:
            self._busy = False
            self._turn.notify_all()
        with suppress(RuntimeError):  # The window may be gone.
            self._refused.emit()


def _taken(study: Study, events: list[Happened]) -> bool:
    """Return whether a study has taken events, or never can."""
    try:
        study.log_all(events)
    except (SoftcamError, OSError):
        return False
    except ValueError:
        pass  # No later attempt would store them, and they must not hold up the others.
    return True
