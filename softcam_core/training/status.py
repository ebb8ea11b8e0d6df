"""What a run folder says of its run to whoever looks from outside; free of torch."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from softcam_core.errors import ConfigError

STATUS = "status.json"
State = Literal["running", "paused", "failed", "finished"]


@dataclass(frozen=True)
class RunStatus:
    """How far a run is.

    Attributes:
        state: ``running`` is also what a killed run says: whether it lives, its claim tells.
        epoch: finished epochs.
        epochs: of the whole run.
        step, steps: of the epoch under way.
        seconds_left: estimate; None while unknown.
        reason: one sentence on why it failed, or why it ended before its last epoch.
    """

    state: State
    epoch: int
    epochs: int
    step: int = 0
    steps: int = 0
    seconds_left: float | None = None
    reason: str = ""


def write_status(folder: Path, status: RunStatus) -> None:
    """Replace the status of a run folder in one step.

    Raises:
        OSError: the folder cannot be written.
    """
    partial = folder / (STATUS + ".part")
    partial.write_text(json.dumps(dataclasses.asdict(status)), encoding="utf-8")
    partial.replace(folder / STATUS)


def read_status(folder: Path) -> RunStatus | None:
    """Return the status of a run folder; None where there is none.

    Raises:
        ConfigError: the file is damaged.
    """
    path = folder / STATUS
    try:
        return RunStatus(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(f"The status {path} cannot be read; train again.") from error
