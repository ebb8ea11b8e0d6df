"""The read of the case in view: when it begins, how long it takes, and its end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app import texts
from app.annotate.annotator import Annotator
from app.readers.clock import ActiveClock, clock_text
from app.state import ADJUDICATED, AI_SECOND, BLINDED, OPEN, ViewerState
from softcam_core.annotations.seen import AFTER_REVEAL, NOT_BLIND, read_as
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.annotations.study import ReadRecord, Study

TICK_MS = 1000
LOOK_S = 1.0
"""So long a case must be looked at for a read of it to begin: leafing through is no reading."""

STORE_S = 10.0
"""A program that is killed loses at most so much of the time."""

MODEL_REVEALED = "model revealed"


class Reading(QObject):
    """Begins, times and locks the reads of the reader at work, one per case at a time.

    Signals:
        changed: the read in view, its time, or what can be done about it.
        failed: one sentence.
        locked: a read came to its end; True where nothing is left to read of the case.
    """

    changed = Signal()
    failed = Signal(str)
    locked = Signal(bool)

    def __init__(
        self,
        state: ViewerState,
        annotator: Annotator,
        finish: Callable[[], None],
        clock: ActiveClock,
        parent: QObject | None = None,
    ) -> None:
        """Follow case and reader of ``state``; ``finish`` stores a shape in work."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._finish = finish
        self.clock = clock
        self.read: ReadRecord | None = None
        self._of: tuple[Study, int, str] | None = None
        self._extra = 0.0  # Seconds that are not stored yet.
        self._writer: ThreadPoolExecutor | None = None
        self._writing: Future[None] | None = None
        self.tick_timer = QTimer(self)
        self.tick_timer.setInterval(TICK_MS)
        self.tick_timer.timeout.connect(self.tick)
        annotator.acting.connect(self._act)
        state.case_changed.connect(self._enter)
        state.reader_leaving.connect(self._leave)
        state.reader_changed.connect(self._enter)
        state.read_changed.connect(self._look_again)
        state.study_closing.connect(self._close)
        state.study_changed.connect(self._enter)

    # What there is to show

    @property
    def can_lock(self) -> bool:
        """Whether there is a read that can be locked, or one that would begin now."""
        return self._of is not None and not self._state.read_locked

    @property
    def can_read_again(self) -> bool:
        """Whether another read of the case can begin: the last one is locked."""
        return self._of is not None and self._state.read_locked and not self.given_up

    @property
    def given_up(self) -> bool:
        """Whether the reader adjudicated and can make no blinded first read of the case."""
        return self._of is not None and self._state.sight.cannot_begin(self._of[1])

    @property
    def mode(self) -> str:
        """How the read in view is read, or would be if it began now."""
        return self.read.mode if self.read is not None else self._state.sight.mode

    @property
    def told_mode(self) -> str:
        """How the read in view is made in truth, or the last one where it is locked.

        Its mode; `AFTER_REVEAL`; or `NOT_BLIND` where the model had been seen before.
        """
        if self._of is None:
            return self._state.sight.mode
        sight, case = self._state.sight, self._of[1]
        reads = sight.reads(case)
        if reads:
            return read_as(reads[-1], sight.seen(case))
        hides = sight.mode != OPEN and sight.seen(case) is not None
        return NOT_BLIND if hides else sight.mode

    @property
    def stage(self) -> int:
        """Which read of the case this is, counted from 1."""
        return self.read.stage if self.read is not None else 1

    @property
    def seconds(self) -> float:
        """Active seconds of the read in view so far."""
        return (self.read.active_seconds if self.read else 0.0) + self._extra

    def text(self) -> str:
        """Return how far the read is, for the bar above the panes."""
        state = self._state
        if self._of is None:
            return ""
        if self.given_up:
            return self.tr("No first read: {0} adjudicates").format(self._of[2])
        reads = state.sight.reads(self._of[1])
        last = reads[-1] if reads else None
        if last is not None and last.locked is not None:
            at = last.locked.astimezone().strftime("%H:%M")
            text = self.tr("{0} locked {1}").format(self._name(last.stage), at)
            revealed = last.mode != OPEN and not state.model_hidden()
            return text + (self.tr(" – model revealed") if revealed else "")
        stage = last.stage if last is not None else 1
        name = self.tr("Reading") if stage == 1 else self._name(stage)
        text = f"{name} – {clock_text(self.seconds)}"
        if stage > 1 and last is not None and last.mode != OPEN:
            text += self.tr(" · model revealed")
        return text

    def _name(self, stage: int) -> str:
        names = {1: self.tr("First read"), 2: self.tr("Second read"), 3: self.tr("Third read")}
        return names.get(stage) or self.tr("Read {0}").format(stage)

    # Coming and going

    def _enter(self) -> None:
        """Begin with another case, or as another reader."""
        self._leave()
        state, study, case = self._state, self._state.study, self._state.case
        self.clock.start_again()
        ready = study is not None and case is not None and not study.read_only
        if not ready or state.adjudicating is not None or state.reader == ADJUDICATED:
            self.tick_timer.stop()
            self.changed.emit()
            return
        assert study is not None
        assert case is not None
        self._of = study, case.id, state.reader
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="reads")
        reads = state.sight.reads(case.id)
        last = reads[-1] if reads else None
        if last is not None and last.locked is None:
            self.read = last
        elif last is not None and last.mode == AI_SECOND and last.stage == 1:
            # The program ended between the lock and the second read.
            self._begin(AFTER_REVEAL)
        self.tick_timer.start()
        self.changed.emit()

    def _leave(self) -> None:
        """Store the time of the read in view and let go of it."""
        self._extra += self._counted()
        self._store()
        self.read, self._of, self._extra = None, None, 0.0

    def _close(self) -> None:
        """Bring everything into the study before that closes."""
        self._leave()
        self.tick_timer.stop()
        if self._writer is not None:
            self._writer.shutdown(wait=True)
            self._writer = None

    def _look_again(self) -> None:
        """Take the read in view as the study has it now."""
        if self._of is not None and self._of[2] == self._state.reader:
            reads = self._state.sight.reads(self._of[1])
            self.read = next((read for read in reversed(reads) if read.locked is None), None)
        self.changed.emit()

    # Time

    def tick(self) -> None:
        """Count a second; begin a read that has been looked at, and store its time now and then."""
        self._extra += self._counted()
        if self.read is None and self._extra >= LOOK_S and self.can_lock:
            self._begin(self._state.sight.mode)
        if self._extra >= STORE_S:
            self._store()
        self.changed.emit()

    def _act(self, case: int) -> None:
        """Begin a read that hides the model before the first mark or grade, not after it."""
        here = self._of is not None and self._of[1] == case
        if here and self.read is None and self.can_lock and self._state.model_hidden():
            self._begin(self._state.sight.mode)

    def _counted(self) -> float:
        """Return the active seconds that belong to the read in view."""
        seconds = self.clock.take()
        case = self._state.case
        done = case is not None and case.status == "done" and self._state.sight.mode == OPEN
        return 0.0 if self._of is None or self._state.read_locked or done else seconds

    def _store(self) -> None:
        """Write the time that is not stored yet, off the window's thread."""
        if self._of is None or self.read is None or self._writer is None or self._extra <= 0:
            return
        study, seconds, read = self._of[0], self._extra, self.read
        self._extra = 0.0
        known = self._state.sight.add_time(read, seconds)
        self.read = known

        def write() -> None:
            # A study that cannot be written tells so at the next edit.
            with suppress(SoftcamError):
                study.add_read_time(read.id, seconds)

        self._writing = self._writer.submit(write)

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()

    # Beginning and end

    def _begin(self, mode: str) -> bool:
        if self._of is None:
            return False
        study, case, reader = self._of
        # The study says of a read whether it was blind: what was seen has to be there before.
        if not self._state.journal.wait():
            return False
        try:
            study.start_read(case, reader, mode)
        except SoftcamError as error:
            self.failed.emit(str(error))
            return False
        self._state.look_again(case)
        return True

    def finish(self) -> None:
        """Store a shape in work and what waits to be stored, as far as that is possible."""
        self._finish()
        self._annotator.retry()

    def lock(self) -> bool:
        """End the read in view for good; return whether that was done.

        In the mode AI-second a second read begins at once, with the model in view.
        """
        if self._of is None or self._state.read_locked:
            return False
        self.finish()
        if self._annotator.unsaved:
            self.failed.emit(
                self.tr("The last edits are not saved yet; lock the read when they are.")
            )
            return False
        if self.read is None and not self._begin(self._state.sight.mode):
            if self._state.journal.waiting():
                self.failed.emit(
                    self.tr("The study does not take the read now; lock it again in a moment.")
                )
            return False
        self._extra += self._counted()
        self._store()
        self._wait()
        read = self.read
        if read is None or self._of is None:
            return False
        study, case, reader = self._of
        hidden = self._state.model_hidden()
        goes_on = read.mode == AI_SECOND and read.stage == 1
        try:
            with study.batch("Lock the read", reader):
                study.lock_read(read.id)
                if hidden:
                    others = read.mode == BLINDED
                    study.log(MODEL_REVEALED, reader, case, read=read.id, others=others)
                if goes_on:
                    study.start_read(case, reader, AFTER_REVEAL)
        except SoftcamError as error:
            self.failed.emit(str(error))
            return False
        self.clock.start_again()
        self._state.set_selected(None)  # Its handles would promise what is over.
        self._state.look_again(case)
        self.locked.emit(not goes_on)
        return True

    def tell_given_up(self) -> None:
        """Say why the reader cannot begin, where that is so."""
        if self.given_up:
            self.failed.emit(texts.given_up_notice())

    def read_again(self) -> None:
        """Begin another read of a case whose last one is locked."""
        if self.can_read_again:
            self.clock.start_again()
            mode = self._state.sight.mode
            # What was shown cannot be taken back: such a read is no blinded one.
            self._begin(OPEN if mode == OPEN else AFTER_REVEAL)
