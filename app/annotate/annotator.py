"""The one way in which the window changes annotations: straight into the study, with undo."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from app.annotate.history import Direction, StudyStep, fill
from app.annotate.unsaved import AnnotationId, Draft, Unsaved, changed
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.errors import SoftcamError

RETRY_MS = 2000
"""Pause between attempts to write what the study did not take."""


class Annotator(QObject):
    """Adds, changes and deletes the reader's annotations of the case in view.

    Every edit is on disk when the call returns. An edit that the study does not take (full disk,
    locked file) stays in memory and on screen, is told once, and is written as soon as it can be.
    """

    saved = Signal(float)  # milliseconds that the write took
    failed = Signal(str)  # one sentence
    undo_changed = Signal()

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Work on whatever study and case ``state`` has open."""
        super().__init__(parent)
        self._state = state
        self._unsaved = Unsaved()
        self._kept: dict[tuple[Path, str] | None, Unsaved] = {}
        self._stored: list[Draft] | None = None
        self._colours: dict[str, str] | None = None
        self.stack = QUndoStack(self)
        self.stack.indexChanged.connect(self.undo_changed)
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.retry)
        state.waiting.append(self.write_to)
        state.study_copied.connect(self._let_go)
        state.study_changed.connect(self._open_study)
        state.case_changed.connect(self._forget)
        state.annotations_changed.connect(self._forget)
        self._open_study()

    # What is there

    @property
    def can_draw(self) -> bool:
        """Whether there is a study and a case to draw on."""
        return self._state.study is not None and self._state.case is not None

    def may_draw(self) -> bool:
        """Return `can_draw`; where an image is in view without a study, say why not."""
        if not self.can_draw and (self._state.image is not None):
            self._state.message.emit(self.tr("The study is not open yet; draw again in a moment."))
        return self.can_draw

    @property
    def unsaved(self) -> int:
        """How many edits wait to be written, to this study and to others that were open."""
        return sum(map(len, self._kept.values()))

    def records(self) -> list[Draft]:
        """Return the reader's annotations of the case in view, in the order they were drawn."""
        study, case = self._state.study, self._state.case
        if study is None or case is None:
            return []
        if self._stored is None:
            try:
                rows = study.annotations(case.id, self._state.reader)
            except SoftcamError as error:
                self.failed.emit(str(error))
                rows = []
            self._stored = [Draft.of(row) for row in rows]
        return self._unsaved.over(self._stored, case.id)

    def record(self, annotation: AnnotationId | None) -> Draft | None:
        """Return one of them."""
        if annotation is None:
            return None
        annotation = self._unsaved.present_id(annotation)
        return next((draft for draft in self.records() if draft.id == annotation), None)

    def colours(self) -> dict[str, str]:
        """Return label -> colour of the study."""
        study = self._state.study
        if self._colours is None:
            labels = study.labels() if study else []
            self._colours = {label.name: label.color for label in labels}
        return self._colours

    # Edits

    def add(self, shape: Shape, case: int | None = None) -> AnnotationId | None:
        """Store a new shape with the present label, select it and return its id.

        Args:
            shape: in image pixels.
            case: the case it was drawn on; default the one in view.
        """
        if not self.can_draw or self._state.case is None:
            return None
        case = self._state.case.id if case is None else case
        draft = Draft(self._unsaved.new_id(), case, shape, self._state.label, self._state.reader)
        annotation = self._edit(draft)
        if case == self._state.case.id:
            self._state.set_selected(annotation)
        return annotation

    def update(self, annotation: AnnotationId, shape: Shape) -> None:
        """Store another geometry of an annotation."""
        draft = self.record(annotation)
        if draft is not None and shape != draft.shape:
            self._edit(changed(draft, shape, None))

    def set_label(self, annotation: AnnotationId, label: str) -> None:
        """Store another label of an annotation."""
        draft = self.record(annotation)
        if draft is not None and label != draft.label:
            self._edit(changed(draft, None, label))

    def delete(self, annotation: AnnotationId) -> None:
        """Delete an annotation; undo brings it back."""
        draft = self.record(annotation)
        if draft is None:
            return
        self._edit(replace(draft, deleted=True))
        if self._state.selected == annotation:
            self._state.set_selected(None)

    # Undo

    def can_undo(self) -> bool:
        """Return whether this reader has a step to undo."""
        return self.stack.canUndo()

    def can_redo(self) -> bool:
        """Return whether this reader has a step to redo."""
        return self.stack.canRedo()

    def undo_text(self) -> str:
        """Return what undo takes back, empty for nothing."""
        return self.stack.undoText()

    def redo_text(self) -> str:
        """Return what redo does again, empty for nothing."""
        return self.stack.redoText()

    def undo(self) -> None:
        """Take this reader's last step back."""
        if self._all_written():
            self.stack.undo()
            if not self.stack.canUndo():
                self._fill_stack()  # older steps than were read at first

    def redo(self) -> None:
        """Do this reader's last undone step again."""
        if self._all_written():
            self.stack.redo()

    def _walk(self, direction: Direction) -> None:
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
            QTimer.singleShot(0, self, self._fill_stack)
            self.failed.emit(str(error))
            return
        if case is None:
            QTimer.singleShot(0, self, self._fill_stack)
            return
        self.saved.emit((perf_counter() - started) * 1000)
        self._state.annotations_changed.emit(case)
        if self.record(self._state.selected) is None:
            self._state.set_selected(None)
        if self._state.case is None or case != self._state.case.id:
            name = next((c.name for c in self._state.cases if c.id == case), str(case))
            text = self.tr("Undone in {0}.") if direction == "undo" else self.tr("Redone in {0}.")
            self._state.message.emit(text.format(name))

    def _all_written(self) -> bool:
        """Return whether no edit waits; tell why undo has to wait otherwise."""
        self.retry()
        if self._unsaved:
            self.failed.emit(
                self.tr("Undo has to wait until the last edits are saved; they are kept meanwhile.")
            )
        return not self._unsaved

    # Writing

    def retry(self) -> None:
        """Write what waits, oldest first, until one fails again."""
        for draft in self._unsaved.waiting():
            if self._write(draft) is not None:
                return
        self._retry.stop()

    def retry_elsewhere(self) -> None:
        """Write what waits for studies that were open before, as far as they take it now."""
        for key, unsaved in self._kept.items():
            if key is None or not unsaved or unsaved is self._unsaved or not key[0].is_file():
                continue
            with suppress(SoftcamError, OSError), Study.open(key[0]) as study:
                if study.id != key[1]:
                    continue  # another study took its place: its cases are other images
                for draft in unsaved.waiting():
                    unsaved.stored(draft.id, draft.write(study))

    def write_to(self, copy: Study) -> None:
        """Write what waits for the open study to a copy of it as well.

        Raises:
            StudyError: the copy does not take it.
        """
        for draft in self._unsaved.waiting():
            draft.write(copy)

    def _edit(self, draft: Draft) -> AnnotationId:
        """Store an edit now, or keep it; in both cases it is shown."""
        self.retry()
        draft = replace(draft, id=self._unsaved.present_id(draft.id))
        error = self._write(draft)
        if error is not None:
            self._unsaved.keep(draft)
            self._retry.start()
            self._state.annotations_changed.emit(draft.case)
            self.failed.emit(
                self.tr("This edit is not saved yet, but kept and tried again: {0}").format(error)
            )
        return self._unsaved.present_id(draft.id)

    def _write(self, draft: Draft) -> str | None:
        """Store one draft; return the sentence that says why not, where that fails."""
        study = self._state.study
        assert study is not None
        started = perf_counter()
        try:
            annotation = draft.write(study)
        except (SoftcamError, OSError) as error:
            return str(error)
        self.saved.emit((perf_counter() - started) * 1000)
        self._unsaved.stored(draft.id, annotation)
        command = StudyStep(study.undo_text(draft.reader), self._walk)
        self.stack.push(command)
        command.live = True
        if self._state.selected == draft.id:
            self._state.selected = annotation
        self._state.annotations_changed.emit(draft.case)
        return None

    # Following the state

    def _open_study(self) -> None:
        """Show another study's history; edits that wait stay with the study they belong to.

        A study is known by its file and its own id: the file may have been replaced by another.
        """
        study = self._state.study
        key = (study.path, study.id) if study else None
        if key is not None and not self._kept.get(key):
            self._follow_move(key)
        self._unsaved = self._kept.setdefault(key, Unsaved())
        self._forget()
        self._fill_stack()
        if study is not None:
            self._tell_elsewhere()
        if self._unsaved:
            self._retry.start()
        else:
            self._retry.stop()

    def _follow_move(self, key: tuple[Path, str]) -> None:
        """Take what waits for the same study at the place where it no longer is."""
        path, study_id = key
        for old in self._kept:
            if old and study_id and old[1] == study_id and old[0] != path and not old[0].exists():
                self._kept[key] = self._kept.pop(old)
                return

    def _let_go(self) -> None:
        """Forget what waits: the copy has it, and the reader goes on there."""
        self._unsaved.clear()

    def _tell_elsewhere(self) -> None:
        """Remind the reader of what waits for another study."""
        for key, unsaved in self._kept.items():
            if key is not None and unsaved and unsaved is not self._unsaved:
                text = self.tr(
                    "{0} edits of the study {1} are not saved yet, but kept until the window is "
                    "closed; open it again to save them."
                )
                self.failed.emit(text.format(len(unsaved), key[0].name))

    def _fill_stack(self) -> None:
        try:
            fill(self.stack, self._state.study, self._state.reader, self._walk)
        except SoftcamError as error:
            self.failed.emit(str(error))

    def _forget(self) -> None:
        """Read annotations and labels again when they are next asked for."""
        self._stored = None
        self._colours = None
