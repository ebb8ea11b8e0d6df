"""The plain values of a case report: what the templates read, and nothing else.

Every text is as it is printed, in the reader's language; the templates escape it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.geometry import Region
from softcam_core.models.spec import ModelSpec

# What is asked for


@dataclass(frozen=True)
class Asked:
    """One case, and what may be said of it.

    Attributes:
        study: the study's file.
        case: id of the case.
        path: the image.
        number: what the report calls the case.
        name: the image's file name; "" leaves it out.
        frame: of an image with several, counted from 0.
        modality: ``fundus``, ``oct``, ``cxr`` or "".
        status: how far the reader is, as the reader may see it.
        reader: whose marks, grade and reads are told.
        mode: of the reading protocol: ``open``, ``ai-second`` or ``blinded``.
        model_hidden: the protocol keeps what models say from the reader.
        others_hidden: it keeps what other readers say from the reader, too.
        truth: whose marks the maps are measured against: a reader's name, ``union``, ``majority``
            or ``adjudicated``; "" are the reader's own.
    """

    study: Path
    case: int
    path: Path
    number: str
    name: str = ""
    frame: int = 0
    modality: str = ""
    status: str = ""
    reader: str = "reader-1"
    mode: str = "open"
    model_hidden: bool = False
    others_hidden: bool = False
    truth: str = ""

    @property
    def measured(self) -> str:
        """Whose marks count; the reader's own while those of others are hidden."""
        return "" if self.others_hidden or self.truth == self.reader else self.truth


@dataclass(frozen=True)
class Looked:
    """What one model says about one image: logits, probabilities, and the maps that are drawn.

    Attributes:
        model: its id, SHA-256 of the weights.
        spec: its description.
        logits: (C,).
        probabilities: (C,), their softmax.
        region: what every map covers, in image pixels.
        evidence: (C, h, w), whose spatial mean is the logits; None for a black box.
        maps: method -> class index -> (h, w).
        identical: method -> why it is the evidence by construction.
        limits: method -> the fixed value of full colour.
        metrics: (method, class index) -> how the map agrees with the reader's marks.
        blanked: label of a region ("" for all marks together) -> (C,) probabilities with the
            pixels of that region replaced by the mean colour of the training images.
    """

    model: str
    spec: ModelSpec
    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    region: Region
    evidence: NDArray[np.float32] | None = None
    maps: dict[str, dict[int, NDArray[np.float32]]] = field(default_factory=dict)
    identical: dict[str, str] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    metrics: dict[tuple[str, int], Metrics] = field(default_factory=dict)
    blanked: dict[str, NDArray[np.float64]] = field(default_factory=dict)


@dataclass(frozen=True)
class Metrics:
    """How a map agrees with the reader's marks; NaN where a value is undefined.

    Attributes:
        precision: activation precision, 0 to 1.
        sensitivity: activation sensitivity, 0 to 1.
        topk: top-k localization precision, 0 to 1.
        hit: 1 where the highest pixel lies on the marks or close to them, else 0.
    """

    precision: float
    sensitivity: float
    topk: float
    hit: float


# What is printed


@dataclass(frozen=True)
class Picture:
    """An encoded picture and its size in pixels."""

    data: bytes = field(repr=False)
    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class Legend:
    """The scale of a map: its colours between two numbers, with the unit."""

    bar: Picture
    low: str
    high: str
    units: str


@dataclass(frozen=True)
class Figure:
    """A picture with its title, its caption, and the scale of the map in it."""

    title: str
    caption: str
    picture: Picture
    legend: Legend | None = None


@dataclass(frozen=True)
class Fact:
    """A name and its value."""

    name: str
    value: str


@dataclass(frozen=True)
class Table:
    """A table: columns with ``number`` ones to the right, and rows of as many cells.

    ``strong`` are the places of the rows that stand out.
    """

    title: str
    columns: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it."""

    title: str
    figures: tuple[Figure, ...] = ()
    sentences: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class CaseReport:
    """What is printed of one case.

    Attributes:
        title: the case's number, with the file's name where that was asked for.
        facts: of the image and the reading, in a few words each.
        notices: what is left out, and why.
        parts: pictures, tables and sentences in their order.
    """

    title: str
    facts: tuple[Fact, ...]
    notices: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Front:
    """What stands at the head of the whole report, and at the foot of every page.

    Attributes:
        page: ``Page {0} of {1}``, in the reader's language.
    """

    title: str
    facts: tuple[Fact, ...]
    disclaimer: str
    page: str
    language: str = "en"


@dataclass(frozen=True)
class Block:
    """What stays together on a page.

    Attributes:
        html: in Qt's subset of it.
        pictures: address in ``html`` -> encoded picture.
    """

    html: str
    pictures: dict[str, bytes] = field(default_factory=dict)
