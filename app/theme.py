"""Dark and light: one table of colours, one size of text, one style sheet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.colours import DARK, LIGHT, Colours
from app.style_sheet import TEXT, style_sheet

__all__ = [
    "DARK",
    "LIGHT",
    "SCALES",
    "TEXT",
    "THEMES",
    "Colours",
    "apply_theme",
    "colours",
    "fitting",
    "scaled",
]

THEMES = ("system", "dark", "light")
SCALES = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""Sizes of text to choose from, as shares of the usual one."""

_SCALE, _STYLED = "textScale", "styled"


def colours(name: str) -> Colours:
    """Return the colours of ``dark``, ``light`` or ``system`` (dark where it does not say)."""
    if name == "system":
        name = "light" if system_scheme() == Qt.ColorScheme.Light else "dark"
    return LIGHT if name == "light" else DARK


def system_scheme() -> Qt.ColorScheme:
    """Return what the desktop asks for."""
    return QGuiApplication.styleHints().colorScheme()


def scaled(pixels: float) -> int:
    """Return a length that goes with the text, in screen pixels at the chosen size of text."""
    app = QApplication.instance()
    scale = app.property(_SCALE) if app is not None else None
    return round(pixels * (scale or 1.0))


def fitting(width: int, height: int) -> QSize:
    """Return the size of a dialog that goes with the text, within the screen and its frame."""
    screen = QGuiApplication.primaryScreen().availableSize()
    return QSize(scaled(width), scaled(height)).boundedTo(screen - QSize(16, 56))


def apply_theme(app: QApplication, name: str, scale: float = 1.0) -> Colours:
    """Give the whole program one theme and size of text; returns its colours, for icons."""
    c = colours(name)
    app.setProperty(_SCALE, scale)
    if app.property(_STYLED) is None:
        # Every such call looks at all widgets anew: once is enough.
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
    font = QFont(app.font())
    # What paints its own text, without a style sheet, has the size of the text beside it.
    font.setPixelSize(scaled(TEXT))
    if font != app.font():
        app.setFont(font)
    app.setPalette(_palette(c))
    app.setStyleSheet(style_sheet(c, scale))
    return c


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, value in (
        (roles.Window, c.background),
        (roles.Base, c.panel),
        (roles.AlternateBase, c.raised),
        (roles.Button, c.raised),
        (roles.WindowText, c.text),
        (roles.Text, c.text),
        (roles.ButtonText, c.text),
        (roles.ToolTipBase, c.raised),
        (roles.ToolTipText, c.text),
        (roles.PlaceholderText, c.secondary),
        (roles.Highlight, c.accent),
        (roles.HighlightedText, c.on_accent),
        (roles.Link, c.accent),
        (roles.Mid, c.line),
        (roles.Dark, c.line),
        (roles.Light, c.raised),
    ):
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.secondary))
    return palette
