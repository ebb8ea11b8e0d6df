"""The edit history: every change with what was there before and after, and undo on top of it.

An edit and its line of history are one transaction. Undo puts what was there before back and
appends lines of its own; nothing is ever taken out of the history. It is the only undo state, so
undo survives the end of the program. A step on which somebody else has built since stays as it is.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from softcam_core.annotations.database import Database
from softcam_core.annotations.later import Direction, refuse_changed
from softcam_core.annotations.locks import refuse_locked
from softcam_core.annotations.records import EditRecord, Snapshot
from softcam_core.annotations.schema import annotations, edits, grades, moment, now, readers, steps
from softcam_core.annotations.words import step_in_words

_WALKS: tuple[Direction, ...] = ("undo", "redo")
_NEW_LINE = edits.insert()
_PRESENT = annotations.update().where(annotations.c.id == sa.bindparam("which"))
_ABSENT = _PRESENT.values(deleted=True)


@dataclass
class _OpenStep:
    """A batch in progress: its step is made by its first edit.

    Attributes:
        checked: what was asked about the study and holds until somebody forgets it.
    """

    text: str
    reader: str | None
    id: int | None = None
    checked: set[tuple[object, ...]] = field(default_factory=set)


class History:
    """The edits of one study."""

    def __init__(self, database: Database) -> None:
        """Work on an open study."""
        self._database = database
        self._local = threading.local()

    @contextmanager
    def batch(self, text: str, reader: str | None) -> Iterator[None]:
        """Make all edits of a block one transaction and one undo step."""
        if getattr(self._local, "step", None) is not None:
            yield
            return
        with self._database.write():
            self._local.step = _OpenStep(text, reader)
            try:
                yield
            finally:
                self._local.step = None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Run a block as one transaction or, inside a batch, as all or nothing of a part of it."""
        try:
            with self._database.write() as connection:
                yield connection
        except BaseException:
            self.forget()
            raise

    @property
    def in_batch(self) -> bool:
        """Whether this thread has begun a batch, which nobody else sees yet."""
        return getattr(self._local, "step", None) is not None

    def is_checked(self, *asked: object) -> bool:
        """Return whether this batch has asked the same before; it counts as asked from now on.

        Nobody else writes during a batch, so 20,000 shapes of an import need one answer.
        """
        step: _OpenStep | None = getattr(self._local, "step", None)
        if step is None:
            return False
        if asked in step.checked:
            return True
        step.checked.add(asked)
        return False

    def forget(self) -> None:
        """Ask everything anew: a part of the batch failed, or changed labels, readers or reads."""
        step: _OpenStep | None = getattr(self._local, "step", None)
        if step is not None:
            step.checked.clear()

    def edit(
        self,
        connection: sa.Connection,
        action: str,
        *,
        case: int,
        reader: str,
        annotation: int | None,
        before: Snapshot | None,
        after: Snapshot | None,
    ) -> None:
        """Put ``after`` in the place of ``before`` and append the line of history.

        Raises:
            StudyError: the reader has locked the read of this case.
        """
        if not self.is_checked("unlocked", case, reader):
            refuse_locked(connection, case, reader)
        # What was added is there already.
        if action != "add":
            _apply(connection, case, reader, annotation, after)
        batch: _OpenStep | None = getattr(self._local, "step", None)
        step = batch.id if batch else None
        if step is None:
            owner = batch.reader if batch and batch.reader else reader
            text = batch.text if batch else step_in_words(action, before, after)
            step = _begin_step(connection, owner, text, case)
            if batch:
                batch.id = step
        line = _line(step, action, reader, case, annotation, before, after)
        connection.execute(_NEW_LINE, line)

    def undo(self, reader: str | None) -> int | None:
        """Take the last step back; return its case, None where there is nothing to undo.

        Raises:
            StudyError: somebody has changed marks of it since, or a read of it is locked.
        """
        return self._walk("undo", reader)

    def redo(self, reader: str | None) -> int | None:
        """Do the step again that was undone last; return its case, None where there is none.

        Raises:
            StudyError: what it begins from is not there any more, or a read of it is locked.
        """
        return self._walk("redo", reader)

    def text(self, direction: Direction, reader: str | None) -> str | None:
        """Return the text of the step that undo or redo would take, None where there is none."""
        with self._database.read() as connection:
            step = _next_step(connection, direction, reader)
        return None if step is None else step.text

    def lines(self, reader: str | None, case: int | None, limit: int | None) -> list[EditRecord]:
        """Return the lines of history in order, the last ``limit`` of them."""
        query = select_lines().order_by(edits.c.seq.desc()).limit(limit)
        if reader is not None:
            query = query.where(edits.c.reader == reader)
        if case is not None:
            query = query.where(edits.c.case_id == case)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [line_record(row) for row in reversed(rows)]

    def _walk(self, direction: Direction, reader: str | None) -> int | None:
        if getattr(self._local, "step", None) is not None:
            raise ValueError(f"{direction}: not possible inside a batch")
        with self._database.write() as connection:
            step = _next_step(connection, direction, reader)
            if step is None:
                return None
            order = edits.c.seq.desc() if direction == "undo" else edits.c.seq
            rows = connection.execute(
                sa.select(edits)
                .where(edits.c.step == step.id, edits.c.action.not_in(_WALKS))
                .order_by(order)
            ).all()
            for case, owner in {(row.case_id, row.reader) for row in rows}:
                refuse_locked(connection, case, owner)
            refuse_changed(connection, step, direction, rows)
            last = _walk_step(connection, step.id, direction, rows)
            undone = direction == "undo"
            connection.execute(
                steps.update()
                .where(steps.c.id == step.id)
                .values(state="undone" if undone else "done", undone_by=last if undone else None)
            )
            return int(step.case_id)


def select_lines() -> sa.Select[Any]:
    """Return the query for lines of history, each with its step; `line_record` takes its rows."""
    return sa.select(edits, steps.c.text, steps.c.state).join(steps, steps.c.id == edits.c.step)


def line_record(row: sa.Row[Any]) -> EditRecord:
    """Return a row of `select_lines` as a record."""
    return EditRecord(
        seq=row.seq,
        time=row.time,
        reader=row.reader,
        action=row.action,
        text=row.text,
        step=row.step,
        state=row.state,
        case=row.case_id,
        annotation=row.annotation,
        before=row.before,
        after=row.after,
    )


def ensure_reader(connection: sa.Connection, name: str) -> None:
    """Add a reader to the study unless it has one of that name."""
    if connection.scalar(sa.select(readers.c.name).where(readers.c.name == name)) is None:
        connection.execute(readers.insert().values(name=name, added=now()))


def _next_step(
    connection: sa.Connection, direction: Direction, reader: str | None
) -> sa.Row[Any] | None:
    query = sa.select(steps).limit(1)
    if reader is not None:
        query = query.where(steps.c.reader == reader)
    if direction == "undo":
        query = query.where(steps.c.state == "done", steps.c.undone_by.is_(None))
        return connection.execute(query.order_by(steps.c.id.desc())).first()
    query = query.where(steps.c.state == "undone")
    if reader is None:
        # For all readers together, anybody's later edit ends the branch: the latest step's first.
        latest = sa.select(sa.func.max(steps.c.id)).scalar_subquery()
        begun = sa.select(sa.func.min(edits.c.seq)).where(edits.c.step == latest)
        query = query.where(steps.c.undone_by > begun.scalar_subquery())
    return connection.execute(query.order_by(steps.c.undone_by.desc())).first()


def _walk_step(
    connection: sa.Connection, step: int, direction: Direction, rows: Sequence[sa.Row[Any]]
) -> int:
    """Take a step's lines back, or do them again, and return the last line of history then.

    An import of many shapes is one step: all its lines are written at once.
    """
    states: dict[tuple[int, str, int | None], Snapshot | None] = {}
    lines = []
    for row in rows:
        old, new = row.before, row.after
        if direction == "undo":
            old, new = new, old
        states[row.case_id, row.reader, row.annotation] = new
        lines.append(_line(step, direction, row.reader, row.case_id, row.annotation, old, new))
    gone, present = [], []
    for (case, reader, annotation), state in states.items():
        if annotation is None:
            _apply_grade(connection, case, reader, state)
        elif state is None:
            gone.append({"which": annotation})
        else:
            present.append({"which": annotation, **_values(state)})
    for statement, changed in ((_ABSENT, gone), (_PRESENT, present), (_NEW_LINE, lines)):
        if changed:
            connection.execute(statement, changed)
    return int(connection.scalar(sa.select(sa.func.max(edits.c.seq))) or 0)


def _begin_step(connection: sa.Connection, reader: str, text: str, case: int) -> int:
    """Make a new step; what this reader had undone can no longer be redone."""
    ensure_reader(connection, reader)
    connection.execute(
        steps.update()
        .where(steps.c.state == "undone", steps.c.reader == reader)
        .values(state="dropped")
    )
    made = connection.execute(steps.insert().values(reader=reader, text=text, case_id=case))
    return _key(made)


def _line(
    step: int,
    action: str,
    reader: str,
    case: int,
    annotation: int | None,
    before: Snapshot | None,
    after: Snapshot | None,
) -> dict[str, Any]:
    """Return a line of history for `_NEW_LINE`."""
    return {
        "step": step,
        "time": now(),
        "reader": reader,
        "action": action,
        "case_id": case,
        "annotation": annotation,
        "before": before,
        "after": after,
    }


def _key(made: sa.CursorResult[Any]) -> int:
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])


def _apply(
    connection: sa.Connection,
    case: int,
    reader: str,
    annotation: int | None,
    state: Snapshot | None,
) -> None:
    """Bring an annotation, or the reader's grade of a case, into a state; None is absence."""
    if annotation is None:
        _apply_grade(connection, case, reader, state)
        return
    if state is None:
        connection.execute(_ABSENT, {"which": annotation})
    else:
        connection.execute(_PRESENT, {"which": annotation, **_values(state)})


def _values(state: Snapshot) -> dict[str, Any]:
    """Return the columns of an annotation that is there in a state."""
    return {**state, "modified": moment(state["modified"]), "deleted": False}


def _apply_grade(connection: sa.Connection, case: int, reader: str, state: Snapshot | None) -> None:
    connection.execute(grades.delete().where(grades.c.case_id == case, grades.c.reader == reader))
    if state is not None:
        connection.execute(
            grades.insert().values(
                case_id=case,
                reader=reader,
                label=state["label"],
                modified=moment(state["modified"]),
            )
        )
