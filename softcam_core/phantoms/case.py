"""What every generator returns, and the independent random streams it draws from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Phantom:
    """One synthetic image and the truth about it.

    Attributes:
        pixels: (H, W, 3) uint8 for fundus, (H, W) uint8 for OCT, (H, W) uint16 for chest films.
        masks: lesion label -> (H, W) bool, exactly the pixels that the lesion may have changed;
            a label without a lesion in this image is absent.
        label: the image's class.
        grade: the place of that class in the order of severity, 0 = nothing wrong.
        modality: ``fundus``, ``oct`` or ``cxr``.
        seed: gives the same phantom again.
    """

    pixels: NDArray[Any]
    masks: dict[str, Mask]
    label: str
    grade: int
    modality: str
    seed: int

    @property
    def lesion_mask(self) -> Mask:
        """The union of all lesions, (H, W) bool."""
        union = np.zeros(self.pixels.shape[:2], bool)
        for mask in self.masks.values():
            union |= mask
        return union


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the generator of one part of a phantom.

    Anatomy, lesions and noise have a stream each, so that the same seed with and without its
    lesions gives the same eye and the same grain.

    Raises:
        ValueError: a negative seed.
    """
    if seed < 0:
        raise ValueError(f"seed: expected 0 or more, got {seed}")
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def keep_drawn(masks: dict[str, Mask]) -> dict[str, Mask]:
    """Drop the labels of which nothing was drawn."""
    return {label: mask for label, mask in masks.items() if mask.any()}
