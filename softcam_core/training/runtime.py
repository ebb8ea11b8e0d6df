"""Where and how a run computes: device, processes, determinism, and errors of the machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from lightning_fabric import Fabric
from torch import distributed

from softcam_core.errors import ConfigError, TrainingError
from softcam_core.models.device import resolve_device
from softcam_core.training.config import Config

_PRECISIONS = {"32": "32-true", "bf16": "bf16-mixed", "16": "16-mixed"}
_CUBLAS = "CUBLAS_WORKSPACE_CONFIG"
_LOST = re.compile("gloo|NCCL|Connection (closed|reset)|Broken pipe", re.IGNORECASE)


def make_fabric(config: Config) -> Fabric:
    """Start Lightning Fabric on one device, or as one of torchrun's processes.

    Raises:
        DeviceError: the device is not there.
        ConfigError: fp16 is asked for on a CPU, which has no mixed precision of that kind, or
            synchronised batch normalisation, which PyTorch has for CUDA alone.
    """
    device = resolve_device(config.train.device)
    kind = "cuda" if device.type == "cuda" else "cpu"
    if kind == "cpu" and config.train.precision == "16":
        raise ConfigError("train.precision 16 needs a CUDA device; set it to bf16 or 32.")
    if kind == "cpu" and config.train.sync_batchnorm:
        raise ConfigError(
            "train.sync_batchnorm needs CUDA devices, since PyTorch has it for no other; set it to "
            "false."
        )
    precision: Any = _PRECISIONS[config.train.precision]
    if "LOCAL_WORLD_SIZE" in os.environ:
        local, world = (int(os.environ[name]) for name in ("LOCAL_WORLD_SIZE", "WORLD_SIZE"))
        if world % local:
            raise ConfigError(
                f"{world} processes are not divided evenly between the machines; start as many on "
                "each."
            )
        fabric = Fabric(
            accelerator=kind, devices=local, num_nodes=world // local, precision=precision
        )
    elif kind == "cuda":
        fabric = Fabric(accelerator=kind, devices=[device.index or 0], precision=precision)
    else:
        fabric = Fabric(accelerator=kind, devices=1, precision=precision)
    fabric.launch()
    return fabric


@contextmanager
def reproducible(deterministic: bool = False) -> Iterator[None]:
    """Choose deterministic convolutions, and leave the cores to the batches' own threads.

    Args:
        deterministic: refuse every operation that does not repeat to the bit.
    """
    threads, cudnn = cv2.getNumThreads(), torch.backends.cudnn
    before = cudnn.deterministic, cudnn.benchmark
    refused = torch.are_deterministic_algorithms_enabled()
    only_warned = torch.is_deterministic_algorithms_warn_only_enabled()
    workspace = os.environ.get(_CUBLAS)
    cv2.setNumThreads(1)
    cudnn.deterministic, cudnn.benchmark = True, False
    if deterministic:
        # cuBLAS repeats itself only with a workspace of a fixed size.
        os.environ.setdefault(_CUBLAS, ":4096:8")
        torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
        cudnn.deterministic, cudnn.benchmark = before
        if deterministic:
            torch.use_deterministic_algorithms(refused, warn_only=only_warned)
            if workspace is None:
                os.environ.pop(_CUBLAS, None)


def seed_pass(seed: int, epoch: int, number: int) -> None:
    """Seed torch (dropout) for one pass through the network.

    Args:
        seed: of the run.
        epoch: from 0.
        number: of the pass in its epoch, from 0, over all processes.
    """
    state = np.random.SeedSequence((seed, epoch, number)).generate_state(1, np.uint64)
    torch.manual_seed(int(state[0] >> np.uint64(1)))


@contextmanager
def explained(config: Config) -> Iterator[None]:
    """Turn what the machine cannot do into one sentence for the user.

    Raises:
        TrainingError: instead of what torch, numpy or OpenCV raise then.
    """
    size = config.data.image_size
    try:
        yield
    except (MemoryError, RuntimeError, cv2.error) as error:
        text = str(error)
        if is_memory(error):
            raise TrainingError(f"{_full(config)}; {_advice(config)}.") from error
        if distributed.is_initialized() and _LOST.search(text):
            raise TrainingError(
                "Another process of this run has ended or cannot be reached; see what it said, and "
                "go on with --resume."
            ) from error
        if "does not have a deterministic implementation" in text:
            raise TrainingError(
                f"{text.split(' ', 1)[0]} does not repeat to the bit on this device; set "
                "train.deterministic to false."
            ) from error
        raise
    except ValueError as error:
        if "more than 1 value per channel" not in str(error):
            raise
        raise TrainingError(
            f"Batch normalisation needs more than one value per channel, and a batch of one image "
            f"of {size} x {size} px leaves one; raise train.batch_size or data.image_size."
        ) from error


@contextmanager
def explained_loading(config: Config) -> Iterator[None]:
    """Turn a memory that is full of decoded inputs into one sentence for the user.

    Raises:
        TrainingError: instead of what Python, numpy or OpenCV raise then.
    """
    try:
        yield
    except (MemoryError, RuntimeError, cv2.error) as error:
        if not is_memory(error):
            raise
        raise TrainingError(
            "The memory is full while the images are read; set data.cache_gb below "
            f"{config.data.cache_gb:g}, or lower data.image_size."
        ) from error


def is_memory(error: BaseException) -> bool:
    """Tell an allocation that failed from other errors: Python's, torch's, OpenCV's."""
    text = str(error).lower()
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(
        words in text
        for words in (
            "allocate memory",
            "not enough memory",
            "insufficient memory",
            "out of memory",
        )
    )


def _full(config: Config) -> str:
    """Say what did not fit."""
    batch, size = config.train.batch_size, config.data.image_size
    images = "batches of one image" if batch == 1 else f"batches of {batch} images"
    return f"The memory is full with {images} of {size} x {size} px"


def _advice(config: Config) -> str:
    """Say what to try: half the batch in more passes, so that a step sees as many images."""
    settings = config.train
    smaller = smaller_batch(settings.batch_size, settings.accumulate)
    if smaller is None:
        return "lower data.image_size, or choose a smaller model.arch"
    batch, accumulate = smaller
    return (
        f"try train.batch_size={batch} with train.accumulate={accumulate}, which makes the same "
        "steps"
    )


def smaller_batch(batch: int, accumulate: int) -> tuple[int, int] | None:
    """Return a batch of at most half the size, and the passes that make the same step of it.

    Args:
        batch, accumulate: what was too large.

    Returns:
        Batch and accumulate, whose product is the same; None below a batch of 1.
    """
    whole = batch * accumulate
    for half in range(batch // 2, 0, -1):
        if whole % half == 0:
            return half, whole // half
    return None


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
