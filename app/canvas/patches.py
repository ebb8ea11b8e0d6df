"""The highest patches of a map, outlined and numbered from the highest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from app.canvas.layers import View
from softcam_core.imaging.colormap import Colour
from softcam_core.imaging.geometry import Region
from softcam_core.metrics.ranking import Patch

PLATE = QColor(13, 14, 16, 200)
CASING = QColor(0, 0, 0, 190)
OUTLINE = 2.0
LEAST_SIDE = 16.0
"""Screen pixels of a patch from which on its number has room inside."""

NUMBER_PIXELS = 11


class Patches:
    """Rectangles of a model's input, the highest first."""

    def __init__(
        self, patches: Sequence[Patch], region: Region, size: tuple[int, int], colour: Colour
    ) -> None:
        """Keep the patches of an input of ``size`` = (rows, columns) that shows ``region``."""
        self.empty = not patches
        self._colour = QColor(*colour)
        self.places = []
        for patch in patches:
            corners = [(patch.x0, patch.y0), (patch.x1, patch.y1)]
            (x0, y0), (x1, y1) = region.from_grid(corners, size).tolist()
            self.places.append(QRectF(QPointF(x0, y0), QPointF(x1, y1)))

    def draw(self, view: View) -> QPixmap:
        """Return the pane's picture of them over transparency; the highest lies on top."""
        pixmap = view.blank()
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        places = [view.transform.mapRect(place) for place in self.places]
        for colour, width in ((CASING, OUTLINE + 2), (self._colour, OUTLINE)):
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRects(places)
        font = QFont(painter.font())
        font.setPixelSize(NUMBER_PIXELS)
        painter.setFont(font)
        for number, place in reversed(list(enumerate(places, start=1))):
            if min(place.width(), place.height()) >= LEAST_SIDE:
                _write(painter, str(number), place)
        painter.end()
        return pixmap


def _write(painter: QPainter, text: str, place: QRectF) -> None:
    """Write a number into the upper left corner of its patch."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 5, metrics.height() - 1
    plate = QRectF(place.left() + 1, place.top() + 1, width, height)
    painter.fillRect(plate, PLATE)
    painter.setPen(QColor("white"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
