"""How long a reader has been at it: the seconds without the pauses."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

PAUSE_S = 60.0
"""For so long after a key or a move of the mouse a reader still looks at the image."""

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class ActiveClock(QObject):
    """Runs while the program is in front and was used within the last minute.

    It counts by a clock that is never set back, and as an event filter of the window's own
    handle hears of every key and move of the mouse once, before any widget does.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        now: Callable[[], float] = time.monotonic,
        in_front: Callable[[], bool] | None = None,
    ) -> None:
        """Count from now on; ``now`` and ``in_front`` can be replaced for tests."""
        super().__init__(parent)
        self._now = now
        self._in_front = in_front or (lambda: QApplication.activeWindow() is not None)
        self._counted_to = now()
        self._last_sign = self._counted_to
        self._seconds = 0.0

    def touch(self) -> None:
        """Take note of a sign of life."""
        self._count()
        self._last_sign = self._now()

    def take(self) -> float:
        """Return the active seconds since the last call."""
        self._count()
        seconds, self._seconds = self._seconds, 0.0
        return seconds

    def start_again(self) -> None:
        """Forget what was counted: another case begins, and coming to it is a sign of life."""
        self._count()
        self._seconds = 0.0
        self._last_sign = self._now()

    def _count(self) -> None:
        """Add what lies between the last count and now, up to the beginning of a pause."""
        now = self._now()
        end = min(now, self._last_sign + PAUSE_S)
        if self._in_front():
            self._seconds += max(0.0, end - self._counted_to)
        self._counted_to = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen to keys and mouse; pass everything on."""
        if event.type() in _SIGNS_OF_LIFE:
            self.touch()
        return super().eventFilter(watched, event)


def clock_text(seconds: float) -> str:
    """Return minutes and seconds, ``02:13``; from an hour on with hours, ``1:02:13``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
