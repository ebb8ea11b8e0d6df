"""What the form proposes: a recipe's own values, and a batch that few images fit into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from app.state import LoadedModel
from app.training.words import tr
from softcam_core.models.spec import Head
from softcam_core.training.config import Config, load_config
from softcam_core.training.config.reading import make_config

NONE, IMAGENET = "none", "imagenet"
FEW = 64
"""Up to so many images a batch is small."""
SMALL, USUAL = 8, 16
NEARLY = 0.95
"""Share of the images that an epoch should use: the last batch is left out where it is not full."""
ENOUGH = 0.9
"""Share of the images, below which it is said how many an epoch uses."""


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


def used_text(images: int, batch: int, accumulate: int) -> str:
    """Return a sentence where an epoch leaves many of the images out, "" elsewhere."""
    taken = used(images, batch, accumulate)
    if taken >= ENOUGH * images:
        return ""
    text = tr("An epoch uses {0} of {1} images, for it takes whole batches").format(taken, images)
    better = batch_for(images)
    if used(images, better) > taken:
        text = tr("{0}; a batch of {1} uses {2}").format(text, better, used(images, better))
    return f"{text}."


def starts(
    models: Sequence[LoadedModel], arch: str, dual: bool, imagenet: bool, files: Iterable[str]
) -> list[tuple[str, str]]:
    """Return what a network can start from, (value, text).

    Args:
        models: that are open.
        arch: the network.
        dual: whether a dual-branch model is trained, on any classifier.
        imagenet: whether ImageNet's weights of the network are here.
        files: that were chosen before.
    """
    items = [] if dual else [(NONE, tr("Nothing: random weights"))]
    if imagenet and not dual:
        items.append((IMAGENET, "ImageNet"))
    for model in models:
        if (dual or model.spec.arch == arch) and model.spec.head != "dual-branch":
            text = model.spec.title if dual else tr("{0} (open)").format(model.spec.title)
            items.append((str(model.path), text))
    items += [(path, Path(path).name) for path in files]
    return items or [("", tr("Choose one"))]


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
