"""How long a run will take, measured before it begins: a few steps of the real network."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from lightning_fabric import Fabric

from softcam_core.errors import CancelledError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model
from softcam_core.training.config import Config
from softcam_core.training.data import ImageStore
from softcam_core.training.dual_branch import frozen_input, frozen_spec, parameter_groups
from softcam_core.training.loss import training_loss
from softcam_core.training.runtime import explained, make_fabric, reproducible
from softcam_core.training.sources import read_data
from softcam_core.training.start import check_model, start_model
from softcam_core.training.table import Table

_IMAGES = 4  # that are read to see how long that takes
_SECONDS = 2.0  # for measured steps
_STEPS = 5
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Estimate:
    """What a run will take on this machine, as it is now.

    Attributes:
        seconds_per_epoch: training, validation and what is decoded again.
        seconds: all epochs, after the images are read for the first time.
        images_per_second: of training.
        inputs_bytes: memory for all decoded inputs, of which ``data.cache_gb`` holds what fits.
    """

    seconds_per_epoch: float
    seconds: float
    images_per_second: float
    inputs_bytes: int


def estimate(
    config: Config, table: Table | None = None, cancelled: Cancelled | None = None
) -> Estimate:
    """Measure reading, augmentation and steps of a configuration on its device.

    Nothing is written and nothing fetched: the network has fresh weights (those of a file need
    only fit) and random inputs. A slow device sees fewer images than a whole batch in a step.

    Args:
        config: from `load_config`.
        table: its images, where they have been read already.
        cancelled: asked between the measurements.

    Raises:
        ConfigError, ModelError, DeviceError, TrainingError: one sentence each, as `train` does.
        CancelledError: ``cancelled`` said so.
    """
    stop = cancelled or (lambda: False)
    check_model(config)
    data = config.data
    if table is None:
        known = frozen_spec(config)
        table = read_data(data, data.classes or (known.classes if known else ()))
    spec = InputSpec((data.image_size,) * 2, data.geometry, data.fundus_crop, data.colour)
    if config.model.head == "dual-branch":
        spec, _ = frozen_input(config, spec)
    if config.model.weights not in ("none", "imagenet"):
        start_model(config, table.classes, spec, Path(config.model.weights))
    with reproducible(config.train.deterministic), explained(config):
        _check(stop)
        reading, size, augmenting = _measure_images(config, table, spec)
        _check(stop)
        training, answering = _measure_network(config, table.classes, spec, stop)
    train, val = len(table.indices("train")), len(table.indices("val"))
    total = size * (train + val)
    # On a CPU the network and the images share the processor.
    shared = augmenting + training if _on_cpu(config) else max(augmenting, training)
    # Validation, and the maps of an epoch that is the best so far.
    epoch = train * shared + val * 2 * answering
    room = data.cache_gb * 2**30
    if total > room and not data.cache_dir:
        epoch += (1 - room / total) * (train + val) * reading
    return Estimate(
        seconds_per_epoch=epoch,
        seconds=(train + val) * reading + config.train.epochs * epoch,
        images_per_second=1 / shared,
        inputs_bytes=round(total),
    )


def _measure_images(config: Config, table: Table, spec: InputSpec) -> tuple[float, float, float]:
    """Return the seconds to read an image, the bytes of its input, the seconds to augment it."""
    wanted = [i for i, s in enumerate(table.samples) if s.split != "test"]
    some = {wanted[i] for i in np.linspace(0, len(wanted) - 1, _IMAGES).astype(int)}
    few = replace(table, samples=tuple(table.samples[i] for i in sorted(some)))
    threads = max(1, min(4, torch.get_num_threads()))
    store = ImageStore(few, spec, 2**40)
    begin = time.perf_counter()
    for _ in store.load(threads):
        pass
    reading = (time.perf_counter() - begin) / len(some)
    count = len(store.table.samples)
    if not count:  # the run itself says what is wrong with them
        return reading, 3.0 * spec.size[0] * spec.size[1], 0.0
    size = sum(store.pixels(i).nbytes for i in range(count)) / count
    many = [i % count for i in range(32)]
    begin = time.perf_counter()
    for _ in store.batches(many, 16, scheme=config.data.augment, threads=threads):
        pass
    return reading, size, (time.perf_counter() - begin) / len(many)


def _measure_network(
    config: Config, classes: tuple[str, ...], spec: InputSpec, stop: Cancelled
) -> tuple[float, float]:
    """Return the seconds that an image takes in training, and in validation."""
    fabric, settings, choice = make_fabric(config), config.train, config.model
    model = build_model(choice.arch, classes, choice.head, input=spec, options=choice.options)
    if settings.channels_last:
        model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    sgd = torch.optim.SGD(
        parameter_groups(model),
        lr=1e-6,
        momentum=settings.momentum,
        nesterov=settings.momentum > 0,
        weight_decay=settings.weight_decay,
    )
    network, optimizer = fabric.setup(model, sgd)
    inputs = {"maps": False} if choice.head == "dual-branch" else {}

    def batch(count: int) -> torch.Tensor:
        images = torch.randn(count, *spec.size, 3, device=fabric.device).permute(0, 3, 1, 2)
        return images if settings.channels_last else images.contiguous()

    def train_on(images: torch.Tensor) -> None:
        labels = torch.zeros(len(images), dtype=torch.long, device=fabric.device)
        fabric.backward(training_loss(network(images, **inputs), labels, config.loss).total)
        optimizer.step()
        optimizer.zero_grad()

    def answer_to(images: torch.Tensor) -> None:
        with torch.no_grad():
            network(images, **inputs)

    network.train()
    few = batch(min(2, settings.batch_size))
    train_on(few)  # the first step prepares memory and kernels
    one = _seconds(fabric, lambda: train_on(few)) / len(few)
    _check(stop)
    count = min(settings.batch_size, max(len(few), int(_SECONDS / one)))
    images = batch(count)
    training = _median(fabric, lambda: train_on(images), stop) / count
    network.eval()
    return training, _median(fabric, lambda: answer_to(images), stop) / count


def _median(fabric: Fabric, task: Callable[[], None], stop: Cancelled) -> float:
    """Return the median seconds of a task that is done a few times, or once where it is slow."""
    if fabric.device.type == "cuda":
        task()  # another size of batch: other kernels
    times: list[float] = []
    while len(times) < _STEPS and sum(times) < _SECONDS:
        times.append(_seconds(fabric, task))
        _check(stop)
    return statistics.median(times)


def _seconds(fabric: Fabric, task: Callable[[], None]) -> float:
    """Return how long a task takes, to its end on the device."""
    begin = time.perf_counter()
    task()
    if fabric.device.type == "cuda":
        torch.cuda.synchronize(fabric.device)
    return time.perf_counter() - begin


def _on_cpu(config: Config) -> bool:
    device = config.train.device
    return device == "cpu" or (device == "auto" and not torch.cuda.is_available())


def _check(stop: Cancelled) -> None:
    if stop():
        raise CancelledError
