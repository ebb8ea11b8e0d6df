"""The frame of the main window: what the desktop sends to it, as signals with a meaning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow


class Frame(QMainWindow):
    """A window that takes files, knows a key that is held, and can fill the screen.

    Signals:
        dropped: the paths of files that were dropped on it.
        held: a key that lasts went down; which one.
        filled: the window fills the screen, or not any more.

    Attributes:
        lasts: returns whether a key is one whose holding counts.
        lets_go: lets go of what Esc takes away first; returns whether there was anything.
    """

    dropped = Signal(list)
    held = Signal(object)
    filled = Signal(bool)

    def __init__(self) -> None:
        """Take files."""
        super().__init__()
        self.setAcceptDrops(True)
        self.lasts: Callable[[QKeyEvent], bool] = lambda _event: False
        self.lets_go: Callable[[], bool] = lambda: False
        self._before = Qt.WindowState.WindowNoState

    # The screen

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or return to what the window was: maximised or of its own size."""
        if full == self.isFullScreen():
            return
        if full:
            self._before = self.windowState() & Qt.WindowState.WindowMaximized
            self.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        else:
            self.setWindowState(self._before)

    def changeEvent(self, event: QEvent) -> None:
        """Say when the screen is filled."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.filled.emit(self.isFullScreen())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Listen for the key that lasts, and let Esc leave the full screen."""
        if self.lasts(event):
            if not event.isAutoRepeat():
                self.held.emit(Qt.Key(event.key()))
        elif event.key() == Qt.Key.Key_Escape and self.lets_go():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.set_full_screen(False)
        else:
            super().keyPressEvent(event)

    # The desktop

    def event(self, event: QEvent) -> bool:
        """Keep status tips out of the status bar: they would hide what always stands there."""
        return event.type() == QEvent.Type.StatusTip or super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on what was dropped."""
        urls = event.mimeData().urls()
        self.dropped.emit([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()
