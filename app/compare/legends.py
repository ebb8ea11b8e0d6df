"""The legends of all panes say what the ends of their colours mean, or none of them does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from app.compare.slot import Slot


class Legends(QObject):
    """Gives the legends of one grid the same words."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without panes."""
        super().__init__(parent)
        self._slots: Sequence[Slot] = ()
        # Many footers change at once: they are compared when all have.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fit)

    def watch(self, slot: Slot) -> None:
        """Follow what the footer of a pane has room for."""
        slot.pane.footer.fitted.connect(self._soon.start)

    def set_slots(self, slots: Sequence[Slot]) -> None:
        """Serve these panes from now on."""
        self._slots = list(slots)
        self._soon.start()

    def _fit(self) -> None:
        footers = [slot.pane.footer for slot in self._slots]
        words = all(footer.has_room_for_words() for footer in footers)
        for footer in footers:
            footer.set_words(words)
