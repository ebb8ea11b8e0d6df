"""What the reader at work may see and change: the one place that decides it.

While the reading protocol keeps the model from a reader, nothing that any model says about the
case may show anywhere. Widgets and the controller ask `ViewerState` for models, predictions and
analyses; that asks here, so that a new widget cannot forget it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.state.values import Case
from softcam_core.annotations.seen import MODEL_SEEN, first_seen
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from app.state import ViewerState
    from softcam_core.annotations.protocol import Protocol
    from softcam_core.annotations.study import LabelRecord, ReadRecord, Study

ADJUDICATED = "adjudicated"
"""The layer that an adjudicator fills; nobody reads under this name."""

OPEN, AI_SECOND, BLINDED = "open", "ai-second", "blinded"

GAVE_UP = "first reads given up"
"""The event of a reader who adjudicates without having read: no blinded first read any more."""

LABEL_ADDED = "label added"
"""The event of a reader who adds a label of their own to the study's."""


class Sight:
    """Reads and protocol of the open study, read when they are first asked for.

    A study whose protocol cannot be read hides everything: what was shown cannot be taken back.
    """

    def __init__(self, state: ViewerState) -> None:
        """Decide for the study and the reader that ``state`` has."""
        self._state = state
        self.adjudicator = ""
        """Who adjudicates, while the reader at work is the layer `ADJUDICATED`."""
        self._gave_up: set[str] | None = None
        self._added: set[str] = set()
        self._seen: dict[str, dict[int, datetime]] = {}
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
        self._gave_up = None
        self._added.clear()
        self._seen.clear()
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
        reader = self.person
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
        if self._state.adjudicating is not None and self.hides_others(case):
            return True
        found = self.reads(case)
        locked = bool(found) and all(read.locked is not None for read in found)
        return locked or self.cannot_begin(case)

    def seen(self, case: int) -> datetime | None:
        """Return when a model's word on a hidden case was first on the reader's screen, UTC.

        None where it never was, or only after the first read had begun.
        """
        self._load()
        reader = self._state.reader
        if reader not in self._seen:
            # First what waits: it may get into the study meanwhile.
            waiting = self._state.journal.waiting()
            try:
                events = self._study.events(MODEL_SEEN) if self._study is not None else []
            except SoftcamError:
                return None
            self._seen[reader] = first_seen([*events, *waiting], reader)
        seen = self._seen[reader].get(case)
        begun = next((read.started for read in self.reads(case)), None)
        return None if seen is None or (begun is not None and begun <= seen) else seen

    def note_seen(self, case: int, place: str) -> None:
        """Take down that a model's word on a case is on the screen, unless that is known."""
        if not self.hides_model(case):
            others = not self.hides_others(case)
            self._state.journal.once(MODEL_SEEN, case, place=place, others=others)

    def knows_of(self, case: int) -> bool:
        """Return whether `note_seen` has taken down a case for who sits at the screen."""
        return self._state.journal.told(MODEL_SEEN, case)

    # Who adjudicates

    @property
    def person(self) -> str:
        """Who sits at the screen: the adjudicator, while the reader at work is their layer."""
        adjudicating = self._state.adjudicating is not None
        return (self.adjudicator if adjudicating else "") or self._state.reader

    def gave_up(self, reader: str | None = None) -> bool:
        """Return whether a reader (default: the one at work) gave up blinded first reads."""
        self._load()
        if self._gave_up is None:
            try:
                found = self._study.events(GAVE_UP) if self._study is not None else []
            except SoftcamError:
                return False
            self._gave_up = {event.reader for event in found}
        return (self._state.reader if reader is None else reader) in self._gave_up

    def takes_part(self, reader: str) -> bool:
        """Return whether a reader has marks, a grade or a locked read anywhere in the study."""
        self._load()
        try:
            return self._study is not None and reader in self._study.readers_of()
        except SoftcamError:
            return True

    def cannot_begin(self, case: int) -> bool:
        """Return whether the reader at work has given up the blinded first read of a case."""
        if self.has_read(case):
            return False
        modes = {self.mode, *(read.mode for read in self.reads(case))}
        return modes != {OPEN} and self.gave_up()

    def awaits_adjudicator(self, case: int) -> bool:
        """Return whether a case stays hidden as who adjudicates has not locked a read of it."""
        return self._state.adjudicating is not None and self._keeps(
            case, self.person, (AI_SECOND, BLINDED)
        )

    # What may be seen

    def hides_model(self, case: int) -> bool:
        """Return whether no model's word on a case may be seen.

        As in the core's `protocol.hides_model`, of which this is the quick form for a whole list:
        a read that has begun keeps the mode it began with, whatever the protocol becomes.
        """
        return self._hides(case, (AI_SECOND, BLINDED))

    def hides_others(self, case: int) -> bool:
        """Return whether nobody else's marks and grades of a case may be seen."""
        if self._state.adjudicating is not None:
            return self.hides_model(case)
        return self._hides(case, (BLINDED,))

    def any_others_hidden(self) -> bool:
        """Return whether the marks that others made on any case may not be seen yet."""
        return any(self.hides_others(case.id) for case in self._state.cases)

    def readers_to_compare(self) -> list[str]:
        """Return the readers whose marks can be compared, in the order they came.

        They are those who have marks, grades or locked reads; while others are hidden all whom
        the study knows, as who has begun is hidden too.
        """
        study = self._state.study
        if study is None:
            return []
        if not self.any_others_hidden():
            return study.readers_of()
        return list(dict.fromkeys([*study.readers(), self._state.reader]))

    def labels(self) -> list[LabelRecord]:
        """Return the study's labels, but for those that only hidden readers brought."""
        study = self._state.study
        labels = study.labels() if study is not None else []
        if study is None or not labels or not self.any_others_hidden():
            return labels
        from softcam_core.annotations.labels import presets

        names = {label.name for label in labels}
        sets = [{label.name for label in preset.labels} for preset in presets().values()]
        known = {name for found in sets if found & names for name in found}
        added = study.events(LABEL_ADDED)
        own = study.labels_used(self.person) | self._added
        own |= {str(event.detail.get("label")) for event in added if event.reader == self.person}
        others = study.labels_used() | {str(event.detail.get("label")) for event in added}
        return [x for x in labels if x.name in known | own or x.name not in others]

    def add_label(self, name: str) -> None:
        """Know that the reader at work brought a label of their own."""
        self._added.add(name)
        self._state.journal.note(LABEL_ADDED, label=name)

    def _hides(self, case: int, modes: tuple[str, ...]) -> bool:
        if self._state.adjudicating is None:  # Asked of each of thousands of cases.
            return self._keeps(case, self.person, modes)
        # Who adjudicates sees what both readers that are compared, and the person, may see.
        readers = (*self._state.adjudicating, self.person)
        return any(self._keeps(case, reader, modes) for reader in readers)

    def _keeps(self, case: int, reader: str, modes: tuple[str, ...]) -> bool:
        """Return whether a reader has yet to lock a first read in one of some modes."""
        if self.has_read(case, reader):
            return False
        adjudicating = self._state.adjudicating is not None
        if adjudicating and reader == self.person and self.gave_up(reader):
            return False
        begun = {read.mode for read in self.reads(case, reader)}
        if adjudicating or self._protocol is None:
            # What a reader is still at is not compared, however openly it began; and a
            # protocol that cannot be read hides everything.
            begun.add(self.mode)
        return bool((begun or {self.mode}).intersection(modes))

    def own(self, case: Case) -> Case:
        """Return a stored case as the reader at work may see it: own grade, own progress."""
        everybodys = self.mode == OPEN or self._state.adjudicating is not None
        if everybodys and not self.hides_model(case.id):
            return case
        status = self._progress(case.id)
        if case.status == "flagged" and not self.hides_others(case.id):
            status = case.status
        return replace(case, status=status, label=self._own_grades().get(case.id, ""))

    def _progress(self, case: int) -> str:
        found = self.reads(case, self.person)
        if found and found[-1].locked is None:
            return "in progress"  # Another read waits for its lock as the first one does.
        # Only a first read before the model was seen is followed by a second one.
        if any(read.locked and (read.mode != AI_SECOND or read.stage > 1) for read in found):
            return "done"
        return "in progress" if found else "unread"

    def _own_grades(self) -> dict[int, str]:
        reader = self.person
        if reader not in self._grades:
            try:
                grades = self._study.all_grades() if self._study is not None else {}
            except SoftcamError:
                return {}
            own = {case: given[reader] for case, given in grades.items() if reader in given}
            self._grades[reader] = own
        return self._grades[reader]
