"""One watched image: as the network sees it, with its evidence on top, and what came of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.canvas.layers import BACKDROP
from app.canvas.pyramid import to_qimage
from app.texts import method_name, signed, units
from app.training.live.map_files import EpochMaps, WatchedImages
from softcam_core.imaging.colormap import colorize, pair_for

GAP = 8
SMALLEST, LARGEST = 96, 320
NUMBERS = 82
"""Width of a column of numbers."""
BAR = 2
CHECK, CROSS = "\N{CHECK MARK}", "\N{BALLOT X}"


class MapRow(QWidget):
    """Image, evidence and numbers, side by side."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        """Start empty; ``number`` counts the images from 1."""
        super().__init__(parent)
        self.setObjectName(f"watchedImage{number}")
        self.setAccessibleName(self.tr("Watched image {0}").format(number))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number = number
        self._side = SMALLEST
        self._image = QImage()
        self._overlay = QImage()
        self._values: NDArray[np.float32] | None = None
        self._units = ""
        self._names: tuple[str, ...] = ()
        self._shares: NDArray[np.float64] = np.empty(0)
        self._logits: NDArray[np.float32] = np.empty(0, np.float32)
        self._headline = self._verdict = ""
        self._captions = "", ""
        self._label = self._predicted = 0

    def show_maps(self, images: WatchedImages, maps: EpochMaps, shown: int, limit: float) -> None:
        """Show an epoch's map of the class ``shown`` between the limits."""
        n = self._number - 1
        pixels = images.inputs[n]
        self._image = to_qimage(pixels)
        self._values = maps.evidence[n, shown]
        self._overlay = to_qimage(colorize(self._values, limit, pair_for(pixels.ndim == 3)))
        self._units = units(maps.method)
        label, predicted = int(images.labels[n]), int(maps.logits[n].argmax())
        shares = maps.probabilities()[n]
        self._shares, self._logits, self._names = shares, maps.logits[n], images.classes
        self._label, self._predicted = label, predicted
        names = images.classes
        self._headline = self.tr("{0} · label: {1}").format(self._number, names[label])
        of = self.tr("Evidence: {0}") if maps.method == "evidence" else self.tr("{1}: {0}")
        self._captions = (
            self.tr("Validation {0} of {1}").format(self._number, len(images.labels)),
            of.format(names[shown], method_name(maps.method)),
        )
        right = label == predicted
        spoken = self.tr("right") if right else self.tr("wrong")
        self._verdict = f"{CHECK if right else CROSS} {spoken}"
        said = self.tr("predicted: {0}, {1}").format(names[predicted], spoken)
        numbers = ", ".join(f"{names[c]} {shares[c]:.1%}" for c in self.listed(len(names)))
        self.setAccessibleName(self._captions[0])
        self.setAccessibleDescription(f"{self._captions[1]}; {self._headline}, {said}: {numbers}")
        self.update()

    def listed(self, room: int) -> list[int]:
        """Return the classes to write in so many lines: the most probable ones, and the label."""
        order: list[int] = np.argsort(-self._shares, kind="stable")[: max(room, 1)].tolist()
        if self._label not in order:
            order[-1] = self._label
        return sorted(order)

    def set_side(self, side: int) -> None:
        """Draw pictures so many pixels wide."""
        side = min(max(side, SMALLEST), LARGEST)
        if side != self._side:
            self._side = side
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Two pictures and the numbers."""
        return QSize(2 * self._side + 2 * GAP + 220, self._side + self.caption_height())

    def minimumSizeHint(self) -> QSize:
        """The numbers may be cut."""
        return QSize(2 * self._side + GAP, self._side + self.caption_height())

    def caption_height(self) -> int:
        """Return the height of the line above the pictures."""
        return QFontMetrics(self.font()).height() + 2

    def value_at(self, at: QPointF) -> float | None:
        """Return the map's value under a place, None beside the map."""
        place = self._place(1)
        if self._values is None or not place.contains(at):
            return None
        rows, columns = self._values.shape
        row = int((at.y() - place.top()) / place.height() * rows)
        column = int((at.x() - place.left()) / place.width() * columns)
        return float(self._values[min(row, rows - 1), min(column, columns - 1)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value of the cell under the mouse."""
        value = self.value_at(event.position())
        if value is None:
            QToolTip.hideText()
        else:
            text = f"{signed(value, 3)} {self._units}"
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing beside the map."""
        super().leaveEvent(event)
        QToolTip.hideText()

    def _box(self, column: int) -> QRectF:
        """Return the square of a picture, below its caption."""
        return QRectF(column * (self._side + GAP), self.caption_height(), self._side, self._side)

    def _place(self, column: int) -> QRectF:
        """Return where a picture is drawn, in its own proportions."""
        box = self._box(column)
        if self._image.isNull():
            return box
        size = self._image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(box.center())
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pictures and the numbers."""
        if self._values is None:
            return
        painter = QPainter(self)
        for column in (0, 1):
            box = self._box(column)
            painter.fillRect(box, BACKDROP)
            above = QRectF(box.left(), 0, box.width(), box.top())
            faint = self.palette().color(QPalette.ColorRole.PlaceholderText)
            self._write(painter, self._captions[column], above, faint)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
            painter.drawImage(self._place(column), self._image)
        # The network's own cells, not a smooth picture of them.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(self._place(1), self._overlay)
        self._paint_numbers(painter, 2 * (self._side + GAP) + GAP)
        painter.end()

    def _paint_numbers(self, painter: QPainter, left: float) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        metrics = QFontMetrics(self.font())
        line = metrics.height() + 4
        wide = self.width() - left - 4
        listed = self.listed(self._side // line - 2)
        y = self.caption_height() + max(0.0, (self._side - line * (len(listed) + 2)) / 2)
        names = max(wide - 2 * NUMBERS, 40.0)
        right = Qt.AlignmentFlag.AlignRight
        plain, bold = painter.font(), painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        self._write(painter, self._headline, QRectF(left, y, wide, line), text)
        painter.setFont(plain)
        y += line
        self._write(painter, self._verdict, QRectF(left, y, names, line), text)
        for n, head in enumerate((self.tr("logit"), self.tr("probability"))):
            place = QRectF(left + names + n * NUMBERS, y, NUMBERS, line)
            self._write(painter, head, place, faint, right)
        for c in listed:
            y += line
            share = float(self._shares[c])
            painter.setFont(bold if c == self._predicted else plain)
            self._write(painter, self._names[c], QRectF(left, y, names - GAP, line), text)
            cell = QRectF(left + names, y, NUMBERS, line)
            self._write(painter, signed(float(self._logits[c])), cell, text, right)
            cell.translate(NUMBERS, 0)
            self._write(painter, f"{100 * share:.1f} %", cell, text, right)
            bar = QRectF(left, y + line - 3, names - GAP, BAR)
            painter.fillRect(bar, palette.color(QPalette.ColorRole.Mid))
            bar.setWidth(bar.width() * share)
            painter.fillRect(bar, palette.color(QPalette.ColorRole.Highlight))

    def _write(
        self,
        painter: QPainter,
        text: str,
        place: QRectF,
        colour: QColor,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        metrics = QFontMetrics(painter.font())
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.setPen(colour)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, cut)
