"""The recovery file: edits that a study did not take, kept until it does, one file per study.

It lies in the user's data folder, away from a disk that is full or a share that is gone, and is
replaced as a whole at each change: a killed program leaves it complete.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from app.annotate.unsaved import Draft, Edit, Grade, Group
from softcam_core.annotations import masks
from softcam_core.annotations.location import user_data_dir
from softcam_core.annotations.shapes import Shape

VERSION = 2


def recovery_path(study_id: str) -> Path:
    """Return the recovery file of a study; there is one only while edits wait."""
    return user_data_dir() / "recovery" / f"{study_id or 'unnamed'}.json"


def set_aside(study_id: str, edits: Sequence[Edit]) -> Path | None:
    """Keep edits that can never be stored in a file of their own; return it, None if that fails."""
    path = recovery_path(study_id)
    aside = next(
        place
        for number in count(1)
        if not (place := path.with_name(f"{path.stem}.aside-{number}.json")).exists()
    )
    return aside if _write(aside, [Group("", tuple(edits))]) else None


def keep(study_id: str, groups: Sequence[Group]) -> bool:
    """Let the file hold these edits; none removes it. Return whether they are on disk now."""
    path = recovery_path(study_id)
    try:
        if not groups:
            path.unlink(missing_ok=True)
            return True
    except OSError:
        return False
    return _write(path, groups)


def _write(path: Path, groups: Sequence[Group]) -> bool:
    steps = [{"text": g.text, "edits": [_to_json(edit) for edit in g.edits]} for g in groups]
    content = {"version": VERSION, "time": datetime.now(UTC).isoformat(), "steps": steps}
    new = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        return False
    return True


def read(study_id: str) -> tuple[list[Group], datetime]:
    """Return the edits that wait for a study, and when they were kept.

    A damaged file is put aside and gives none.
    """
    path = recovery_path(study_id)
    try:
        content = json.loads(path.read_text("utf-8"))
        groups = [
            Group(step["text"], tuple(_from_json(edit) for edit in step["edits"]))
            for step in content["steps"]
        ]
        return groups, datetime.fromisoformat(content["time"])
    except FileNotFoundError:
        return [], datetime.now(UTC)
    except (OSError, ValueError, KeyError, TypeError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".unreadable"))
        return [], datetime.now(UTC)


def _to_json(draft: Edit) -> dict[str, Any]:
    if isinstance(draft, Grade):
        return {"grade": draft.name, "case": draft.case, "reader": draft.reader}
    shape = draft.shape
    content = {
        "id": draft.id,
        "case": draft.case,
        "kind": shape.kind,
        "points": shape.points.tolist(),
        "angle": shape.angle,
        "label": draft.label,
        "reader": draft.reader,
        "attributes": draft.attributes,
        "deleted": draft.deleted,
    }
    if shape.mask is not None:
        content["mask"] = [*shape.mask.shape, base64.b64encode(masks.pack(shape.mask)).decode()]
    return content


def _from_json(content: dict[str, Any]) -> Edit:
    if "grade" in content:
        return Grade(content["case"], content["grade"], content["reader"])
    patch = None
    if "mask" in content:
        height, width, bits = content["mask"]
        patch = masks.unpack(base64.b64decode(bits), height, width)
    shape = Shape(content["kind"], content["points"], content["angle"], patch)
    return Draft(
        content["id"],
        content["case"],
        shape,
        content["label"],
        content["reader"],
        content["attributes"],
        content["deleted"],
    )
