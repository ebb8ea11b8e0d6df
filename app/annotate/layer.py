"""What is drawn: the annotations of the reader at work on the case in view."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app import texts
from app.annotate.unsaved import Draft
from app.annotate.writer import Writer
from app.state import AnnotationId, ViewerState
from softcam_core.errors import SoftcamError


class Layer(QObject):
    """The reader's annotations of the case in view, stored or waiting to be.

    They are read from the study once; edits of this window are taken in as they are stored.
    """

    failed = Signal(str)  # one sentence

    writer: Writer

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Follow the study, case and reader of ``state``; a subclass sets ``writer``."""
        super().__init__(parent)
        self._state = state
        self._stored: dict[AnnotationId, Draft] | None = None
        self._shown: list[Draft] | None = None
        self._by_id: dict[AnnotationId, Draft] | None = None
        self._colours: dict[str, str] | None = None
        self._telling = False
        state.case_changed.connect(self._forget)
        state.annotations_changed.connect(self._on_annotations)
        state.own_shapes = lambda: [draft.shape for draft in self.records()]

    @property
    def can_draw(self) -> bool:
        """Whether there is a study to write to, and a case to draw on."""
        study, case = self._state.study, self._state.case
        return study is not None and not study.read_only and case is not None

    def may_draw(self) -> bool:
        """Return `can_draw`; where an image is in view all the same, say why not."""
        if not self.can_draw and (self._state.image is not None):
            not_yet = self.tr("The study is not open yet; draw again in a moment.")
            elsewhere = self.tr(
                "The study can only be read here: it is open in another window; draw there."
            )
            read_only = self._state.study is not None and self._state.study.read_only
            self._state.message.emit(elsewhere if read_only else not_yet)
        case = self._state.case
        return self.can_draw and case is not None and not self.refused(case.id)

    def refused(self, case: int) -> bool:
        """Return whether the reader's read of a case is locked; if so, say it."""
        locked = self._state.sight.locked(case)
        if locked:
            said = self.tr("Your read of this case is locked; Readers > Read again begins another.")
            if self._state.adjudicating is not None:
                said = self.tr("This case is still being read; there is nothing to adjudicate.")
            elif self._state.sight.cannot_begin(case):
                said = texts.given_up_notice()
            self.failed.emit(said)
        return locked

    @property
    def unsaved(self) -> int:
        """How many edits wait to be written, to this study and to others that were open."""
        return self.writer.waiting

    def records(self) -> list[Draft]:
        """Return the reader's annotations of the case in view, the topmost last."""
        case = self._state.case
        if self._state.study is None or case is None:
            return []
        if self._shown is None:
            if self._stored is None:
                self._stored = {d.id: d for d in self.records_of(self._state.reader)}
            shown = self.writer.unsaved.over(list(self._stored.values()), case.id)
            shown = [draft for draft in shown if draft.reader == self._state.reader]
            self._shown = sorted(shown, key=lambda draft: draft.rank)
        return list(self._shown)

    def records_of(self, reader: str) -> list[Draft]:
        """Return what any reader has stored for the case in view, in the order it was drawn."""
        study, case = self._state.study, self._state.case
        if study is None or case is None:
            return []
        own = reader == self._state.reader and self._state.adjudicating is None
        if not own and self._state.others_hidden():
            return []
        try:
            return [Draft.of(row) for row in study.annotations(case.id, reader)]
        except SoftcamError as error:
            self.failed.emit(str(error))
            return []

    def record(self, annotation: AnnotationId | None) -> Draft | None:
        """Return one of the reader's annotations of the case in view."""
        if annotation is None:
            return None
        if self._by_id is None:
            self._by_id = {draft.id: draft for draft in self.records()}
        return self._by_id.get(self.writer.unsaved.present_id(annotation))

    def selected(self) -> list[Draft]:
        """Return the selected annotations, the topmost last."""
        wanted = {self.writer.unsaved.present_id(a) for a in self._state.selection}
        return [draft for draft in self.records() if draft.id in wanted]

    def grade(self) -> str:
        """Return the reader's grade of the case in view, empty for none."""
        study, case = self._state.study, self._state.case
        if study is None or case is None:
            return ""
        if self._state.adjudicating is not None and self._state.others_hidden():
            return ""
        waiting = self.writer.unsaved.grade(case.id, self._state.reader)
        if waiting is not None:
            return waiting
        try:
            return study.grades(case.id).get(self._state.reader, "")
        except SoftcamError as error:
            self.failed.emit(str(error))
            return ""

    def colours(self) -> dict[str, str]:
        """Return label -> colour of the study."""
        study = self._state.study
        if self._colours is None:
            labels = study.labels() if study else []
            self._colours = {label.name: label.color for label in labels}
        return self._colours

    def _take_in(self, draft: Draft, annotation: AnnotationId) -> None:
        """Show a draft that the study has taken under an id."""
        case = self._state.case
        if self._stored is not None and case is not None and draft.case == case.id:
            if draft.deleted:
                self._stored.pop(annotation, None)
            else:
                self._stored[annotation] = replace(draft, id=annotation)

    def _tell(self, cases: set[int]) -> None:
        """Tell everybody of what this object knows already."""
        self._shown = self._by_id = self._colours = None
        self._telling = True
        try:
            for case in cases:
                self._state.annotations_changed.emit(case)
        finally:
            self._telling = False

    def _on_annotations(self) -> None:
        if not self._telling:
            self._forget()

    def _forget(self) -> None:
        """Read annotations and labels again when they are next asked for."""
        self._stored = self._shown = self._by_id = self._colours = None
