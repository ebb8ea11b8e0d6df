"""Where and how a run computes: device, processes, determinism, and errors of the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from lightning_fabric import Fabric

from softcam_core.errors import ConfigError, TrainingError
from softcam_core.models.device import resolve_device
from softcam_core.training.config import Config

_PRECISIONS = {"32": "32-true", "bf16": "bf16-mixed", "16": "16-mixed"}


def make_fabric(config: Config) -> Fabric:
    """Start Lightning Fabric on one device, or as one of torchrun's processes.

    Raises:
        DeviceError: the device is not there.
        ConfigError: fp16 is asked for on a CPU, which has no mixed precision of that kind.
    """
    device = resolve_device(config.train.device)
    kind = "cuda" if device.type == "cuda" else "cpu"
    if kind == "cpu" and config.train.precision == "16":
        raise ConfigError("train.precision 16 needs a CUDA device; set it to bf16 or 32.")
    precision: Any = _PRECISIONS[config.train.precision]
    if "LOCAL_WORLD_SIZE" in os.environ:
        local = int(os.environ["LOCAL_WORLD_SIZE"])
        nodes = int(os.environ["WORLD_SIZE"]) // local
        fabric = Fabric(accelerator=kind, devices=local, num_nodes=nodes, precision=precision)
    elif kind == "cuda":
        fabric = Fabric(accelerator=kind, devices=[device.index or 0], precision=precision)
    else:
        fabric = Fabric(accelerator=kind, devices=1, precision=precision)
    fabric.launch()
    return fabric


@contextmanager
def reproducible() -> Iterator[None]:
    """Choose deterministic convolutions, and leave the cores to the batches' own threads."""
    threads, cudnn = cv2.getNumThreads(), torch.backends.cudnn
    before = cudnn.deterministic, cudnn.benchmark
    cv2.setNumThreads(1)
    cudnn.deterministic, cudnn.benchmark = True, False
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
        cudnn.deterministic, cudnn.benchmark = before


def seed_epoch(seed: int, epoch: int, rank: int) -> None:
    """Seed torch (dropout) for one epoch of one process."""
    state = np.random.SeedSequence((seed, epoch, rank)).generate_state(1, np.uint64)
    torch.manual_seed(int(state[0] >> np.uint64(1)))


@contextmanager
def explained(config: Config) -> Iterator[None]:
    """Turn what the machine cannot do into one sentence for the user."""
    size, batch = config.data.image_size, config.train.batch_size
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not _is_memory(error):
            raise
        raise TrainingError(
            f"The memory is full with batches of {batch} images of {size} x {size} px; lower "
            "train.batch_size or data.image_size."
        ) from error
    except ValueError as error:
        if "more than 1 value per channel" not in str(error):
            raise
        raise TrainingError(
            f"Batch normalisation needs more than one value per channel, and a batch of one image "
            f"of {size} x {size} px leaves one; raise train.batch_size or data.image_size."
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a full or read-only disk into one sentence that names the run folder."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # torch.save reports a full disk as RuntimeError
        reason = getattr(error, "strerror", None) or "the disk is full or gave an error"
        raise TrainingError(
            f"The run folder {folder} cannot be written ({reason}); make room or choose another "
            "output.dir, and go on with --resume."
        ) from error


def _is_memory(error: BaseException) -> bool:
    """Tell an allocation that failed from other errors."""
    text = str(error)
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "allocate memory" in text
