"""Pictures of the panes for the clipboard: what is on screen, at its resolution, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.canvas.pane import ImagePane


def picture_of(panes: Sequence[ImagePane]) -> QPixmap:
    """Return the panes as they are on screen, beside each other as there, in device pixels.

    Only the panes: what the program says over them, and names of files, stay out.
    """
    area = QRect()
    for pane in panes:
        area = area.united(pane.geometry())
    ratio = max(pane.devicePixelRatioF() for pane in panes)
    picture = QPixmap(QSize(round(area.width() * ratio), round(area.height() * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(_ground(panes[0]))
    painter = QPainter(picture)
    for pane in panes:
        painter.drawPixmap(pane.geometry().topLeft() - area.topLeft(), pane.grab())
    painter.end()
    return picture


def copy_panes(panes: Sequence[ImagePane]) -> None:
    """Put a picture of panes onto the clipboard."""
    QGuiApplication.clipboard().setPixmap(picture_of(panes))


def copy_text_in_focus() -> bool:
    """Copy what is marked in the field that has the keyboard; False where none has."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit):
        focus.copy()
        return True
    if isinstance(focus, QAbstractSpinBox | QComboBox):
        line = focus.lineEdit()
        if line is not None:
            line.copy()
        return line is not None
    return False


def _ground(pane: QWidget) -> QColor:
    window = pane.window()
    return window.palette().color(window.backgroundRole())
