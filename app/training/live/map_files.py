"""The maps of the watched images, as a run folder holds them."""

from __future__ import annotations

import math
import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.errors import ConfigError
from softcam_core.training.config import load_config
from softcam_core.training.runs import (
    CONFIG,
    MAPS,
    METRICS,
    SPLIT,
    is_alive,
    read_metrics,
    validation_counts,
)

QUANTILE = 0.995
"""Of |evidence|, as for the limit that a model brings with it."""
FAINT = 0.01
"""Logits below which there is no evidence to speak of."""
LARGEST = 2**27
"""Bytes of a file beyond which it is none of ours."""
DAMAGE = (
    *(OSError, ValueError, KeyError, EOFError, AttributeError, MemoryError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What numpy and zipfile raise over files that are damaged, half written, or no archives."""
_EPOCH = re.compile(r"epoch-(\d{1,9})\.npz$")


@dataclass(frozen=True)
class EpochMaps:
    """What the network said of the watched images after an epoch.

    Attributes:
        evidence: (N, C, h, w) float32, finite.
        logits: (N, C) float32.
        method: ``evidence``, or what stands for it in a black box.
        limit: 99.5th percentile of |evidence|.
    """

    epoch: int
    evidence: NDArray[np.float32]
    logits: NDArray[np.float32]
    method: str
    limit: float

    @property
    def is_faint(self) -> bool:
        """Whether there is nothing to see: no evidence, or all classes alike in a black box."""
        spread = float(np.ptp(self.logits, axis=1).max())
        return (self.limit if self.method == "evidence" else spread) < FAINT

    def probabilities(self) -> NDArray[np.float64]:
        """Return the softmax of the logits, (N, C)."""
        shifted = np.exp(self.logits.astype(np.float64) - self.logits.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = shifted / shifted.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True)
class WatchedImages:
    """The watched images and their maps.

    Attributes:
        inputs: (N, H, W) or (N, H, W, 3) uint8, as the network sees them before normalisation.
        labels: (N,) class of each image.
        epochs: those that can be read, ascending.
        skipped: files that cannot.
    """

    inputs: NDArray[np.uint8]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    epochs: tuple[EpochMaps, ...] = ()
    skipped: int = 0

    @property
    def limit(self) -> float:
        """The largest limit of all epochs, so that one colour is one number in all of them."""
        return max((maps.limit for maps in self.epochs), default=0.0)


@dataclass(frozen=True)
class Seen:
    """What a look into a run folder found.

    Attributes:
        images: None where there are none, or none yet.
        alive: whether more may come.
        watches: whether the run was asked to watch images.
        accuracy: of each epoch, on the validation set.
        largest: share of the validation images that are of its largest class; NaN where unknown.
    """

    images: WatchedImages | None
    alive: bool
    watches: bool
    accuracy: dict[int, float] = field(default_factory=dict)
    largest: float = math.nan

    def is_chance(self, epoch: int) -> bool:
        """Whether it would be as right who always says the largest class."""
        return self.accuracy.get(epoch, math.nan) <= self.largest + 1e-9


@dataclass
class MapsFolder:
    """The maps of one run, looked at again and again; a file is read once."""

    folder: Path
    _inputs: tuple[object, WatchedImages | None] | None = None
    _split: tuple[object, float] | None = None
    _read: dict[Path, tuple[object, EpochMaps | None]] = field(default_factory=dict)

    def look(self) -> Seen:
        """Return what lies there now."""
        alive = is_alive(self.folder)  # First: what it writes before its end is seen below.
        watches = False
        with suppress(ConfigError):
            watches = load_config(self.folder / CONFIG).output.watch > 0
        accuracy = {}
        with suppress(ConfigError):
            rows = read_metrics(self.folder / METRICS)
            accuracy = {int(row["epoch"]): row.get("val_accuracy", math.nan) for row in rows}
        return Seen(self._images(), alive, watches, accuracy, self._largest())

    def _largest(self) -> float:
        """Return the share of the largest class; the list is long, and read once."""
        stamp = _stamp(self.folder / SPLIT)
        if self._split is None or self._split[0] != stamp:
            counts = validation_counts(self.folder).values()
            self._split = stamp, max(counts) / sum(counts) if counts else math.nan
        return self._split[1]

    def _images(self) -> WatchedImages | None:
        inside = self.folder / MAPS
        stamp = _stamp(inside / "inputs.npz")
        if self._inputs is None or self._inputs[0] != stamp:
            self._inputs, self._read = (stamp, _read_inputs(inside / "inputs.npz")), {}
        images = self._inputs[1]
        if images is None:
            return None
        known, self._read = self._read, {}
        for path in sorted(inside.glob("epoch-*.npz")):
            stamp = _stamp(path)
            before = known.get(path)
            if before is None or before[0] != stamp:
                before = stamp, _read_epoch(path, images)
            self._read[path] = before
        epochs = [maps for _, maps in self._read.values() if maps is not None]
        epochs.sort(key=lambda maps: maps.epoch)
        return replace(images, epochs=tuple(epochs), skipped=len(self._read) - len(epochs))


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _arrays(path: Path) -> dict[str, NDArray[Any]] | None:
    """Read a file of arrays; None where it is missing, damaged or half written."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        # A stream of our own: numpy leaves a file open that turns out to be no archive.
        with path.open("rb") as stream:
            found = np.load(stream, allow_pickle=False)
            return {name: found[name] for name in found.files}
    except DAMAGE:
        return None


def _read_inputs(path: Path) -> WatchedImages | None:
    found = _arrays(path)
    if found is None or not {"inputs", "labels", "classes"} <= set(found):
        return None
    inputs, labels, classes = found["inputs"], found["labels"], found["classes"]
    colour = inputs.ndim == 4 and inputs.shape[3] == 3
    if (
        inputs.dtype != np.uint8
        or not (inputs.ndim == 3 or colour)
        or not inputs.size
        or labels.shape != inputs.shape[:1]
        or labels.dtype.kind not in "iu"
        or classes.dtype.kind != "U"
        or classes.ndim != 1
        or not (labels.min() >= 0 and labels.max() < len(classes))
    ):
        return None
    return WatchedImages(inputs, labels.astype(np.int64), tuple(classes.tolist()))


def _read_epoch(path: Path, images: WatchedImages) -> EpochMaps | None:
    found, named = _arrays(path), _EPOCH.search(path.name)
    if found is None or named is None or not {"evidence", "logits"} <= set(found):
        return None
    evidence, logits = found["evidence"], found["logits"]
    wanted = (len(images.labels), len(images.classes))
    if (
        evidence.ndim != 4
        or evidence.shape[:2] != wanted
        or not evidence.size
        or logits.shape != wanted
        or evidence.dtype.kind != "f"
        or logits.dtype.kind != "f"
        or not (np.isfinite(evidence).all() and np.isfinite(logits).all())
    ):
        return None
    values = evidence.astype(np.float32)
    method = found.get("method")
    return EpochMaps(
        int(named[1]),
        values,
        logits.astype(np.float32),
        str(method) if method is not None and method.ndim == 0 else "evidence",
        float(np.quantile(np.abs(values), QUANTILE)),
    )
