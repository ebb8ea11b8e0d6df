"""The evidence of a few validation images after every epoch, for who looks on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.explain import attribute
from softcam_core.training.checkpoint import write_whole
from softcam_core.training.loop.folder import MAPS
from softcam_core.training.loop.images import Images
from softcam_core.training.loop.learner import Learner
from softcam_core.training.loop.validation import Predictions
from softcam_core.training.runtime import writing
from softcam_core.training.table import Table


def choose_watched(table: Table, count: int, seed: int) -> list[int]:
    """Draw the validation images to watch: as many of each class, healthy ones only if need be.

    Args:
        table: whose first class is the healthy one.
        count: how many; fewer where the set has fewer.
        seed: of the draw.

    Returns:
        Positions in the table.
    """
    rng = np.random.default_rng((seed, count))
    of_class: dict[int, list[int]] = {}
    for i in rng.permutation(table.indices("val")).tolist():
        of_class.setdefault(table.samples[i].label, []).append(i)
    healthy = of_class.pop(0, [])
    found: list[int] = []
    while any(of_class.values()) and len(found) < count:
        for label in sorted(of_class):
            found += of_class[label][:1]
            del of_class[label][:1]
    return [*found, *healthy][:count]


class Watch:
    """Writes the maps of the watched images into the run folder."""

    def __init__(self, folder: Path, images: Images, count: int, seed: int) -> None:
        """Choose the images and write what the network is shown of them."""
        self._folder, self._images = folder / MAPS, images
        self._chosen = choose_watched(images.table, count, seed)
        store = images.store
        pixels = [_as_uint8(store.pixels(i)) for i in self._chosen]
        if any(one.ndim == 3 for one in pixels):
            pixels = [one if one.ndim == 3 else np.stack([one] * 3, axis=2) for one in pixels]
        self._write("inputs.npz", {"inputs": np.stack(pixels), **self._about()})

    def write(self, epoch: int, learner: Learner, found: Predictions) -> Path:
        """Write the maps after an epoch, counted from 1; return the file."""
        order = self._images.table.indices("val")
        rows = [order.index(i) for i in self._chosen]
        if found.evidence is not None:
            method, maps = "evidence", found.evidence[rows]
        else:
            (batch,) = self._images.store.batches(self._chosen, len(self._chosen))
            method = "gradcam"
            maps = attribute(learner.model, learner.on_device(batch.images), method).cpu()
        return self._write(
            f"epoch-{epoch:04d}.npz",
            {
                "evidence": maps.float().numpy(),
                "logits": found.logits[rows].float().numpy(),
                "method": np.array(method),
                **self._about(),
            },
        )

    def _about(self) -> dict[str, NDArray[Any]]:
        table = self._images.table
        return {
            "labels": np.array([table.samples[i].label for i in self._chosen]),
            "indices": np.array(self._chosen),
            "classes": np.array(table.classes),
        }

    def _write(self, name: str, arrays: dict[str, NDArray[Any]]) -> Path:
        stream = io.BytesIO()
        np.savez_compressed(stream, allow_pickle=False, **arrays)
        with writing(self._folder.parent):
            self._folder.mkdir(exist_ok=True)
            write_whole(self._folder / name, stream.getvalue())
        return self._folder / name


def _as_uint8(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Return an input as it is shown on a screen."""
    if pixels.dtype == np.uint8:
        return pixels
    return np.round(pixels / np.float32(257)).astype(np.uint8)
