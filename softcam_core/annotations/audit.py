"""The audit log: who did what when to which image, what was there before and what after.

It joins the history of edits with the list of events. Images are named as in every export, by
their place below the folder that they share; no folder of this computer and nothing that says who
a patient is gets out, unless it is asked for or a reader wrote it into a note.
"""

from __future__ import annotations

import csv
import heapq
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from softcam_core.annotations.folders import without_folders
from softcam_core.annotations.formats.naming import relative_names
from softcam_core.annotations.protocol import PROTOCOL_CHANGED, hidden_cases
from softcam_core.annotations.records import EditRecord, EventRecord, ReadRecord, Snapshot
from softcam_core.annotations.study import Study
from softcam_core.annotations.words import detail_in_words, state_in_words
from softcam_core.errors import StudyError
from softcam_core.paths import shown

Kind = Literal["csv", "json", "list"]

LEFT_OUT = "rows left out"
"""The last row of a log that was written for a reader who may not see all of it yet."""

_READ_EVENTS = ("read started", "read locked")
_IDENTITY = re.compile(r"patient|birth|accession|physician|institution|operator", re.IGNORECASE)
# What a table program would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit log.

    Attributes:
        time: when, UTC.
        reader: who; empty for nobody in particular.
        what: ``add``, ``update``, ``delete``, ``grade``, ``undo``, ``redo``, or an event.
        image: the image's name; empty where it was none in particular.
        mark: the annotation's id; None for grades and events.
        step: the undo step that an edit belongs to, in words; many edits of an import share one.
        before: what was there, in words.
        after: what was there since, in words; of an event all it says.
        source: ``edit``, ``event`` or ``read``: the list that the line stands in; ``note`` for a
            line that says something about the log itself.
        number: its number in that list.
        before_state: what was there, as the history keeps it; None if nothing.
        after_state: what was there since; of an event its detail.
    """

    time: datetime
    reader: str
    what: str
    image: str
    mark: int | None
    step: str
    before: str
    after: str
    source: str
    number: int
    before_state: Snapshot | None
    after_state: Snapshot | None


def audit_rows(study: Study, keep_identity: bool = False) -> Iterator[AuditRow]:
    """Yield the audit log of a study in order of time, without holding all of it.

    ``keep_identity``: name images and files by their whole path, and keep what an event says
    about a patient.
    """
    cases = study.cases()
    paths = [case.path for case in cases]
    names = [shown(path) for path in paths] if keep_identity else relative_names(paths)
    images = {case.id: name for case, name in zip(cases, names, strict=True)}
    events = study.events()
    logged = {event.detail.get("read") for event in events if event.what in _READ_EVENTS}
    older = [read for read in study.reads() if read.id not in logged]
    yield from heapq.merge(
        (_of_edit(edit, images) for edit in study.history()),
        # An event may have been stored later than it happened.
        sorted((_of_event(event, images, keep_identity) for event in events), key=_time),
        sorted((row for read in older for row in _of_read(read, images)), key=_time),
        key=_time,
    )


def rows_for(study: Study, viewer: str, keep_identity: bool = False) -> Iterator[AuditRow]:
    """Yield what a reader may see of the audit log while first reads of theirs are hidden.

    Own rows stay. Of a case whose model the protocol hides from ``viewer`` nobody else's row is
    told, and while there is such a case, none of others that is about no case in particular, but
    for the changes of the protocol. A last row, `LEFT_OUT`, says how many were left out.
    """
    hidden = hidden_cases(study, viewer)
    if not hidden:
        yield from audit_rows(study, keep_identity)
        return
    cases = study.cases()
    paths = [case.path for case in cases]
    names = [shown(path) for path in paths] if keep_identity else relative_names(paths)
    images = {name for case, name in zip(cases, names, strict=True) if case.id in hidden}
    left = 0
    for row in audit_rows(study, keep_identity):
        told = row.image not in images if row.image else row.what == PROTOCOL_CHANGED
        if told or row.reader == viewer:
            yield row
        else:
            left += 1
    detail = {"rows": left, "hidden cases": len(hidden), "from": viewer}
    yield AuditRow(
        time=datetime.now(UTC),
        reader=viewer,
        what=LEFT_OUT,
        image="",
        mark=None,
        step="",
        before="",
        after=detail_in_words(detail),
        source="note",
        number=0,
        before_state=None,
        after_state=detail,
    )


def write_audit(
    study: Study,
    path: str | os.PathLike[str],
    kind: Kind = "csv",
    keep_identity: bool = False,
    viewer: str | None = None,
) -> int:
    """Write the audit log of a study to a file, in place of what is there.

    Args:
        study: an open study.
        path: of the file.
        kind: ``csv``: a table with the columns `AuditRow` has, but for the states. ``json``: one
            JSON object a line, states included. ``list``: the same as one JSON list.
        keep_identity: see `audit_rows`.
        viewer: a reader who may see no more of it than `rows_for` tells; None for all of it.

    Returns:
        How many rows the protocol kept from ``viewer``.

    Raises:
        ValueError: another kind.
        StudyError: the file cannot be written; what was there is as it was.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"kind: expected csv, json or list, got {kind!r}")
    target = Path(path)
    partial = target.with_name(f".{target.name}.{os.getpid()}.new")
    left = [0]

    def counted() -> Iterator[AuditRow]:
        found = (
            audit_rows(study, keep_identity)
            if viewer is None
            else rows_for(study, viewer, keep_identity)
        )
        for row in found:
            if row.what == LEFT_OUT and row.source == "note":
                left[0] = int((row.after_state or {}).get("rows", 0))
            yield row

    rows = counted()
    try:
        try:
            with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                if kind == "csv":
                    csv.writer(file).writerows(_csv_lines(rows))
                elif kind == "json":
                    file.writelines(f"{_json(row)}\n" for row in rows)
                else:
                    file.write("[")
                    for number, row in enumerate(rows):
                        file.write((",\n" if number else "\n") + _json(row))
                    file.write("\n]\n")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise StudyError(
            f"The audit log cannot be written as {shown(target)} ({error.strerror or error}); "
            "choose another place."
        ) from error
    return left[0]


def _csv_lines(rows: Iterator[AuditRow]) -> Iterator[list[str]]:
    columns = [field.name for field in fields(AuditRow) if not field.name.endswith("_state")]
    yield columns
    for row in rows:
        cells = ["" if (v := getattr(row, name)) is None else v for name in columns]
        yield [_cell(cell.isoformat() if isinstance(cell, datetime) else cell) for cell in cells]


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(row: AuditRow) -> str:
    values = {**vars(row), "time": row.time.isoformat()}
    return json.dumps(values, ensure_ascii=False)


def _time(row: AuditRow) -> datetime:
    return row.time


def _of_edit(edit: EditRecord, images: dict[int, str]) -> AuditRow:
    return AuditRow(
        time=edit.time,
        reader=edit.reader,
        what=edit.action,
        image=images.get(edit.case, ""),
        mark=edit.annotation,
        step=edit.text,
        before=state_in_words(edit.before),
        after=state_in_words(edit.after),
        source="edit",
        number=edit.seq,
        before_state=edit.before,
        after_state=edit.after,
    )


def _of_event(event: EventRecord, images: dict[int, str], keep_identity: bool) -> AuditRow:
    detail = event.detail if keep_identity else _blanked(event.detail)
    return _plain(
        event.time, event.reader, event.what, event.case, detail, "event", event.seq, images
    )


def _of_read(read: ReadRecord, images: dict[int, str]) -> Iterator[AuditRow]:
    """Yield the lines of a read from before there were events."""
    detail: dict[str, Any] = {"read": read.id, "mode": read.mode, "stage": read.stage}
    started, locked = _READ_EVENTS
    yield _plain(read.started, read.reader, started, read.case, detail, "read", read.id, images)
    if read.locked is not None:
        detail = {**detail, "active_seconds": read.active_seconds, "edit": read.edit}
        yield _plain(read.locked, read.reader, locked, read.case, detail, "read", read.id, images)


def _plain(
    time: datetime,
    reader: str,
    what: str,
    case: int | None,
    detail: dict[str, Any],
    source: str,
    number: int,
    images: dict[int, str],
) -> AuditRow:
    return AuditRow(
        time=time,
        reader=reader,
        what=what,
        image="" if case is None else images.get(case, ""),
        mark=None,
        step="",
        before="",
        after=detail_in_words(detail),
        source=source,
        number=number,
        before_state=None,
        after_state=detail,
    )


def _blanked(value: Any) -> Any:
    """Return an event's detail without folders of this computer and without patients."""
    if isinstance(value, dict):
        return {
            without_folders(name): "removed"
            if _IDENTITY.search(name) and v is not None
            else _blanked(v)
            for name, v in value.items()
        }
    if isinstance(value, list):
        return [_blanked(v) for v in value]
    return without_folders(value) if isinstance(value, str) else value
