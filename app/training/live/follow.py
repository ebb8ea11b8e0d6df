"""Looks into folders beside the window, again and again while something goes on there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QEvent, QObject, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QWidget

EVERY_MS = 1000


class Follower(QObject):
    """Looks on behalf of a widget: when told to, when it is shown, and each second while it is.

    Signals:
        found: what a look returned.
    """

    found = Signal(object)
    _answered = Signal(int, object)

    def __init__(self, widget: QWidget, whole_window: bool = False) -> None:
        """Look for ``widget``, nowhere yet.

        ``whole_window``: look as long as its window is seen, whether it itself is or not.
        """
        super().__init__(widget)
        self._widget = widget
        self._whole_window = whole_window
        self._look: Callable[[], Any] | None = None
        self._number = 0
        self._busy = self._again = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_second)
        self._answered.connect(self._on_answered)
        widget.installEventFilter(self)

    def look_with(self, look: Callable[[], Any] | None) -> None:
        """Look in another way, at once; None looks no more. ``look`` runs on another thread."""
        self._look = look
        self._number += 1
        self.go_on(False)
        self.ask()

    def go_on(self, goes_on: bool) -> None:
        """Say whether there will be more to see."""
        if goes_on != self._timer.isActive():
            (self._timer.start if goes_on else self._timer.stop)()

    @property
    def is_following(self) -> bool:
        """Whether it looks each second, while it is seen."""
        return self._timer.isActive()

    def ask(self) -> None:
        """Look once; while a look is under way, once more after it."""
        if self._look is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        number, look = self._number, self._look
        QThreadPool.globalInstance().start(lambda: self._run(number, look))

    def _run(self, number: int, look: Callable[[], Any]) -> None:
        answer = look()
        with suppress(RuntimeError):  # The window may be gone meanwhile.
            self._answered.emit(number, answer)

    def _on_answered(self, number: int, answer: Any) -> None:
        self._busy = False
        if number == self._number:
            self.found.emit(answer)
        if self._again:
            self._again = False
            self.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when the widget is shown."""
        if watched is self._widget and event.type() == QEvent.Type.Show:
            self.ask()
        return super().eventFilter(watched, event)

    def _on_second(self) -> None:
        if (self._widget.window() if self._whole_window else self._widget).isVisible():
            self.ask()
