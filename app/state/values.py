"""The values that the window shows: cases, models, what these say, and how panes are set."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.geometry import Region

if TYPE_CHECKING:  # The model's description comes after the first paint.
    from softcam_core.models.spec import ModelSpec


@dataclass(frozen=True)
class Case:
    """One row of the worklist."""

    id: int
    path: Path
    name: str
    modality: str = ""
    status: str = "unread"
    label: str = ""


@dataclass(frozen=True)
class LoadedModel:
    """A model that the child process holds.

    Attributes:
        refused: method -> why it cannot explain the model.
        same: groups of methods whose maps say the same by construction, and why.
    """

    id: str
    path: Path
    spec: ModelSpec
    device: str
    refused: dict[str, str] = field(default_factory=dict)
    same: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


@dataclass(frozen=True)
class Analysis:
    """What one model says about one case: the prediction and the maps asked for so far.

    Attributes:
        maps: method -> (C, h, w) raw maps over ``region``.
        identical: method -> why it is the same picture as the evidence by construction.
        single: (method, class index) -> (h, w) map of one class, of a model whose classes are
            too many to explain at once.
    """

    case: int
    model: str
    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    region: Region
    maps: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    identical: dict[str, str] = field(default_factory=dict)
    single: dict[tuple[str, int], NDArray[np.float32]] = field(default_factory=dict)

    def map(self, method: str, index: int) -> NDArray[np.float32] | None:
        """Return a method's (h, w) map of one class, if it is there."""
        found: NDArray[np.float32] | None = self.single.get((method, index))
        if method in self.maps:
            found = self.maps[method][index]
        return found

    @property
    def predicted(self) -> int:
        """Index of the most probable class."""
        return int(np.argmax(self.probabilities))


@dataclass(frozen=True)
class Work:
    """How far a map is that is being computed.

    Attributes:
        share: done, from 0 to 1.
        waits: another slow map is computed before it.
        left: seconds that it will still take, once that can be told.
    """

    share: float = 0.0
    waits: bool = False
    left: float | None = None


@dataclass(frozen=True)
class Preview:
    """A quick 8-bit picture of an image whose own size is ``size`` = (width, height)."""

    pixels: NDArray[np.uint8]
    size: tuple[int, int]


@dataclass(frozen=True)
class Prediction:
    """The predicting model's word on a case, for the worklist."""

    name: str
    probability: float
    model: str


@dataclass(frozen=True)
class PaneMetrics:
    """How a pane's map agrees with the drawn shapes; NaN where a value is undefined.

    Attributes:
        precision: activation precision.
        sensitivity: activation sensitivity.
        topk: top-k localization precision of this image alone.
        hit: 1 where the highest pixel lies on the shapes or close to them, 0 where it does not.
    """

    precision: float
    sensitivity: float
    topk: float = math.nan
    hit: float = math.nan


@dataclass(frozen=True)
class Overlay:
    """How maps are drawn over the image, in every pane."""

    opacity: float = 0.6
    visible: bool = True
    smooth: bool = True


@dataclass(frozen=True)
class PaneContent:
    """What one pane shows: a method of a model; an empty method is the image alone.

    Attributes:
        reader: whose marks lie over it; empty for those of the reader at work.
    """

    method: str = "evidence"
    model: str = ""
    reader: str = ""
