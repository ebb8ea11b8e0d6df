"""The cursor over the panes: crosshairs, the value in every pane, the cell of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from app import texts
from app.compare.linking import Links
from app.compare.slot import Slot
from app.state import Cell, LoadedModel, ViewerState
from app.texts import tr
from softcam_core.imaging.geometry import Region


@dataclass(frozen=True)
class Probe:
    """What lies under the cursor, as texts for the status bar."""

    x: float
    y: float
    pixel: str
    evidence: str


class Cursor(QObject):
    """Follows the mouse from pane to pane, and tells the state whose cell lies under it."""

    probed = Signal(object)  # a `Probe`, or None when the cursor has left the panes

    def __init__(self, state: ViewerState, links: Links, parent: QObject | None = None) -> None:
        """Start outside every pane."""
        super().__init__(parent)
        self._state = state
        self._links = links
        self._slots: Sequence[Slot] = ()
        self._at: tuple[Slot, float, float] | None = None

    def set_slots(self, slots: Sequence[Slot]) -> None:
        """Serve these panes from now on; the cursor is outside until it moves."""
        self._slots = list(slots)
        self.leave()

    def move(self, slot: Slot, x: float, y: float) -> None:
        """Take note that the mouse is over a pane, at an image point."""
        if slot not in self._slots:
            return
        self._at = slot, x, y
        for other in self._slots:
            shown = other is not slot and self._moves_with(other, slot)
            other.pane.set_crosshair(x if shown else None, y if shown else None)
        self.read()

    def leave(self) -> None:
        """Take note that the mouse is elsewhere."""
        self._at = None
        for slot in self._slots:
            slot.pane.set_crosshair(None)
        self.read()

    def read(self) -> None:
        """Read out again what lies under the cursor: the maps may have changed."""
        if self._at is None:
            for slot in self._slots:
                slot.pane.set_readout("")
            self._state.set_cell(None)
            self.probed.emit(None)
            return
        hovered, x, y = self._at
        for slot in self._slots:
            value = slot.pane.value_at(x, y)[1]
            shown = value is not None and self._moves_with(slot, hovered)
            cell = slot.content.method == "evidence"
            # The status line says beside it what the cell adds to the logit, a number far smaller.
            text = tr("cell {0} {1}") if cell else tr("{0} {1}")
            text = text.format(texts.value_text(value), slot.told.units)
            slot.pane.set_readout(text if shown else "")
        pixel = hovered.pane.value_at(x, y)[0]
        self._state.set_cell(self._cell(hovered, x, y))
        self.probed.emit(Probe(x, y, texts.pixel_text(pixel), self._evidence(x, y)))

    def _moves_with(self, slot: Slot, other: Slot) -> bool:
        links = self._links
        return slot is other or (links.is_linked(slot.pane) and links.is_linked(other.pane))

    def _cell(self, hovered: Slot, x: float, y: float) -> Cell | None:
        """Return the cell of the pane's own evidence, else of the model that the ledger is of."""
        model = None
        if hovered.content.method == "evidence":
            model = self._state.pane_model(hovered.content)
        model = model or self._state.evidence_model()
        analysis = self._state.analysis(model)
        if model is None or analysis is None or "evidence" not in analysis.maps:
            return None
        place = cell_at(analysis.region, analysis.maps["evidence"].shape[1:], x, y)
        return None if place is None else Cell(model.id, *place)

    def _evidence(self, x: float, y: float) -> str:
        """Return what the predicting model's cell under the cursor adds to the class's logit."""
        state = self._state
        model: LoadedModel | None = state.predicting_model()
        name, analysis = state.shown_class(), state.analysis(model)
        if model is None or analysis is None or name is None or "evidence" not in analysis.maps:
            return ""
        if not state.overlay.visible:
            return ""
        values = analysis.maps["evidence"][model.spec.classes.index(name)]
        place = cell_at(analysis.region, values.shape, x, y)
        if place is None:
            return ""
        return texts.share_text(name, float(values[place]), analysis, model, values.size)


def cell_at(region: Region, shape: tuple[int, ...], x: float, y: float) -> tuple[int, int] | None:
    """Return row and column of the cell under an image point, None beside the region."""
    rows, columns = shape
    column, row = np.floor(region.to_grid((x, y), (rows, columns))).astype(int).tolist()
    return (row, column) if 0 <= row < rows and 0 <= column < columns else None
