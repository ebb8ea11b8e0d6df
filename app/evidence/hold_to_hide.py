"""Something that is hidden while a button or key is held, and surely comes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

ENDS = (QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate, QEvent.Type.Hide)
"""After these the release may go to another program and never be told."""


class Hold(QObject):
    """Between `begin` and the release, or the loss of the window, something is hidden."""

    def __init__(
        self,
        owner: QObject,
        hide: Callable[[], object],
        show: Callable[[], object],
    ) -> None:
        """Call ``hide`` when the hold begins and ``show`` when it ends, however it does."""
        super().__init__(owner)
        self._hide, self._show = hide, show
        self._key: int | None = None
        self.held = False

    def begin(self, key: Qt.Key | None = None) -> None:
        """Hide, until `end` or the release of ``key``, wherever the focus is by then."""
        if not self.held:
            self.held = True
            self._key = None if key is None else key.value
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self)
            self._hide()

    def end(self) -> None:
        """Show again; without a hold nothing happens."""
        if self.held:
            self.held = False
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End with the key's release or with the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            if event.key() == self._key and not event.isAutoRepeat():
                self.end()
        elif event.type() in ENDS and (watched is self.parent() or _is_window_of(self, watched)):
            self.end()
        return super().eventFilter(watched, event)


class HoldToHide(Hold):
    """The hold of a button."""

    def __init__(
        self, button: QPushButton, hide: Callable[[], object], show: Callable[[], object]
    ) -> None:
        """Hide while ``button`` is down."""
        super().__init__(button, hide, show)
        button.pressed.connect(self.begin)
        button.released.connect(self.end)


def _is_window_of(hold: Hold, watched: QObject) -> bool:
    """Say whether an object is the program, or the window that the hold belongs to."""
    if watched is QApplication.instance():
        return True
    parent = hold.parent()
    return isinstance(parent, QWidget) and watched is parent.window()
