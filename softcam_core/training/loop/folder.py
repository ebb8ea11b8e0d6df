"""The folder of a run: begun or gone on with by one program at a time, and what it says."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from softcam_core.annotations.claim import Claim, claim
from softcam_core.errors import ConfigError
from softcam_core.training.checkpoint import read_checkpoint, write_checkpoint, write_metrics
from softcam_core.training.config import Config, load_config
from softcam_core.training.loop.best import BEST, BEST_AUC, BEST_KAPPA
from softcam_core.training.runtime import writing
from softcam_core.training.status import STATUS, RunStatus, State, read_status, write_status

LAST, METRICS, MAPS = "last.ckpt", "metrics.csv", "maps"
SPLIT, CONFIG, SKIPPED = "split.csv", "config.toml", "skipped.csv"
# The checkpoint first: without it, what is left of an earlier run is never gone on with.
_FILES = (LAST, METRICS, BEST, BEST_AUC, BEST_KAPPA)
_BESIDE = ("events.out.tfevents.*", f"{MAPS}/inputs.npz", f"{MAPS}/epoch-*.npz")
_OWN = (*_FILES, SPLIT, CONFIG, SKIPPED, STATUS)
_HALF_WRITTEN = (
    *(f"{name}.part" for name in _OWN),
    *(f".{name}.*.part" for name in (BEST, BEST_AUC, BEST_KAPPA)),
    f"{MAPS}/*.npz.part",
)

STATUS_SECONDS = 1.0
"""How often the status is written at most, between epochs."""


class RunFolder:
    """The run folder in the hands of the one process that writes it."""

    def __init__(self, path: Path, epochs: int) -> None:
        """Take a folder, which need not exist, and the length of the run."""
        self.path = path
        self._status = RunStatus("running", 0, epochs)
        self._before: RunStatus | None = None
        self._replaces, self._is_run = False, False
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
        before, state, last = None, None, self.path / LAST
        with suppress(ConfigError):  # A damaged one is written anew.
            before = read_status(self.path)
        held = any((self.path / name).exists() for name in _FILES)
        self._is_run = held or before is not None or (self.path / STATUS).exists()
        if resume and last.exists():
            state = read_checkpoint(last)
        elif not overwrite:
            self._refuse_to_replace(held, resume, before)
        if held:
            self._before, self._replaces = before, state is None
        with writing(self.path):
            if state is not None:
                self._remove(_HALF_WRITTEN)
                self._status = replace(self._status, epoch=len(state["rows"]))
            write_status(self.path, self._status)
        return state

    def _refuse_to_replace(self, held: bool, resume: bool, before: RunStatus | None) -> None:
        """Raise ConfigError where a run that begins would replace what nobody gave up."""
        if held and not resume:
            raise ConfigError(
                f"The folder {self.path} already holds a run; add --resume to go on, "
                "--overwrite to replace it, or choose another output.dir."
            )
        # A run that was killed in its first epoch may have written a model already.
        young = before is not None and before.state != "finished" and not before.epoch
        if held and not young:
            raise ConfigError(
                f"The folder {self.path} holds a run without its checkpoint {LAST}, which it would "
                "have to go on from; put that back, add --overwrite to replace the run, or choose "
                "another output.dir."
            )
        for name in () if self._is_run else (SPLIT, CONFIG):
            place = self.path / name
            if place.exists() and not (name == CONFIG and _is_written(place)):
                raise ConfigError(
                    f"The folder {self.path} holds a file {name}, which a run writes too; choose "
                    "another output.dir, or add --overwrite to replace it."
                )

    def begin(self) -> None:
        """Remove what an earlier run wrote: only now, when the new one has all that it needs.

        Raises:
            TrainingError: the folder cannot be written.
        """
        with writing(self.path):
            if self._is_run:
                self._remove((*_FILES, *_BESIDE, *_HALF_WRITTEN))

    def _remove(self, patterns: tuple[str, ...]) -> None:
        for pattern in patterns:
            for path in self.path.glob(pattern):
                path.unlink()

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
        """Say that the run goes on: from now on its end is its own."""
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
        if self._before is not None and (state == "failed" or self._replaces):
            status = self._before
        if self._claim is not None:
            with suppress(OSError):
                write_status(self.path, status)


def refuse_own_files(config: Config) -> None:
    """Refuse a run that would replace what it reads.

    Raises:
        ConfigError: its weights or its table lie in output.dir, under the name of a run's file.
    """
    folder = Path(config.output.dir).expanduser()
    own = {os.path.realpath(folder / name): name for name in _OWN}
    for key, text in (("model.weights", config.model.weights), ("data.csv", config.data.csv)):
        name = own.get(os.path.realpath(text)) if text else None
        if name is not None:
            raise ConfigError(
                f"{key} is the file {name} of output.dir, which this run would replace; choose "
                "another output.dir."
            )


def _is_written(path: Path) -> bool:
    """Tell a configuration that a program wrote from a person's own."""
    try:
        return load_config(path).to_toml() == path.read_text(encoding="utf-8")
    except (ConfigError, OSError, ValueError):
        return False
