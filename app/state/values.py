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


STYLES = ("blend", "contour", "threshold", "patches")
"""How a map is drawn: as a veil, as lines, as what exceeds a threshold, as its top patches."""
CLASS_VIEWS = ("one", "several", "winner")
"""Which classes a pane draws: the one in view, several at once, or of each cell the strongest."""


@dataclass(frozen=True)
class Overlay:
    """How maps are drawn over the image, in every pane.

    Attributes:
        opacity: from 0 to 1, of every pane that has none of its own.
        visible: maps are drawn at all.
        smooth: interpolated between the model's cells, or the cells as they are.
        style: one of `STYLES`.
        threshold: share of the limit, from 0 to 1, that contour and threshold are drawn at.
        top_k: how many of the strongest patches are drawn.
        grid: lines between the model's cells.
        positive: only what speaks for the class.
        classes: one of `CLASS_VIEWS`.
        several: names of the classes drawn together; empty for the most probable ones.
        class_opacity: (name, from 0 to 1) of classes that have one of their own.
        colours: name of a colour pair; ``auto`` suits the image.
        field: outline what the cell under the cursor sees of the image.
    """

    opacity: float = 0.6
    visible: bool = True
    smooth: bool = True
    style: str = "blend"
    threshold: float = 0.5
    top_k: int = 10
    grid: bool = False
    positive: bool = False
    classes: str = "one"
    several: tuple[str, ...] = ()
    class_opacity: tuple[tuple[str, float], ...] = ()
    colours: str = "auto"
    field: bool = False


MARKS, IMAGE, DIFFERENCE = "", "image", "difference"
"""Methods of panes without a map of their own: the image under its marks, the image alone, and
the difference of two maps."""


@dataclass(frozen=True)
class PaneContent:
    """What one pane shows.

    Attributes:
        method: of an explanation, or one of `MARKS`, `IMAGE`, `DIFFERENCE`.
        model: its id; empty for the one that suits the method.
        reader: whose marks lie over it; empty for those of the reader at work.
        class_name: the class it keeps to; empty for the class in view.
        opacity: its own, from 0 to 1; None for the common one.
        linked: moves with the others while the panes are linked.
        pair: of `DIFFERENCE`, the maps A and B of A - B.
    """

    method: str = "evidence"
    model: str = ""
    reader: str = ""
    class_name: str = ""
    opacity: float | None = None
    linked: bool = True
    pair: tuple[PaneContent, PaneContent] | None = None

    @property
    def has_map(self) -> bool:
        """Whether it shows the map of a method."""
        return self.method not in (MARKS, IMAGE, DIFFERENCE)

    def maps(self) -> tuple[PaneContent, ...]:
        """Return the contents whose maps it needs: itself, the two of a difference, or none."""
        if self.method == DIFFERENCE:
            return self.pair or ()
        return (self,) if self.has_map else ()


@dataclass(frozen=True)
class PaneMap:
    """A map as a pane shows it.

    Attributes:
        values: (h, w) of equal cells over ``region``.
        limit: the value of full colour; ``provisional`` while it may still change.
        class_name: whose map it is.
    """

    values: NDArray[np.float32]
    region: Region
    limit: float
    class_name: str
    model: LoadedModel
    method: str
    provisional: bool = False


@dataclass(frozen=True)
class Cell:
    """The cell of a model's evidence under the cursor."""

    model: str
    row: int
    column: int


@dataclass(frozen=True)
class ReceptiveField:
    """What cells of a model's grid see of its input, in pixels of that input.

    The cell in row r sees rows ``first[0] + r * stride[0]`` up to ``size[0]`` further ones; the
    same for columns. It may begin before the input and end behind it.
    """

    first: tuple[float, float]
    stride: tuple[float, float]
    size: tuple[float, float]
