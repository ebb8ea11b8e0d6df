"""The legend of a map: the colours between the fixed limits, or of several classes the hues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.canvas.colour_bar import paint_bar
from app.canvas.legend_menu import LegendMenu, ask_for_limit
from app.canvas.look import Look
from softcam_core.imaging.colormap import Colour, colorize, over_threshold

BAR = QSize(96, 8)
SHORT = 20
"""Width of the bar in the narrowest pane."""
SMALLEST = 0.6
"""Share of the size of text that the numbers have at least, where there is no room for more."""
GAP = 6
SWATCH = 10
SLACK = 0.005
"""Share of the limit that a value may lie beyond it and still be written as the limit."""
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Legend(QWidget):
    """A bar from -limit (0 for a rectified map) to +limit, or swatches; empty without a map.

    The user may choose another limit by a double click, the context menu or the keyboard.
    """

    limit_chosen = Signal(float)
    reset_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("legend")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.limit: float | None = None
        self.units = ""
        self.own = False
        self.adjustable = True
        self.ends = "", ""
        self.range = 0.0, 0.0
        self._words = True
        self._look = Look()
        self._rectified = False
        self._provisional = False
        self._classes: tuple[tuple[str, Colour], ...] = ()
        self.setAccessibleName(self.tr("Legend of the map"))

    def set_scale(
        self, limit: float | None, units: str, look: Look, rectified: bool = False
    ) -> None:
        """Show the colours of ``look`` up to ``limit`` ``units``; None shows nothing."""
        scale = (limit, units, look, rectified)
        if scale == (self.limit, self.units, self._look, self._rectified):
            return
        self.limit, self.units, self._look, self._rectified = scale
        self._changed()

    def set_range(self, lowest: float, highest: float) -> None:
        """Take note of the map's extreme values; an arrow stands at an end that they exceed."""
        if (lowest, highest) != self.range:
            self.range = lowest, highest
            self._changed()

    @property
    def exceeded(self) -> tuple[bool, bool]:
        """Whether the map has values below the first colour, and above the last one."""
        if self.limit is None or self._classes:
            return False, False
        # What rounds to the number at the end is not beyond it.
        most = self.limit * (1 + SLACK)
        return self.range[0] < -most and not self._one_sided, self.range[1] > most

    def set_classes(self, classes: Sequence[tuple[str, Colour]]) -> None:
        """Show the name and hue of each class instead of the bar; () returns to the bar."""
        if tuple(classes) != self._classes:
            self._classes = tuple(classes)
            self._changed()

    def set_provisional(self, provisional: bool) -> None:
        """Say whether the limits may still change."""
        if provisional != self._provisional:
            self._provisional = provisional
            self._changed()

    def set_own(self, own: bool, adjustable: bool = True) -> None:
        """Mark the limit as the user's own; say whether it can be changed at all."""
        if (own, adjustable) != (self.own, self.adjustable):
            self.own, self.adjustable = own, adjustable
            self._changed()

    def set_ends(self, low: str, high: str) -> None:
        """Say what lies at the two ends; with `set_words` beside the numbers, else in the tip."""
        if (low, high) != self.ends:
            self.ends = low, high
            self._changed()

    def set_words(self, words: bool) -> None:
        """Write what the ends mean beside the numbers, or leave them to the tip."""
        if words != self._words:
            self._words = words
            self.updateGeometry()
            self.update()

    def width_with_words(self) -> int:
        """Return how wide the bar is with its numbers and the words at both ends."""
        before, self._words = self._words, True
        width = self._room(BAR.width()).width()
        self._words = before
        return width

    def _changed(self) -> None:
        self._explain()
        usable = self.limit is not None and self.adjustable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if usable else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def _explain(self) -> None:
        text = tip = ""
        if self.limit is not None:
            low, high = self._texts()
            text = self.tr("{low} to {high} {units}").format(low=low, high=high, units=self.units)
            tip = self._meaning(text)
            tip = "\n".join((tip, *self._end_tips(), *self._beyond()))
            if self._classes:
                names = ", ".join(name for name, _ in self._classes)
                text = self.tr("{0}; full colour at {1} {2}").format(names, high, self.units)
                tip = self.tr("A hue for each class: {0}").format(text)
        if self.own:
            text = self.tr("{0}; own limit").format(text)
        if any(self.exceeded):
            text = self.tr("{0}; exceeded").format(text)
        if tip and self.adjustable:
            more = self.tr("Double-click to choose another limit.")
            tip = f"{tip}\n{more}"
        self.setAccessibleDescription(text)
        self.setToolTip(tip)

    def _end_tips(self) -> list[str]:
        """Return what each end means, a line for each that the map has."""
        low, high = self._texts()
        told = ((high, self.ends[1]), ("" if self._one_sided else low, self.ends[0]))
        return [f"{number}: {word}" for number, word in told if number and word]

    def _beyond(self) -> list[str]:
        """Say how far the map goes beyond its colours, a line for each end."""
        below, above = self.exceeded
        lines = []
        if above:
            told = self.tr("Values up to {0} are drawn in the last colour.")
            lines.append(told.format(f"+{self.range[1]:.3g}"))
        if below:
            told = self.tr("Values down to {0} are drawn in the first colour.")
            lines.append(told.format(f"\N{MINUS SIGN}{-self.range[0]:.3g}"))
        return lines

    def _meaning(self, text: str) -> str:
        """Return what the limits are: the user's own, provisional or fixed."""
        if self.own:
            return self.tr(
                "Colours between limits of your own: {0}\nOther cases of this study are drawn "
                "between the same; Shift+W returns to the study's."
            ).format(text)
        if self._provisional:
            return self.tr(
                "Colours between provisional limits: {0}\nThey are measured on several cases of "
                "this study, and fixed when those are known."
            ).format(text)
        return self.tr("Colours between fixed limits: {0}").format(text)

    # Changing the limit

    def _menu(self, place: QPoint) -> None:
        if self.limit is not None and self.adjustable:
            menu = LegendMenu(self.limit, self.units, self.own, self)
            menu.limit_chosen.connect(self.limit_chosen)
            menu.reset_chosen.connect(self.reset_chosen)
            menu.popup(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer other limits."""
        self._menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer other limits."""
        if event.key() in OPENING_KEYS:
            self._menu(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Ask for the limit."""
        if self.limit is not None and self.adjustable:
            ask_for_limit(self.limit, self.units, self, self.limit_chosen.emit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    # Painting

    def sizeHint(self) -> QSize:
        """Room for the bar and its numbers, or for every name."""
        return self._room(BAR.width())

    def minimumSizeHint(self) -> QSize:
        """The numbers stay whole in a narrow pane, the bar gets shorter, names are cut."""
        if self._classes:
            return QSize(len(self._classes) * (SWATCH + GAP), self.fontMetrics().height())
        return self._room(SHORT)

    def _room(self, bar: int) -> QSize:
        metrics = QFontMetrics(self.font())
        if self.limit is None:
            return QSize(0, metrics.height())
        if self._classes:
            names = sum(metrics.horizontalAdvance(name) for name, _ in self._classes)
            return QSize(names + len(self._classes) * (SWATCH + 2 * GAP) + 4, metrics.height())
        low, high = self._texts()
        text = metrics.horizontalAdvance(f"{self._begin(low)}{self._end(high)}")
        return QSize(text + bar + 2 * GAP + 2, metrics.height())

    def _begin(self, low: str) -> str:
        """Return what stands before the bar."""
        told = self._words and self.ends[0] and not self._one_sided
        return f"{self.ends[0]} {low}" if told else low

    def _end(self, high: str) -> str:
        end = f"{high} {self.units}"
        if self._words and self.ends[1]:
            end = f"{end} {self.ends[1]}"
        return self.tr("{0} · own limit").format(end) if self.own else end

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint number, bar, number and units; or the classes."""
        if self.limit is None:
            return
        painter = QPainter(self)
        roles = QPalette.ColorRole
        painter.setPen(self.palette().color(roles.Link if self.own else roles.PlaceholderText))
        if self._classes:
            self._paint_classes(painter)
        else:
            self._paint_bar(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(roles.Highlight), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        low, high = self._texts()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font = self.font()
        if self.width() < (least := self.minimumSizeHint().width()):
            # Small numbers with their units rather than large ones without.
            fixed = SHORT + 2 * GAP
            share = max((self.width() - fixed) / (least - fixed), SMALLEST)
            font.setPixelSize(max(1, int(font.pixelSize() * share)))
            painter.setFont(font)
        metrics = QFontMetrics(font)
        low = self._begin(low)
        painter.drawText(self.rect(), flags, low)
        left = metrics.horizontalAdvance(low) + GAP
        width = max(BAR.width() + self.width() - self.sizeHint().width(), SHORT)
        bar = QRectF(left, (self.height() - BAR.height()) / 2, width, BAR.height())
        below, above = self.exceeded
        paint_bar(painter, bar, self._ramp(), below=below, above=above)
        rest = self.rect().adjusted(round(bar.right()) + GAP, 0, 0, 0)
        painter.drawText(rest, flags, self._end(high))

    def _ramp(self) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        """Return the bar's colours, (1, n, 4), as the style draws them."""
        look = self._look
        least = 0 if self._one_sided else -1
        ramp = np.linspace(least, 1, 2 * BAR.width(), dtype=np.float32)[None]
        if look.style == "threshold":
            return over_threshold(ramp, 1.0, max(look.threshold, 0.01), look.pair)
        return colorize(ramp, 1.0, look.pair)

    def _paint_classes(self, painter: QPainter) -> None:
        """Paint the swatches, each with as much of its name as there is room for."""
        metrics = QFontMetrics(self.font())
        names = [metrics.horizontalAdvance(name) + GAP for name, _ in self._classes]
        rooms = shared_out(names, self.width() - self.minimumSizeHint().width())
        text = painter.pen().color()
        x = 0.0
        for (name, colour), room in zip(self._classes, rooms, strict=True):
            swatch = QRectF(x, (self.height() - SWATCH) / 2, SWATCH, SWATCH)
            painter.fillRect(swatch, QColor(*colour))
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(swatch)
            x = swatch.right() + GAP
            painter.setPen(text)
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, round(room) - GAP + 2)
            if room > 2 * SWATCH:
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
                painter.drawText(QRectF(x, 0, room + 2, self.height()), flags, cut)
                x += room

    @property
    def _one_sided(self) -> bool:
        return self._rectified or self._look.positive

    def _texts(self) -> tuple[str, str]:
        """Return the two numbers, signs of equal width, as few digits as say it."""
        number = f"{self.limit:.3g}"
        return "0" if self._one_sided else f"\N{MINUS SIGN}{number}", f"+{number}"


def shared_out(wanted: Sequence[float], room: float) -> list[float]:
    """Return how much of ``room`` each gets: what it wants, or an equal share of what is left."""
    rooms = [0.0] * len(wanted)
    left = max(room, 0.0)
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    for done, place in enumerate(order):
        rooms[place] = min(wanted[place], left / (len(wanted) - done))
        left -= rooms[place]
    return rooms
