"""The annotations and image-level grades of a study: stored through the history."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import ArrayLike

from softcam_core.annotations import masks, schema
from softcam_core.annotations.cases import Cases, require_case
from softcam_core.annotations.database import Database
from softcam_core.annotations.history import History, ensure_reader
from softcam_core.annotations.labels import ensure_label
from softcam_core.annotations.rasters import Drawn
from softcam_core.annotations.records import AnnotationRecord, PackedMask, Snapshot
from softcam_core.annotations.schema import annotations, cases, grades, now
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ImageError, StudyError

_NEW_MARK = annotations.insert()
# Made once: an edit of two thousand shapes would make it two thousand times.
_PRESENT = sa.select(annotations).where(
    annotations.c.id == sa.bindparam("annotation"), annotations.c.deleted.is_(False)
)


class Marks:
    """What the readers of one study drew and said."""

    def __init__(self, database: Database, history: History, case_list: Cases) -> None:
        """Work on an open study."""
        self._database = database
        self._history = history
        self._cases = case_list

    def add(
        self, case: int, shape: Shape, label: str, reader: str, attributes: dict[str, Any]
    ) -> int:
        """Store a shape and return its id."""
        time = now()
        with self._history.writing() as connection:
            if not self._history.is_checked("mark", case, reader, label):
                require_case(connection, case)
                ensure_reader(connection, reader)
                ensure_label(connection, label)
            state = _snapshot(connection, shape, label, attributes, time)
            row = {**state, "modified": time, "case_id": case, "reader": reader, "created": time}
            made = connection.execute(_NEW_MARK, row)
            assert made.inserted_primary_key is not None
            annotation = int(made.inserted_primary_key[0])
            self._history.edit(
                connection,
                "add",
                case=case,
                reader=reader,
                annotation=annotation,
                before=None,
                after=state,
            )
        return annotation

    def update(
        self,
        annotation: int,
        points: ArrayLike | None,
        label: str | None,
        angle: float | None,
        mask: ArrayLike | None,
        attributes: dict[str, Any] | None,
    ) -> None:
        """Change what is given; nothing is stored where that changes nothing."""
        with self._history.writing() as connection:
            row = _present(connection, annotation)
            shape = _changed_shape(connection, row, points, angle, mask)
            if mask is not None and points is None:
                self.check_mask_size(row.case_id, np.asarray(mask).shape)
            if label is not None and not self._history.is_checked("label", label):
                ensure_label(connection, label)
            before = _row_snapshot(row)
            # The clock may have been set back; a change is later than what it changes.
            time = max(now(), row.modified + timedelta(microseconds=1))
            after = _snapshot(
                connection,
                shape,
                row.label if label is None else label,
                row.attributes if attributes is None else attributes,
                time,
            )
            if {**after, "modified": ""} == {**before, "modified": ""}:
                return
            self._history.edit(
                connection,
                "update",
                case=row.case_id,
                reader=row.reader,
                annotation=annotation,
                before=before,
                after=after,
            )

    def delete(self, annotation: int) -> None:
        """Take an annotation away; undo brings it back under the same id."""
        with self._history.writing() as connection:
            row = _present(connection, annotation)
            self._history.edit(
                connection,
                "delete",
                case=row.case_id,
                reader=row.reader,
                annotation=annotation,
                before=_row_snapshot(row),
                after=None,
            )

    def of_case(
        self, case: int | None, reader: str | None, label: str | None = None
    ) -> list[AnnotationRecord]:
        """Return annotations in creation order; None stands for all of them."""
        query = (
            sa.select(
                annotations,
                schema.masks.c.bits,
                schema.masks.c.height.label("mask_height"),
                schema.masks.c.width.label("mask_width"),
                cases.c.width.label("image_width"),
                cases.c.height.label("image_height"),
            )
            .join(cases, cases.c.id == annotations.c.case_id)
            .outerjoin(schema.masks, schema.masks.c.hash == annotations.c.mask)
            .where(annotations.c.deleted.is_(False))
            .order_by(annotations.c.id)
        )
        for column, value in (
            (annotations.c.case_id, case),
            (annotations.c.reader, reader),
            (annotations.c.label, label),
        ):
            if value is not None:
                query = query.where(column == value)
        with self._database.read() as connection:
            if case is not None:
                require_case(connection, case)
            rows = connection.execute(query).all()
        return [_record(row) for row in rows]

    def drawn(self, case: int, reader: str | None, label: str | None) -> list[Drawn]:
        """Return the shapes of a case as the file holds them; None stands for all of them."""
        query = (
            sa.select(
                annotations.c.kind,
                # Their bytes tell whether they are known; numbers are made of them only if not.
                sa.type_coerce(annotations.c.points, sa.LargeBinary).label("points"),
                annotations.c.angle,
                annotations.c.mask,
                schema.masks.c.bits,
                schema.masks.c.height,
                schema.masks.c.width,
            )
            .outerjoin(schema.masks, schema.masks.c.hash == annotations.c.mask)
            .where(annotations.c.case_id == case, annotations.c.deleted.is_(False))
        )
        if reader is not None:
            query = query.where(annotations.c.reader == reader)
        if label is not None:
            query = query.where(annotations.c.label == label)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            Drawn(kind, points, angle, name, PackedMask(bits, height, width) if name else None)
            for kind, points, angle, name, bits, height, width in rows
        ]

    def labels_used(self, reader: str | None) -> set[str]:
        """Return the labels that annotations by a reader (None: anybody) have."""
        query = sa.select(annotations.c.label).where(annotations.c.deleted.is_(False)).distinct()
        if reader is not None:
            query = query.where(annotations.c.reader == reader)
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def counts(self, reader: str | None) -> dict[int, int]:
        """Return case -> number of annotations, of a reader or of all; cases with none are out."""
        query = (
            sa.select(annotations.c.case_id, sa.func.count().label("marks"))
            .where(annotations.c.deleted.is_(False))
            .group_by(annotations.c.case_id)
        )
        if reader is not None:
            query = query.where(annotations.c.reader == reader)
        with self._database.read() as connection:
            return {row.case_id: row.marks for row in connection.execute(query)}

    def check_mask_size(self, case: int, shape: tuple[int, ...]) -> None:
        """Raise ValueError unless a mask has the shape (H, W) of its case's image.

        Where the image cannot be read, the first mask says how large it is.
        """
        height, width = shape
        try:
            size = self._cases.image_size(case)
        except ImageError:
            self._cases.change(case, width=width, height=height)
            return
        if size != (width, height):
            raise ValueError(
                f"mask: expected shape {(size[1], size[0])} as the image has, got {shape}"
            )

    def grade(self, case: int, label: str, reader: str) -> None:
        """Set or, with an empty label, clear a reader's grade of a whole image."""
        with self._history.writing() as connection:
            require_case(connection, case)
            ensure_reader(connection, reader)
            row = connection.execute(
                sa.select(grades).where(grades.c.case_id == case, grades.c.reader == reader)
            ).first()
            before = _grade_snapshot(row.label, row.modified) if row else None
            after = _grade_snapshot(label, now()) if label else None
            if (before or {}).get("label") == (after or {}).get("label"):
                return
            self._history.edit(
                connection,
                "grade",
                case=case,
                reader=reader,
                annotation=None,
                before=before,
                after=after,
            )

    def all_grades(self) -> dict[int, dict[str, str]]:
        """Return case -> reader -> grade; cases without one are out."""
        query = sa.select(grades.c.case_id, grades.c.reader, grades.c.label)
        found: dict[int, dict[str, str]] = {}
        with self._database.read() as connection:
            for case, reader, label in connection.execute(query.order_by(grades.c.reader)):
                found.setdefault(case, {})[reader] = label
        return found

    def grades(self, case: int) -> dict[str, str]:
        """Return reader -> grade of one case."""
        query = sa.select(grades.c.reader, grades.c.label).where(grades.c.case_id == case)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(grades.c.reader))
            return {row.reader: row.label for row in rows}


def _present(connection: sa.Connection, annotation: int) -> sa.Row[Any]:
    row = connection.execute(_PRESENT, {"annotation": annotation}).first()
    if row is None:
        raise StudyError(
            f"The study has no annotation {annotation}; it may have been deleted meanwhile."
        )
    return row


def _changed_shape(
    connection: sa.Connection,
    row: sa.Row[Any],
    points: ArrayLike | None,
    angle: float | None,
    mask: ArrayLike | None,
) -> Shape:
    turned = row.angle if angle is None else angle
    if mask is not None:
        return Shape(row.kind, () if points is None else points, turned, mask)
    patch = None
    if row.mask is not None:
        stored = connection.execute(
            sa.select(schema.masks).where(schema.masks.c.hash == row.mask)
        ).one()
        patch = masks.unpack(stored.bits, stored.height, stored.width)
    return Shape(row.kind, row.points if points is None else points, turned, patch)


def _snapshot(
    connection: sa.Connection,
    shape: Shape,
    label: str,
    attributes: dict[str, Any],
    modified: datetime,
) -> Snapshot:
    return {
        "kind": shape.kind,
        "points": shape.points.tolist(),
        "angle": shape.angle,
        "label": label,
        "attributes": attributes,
        "mask": None if shape.mask is None else _store_mask(connection, shape.mask),
        "modified": modified.isoformat(timespec="microseconds"),
    }


def _row_snapshot(row: sa.Row[Any]) -> Snapshot:
    return {
        "kind": row.kind,
        "points": row.points,
        "angle": row.angle,
        "label": row.label,
        "attributes": row.attributes,
        "mask": row.mask,
        "modified": row.modified.isoformat(timespec="microseconds"),
    }


def _grade_snapshot(label: str, modified: datetime) -> Snapshot:
    return {"label": label, "modified": modified.isoformat(timespec="microseconds")}


def _store_mask(connection: sa.Connection, patch: masks.Mask) -> str:
    """Store a mask's pixels unless the study has them already; return their hash."""
    bits = masks.pack(patch)
    height, width = patch.shape
    name = hashlib.sha256(f"{height} {width} ".encode() + bits).hexdigest()
    table = schema.masks
    if connection.scalar(sa.select(table.c.hash).where(table.c.hash == name)) is None:
        connection.execute(table.insert().values(hash=name, height=height, width=width, bits=bits))
    return name


def _record(row: sa.Row[Any]) -> AnnotationRecord:
    packed = None
    if row.mask is not None:
        packed = PackedMask(row.bits, row.mask_height, row.mask_width)
    return AnnotationRecord(
        id=row.id,
        case=row.case_id,
        kind=row.kind,
        points=row.points,
        angle=row.angle,
        label=row.label,
        reader=row.reader,
        created=row.created,
        modified=row.modified,
        attributes=row.attributes,
        packed=packed,
        size=(row.image_width, row.image_height) if row.image_width else None,
    )
