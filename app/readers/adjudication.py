"""Two readers side by side, and between them the layer of what is agreed upon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.annotate.annotator import Annotator
from app.annotate.tools.toolset import ToolSet
from app.annotate.unsaved import Draft
from app.controller.study_settings import point_radius
from app.readers.matching import Found, Matching
from app.state import ADJUDICATED, OPEN, PaneContent, ViewerState
from app.state.sight import GAVE_UP
from softcam_core.errors import SoftcamError

STARTED, ENDED = "adjudication started", "adjudication ended"
ACCEPTED, GRADE_TAKEN = "marks accepted", "grade accepted"


@dataclass(frozen=True)
class _Before:
    """What comes back when the view is left."""

    reader: str
    panes: list[PaneContent]
    linked: bool
    case: int


class Adjudication(QObject):
    """Shows two readers' marks beside the adjudicated layer, into which marks are taken.

    Signals:
        changed: whether it goes on, what is picked, what the readers agree on.
    """

    changed = Signal()

    def __init__(
        self,
        state: ViewerState,
        annotator: Annotator,
        tools: ToolSet,
        parent: QObject | None = None,
    ) -> None:
        """Act on ``state``; marks are taken through ``annotator``."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._tools = tools
        self._before: _Before | None = None
        self.found = Found()
        self._matching = Matching(self)
        self._matching.found.connect(self._on_found)
        tools.accepted.connect(lambda draft: self.accept([draft]))
        tools.picked_changed.connect(self.changed)
        for signal in (state.case_changed, state.annotations_changed, state.image_changed):
            signal.connect(self._compare)
        state.study_closing.connect(self.leave)

    @property
    def going_on(self) -> bool:
        """Whether two readers are side by side."""
        return self._before is not None

    @property
    def can_accept(self) -> bool:
        """Whether a mark is picked that can be taken over."""
        return self.going_on and self._tools.picked() is not None

    # Coming and going

    def why_not(self, first: str, second: str) -> str:
        """Return why two readers cannot be compared on the case in view; "" where they can."""
        state, case = self._state, self._state.case
        if state.study is None or case is None:
            return self.tr("Open a study and a case first.")
        if first == second:
            return self.tr("Choose two different readers.")
        sight = state.sight
        if sight.mode != OPEN:
            # Who reads the study too must not learn from others what to say of this case, nor
            # who of them has read it.
            free = sight.has_read(case.id) or sight.gave_up()
            if not free and sight.takes_part(state.reader):
                return self.tr("Lock your own first read of this case before you adjudicate it.")
            for reader in (first, second) if self._may_know() else ():
                if not sight.has_read(case.id, reader):
                    return self.tr("{0} has not locked a first read of this case yet.").format(
                        reader
                    )
        return ""

    def _may_know(self) -> bool:
        """Return whether who asks may know how far others are: they read the case, or never will.

        One who could still begin is told so by `start`, once they have given that up.
        """
        return not self.must_give_up()

    def must_give_up(self) -> bool:
        """Return whether the reader, who has read nothing yet, must choose not to read first."""
        state, sight = self._state, self._state.sight
        if state.study is None or sight.mode == OPEN or sight.gave_up():
            return False
        return not sight.takes_part(state.reader)

    def give_up(self) -> str:
        """Let the reader adjudicate, and never make a blinded first read; return why not, or ""."""
        state = self._state
        if state.study is None or not self.must_give_up():
            return ""
        try:
            state.study.add_reader(state.reader)
            state.study.log(GAVE_UP, state.reader)
        except (SoftcamError, ValueError) as error:
            return str(error)
        state.look_again()
        return ""

    def start(self, first: str, second: str, method: str = "") -> str:
        """Show two readers side by side; return why not, in one sentence, or ""."""
        problem = self.why_not(first, second)
        state, study = self._state, self._state.study
        if problem or study is None or state.case is None or self.going_on:
            return problem
        if self.must_give_up():
            return self.tr("Give up your blinded first reads of this study before you adjudicate.")
        self._tools.finish()
        try:
            study.add_reader(ADJUDICATED)
            study.log(STARTED, state.reader, state.case.id, readers=[first, second])
        except (SoftcamError, ValueError) as error:
            return str(error)
        self._before = _Before(state.reader, list(state.panes), state.linked, state.case.id)
        state.sight.adjudicator = state.reader
        state.adjudicating = first, second
        state.set_reader(ADJUDICATED)
        state.set_linked(True)
        self.show_map(method)
        self._compare()
        return ""

    def leave(self) -> None:
        """Bring back the panes and the reader that were there before."""
        before, self._before = self._before, None
        if before is None:
            return
        state = self._state
        self._tools.finish()
        self._tools.set_strong(frozenset())
        self._matching.forget()
        self.found = Found()
        if state.study is not None:
            self._log(ENDED, before.reader, before.case)
        state.adjudicating = None
        state.sight.adjudicator = ""
        state.set_reader(before.reader)
        state.set_linked(before.linked)
        state.set_panes(before.panes)
        self.changed.emit()

    def show_map(self, method: str) -> None:
        """Show the image alone ("") or one map under the marks of all three panes."""
        pair = self._state.adjudicating
        if pair is not None:
            readers = (pair[0], ADJUDICATED, pair[1])
            self._state.set_panes([PaneContent(method, reader=reader) for reader in readers])
            self.changed.emit()

    # What the two say

    def grades(self) -> dict[str, str]:
        """Return the grades of the case by both readers and of the adjudicated layer."""
        study, case, pair = self._state.study, self._state.case, self._state.adjudicating
        if study is None or case is None or pair is None or self._state.others_hidden():
            return {}
        try:
            given = study.grades(case.id)
        except SoftcamError:
            return {}
        return {reader: given.get(reader, "") for reader in (pair[0], ADJUDICATED, pair[1])}

    def _compare(self) -> None:
        pair, image = self._state.adjudicating, self._state.image
        if pair is None or not self.going_on:
            return
        self.found = Found()
        self._tools.set_strong(frozenset())
        if image is not None and not self._state.others_hidden():
            first, second = (self._annotator.records_of(reader) for reader in pair)
            height, width = image.pixels.shape[:2]
            radius = point_radius(self._state.study)
            own = self._annotator.records()
            self._matching.ask(first, second, own, (height, width), radius)
        self.changed.emit()

    def _on_found(self, found: Found) -> None:
        if self.going_on:
            self.found = found
            self._tools.set_strong(found.open)
            self.changed.emit()

    # Taking over

    def accept_picked(self) -> None:
        """Take the picked mark over into the adjudicated layer."""
        picked = self._tools.picked()
        if picked is not None:
            self.accept([picked])

    def accept_agreed(self) -> None:
        """Take over every mark that both readers have, in the first one's outline: one step."""
        done = self.found.settled
        self.accept([a for a, b in self.found.agreed if a.id not in done and b.id not in done])

    def accept(self, drafts: list[Draft]) -> None:
        """Copy marks into the adjudicated layer as one undo step, and log whose they were."""
        before, case = self._before, self._state.case
        if before is None or case is None or not drafts or self._state.others_hidden():
            return
        text = self.tr("Accept {0} marks").format(len(drafts)) if len(drafts) > 1 else ""
        if self._annotator.copy(drafts, text):
            of: dict[str, list[int | str]] = {}
            for draft in drafts:
                of.setdefault(draft.reader, []).append(draft.id)
            self._log(ACCEPTED, before.reader, case.id, of=of)

    def take_grade(self, reader: str) -> None:
        """Give the case, in the adjudicated layer, the grade that a reader gave it."""
        before, study, case = self._before, self._state.study, self._state.case
        grade = self.grades().get(reader, "")
        if before is None or study is None or case is None or not grade:
            return
        try:
            with study.batch(self.tr("Accept the grade {0}").format(grade), ADJUDICATED):
                study.set_label(case.id, grade, ADJUDICATED)
                study.log(GRADE_TAKEN, before.reader, case.id, of=reader, grade=grade)
        except SoftcamError as error:
            self._annotator.failed.emit(str(error))
            return
        self._annotator.steps.fill()
        self._state.look_again(case.id)
        self.changed.emit()

    def _log(self, what: str, reader: str, case: int, **detail: object) -> None:
        study = self._state.study
        if study is not None:
            try:
                study.log(what, reader, case, **detail)
            except SoftcamError as error:
                self._annotator.failed.emit(str(error))
