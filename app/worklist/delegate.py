"""How a case looks in the worklist: thumbnail, name, what is said of it, its status."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.state import Case, Prediction
from app.texts import marks_text
from app.theme import Colours
from app.worklist.model import Index, Role
from app.worklist.thumbnails import THUMBNAIL_SIDE

_MARGIN = 8
_GAP = 6
_LINES = 3


class CaseDelegate(QStyledItemDelegate):
    """Paints one case as a card."""

    def __init__(self, colours: Colours) -> None:
        """Paint in a theme's colours."""
        super().__init__()
        self._colours = colours

    def set_colours(self, colours: Colours) -> None:
        """Paint in another theme's colours."""
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of every card: of the thumbnail, or of its three lines of text."""
        lines = _LINES * (QFontMetrics(option.font).height() + 1)
        return QSize(200, max(THUMBNAIL_SIDE, lines) + 2 * _MARGIN + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card."""
        case: Case = index.data(Role.CASE)
        c = self._colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(1, _GAP // 2, -1, -_GAP // 2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(QColor(c.accent if chosen else c.line), 1))
        painter.setBrush(QColor(c.raised if chosen else c.panel))
        painter.drawRoundedRect(card, 6, 6)
        square = QRect(card.left() + _MARGIN, card.top() + _MARGIN, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        self._paint_thumbnail(painter, square, index.data(Role.THUMBNAIL))
        left = square.right() + 10
        height = card.height() - 2 * _MARGIN
        text = QRect(left, square.top(), card.right() - _MARGIN - left, height)
        self._paint_text(painter, text, case, index, chosen)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, square: QRect, pixmap: QPixmap | None) -> None:
        painter.fillRect(square, QColor(self._colours.canvas))
        if pixmap is None or pixmap.isNull():
            return
        size = pixmap.deviceIndependentSize().toSize()
        size = size.scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(square.topLeft(), size)
        target.moveCenter(square.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap)

    def _paint_text(
        self, painter: QPainter, area: QRect, case: Case, index: Index, chosen: bool
    ) -> None:
        c = self._colours
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        line = area.height() // _LINES
        top = QRect(area.left(), area.top(), area.width(), line)
        self._line(painter, top, case.name, font, c.text, Qt.TextElideMode.ElideMiddle)
        font.setWeight(QFont.Weight.Normal)
        prediction: Prediction | None = index.data(Role.PREDICTION)
        said = f"{prediction.name}  {prediction.probability:.2f}" if prediction else ""
        said = said or index.data(Role.REFERENCE)
        if not said and index.data(Role.NOT_PREDICTED):
            said = self.tr("not predicted")
        if index.data(Role.ERROR):
            said = self.tr("cannot be read")
        self._line(painter, top.translated(0, line), said, font, c.secondary)
        status = top.translated(0, 2 * line)
        tint = {"done": c.good, "flagged": c.warning, "in progress": c.accent}
        marks, word, metrics = index.data(Role.MARKS), "", QFontMetrics(font)
        progress = index.data(Role.PROGRESS)
        if marks:
            word = marks_text(marks)
            beside = metrics.horizontalAdvance(f"{progress}  {word}")
            word = word if beside <= status.width() else str(marks)
        # The status ends where the marks begin.
        left = status.adjusted(0, 0, -metrics.horizontalAdvance(f"  {word}") if word else 0, 0)
        self._line(painter, left, progress, font, tint.get(case.status, c.secondary))
        if word:
            painter.setPen(QColor(c.secondary))
            painter.drawText(
                status, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word
            )

    def _line(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        font: QFont,
        colour: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, elide, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
