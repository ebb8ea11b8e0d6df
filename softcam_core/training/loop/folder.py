"""The folder of a run: begun or gone on with by one program at a time, and what it says."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from softcam_core.annotations.claim import Claim, claim
from softcam_core.errors import ConfigError
from softcam_core.training.checkpoint import read_checkpoint, write_checkpoint, write_metrics
from softcam_core.training.loop.best import BEST, BEST_AUC, BEST_KAPPA
from softcam_core.training.runtime import writing
from softcam_core.training.status import STATUS, RunStatus, State, read_status, write_status

LAST, METRICS, MAPS = "last.ckpt", "metrics.csv", "maps"
# The checkpoint first: without it, what is left of an earlier run is never gone on with.
_FILES = (LAST, METRICS, BEST, BEST_AUC, BEST_KAPPA)
_BESIDE = ("skipped.csv", STATUS, "events.out.tfevents.*", f"{MAPS}/*.npz")
_HALF_WRITTEN = ("*.part", f"{MAPS}/*.part")

STATUS_SECONDS = 1.0
"""How often the status is written at most, between epochs."""


class RunFolder:
    """The run folder in the hands of the one process that writes it."""

    def __init__(self, path: Path, epochs: int) -> None:
        """Take a folder, which need not exist, and the length of the run."""
        self.path = path
        self._status = RunStatus("running", 0, epochs)
        self._before: RunStatus | None = None
        self._claim: Claim | None = None
        self._written = -STATUS_SECONDS
        self._begun: tuple[float, float] | None = None

    def open(self, *, resume: bool, overwrite: bool) -> dict[str, Any] | None:
        """Claim the folder; return the checkpoint to go on from, or None for a new run.

        Raises:
            ConfigError: another program is at it, or it holds a run and nobody said what to do.
            TrainingError: it cannot be written.
        """
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        self._claim = claim(self.path / STATUS)
        if self._claim is None:
            raise ConfigError(
                f"Another program is training in {self.path}; wait for it, or choose another "
                "output.dir."
            )
        try:
            return self._open(resume, overwrite)
        except BaseException:
            self.release()
            raise

    def _open(self, resume: bool, overwrite: bool) -> dict[str, Any] | None:
        last, state = self.path / LAST, None
        if resume and last.exists():
            state = read_checkpoint(last)
            with suppress(ConfigError):  # A damaged one is written anew.
                self._before = read_status(self.path)
        elif not (resume or overwrite) and any((self.path / name).exists() for name in _FILES):
            raise ConfigError(
                f"The folder {self.path} already holds a run; add --resume to go on, "
                "--overwrite to replace it, or choose another output.dir."
            )
        with writing(self.path):
            for pattern in (*(() if state else (*_FILES, *_BESIDE)), *_HALF_WRITTEN):
                for path in self.path.glob(pattern):
                    path.unlink()
            if state is not None:
                self._status = replace(self._status, epoch=len(state["rows"]))
            write_status(self.path, self._status)
        return state

    def release(self) -> None:
        """Let other programs have the folder."""
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    def store(self, state: dict[str, Any]) -> None:
        """Write metrics.csv, then the checkpoint that makes its rows count.

        Raises:
            TrainingError: the folder cannot be written.
        """
        with writing(self.path):
            write_metrics(self.path / METRICS, state["rows"])
            write_checkpoint(self.path / LAST, state)

    def accept(self) -> None:
        """Say that the run goes on: from now on a failure is its own."""
        self._before = None

    def progress(self, epoch: int, step: int = 0, steps: int = 0) -> None:
        """Say how far the run is, once a second at most.

        Args:
            epoch: finished ones.
            step, steps: finished ones and all, of the epoch under way; 0 between epochs.
        """
        now = time.monotonic()
        done = epoch + (step / steps if steps else 0)
        if self._begun is None:
            self._begun = now, done
        self._status = replace(self._status, epoch=epoch, step=step, steps=steps)
        if step and now - self._written < STATUS_SECONDS:
            return
        since, before = self._begun
        left = self._status.epochs - done
        known = done > before
        self._status = replace(
            self._status, seconds_left=(now - since) / (done - before) * left if known else None
        )
        self._written = now
        # A reader on Windows may hold the file for a moment; the next word comes soon.
        with suppress(OSError):
            write_status(self.path, self._status)

    def end(self, state: State, reason: str = "") -> None:
        """Say how the run ended, once; a run that could not be gone on with keeps its old word."""
        if self._status.state != "running":
            return
        self._status = replace(self._status, state=state, seconds_left=None, reason=reason)
        status = self._status
        if state == "failed" and self._before is not None:
            status = self._before
        if self._claim is not None:
            with suppress(OSError):
                write_status(self.path, status)
