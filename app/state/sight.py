"""What the reader at work may see and change: the one place that decides it.

While the reading protocol keeps the model from a reader, nothing that any model says about the
case may show anywhere. Widgets and the controller ask `ViewerState` for models, predictions and
analyses; that asks here, so that a new widget cannot forget it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.state.values import Case
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from app.state import ViewerState
    from softcam_core.annotations.protocol import Protocol
    from softcam_core.annotations.study import ReadRecord, Study

ADJUDICATED = "adjudicated"
"""The layer that an adjudicator fills; nobody reads under this name."""

OPEN, AI_SECOND, BLINDED = "open", "ai-second", "blinded"


class Sight:
    """Reads and protocol of the open study, read when they are first asked for.

    A study whose protocol cannot be read hides everything: what was shown cannot be taken back.
    """

    def __init__(self, state: ViewerState) -> None:
        """Decide for the study and the reader that ``state`` has."""
        self._state = state
        self._study: Study | None = None
        self._protocol: Protocol | None = None
        self._mode = OPEN
        self._reads: dict[str, dict[int, list[ReadRecord]]] = {}
        self._grades: dict[str, dict[int, str]] = {}

    def forget(self) -> None:
        """Read everything again when it is next asked for."""
        self._study = None

    def _load(self) -> None:
        study = self._state.study
        if study is self._study:
            return
        self._study, self._protocol, self._mode = study, None, OPEN
        self._reads.clear()
        self._grades.clear()
        if study is None:
            return
        from softcam_core.annotations.protocol import protocol

        try:
            self._protocol = protocol(study)
            self._mode = self._protocol.mode
        except SoftcamError:
            self._mode = BLINDED

    # The protocol

    @property
    def mode(self) -> str:
        """How the study is read: ``open``, ``ai-second`` or ``blinded``."""
        self._load()
        return self._mode

    @property
    def protocol(self) -> Protocol | None:
        """The study's protocol; None without a study."""
        self._load()
        return self._protocol

    def order(self, cases: Sequence[int]) -> list[int] | None:
        """Return cases in the order in which the reader reads them; None for their own order."""
        chosen = self.protocol
        if chosen is None or chosen.order != "shuffled":
            return None
        from softcam_core.annotations.protocol import reading_order

        return list(reading_order(cases, chosen, self._state.reader))

    # Reads

    def reads(self, case: int, reader: str | None = None) -> list[ReadRecord]:
        """Return a reader's (default: the one at work) reads of a case, in order."""
        self._load()
        reader = self._state.reader if reader is None else reader
        if reader not in self._reads:
            found: dict[int, list[ReadRecord]] = {}
            try:
                for read in self._study.reads(reader=reader) if self._study is not None else ():
                    found.setdefault(read.case, []).append(read)
            except SoftcamError:
                return []
            self._reads[reader] = found
        return self._reads[reader].get(case, [])

    def read_again(self, case: int) -> None:
        """Look again at the reads and the grade of one case by the reader at work."""
        self.reads(case)
        known = self._reads.get(self._state.reader)
        if known is None or self._study is None:
            return
        try:
            known[case] = self._study.reads(case, self._state.reader)
        except SoftcamError:
            self.forget()
        self.grade_again(case)

    def grade_again(self, case: int) -> None:
        """Look again at the grade that the reader at work gave one case."""
        self._load()
        reader = self._state.reader
        if reader not in self._grades or self._study is None:
            return
        try:
            self._grades[reader][case] = self._study.grades(case).get(reader, "")
        except SoftcamError:
            del self._grades[reader]

    def add_time(self, read: ReadRecord, seconds: float) -> ReadRecord:
        """Know of time that is being added to a read of the reader at work; return that read."""
        later = replace(read, active_seconds=read.active_seconds + seconds)
        known = self._reads.get(read.reader, {}).get(read.case, [])
        known[:] = [later if other.id == read.id else other for other in known]
        return later

    def has_read(self, case: int, reader: str | None = None) -> bool:
        """Return whether a reader has locked a first read of a case."""
        return any(read.locked is not None for read in self.reads(case, reader))

    def locked(self, case: int) -> bool:
        """Return whether the reader at work can no longer change anything on a case."""
        found = self.reads(case)
        return bool(found) and all(read.locked is not None for read in found)

    # What may be seen

    def hides_model(self, case: int) -> bool:
        """Return whether no model's word on a case may be seen.

        As in the core's `protocol.hides_model`, of which this is the quick form for a whole list:
        a read that has begun keeps the mode it began with, even if the protocol is loosened.
        """
        return self._hides(case, (AI_SECOND, BLINDED))

    def hides_others(self, case: int) -> bool:
        """Return whether nobody else's marks and grades of a case may be seen."""
        if self._state.adjudicating is not None:
            return self.hides_model(case)
        return self._hides(case, (BLINDED,))

    def _hides(self, case: int, modes: tuple[str, ...]) -> bool:
        # Who adjudicates sees what both readers that are compared may see.
        readers = self._state.adjudicating or (self._state.reader,)
        return any(
            not self.has_read(case, reader)
            and (self.mode in modes or any(r.mode in modes for r in self.reads(case, reader)))
            for reader in readers
        )

    def own(self, case: Case) -> Case:
        """Return a stored case as the reader at work may see it: own grade, own progress."""
        if self._state.adjudicating is not None:
            return case
        if self.mode == OPEN and not self.hides_model(case.id):
            return case
        status = self._progress(case.id)
        if case.status == "flagged" and not self.hides_others(case.id):
            status = case.status
        return replace(case, status=status, label=self._own_grades().get(case.id, ""))

    def _progress(self, case: int) -> str:
        found = self.reads(case)
        last = 2 if self.mode == AI_SECOND else 1
        if any(read.locked is not None and read.stage >= last for read in found):
            return "done"
        return "in progress" if found else "unread"

    def _own_grades(self) -> dict[int, str]:
        reader = self._state.reader
        if reader not in self._grades:
            try:
                cases = self._study.cases(reader) if self._study is not None else []
            except SoftcamError:
                return {}
            self._grades[reader] = {case.id: case.label for case in cases}
        return self._grades[reader]
