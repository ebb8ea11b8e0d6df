"""Pictures of the panes for the clipboard: what is on screen, at its resolution, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app import texts
from app.canvas.pane import ImagePane
from app.output.targets import number_of
from app.state import PaneContent, ViewerState
from softcam_core.resources import is_demo

_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


CAPTION_MARGIN = 6
"""Around the line below the panes, px."""


def picture_of(panes: Sequence[ImagePane], caption: str = "") -> QPixmap:
    """Return the panes as they are on screen, beside each other as there, in device pixels.

    Only the panes, over a line with ``caption``: what the program says over them, names of files,
    buttons, the crosshair with its values and the frame of the pane in use stay out.
    """
    area = QRect()
    for pane in panes:
        area = area.united(pane.geometry())
    ratio = max(pane.devicePixelRatioF() for pane in panes)
    line = 0
    if caption:
        room = QRect(0, 0, area.width() - 2 * CAPTION_MARGIN, 10_000)
        text = panes[0].fontMetrics().boundingRect(room, _WRAPPED, caption)
        line = text.height() + 2 * CAPTION_MARGIN
    picture = QPixmap(QSize(round(area.width() * ratio), round((area.height() + line) * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(_ground(panes[0]))
    painter = QPainter(picture)
    for pane in panes:
        with _bare(pane):
            painter.drawPixmap(pane.geometry().topLeft() - area.topLeft(), pane.grab())
    if caption:
        painter.setFont(panes[0].font())
        painter.setPen(panes[0].window().palette().color(QPalette.ColorRole.WindowText))
        room = QRect(0, area.height(), area.width(), line)
        inside = room.adjusted(CAPTION_MARGIN, CAPTION_MARGIN, -CAPTION_MARGIN, -CAPTION_MARGIN)
        painter.drawText(inside, _WRAPPED, caption)
    painter.end()
    return picture


@contextmanager
def _bare(pane: ImagePane) -> Iterator[None]:
    """Show a pane without what is for the hand alone, while it is grabbed."""
    focus, cross = QApplication.focusWidget(), pane.canvas.crosshair
    hidden: list[QWidget] = [b for b in pane.findChildren(QAbstractButton) if not b.isHidden()]
    hidden += [pane.header.readout] if not pane.header.readout.isHidden() else []
    for widget in hidden:
        widget.hide()
    pane.canvas.set_crosshair(None)
    was_bare = pane.bare
    pane.set_bare(True)
    try:
        yield
    finally:
        pane.set_bare(was_bare)
        pane.canvas.set_crosshair(cross)
        for widget in hidden:
            widget.show()
        if focus is not None:
            focus.setFocus()


def caption_of(state: ViewerState, contents: Sequence[PaneContent]) -> str:
    """Return the line below copied panes: the case by its number, the models, what it is for.

    Of the models only those whose maps are to be seen there; never the name of a file.
    """
    if state.case is None:
        return ""
    titles = [
        model.spec.title
        for content in contents
        for part in content.maps()
        if (model := state.pane_model(part)) is not None and state.pane_map(part) is not None
    ]
    number = texts.tr("Case {0}").format(number_of(state, state.case))
    words = [number, *dict.fromkeys(titles), texts.tr("Research use only")]
    if is_demo(state.case.path):
        words.append(texts.tr("Demo: drawn phantoms."))
    return " \N{MIDDLE DOT} ".join(words)


def copy_panes(panes: Sequence[ImagePane], caption: str = "") -> None:
    """Put a picture of panes onto the clipboard."""
    QGuiApplication.clipboard().setPixmap(picture_of(panes, caption))


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
