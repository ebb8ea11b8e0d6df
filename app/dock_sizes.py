"""The sizes of the panels at each size of text: what one leaves comes back when one returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from app.arrangement import LAYOUT_VERSION

if TYPE_CHECKING:
    from app.main_window import MainWindow

KEY = "arrangement/text"
SETTLED_MS = 100
"""So long after the text what is measured by it may still change its height."""


class DockSizes(QObject):
    """Lets the panels go with the text, and keeps the layout of each size of text.

    A layout is taken again while the same panels are in the same places; otherwise the panels
    grow and shrink by as much as the text.
    """

    def __init__(self, window: MainWindow) -> None:
        """Follow the size of text of ``window``."""
        super().__init__(window)
        self._window = window
        self._before: dict[str, int] = {}
        self._again: Callable[[], None] = lambda: None
        self._soon, self._settled = QTimer(self), QTimer(self)
        for timer, delay in ((self._soon, 0), (self._settled, SETTLED_MS)):
            timer.setSingleShot(True)
            timer.setInterval(delay)
            timer.timeout.connect(lambda: self._again())
        look = window.look
        look.resizing.connect(self._keep)
        look.resized.connect(self._follow)

    def _keep(self) -> None:
        """Take note of the layout before the text changes."""
        window = self._window
        self._before = window.docks.lengths(Qt.Orientation.Horizontal)
        key = _key(window.look.scale)
        window.settings.set(f"{key}/layout", window.saveState(LAYOUT_VERSION))
        window.settings.set(f"{key}/places", window.docks.places())

    def _follow(self, ratio: float) -> None:
        """Return to the layout of this size of text, or make one from that of the last."""
        window = self._window
        key = _key(window.look.scale)
        layout = window.settings.blob(f"{key}/layout")
        if layout is not None and window.settings.text(f"{key}/places") == window.docks.places():

            def arrange() -> None:
                window.restoreState(layout, LAYOUT_VERSION)
        else:
            widths = {name: round(width * ratio) for name, width in self._before.items()}

            def arrange() -> None:
                window.docks.resize(window.docks.within(widths), Qt.Orientation.Horizontal)

        scale, places = window.look.scale, window.docks.places()

        def again() -> None:
            if (window.look.scale, window.docks.places()) == (scale, places):
                arrange()

        arrange()
        # Again when what they hold has its new size, and its rows theirs.
        self._again = again
        self._soon.start()
        self._settled.start()


def _key(scale: float) -> str:
    return f"{KEY}/{round(100 * scale)}"
