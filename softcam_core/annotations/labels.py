"""The labels of a study, their colours and keys, and the sets that come with the program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from softcam_core.annotations.records import LabelPreset, LabelRecord
from softcam_core.resources import resource_path

if TYPE_CHECKING:
    import sqlalchemy as sa

    from softcam_core.annotations.database import Database

COLORS = (
    "#dd88ff",
    "#99ff00",
    "#eedd66",
    "#00ffaa",
    "#dd11ff",
    "#7799bb",
    "#ffffff",
    "#bbddff",
    "#aa8866",
)
"""Colours for labels: far apart for every kind of colour vision, and far from fundus, OCT and X-ray
backgrounds (tests/core/annotations/test_labels.py measures both)."""


def presets() -> dict[str, LabelPreset]:
    """Return the bundled label sets: modality -> set; ``free`` is the one for none of them."""
    sets = {}
    for path in sorted(resource_path("labels").glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        labels = [LabelRecord(**label) for label in content["labels"]]
        sets[content["modality"]] = LabelPreset(
            content["name"], content["modality"], labels, content["grades"]
        )
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

        with self._database.read() as connection:
            rows = connection.execute(sa.select(labels).order_by(labels.c.position)).all()
        return [LabelRecord(row.name, row.color, row.key, row.meaning) for row in rows]

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
