"""Inputs of a table's images: decoded once, kept in memory, augmented and stacked into batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.training.augment import SCHEMES, augment, sample_generator
from softcam_core.training.table import Sample, Table

Triple = tuple[float, float, float]
R = TypeVar("R")


class Batch(NamedTuple):
    """Normalised images (B, 3, H, W), class indices (B,), positions in the table.

    Of a store that knows lesions: ``lesions`` (B, H, W) bool, moved with their images, and
    ``drawn`` (B,) bool, whether somebody marked the image's lesions at all.
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


class ImageStore:
    """Model inputs of a table's images before normalisation.

    An input is kept in the depth of its file (uint8, or uint16 for anything deeper) and with one
    channel where it is grey. What no longer fits into the memory limit is decoded when needed.
    """

    def __init__(self, table: Table, spec: InputSpec, cache_bytes: int) -> None:
        """Take a table and an input; only size, geometry, crop and colour of ``spec`` count."""
        self.table = table
        self.spec = replace(spec, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
        self._budget = cache_bytes
        self._kept: dict[int, NDArray[Any]] = {}
        self.failures: list[Failure] = []
        self.mean: Triple = (0.0, 0.0, 0.0)
        self.std: Triple = (1.0, 1.0, 1.0)

    def load(self, threads: int) -> Iterator[int]:
        """Decode all training and validation images, measure mean and std of the training set.

        Yields the number of images done. Afterwards `table` holds the readable rows, `failures`
        the others; test images are not touched.
        """
        wanted = [i for i, s in enumerate(self.table.samples) if s.split != "test"]
        failures: dict[int, Failure] = {}
        # Per channel of pixels in [0, 1]: their count, sum and sum of squares.
        sums = np.zeros((3, 3))
        with ThreadPoolExecutor(threads) as pool:
            jobs = _ahead(pool, self._decode, wanted, 4 * threads)
            for done, (i, result) in enumerate(zip(wanted, jobs, strict=True), start=1):
                sample = self.table.samples[i]
                if isinstance(result, ImageError):
                    failures[i] = Failure(sample, str(result))
                else:
                    if sample.split == "train":
                        sums += _sums(result)
                    if self._budget >= result.nbytes:
                        self._budget -= result.nbytes
                        self._kept[i] = result
                yield done
        count, total, squares = sums
        if count[0]:
            mean = total / count
            # A set of one flat grey has no spread; 1 leaves it as it is instead of dividing by 0.
            std = np.sqrt(np.maximum(squares / count - mean**2, 0))
            std[std < 1e-6] = 1.0
            self.mean, self.std = _triple(mean), _triple(std)
        kept_rows = [i for i in range(len(self.table.samples)) if i not in failures]
        self._kept = {new: self._kept[i] for new, i in enumerate(kept_rows) if i in self._kept}
        self.table = self.table.without(failures)
        self.failures = list(failures.values())

    @property
    def cached(self) -> int:
        """How many inputs are held in memory."""
        return len(self._kept)

    def pixels(self, index: int) -> NDArray[Any]:
        """Return the input (H, W) or (H, W, 3) of the table's sample ``index``.

        Raises:
            ImageError: it had to be decoded again, and is no longer readable.
        """
        kept = self._kept.get(index)
        if kept is not None:
            return kept
        result = self._decode(index)
        if isinstance(result, ImageError):
            raise result
        return result

    def batches(
        self,
        indices: Sequence[int],
        batch_size: int,
        *,
        scheme: str = "none",
        seed: int = 0,
        epoch: int = 0,
        threads: int = 2,
    ) -> Iterator[Batch]:
        """Yield the batches of ``indices``, in their order; the last may be smaller.

        The result does not depend on ``threads``: each image draws its augmentation from (seed,
        epoch, index).
        """
        mean, std = torch.tensor(self.mean), torch.tensor(self.std)
        labels = [s.label for s in self.table.samples]

        def one(i: int) -> NDArray[np.float32]:
            changed = augment(self.pixels(i), SCHEMES[scheme], sample_generator(seed, epoch, i))
            return _unit(changed)

        with ThreadPoolExecutor(threads) as pool:
            images = _ahead(pool, one, indices, 2 * batch_size)
            for start in range(0, len(indices), batch_size):
                chunk = list(indices[start : start + batch_size])
                stack = np.stack([next(images) for _ in chunk])
                # Stored as (B, H, W, 3), the view below is torch's channels_last format.
                x = (torch.from_numpy(stack) - mean) / std
                y = torch.tensor([labels[i] for i in chunk])
                yield Batch(x.permute(0, 3, 1, 2), y, chunk)

    def _decode(self, index: int) -> NDArray[Any] | ImageError:
        """Read one image as an input, or return why it cannot be."""
        try:
            image = read_image(self.table.samples[index].path)
            unit, _ = model_input(image, self.spec)
        except ImageError as error:
            return error
        shallow = image.pixels.dtype == np.uint8
        top, kind = (255, np.uint8) if shallow else (65535, np.uint16)
        grey = bool((unit[0] == unit[1]).all() and (unit[0] == unit[2]).all())
        planes = unit[0] if grey else np.ascontiguousarray(unit.transpose(1, 2, 0))
        rounded: NDArray[Any] = np.round(np.clip(planes, 0, 1) * np.float32(top)).astype(kind)
        return rounded


def refuse_too_many_failures(
    source: str, failures: Sequence[Failure], total: int, share: float
) -> None:
    """Raise ConfigError when more than ``share`` of ``total`` images could not be read."""
    if len(failures) > share * total:
        raise ConfigError(
            f"{source}: {len(failures)} of {total} images cannot be read, more than the "
            f"{share:.0%} of data.max_failed; the first is {failures[0].sample.path}."
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


def _unit(pixels: NDArray[Any]) -> NDArray[np.float32]:
    """Return pixels as (H, W, 3) float32 in [0, 1]."""
    unit = pixels.astype(np.float32) / np.float32(np.iinfo(pixels.dtype).max)
    return unit if unit.ndim == 3 else np.repeat(unit[..., None], 3, axis=2)


def _sums(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """Return count, sum and sum of squares (3, channels) of an input in [0, 1]."""
    unit = (pixels / np.float64(np.iinfo(pixels.dtype).max)).reshape(
        pixels.shape[0] * pixels.shape[1], -1
    )
    rows = np.stack([np.full(unit.shape[1], len(unit)), unit.sum(0), np.square(unit).sum(0)])
    return np.broadcast_to(rows, (3, 3))


def _triple(values: NDArray[np.float64]) -> Triple:
    """Three floats, rounded to what is meaningful in a file."""
    a, b, c = (round(float(v), 6) for v in values)
    return a, b, c
