"""The training loop: one generator that yields what happens, for the command line and the window.

Determinism: order, augmentation and dropout of an epoch depend on the seed and the epoch's number
alone, so a run that was killed and resumed gives the numbers of an unbroken one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from softcam_core.errors import CancelledError, ConfigError, DivergedError
from softcam_core.explain import attribute
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.checkpoint import save_model
from softcam_core.models.dual_branch import DualBranch
from softcam_core.training.checkpoint import (
    read_checkpoint,
    refuse_other_run,
    write_checkpoint,
    write_metrics,
    write_skipped,
    write_text,
)
from softcam_core.training.config import Config
from softcam_core.training.data import ImageStore, refuse_too_many_failures
from softcam_core.training.dual_branch import frozen_input, frozen_spec, parameter_groups
from softcam_core.training.events import EpochDone, Event, Finished, Note, Progress
from softcam_core.training.loss import balanced_bce, training_loss
from softcam_core.training.record import described, epoch_row
from softcam_core.training.runtime import (
    explained,
    make_fabric,
    reproducible,
    seed_epoch,
    writing,
)
from softcam_core.training.schedule import learning_rate, stepped_rate
from softcam_core.training.scores import display_limit, score
from softcam_core.training.sources import read_data
from softcam_core.training.start import (
    check_model,
    fetch_imagenet,
    imagenet_url,
    kept_imagenet,
    start_model,
)
from softcam_core.training.table import Table, check_trainable

BEST = "best.safetensors"
LAST = "last.ckpt"
_Predictions = tuple[Tensor, Tensor, Tensor | None, Tensor | None]
_FILES = (BEST, "best-auc.safetensors", "best-kappa.safetensors", LAST, "metrics.csv")


def train(
    config: Config,
    *,
    resume: bool = False,
    overwrite: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Event]:
    """Train a model as ``config`` says and yield what happens.

    The run folder receives best.safetensors (best validation accuracy; among equals the lower
    loss), best-auc or best-kappa.safetensors (two or more classes), last.ckpt, metrics.csv,
    config.toml and split.csv. last.ckpt is replaced at the end of each epoch, last of all files.

    Args:
        config: from `load_config`.
        resume: go on after the last finished epoch of the run folder, if there is one.
        overwrite: replace a run that the folder already holds.
        cancelled: asked after each batch; True ends the run with CancelledError, and it can be
            resumed.

    Raises:
        ConfigError, ModelError, DeviceError, TrainingError: one sentence each.
        CancelledError: ``cancelled`` said so.
    """
    with reproducible(), explained(config):
        yield from _Run(config, cancelled or (lambda: False)).events(resume, overwrite)


class _Run:
    """One run: its data, network and optimiser, and the rows so far."""

    def __init__(self, config: Config, cancelled: Callable[[], bool]) -> None:
        self.config = config
        self.dual = config.model.head == "dual-branch"
        self.cancelled = cancelled
        self.inputs: dict[str, bool] = {"maps": False} if self.dual else {}
        self.folder = Path(config.output.dir).expanduser()
        self.fabric = make_fabric(config)
        self.threads = max(1, min(4, torch.get_num_threads()))
        self.rows: list[dict[str, Any]] = []
        # Highest value so far, per file: (accuracy, -loss), and (AUC or kappa,).
        self.best: dict[str, tuple[float, ...]] = {}

    def events(self, resume: bool, overwrite: bool) -> Iterator[Event]:
        """Run from the table to the last epoch."""
        check_model(self.config)
        state = yield from self._open_folder(resume, overwrite)
        # A dual-branch run reads its classifier again: input and options are the file's.
        weights = (yield from self._find_weights()) if self.dual or not state else None
        yield from self._load_images()
        if state is not None:
            refuse_other_run(self.folder / LAST, state, self.config, self.table.digest())
        yield from self._build(state, weights)
        epochs = self.config.train.epochs
        if state is None and self.fabric.is_global_zero:
            with writing(self.folder):
                write_text(self.folder / "config.toml", self.config.to_toml())
                self.table.write(self.folder / "split.csv")
        elif state is not None:
            if len(self.rows) >= epochs:
                yield Note(f"The run in {self.folder} is finished; there is nothing to resume.")
            else:
                yield Note(f"Resuming after epoch {len(self.rows)} of {epochs}.")
        for epoch in range(len(self.rows), epochs):
            row = yield from self._epoch(epoch)
            yield EpochDone(row, epochs)
        yield Finished(self.folder, next(row for row in reversed(self.rows) if row["best"]))

    def _open_folder(
        self, resume: bool, overwrite: bool
    ) -> Generator[Event, None, dict[str, Any] | None]:
        """Make the run folder, or find the checkpoint to go on from."""
        last = self.folder / LAST
        if resume and last.exists():
            return read_checkpoint(last)
        if resume:
            yield Note(f"{self.folder} holds no finished epoch yet; starting from the beginning.")
        elif not overwrite and any((self.folder / name).exists() for name in _FILES):
            raise ConfigError(
                f"The folder {self.folder} already holds a run; add --resume to go on, "
                "--overwrite to replace it, or choose another output.dir."
            )
        self.fabric.barrier()
        if self.fabric.is_global_zero:
            with writing(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                for name in (*_FILES, "skipped.csv"):
                    (self.folder / name).unlink(missing_ok=True)
        self.fabric.barrier()
        return None

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
            if self.fabric.is_global_zero:
                fetch_imagenet(url)
        self.fabric.barrier()
        return fetch_imagenet(url)

    def _load_images(self) -> Iterator[Event]:
        """Read the table and decode its images."""
        data = self.config.data
        known = frozen_spec(self.config)
        classes = data.classes or (known.classes if known else ())
        table = read_data(data, classes)
        for text in table.notes:
            yield Note(text)
        side = data.image_size
        self.spec = InputSpec((side, side), data.geometry, data.fundus_crop, data.colour)
        if self.dual:
            self.spec, text = frozen_input(self.config, self.spec)
            yield Note(text)
        self.store = ImageStore(table, self.spec, int(data.cache_gb * 2**30))
        total = len(table.indices("train")) + len(table.indices("val"))
        for done in self.store.load(self.threads):
            self._check_cancelled()
            yield Progress("images", done, total)
        failures = self.store.failures
        if failures:
            if self.fabric.is_global_zero:
                write_skipped(self.folder / "skipped.csv", failures)
            yield Note(
                f"{len(failures)} of {total} images are left out, see skipped.csv; the first: "
                f"{failures[0].reason}"
            )
        refuse_too_many_failures(table.source.name, failures, total, data.max_failed)
        self.table: Table = self.store.table
        check_trainable(self.table)
        if self.dual:
            self.store.mean, self.store.std = self.spec.mean, self.spec.std
        self.spec = replace(self.spec, mean=self.store.mean, std=self.store.std)
        if self.store.cached < total - len(failures):
            yield Note(
                f"{self.store.cached} of {total - len(failures)} inputs fit into data.cache_gb = "
                f"{data.cache_gb:g}; the others are decoded again in every epoch."
            )
        batch, images = self.config.train.batch_size, len(self.table.indices("train"))
        if images < self.fabric.world_size:
            raise ConfigError(f"{images} training images are too few for so many processes.")
        if images < batch * self.fabric.world_size:
            yield Note(f"All {images} training images make one batch, smaller than {batch}.")

    def _build(self, state: dict[str, Any] | None, weights: Path | None) -> Iterator[Event]:
        """Build network and optimiser, fresh or from a checkpoint."""
        settings = self.config.train
        start = start_model(self.config, self.table.classes, self.spec, weights)
        for text in start.notes:
            yield Note(text)
        self.model = start.model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.weights_record = start.record
        self.sgd = torch.optim.SGD(
            parameter_groups(self.model),
            lr=settings.lr,
            momentum=settings.momentum,
            nesterov=settings.momentum > 0,
            weight_decay=settings.weight_decay,
        )
        self.network, self.optimizer = self.fabric.setup(self.model, self.sgd)
        if state is not None:
            self.model.load_state_dict(state["model"])
            self.sgd.load_state_dict(state["optimizer"])
            self.fabric.strategy.precision.load_state_dict(state["precision"])
            self.weights_record = state["weights"]
            self.rows = state["rows"]
            self.best = {name: tuple(value) for name, value in state["best"].items()}

    def _epoch(self, epoch: int) -> Generator[Event, None, dict[str, Any]]:
        """Train and validate one epoch, store its results, return its row."""
        begin = time.perf_counter()
        settings = self.config.train
        rate = learning_rate(epoch, settings.lr, settings.epochs, settings.min_lr)
        if self.dual:
            rate = stepped_rate(epoch, settings.lr, settings.epochs, settings.decay_every)
        for group in self.sgd.param_groups:
            group["lr"] = rate * group.get("scale", 1.0)
        losses = yield from self._train_pass(epoch)
        if not math.isfinite(losses[0]):
            raise DivergedError(
                f"The loss is not a number any more in epoch {epoch + 1}; lower train.lr, or set "
                "train.precision to 32."
            )
        logits, labels, evidence, sigmoid_logits = yield from self._predict(epoch)
        scores = score(logits, labels, evidence)
        if sigmoid_logits is not None:
            scores = replace(scores, loss=float(balanced_bce(sigmoid_logits, labels)))
        row = epoch_row(epoch, rate, losses, scores)
        binary = len(self.table.classes) == 2
        second = ("best-auc", scores.auc) if binary else ("best-kappa", scores.kappa)
        better = self._better(BEST, (scores.accuracy, -scores.loss))
        files = [BEST] if better else []
        # Of a frozen classifier all epochs have the same AUC and kappa.
        if not (math.isnan(second[1]) or self.dual) and self._better(
            f"{second[0]}.safetensors", (second[1],)
        ):
            files.append(f"{second[0]}.safetensors")
        row["best"] = better
        if files and self.fabric.is_global_zero:
            limits = yield from self._limits(epoch, evidence)
            grid = None if evidence is None else (evidence.shape[2], evidence.shape[3])
            built = self.model.spec
            self.model.spec = described(
                built, self.config, self.table, self.weights_record, row, grid, limits
            )
            for name in files:
                save_model(self.model, self.folder / name)
            self.model.spec = built
        row["seconds"] = round(time.perf_counter() - begin, 2)
        self.rows.append(row)
        if self.fabric.is_global_zero:
            self._store()
        self.fabric.barrier()
        return row

    def _train_pass(self, epoch: int) -> Generator[Event, None, list[float]]:
        """Go through the training set once; return the mean total, ce, l1 and l2 loss."""
        settings, loss = self.config.train, self.config.loss
        rank, world = self.fabric.global_rank, self.fabric.world_size
        order = np.random.default_rng((settings.seed, epoch)).permutation(
            self.table.indices("train")
        )
        batch = min(settings.batch_size, len(order) // world)
        steps = len(order) // (batch * world)
        mine = order[: steps * batch * world].reshape(steps, world, batch)[:, rank].ravel()
        seed_epoch(settings.seed, epoch, rank)
        self.network.train()
        sums = torch.zeros(4, dtype=torch.float64, device=self.fabric.device)
        batches = self.store.batches(
            mine.tolist(),
            batch,
            scheme=self.config.data.augment,
            seed=settings.seed,
            epoch=epoch,
            threads=self.threads,
        )
        for done, (images, labels, *_) in enumerate(batches, start=1):
            self._check_cancelled()
            output = self.network(images.to(self.fabric.device), **self.inputs)
            terms = training_loss(output, labels.to(self.fabric.device), loss)
            self.optimizer.zero_grad()
            self.fabric.backward(terms.total)
            self.optimizer.step()
            parts = torch.stack([terms.total, terms.ce, terms.l1, terms.l2])
            sums += parts.detach().double()
            yield Progress("training", done, steps, epoch + 1)
        mean = self.fabric.all_reduce(sums / steps, reduce_op="mean")
        return [float(value) for value in mean]

    def _predict(self, epoch: int) -> Generator[Event, None, _Predictions]:
        """Return logits, labels, evidence and sigmoid logits of the validation set, on the CPU."""
        rank, world = self.fabric.global_rank, self.fabric.world_size
        indices = self.table.indices("val")
        # Every process gets as many images: the first ones are repeated, and dropped again below.
        padded = np.resize(indices, math.ceil(len(indices) / world) * world)
        mine = padded[rank::world].tolist()
        self.network.eval()
        logits, maps, seconds = [], [], []
        total = math.ceil(len(mine) / self.config.train.batch_size)
        batches = self.store.batches(mine, self.config.train.batch_size, threads=self.threads)
        for done, (images, *_) in enumerate(batches, start=1):
            self._check_cancelled()
            with torch.no_grad():
                out = self.network(images.to(self.fabric.device), **self.inputs)
            logits.append(out.logits.float())
            if out.evidence is not None:
                maps.append(out.evidence.float())
            if self.dual:
                seconds.append(out.sigmoid_logits.float())
            yield Progress("validation", done, total, epoch + 1)
        labels = torch.tensor([self.table.samples[i].label for i in indices])
        count = len(indices)
        evidence = self._gathered(maps, count) if maps else None
        sigmoid_logits = self._gathered(seconds, count) if seconds else None
        return self._gathered(logits, count), labels, evidence, sigmoid_logits

    def _gathered(self, batches: list[Tensor], count: int) -> Tensor:
        """Put every process's rows (n, ...) back into one order (count, ...)."""
        mine = torch.cat(batches)
        if self.fabric.world_size == 1:
            return mine.cpu()
        every = self.fabric.all_gather(mine)
        assert isinstance(every, Tensor)
        return every.transpose(0, 1).flatten(0, 1)[:count].cpu()

    def _limits(
        self, epoch: int, evidence: Tensor | None
    ) -> Generator[Event, None, dict[str, float]]:
        """Return the display limit of evidence and Grad-CAM over the validation set."""
        indices, size = self.table.indices("val"), self.config.train.batch_size
        both = isinstance(self.model, DualBranch) and self.model.has_evidence
        methods = ["gradcam", "evidence"] if both else ["gradcam"]
        maps: dict[str, list[Tensor]] = {method: [] for method in methods}
        total = math.ceil(len(indices) / size)
        batches = self.store.batches(indices, size, threads=self.threads)
        for done, (images, *_) in enumerate(batches, start=1):
            self._check_cancelled()
            x = images.to(self.fabric.device)
            for method in methods:
                maps[method].append(attribute(self.model, x, method).cpu())
            yield Progress("limits", done, total, epoch + 1)
        limits = {method: display_limit(torch.cat(found)) for method, found in maps.items()}
        if evidence is not None:
            limits["evidence"] = display_limit(evidence)
        return limits

    def _better(self, name: str, value: tuple[float, ...]) -> bool:
        """Tell whether a value beats all before it, and remember it then."""
        if name in self.best and value <= self.best[name]:
            return False
        self.best[name] = value
        return True

    def _store(self) -> None:
        """Write metrics.csv, then the checkpoint that makes the epoch count."""
        state = {
            "config": self.config.to_dict(),
            "digest": self.table.digest(),
            "model": self.model.state_dict(),
            "optimizer": self.sgd.state_dict(),
            "precision": self.fabric.strategy.precision.state_dict(),
            "weights": self.weights_record,
            "rows": self.rows,
            "best": {name: list(value) for name, value in self.best.items()},
        }
        with writing(self.folder):
            write_metrics(self.folder / "metrics.csv", self.rows)
            write_checkpoint(self.folder / LAST, state)

    def _check_cancelled(self) -> None:
        """Leave the run when whoever watches asks for it."""
        if self.cancelled():
            raise CancelledError
