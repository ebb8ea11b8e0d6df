"""The training loop: one generator that yields what happens, for the command line and the window.

Determinism: the order of an epoch depends on the seed and the epoch's number alone, augmentation on
the image too, dropout on the step too. A checkpoint needs no state of any generator, and a run that
was killed and resumed gives the numbers of an unbroken one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from softcam_core.errors import CancelledError, ConfigError, DivergedError, SoftcamError
from softcam_core.models.checkpoint import save_model
from softcam_core.training.checkpoint import refuse_other_run, write_text
from softcam_core.training.config import Config
from softcam_core.training.events import EpochDone, Event, Finished, Note, Progress, Watched
from softcam_core.training.loop.best import (
    BEST,
    BEST_AUC,
    BEST_KAPPA,
    Values,
    earned,
    end_early,
)
from softcam_core.training.loop.board import Board, check_board
from softcam_core.training.loop.folder import LAST, RunFolder
from softcam_core.training.loop.halt import Halt
from softcam_core.training.loop.images import SPLIT, load_images
from softcam_core.training.loop.learner import Learner
from softcam_core.training.loop.order import epoch_order, share
from softcam_core.training.loop.processes import by_first
from softcam_core.training.loop.validation import Predictions, Validation
from softcam_core.training.loop.watch import Watch
from softcam_core.training.provenance import last_edit, record_in_study
from softcam_core.training.record import described, epoch_row
from softcam_core.training.runtime import (
    explained,
    explained_loading,
    make_fabric,
    reproducible,
    writing,
)
from softcam_core.training.start import (
    check_model,
    fetch_imagenet,
    imagenet_url,
    kept_imagenet,
)


def train(
    config: Config,
    *,
    resume: bool = False,
    overwrite: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Event]:
    """Train a model as ``config`` says and yield what happens.

    The run folder receives best.safetensors (best validation accuracy; among equals the lower
    loss), best-auc and best-kappa.safetensors (where these are defined), last.ckpt, metrics.csv,
    config.toml, split.csv and status.json. last.ckpt is replaced at the end of each epoch, last of
    all files, every ``train.checkpoint_minutes`` in the middle of one, and when the run is stopped.

    Closing the generator stops the run as ``cancelled`` does.

    Args:
        config: from `load_config`.
        resume: go on from the run folder's checkpoint, if there is one.
        overwrite: replace a run that the folder already holds.
        cancelled: asked after each step; True ends the run with CancelledError, and it can be
            resumed where it was.

    Raises:
        ConfigError, ModelError, DeviceError, TrainingError: one sentence each.
        CancelledError: ``cancelled`` said so, in this process or in another one of the run.
    """
    with reproducible(config.train.deterministic):
        yield from _Run(config, cancelled or (lambda: False)).events(resume, overwrite)


class _Run:
    """One run: its data, network and optimiser, and the rows so far."""

    def __init__(self, config: Config, cancelled: Callable[[], bool]) -> None:
        _refuse_unselected(config)
        if config.output.tensorboard:
            check_board()
        self.config = config
        self.fabric = make_fabric(config)
        self.halt = Halt(self.fabric, cancelled)
        self.folder = RunFolder(Path(config.output.dir).expanduser(), config.train.epochs)
        self.first = self.fabric.is_global_zero
        self.learner: Learner | None = None
        self.watch: Watch | None = None
        self.board: Board | None = None
        self.rows: list[dict[str, Any]] = []
        self.best: Values = {}
        self.seconds = 0.0
        self.stored = (0, 0)
        self.stored_at = time.monotonic()

    def events(self, resume: bool, overwrite: bool) -> Iterator[Event]:
        """Run from the folder to the last epoch, and leave word of how it ended."""
        check_model(self.config)
        state = by_first(self.fabric, lambda: self.folder.open(resume=resume, overwrite=overwrite))
        try:
            with explained(self.config):
                yield from self._work(state, resume)
        except (CancelledError, GeneratorExit):
            self._pause()
            raise
        except KeyboardInterrupt:
            # It may have struck within a step; the last checkpoint holds.
            self.folder.end("paused")
            raise
        except Exception as error:
            known = isinstance(error, SoftcamError)
            reason = str(error) if known else f"It ended by an error ({type(error).__name__})."
            self.folder.end("failed", reason)
            raise
        finally:
            self.folder.release()
            if self.board is not None:
                self.board.close()

    def _work(self, state: dict[str, Any] | None, resume: bool) -> Iterator[Event]:
        """Train, from the images to the last epoch."""
        if resume and state is None:
            yield Note(f"{self.folder.path} holds no checkpoint yet; starting from the beginning.")
        # A dual-branch run reads its classifier again: input and options are the file's.
        dual = self.config.model.head == "dual-branch"
        weights = (yield from self._find_weights()) if dual or not state else None
        self.config = self._of_its_day(state)
        with explained_loading(self.config):
            images = yield from load_images(
                self.config, self.fabric, self.halt, self.folder.path, state is not None
            )
        if state is not None:
            refuse_other_run(self.folder.path / LAST, state, self.config, images.table.digest())
        self.images = images
        yield from self._build(state, weights)
        while len(self.rows) < self.config.train.epochs and not self._early():
            yield from self._epoch(len(self.rows))
        reason = self._early() if len(self.rows) < self.config.train.epochs else ""
        self.folder.end("finished", reason)
        trouble = self._tell_study()
        if trouble:
            yield Note(trouble)
        best = next(row for row in reversed(self.rows) if row["best"])
        yield Finished(self.folder.path, best, reason)

    def _of_its_day(self, state: dict[str, Any] | None) -> Config:
        """Return the configuration, which keeps what a study held when the run began."""
        data = self.config.data
        if state is not None:
            edit = data.as_of or state["config"]["data"].get("as_of", 0)
        else:
            edit = by_first(self.fabric, lambda: last_edit(data))
        return replace(self.config, data=replace(data, as_of=edit))

    def _tell_study(self) -> str:
        """Let the study of the run record what trained its models; return why it cannot be."""
        origin = self.images.origin
        if origin is None or not self.first:
            return ""
        models = [self.folder.path / name for name in (BEST, BEST_AUC, BEST_KAPPA)]
        return record_in_study(origin, models, self.config)

    def _early(self) -> str:
        """Return why the run is to end before its last epoch, or ""."""
        return end_early(self.rows, self.config.train.stop_by, self.config.train.patience)

    def _find_weights(self) -> Generator[Event, None, Path | None]:
        """Return the file of weights to start from, fetched if it is ImageNet's."""
        choice = self.config.model
        if choice.weights == "none":
            return None
        if choice.weights != "imagenet":
            return Path(choice.weights)
        url = imagenet_url(choice.arch)
        if kept_imagenet(url) is None:
            yield Note(f"Fetching the ImageNet weights of {choice.arch} from {url}.")
        by_first(self.fabric, lambda: fetch_imagenet(url))
        return fetch_imagenet(url)

    def _build(self, state: dict[str, Any] | None, weights: Path | None) -> Iterator[Event]:
        """Build what learns, fresh or from a checkpoint, and what writes of it."""
        learner = Learner(self.config, self.fabric, self.images, weights)
        for text in learner.notes:
            yield Note(text)
        self.validation = Validation(
            self.fabric, self.images, learner, self.halt, self.config.train.batch_size
        )
        path, output, epochs = self.folder.path, self.config.output, self.config.train.epochs
        if state is not None:
            learner.restore(state)
            self.rows, self.seconds = state["rows"], state["seconds"]
            self.best = {name: tuple(value) for name, value in state["best"].items()}
            self.stored = (learner.epoch, learner.step)
            yield Note(self._where(learner))
        if self.first:
            with writing(path):
                # The data's own files stay as the run began with them.
                if state is None:
                    self.images.table.write(path / SPLIT)
                    write_text(path / "config.toml", self.config.to_toml())
            self.folder.accept()
            self.folder.progress(len(self.rows))
            unfinished = len(self.rows) < epochs
            if output.watch and unfinished:
                self.watch = Watch(path, self.images, output.watch, self.config.train.seed)
            if output.tensorboard and unfinished:
                self.board = Board(path, len(self.rows) + 1)
        self.stored_at = time.monotonic()
        self.learner = learner

    def _where(self, learner: Learner) -> str:
        """Say where a resumed run goes on."""
        epochs, done = self.config.train.epochs, len(self.rows)
        if done >= epochs or self._early():
            return f"The run in {self.folder.path} is finished; there is nothing to resume."
        if learner.step:
            return (
                f"Resuming in epoch {done + 1} of {epochs}, after {learner.step} of "
                f"{self.images.steps.count} steps."
            )
        return f"Resuming after epoch {done} of {epochs}."

    def _epoch(self, epoch: int) -> Iterator[Event]:
        """Train and validate one epoch, and store its results."""
        learner = self.learner
        assert learner is not None
        begin = time.perf_counter() - self.seconds
        rate = learner.begin(epoch)
        yield from self._train_pass(learner, begin)
        learner.share_statistics()
        found = yield from self.validation.predict()
        scores = found.scores()
        row = epoch_row(epoch, rate, learner.losses(), scores)
        # All processes go by the first one's figures: rounding must not part them.
        row = by_first(self.fabric, lambda: row)
        _refuse_diverged(epoch, row["train_loss"], row["val_loss"])
        values = earned(row, self.best, dual=learner.dual)
        row["best"] = BEST in values
        limits = (yield from self.validation.limits(found.evidence)) if values else {}
        row["seconds"] = round(time.perf_counter() - begin, 2)
        path = by_first(self.fabric, lambda: self._keep(learner, row, values, found, limits))
        self.rows.append(row)
        self.best |= values
        learner.finish()
        self.seconds = 0.0
        by_first(self.fabric, lambda: self._store(learner))
        yield EpochDone(row, self.config.train.epochs)
        if path is not None:
            yield Watched(epoch + 1, path)

    def _train_pass(self, learner: Learner, begin: float) -> Iterator[Event]:
        """Take the steps of an epoch that are not yet done."""
        settings, steps = self.config.train, self.images.steps
        store, table = self.images.store, self.images.table
        indices = table.indices("train")
        weights = [table.samples[i].weight for i in indices]
        order = epoch_order(indices, weights, settings.seed, learner.epoch)
        mine = share(order, steps, self.fabric.global_rank, self.fabric.world_size)
        batches = store.batches(
            mine[learner.step :].ravel().tolist(),
            steps.batch,
            scheme=self.config.data.augment,
            seed=settings.seed,
            epoch=learner.epoch,
            threads=self.images.threads,
            pin=self.fabric.device.type == "cuda",
        )
        learner.network.train()
        while learner.step < steps.count:
            learner.take_step(batches, steps)
            self.seconds = time.perf_counter() - begin
            self._keep_middle(learner, steps.count)
            self.halt.check()
            yield Progress("training", learner.step, steps.count, learner.epoch + 1)

    def _keep_middle(self, learner: Learner, steps: int) -> None:
        """Write the middle of an epoch now and then, and how far it is."""
        if not self.first:
            return
        self.folder.progress(len(self.rows), learner.step, steps)
        minutes = self.config.train.checkpoint_minutes
        if minutes and time.monotonic() - self.stored_at >= 60 * minutes:
            _refuse_diverged(learner.epoch, learner.losses()[0])
            self._store(learner)

    def _keep(
        self,
        learner: Learner,
        row: dict[str, Any],
        values: Values,
        found: Predictions,
        limits: dict[str, float],
    ) -> Path | None:
        """Write the models that an epoch is the best for, and its maps; return the maps' file."""
        if values:
            evidence = found.evidence
            grid = None if evidence is None else (evidence.shape[2], evidence.shape[3])
            built = learner.model.spec
            learner.model.spec = described(
                built,
                self.config,
                self.images.table,
                learner.record,
                row,
                grid,
                limits,
                self.images.origin,
            )
            for name in values:
                save_model(learner.model, self.folder.path / name)
            learner.model.spec = built
        if self.board is not None:
            self.board.add(row)
        return None if self.watch is None else self.watch.write(row["epoch"], learner, found)

    def _store(self, learner: Learner) -> None:
        """Write the checkpoint of where the run is, last of all files."""
        self.folder.store(
            {
                "config": self.config.to_dict(),
                "digest": self.images.table.digest(),
                "rows": self.rows,
                "best": {name: list(value) for name, value in self.best.items()},
                "seconds": self.seconds,
                **learner.state(),
            }
        )
        self.stored, self.stored_at = (learner.epoch, learner.step), time.monotonic()
        if not learner.step:
            self.folder.progress(len(self.rows))

    def _pause(self) -> None:
        """Keep where a stopped run is; the first process alone, as the others may be elsewhere."""
        learner = self.learner
        try:
            moved = learner is not None and (learner.epoch, learner.step) != self.stored
            if self.first and learner is not None and moved and math.isfinite(learner.losses()[0]):
                self._store(learner)
            if learner is not None:
                # What the study cannot take now, it is told at the run's end.
                self._tell_study()
        except SoftcamError as error:
            self.folder.end("failed", str(error))
            raise
        self.folder.end("paused")


def _refuse_diverged(epoch: int, *losses: float) -> None:
    """Raise DivergedError where a loss of an epoch, counted from 0, has left the numbers."""
    if not all(map(math.isfinite, losses)):
        raise DivergedError(
            f"The loss is not a number any more in epoch {epoch + 1}; lower train.lr, or set "
            "train.precision to 32."
        )


def _refuse_unselected(config: Config) -> None:
    """Raise ConfigError where a lambda is still to be selected."""
    for name in config.loss.select:
        if not getattr(config.loss, name):
            raise ConfigError(
                f"loss.{name} is to be selected first: run softcam sweep with this configuration, "
                f"or give a value, --set loss.{name}=VALUE."
            )
