"""Which annotations and grades of a study trained which models: a list that is only appended to."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from softcam_core.annotations.database import Database
from softcam_core.annotations.events import Events
from softcam_core.annotations.records import TrainedOn, TrainingRecord
from softcam_core.annotations.schema import now, trainings
from softcam_core.annotations.stored import DamagedValueError
from softcam_core.errors import StudyError

MODEL_TRAINED = "model trained"

_COUNTS = struct.Struct("<III")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_HEAD = 8 * _COUNTS.size


class Trainings:
    """The trainings with one study; none of them can be undone."""

    def __init__(self, database: Database, events: Events) -> None:
        """Work on an open study."""
        self._database = database
        self._events = events

    def record(
        self,
        models: Mapping[str, str],
        used: TrainedOn,
        reader: str,
        rules: Mapping[str, Any],
        config: str,
        digest: str,
        edit: int,
        grades: int,
    ) -> int:
        """Append a training and an event that points to it; return its number."""
        with self._database.write() as connection:
            made = connection.execute(
                trainings.insert().values(
                    time=now(),
                    models=dict(models),
                    reader=reader,
                    rules=dict(rules),
                    config=config,
                    digest=digest,
                    edit=edit,
                    grades=grades,
                    content=pack(used),
                )
            )
            assert made.inserted_primary_key is not None
            number = int(made.inserted_primary_key[0])
            self._events.log(
                MODEL_TRAINED,
                reader,
                None,
                {
                    "training": number,
                    "models": dict(models),
                    "annotations": len(used.annotations),
                    "grades": grades,
                    "cases": len(used.cases),
                    "digest": digest,
                },
            )
            return number

    def all(self, model: str | None) -> list[TrainingRecord]:
        """Return the trainings in order; with ``model`` those that made the model of this id."""
        query = sa.select(trainings).order_by(trainings.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            return [_record(row) for row in rows if model is None or model in row.models]

    def content(self, training: int) -> TrainedOn:
        """Return what a training used."""
        query = sa.select(trainings.c.content).where(trainings.c.id == training)
        with self._database.read() as connection:
            content = connection.scalar(query)
            if content is None:
                raise StudyError(f"The study has no training {training}; see the list of them.")
            return unpack(content)


def pack(used: TrainedOn) -> bytes:
    """Return annotations and cases in few bytes: some 5 for each annotation."""
    marks = sorted(used.annotations.items())
    parts: Sequence[Sequence[int]] = (
        [number for number, _ in marks],
        [(modified - _START) // _TICK for _, modified in marks],
        used.cases,
        used.validation,
    )
    counts = _COUNTS.pack(len(marks), len(used.cases), len(used.validation))
    # Differences are small numbers and alike, which is what is packed well.
    steps = [np.diff(np.array(part, "<i8"), prepend=0) for part in parts]
    return zlib.compress(counts + np.concatenate(steps).tobytes())


def unpack(content: bytes) -> TrainedOn:
    """Return what `pack` has packed.

    Raises:
        DamagedValueError: it is something else.
    """
    try:
        plain = zlib.decompress(content)
        marks, cases, validation = _COUNTS.unpack_from(plain)
        steps: NDArray[np.int64] = np.frombuffer(plain, "<i8", offset=_COUNTS.size)
        ends = np.cumsum([marks, marks, cases, validation])
        if ends[-1] != len(steps):
            raise DamagedValueError("a list of annotations and cases ends early")
    except (struct.error, ValueError, zlib.error) as error:
        raise DamagedValueError(str(error)) from error
    ids, times, own, checked = (np.cumsum(p).tolist() for p in np.split(steps, ends[:-1]))
    moments = (_START + ticks * _TICK for ticks in times)
    return TrainedOn(dict(zip(ids, moments, strict=True)), tuple(own), tuple(checked))


def counts(content: bytes) -> tuple[int, int, int]:
    """Return the number of annotations, cases and validation cases, without unpacking them."""
    try:
        head = zlib.decompressobj().decompress(content, _HEAD)
        marks, cases, validation = _COUNTS.unpack_from(head)
    except (struct.error, zlib.error) as error:
        raise DamagedValueError(str(error)) from error
    return marks, cases, validation


def _record(row: sa.Row[Any]) -> TrainingRecord:
    marks, cases, validation = counts(row.content)
    return TrainingRecord(
        id=row.id,
        time=row.time,
        models=row.models,
        reader=row.reader,
        rules=row.rules,
        config=row.config,
        digest=row.digest,
        edit=row.edit,
        annotations=marks,
        grades=row.grades,
        cases=cases,
        validation=validation,
    )
