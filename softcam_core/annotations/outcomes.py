"""What models said about cases, and the study's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from softcam_core.annotations.cases import require_case
from softcam_core.annotations.database import Database
from softcam_core.annotations.records import ResultRecord
from softcam_core.annotations.schema import now, results, settings


class Outcomes:
    """Model results and settings of one study; none of them can be undone."""

    def __init__(self, database: Database) -> None:
        """Work on an open study."""
        self._database = database

    def store_result(
        self,
        case: int,
        model: str,
        classes: Sequence[str],
        logits: Sequence[float],
        probabilities: Sequence[float],
    ) -> None:
        """Store what a model says about a case in place of what it said before."""
        if not len(classes) == len(logits) == len(probabilities):
            raise ValueError(
                f"logits, probabilities: expected {len(classes)} values, one per class, "
                f"got {len(logits)} and {len(probabilities)}"
            )
        with self._database.write() as connection:
            require_case(connection, case)
            connection.execute(
                results.delete().where(results.c.case_id == case, results.c.model == model)
            )
            connection.execute(
                results.insert().values(
                    case_id=case,
                    model=model,
                    classes=list(classes),
                    logits=[float(value) for value in logits],
                    probabilities=[float(value) for value in probabilities],
                    time=now(),
                )
            )

    def results(self, model: str) -> dict[int, ResultRecord]:
        """Return case -> result of one model."""
        query = sa.select(results).where(results.c.model == model).order_by(results.c.case_id)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return {
            row.case_id: ResultRecord(
                case=row.case_id,
                model=row.model,
                classes=row.classes,
                logits=row.logits,
                probabilities=row.probabilities,
                time=row.time,
            )
            for row in rows
        }

    def setting(self, key: str, default: Any) -> Any:
        """Return a setting."""
        with self._database.read() as connection:
            row = connection.execute(
                sa.select(settings.c.value).where(settings.c.key == key)
            ).first()
        return default if row is None else row.value

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting, any value that JSON can hold."""
        with self._database.write() as connection:
            connection.execute(settings.delete().where(settings.c.key == key))
            connection.execute(settings.insert().values(key=key, value=value))
