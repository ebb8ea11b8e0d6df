"""The pictures of a case report: the image under the reader's marks, and under a map."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from softcam_core.annotations.shapes import Shape
from softcam_core.case_report.values import Picture
from softcam_core.explain.overlay import values_at
from softcam_core.imaging.colormap import colorize, is_coloured, pair_for
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.stored import StoredImage
from softcam_core.imaging.window import default_window, to_display

LONGEST_SIDE = 1100
"""Pixels: at the 88 mm that two pictures beside each other have on paper, more than 300 dpi."""
SHORTEST_SIDE = 700
"""Smaller images are enlarged, so that marks are drawn finer than the image's own pixels."""
QUALITY = 88
OPACITY = 0.6
BAR = (256, 16)
GREY = 96
DARK = (0, 0, 0)
_FRACTION_BITS = 4

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Drawn:
    """One mark as it is drawn: outline, colour ``#rrggbb``, and its number in the table."""

    shape: Shape
    colour: str
    number: int


@dataclass(frozen=True)
class Canvas:
    """The image as it is shown, at the size of the report.

    Attributes:
        pixels: (h, w, 3) uint8.
        size: (rows, columns) of the image itself, which marks and regions count in.
        pair: the colours in which maps stand out on it, see `softcam_core.imaging.colormap`.
    """

    pixels: Pixels
    size: tuple[int, int]
    pair: str

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the picture to a pixel of the image: (across, down)."""
        return self.pixels.shape[1] / self.size[1], self.pixels.shape[0] / self.size[0]


def canvas(image: StoredImage) -> Canvas:
    """Return an image in its default window, at most `LONGEST_SIDE` pixels long."""
    shown = to_display(image.pixels, default_window(image))
    rows, columns = shown.shape[:2]
    longest = max(rows, columns)
    scale = min(1.0, LONGEST_SIDE / longest) if longest > SHORTEST_SIDE else SHORTEST_SIDE / longest
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = np.asarray(cv2.resize(shown, size, interpolation=how), np.uint8)
    colour = resized.ndim == 3
    pixels = resized if colour else np.repeat(resized[..., None], 3, axis=2)
    return Canvas(np.ascontiguousarray(pixels), (rows, columns), pair_for(is_coloured(resized)))


def marked(base: Canvas, marks: Sequence[Drawn], numbers: bool = True) -> Pixels:
    """Return the picture with outlines, dark beside the label's colour, and their numbers."""
    picture = base.pixels.copy()
    for mark in marks:
        _outline(picture, base, mark)
    if numbers:
        for mark in marks:
            _number(picture, base, mark)
    return picture


def overlaid(
    base: Canvas, values: NDArray[Any], region: Region, limit: float, opacity: float = OPACITY
) -> Canvas:
    """Return the canvas under a map (h, w) over ``region``, drawn smoothly; zero is transparent.

    ``limit`` is the value of full colour, on either side of zero.
    """
    rows, columns = base.pixels.shape[:2]
    across, down = base.scale
    x = np.asarray((np.arange(columns) + 0.5) / across, np.float64)
    y = np.asarray((np.arange(rows) + 0.5) / down, np.float64)
    cells = np.nan_to_num(np.asarray(values, np.float32))
    # For and against apart, so that the swing of a cubic curve invents neither beside the other.
    speaks, denies = (
        np.maximum(values_at(part, region, x, y), 0)
        for part in (np.maximum(cells, 0), np.maximum(-cells, 0))
    )
    smooth = speaks - denies
    rgba = colorize(smooth, limit, base.pair)
    alpha = rgba[..., 3:].astype(np.float32) * np.float32(opacity / 255)
    mixed = base.pixels * (1 - alpha) + rgba[..., :3] * alpha
    return Canvas(np.rint(mixed).astype(np.uint8), base.size, base.pair)


def bar(pair: str, signed: bool) -> Picture:
    """Return the scale of colours from -limit (or 0) to +limit, over a grey like an image's."""
    values = np.linspace(-1.0 if signed else 0.0, 1.0, BAR[0])
    rgba = colorize(values, 1.0, pair).astype(np.float32)
    alpha = rgba[:, 3:] * np.float32(OPACITY / 255)
    row = np.rint(GREY * (1 - alpha) + rgba[:, :3] * alpha).astype(np.uint8)
    return encoded(np.repeat(row[None], BAR[1], axis=0), "png")


def encoded(pixels: Pixels, kind: str = "jpeg") -> Picture:
    """Return (h, w, 3) pixels as a JPEG or PNG file, without anything else in it."""
    options: dict[str, Any] = {"quality": QUALITY} if kind == "jpeg" else {"optimize": True}
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind.upper(), **options)
    return Picture(buffer.getvalue(), kind, pixels.shape[1], pixels.shape[0])


def rgb(colour: str) -> tuple[int, int, int]:
    """Return ``#rrggbb`` as three numbers; white where it is none."""
    try:
        red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    except ValueError:
        return 255, 255, 255
    return red, green, blue


def _fixed(base: Canvas, line: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return places of the image as fixed-point places of the picture, (N, 2)."""
    scaled = (line * base.scale - 0.5) * (1 << _FRACTION_BITS)
    # What lies far outside would not fit the integers, and is not seen either way.
    return np.rint(np.clip(scaled, -(1 << 26), 1 << 26)).astype(np.int32)


def _thickness(picture: Pixels) -> int:
    longest = max(int(side) for side in picture.shape[:2])
    return max(2, round(longest / 420))


def _outline(picture: Pixels, base: Canvas, mark: Drawn) -> None:
    width = _thickness(picture)
    for line in mark.shape.outline():
        points = _fixed(base, line)
        # Dark beside light shows on every background.
        for colour, thick in ((DARK, width + 2), (rgb(mark.colour), width)):
            if len(points) == 1:
                radius = (3 * width) << _FRACTION_BITS
                place = int(points[0, 0]), int(points[0, 1])
                cv2.circle(picture, place, radius, colour, thick, cv2.LINE_AA, _FRACTION_BITS)
            else:
                cv2.polylines(picture, [points], False, colour, thick, cv2.LINE_AA, _FRACTION_BITS)


def _number(picture: Pixels, base: Canvas, mark: Drawn) -> None:
    """Write a mark's number beside the largest part of its outline, inside the picture."""
    text, size = str(mark.number), max(picture.shape[:2]) / 850
    thick = max(2, round(2 * size))
    (wide, high), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, thick)
    lines = mark.shape.outline()
    if not lines:
        return
    largest = max(lines, key=lambda line: float(np.ptp(line, axis=0).sum()))
    right, top = (largest * base.scale).max(axis=0)[0], (largest * base.scale).min(axis=0)[1]
    x = int(np.clip(right + 2 * thick, 2, max(picture.shape[1] - wide - 4, 2)))
    y = int(np.clip(top + high / 2, high + 4, max(picture.shape[0] - 4, high + 4)))
    for colour, weight in ((DARK, thick + 5), (rgb(mark.colour), thick)):
        cv2.putText(
            picture, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, colour, weight, cv2.LINE_AA
        )
