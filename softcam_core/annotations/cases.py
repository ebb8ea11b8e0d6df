"""The images of a study: their paths, sizes and reading status."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from softcam_core.annotations import schema
from softcam_core.annotations.database import Database
from softcam_core.annotations.records import STATUSES, CaseRecord
from softcam_core.annotations.schema import cases, edits, grades, now
from softcam_core.errors import StudyError
from softcam_core.paths import exists, shown

PathLike = str | os.PathLike[str]

_T = TypeVar("_T")

_CHUNK = 500
# All that a record holds; the time alone would take a third of the reading of 10,000 cases.
_SHOWN = [
    getattr(cases.c, name) for name in ("id", "path", "modality", "status", "width", "height")
]


class Cases:
    """The cases of one study."""

    def __init__(self, database: Database) -> None:
        """Work on an open study; find its images again if it was moved together with them."""
        self._database = database
        self._folder = database.path.parent
        # Where the study can only be read: the paths of images that moved together with it.
        self._moved: dict[int, str] = {}
        # To make paths anew would take most of the time of listing 10,000 cases again.
        self._paths: dict[str, tuple[Path, str]] = {}
        self._follow_move()

    def add(self, paths: Iterable[PathLike], modality: str) -> list[int]:
        """Add images in one transaction; return an id for each path, old ones included."""
        real = _RealPaths()
        wanted = [real(path) for path in paths]
        ids: dict[str, int] = {}
        with self._database.write() as connection:
            for chunk in _chunks(dict.fromkeys(wanted)):
                ids |= _find(connection, chunk)
                new = [path for path in chunk if path not in ids]
                if new:
                    rows = [self._row(path, modality) for path in new]
                    connection.execute(cases.insert(), rows)
                    ids |= _find(connection, new)
        return [ids[path] for path in wanted]

    def all(self, reader: str | None) -> list[CaseRecord]:
        """Return the cases in the order they were added, with one reader's or the latest grade."""
        own = sa.true() if reader is None else grades.c.reader == reader
        with self._database.read() as connection:
            latest = _latest_grades(connection, own)
            rows = connection.execute(sa.select(*_SHOWN).order_by(cases.c.id)).all()
        # Unpacked: a row's columns by name take five times as long.
        return [self._record(case, latest.get(case, ""), *rest) for case, *rest in rows]

    def get(self, case: int) -> CaseRecord:
        """Return one case with its latest grade."""
        with self._database.read() as connection:
            row = require_case(connection, case)
            values = (row.path, row.modality, row.status, row.width, row.height)
            latest = _latest_grades(connection, grades.c.case_id == case)
            return self._record(case, latest.get(case, ""), *values)

    def change(self, case: int, **values: str | int) -> None:
        """Set columns of one case."""
        with self._database.write() as connection:
            require_case(connection, case)
            connection.execute(cases.update().where(cases.c.id == case).values(**values))

    def set_status(self, case: int, status: str) -> None:
        """Set how far the reading of a case is."""
        if status not in STATUSES:
            raise ValueError(f"status: expected one of {', '.join(STATUSES)}, got {status!r}")
        self.change(case, status=status)

    def image_size(self, case: int) -> tuple[int, int]:
        """Return (width, height) of a case's image; read from its header the first time."""
        record = self.get(case)
        if record.size is not None:
            return record.size
        from softcam_core.imaging.read import image_size

        width, height = image_size(record.path)
        if not self._database.read_only:
            self.change(case, width=width, height=height)
        return width, height

    def _row(self, path: str, modality: str) -> dict[str, object]:
        return {
            "path": path,
            "relative": _relative(path, str(self._folder)),
            "modality": modality,
            "status": "unread",
            "added": now(),
        }

    def _follow_move(self) -> None:
        """Where the study lies in a new folder, take the images that moved along with it."""
        meta = schema.meta
        here = str(self._folder)
        with self._database.read() as connection:
            there = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "folder"))
        if there == here:
            return
        if self._database.read_only:
            with self._database.read() as connection:
                self._moved = self._new_places(connection)
            return
        with self._database.write() as connection:
            for case, path in self._new_places(connection).items():
                connection.execute(
                    cases.update()
                    .where(cases.c.id == case)
                    .values(path=path, relative=_relative(path, here))
                )
            connection.execute(meta.update().where(meta.c.key == "folder").values(value=here))

    def _new_places(self, connection: sa.Connection) -> dict[int, str]:
        """Return case -> path of its image, in the study's new folder if it is there."""
        rows = connection.execute(sa.select(cases.c.id, cases.c.path, cases.c.relative)).all()
        taken = {row.path for row in rows}
        places = {}
        for row in rows:
            places[row.id] = row.path
            if row.relative is not None:
                moved = os.path.normpath(self._folder / row.relative)
                if moved not in taken and exists(Path(moved)):
                    places[row.id] = moved
                    taken.add(moved)
        return places

    def _record(
        self,
        case: int,
        label: str,
        path: str,
        modality: str,
        status: str,
        width: int | None,
        height: int | None,
    ) -> CaseRecord:
        path = self._moved.get(case, path)
        known = self._paths.get(path)
        if known is None:
            made = Path(path)
            known = self._paths[path] = made, shown(made.name)
        size = (width, height) if width and height else None
        return CaseRecord(case, *known, modality, status, label, size)


def require_case(connection: sa.Connection, case: int) -> sa.Row[tuple[object, ...]]:
    """Return the row of a case.

    Raises:
        StudyError: the study has no such case.
    """
    row = connection.execute(sa.select(cases).where(cases.c.id == case)).first()
    if row is None:
        raise StudyError(f"The study has no case {case}; add its image first.")
    return row


def _latest_grades(connection: sa.Connection, which: sa.ColumnElement[bool]) -> dict[int, str]:
    """Return case -> the grade that was given last, by the history: a clock can be set back."""
    query = sa.select(grades.c.case_id, grades.c.reader, grades.c.label).where(which)
    given: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(query.order_by(grades.c.modified)):
        given.setdefault(row.case_id, []).append((row.reader, row.label))
    # Only where readers disagree is it asked of the history, which may be long.
    disputed = [case for case, found in given.items() if len({label for _, label in found}) > 1]
    label = sa.func.json_extract(edits.c.after, "$.label")
    for chunk in _chunks(disputed):
        lines = (
            sa.select(edits.c.case_id, edits.c.reader, label, sa.func.max(edits.c.seq))
            .where(edits.c.case_id.in_(chunk), edits.c.action == "grade")
            .group_by(edits.c.case_id, edits.c.reader, label)
        )
        seq = {(case, who, name): last for case, who, name, last in connection.execute(lines)}
        for case in chunk:
            ranked = [(seq.get((case, *grade), 0), grade) for grade in given[case]]
            given[case] = [grade for _, grade in sorted(ranked)]
    return {case: found[-1][1] for case, found in given.items()}


class _RealPaths:
    """Resolves paths, each folder only once: a folder of 10,000 files is quick."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def __call__(self, path: PathLike) -> str:
        folder, name = os.path.split(os.path.abspath(os.fspath(path)))  # noqa: PTH100
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        real = os.path.join(self._folders[folder], name)  # noqa: PTH118
        return os.path.realpath(real) if os.path.islink(real) else real  # noqa: PTH114


def _relative(path: str, folder: str) -> str | None:
    """Return the way from the study's folder to an image, None between two Windows drives."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return None


def _find(connection: sa.Connection, paths: Sequence[str]) -> dict[str, int]:
    query = sa.select(cases.c.path, cases.c.id).where(cases.c.path.in_(paths))
    return {row.path: row.id for row in connection.execute(query)}


def _chunks(items: Iterable[_T]) -> Iterable[list[_T]]:
    rest = iter(items)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
