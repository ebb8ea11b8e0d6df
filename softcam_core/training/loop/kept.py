"""What a run has reached and keeps: rows, models, maps, and the checkpoint of where it is."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from softcam_core.errors import DivergedError
from softcam_core.models.checkpoint import save_model
from softcam_core.training.checkpoint import write_text
from softcam_core.training.config import Config
from softcam_core.training.loop.best import Values, earned, end_early
from softcam_core.training.loop.board import Board
from softcam_core.training.loop.folder import CONFIG, SPLIT, RunFolder
from softcam_core.training.loop.images import Images
from softcam_core.training.loop.learner import Learner
from softcam_core.training.loop.validation import Predictions
from softcam_core.training.loop.watch import Watch
from softcam_core.training.record import described
from softcam_core.training.runtime import writing


class Kept:
    """The results of a run; the first process writes them, all of them know them.

    Attributes:
        rows: of metrics.csv, an epoch each.
        seconds: that the epoch under way has taken.
    """

    def __init__(
        self, config: Config, folder: RunFolder, images: Images, learner: Learner, *, writes: bool
    ) -> None:
        """Take the parts of a run, and whether this process ``writes``."""
        self._config, self._folder, self._writes = config, folder, writes
        self._images, self._learner = images, learner
        self.rows: list[dict[str, Any]] = []
        self.seconds = 0.0
        self._best: Values = {}
        self._stored = (0, 0)
        self._stored_at = time.monotonic()
        self._watch: Watch | None = None
        self._board: Board | None = None

    @property
    def ended(self) -> bool:
        """Whether there is no epoch left."""
        return len(self.rows) >= self._config.train.epochs or bool(self._early())

    @property
    def reason(self) -> str:
        """Why the run ended before its last epoch, or ""."""
        return self._early() if len(self.rows) < self._config.train.epochs else ""

    def _early(self) -> str:
        return end_early(self.rows, self._config.train.stop_by, self._config.train.patience)

    def restore(self, state: dict[str, Any]) -> str:
        """Go on from a checkpoint; return where that is, in one sentence."""
        self._learner.restore(state)
        self.rows, self.seconds = state["rows"], state["seconds"]
        self._best = {name: tuple(value) for name, value in state["best"].items()}
        step = self._learner.step
        self._stored = (self._learner.epoch, step)
        done, epochs = len(self.rows), self._config.train.epochs
        if self.ended:
            return f"The run in {self._folder.path} is finished; there is nothing to resume."
        if step:
            steps = self._images.steps.count
            return f"Resuming in epoch {done + 1} of {epochs}, after {step} of {steps} steps."
        return f"Resuming after epoch {done} of {epochs}."

    def begin(self, *, fresh: bool) -> None:
        """Write what a run begins with.

        Args:
            fresh: whether it is a new run; the files of a resumed one stay as it began with them.

        Raises:
            TrainingError: the folder cannot be written.
        """
        self._stored_at = time.monotonic()
        if not self._writes:
            return
        path, output = self._folder.path, self._config.output
        if fresh:
            self._folder.begin()
            with writing(path):
                self._images.table.write(path / SPLIT)
                write_text(path / CONFIG, self._config.to_toml())
        self._folder.accept()
        self._folder.progress(len(self.rows))
        if output.watch and not self.ended:
            self._watch = Watch(path, self._images, output.watch, self._config.train.seed)
        if output.tensorboard and not self.ended:
            with writing(path):
                self._board = Board(path, len(self.rows) + 1)

    def middle(self) -> None:
        """Say how far the epoch is, and keep its middle now and then.

        Raises:
            DivergedError: there is nothing worth keeping.
            TrainingError: the folder cannot be written.
        """
        if not self._writes:
            return
        learner = self._learner
        self._folder.progress(len(self.rows), learner.step, self._images.steps.count)
        minutes = self._config.train.checkpoint_minutes
        if minutes and time.monotonic() - self._stored_at >= 60 * minutes:
            refuse_diverged(learner.epoch, learner.losses()[0])
            self.store()

    def earned(self, row: Mapping[str, Any]) -> Values:
        """Return the files that an epoch is the best for, with its values."""
        return earned(row, self._best, dual=self._learner.dual)

    def write(
        self,
        row: dict[str, Any],
        values: Values,
        found: Predictions,
        limits: Mapping[str, float],
    ) -> Path | None:
        """Write the models that an epoch is the best for, and its maps.

        Args:
            row: of the epoch.
            values: of `earned`.
            found: of the validation set.
            limits: display limits, per method.

        Returns:
            The file of the watched maps; None where none are asked for.

        Raises:
            ModelError, TrainingError: the folder cannot be written.
        """
        if values:
            evidence, model = found.evidence, self._learner.model
            grid = None if evidence is None else (evidence.shape[2], evidence.shape[3])
            table, record, built = self._images.table, self._learner.record, model.spec
            model.spec = described(
                *(built, self._config, table, record, row, grid, limits, self._images.origin)
            )
            for name in values:
                save_model(model, self._folder.path / name)
            model.spec = built
        if self._board is not None:
            with writing(self._folder.path):
                self._board.add(row)
        return (
            None if self._watch is None else self._watch.write(row["epoch"], self._learner, found)
        )

    def finish(self, row: dict[str, Any], values: Values) -> None:
        """Let an epoch count, and go to the next one; `store` then makes it last."""
        self.rows.append(row)
        self._best |= values
        self._learner.finish()
        self.seconds = 0.0

    def store(self) -> None:
        """Write the checkpoint of where the run is, last of all files.

        Raises:
            TrainingError: the folder cannot be written.
        """
        learner = self._learner
        self._folder.store(
            {
                "config": self._config.to_dict(),
                "digest": self._images.table.digest(),
                "inputs": self._images.state(),
                "rows": self.rows,
                "best": {name: list(value) for name, value in self._best.items()},
                "seconds": self.seconds,
                **learner.state(),
            }
        )
        self._stored, self._stored_at = (learner.epoch, learner.step), time.monotonic()
        if not learner.step:
            self._folder.progress(len(self.rows))

    def pause(self) -> None:
        """Keep where a stopped run is; only here, since other processes may be elsewhere.

        Raises:
            TrainingError: the folder cannot be written.
        """
        learner = self._learner
        moved = (learner.epoch, learner.step) != self._stored
        if self._writes and moved and math.isfinite(learner.losses()[0]):
            self.store()

    def close(self) -> None:
        """End TensorBoard's file."""
        if self._board is not None:
            self._board.close()


def refuse_diverged(epoch: int, *losses: float) -> None:
    """Refuse to go on where a loss of an epoch, counted from 0, has left the numbers.

    Raises:
        DivergedError: it has.
    """
    if not all(map(math.isfinite, losses)):
        raise DivergedError(
            f"The loss is not a number any more in epoch {epoch + 1}; lower train.lr, or set "
            "train.precision to 32."
        )
