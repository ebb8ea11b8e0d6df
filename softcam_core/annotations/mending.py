"""Make rescued rows a whole study again: references, and the history against what is drawn."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from softcam_core.annotations.integrity import mask_hash

Row = dict[str, Any]
_Key = tuple[int | None, int, str]

_READERS_IN = ("annotations", "grades", "steps", "edits", "reads")
_CASES_IN = ("annotations", "grades", "steps", "edits", "reads", "results", "events")
_TEXT = "Rescued"


def mend(study: sqlite3.Connection, *, complete: bool) -> list[str]:
    """Bring the rows of a study together; its triggers must not be there yet.

    Args:
        study: a connection that does not insist on references.
        complete: no row is known to be lost.

    Returns:
        What had to be made up, one phrase each.
    """
    study.row_factory = sqlite3.Row
    told = [*_add_readers(study), *_add_cases(study), *_drop_masks(study)]
    history = _History(study)
    history.rewrite()
    history.reach_marks()
    history.reach_grades()
    history.finish(complete=complete and not told)
    return told + history.told()


def _add_readers(study: sqlite3.Connection) -> Iterable[str]:
    """Add who is named somewhere; the name is all that there is to know."""
    for table in _READERS_IN:
        study.execute(
            f"INSERT OR IGNORE INTO readers (name, added) SELECT DISTINCT reader, ? FROM {table}",
            (_now(),),
        )
    return ()


def _add_cases(study: sqlite3.Connection) -> Iterable[str]:
    """Add the cases that something belongs to, with a path that says that it is lost."""
    for table in _CASES_IN:
        if not _has(study, table):
            continue
        query = f"SELECT DISTINCT case_id FROM {table} WHERE case_id NOT IN (SELECT id FROM cases)"
        for (case,) in study.execute(query).fetchall():
            study.execute(
                "INSERT INTO cases (id, path, modality, status, added) VALUES (?, ?, '', ?, ?)",
                (case, f"image-of-case-{case}-lost", "unread", _now()),
            )
            yield f"the path of the image of case {case}"


def _drop_masks(study: sqlite3.Connection) -> Iterable[str]:
    """Take away masks whose pixels are not what was stored, and what was drawn with them."""
    for row in study.execute("SELECT * FROM masks").fetchall():
        if mask_hash(row["height"], row["width"], row["bits"]) != row["hash"]:
            study.execute("DELETE FROM masks WHERE hash = ?", (row["hash"],))
    gone = study.execute(
        "UPDATE annotations SET mask = NULL, deleted = 1 "
        "WHERE mask IS NOT NULL AND mask NOT IN (SELECT hash FROM masks)"
    ).rowcount
    if gone:
        yield f"the pixels of {gone} masks"


class _History:
    """Writes the lines of history anew, without gaps."""

    def __init__(self, study: sqlite3.Connection) -> None:
        self._study = study
        self._now: dict[_Key, Row | None] = {}
        self._owners: dict[int, tuple[int, str, str]] = {}
        self._seqs: dict[int, int] = {}
        self._bridges = 0
        self._rebuilt = 0
        self._gaps = 0

    def rewrite(self) -> None:
        """Number the lines anew; where one does not begin as the last one ended, add one."""
        study = self._study
        study.execute("CREATE TEMP TABLE old_edits AS SELECT * FROM edits")
        study.execute("DELETE FROM edits")
        study.execute("DELETE FROM sqlite_sequence WHERE name = 'edits'")
        for row in study.execute("SELECT * FROM temp.old_edits ORDER BY seq"):
            line = dict(row)
            key = _key(line)
            before, after = _load(line["before"]), _load(line["after"])
            if self._now.get(key) != before:
                self._bridge(key, before, line["case_id"], line["reader"], line["time"])
            self._now[key] = after
            if line["annotation"] is not None:
                self._owners.setdefault(
                    line["annotation"], (line["case_id"], line["reader"], line["time"])
                )
            old = line.pop("seq")
            self._seqs[old] = self._insert("edits", line)
            self._gaps += self._seqs[old] != old
        study.execute("DROP TABLE temp.old_edits")

    def reach_marks(self) -> None:
        """Let the history end in what is drawn; rows that are lost come back from its end."""
        rows = {row["id"]: dict(row) for row in self._study.execute("SELECT * FROM annotations")}
        for number, row in rows.items():
            key = number, 0, ""
            here = None if row["deleted"] else _snapshot(row)
            if self._now.get(key) != here or number not in self._owners:
                self._bridge(key, here, row["case_id"], row["reader"], _now())
        lost = [key for key in self._now if key[0] is not None and key[0] not in rows]
        for key in lost:
            assert key[0] is not None
            self._rebuild(key[0], self._now[key])

    def reach_grades(self) -> None:
        """Let the history end in the grades that are there, and bring back those that are lost."""
        query = "SELECT case_id, reader, label, modified FROM grades"
        rows = {(row["case_id"], row["reader"]): row for row in self._study.execute(query)}
        for (annotation, case, reader), state in list(self._now.items()):
            if annotation is None and state is not None and (case, reader) not in rows:
                self._insert("grades", {"case_id": case, "reader": reader, **state})
        for (case, reader), row in rows.items():
            here = {"label": row["label"], "modified": row["modified"]}
            if (self._now.get((None, case, reader)) or {}).get("label") != row["label"]:
                self._bridge((None, case, reader), here, case, reader, _now())

    def finish(self, *, complete: bool) -> None:
        """Give every line its step, and let undo not reach back behind what was made up."""
        study = self._study
        missing = study.execute(
            "SELECT step, min(reader) AS reader, min(case_id) AS case_id FROM edits "
            "WHERE step NOT IN (SELECT id FROM steps) GROUP BY step"
        ).fetchall()
        for row in missing:
            self._add_step(row["reader"], row["case_id"], row["step"])
        if missing or self._bridges or self._rebuilt or self._gaps or not complete:
            study.execute("UPDATE steps SET state = 'dropped', undone_by = NULL")
        if any(row["name"] == "edit" for row in study.execute("PRAGMA table_info(reads)")):
            query = "SELECT id, edit FROM reads WHERE edit IS NOT NULL"
            for read, old in study.execute(query).fetchall():
                study.execute("UPDATE reads SET edit = ? WHERE id = ?", (self._seq(old), read))

    def told(self) -> list[str]:
        """Return what had to be made up."""
        said = []
        if self._bridges:
            said.append(f"{self._bridges} places in the history, which say {_TEXT}")
        return said

    def _seq(self, old: int) -> int | None:
        """Return the new number of a line, or of the last one before it that is there."""
        return max((new for seq, new in self._seqs.items() if seq <= old), default=None)

    def _bridge(self, key: _Key, after: Row | None, case: int, reader: str, time: str) -> None:
        """Append a line from what the history says so far to what is there."""
        before = self._now.get(key)
        annotation = key[0]
        action = "grade" if annotation is None else _action(before, after)
        self._insert(
            "edits",
            {
                "step": self._add_step(reader, case),
                "time": time,
                "reader": reader,
                "action": action,
                "case_id": case,
                "annotation": annotation,
                "before": _dump(before),
                "after": _dump(after),
            },
        )
        if annotation is not None:
            self._owners.setdefault(annotation, (case, reader, time))
        self._now[key] = after
        self._bridges += 1

    def _rebuild(self, number: int, state: Row | None) -> None:
        """Put an annotation back as the history has it."""
        case, reader, created = self._owners[number]
        shown = state or self._last_seen(number)
        if shown is None:
            return
        values = {
            **shown,
            "points": _blob(shown["points"]),
            "attributes": _dump(shown["attributes"]),
        }
        known = self._study.execute(
            "SELECT count(*) FROM masks WHERE hash = ?", (shown["mask"],)
        ).fetchone()[0]
        lost_pixels = shown["mask"] is not None and not known
        if lost_pixels:
            values["mask"] = None
        owner = {"id": number, "case_id": case, "reader": reader, "created": created}
        deleted = state is None or lost_pixels
        self._insert("annotations", {**owner, **values, "deleted": int(deleted)})
        self._rebuilt += 1
        if lost_pixels and state is not None:
            self._bridge((number, 0, ""), None, case, reader, _now())

    def _last_seen(self, number: int) -> Row | None:
        row = self._study.execute(
            "SELECT coalesce(after, before) AS state FROM edits WHERE annotation = ? "
            "AND coalesce(after, before) IS NOT NULL ORDER BY seq DESC LIMIT 1",
            (number,),
        ).fetchone()
        return None if row is None else _load(row["state"])

    def _add_step(self, reader: str, case: int, number: int | None = None) -> int:
        values = {"reader": reader, "text": _TEXT, "case_id": case, "state": "dropped"}
        return self._insert("steps", values if number is None else {"id": number, **values})

    def _insert(self, table: str, values: Row) -> int:
        names, places = ", ".join(values), ", ".join("?" * len(values))
        query = f"INSERT INTO {table} ({names}) VALUES ({places})"
        return int(self._study.execute(query, tuple(values.values())).lastrowid or 0)


def _key(line: Row) -> _Key:
    if line["annotation"] is None:
        return None, line["case_id"], line["reader"]
    return line["annotation"], 0, ""


def _action(before: Row | None, after: Row | None) -> str:
    if before is None:
        return "add"
    return "delete" if after is None else "update"


def _snapshot(row: Row) -> Row:
    """Return a row of the table of annotations as the history writes it."""
    import numpy as np

    return {
        "kind": row["kind"],
        "points": np.frombuffer(row["points"], "<f8").reshape(-1, 2).tolist(),
        "angle": row["angle"],
        "label": row["label"],
        "attributes": _load(row["attributes"]),
        "mask": row["mask"],
        "modified": row["modified"],
    }


def _blob(points: list[list[float]]) -> bytes:
    import numpy as np

    return np.asarray(points, "<f8").tobytes()


def _load(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _dump(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _has(study: sqlite3.Connection, table: str) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(study.execute(query, (table,)).fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
