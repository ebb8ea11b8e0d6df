"""What a figure is asked for with, and what it is drawn from. Free of torch and matplotlib."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.rasterize import POINT_RADIUS
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.stored import StoredImage
from softcam_core.imaging.window import Window
from softcam_core.models.spec import ModelSpec
from softcam_core.models.titles import architecture_title, variant_of

Layout = Literal["methods", "localization", "classes", "screen"]
LAYOUTS: tuple[Layout, ...] = ("methods", "localization", "classes", "screen")
FORMATS = ("png", "svg", "pdf")
ONE_COLUMN, TWO_COLUMNS = 85.0, 175.0
"""Widths of figures in journals, mm."""
STYLES = ("blend", "contour", "threshold", "patches")
PREDICTED, LABEL = "", "\0label"
"""In place of a class: the one that is predicted, or the one that the case is labelled with."""

GIVEN = "given"
"""Who labelled a case whose label came with the images."""

SHARES = "\N{MULTIPLICATION SIGN} limit"
"""Units of a difference of maps that have none in common: each is divided by its limit."""

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in image pixels."""


@dataclass(frozen=True)
class Look:
    """How maps and marks are drawn over the images.

    Attributes:
        opacity: of the full strength of a map, from 0 to 1.
        style: one of `STYLES`.
        threshold: share of the limit, from 0 to 1, that contour and threshold are drawn at.
        top_k: how many of the highest patches are outlined.
        smooth: interpolated between the model's cells, or the cells as they are.
        positive: only what speaks for the class.
        colours: name of a colour pair; ``auto`` suits the image.
        marks: draw the reader's marks over maps too, not over the plain image alone.
    """

    opacity: float = 0.6
    style: str = "blend"
    threshold: float = 0.5
    top_k: int = 10
    smooth: bool = True
    positive: bool = False
    colours: str = "auto"
    marks: bool = True


@dataclass(frozen=True)
class Page:
    """The sheet that a figure is drawn on.

    Attributes:
        width: mm.
        dpi: of a PNG, and of the pictures inside an SVG or PDF.
        title: above everything; "" for none.
        dark: white letters on black.
        bars: the colours of each map's limits, with numbers and units.
        scale: a bar of a length in mm, where the spacing of pixels is known.
        footer: which models, by the first letters of their ids, and how maps were made.
    """

    width: float = TWO_COLUMNS
    dpi: int = 300
    title: str = ""
    dark: bool = False
    bars: bool = True
    scale: bool = True
    footer: bool = True


@dataclass(frozen=True, eq=False)
class Mark:
    """One shape that a reader drew.

    Attributes:
        shape: in image pixels.
        label: its name; "" for none.
        colour: ``#rrggbb``.
    """

    shape: Shape
    label: str = ""
    colour: str = "#3ddc84"


@dataclass(frozen=True, eq=False)
class Case:
    """One image of a figure.

    Attributes:
        name: what the figure calls it; "" for a letter.
        path: of the file; it never appears in the figure.
        frame: of the file, from 0.
        image: decoded, where the window has it.
        window: the display window; None for the image's own.
        view: the part to show; None for all of it.
        modality: ``fundus``, ``oct``, ``cxr``; "" where unknown.
        label: the class it is labelled with; "" for none.
        label_of: who labelled it: a reader, `GIVEN`, or "" where nobody is known.
        number: its place in the study's list, from 1; 0 where it has none.
        marks: what a reader drew on it.
        point_radius: of the disc that stands for a point where marks are measured, pixels.
    """

    path: str
    name: str = ""
    frame: int = 0
    image: StoredImage | None = None
    window: Window | None = None
    view: Box | None = None
    modality: str = ""
    label: str = ""
    label_of: str = ""
    number: int = 0
    marks: tuple[Mark, ...] = ()
    point_radius: float = POINT_RADIUS


@dataclass(frozen=True)
class Model:
    """One model of a figure.

    Attributes:
        id: SHA-256 of its weights.
        limits: method -> value of full colour, the same for every image of the study.
        refused: method -> why it cannot explain the model.
    """

    id: str
    spec: ModelSpec
    limits: dict[str, float] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def arch(self) -> str:
        """The backbone, as people write it."""
        return architecture_title(self.spec.arch)

    @property
    def variant(self) -> str:
        """What was made of the backbone: ``black box``, ``dense``, ``sparse`` ..."""
        return variant_of({"head": self.spec.head, **self.spec.lambdas})

    @property
    def hash(self) -> str:
        """The first letters of its id, as figures cite it."""
        return self.id[:8]

    def suits(self, modality: str) -> bool:
        """Return whether the model is for such images."""
        return not modality or not self.spec.modality or self.spec.modality == modality


@dataclass(frozen=True, eq=False)
class Pane:
    """A pane of the window, for the layout ``screen``.

    Attributes:
        title: what stands above it.
        model: id; "" for none.
        method: id; "" for the image under its marks, ``image`` for the image alone.
        class_name: whose map.
        opacity: its own; None for the common one.
        marks: over it; None for the case's own.
        drawn: a map that only the window has, a difference of two; the method is not asked.
        agreement: of those two: rank correlation, and IoU of the highest 10 % of cells.
        together: several classes in place of one.
    """

    title: str
    model: str = ""
    method: str = ""
    class_name: str = ""
    opacity: float | None = None
    marks: tuple[Mark, ...] | None = None
    drawn: MapShown | None = None
    agreement: tuple[float, float] | None = None
    together: Together | None = None


@dataclass(frozen=True, eq=False)
class Asked:
    """Everything that a figure is made from.

    Attributes:
        layout: ``methods``: a row per case, a column per method (the paper's Figure 2);
            ``localization``: a row per architecture, marks over every map, both activation
            metrics (Figure 4); ``classes``: a column per class (Figure 15); ``screen``: the
            window's panes.
        methods: ids, in the order of the columns.
        class_name: whose maps; `PREDICTED`, or `LABEL`.
        panes: of the layout ``screen``.
    """

    layout: Layout
    cases: tuple[Case, ...]
    models: tuple[Model, ...] = ()
    methods: tuple[str, ...] = ()
    class_name: str = PREDICTED
    panes: tuple[Pane, ...] = ()
    look: Look = field(default_factory=Look)
    page: Page = field(default_factory=Page)


# What is drawn


@dataclass(frozen=True)
class Scale:
    """The colours of a map.

    Attributes:
        limit: the value of full colour, on either side of zero.
        units: ``logit``, ``a.u.``, or of some differences `SHARES`.
        pair: name of the colour pair.
        rectified: the map has no negative values by definition.
    """

    limit: float
    units: str
    pair: str
    rectified: bool = False


@dataclass(frozen=True, eq=False)
class MapShown:
    """A map in a figure.

    Attributes:
        values: (h, w) of equal cells over ``region`` of the image.
        input_size: (rows, columns) of the model's input, which its patches are counted in.
    """

    values: NDArray[np.float32]
    region: Region
    scale: Scale
    input_size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, eq=False)
class Together:
    """The maps of several classes in one picture; only what speaks for them is drawn.

    Attributes:
        maps: (C, h, w), over the region and up to the limit of the cell's map.
        names: of the classes.
        colours: the hue of each, sRGB.
        opacities: of each, from 0 to 1.
        winner: at each place only the class with the highest value.
    """

    maps: NDArray[np.float32]
    names: tuple[str, ...]
    colours: tuple[tuple[int, int, int], ...]
    opacities: tuple[float, ...]
    winner: bool = False


@dataclass(frozen=True, eq=False)
class Picture:
    """An image in a figure.

    Attributes:
        pixels: (H, W) or (H, W, 3) uint8, as the window shows it.
        view: the part that is shown; it may reach past the image.
        spacing: mm between columns; None where unknown.
        tall: height of a pixel in widths, as the file records its spacing; 1 where unknown.
    """

    pixels: NDArray[np.uint8]
    view: Box
    spacing: float | None = None
    tall: float = 1.0

    @property
    def aspect(self) -> float:
        """Height over width, as it is drawn: to scale."""
        x0, y0, x1, y1 = self.view
        return self.tall * (y1 - y0) / (x1 - x0)


@dataclass(frozen=True, eq=False)
class Cell:
    """One picture of a figure.

    Attributes:
        map: over it; None for the image alone.
        look: how both are drawn.
        marks: drawn over it.
        above: a short text above it.
        left: in its top left corner; right: in its top right corner.
        missing: why there is no map, in a few words; "" where there is one, or none is meant.
        ruler: a bar of a length is drawn where the spacing is known.
        together: several classes, drawn in place of the map.
    """

    picture: Picture
    map: MapShown | None = None
    look: Look = field(default_factory=Look)
    marks: tuple[Mark, ...] = ()
    above: str = ""
    left: str = ""
    right: str = ""
    missing: str = ""
    ruler: bool = False
    together: Together | None = None


@dataclass(frozen=True)
class Column:
    """A column: its title, a smaller line below that, and what it is grouped with."""

    title: str
    under: str = ""
    group: str = ""


@dataclass(frozen=True, eq=False)
class Row:
    """A row: a letter, words beside it, and its cells from left to right."""

    letter: str
    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, eq=False)
class Plate:
    """A figure before it is drawn.

    Attributes:
        bars: where the colours of maps are explained: ``below`` cells, or ``right`` of rows.
        key: (label, colour) of the marks, where there are several labels.
        footer: sentences below everything.
        caption: for the paper: what is shown, of which models, between which limits.
        problems: what could not be shown, one sentence each.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    bars: Literal["below", "right"] = "below"
    key: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()
    caption: str = ""
    problems: tuple[str, ...] = ()
