"""Undo in the window: a stack of commands that mirrors the study's own history.

The study is the only one that knows what an edit was. A command here has a name and, when it is
undone or redone, asks the study to go one step back or forward for this reader.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtGui import QUndoCommand, QUndoStack

from softcam_core.annotations.study import Study

Direction = Literal["undo", "redo"]

RECENT_EDITS = 1000
"""Lines of history that are read at first; older ones only when undo has come that far."""


class StudyStep(QUndoCommand):
    """One step of the study's history."""

    def __init__(self, text: str, walk: Callable[[Direction], None]) -> None:
        """Name a step that is done already; ``walk`` asks the study."""
        super().__init__(text)
        self._walk = walk
        self.live = False

    def redo(self) -> None:
        """Do it again; nothing to do when the stack takes the step in."""
        if self.live:
            self._walk("redo")

    def undo(self) -> None:
        """Take it back."""
        if self.live:
            self._walk("undo")


def fill(
    stack: QUndoStack, study: Study | None, reader: str, walk: Callable[[Direction], None]
) -> None:
    """Make the stack show the steps that this reader can undo and redo in the study."""
    stack.clear()
    if study is None:
        return
    done, undone = recent_steps(study, reader, RECENT_EDITS)
    if not done and study.can_undo(reader):
        done, undone = recent_steps(study, reader, None)
    commands = [StudyStep(text, walk) for text in done + undone[::-1]]
    for command in commands:
        stack.push(command)
    stack.setIndex(len(done))
    for command in commands:
        command.live = True


def recent_steps(study: Study, reader: str, limit: int | None) -> tuple[list[str], list[str]]:
    """Return the names of the steps done, oldest first, and undone, the next redo last."""
    done: dict[int, str] = {}
    undone: dict[int, tuple[int, str]] = {}
    for line in study.edits(reader, limit=limit):
        if line.state == "done":
            done[line.step] = line.text
        elif line.state == "undone":
            undone[line.step] = (line.seq, line.text)
    return [done[step] for step in sorted(done)], [text for _, text in sorted(undone.values())]
