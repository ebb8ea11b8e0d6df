"""The header of a pane: what is shown, how it relates to the prediction, and a handle to drag."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.canvas.elided import ElidedLabel

CHIP_MARGIN = 6


class PaneHeader(QWidget):
    """Title, badge, value and controls in one line; in a narrow pane the badge gets its own.

    Where there is no room for the value under the cursor that does not move the words, it lies in
    the upper left corner of the picture.

    Signals:
        pressed: a button went down on the header.
        dragged: the mouse takes the pane somewhere; where, on the screen.
        dropped: it let go there.
        given_up: it let go of nothing: the Escape key ended the drag.
    """

    pressed = Signal()
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    given_up = Signal()

    def __init__(self, picture: QWidget, parent: QWidget | None = None) -> None:
        """Belong to the pane whose image is ``picture``."""
        super().__init__(parent)
        self.setObjectName("paneHeader")
        self._picture = picture
        self._at: QPoint | None = None
        self._dragging = False
        self._two_lines = False
        self._value_outside = False
        self.draggable = False
        self.title = ElidedLabel(self)
        self.title.setObjectName("title")
        self.title.setProperty("role", "title")
        self.badge = ElidedLabel(self)
        self.badge.setObjectName("badge")
        self.badge.setProperty("role", "badge")
        self.readout = QLabel(self)
        self.readout.setObjectName("readout")
        self.readout.setProperty("secondary", True)
        # The title keeps its room as long as there is any; the badge takes what is left.
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.badge.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(8)
        self._first.addWidget(self.title)
        self._first.addWidget(self.badge, 1)
        self._first.addWidget(self.readout)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(11, 0, 7, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._first)
        self._column.addLayout(self._second)
        self._fix_height()

    def add(self, widget: QWidget) -> None:
        """Put a control at the right end."""
        self._first.addWidget(widget)

    def set_two_lines(self, two: bool) -> None:
        """Give the badge a line of its own, or not."""
        if two == self._two_lines:
            return
        self._two_lines = two
        for row in (self._first, self._second):
            row.removeWidget(self.badge)
        if two:
            self._second.addWidget(self.badge, 1)
            self._first.setStretchFactor(self.title, 1)
            self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        else:
            self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._first.setStretchFactor(self.title, 0)
            self._first.insertWidget(1, self.badge, 1)
        self._column.setContentsMargins(*((9, 2, 3, 4) if two else (11, 0, 7, 0)))
        self._fix_height()

    def set_value_outside(self, outside: bool) -> None:
        """Show the value under the cursor in the picture, or in the header."""
        if outside == self._value_outside:
            return
        self._value_outside = outside
        if outside:
            self._first.removeWidget(self.readout)
        else:
            self._first.insertWidget(self._first.indexOf(self.badge) + 1, self.readout)
        self.readout.setParent(self._picture if outside else self)
        self.readout.setProperty("chip", outside)
        self.readout.style().polish(self.readout)
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, outside)
        self.set_readout(self.readout.text())

    @property
    def two_lines(self) -> bool:
        """Whether the badge has a line of its own."""
        return self._two_lines

    def set_readout(self, text: str) -> None:
        """Write the value under the cursor; nothing else in the header moves for it.

        Without a value the words have its room.
        """
        if not text:
            self.readout.setMinimumWidth(0)  # first: a label's hint never forgets its minimum
        if text != self.readout.text():
            self.readout.setText(text)
        if self._value_outside:
            self.readout.setVisible(bool(text))
            self.readout.setMinimumWidth(0)
            self.readout.adjustSize()
            self.readout.move(CHIP_MARGIN, CHIP_MARGIN)
        else:
            self.readout.setVisible(True)
            needed = self.readout.sizeHint().width()
            if text and needed > self.readout.minimumWidth():
                self.readout.setMinimumWidth(needed)

    def _fix_height(self) -> None:
        line = self.fontMetrics().height()
        self.setFixedHeight(2 * line + 14 if self._two_lines else line + 16)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fix_height()

    # Dragging

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pane can be taken somewhere else."""
        super().enterEvent(event)
        if self.draggable:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
            self._at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, once the mouse has moved far enough to mean it."""
        if self._at is None or not self.draggable:
            return
        place = event.globalPosition().toPoint()
        far = (place - self._at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            _application().installEventFilter(self)  # for Escape, wherever the focus is
        if self._dragging:
            self.dragged.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._at = None
        if self._dragging:
            self._end()
            self.dropped.emit(event.globalPosition().toPoint())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave everything as it is on Escape, while a pane is dragged."""
        keys = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress
        if self._dragging and event.type() in keys and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._at = None
                self._end()
                self.given_up.emit()
                event.accept()
            return True
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        self._dragging = False
        _application().removeEventFilter(self)
        self.setCursor(Qt.CursorShape.OpenHandCursor)


def _application() -> QCoreApplication:
    found = QCoreApplication.instance()
    assert found is not None
    return found
