"""The evaluations of a study on disk: listed, gone on with by one program at a time, removed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.jobs.asked import ASKED, Asked, read_asked
from softcam_core.annotations.claim import Claim, claim
from softcam_core.errors import EvaluationError
from softcam_core.evaluation.folder import FILES, FOLDERS
from softcam_core.evaluation.records import FINISHED
from softcam_core.paths import exists

REPORT = "report.html"
"""Written last: a run without it is not finished."""
LOOK = 1.0
"""Seconds in which a look at a run, which holds it for a moment, is over."""
STEP = 0.05


@dataclass(frozen=True)
class Earlier:
    """An evaluation on disk.

    Attributes:
        asked: what was measured.
        finished: whether it has a report.
        busy: whether a program is measuring it now.
    """

    asked: Asked
    finished: bool
    busy: bool = False


@contextmanager
def own(folder: Path) -> Iterator[None]:
    """Measure an evaluation alone; a killed program holds nothing.

    Raises:
        EvaluationError: another window measures it.
    """
    held = _claimed(folder, LOOK)
    if held is None:
        raise EvaluationError(
            "Another window is measuring this evaluation; wait for it, or start a new one."
        )
    try:
        yield
    finally:
        held.release()


def runs_in(folder: Path) -> list[Earlier]:
    """Return the evaluations in a folder, the latest first."""
    found = []
    for beside in sorted(folder.glob(f"*/{ASKED}"), reverse=True):
        with suppress(EvaluationError):
            finished = exists(beside.parent / REPORT)
            busy = not finished and is_busy(beside.parent)
            found.append(Earlier(read_asked(beside.parent), finished, busy))
    return found


def is_busy(folder: Path) -> bool:
    """Return whether a program is measuring an evaluation now."""
    held = _claimed(folder, 0)
    if held is None:
        return True
    held.release()
    return False


def has_images(folder: Path) -> bool:
    """Return whether there is anything that a stopped evaluation can go on from."""
    with suppress(OSError):
        return any(path.stat().st_size for path in (folder / FINISHED).glob("*.jsonl"))
    return False


def let_go(folder: Path, seconds: float) -> None:
    """Wait for the end of a program that was stopped, and remove a run without any image."""
    held = _claimed(folder, seconds) if exists(folder) else None
    if held is None:
        return
    held.release()
    if not has_images(folder) and not exists(folder / REPORT):
        _remove(folder)


def discard(folder: Path) -> bool:
    """Remove an evaluation; return False where a program is measuring it or the disk refuses."""
    held = _claimed(folder, LOOK)
    if held is None:
        return False
    held.release()
    _remove(folder)
    return not exists(folder / ASKED)


def _claimed(folder: Path, seconds: float) -> Claim | None:
    end = time.monotonic() + seconds
    while (held := claim(folder / ASKED)) is None and time.monotonic() < end:
        time.sleep(STEP)
    return held


def _remove(folder: Path) -> None:
    """Remove what an evaluation wrote; files of other origin, and then the folder, stay."""
    with suppress(OSError):
        (folder / ASKED).unlink(missing_ok=True)  # First: from now on nobody offers it.
        for name in FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        for path in (*map(folder.joinpath, FILES), *folder.glob("*.part")):
            path.unlink(missing_ok=True)
        folder.rmdir()
