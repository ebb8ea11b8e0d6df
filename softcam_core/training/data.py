"""Inputs of a table's images: decoded once, kept in memory, augmented and stacked into batches."""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from softcam_core.counts import counted
from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.training.augment import SCHEMES, augment_with, sample_generator
from softcam_core.training.cache import Decoded, InputCache
from softcam_core.training.pixels import Triple, channel_sums, covered, normalise, triple
from softcam_core.training.table import Sample, Table

Lesions = Callable[[Sample], NDArray[np.bool_] | None]
"""Gives the lesion mask (H, W) of a sample in the pixels of its stored image; None for none.

Raises ImageError where there is one that cannot be read.
"""

_AHEAD = 2  # batches that are made while the network works on another
R = TypeVar("R")


class Batch(NamedTuple):
    """Normalised images (B, 3, H, W), class indices (B,), positions in the table.

    Of a store that knows lesions: ``lesions`` (B, H, W) bool, moved with their images, and
    ``drawn`` (B,) bool, whether a lesion that somebody marked is in the picture.
    """

    images: Tensor
    labels: Tensor
    indices: list[int]
    lesions: Tensor | None = None
    drawn: Tensor | None = None


@dataclass(frozen=True)
class Failure:
    """An image that was left out, and why in one sentence."""

    sample: Sample
    reason: str


@dataclass(frozen=True)
class _Entry:
    """What a store knows of an image: its pixels if there is room, mask bits, state of its file."""

    pixels: NDArray[Any] | None
    bits: NDArray[np.uint8] | None
    state: tuple[int, int]
    key: str


@dataclass(frozen=True)
class _Loaded:
    """An image that was decoded for the first time in a run."""

    entry: _Entry
    pixels: NDArray[Any]
    sums: NDArray[np.float64]
    check: int


class ImageStore:
    """Model inputs of a table's images before normalisation.

    An input is kept in the depth of its file (uint8, or uint16 for anything deeper) and with one
    channel where it is grey. What no longer fits into the memory limit is read from the folder of
    decoded inputs when needed, or decoded again where there is none.
    """

    def __init__(
        self,
        table: Table,
        spec: InputSpec,
        cache_bytes: int,
        *,
        cache_dir: str | Path | None = None,
        lesions: Lesions | None = None,
    ) -> None:
        """Take a table and an input; only size, geometry, crop and colour of ``spec`` count.

        Args:
            table: the images.
            spec: what the model sees of them.
            cache_bytes: memory for decoded inputs.
            cache_dir: folder that keeps them between runs; None or "" for none.
            lesions: gives the masks that batches then hold beside the images.

        Raises:
            ConfigError: ``cache_dir`` cannot be written.
        """
        self.table = table
        self.spec = replace(spec, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
        self._budget = cache_bytes
        self._disk = InputCache(Path(cache_dir).expanduser(), self.spec) if cache_dir else None
        self._lesions = lesions
        self._entries: dict[int, _Entry] = {}
        self.failures: list[Failure] = []
        self.digest = ""
        self.mean: Triple = (0.0, 0.0, 0.0)
        self.std: Triple = (1.0, 1.0, 1.0)

    def load(self, threads: int) -> Iterator[int]:
        """Decode all training and validation images, measure mean and std of the training set.

        Yields the number of images done. Afterwards `table` holds the readable rows, `failures`
        the others, `digest` a fingerprint of all inputs and their masks; test images are not
        touched.
        """
        wanted = [i for i, s in enumerate(self.table.samples) if s.split != "test"]
        failures: dict[int, Failure] = {}
        entries: dict[int, _Entry] = {}
        # Per channel of pixels in [0, 1]: their count, sum and sum of squares.
        sums = np.zeros((3, 3))
        checks: list[int] = []
        with ThreadPoolExecutor(threads) as pool:
            jobs = _ahead(pool, self._load_one, wanted, 4 * threads)
            for done, (i, result) in enumerate(zip(wanted, jobs, strict=True), start=1):
                sample = self.table.samples[i]
                if isinstance(result, ImageError):
                    failures[i] = Failure(sample, str(result))
                else:
                    if sample.split == "train":
                        sums += result.sums
                    entries[i] = result.entry
                    checks.append(result.check)
                    if self._budget >= result.pixels.nbytes:
                        self._budget -= result.pixels.nbytes
                        entries[i] = replace(result.entry, pixels=result.pixels)
                yield done
        count, total, squares = sums
        if count[0]:
            mean = total / count
            # A set of one flat grey has no spread; 1 leaves it as it is instead of dividing by 0.
            std = np.sqrt(np.maximum(squares / count - mean**2, 0))
            std[std < 1e-6] = 1.0
            self.mean, self.std = triple(mean), triple(std)
        kept_rows = [i for i in range(len(self.table.samples)) if i not in failures]
        self._entries = {new: entries[i] for new, i in enumerate(kept_rows) if i in entries}
        self.table = self.table.without(failures)
        self.failures = list(failures.values())
        self.digest = hashlib.sha256(repr(checks).encode()).hexdigest()

    @property
    def cached(self) -> int:
        """How many inputs are held in memory."""
        return sum(entry.pixels is not None for entry in self._entries.values())

    @property
    def on_disk(self) -> bool:
        """Whether the folder of decoded inputs holds every input."""
        return self._disk is not None and not self._disk.full

    def pixels(self, index: int) -> NDArray[Any]:
        """Return the input (H, W) or (H, W, 3) of the table's sample ``index``.

        Raises:
            ImageError: it had to be read again, and is no longer what it was.
        """
        entry = self._entries.get(index)
        if entry is not None and entry.pixels is not None:
            return entry.pixels
        if entry is not None and self._disk is not None:
            kept = self._disk.read(entry.key)
            if kept is not None:
                return kept.pixels
        path = self.table.samples[index].path
        try:
            if entry is not None and _state(path) != entry.state:
                raise ImageError(
                    f"{path.name} was changed while it was trained on; put the file back and go on "
                    "with --resume, or begin again."
                )
            return self._decode(path).pixels
        except OSError as error:
            raise ImageError(
                f"{path.name} could be read when the training began and cannot be any more; put "
                "the file back and go on with --resume."
            ) from error

    def lesions(self, index: int) -> NDArray[np.bool_] | None:
        """Return the lesion mask (H, W) of the input of sample ``index``; None where it has none.

        A pixel of the input belongs to a lesion where it covers any part of one.
        """
        entry = self._entries.get(index)
        if entry is None or entry.bits is None:
            return None
        rows, columns = self.spec.size
        return np.unpackbits(entry.bits, count=rows * columns).reshape(rows, columns).astype(bool)

    def batches(
        self,
        indices: Sequence[int],
        batch_size: int,
        *,
        scheme: str = "none",
        seed: int = 0,
        epoch: int = 0,
        draws: Sequence[int] | None = None,
        threads: int = 2,
        pin: bool = False,
    ) -> Iterator[Batch]:
        """Yield the batches of ``indices``, in their order; the last may be smaller.

        The result does not depend on ``threads``: each image draws its augmentation from (seed,
        epoch, index), and where it comes again in an epoch, from its number in ``draws`` too. At
        most two batches are made ahead. With ``pin`` the images lie in memory
        that a GPU can fetch from while it computes.

        Raises:
            ImageError: an image had to be read again, and is no longer what it was.
        """
        rows, columns = self.spec.size
        chosen = SCHEMES[scheme]
        numbers = [0] * len(indices) if draws is None else draws

        def fill(
            images: NDArray[np.float32], masks: NDArray[np.bool_] | None, i: int, draw: int
        ) -> None:
            rng = sample_generator(seed, epoch, i, draw)
            pixels, mask = augment_with(self.pixels(i), self.lesions(i), chosen, rng)
            normalise(pixels, self.mean, self.std, images)
            if masks is not None:
                masks[...] = False if mask is None else mask

        def begin(chunk: list[int], again: list[int]) -> tuple[Batch, list[Future[None]]]:
            # Stored as (B, H, W, 3), the view of the batch is torch's channels_last format.
            images = torch.empty(len(chunk), rows, columns, 3, pin_memory=pin)
            shape = (len(chunk), rows, columns)
            masks = torch.empty(shape, dtype=torch.bool) if self._lesions else None
            labels = torch.tensor([self.table.samples[i].label for i in chunk])
            batch = Batch(images.permute(0, 3, 1, 2), labels, chunk, masks)
            pictures, marks = images.numpy(), None if masks is None else masks.numpy()
            jobs = [
                pool.submit(fill, pictures[at], None if marks is None else marks[at], i, draw)
                for at, (i, draw) in enumerate(zip(chunk, again, strict=True))
            ]
            return batch, jobs

        running: deque[tuple[Batch, list[Future[None]]]] = deque()
        with ThreadPoolExecutor(threads) as pool:
            try:
                for start in range(0, len(indices), batch_size):
                    part = slice(start, start + batch_size)
                    running.append(begin(list(indices[part]), list(numbers[part])))
                    if len(running) > _AHEAD:
                        yield _finished(*running.popleft())
                while running:
                    yield _finished(*running.popleft())
            finally:
                for _, jobs in running:
                    for job in jobs:
                        job.cancel()

    def _load_one(self, index: int) -> _Loaded | ImageError:
        """Read one image as an input, from disk if it is there, or return why it cannot be."""
        sample = self.table.samples[index]
        try:
            state, key, decoded = (0, 0), "", None
            try:
                state = _state(sample.path)
                if self._disk is not None:
                    key = self._disk.key(sample.path)
                    decoded = self._disk.read(key)
            except OSError:
                pass  # reading the image says in one sentence what is wrong with it
            if decoded is None:
                decoded = self._decode(sample.path)
                if self._disk is not None:
                    self._disk.write(key, decoded)
            mask = self._lesions(sample) if self._lesions is not None else None
            bits = None
            if mask is not None and mask.any():
                if mask.shape != decoded.shape:
                    raise ImageError(
                        f"The lesion mask of {sample.path.name} is {mask.shape[1]} x "
                        f"{mask.shape[0]} px, the image {decoded.shape[1]} x {decoded.shape[0]}; "
                        "give a mask of the image's size."
                    )
                bits = np.packbits(covered(mask, decoded.region, self.spec.size))
        except ImageError as error:
            return error
        check = zlib.crc32(decoded.pixels.tobytes())
        if bits is not None:
            check = zlib.crc32(bits.tobytes(), check)
        return _Loaded(
            _Entry(None, bits, state, key), decoded.pixels, channel_sums(decoded.pixels), check
        )

    def _decode(self, path: Path) -> Decoded:
        """Read one image as an input."""
        image = read_image(path)
        unit, region = model_input(image, self.spec)
        shallow = image.pixels.dtype == np.uint8
        top, kind = (255, np.uint8) if shallow else (65535, np.uint16)
        grey = bool((unit[0] == unit[1]).all() and (unit[0] == unit[2]).all())
        planes = unit[0] if grey else np.ascontiguousarray(unit.transpose(1, 2, 0))
        rounded: NDArray[Any] = np.round(np.clip(planes, 0, 1) * np.float32(top)).astype(kind)
        height, width = image.pixels.shape[:2]
        return Decoded(rounded, region, (height, width))


def refuse_too_many_failures(
    source: str, failures: Sequence[Failure], total: int, share: float
) -> None:
    """Raise ConfigError when more than ``share`` of ``total`` images could not be read."""
    if len(failures) > share * total:
        raise ConfigError(
            f"{source}: {len(failures):,} of {counted(total, 'image')} cannot be read, more than "
            f"the {share:.0%} of data.max_failed; the first is {failures[0].sample.path}: "
            f"{failures[0].reason}"
        )


def _ahead(
    pool: ThreadPoolExecutor, work: Callable[[int], R], items: Sequence[int], ahead: int
) -> Iterator[R]:
    """Yield ``work(item)`` in order while at most ``ahead`` items are under way."""
    running: deque[Future[R]] = deque()
    try:
        for item in items:
            running.append(pool.submit(work, item))
            if len(running) >= ahead:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    finally:
        for job in running:
            job.cancel()


def _finished(batch: Batch, jobs: Sequence[Future[None]]) -> Batch:
    """Wait until every image of a batch is there."""
    for job in jobs:
        job.result()
    if batch.lesions is None:
        return batch
    return batch._replace(drawn=batch.lesions.flatten(1).any(1))


def _state(path: Path) -> tuple[int, int]:
    """Return size and time of change of a file."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns
