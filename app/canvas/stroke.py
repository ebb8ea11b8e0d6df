"""Pixels while they are painted: a buffer as large as the image, of which only touched parts count.

A brush, an eraser or a wand writes into a `Stroke`; every pane paints it through a
`StrokeLayer`, the rectangle that was touched and no more. Nothing as large as the image is made
per frame and no outline is traced before the button comes up.
"""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.canvas.layers import View
from app.canvas.painting import HALO

Point = tuple[float, float]
Patch = NDArray[np.bool_]

TINT = 110
"""Opacity of painted pixels, of 255: the tissue stays to be seen."""

RUBBED = QColor(255, 255, 255)
"""Of what an eraser has gone over, where it does not take from one mask in view."""

CIRCLE = QColor("white")
FINEST_DABS = 2.0
"""A long stroke is stamped in pieces of this many radii, each in a small rectangle."""


class Stroke(QObject):
    """The painted pixels of one image, and the circle of the brush at the mouse."""

    touched = Signal(QRectF)  # the part of the image plane to paint again

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing painted."""
        super().__init__(parent)
        self.colour = QColor(RUBBED)
        self.circle: tuple[Point, float] | None = None
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._bounds = QRect()

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """(H, W) of the image: 1 where painted, 0 elsewhere."""
        return self._pixels

    @property
    def bounds(self) -> QRect:
        """The part of the image outside which nothing is painted."""
        return QRect(self._bounds)

    def begin(self, size: tuple[int, int], colour: QColor) -> None:
        """Start to paint on an image of ``size`` = (width, height)."""
        self.clear()
        width, height = size
        if self._pixels.shape != (height, width):
            self._pixels = np.zeros((height, width), np.uint8)
        self.colour = QColor(colour)

    def clear(self) -> None:
        """Wipe what is painted."""
        part = self._bounds
        if not part.isEmpty():
            self._at(part)[:] = 0
            self._bounds = QRect()
            self.touched.emit(QRectF(part))

    def lay(self, patch: Patch, x: int, y: int) -> None:
        """Paint a patch (h, w), its top left pixel at (x, y); what lies off the image is cut."""
        part = QRect(x, y, patch.shape[1], patch.shape[0]) & self._whole()
        if not part.isEmpty():
            rows = slice(part.top() - y, part.top() - y + part.height())
            columns = slice(part.left() - x, part.left() - x + part.width())
            self._at(part)[:] |= patch[rows, columns]
            self._touch(part)

    def dab(self, start: Point, end: Point, radius: float, value: bool) -> QRect:
        """Paint, or wipe, every pixel whose centre is within ``radius`` of a line.

        Returns:
            The part of the image that may have changed.
        """
        changed = QRect()
        length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
        pieces = max(ceil(length / max(FINEST_DABS * radius, 1.0)), 1)
        xs = np.linspace(start[0], end[0], pieces + 1).tolist()
        ys = np.linspace(start[1], end[1], pieces + 1).tolist()
        for n in range(pieces):
            changed |= self._piece((xs[n], ys[n]), (xs[n + 1], ys[n + 1]), radius, value)
        if not changed.isEmpty():
            self._touch(changed)
        return changed

    def patch(self) -> tuple[Patch, int, int]:
        """Return what is painted, bool (h, w), and the place of its top left pixel."""
        part = self._bounds
        return self._at(part).astype(bool), part.left(), part.top()

    def show_circle(self, at: Point | None, radius: float = 0.0) -> None:
        """Show the brush at the mouse; None hides it."""
        circle = None if at is None else (at, radius)
        if circle == self.circle:
            return
        for shown in (self.circle, circle):
            if shown is not None:
                (x, y), r = shown
                self.touched.emit(QRectF(x - r, y - r, 2 * r, 2 * r))
        self.circle = circle

    def _piece(self, start: Point, end: Point, radius: float, value: bool) -> QRect:
        (ax, ay), (bx, by) = start, end
        x0, x1 = floor(min(ax, bx) - radius), ceil(max(ax, bx) + radius)
        y0, y1 = floor(min(ay, by) - radius), ceil(max(ay, by) + radius)
        part = QRect(x0, y0, x1 - x0, y1 - y0) & self._whole()
        if part.isEmpty():
            return part
        x = np.arange(part.left(), part.left() + part.width()) + (0.5 - ax)
        y = np.arange(part.top(), part.top() + part.height())[:, None] + (0.5 - ay)
        dx, dy = bx - ax, by - ay
        long = dx * dx + dy * dy
        if long > 0:
            along = np.clip((x * dx + y * dy) / long, 0, 1)
            near = (x - along * dx) ** 2 + (y - along * dy) ** 2 <= radius * radius
        else:
            near = x * x + y * y <= radius * radius
        self._at(part)[near] = value
        return part

    def _whole(self) -> QRect:
        height, width = self._pixels.shape
        return QRect(0, 0, width, height)

    def _at(self, part: QRect) -> NDArray[np.uint8]:
        return self._pixels[
            part.top() : part.top() + part.height(), part.left() : part.left() + part.width()
        ]

    def _touch(self, part: QRect) -> None:
        self._bounds |= part
        self.touched.emit(QRectF(part))


class StrokeLayer:
    """Paints a `Stroke` in one pane."""

    def __init__(self) -> None:
        """Start without a stroke."""
        self.stroke: Stroke | None = None

    def screen_rect(self, part: QRectF, view: View) -> QRect:
        """Return the screen pixels that a part of the image plane may colour, circle included."""
        return view.transform.mapRect(part).adjusted(-4, -4, 4, 4).toAlignedRect()

    def paint(self, painter: QPainter, view: View, exposed: QRect) -> None:
        """Paint what of the stroke lies in the exposed screen pixels."""
        stroke = self.stroke
        if stroke is None:
            return
        inverse, _ = view.transform.inverted()
        part = inverse.mapRect(QRectF(exposed)).toAlignedRect() & stroke.bounds
        if not part.isEmpty():
            self._paint_pixels(painter, view, part, stroke)
        if stroke.circle is not None:
            (x, y), radius = stroke.circle
            on_screen = radius * view.scale / view.ratio
            at = view.transform.map(QPointF(x, y))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(HALO, 3.0), QPen(CIRCLE, 1.25)):
                painter.setPen(pen)
                painter.drawEllipse(at, on_screen, on_screen)

    def _paint_pixels(self, painter: QPainter, view: View, part: QRect, stroke: Stroke) -> None:
        """Thin the pixels out by a whole step, on a grid that is the same for every part."""
        height, width = stroke.pixels.shape
        step = max(int(1 / view.scale), 1)
        x0, y0 = max(part.left() // step - 1, 0) * step, max(part.top() // step - 1, 0) * step
        x1 = min(part.left() + part.width() + 2 * step, width)
        y1 = min(part.top() + part.height() + 2 * step, height)
        seen = np.ascontiguousarray(stroke.pixels[y0:y1:step, x0:x1:step])
        rows, columns = seen.shape
        picture = QImage(seen.data, columns, rows, columns, QImage.Format.Format_Indexed8)
        tint = QColor(stroke.colour)
        tint.setAlpha(TINT)
        picture.setColorTable([0, tint.rgba()])
        painter.save()
        painter.setTransform(view.transform, True)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        place = QRectF(x0, y0, columns * step, rows * step)
        painter.drawImage(place, picture.convertToFormat(_PAINTED))
        painter.restore()


_PAINTED = QImage.Format.Format_ARGB32_Premultiplied
