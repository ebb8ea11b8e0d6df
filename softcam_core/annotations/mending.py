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
_NAMED = 10
_PARTS = {
    "kind": "kind",
    "points": "place",
    "angle": "angle",
    "label": "label",
    "attributes": "note",
    "mask": "mask",
    "modified": "time",
}


def mend(study: sqlite3.Connection, *, complete: bool, lines_complete: bool) -> list[str]:
    """Bring the rows of a study together; its triggers must not be there yet.

    Args:
        study: a connection that does not insist on references.
        complete: no row is known to be lost.
        lines_complete: no line of the history is: then it is believed where a row says otherwise.

    Returns:
        What had to be made up, one phrase each.
    """
    study.row_factory = sqlite3.Row
    told = [*_add_readers(study), *_add_cases(study), *_drop_masks(study)]
    history = _History(study, lines_complete)
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
        # Events need not be about a case.
        query = (
            f"SELECT DISTINCT case_id FROM {table} "
            "WHERE case_id IS NOT NULL AND case_id NOT IN (SELECT id FROM cases)"
        )
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

    def __init__(self, study: sqlite3.Connection, complete: bool) -> None:
        self._study = study
        self._complete = complete
        self._differing: list[str] = []
        self._now: dict[_Key, Row | None] = {}
        self._owners: dict[int, tuple[int, str, str]] = {}
        self._seqs: dict[int, int] = {}
        self._undone: dict[int, bool] = {}
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
                _, _, begun = self._owners.get(line["annotation"], ("", "", line["time"]))
                self._owners[line["annotation"]] = line["case_id"], line["reader"], begun
            self._undone[line["step"]] = line["action"] == "undo"
            old = line.pop("seq")
            self._seqs[old] = self._insert("edits", line)
            self._gaps += self._seqs[old] != old
        study.execute("DROP TABLE temp.old_edits")

    def reach_marks(self) -> None:
        """Bring what is drawn and the end of the history together.

        Where they differ the history counts, which is only ever appended to; where lines of it
        are lost, it is the row. Rows that are lost come back from the history.
        """
        rows = {row["id"]: dict(row) for row in self._study.execute("SELECT * FROM annotations")}
        for number, row in rows.items():
            key = number, 0, ""
            here = None if row["deleted"] else _snapshot(row)
            if number not in self._owners:
                self._bridge(key, here, row["case_id"], row["reader"], _now())
                continue
            self._give_back(row)
            if self._now[key] == here:
                continue
            if self._complete and self._has_pixels(self._now[key]):
                self._set_right(number, here, self._now[key])
            else:
                self._differ(f"annotation {number} was not as the history says; taken as drawn")
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
            then = self._now.get((None, case, reader))
            if (then or {}).get("label") == row["label"]:
                continue
            grade = f"the grade of case {case} by {reader}"
            if self._complete:
                where = (case, reader)
                self._study.execute("DELETE FROM grades WHERE case_id = ? AND reader = ?", where)
                if then is not None:
                    self._insert("grades", {"case_id": case, "reader": reader, **then})
                self._differ(f"{grade} was damaged; taken from the history")
            else:
                self._differ(f"{grade} was not as the history says; taken as given")
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
        for row in study.execute("SELECT id, state FROM steps").fetchall():
            undone = self._undone.get(row["id"])
            state = None if undone is None else "undone" if undone else "done"
            if row["state"] not in (state, "dropped"):
                query = "UPDATE steps SET state = 'dropped', undone_by = NULL WHERE id = ?"
                study.execute(query, (row["id"],))
                self._differ(f"whether step {row['id']} is undone; it stays as it is")
        if missing or self._bridges or self._rebuilt or self._gaps or not complete:
            study.execute("UPDATE steps SET state = 'dropped', undone_by = NULL")
        if any(row["name"] == "edit" for row in study.execute("PRAGMA table_info(reads)")):
            query = "SELECT id, edit FROM reads WHERE edit IS NOT NULL"
            for read, old in study.execute(query).fetchall():
                study.execute("UPDATE reads SET edit = ? WHERE id = ?", (self._seq(old), read))

    def told(self) -> list[str]:
        """Return what had to be made up."""
        said = self._differing[:_NAMED]
        if len(self._differing) > _NAMED:
            said.append(f"{len(self._differing) - _NAMED} more marks and grades likewise")
        if self._bridges:
            said.append(f"{self._bridges} places in the history, which say {_TEXT}")
        return said

    def _give_back(self, row: Row) -> None:
        """Let a row be of the case and the reader that the history has for it."""
        case, reader, _ = self._owners[row["id"]]
        parts = [
            what
            for what, value, name in (("case", case, "case_id"), ("reader", reader, "reader"))
            if row[name] != value
        ]
        if parts:
            self._study.execute(
                "UPDATE annotations SET case_id = ?, reader = ? WHERE id = ?",
                (case, reader, row["id"]),
            )
            row.update(case_id=case, reader=reader)
            self._damaged(row["id"], parts)

    def _set_right(self, number: int, here: Row | None, state: Row | None) -> None:
        """Bring a row into the state that the history ends in."""
        if state is None or here is None:
            parts = ["deletion"]
        else:
            parts = [name for key, name in _PARTS.items() if here[key] != state.get(key)]
        values: Row = {"deleted": int(state is None)}
        if state is not None:
            values |= _columns(state)
        places = ", ".join(f"{name} = ?" for name in values)
        self._study.execute(
            f"UPDATE annotations SET {places} WHERE id = ?", (*values.values(), number)
        )
        self._damaged(number, parts)

    def _damaged(self, number: int, parts: list[str]) -> None:
        what = " and ".join(parts)
        verb = "were" if len(parts) > 1 else "was"
        self._differ(f"the {what} of annotation {number} {verb} damaged; taken from the history")

    def _differ(self, what: str) -> None:
        self._differing.append(what)

    def _has_pixels(self, state: Row | None) -> bool:
        """Return whether the pixels of a state are there, if it has any."""
        if state is None or state["mask"] is None:
            return True
        query = "SELECT count(*) FROM masks WHERE hash = ?"
        return bool(self._study.execute(query, (state["mask"],)).fetchone()[0])

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
        values = _columns(shown)
        lost_pixels = not self._has_pixels(shown)
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


def _columns(state: Row) -> Row:
    """Return a state of the history as the columns of the table of annotations."""
    points, attributes = _blob(state["points"]), _dump(state["attributes"])
    return {**state, "points": points, "attributes": attributes}


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
