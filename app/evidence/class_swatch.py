"""The square before a class's name: its key, and its hue where several classes are drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QWidget,
    QWidgetAction,
)

from app.evidence.numbers import tabular
from app.texts import tr
from softcam_core.imaging.colormap import Colour

SIDE = 20
RADIUS = 3


class ClassSwatch(QAbstractButton):
    """Plain while one class is drawn; else filled with the hue of a class that is drawn.

    A click, or Space, draws the class or leaves it out; the context menu has its opacity.
    """

    opacity_chosen = Signal(float)

    def __init__(self, name: str, key: str = "", parent: QWidget | None = None) -> None:
        """Stand before the class ``name``; ``key`` is the number that chooses it."""
        super().__init__(parent)
        self._name = name
        self._hue: Colour | None = None
        self._several = False
        self._opacity: Callable[[], float] = lambda: 1.0
        self.setText(key)
        self.setCheckable(True)
        self.show_hue(None, several=False)

    def show_hue(self, hue: Colour | None, *, several: bool) -> None:
        """Show the hue of a class that is drawn with others, None for one that is left out."""
        self._hue, self._several = hue, several
        self.setChecked(hue is not None)
        focus = Qt.FocusPolicy.TabFocus if several else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        # While it is a label, clicks are the row's.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not several)
        self.setAccessibleName(tr("Draw {0}").format(self._name) if several else self._name)
        tip = tr("Draw {0} or leave it out; right-click for its opacity").format(self._name)
        self.setToolTip(tip if several else "")
        self.update()

    def set_opacity_source(self, opacity: Callable[[], float]) -> None:
        """Take the opacity that the menu begins with from ``opacity``."""
        self._opacity = opacity

    def forget(self) -> None:
        """Keep no name."""
        self._name = ""
        self.show_hue(None, several=False)

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(SIDE, SIDE)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the opacity of the class."""
        if self._several:
            opacity_menu(self, self._name, self._opacity(), self.opacity_chosen.emit).popup(
                event.globalPos()
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the square and the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        roles, palette = QPalette.ColorRole, self.palette()
        text = palette.color(roles.PlaceholderText)
        if self._several:
            square = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.setPen(palette.color(roles.Highlight if self.hasFocus() else roles.Mid))
            painter.setBrush(QColor(*self._hue) if self._hue else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square, RADIUS, RADIUS)
            if self._hue:
                text = readable_on(self._hue)
        painter.setPen(text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


def readable_on(hue: Colour) -> QColor:
    """Return black or white, whichever can be read on a hue."""
    red, green, blue = hue
    return QColor("black" if 0.299 * red + 0.587 * green + 0.114 * blue > 120 else "white")


def opacity_menu(
    parent: QWidget, name: str, opacity: float, chosen: Callable[[float], object]
) -> QMenu:
    """Return a menu with a slider for the opacity of one class among others."""
    menu = QMenu(parent)
    menu.setObjectName("classOpacityMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setObjectName("classOpacity")
    slider.setAccessibleName(tr("Opacity of {0}, in percent").format(name))
    slider.setRange(0, 100)
    slider.setPageStep(10)
    slider.setMinimumWidth(140)
    number = tabular(QLabel(), "100 %")
    slider.valueChanged.connect(lambda value: number.setText(tr("{0} %").format(value)))
    slider.setValue(round(100 * opacity))
    number.setText(tr("{0} %").format(slider.value()))
    slider.valueChanged.connect(lambda value: chosen(value / 100))
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(12, 6, 12, 6)
    row.addWidget(QLabel(tr("Opacity")))
    row.addWidget(slider)
    row.addWidget(number)
    action = QWidgetAction(menu)
    action.setDefaultWidget(holder)
    menu.addAction(action)
    menu.aboutToShow.connect(slider.setFocus)
    return menu
