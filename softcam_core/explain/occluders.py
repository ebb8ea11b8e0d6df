"""What can cover pixels of a model's input; `occluded` does it, with torch."""

from __future__ import annotations

from typing import Literal, get_args

Occluder = Literal["mean", "blur", "zero"]
OCCLUDERS: tuple[Occluder, ...] = get_args(Occluder)
"""``mean``: 0 after normalisation, the mean colour of the training images, as in the deletion
metrics. ``blur``: the input itself under a Gaussian of standard deviation `blur_sigma`.
``zero``: black pixels."""

BLUR = 1 / 32
"""Standard deviation of the blur, as a part of the input's shorter side: 16 pixels of 512."""


def blur_sigma(size: tuple[int, int]) -> float:
    """Return the standard deviation of the blur for an input of (rows, columns), in its pixels."""
    return min(size) * BLUR
