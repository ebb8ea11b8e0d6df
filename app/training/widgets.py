"""Small parts of the form of a training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QDoubleValidator, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

FRAME = QSize(16, 56)
"""What a window manager may add around a window."""


class Box(QComboBox):
    """A list to choose from; the wheel scrolls the form, and changes nothing by accident."""

    def __init__(self, name: str, spoken: str, items: Mapping[str, str] | None = None) -> None:
        """Offer ``items``, value -> text."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, text in (items or {}).items():
            self.addItem(text, value)

    def value(self) -> str:
        """Return what is chosen; "" for nothing."""
        return str(self.currentData() or "")

    def choose(self, value: str) -> bool:
        """Choose a value; return whether it is there."""
        place = self.findData(value)
        if place >= 0:
            self.setCurrentIndex(place)
        return place >= 0

    def refill(self, items: Iterable[tuple[str, str]]) -> None:
        """Offer others, (value, text); what is chosen stays where it is still there."""
        wanted = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for value, text in items:
            self.addItem(text, value)
        self.setCurrentIndex(max(0, self.findData(wanted)))
        self.blockSignals(blocked)
        if self.value() != wanted:
            self.currentIndexChanged.emit(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


class Count(QSpinBox):
    """A whole number; the wheel scrolls the form."""

    def __init__(self, name: str, spoken: str, low: int, high: int, value: int) -> None:
        """Offer ``low`` to ``high``."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setRange(low, high)
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


class Number(QLineEdit):
    """A number that may be very small: ``1e-4``."""

    def __init__(self, name: str, spoken: str, value: float, high: float = 1e6) -> None:
        """Offer 0 to ``high``."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        check = QDoubleValidator(0.0, high, 12, self)
        plain = QLocale.c()
        # Nobody can tell whether 1,000 is a thousand or one.
        plain.setNumberOptions(QLocale.NumberOption.RejectGroupSeparator)
        check.setLocale(plain)
        self.setValidator(check)
        self.set_value(value)

    def value(self) -> float:
        """Return the number; 0 where there is none."""
        return float(self.text()) if self.hasAcceptableInput() else 0.0

    def set_value(self, value: float) -> None:
        """Show a number in as few characters as it needs."""
        self.setText(f"{value:g}")


class Fold(QWidget):
    """A part of the form that opens on a click."""

    def __init__(self, name: str, title: str) -> None:
        """Start closed."""
        super().__init__()
        self.button = QToolButton()
        self.button.setObjectName(name)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.inside = QWidget()
        self.inside.setObjectName(f"{name}Inside")
        self.inside.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button)
        layout.addWidget(self.inside)
        self.button.toggled.connect(self._turn)

    def _turn(self, on: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.inside.setVisible(on)


def form_in(holder: QWidget) -> QFormLayout:
    """Give a widget the layout of a form."""
    form = QFormLayout(holder)
    form.setContentsMargins(0, 0, 0, 0)
    form.setSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    return form


def title(text: str) -> QLabel:
    """Return the heading of a part of the form."""
    label = QLabel(text)
    label.setProperty("role", "title")
    return label


def small(name: str) -> QLabel:
    """Return a line of explanation."""
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "secondary")
    label.setWordWrap(True)
    return label


def place_whole(window: QWidget, size: QSize) -> None:
    """Put a window into the middle of its screen, with the whole of its frame on it."""
    free = window.screen().availableGeometry()
    window.resize(size.boundedTo(free.size() - FRAME))
    # What does not fit hangs out at the bottom: a window is moved by its title.
    rest = free.size() - FRAME - window.size().expandedTo(window.minimumSizeHint())
    window.move(free.left() + max(0, rest.width() // 2), free.top() + max(0, rest.height() // 2))
