"""Many shapes at once: their outlines are drawn as hairlines and made thick all together.

Stroking an outline with a wide pen costs ten times what a hairline costs, and the halo as much
again. Here a picture of hairlines is widened as a picture, by OpenCV, halo and all. What differs
from single strokes: outlines of one colour are drawn together, so that shapes of different labels
do not lie over each other in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, log2
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from app.canvas.layers import View
from app.canvas.painting import HALO, OPEN_KINDS, OUTLINE, POINT_RADIUS
from softcam_core.annotations.shapes import Shape

FEW = 60
"""Up to this many shapes in view each is stroked by itself."""

MOST_KNOWN = 50_000
"""Shapes whose paths are kept before those that are no longer shown are forgotten."""

_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


class Outline:
    """A shape with what drawing it again and again needs: bounds, and paths by their detail."""

    __slots__ = ("_paths", "bounds", "shape")

    def __init__(self, shape: Shape) -> None:
        """Take a shape; nothing is traced yet."""
        self.shape = shape
        self.bounds = shape.bounds
        self._paths: dict[int | None, QPainterPath] = {}

    def path(self, level: int | None) -> QPainterPath:
        """Return the outline in image pixels, true to 2 ** ``level`` pixels; None is exact."""
        if self.shape.kind in OPEN_KINDS:
            level = None
        path = self._paths.get(level)
        if path is None:
            path = QPainterPath()
            for line in self.shape.outline():
                if level is not None:
                    line = _thinned(line, 2.0**level)
                path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
            self._paths[level] = path
        return path


_known: dict[int, Outline] = {}
_drawn: list[tuple[Any, QImage]] = []


def outlines_of(shapes: Sequence[Shape]) -> list[Outline]:
    """Return the outlines of shapes; a shape seen before, in any pane, keeps its paths."""
    found = []
    for shape in shapes:
        outline = _known.get(id(shape))
        if outline is None:
            # The outline holds the shape, so no other one can have its id meanwhile.
            outline = _known[id(shape)] = Outline(shape)
        found.append(outline)
    if len(_known) > MOST_KNOWN + len(found):
        _known.clear()
        _known.update((id(outline.shape), outline) for outline in found)
        _drawn.clear()
    return found


def bounds_of(outlines: Sequence[Outline]) -> NDArray[np.float64]:
    """Return the bounds (N, 4) of shapes: x0, y0, x1, y1."""
    return np.array([outline.bounds for outline in outlines], float).reshape(-1, 4)


def touching(bounds: NDArray[np.float64], reach: QRectF) -> NDArray[np.bool_]:
    """Return which of the bounds (N, 4) reach into a rectangle of the image plane."""
    across = (bounds[:, 0] <= reach.right()) & (bounds[:, 2] >= reach.left())
    found: NDArray[np.bool_] = (
        across & (bounds[:, 1] <= reach.bottom()) & (bounds[:, 3] >= reach.top())
    )
    return found


def crowd_picture(
    crowd: Iterable[tuple[Outline, str]], view: View, width: float = OUTLINE
) -> QImage:
    """Return `draw_crowd`, drawn once for all linked panes that see the same."""
    crowd = list(crowd)
    key = (view, width, [(id(outline), colour) for outline, colour in crowd])
    for known, image in _drawn:
        if known == key:
            return image
    image = draw_crowd(crowd, view, width)
    _drawn[:] = [*_drawn[-1:], (key, image)]
    return image


def draw_crowd(crowd: Iterable[tuple[Outline, str]], view: View, width: float = OUTLINE) -> QImage:
    """Return a picture of outlines with their halos over transparency, as large as the pane.

    Args:
        crowd: outlines and the names of their colours.
        view: how the pane looks at the image.
        width: of the outlines, in screen pixels.
    """
    import cv2  # late, as in `pyramid.halved`

    size = view.size * view.ratio
    thin = QImage(size, _FORMAT)
    thin.fill(Qt.GlobalColor.transparent)
    _hairlines(thin, crowd, view)
    lines = _pixels(thin)
    thick = np.empty_like(lines)
    side = max(round(width * view.ratio), 1)
    cv2.dilate(lines, np.ones((side, side), np.uint8), dst=thick)
    reach = 2 * max(round(view.ratio), 1) + 1
    halo = cv2.dilate(thick[..., 3], cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    halo = cv2.convertScaleAbs(halo, alpha=HALO.alpha() / 255)
    # Black adds nothing to the colours: only the opacity grows around the lines.
    cv2.insertChannel(cv2.max(halo, np.ascontiguousarray(thick[..., 3])), thick, 3)
    image = QImage(thick.data, size.width(), size.height(), thick.strides[0], _FORMAT).copy()
    image.setDevicePixelRatio(view.ratio)
    return image


def _hairlines(image: QImage, crowd: Iterable[tuple[Outline, str]], view: View) -> None:
    level = floor(log2(0.5 / view.scale)) if view.scale < 1 else None
    paths: dict[str, QPainterPath] = {}
    points: dict[str, list[QPointF]] = {}
    for outline, colour in crowd:
        if outline.shape.kind == "point":
            points.setdefault(colour, []).append(QPointF(*outline.shape.points[0]))
        else:
            if colour not in paths:
                paths[colour] = QPainterPath()
            paths[colour].addPath(outline.path(level))
    to_device = view.transform * QTransform.fromScale(view.ratio, view.ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour in paths.keys() | points.keys():
        pen = QPen(QColor(colour), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setTransform(to_device)
        painter.drawPath(paths.get(colour, QPainterPath()))
        painter.resetTransform()
        radius = POINT_RADIUS * view.ratio
        for place in points.get(colour, ()):
            at = to_device.map(place)
            painter.drawEllipse(at, radius, radius)
            painter.drawPoint(at)
    painter.end()


def _thinned(line: NDArray[np.float64], tolerance: float) -> NDArray[Any]:
    """Return a closed polyline with fewer corners, nowhere farther off than the tolerance."""
    import cv2

    if len(line) < 5:
        return line
    kept = cv2.approxPolyDP(line[:-1].astype(np.float32), tolerance, True)[:, 0]
    return np.concatenate([kept, kept[:1]])


def _pixels(image: QImage) -> NDArray[np.uint8]:
    """Return the pixels (H, W, 4) of an image, not a copy."""
    rows = np.frombuffer(image.bits(), np.uint8)
    return rows.reshape(image.height(), image.bytesPerLine() // 4, 4)
