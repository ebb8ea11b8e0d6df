"""Dragging a pane by its header onto another one: they change places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from app.compare import panes
from app.compare.drop_hint import DropHint
from app.compare.slot import Slot
from app.state import ViewerState


class Dragging(QObject):
    """Follows a dragged header, shows where its pane would go, and lets it go there."""

    def __init__(self, state: ViewerState, grid: QWidget) -> None:
        """Serve the panes of ``grid``."""
        super().__init__(grid)
        self._state = state
        self._grid = grid
        self._slots: Sequence[Slot] = ()
        self.hint = DropHint(grid)

    def set_slots(self, slots: Sequence[Slot]) -> None:
        """Serve these panes from now on."""
        self._slots = list(slots)
        for slot in slots:
            slot.pane.header.draggable = len(slots) > 1
        self.hint.lie_over(None)

    def watch(self, slot: Slot) -> None:
        """Follow the header of a new pane."""
        header = slot.pane.header
        header.dragged.connect(lambda place: self._on_dragged(slot, place))
        header.dropped.connect(lambda place: self._on_dropped(slot, place))
        header.given_up.connect(lambda: self.hint.lie_over(None))

    def _on_dragged(self, slot: Slot, place: QPoint) -> None:
        target = self._under(place)
        self.hint.lie_over(target.pane if target is not None and target is not slot else None)

    def _on_dropped(self, slot: Slot, place: QPoint) -> None:
        self.hint.lie_over(None)
        target = self._under(place)
        if target is not None:
            panes.swap(self._state, slot.number, target.number)

    def _under(self, place: QPoint) -> Slot | None:
        """Return the pane under a point of the screen."""
        at = self._grid.mapFromGlobal(place)
        return next((slot for slot in self._slots if slot.pane.geometry().contains(at)), None)
