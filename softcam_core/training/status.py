"""What a run folder says of its run to whoever looks from outside; free of torch."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

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
        ConfigError: the file is damaged, or of a version that knows other states.
    """
    path = folder / STATUS
    try:
        return _status(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ConfigError(f"The status {path} cannot be read; train again.") from error


def _status(values: dict[str, Any]) -> RunStatus:
    """Return the status of a JSON object; ValueError or TypeError where it says what cannot be."""
    status = RunStatus(**values)
    counts = (status.epoch, status.epochs, status.step, status.steps)
    left = status.seconds_left
    if (
        status.state not in get_args(State)
        or not all(type(count) is int and count >= 0 for count in counts)
        or not (left is None or (type(left) in (int, float) and math.isfinite(left)))
        or not isinstance(status.reason, str)
    ):
        raise ValueError(f"values that cannot be: {status}")
    return status
