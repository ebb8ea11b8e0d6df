"""What the form proposes: a recipe's own values, and a batch that few images fit into."""

from __future__ import annotations

from pathlib import Path

from softcam_core.models.spec import Head
from softcam_core.training.config import Config, load_config
from softcam_core.training.config.reading import make_config

FEW = 64
"""Up to so many images a batch is small."""
SMALL, USUAL = 8, 16
NEARLY = 0.95
"""Share of the images that an epoch should use: the last batch is left out where it is not full."""


def batch_for(images: int) -> int:
    """Return a batch for so many training images, of which an epoch then uses nearly all."""
    most = SMALL if images <= FEW else USUAL
    sizes = range(most, most // 2, -1)
    good = (size for size in sizes if used(images, size) >= NEARLY * images)
    return next(good, max(sizes, key=lambda size: used(images, size)))


def used(images: int, batch: int, accumulate: int = 1) -> int:
    """Return how many of the training images an epoch uses; see the core's order of training."""
    if images < 1:
        return 0
    batch = min(batch, images)
    step = batch * min(accumulate, images // batch)
    return images // step * step


def values_of(head: Head) -> Config:
    """Return the values that a kind of model has where nothing else is said."""
    return make_config(_own(head, f"model.head={head}"))


def values_in(recipe: Path, head: Head) -> Config:
    """Return the values of a bundled recipe; images and classifier are the form's own.

    Raises:
        ConfigError: it cannot be read.
    """
    return load_config(recipe, _own(head))


def _own(head: Head, *overrides: str) -> list[str]:
    classifier = ["model.weights=classifier"] if head == "dual-branch" else []
    return [*overrides, "data.csv=images", *classifier]
