"""One image under its map as pixels: what every cell of a figure, and a report, is made of."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from softcam_core.explain.overlay import values_at
from softcam_core.imaging.colormap import colorize, is_coloured, pair_for
from softcam_core.imaging.colormap_classes import blend_classes, colour_strongest
from softcam_core.imaging.geometry import Region
from softcam_core.metrics.ranking import top_patches
from softcam_core.plates.values import Box, Cell, Look, MapShown, Mark, Picture, Scale

HALO = "#000000"
"""Dark beside light shows on every image."""
DOT = 3.0
"""Radius of a point mark, in widths of a line."""
LINES = ("contour", "patches")
"""Styles that draw lines in place of colours."""
LEVELS = (0.25, 0.5, 0.75)
"""Shares of the limit that have contours beside the threshold's, as far as they lie above it."""
APART = 0.04
"""Share of the limit that levels differ by, at least."""
GREY = 96
"""Behind a bar of colours."""
_CONTOUR_SIDE = 400

Pixels = NDArray[np.uint8]


def pair_of(look: Look, pixels: NDArray[Any]) -> str:
    """Return the colour pair of a look over an image."""
    return pair_for(is_coloured(pixels)) if look.colours == "auto" else look.colours


def painted(cell: Cell, size: tuple[int, int]) -> Pixels:
    """Return a cell's picture without its lines, (rows, columns, 3) of ``size``.

    Zero of a map is transparent, and its full colour is that of the fixed limit. A style of
    lines leaves the picture as it is.
    """
    base = _resized(cell.picture, size)
    shown = cell.map
    if (
        shown is None
        or (cell.look.style in LINES and cell.together is None)
        or not cell.look.opacity
    ):
        return base
    rgba = _colours(cell, shown, size)
    alpha = rgba[..., 3:].astype(np.float32) * np.float32(cell.look.opacity / 255)
    return np.asarray(np.rint(base * (1 - alpha) + rgba[..., :3] * alpha), np.uint8)


def _colours(cell: Cell, shown: MapShown, size: tuple[int, int]) -> Pixels:
    """Return the colours of a cell's map, or of its classes together, (rows, columns, 4)."""
    look, limit, view = cell.look, shown.scale.limit, cell.picture.view
    least = look.threshold * limit if look.style == "threshold" else 0.0
    if cell.together is None:
        values = drawn_values(shown, look, view, size)
        return colorize(np.where(np.abs(values) < least, 0, values), limit, shown.scale.pair)
    one = [replace(shown, values=values) for values in cell.together.maps]
    maps = np.stack([drawn_values(each, look, view, size) for each in one])
    mix = colour_strongest if cell.together.winner else blend_classes
    colours, opacities = cell.together.colours, cell.together.opacities
    return mix(np.where(maps < least, 0, maps), limit or 1.0, colours, opacities)


def drawn_values(
    shown: MapShown, look: Look, view: Box, size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return a map at the centres of ``size`` = (rows, columns) pixels over ``view``."""
    x0, y0, x1, y1 = view
    rows, columns = size
    x = np.asarray(x0 + (np.arange(columns) + 0.5) * ((x1 - x0) / columns), np.float64)
    y = np.asarray(y0 + (np.arange(rows) + 0.5) * ((y1 - y0) / rows), np.float64)
    values = np.nan_to_num(shown.values.astype(np.float32))
    if look.positive:
        values = np.maximum(values, 0)
    if not look.smooth:
        return _cells(values, shown.region, x, y)
    values = _shrunk(values, shown.region, ((x1 - x0) / columns, (y1 - y0) / rows))
    # For and against apart, so that the swing of a cubic curve invents neither beside the other.
    parts = [
        np.maximum(values_at(part, shown.region, x, y), 0)
        for part in (np.maximum(values, 0), np.maximum(-values, 0))
    ]
    return np.asarray(parts[0] - parts[1])


@dataclass(frozen=True, eq=False)
class Line:
    """A line of a map.

    Attributes:
        points: (n, 2), image pixels.
        positive: of what speaks for the class; else against it, and dashed.
        thick: of the threshold; else of a higher level, and thinner.
    """

    points: NDArray[np.float64]
    positive: bool = True
    thick: bool = True


def map_lines(cell: Cell) -> list[Line]:
    """Return a map's contours, or its highest patches, where its style draws lines."""
    shown = cell.map
    if shown is None or cell.look.style not in LINES or cell.together is not None:
        return []
    if cell.look.style == "patches":
        return _patches(shown, cell.look.top_k)
    x0, y0, x1, y1 = cell.picture.view
    step = max(x1 - x0, y1 - y0) / _CONTOUR_SIDE
    size = (max(1, round((y1 - y0) / step)), max(1, round((x1 - x0) / step)))
    values = drawn_values(shown, cell.look, cell.picture.view, size) / (shown.scale.limit or 1.0)
    least = max(cell.look.threshold, 0.01)
    lines = []
    for level in (least, *(one for one in LEVELS if one >= least + APART)):
        for sign in (1, -1):
            for ring in _rings(sign * values, level):
                points = ring * step + (x0, y0)
                lines.append(Line(points, sign > 0, level == least))
    return lines


def _rings(values: NDArray[np.float64], level: float) -> list[NDArray[np.float64]]:
    """Return the lines of equal value through a grid of pixels, in pixels from its corner."""
    from contourpy import LineType, contour_generator

    if not (values >= level).any():
        return []
    # A border below every level closes the lines at the edge.
    bordered = np.pad(values, 1, constant_values=min(0.0, float(values.min())))
    found = contour_generator(z=bordered, line_type=LineType.Separate).lines(level)
    return [np.asarray(ring) - 0.5 for ring in found]


def _patches(shown: MapShown, k: int) -> list[Line]:
    """Return the outlines of a map's highest patches of the model's input."""
    lines = []
    for patch in top_patches(shown.values, shown.input_size, k):
        x0, y0, x1, y1 = patch.x0, patch.y0, patch.x1, patch.y1
        ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        lines.append(Line(shown.region.from_grid(ring, shown.input_size)))
    return lines


def strong_colour(pair: str, positive: bool) -> tuple[float, float, float]:
    """Return the full colour of one side of a pair, each channel from 0 to 1."""
    red, green, blue = colorize(1.0 if positive else -1.0, 1.0, pair)[:3] / 255
    return float(red), float(green), float(blue)


def tile(
    pixels: Pixels,
    *,
    values: NDArray[np.float32] | None = None,
    region: Region | None = None,
    limit: float = 1.0,
    marks: tuple[Mark, ...] = (),
    look: Look | None = None,
    view: Box | None = None,
    longest: int = 900,
) -> Pixels:
    """Return an image with a map and marks over it as pixels.

    Args:
        pixels: (H, W) or (H, W, 3) uint8, as the window shows the image.
        values: (h, w) of the map; None for the image alone.
        region: what the map covers, in image pixels; None for all of the image.
        limit: the value of full colour, the same for every image of the study.
        marks: outlined over it, where ``look`` draws them.
        look: opacity, style, colours; None for the default.
        view: the part of the image to show; None for all.
        longest: of the longer side of the result, pixels.

    Returns:
        (rows, columns, 3) uint8.
    """
    look = look or Look()
    height, width = pixels.shape[:2]
    picture = Picture(pixels, view or (0, 0, width, height))
    x0, y0, x1, y1 = picture.view
    factor = longest / max(x1 - x0, y1 - y0)
    size = (max(1, round((y1 - y0) * factor)), max(1, round((x1 - x0) * factor)))
    shown = None
    if values is not None:
        scale = Scale(limit, "", pair_of(look, pixels))
        shown = MapShown(values, region or Region(0, 0, width, height), scale)
    cell = Cell(picture, shown, look, marks if look.marks else ())
    return _with_lines(painted(cell, size), cell, factor)


def tile_png(pixels: Pixels, **options: Any) -> bytes:
    """Return what `tile` draws as a PNG file; the same picture gives the same bytes."""
    return png(tile(pixels, **options))


def png(pixels: Pixels) -> bytes:
    """Return pixels as a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def _with_lines(base: Pixels, cell: Cell, factor: float) -> Pixels:
    """Draw contours and marks over a picture whose pixels are ``factor`` an image pixel."""
    lines = [
        (line.points, _hex(strong_colour(cell.map.scale.pair, line.positive)))
        for line in map_lines(cell)
        if cell.map is not None
    ]
    lines += [(line, mark.colour) for mark in cell.marks for line in mark.shape.outline()]
    if not lines:
        return base
    image = Image.fromarray(base)
    draw = ImageDraw.Draw(image)
    width = max(1, round(max(base.shape[:2]) / 360))
    origin = np.array(cell.picture.view[:2])
    for thick, own in ((width + 2, False), (width, True)):
        for line, colour in lines:
            points = [tuple(place) for place in ((line - origin) * factor).tolist()]
            fill = colour if own else HALO
            if len(points) == 1:
                (x, y), r = points[0], DOT * width + (thick - width) / 2
                draw.ellipse((x - r, y - r, x + r, y + r), outline=fill, width=thick)
            else:
                draw.line(points, fill=fill, width=thick, joint="curve")
    return np.asarray(image)


def _hex(colour: tuple[float, float, float]) -> str:
    red, green, blue = (round(255 * channel) for channel in colour)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _resized(picture: Picture, size: tuple[int, int]) -> Pixels:
    """Return the part in view at ``size`` = (rows, columns), in three channels."""
    import cv2

    if any(place != round(place) for place in picture.view):
        return _exact(picture, size)
    x0, y0, x1, y1 = (round(place) for place in picture.view)
    part = Region(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)).cut(picture.pixels)
    rows, columns = size
    shrinks = part.shape[0] > rows or part.shape[1] > columns
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    resized = np.asarray(cv2.resize(part, (columns, rows), interpolation=how), np.uint8)
    return resized if resized.ndim == 3 else np.repeat(resized[..., None], 3, axis=2)


def _exact(picture: Picture, size: tuple[int, int]) -> Pixels:
    """Return a part whose sides cut through pixels, each place where it is."""
    import cv2

    x0, y0, x1, y1 = picture.view
    rows, columns = size
    # Several samples for each pixel that is drawn where that covers several of the image.
    finer = (max(1, math.ceil((y1 - y0) / rows)), max(1, math.ceil((x1 - x0) / columns)))
    high, wide = rows * finer[0], columns * finer[1]
    x = (x0 + (np.arange(wide) + 0.5) * ((x1 - x0) / wide) - 0.5).astype(np.float32)
    y = (y0 + (np.arange(high) + 0.5) * ((y1 - y0) / high) - 0.5).astype(np.float32)
    how = cv2.INTER_LINEAR if finer != (1, 1) else cv2.INTER_CUBIC
    across = np.ascontiguousarray(np.broadcast_to(x, (high, wide)))
    down = np.ascontiguousarray(np.broadcast_to(y[:, None], (high, wide)))
    drawn = cv2.remap(picture.pixels, across, down, how, borderMode=cv2.BORDER_REPLICATE)
    if finer != (1, 1):
        drawn = cv2.resize(drawn, (columns, rows), interpolation=cv2.INTER_AREA)
    found = np.asarray(drawn, np.uint8)
    return found if found.ndim == 3 else np.repeat(found[..., None], 3, axis=2)


def _cells(
    values: NDArray[np.float32], region: Region, x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Look up the cell that each place lies in; 0 outside the region."""
    rows, columns = values.shape
    bordered = np.zeros((rows + 1, columns + 1))
    bordered[:rows, :columns] = values
    column = np.floor((x - region.x0) * columns / region.width).astype(np.intp)
    row = np.floor((y - region.y0) * rows / region.height).astype(np.intp)
    column[(column < 0) | (column > columns)] = columns
    row[(row < 0) | (row > rows)] = rows
    return np.asarray(bordered[row[:, None], column[None]])


def _shrunk(
    values: NDArray[np.float32], region: Region, step: tuple[float, float]
) -> NDArray[np.float32]:
    """Average a map whose cells are finer than the pixels that are drawn (``step``, wide, high)."""
    import cv2

    rows, columns = values.shape
    wide, high = region.width / columns / step[0], region.height / rows / step[1]
    if wide >= 1 and high >= 1:
        return values
    size = (max(1, round(columns * min(wide, 1))), max(1, round(rows * min(high, 1))))
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def strength(look: Look) -> float:
    """Return how opaque a look paints full colour; its lines are always opaque."""
    return 1.0 if look.style in LINES else look.opacity


def bar(scale: Scale, size: tuple[int, int], opacity: float = 1.0, ground: int = GREY) -> Pixels:
    """Return the colours from -limit (0 for a rectified map) to the limit as they look over a grey
    like that of an image, (rows, columns, 3) of ``size`` = (columns, rows)."""
    columns, rows = size
    values = np.linspace(0.0 if scale.rectified else -1.0, 1.0, columns)
    rgba = colorize(values, 1.0, scale.pair).astype(np.float32)
    alpha = opacity * rgba[:, 3:] / 255
    row = np.rint(ground * (1 - alpha) + rgba[:, :3] * alpha).astype(np.uint8)
    return np.repeat(row[None], rows, axis=0)


def bar_png(scale: Scale, size: tuple[int, int] = (128, 10)) -> bytes:
    """Return `bar` as a PNG file."""
    return png(bar(scale, size))
