"""Undo and redo take nobody's later work away.

A step of one reader may hold marks of others, as an import does. Once one of them is changed by a
later step, going through the first one would put an old state in the place of that work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import sqlalchemy as sa

from softcam_core.annotations.records import Snapshot
from softcam_core.annotations.schema import edits, steps
from softcam_core.errors import StudyError
from softcam_core.paths import shown

Direction = Literal["undo", "redo"]
_Key = tuple[int | None, int, str]

_DONE = {"undo": "undone", "redo": "done again"}
_WHAT_NOW = {
    "done": "has changed {what} of this step since; undo that first",
    "undone": "has taken back what it goes on from; redo that first",
    "dropped": "has taken back what it goes on from, and drawn on",
}


def refuse_changed(
    connection: sa.Connection, step: sa.Row[Any], direction: Direction, rows: Sequence[sa.Row[Any]]
) -> None:
    """Let a step be undone or redone only where all is as it was left.

    Args:
        connection: inside the transaction that walks.
        step: the row of the step.
        direction: where to.
        rows: the step's own lines in the order of the walk.

    Raises:
        StudyError: a later step that is done has changed a mark or grade of this one, or what is
            there is not what the step begins from.
    """
    left: dict[_Key, Snapshot | None] = {}
    for row in rows:
        left.setdefault(_key(row), row.after if direction == "undo" else row.before)
    lines = [line for line in _later(connection, step.id) if _key(line) in left]
    if not lines:
        return
    # Work on top of the step; or, where there is none, what it goes on from is another.
    found = [line for line in lines if line.state == "done" and line.step > step.id]
    if not found:
        lines.sort(key=lambda line: line.seq)
        ends = {_key(line): line for line in lines}
        states = _after(connection, [line.seq for line in ends.values()])
        found = [line for key, line in ends.items() if states[line.seq] != left[key]]
    if found:
        changed = max(found, key=lambda line: line.seq)
        what = "the grade" if changed.annotation is None else "marks"
        now = _WHAT_NOW[changed.state].format(what=what)
        raise StudyError(
            f'"{shown(step.text)}" cannot be {_DONE[direction]}: {shown(changed.who)} {now}.'
        )


def _later(connection: sa.Connection, step: int) -> Iterable[sa.Row[Any]]:
    """Return the lines since a step was last done or undone that may be about the same marks."""
    own = edits.alias()
    last = connection.scalar(sa.select(sa.func.max(edits.c.seq)).where(edits.c.step == step))
    query = (
        sa.select(
            edits.c.seq,
            edits.c.step,
            edits.c.annotation,
            edits.c.case_id,
            edits.c.reader,
            steps.c.state,
            steps.c.reader.label("who"),
        )
        .join(steps, steps.c.id == edits.c.step)
        .where(
            edits.c.seq > last,
            edits.c.case_id.in_(sa.select(own.c.case_id).where(own.c.step == step)),
            sa.or_(
                edits.c.annotation.is_(None),
                edits.c.annotation.in_(sa.select(own.c.annotation).where(own.c.step == step)),
            ),
        )
    )
    return connection.execute(query)


def _after(connection: sa.Connection, lines: list[int]) -> dict[int, Snapshot | None]:
    """Return what lines of history left."""
    found = {}
    for start in range(0, len(lines), 1000):
        part = lines[start : start + 1000]
        query = sa.select(edits.c.seq, edits.c.after).where(edits.c.seq.in_(part))
        found.update({row.seq: row.after for row in connection.execute(query)})
    return found


def _key(row: sa.Row[Any]) -> _Key:
    if row.annotation is None:
        return None, row.case_id, row.reader
    return row.annotation, 0, ""
