"""The training loop: one generator that yields what happens, for the command line and the window.

Determinism: the order of an epoch depends on the seed and the epoch's number alone, augmentation on
the image too, dropout on the step too. A checkpoint needs no state of any generator, and a run that
was killed and resumed gives the numbers of an unbroken one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from softcam_core.errors import CancelledError, ConfigError, SoftcamError
from softcam_core.training.checkpoint import (
    other_inputs,
    refuse_other_config,
    refuse_other_images,
)
from softcam_core.training.config import Config
from softcam_core.training.events import EpochDone, Event, Finished, Note, Progress, Watched
from softcam_core.training.lesions import without_positive
from softcam_core.training.loop.best import BEST, BEST_AUC, BEST_KAPPA
from softcam_core.training.loop.board import check_board
from softcam_core.training.loop.folder import LAST, RunFolder, refuse_own_files
from softcam_core.training.loop.halt import Halt
from softcam_core.training.loop.images import Images, list_images, load_images
from softcam_core.training.loop.kept import Kept, refuse_diverged
from softcam_core.training.loop.learner import Learner
from softcam_core.training.loop.order import draw_numbers, epoch_order, share
from softcam_core.training.loop.processes import by_first
from softcam_core.training.loop.validation import Validation
from softcam_core.training.provenance import as_begun, last_edit, record_in_study
from softcam_core.training.record import epoch_row
from softcam_core.training.runtime import (
    explained,
    explained_loading,
    make_fabric,
    reproducible,
)
from softcam_core.training.start import (
    check_model,
    fetch_imagenet,
    imagenet_url,
    kept_imagenet,
    start_model,
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
        self.kept: Kept | None = None

    def events(self, resume: bool, overwrite: bool) -> Iterator[Event]:
        """Run from the folder to the last epoch, and leave word of how it ended."""
        check_model(self.config)
        refuse_own_files(self.config)
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
            if self.kept is not None:
                self.kept.close()

    def _work(self, state: dict[str, Any] | None, resume: bool) -> Iterator[Event]:
        """Train, from the images to the last epoch."""
        if resume and state is None:
            yield Note(f"{self.folder.path} holds no checkpoint yet; starting from the beginning.")
        began, data = None if state is None else state["config"], self.config.data
        self.config = as_begun(
            self.config, began, lambda: by_first(self.fabric, lambda: last_edit(data))
        )
        folder = self.folder.path
        store, spec = yield from list_images(
            self.config, self.fabric.world_size, folder, state is not None
        )
        classes = store.table.classes
        if self.config.data.study:
            # The order of its grades may change while a run rests.
            self.config = replace(self.config, data=replace(self.config.data, classes=classes))
        if state is not None:
            refuse_other_config(folder / LAST, state, self.config)
        # A dual-branch run reads its classifier again: input and options are the file's.
        dual = self.config.model.head == "dual-branch"
        weights = (yield from self._find_weights()) if dual or not state else None
        if weights is not None:
            # What does not fit is said before hours of images are read.
            start_model(self.config, classes, spec, weights)
        with explained_loading(self.config):
            images = yield from load_images(
                self.config, self.fabric, self.halt, folder, store, spec
            )
        if state is not None:
            images = yield from self._same_images(state, images)
        learner = Learner(self.config, self.fabric, images, weights)
        for text in learner.notes:
            yield Note(text)
        kept = Kept(self.config, self.folder, images, learner, writes=self.fabric.is_global_zero)
        if state is not None:
            yield Note(kept.restore(state))
        kept.begin(fresh=state is None)
        self.images, self.kept = images, kept
        size = self.config.train.batch_size
        validation = Validation(self.fabric, images, learner, self.halt, size)
        while not kept.ended:
            yield from self._epoch(learner, kept, validation)
        self.folder.end("finished", kept.reason)
        best = next(row for row in reversed(kept.rows) if row["best"])
        lost = without_positive(self.config.loss.guidance, best["val_positive_share"])
        for text in filter(None, (self._tell_study(), lost)):
            yield Note(text)
        yield Finished(self.folder.path, best, kept.reason)

    def _same_images(self, state: dict[str, Any], images: Images) -> Generator[Event, None, Images]:
        """Hold the images of a resumed run to those that it began with."""
        last, before = self.folder.path / LAST, state["config"]["train"]["epochs"]
        refuse_other_images(last, state, self.config, images.table.digest())
        text = other_inputs(last, state, images.state())
        if text:
            yield Note(text)
            images = images.as_begun(state["inputs"])
        epochs = self.config.train.epochs
        if epochs != before and epochs > len(state["rows"]):
            yield Note(
                f"train.epochs was {before} and is {epochs}: from here on the learning rate is "
                "that of the new length."
            )
        return images

    def _tell_study(self) -> str:
        """Let the study of the run record what trained its models; return why it cannot be."""
        origin = self.images.origin
        if origin is None or not self.fabric.is_global_zero:
            return ""
        models = [self.folder.path / name for name in (BEST, BEST_AUC, BEST_KAPPA)]
        return record_in_study(origin, models, self.config)

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

    def _epoch(self, learner: Learner, kept: Kept, validation: Validation) -> Iterator[Event]:
        """Train and validate one epoch, and keep its results."""
        begin, epoch = time.perf_counter() - kept.seconds, learner.epoch
        rate = learner.begin(epoch)
        yield from self._train_pass(learner, kept, begin)
        learner.share_statistics()
        found = yield from validation.predict()
        # All processes go by the first one's figures: rounding must not part them.
        row = by_first(
            self.fabric, lambda: epoch_row(epoch, rate, learner.losses(), found.scores())
        )
        refuse_diverged(epoch, row["train_loss"], row["val_loss"])
        values = kept.earned(row)
        row["best"] = BEST in values
        limits = (yield from validation.limits(found.evidence)) if values else {}
        row["seconds"] = round(time.perf_counter() - begin, 2)
        path = by_first(self.fabric, lambda: kept.write(row, values, found, limits))
        kept.finish(row, values)
        by_first(self.fabric, kept.store)
        yield EpochDone(row, self.config.train.epochs)
        if path is not None:
            yield Watched(epoch + 1, path)

    def _train_pass(self, learner: Learner, kept: Kept, begin: float) -> Iterator[Event]:
        """Take the steps of an epoch that are not yet done."""
        settings, images = self.config.train, self.images
        indices = images.table.indices("train")
        weights = [images.table.samples[i].weight for i in indices]
        order = epoch_order(indices, weights, settings.seed, learner.epoch)
        mine, draws = (
            share(part, images.steps, self.fabric.global_rank, self.fabric.world_size)
            for part in (order, draw_numbers(order))
        )
        batches = images.store.batches(
            mine[learner.step :].ravel().tolist(),
            images.steps.batch,
            draws=draws[learner.step :].ravel().tolist(),
            scheme=self.config.data.augment,
            seed=settings.seed,
            epoch=learner.epoch,
            threads=images.threads,
            pin=self.fabric.device.type == "cuda",
        )
        learner.network.train()
        steps = images.steps.count
        while learner.step < steps:
            learner.take_step(batches, images.steps)
            kept.seconds = time.perf_counter() - begin
            kept.middle()
            self.halt.check()
            yield Progress("training", learner.step, steps, learner.epoch + 1)

    def _pause(self) -> None:
        """Keep where a stopped run is, and say so."""
        if self.kept is not None:
            try:
                self.kept.pause()
                # What the study cannot take now, it is told at the run's end.
                self._tell_study()
            except SoftcamError as error:
                self.folder.end("failed", str(error))
                raise
        self.folder.end("paused")


def _refuse_unselected(config: Config) -> None:
    """Raise ConfigError where a lambda is still to be selected."""
    for name in config.loss.select:
        if not getattr(config.loss, name):
            raise ConfigError(
                f"loss.{name} is to be selected first: run softcam sweep with this configuration, "
                f"or give a value, --set loss.{name}=VALUE."
            )
