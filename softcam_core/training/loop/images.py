"""The images of a run: the table, its decoded inputs, and what they are normalised by."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric

from softcam_core.counts import are, counted
from softcam_core.errors import ConfigError, TrainingError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.training.checkpoint import write_skipped
from softcam_core.training.config import Config
from softcam_core.training.data import ImageStore, refuse_too_many_failures
from softcam_core.training.dual_branch import frozen_input, frozen_spec
from softcam_core.training.events import Event, Note, Progress
from softcam_core.training.lesions import guided_by
from softcam_core.training.loop.folder import SKIPPED, SPLIT
from softcam_core.training.loop.halt import Halt
from softcam_core.training.loop.order import Steps, divide
from softcam_core.training.provenance import Origin, origin_of, read_again
from softcam_core.training.runtime import writing
from softcam_core.training.sources import read_data
from softcam_core.training.table import Table, check_trainable


@dataclass(frozen=True)
class Images:
    """What a run trains on.

    Attributes:
        store: decoded inputs; its table holds the readable rows.
        spec: the model's input, with mean and std.
        steps: of an epoch.
        threads: for decoding and augmentation.
        origin: what of a study is learnt from; None where the data are no study.
    """

    store: ImageStore
    spec: InputSpec
    steps: Steps
    threads: int
    origin: Origin | None = None

    @property
    def table(self) -> Table:
        """The readable rows."""
        return self.store.table

    def state(self) -> dict[str, Any]:
        """Return what a checkpoint holds of the inputs."""
        return {"digest": self.store.digest, "mean": self.spec.mean, "std": self.spec.std}

    def as_begun(self, state: Mapping[str, Any]) -> Images:
        """Return the images with the normalisation of `state`, of when the run began."""
        mean, std = tuple(state["mean"]), tuple(state["std"])
        self.store.mean, self.store.std = mean, std
        return replace(self, spec=replace(self.spec, mean=mean, std=std))


def list_images(
    config: Config, processes: int, folder: Path, resumed: bool
) -> Generator[Event, None, tuple[ImageStore, InputSpec]]:
    """Read the table, and refuse what can be known to be wrong before an image is read.

    Where a run is ``resumed``, the cases of a study are those that it began with.

    Returns:
        The store of the table's images, of which none is read, and their input.

    Raises:
        ConfigError: anything wrong with the data.
    """
    data = config.data
    known = frozen_spec(config)
    classes = data.classes or (known.classes if known else ())
    table = read_again(data, classes, folder / SPLIT) if resumed else read_data(data, classes)
    for text in table.notes:
        yield Note(text)
    _refuse_too_few(len(table.indices("train")), processes)
    side = data.image_size
    spec = InputSpec((side, side), data.geometry, data.fundus_crop, data.colour)
    if config.model.head == "dual-branch":
        spec, text = frozen_input(config, spec)
        yield Note(text)
    lesions = guided_by(table, data, config.loss.guidance)
    memory = int(data.cache_gb * 2**30)
    store = ImageStore(table, spec, memory, cache_dir=data.cache_dir, lesions=lesions)
    return store, spec


def load_images(
    config: Config, fabric: Fabric, halt: Halt, folder: Path, store: ImageStore, spec: InputSpec
) -> Generator[Event, None, Images]:
    """Decode the images of `list_images`; skipped.csv names those that cannot be read.

    Raises:
        ConfigError: too many cannot be read.
        TrainingError: the processes of a run do not see the same images.
        CancelledError: somebody stopped the run.
    """
    data, table = config.data, store.table
    # A GPU leaves the cores to the images.
    most = 8 if fabric.device.type == "cuda" else 4
    threads = max(1, min(most, torch.get_num_threads()))
    total = len(table.indices("train")) + len(table.indices("val"))
    for done in store.load(threads):
        halt.check()
        yield Progress("images", done, total)
    failures = store.failures
    if fabric.is_global_zero:
        with writing(folder):
            write_skipped(folder / SKIPPED, failures)
    if failures:
        yield Note(
            f"{len(failures):,} of {counted(total, 'image')} {are(len(failures))} left out, see "
            f"{SKIPPED}; the first: "
            f"{failures[0].reason}"
        )
    refuse_too_many_failures(table.source.name, failures, total, data.max_failed)
    check_trainable(store.table)
    _check_same(fabric, store.table)
    if config.model.head == "dual-branch":
        store.mean, store.std = spec.mean, spec.std
    if store.cached < total - len(failures):
        again = "read from data.cache_dir" if store.on_disk else "decoded again"
        yield Note(
            f"{store.cached} of {total - len(failures)} inputs fit into data.cache_gb = "
            f"{data.cache_gb:g}; the others are {again} in every epoch."
        )
    if data.cache_dir and not store.on_disk:
        yield Note(
            f"Not all decoded inputs could be kept in {data.cache_dir}; make room there, or the "
            "next run decodes them again."
        )
    steps = yield from _divide(config, fabric.world_size, len(store.table.indices("train")))
    spec = replace(spec, mean=store.mean, std=store.std)
    return Images(store, spec, steps, threads, origin_of(store.table, config))


def _check_same(fabric: Fabric, table: Table) -> None:
    """Refuse to train together where a process cannot read what the first one can."""
    if fabric.world_size == 1:
        return
    mine = table.digest()
    differs = torch.tensor(float(fabric.broadcast(mine) != mine), device=fabric.device)
    total = fabric.all_reduce(differs, reduce_op="sum")
    assert isinstance(total, torch.Tensor)
    if float(total):
        raise TrainingError(
            "The processes of this run do not read the same images; see that every machine reaches "
            "all files."
        )


def _divide(config: Config, processes: int, images: int) -> Generator[Event, None, Steps]:
    """Part an epoch into steps, and say so where the set is too small for the batch."""
    settings = config.train
    _refuse_too_few(images, processes)
    steps = divide(images, settings.batch_size, settings.accumulate, processes)
    used = steps.batch * steps.accumulate * processes
    wanted = settings.batch_size * settings.accumulate * processes
    if steps.batch < settings.batch_size:
        all_of_them = (
            "The one training image makes"
            if images == 1
            else f"All {images:,} training images make"
        )
        yield Note(f"{all_of_them} one batch, smaller than {wanted}.")
    elif used < wanted:
        yield Note(f"The {images} training images make batches of {used}, smaller than {wanted}.")
    return steps


def _refuse_too_few(images: int, processes: int) -> None:
    """Raise ConfigError where a process would have no training image."""
    if images < processes:
        raise ConfigError(
            f"{counted(images, 'training image')} {are(images)} too few for {processes} processes."
        )
