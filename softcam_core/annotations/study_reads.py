"""The part of a study that says who reads it, when, and what else happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from softcam_core.annotations.arguments import check_json, check_name, check_reader
from softcam_core.annotations.happened import Happened
from softcam_core.annotations.records import (
    AnnotationRecord,
    EditRecord,
    EventRecord,
    ReadRecord,
)

if TYPE_CHECKING:
    from softcam_core.annotations.events import Events
    from softcam_core.annotations.past import Past
    from softcam_core.annotations.reads import Reads


class StudyReads:
    """Readers, reads and events; a base of `Study`."""

    _reads: Reads
    _events: Events
    _past: Past

    def readers(self) -> list[str]:
        """Return the readers' names in the order they came."""
        return self._reads.readers()

    def readers_of(self, case: int | None = None) -> list[str]:
        """Return who has read a case (None: any case), in the order the readers came.

        A reader has read a case who has marks or a grade there, or has locked a read of it.
        """
        return self._reads.readers_of(case)

    def marks_of_others(self, case: int, reader: str) -> int:
        """Return how many marks a case has of readers other than this one."""
        return self._reads.marks_of_others(case, reader)

    def add_reader(self, name: str) -> None:
        """Add a reader; one who is there already stays."""
        check_reader(name)
        self._reads.add_reader(name)

    def start_read(
        self, case: int, reader: str, mode: str = "open", stage: int | None = None
    ) -> int:
        """Begin a read of a case and return the read's id.

        Args:
            case: id of the case.
            reader: who reads; a new name joins the readers.
            mode: how, for instance ``open``, ``ai-second`` or ``blinded``.
            stage: 1 for the first read, 2 for the one after the reveal, and so on; None for the
                next one.

        Raises:
            StudyError: this reader has an open read of the case, or there is no such case.
        """
        check_reader(reader)
        check_name("mode", mode)
        if stage is not None and stage < 1:
            raise ValueError(f"stage: expected 1 or more, got {stage}")
        return self._reads.start(case, reader, mode, stage)

    def add_read_time(self, read: int, seconds: float) -> None:
        """Add active time to an open read; it is on disk when the call returns.

        Raises:
            ValueError: the time is below 0.
            StudyError: there is no such read, or it is locked.
        """
        self._reads.add_time(read, seconds)

    def lock_read(self, read: int, active_seconds: float | None = None) -> None:
        """End a read for good; its reader's marks and grade of the case then stay as they are.

        ``active_seconds``: the whole time spent on it; None for what `add_read_time` added up.

        Raises:
            ValueError: the time is below 0.
            StudyError: there is no such read, or it is locked already.
        """
        self._reads.lock(read, active_seconds)

    def reads(self, case: int | None = None, reader: str | None = None) -> list[ReadRecord]:
        """Return reads in the order they began."""
        return self._reads.all(case, reader)

    def open_read(self, case: int, reader: str) -> ReadRecord | None:
        """Return the read of a case that a reader has not locked yet, None if there is none."""
        return self._reads.open_one(case, reader)

    def is_locked(self, case: int, reader: str) -> bool:
        """Return whether a reader's read of a case is locked and no other has begun."""
        return self._reads.is_locked(case, reader)

    def annotations_at(
        self, case: int, reader: str | None, edit: int | None
    ) -> list[AnnotationRecord]:
        """Return a case's annotations by a reader (None: all) as they were after a line of history.

        With `ReadRecord.edit` that is what the reader had drawn when that read was locked. None
        for ``edit`` is the time before the first line.
        """
        return self._past.annotations(case, reader, edit)

    def grade_at(self, case: int, reader: str, edit: int | None) -> str | None:
        """Return a reader's grade of a case as it was after a line of history, None for none."""
        return self._past.grade(case, reader, edit)

    def last_edit(self) -> int:
        """Return the number of the last line of history, 0 where there is none."""
        return self._past.last()

    def edit_time(self, edit: int) -> datetime | None:
        """Return when a line of history was written, UTC; None where there is no such line."""
        return self._past.time(edit)

    def cases_edited_after(self, edit: int) -> set[int]:
        """Return the cases whose marks or grades lines of history after this one are about."""
        return self._past.cases_after(edit)

    def history(self) -> Iterator[EditRecord]:
        """Yield the whole history in order, as `edits` returns it, without holding all of it."""
        return self._past.lines()

    def log(self, what: str, reader: str = "", case: int | None = None, **detail: Any) -> int:
        """Append to the list of events, which nobody can change; return the event's number.

        Args:
            what: what happened, in a few words: ``protocol changed``.
            reader: who did it, empty for nobody in particular.
            case: the case it happened to, if it was one.
            detail: further values that JSON can hold.

        Raises:
            ValueError: JSON cannot hold the detail.
            StudyError: the study has no such case, or cannot be written.
        """
        check_name("what", what)
        check_json("detail", detail)
        return self._events.log(what, reader, case, detail)

    def log_all(self, happened: Sequence[Happened]) -> None:
        """Append events that happened a while ago, with their own times, all or none of them.

        One of a case that the study does not have is left out: it could never be stored.

        Raises:
            ValueError: JSON cannot hold a detail.
            StudyError: the study cannot be written.
        """
        for one in happened:
            check_name("what", one.what)
            check_json("detail", one.detail)
        self._events.log_all(happened)

    def events(self, what: str | None = None) -> list[EventRecord]:
        """Return what happened besides the edits, in order: reads, choices, imports, exports.

        ``what``: only the events of this name.
        """
        return self._events.all(what)
