"""The labels of a study, their colours and keys, and the sets that come with the program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from softcam_core.annotations.records import LabelRecord
from softcam_core.resources import resource_path

if TYPE_CHECKING:
    import sqlalchemy as sa

    from softcam_core.annotations.database import Database

COLORS = (
    "#56b4e9",
    "#f0e442",
    "#009e73",
    "#e69f00",
    "#cc79a7",
    "#0072b2",
    "#d55e00",
    "#ffffff",
    "#b9a3ff",
)
"""Colours for labels that come without one: Okabe and Ito's set, told apart by every eye."""


def presets() -> dict[str, list[LabelRecord]]:
    """Return the bundled label sets: name of the set -> labels in order."""
    sets = {}
    for path in sorted(resource_path("labels").glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        sets[content["name"]] = [LabelRecord(**label) for label in content["labels"]]
    return sets


class Labels:
    """The labels of one study."""

    def __init__(self, database: Database) -> None:
        """Work on an open study."""
        self._database = database

    def all(self) -> list[LabelRecord]:
        """Return the labels in order."""
        import sqlalchemy as sa

        from softcam_core.annotations.schema import labels

        query = sa.select(labels.c.name, labels.c.color, labels.c.key).order_by(labels.c.position)
        with self._database.read() as connection:
            return [LabelRecord(*row) for row in connection.execute(query)]

    def replace(self, wanted: Iterable[LabelRecord]) -> None:
        """Take these labels in place of the present ones."""
        from softcam_core.annotations.schema import labels

        rows = [{**asdict(label), "position": i} for i, label in enumerate(wanted)]
        names = [row["name"] for row in rows]
        if len(set(names)) < len(names) or "" in names:
            raise ValueError(f"labels: expected names, each once, got {names}")
        with self._database.write() as connection:
            connection.execute(labels.delete())
            if rows:
                connection.execute(labels.insert(), rows)


def ensure_label(connection: sa.Connection, name: str) -> None:
    """Add a label that a shape uses to the study's labels, with a free colour and key."""
    import sqlalchemy as sa

    from softcam_core.annotations.schema import labels

    known = sa.select(labels.c.name).where(labels.c.name == name)
    if not name or connection.scalar(known) is not None:
        return
    rows = connection.execute(sa.select(labels)).all()
    used_colors, used_keys = {row.color for row in rows}, {row.key for row in rows}
    color = next((c for c in COLORS if c not in used_colors), COLORS[len(rows) % len(COLORS)])
    key = next((k for k in "123456789" if k not in used_keys), "")
    position = max((row.position for row in rows), default=-1) + 1
    connection.execute(labels.insert().values(name=name, color=color, key=key, position=position))
