"""Pictures of single cases: the image under its map, with what a reader marked."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from softcam_core.errors import SoftcamError
from softcam_core.evaluation.report.cases import Chosen, Ranking
from softcam_core.imaging.colormap import colorize, pair_for
from softcam_core.imaging.geometry import Region

LONGEST_SIDE, SHORTEST_SIDE = 480, 240
"""Pixels of a picture: larger ones are reduced; smaller ones are enlarged to the second."""
QUALITY = 84
PERCENTILE = 99.5
BAR = (128, 10)
GREY = 96
DARK, LIGHT = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True)
class Shown:
    """What is needed to draw one map over its image.

    Attributes:
        picture: (H, W) or (H, W, 3) uint8, as the window shows it.
        region: what the map covers, in the picture's pixels.
        values: (h, w) float32.
        class_: whose map.
        mask: (H, W) bool: what is marked; None where nobody marked the image.
    """

    picture: NDArray[np.uint8]
    region: Region
    values: NDArray[np.float32]
    class_: str
    mask: NDArray[np.bool_] | None = None


Show = Callable[[int, str, str], Shown]
"""(index of the image, name of the model, id of the method) -> what to draw."""


@dataclass(frozen=True)
class Example:
    """One picture of the report.

    Attributes:
        case: which.
        class_: whose map is drawn.
        uri: the picture as ``data:`` address; "" if it cannot be shown.
        width: of the picture, pixels.
        height: of the picture, pixels.
        marked: whether the marks are outlined in it.
        error: why it cannot be shown; "" if it can.
    """

    case: Chosen
    class_: str
    uri: str
    width: int = 0
    height: int = 0
    marked: bool = False
    error: str = ""


@dataclass(frozen=True)
class Examples:
    """The pictures of one method of one model, all on one scale of colour.

    Attributes:
        ranking: where they are from.
        pictures: in the ranking's order.
        limit: the value of full strength, on either side of zero.
        bar: the colours up to limit, from -limit or from 0, as ``data:`` address; "" for none.
        signed: whether any value is below zero.
    """

    ranking: Ranking
    pictures: tuple[Example, ...]
    limit: float
    bar: str
    signed: bool


@dataclass(frozen=True)
class _Reduced:
    """A `Shown` at the size of the report, with the size that its region counts in."""

    picture: NDArray[np.uint8]
    outline: NDArray[np.uint8] | None
    size: tuple[int, int]
    region: Region
    values: NDArray[np.float32]
    class_: str


def draw_examples(rankings: Sequence[Ranking], show: Show) -> list[Examples]:
    """Draw the chosen cases; ``show`` is called once for each, an image's models together."""
    places = {
        (case.index, ranking.model, ranking.method)
        for ranking in rankings
        for case in ranking.cases
    }
    order = list(dict.fromkeys(ranking.model for ranking in rankings))
    found: dict[tuple[int, str, str], _Reduced | str] = {}
    for place in sorted(places, key=lambda one: (one[0], order.index(one[1]), one[2])):
        try:
            found[place] = _reduced(show(*place))
        except SoftcamError as error:
            found[place] = str(error)
    return [_drawn(ranking, found) for ranking in rankings]


def _drawn(ranking: Ranking, found: dict[tuple[int, str, str], _Reduced | str]) -> Examples:
    mine = [found[case.index, ranking.model, ranking.method] for case in ranking.cases]
    maps = [one.values.ravel() for one in mine if not isinstance(one, str)]
    every = np.concatenate(maps) if maps else np.zeros(1, np.float32)
    limit = float(np.percentile(np.abs(every), PERCENTILE))
    pictures = []
    for case, one in zip(ranking.cases, mine, strict=True):
        if isinstance(one, str):
            pictures.append(Example(case, case.class_, "", error=one))
            continue
        picture = _overlay(one, limit)
        rows, columns = picture.shape[:2]
        marked = one.outline is not None
        class_ = one.class_ or case.class_
        pictures.append(Example(case, class_, _jpeg(picture), columns, rows, marked))
    first = next((one for one in mine if not isinstance(one, str)), None)
    signed = bool(every.min(initial=0) < 0)
    bar = "" if first is None else _bar(pair_for(first.picture.ndim == 3), signed)
    return Examples(ranking, tuple(pictures), limit, bar, signed)


def _reduced(shown: Shown) -> _Reduced:
    import cv2

    rows, columns = shown.picture.shape[:2]
    longest = max(rows, columns)
    scale = min(1.0, LONGEST_SIDE / longest) if longest > SHORTEST_SIDE else SHORTEST_SIDE / longest
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    picture = np.asarray(cv2.resize(shown.picture, size, interpolation=how), np.uint8)
    outline = None
    if shown.mask is not None and shown.mask.any():
        # A mark that is smaller than a pixel of the picture is a pixel of it all the same.
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_NEAREST
        shares = cv2.resize(shown.mask.astype(np.float32), size, interpolation=how)
        outline = np.asarray(shares > 0, np.uint8)
    values = np.nan_to_num(shown.values.astype(np.float32))
    return _Reduced(picture, outline, (rows, columns), shown.region, values, shown.class_)


def _overlay(one: _Reduced, limit: float) -> NDArray[np.uint8]:
    import cv2

    from softcam_core.explain.overlay import draw_overlay

    picture = draw_overlay(one.picture, one.size, one.region, one.values, limit)
    if one.outline is not None:
        # Drawn around the marked pixels, not over them.
        wide = cv2.copyMakeBorder(one.outline, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        wide = cv2.dilate(wide, np.ones((3, 3), np.uint8))
        lines, _ = cv2.findContours(wide, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE, offset=(-1, -1))
        picture = np.ascontiguousarray(picture)
        # Dark beside light shows on every background.
        cv2.polylines(picture, lines, True, DARK, 3)
        cv2.polylines(picture, lines, True, LIGHT, 1)
    return np.asarray(picture, np.uint8)


def _bar(pair: str, signed: bool) -> str:
    """The scale of colours over a grey like that of an image."""
    values = np.linspace(-1.0 if signed else 0.0, 1.0, BAR[0])
    rgba = colorize(values, 1.0, pair).astype(np.float32)
    alpha = rgba[:, 3:] / 255
    row = np.rint(GREY * (1 - alpha) + rgba[:, :3] * alpha).astype(np.uint8)
    return _uri(np.repeat(row[None], BAR[1], axis=0), "png")


def _jpeg(picture: NDArray[np.uint8]) -> str:
    return _uri(picture, "jpeg", quality=QUALITY, optimize=True)


def _uri(picture: NDArray[np.uint8], kind: str, **options: Any) -> str:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, kind.upper(), **options)
    return f"data:image/{kind};base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"
