"""The file of events that a study did not take: kept until it does, one file per study."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from softcam_core.annotations.happened import Happened
from softcam_core.annotations.location import user_data_dir


def place(study_id: str) -> Path:
    """Return the file of a study; there is one only while events wait."""
    return user_data_dir() / "recovery" / f"{study_id or 'unnamed'}.events.json"


def keep(study_id: str, events: Sequence[Happened]) -> bool:
    """Let the file hold these events; none removes it. Return whether it is so now."""
    path = place(study_id)
    new = path.with_suffix(".part")
    try:
        if not events:
            path.unlink(missing_ok=True)
            return True
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8") as file:
            json.dump([[one.time.isoformat(), *one[1:]] for one in events], file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        return False
    return True


def read(study_id: str) -> list[Happened]:
    """Return the events that wait for a study; a damaged file is put aside and gives none."""
    path = place(study_id)
    try:
        rows = json.loads(path.read_text("utf-8"))
        return [
            Happened(
                datetime.fromisoformat(time),
                str(what),
                str(reader),
                None if case is None else int(case),
                dict(detail),
            )
            for time, what, reader, case, detail in rows
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".unreadable"))
        return []
