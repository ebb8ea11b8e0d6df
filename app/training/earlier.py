"""What can be done with a run folder: its model, its command, whether it can go on."""

from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path

from app.jobs.training_asked import CONFIG, SWEEP
from softcam_core.errors import SoftcamError
from softcam_core.paths import exists
from softcam_core.training.status import read_status

BEST = "best.safetensors"


def best_model(folder: Path | None) -> Path | None:
    """Return the most accurate model of a run; None where it has none yet."""
    return folder / BEST if folder is not None and exists(folder / BEST) else None


def can_go_on(folder: Path | None) -> bool:
    """Return whether a run, at which nobody works, was stopped before its end."""
    with suppress(SoftcamError):
        found = read_status(folder) if folder is not None else None
        return found is not None and found.state != "finished"
    return False


def command_of(folder: Path) -> str:
    """Return the command that trains the same from a terminal, into a folder beside it."""
    sweep = exists(folder / SWEEP)
    words = ["softcam", "sweep" if sweep else "train", str(folder / (SWEEP if sweep else CONFIG))]
    return shlex.join([*words, "--set", f"output.dir={folder}-again"])
