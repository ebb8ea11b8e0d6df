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
from pathlib import Path
from typing import Any

from app.annotate.unsaved import Draft
from softcam_core.annotations import masks
from softcam_core.annotations.location import user_data_dir
from softcam_core.annotations.shapes import Shape

VERSION = 1


def recovery_path(study_id: str) -> Path:
    """Return the recovery file of a study; there is one only while edits wait."""
    return user_data_dir() / "recovery" / f"{study_id or 'unnamed'}.json"


def keep(study_id: str, drafts: Sequence[Draft]) -> bool:
    """Let the file hold these edits; none removes it. Return whether they are on disk now."""
    path = recovery_path(study_id)
    try:
        if not drafts:
            path.unlink(missing_ok=True)
            return True
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".part")
        content = {"version": VERSION, "edits": [_to_json(draft) for draft in drafts]}
        with new.open("w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        return False
    return True


def read(study_id: str) -> list[Draft]:
    """Return the edits that wait for a study; a damaged file is put aside and gives none."""
    path = recovery_path(study_id)
    try:
        content = json.loads(path.read_text("utf-8"))
        return [_from_json(edit) for edit in content["edits"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".unreadable"))
        return []


def _to_json(draft: Draft) -> dict[str, Any]:
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


def _from_json(content: dict[str, Any]) -> Draft:
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
