"""Lines of equal evidence: solid for the class, dashed against it, crisp at every zoom."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform

from app.canvas.layers import View
from softcam_core.imaging.colormap import Colour
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.upsample import upsample

LEVELS = (0.25, 0.5, 0.75)
"""Shares of the limit that have lines beside the threshold's, as far as they lie above it."""

APART = 0.04
"""Share of the limit that levels differ by, at least: closer lines would run into each other."""

SIDE = 96
"""Longer side of the smooth picture that the lines are drawn through, at least."""

FINEST = 96
"""Cells that a finer map is averaged to first: lines through the noise of pixels say nothing."""

THICK, THIN, CASING = 2.0, 1.0, 1.0
"""Screen pixels of the threshold's line, of the others, and of the casing on each side."""

DASH = [8.0, 5.0]
"""Screen pixels of a dash and of the gap after it."""

DARK, LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 170)


@dataclass(frozen=True)
class Line:
    """The lines of one level and sign, or what they enclose.

    Attributes:
        path: in image pixels.
        width: screen pixels; 0 for an area.
    """

    path: QPainterPath
    colour: QColor
    width: float = THICK
    dashed: bool = False


class Contours:
    """Lines and areas, ready to be drawn at any zoom."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Keep the lines that are anywhere; later ones lie over earlier ones."""
        self.lines = [line for line in lines if not line.path.isEmpty()]
        self.empty = not self.lines

    def draw(self, view: View) -> QPixmap:
        """Return the pane's picture of them over transparency."""
        pixmap = view.blank()
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self.lines:
            if line.width:
                _stroke(painter, line, view)
            else:
                painter.setTransform(view.transform)
                painter.fillPath(line.path, QBrush(line.colour))
        painter.end()
        return pixmap


def _stroke(painter: QPainter, line: Line, view: View) -> None:
    """Draw a line over its casing, many times a hair's width, each a little aside.

    Qt draws a line of one pixel thirty times faster than a wider one.
    """
    casing = DARK if line.colour.lightness() > 110 else LIGHT
    core = line.width / 2 * view.ratio
    layers = [(casing, False, _rings(core + 0.5, core + CASING * view.ratio - 0.1))]
    layers.append((line.colour, line.dashed, _rings(0, core - 0.36)))
    for colour, dashed, places in layers:
        pen = QPen(colour, 0)
        if dashed:
            pen.setDashPattern([length * view.ratio for length in DASH])
        painter.setPen(pen)
        for dx, dy in places:
            aside = QTransform.fromTranslate(dx / view.ratio, dy / view.ratio)
            painter.setTransform(view.transform * aside)
            painter.drawPath(line.path)


@cache
def _rings(inner: float, outer: float) -> tuple[tuple[float, float], ...]:
    """Return places on rings about the origin; one place for no radius.

    So few that across a line, in whatever direction it goes, they lie about a pixel apart.
    """
    if outer < 0.5:
        return ((0.0, 0.0),)
    radii = np.linspace(outer, inner, max(1, ceil(outer - inner)), endpoint=False)
    found = []
    for radius in radii:
        count = 4 if radius < 1.2 else max(6, 2 * ceil(radius))
        angles = (np.arange(count) + 0.5) * (2 * np.pi / count)
        found += [(radius * np.cos(angle), radius * np.sin(angle)) for angle in angles]
    return tuple(found)


def levels(threshold: float) -> list[tuple[float, float]]:
    """Return (share of the limit, width) of each line: the threshold's, and those above it."""
    least = max(threshold, 0.01)
    return [(least, THICK)] + [(level, THIN) for level in LEVELS if level > least + APART]


def signed_lines(
    values: NDArray[np.float32],
    region: Region,
    limit: float,
    threshold: float,
    colours: tuple[Colour, Colour],
) -> list[Line]:
    """Return the lines of a map: of either sign in its colour, the negative ones dashed."""
    smooth = _smooth(values)
    found = []
    for sign, colour in zip((1, -1), colours, strict=True):
        for level, width in levels(threshold):
            path = iso_path(sign * smooth, region, level * limit)
            found.append(Line(path, QColor(*colour), width, dashed=sign < 0))
    return found


def signed_areas(
    values: NDArray[np.float32],
    region: Region,
    limit: float,
    threshold: float,
    colours: tuple[Colour, Colour],
) -> list[Line]:
    """Return what reaches a share of the limit in size, as areas in either sign's colour."""
    smooth = _smooth(values)
    least = max(threshold, 0.01) * limit
    return [
        Line(iso_path(sign * smooth, region, least, area=True), QColor(*colour), 0)
        for sign, colour in zip((1, -1), colours, strict=True)
    ]


def iso_path(
    smooth: NDArray[np.float32], region: Region, level: float, area: bool = False
) -> QPainterPath:
    """Return where a picture over ``region`` crosses a level, in image pixels.

    With ``area`` the lines are closed along the region's border, so that they enclose all that
    lies above the level, which is above 0.
    """
    if smooth.max() < level:
        return QPainterPath()
    from contourpy import LineType, contour_generator  # Only who draws lines waits for it.

    rows, columns = smooth.shape
    # From the middles of the outermost samples on to the border.
    around = np.pad(smooth, 1, mode="edge")
    x = np.concatenate([[0.0], np.arange(columns) + 0.5, [float(columns)]])
    y = np.concatenate([[0.0], np.arange(rows) + 0.5, [float(rows)]])
    if area:
        around = np.pad(around, 1)
        x, y = (np.concatenate([[-1e-6], axis, [axis[-1] + 1e-6]]) for axis in (x, y))
    made = contour_generator(x=x, y=y, z=around, line_type=LineType.Separate)
    return path_through([region.from_grid(line, (rows, columns)) for line in made.lines(level)])


def path_through(lines: Sequence[NDArray[np.float64]]) -> QPainterPath:
    """Return a path through the points (n, 2) of each line; far quicker than point by point."""
    path = QPainterPath()
    if not lines:
        return path
    points = np.concatenate(lines)
    elements = np.empty(len(points), [("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    elements["kind"] = QPainterPath.ElementType.LineToElement.value
    starts = np.cumsum([0, *(len(line) for line in lines[:-1])])
    elements["kind"][starts] = QPainterPath.ElementType.MoveToElement.value
    elements["x"], elements["y"] = points[:, 0], points[:, 1]
    # As Qt writes a path: the number of elements, these, the last start, the odd-even rule.
    head, tail = struct.pack(">i", len(points)), struct.pack(">ii", int(starts[-1]), 0)
    stream = QDataStream(QByteArray(head + elements.tobytes() + tail))
    stream >> path
    return path


def _smooth(values: NDArray[np.float32]) -> NDArray[np.float32]:
    if max(values.shape) > FINEST:
        import cv2

        rows, columns = values.shape
        share = FINEST / max(rows, columns)
        size = (max(1, round(columns * share)), max(1, round(rows * share)))
        values = np.asarray(
            cv2.resize(np.nan_to_num(values), size, interpolation=cv2.INTER_AREA), np.float32
        )
    return upsample(values, SIDE)
