"""Undo in the window: a stack of commands that mirrors the study's own history.

The study is the only one that knows what an edit was. A command here has a name and, when it is
undone or redone, asks the study to go one step back or forward for this reader. A step of another
case than the one in view brings that case into view first: nothing changes behind the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.annotate.step_words import step_name
from app.annotate.writer import Writer
from app.state import ViewerState
from softcam_core.errors import SoftcamError

Direction = Literal["undo", "redo"]

RECENT_STEPS = 1000
"""Steps that are read at first; older ones only when undo has come that far."""


@dataclass(frozen=True)
class StepInfo:
    """What the history panel says of a step.

    Attributes:
        text: its name, ``Add box MA``.
        case: id of the case it changed.
        time: when it was done, UTC.
        many: whether it changed other cases too, as an import does.
    """

    text: str
    case: int
    time: datetime
    many: bool = False


class StudyStep(QUndoCommand):
    """One step of the study's history."""

    def __init__(self, info: StepInfo, walk: Callable[[Direction, StepInfo], None]) -> None:
        """Name a step that is done already; ``walk`` asks the study."""
        super().__init__(info.text)
        self.info = info
        self._walk = walk
        self.live = False

    def redo(self) -> None:
        """Do it again; nothing to do when the stack takes the step in."""
        if self.live:
            self._walk("redo", self.info)

    def undo(self) -> None:
        """Take it back."""
        if self.live:
            self._walk("undo", self.info)


class Steps(QObject):
    """The steps that the reader at work can undo and redo, over the study's history."""

    saved = Signal(float)  # milliseconds that a step back or forward took
    failed = Signal(str)  # one sentence
    walked = Signal(int)  # id of the case that a step back or forward has changed

    def __init__(self, state: ViewerState, writer: Writer, parent: QObject | None = None) -> None:
        """Walk in the study of ``state``; edits that ``writer`` still has to write come first."""
        super().__init__(parent)
        self._state = state
        self._writer = writer
        self.stack = QUndoStack(self)
        self._refused = False
        self._went = False  # to another case for a step
        self._told = 0  # the case that a step was told of: further steps there are told as well

    def push(self, text: str, case: int) -> None:
        """Take in a step that the study has stored."""
        command = StudyStep(StepInfo(text, case, datetime.now(UTC)), self._walk)
        self._told = 0
        self.stack.push(command)
        command.live = True

    def infos(self) -> list[StepInfo]:
        """Return the steps that are known, oldest first; those undone stand behind `done`."""
        commands = (self.stack.command(n) for n in range(self.stack.count()))
        return [command.info for command in commands if isinstance(command, StudyStep)]

    @property
    def done(self) -> int:
        """How many of `infos` are done."""
        return self.stack.index()

    def undo(self) -> None:
        """Take this reader's last step back, in view of its case."""
        if self._all_written():
            self._go_to_case_of(lambda: self.stack.index() - 1)
            self.stack.undo()
            if not self.stack.canUndo():
                self.fill()  # older steps than were read at first

    def redo(self) -> None:
        """Do this reader's last undone step again, in view of its case."""
        if self._all_written():
            self._go_to_case_of(self.stack.index)
            self.stack.redo()

    def _go_to_case_of(self, number: Callable[[], int]) -> None:
        """Show the case of the step ``number()``; what is in work here becomes a step before."""
        if self._far(number()) is not None:
            self._state.settling.emit()
            case = self._far(number())
            if case is not None:
                self._went = True
                self._state.case_wanted.emit(case)

    def _far(self, number: int) -> int | None:
        """Return the case of a step, None where it is in view or there is no such step."""
        known = self.infos()
        if not 0 <= number < len(known):
            return None
        case, here = known[number].case, self._state.case
        return None if here is not None and case == here.id else case

    def go_to(self, done: int) -> None:
        """Undo or redo until ``done`` steps are done, or until one fails."""
        self._refused = False
        while self.stack.index() != done and not self._refused:
            before = self.stack.index()
            if before > done:
                self.undo()
            else:
                self.redo()
            if self.stack.index() == before:
                return

    def fill(self) -> None:
        """Read anew which steps this reader can undo and redo: an import makes one as well."""
        study, reader = self._state.study, self._state.reader
        self.stack.clear()
        if study is None:
            return
        try:
            steps = study.steps(reader, RECENT_STEPS)
        except SoftcamError as error:
            self.failed.emit(str(error))
            return
        commands = [StudyStep(StepInfo(s.text, s.case, s.time, s.many), self._walk) for s in steps]
        for command in commands:
            self.stack.push(command)
        self.stack.setIndex(sum(not step.undone for step in steps))
        for command in commands:
            command.live = True

    def _walk(self, direction: Direction, info: StepInfo) -> None:
        """Go one step back or forward in the study's history."""
        study = self._state.study
        if study is None:
            return
        started = perf_counter()
        try:
            step = study.undo if direction == "undo" else study.redo
            case = step(self._state.reader)
        except (SoftcamError, OSError) as error:
            # The stack has moved already; it is put right after this command has returned.
            self._refused = True
            QTimer.singleShot(0, self, self.fill)
            self.failed.emit(str(error))
            return
        if case is None:
            QTimer.singleShot(0, self, self.fill)
            return
        self.saved.emit((perf_counter() - started) * 1000)
        self.walked.emit(case)
        if info.many:
            self._state.annotations_changed.emit(-1)
            self._state.look_again()
        self._tell(direction, info, case)

    def _tell(self, direction: Direction, info: StepInfo, case: int) -> None:
        """Say what has changed where the reader did not look a moment ago."""
        state, went, self._went = self._state, self._went, False
        here = state.case is not None and case == state.case.id
        if here and not went and case != self._told:
            return
        self._told = case
        name = next((c.name for c in state.cases if c.id == case), str(case))
        if state.names_hidden:
            name = self.tr("another case")
        undone = direction == "undo"
        text = self.tr("Undone in {0}: {1}.") if undone else self.tr("Redone in {0}: {1}.")
        state.noted.emit(text.format(name, step_name(info.text)))

    def _all_written(self) -> bool:
        """Return whether no edit waits; tell why undo has to wait otherwise."""
        self._writer.retry()
        if self._writer.unsaved:
            self.failed.emit(
                self.tr("Undo has to wait until the last edits are saved; they are kept meanwhile.")
            )
        return not self._writer.unsaved
