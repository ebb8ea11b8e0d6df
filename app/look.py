"""How the program looks: its theme, the size of its text, both at once and for the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QHeaderView, QWidget
from shiboken6 import isValid

from app.settings import Settings
from app.theme import SCALES, THEMES, apply_theme

SMALL, UNBOUND = 4, 10_000
"""Lengths in screen pixels between which a widget's own bounds go with the text."""


class Look(QObject):
    """The one place that gives the program its colours and its size of text.

    Signals:
        changed: new colours or another size of text, in place by now.
        resizing: text is about to get another size.
        resized: text is so many times as large as it was.
    """

    changed = Signal()
    resizing = Signal()
    resized = Signal(float)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        """Look as at the last start; follow the system where that was asked for."""
        super().__init__(parent)
        self._settings = settings
        theme = settings.text("view/theme", "system")
        self.theme = theme if theme in THEMES else "system"
        self.scale = min(max(settings.number("view/text_size", 1.0), SCALES[0]), SCALES[-1])
        self.colours = apply_theme(_application(), self.theme, self.scale)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def set_theme(self, name: str) -> None:
        """Change the theme, now and at the next start."""
        self.theme = name
        self._settings.set("view/theme", name)
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Change the size of text, a share of the usual one, now and at the next start."""
        scale = min(max(scale, SCALES[0]), SCALES[-1])
        if scale != self.scale:
            self.resizing.emit()
            self.scale = scale
            self._settings.set("view/text_size", scale)
            self._apply()

    def larger(self) -> None:
        """Take the next larger size of text."""
        self.set_scale(next((s for s in SCALES if s > self.scale + 0.01), SCALES[-1]))

    def smaller(self) -> None:
        """Take the next smaller size of text."""
        self.set_scale(next((s for s in reversed(SCALES) if s < self.scale - 0.01), SCALES[0]))

    def _follow(self) -> None:
        if self.theme == "system":
            self._apply()

    def _apply(self) -> None:
        app = _application()
        before = app.font().pixelSize()
        sizes = {widget: _own_sizes(widget) for widget in app.allWidgets()}
        self.colours = apply_theme(app, self.theme, self.scale)
        ratio = app.font().pixelSize() / before
        if ratio != 1:
            for widget, size in sizes.items():
                # What was measured when it was made goes with the text; who measures anew may.
                if isValid(widget) and size == _own_sizes(widget):
                    _resize(widget, size, ratio)
            self.resized.emit(ratio)
        self.changed.emit()


def _own_sizes(widget: QWidget) -> tuple[int, int, int, int]:
    """Return least and most width and height that a widget was given."""
    least, most = widget.minimumSize(), widget.maximumSize()
    return least.width(), least.height(), most.width(), most.height()


def _resize(widget: QWidget, size: tuple[int, int, int, int], ratio: float) -> None:
    if isinstance(widget, QHeaderView):
        widget.setDefaultSectionSize(round(widget.defaultSectionSize() * ratio))
    # The bounds of docks and windows follow from what they hold.
    managed = widget.isWindow() or isinstance(widget, QDockWidget)
    if managed or not any(SMALL < length < UNBOUND for length in size):
        return
    grown = [round(n * ratio) if SMALL < n < UNBOUND else n for n in size]
    widget.setMaximumSize(grown[2], grown[3])
    widget.setMinimumSize(grown[0], grown[1])


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
