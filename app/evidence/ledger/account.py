"""The ledger's numbers for the case in view, as arrays, kept up to date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.evidence.ledger.asked import Asked, Region
from app.state import Analysis, LoadedModel, ViewerState
from softcam_core.explain.ledger import (
    CellShare,
    ClassSums,
    Values,
    cell_share,
    class_sums,
)
from softcam_core.explain.ledger_facts import STRONGEST, RegionFacts, region_facts
from softcam_core.explain.ledger_regions import EvidenceRegion, strongest_regions


@dataclass(frozen=True, eq=False)
class Entry:
    """What one model's evidence says of one case; see `softcam_core.explain.ledger`.

    Attributes:
        evidence: (C, h, w) float64.
        order: the classes, the most probable first.
    """

    model: LoadedModel
    analysis: Analysis
    evidence: Values
    sums: ClassSums
    order: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The classes in the model's order."""
        return self.model.spec.classes


class Account(QObject):
    """Follows the case, the class, the region and the cursor.

    Attributes:
        entry: None while there is no evidence to account for.
        shown: the class in view, among those of the entry.
        runner_up: the most probable other one; None where there is none.
        region: what the asked region says; None where nothing is asked about.
        strongest: the strongest regions of the class shown.
        rest: what all its other cells add.
        cell: what the cell under the cursor says; None outside the evidence.
    """

    changed = Signal()  # anything but the cell
    cell_changed = Signal()

    def __init__(self, state: ViewerState, asked: Asked, parent: QObject | None = None) -> None:
        """Account for the case in view of ``state`` and the region of ``asked``."""
        super().__init__(parent)
        self._state = state
        self._asked = asked
        self.entry: Entry | None = None
        self.shown = 0
        self.region: RegionFacts | None = None
        self.strongest: list[EvidenceRegion] = []
        self.rest = 0.0
        self.cell: CellShare | None = None
        self._of: tuple[Entry, int] | None = None
        self._asked_of: tuple[Entry, Region] | None = None
        for signal in (
            state.case_changed,
            state.image_changed,
            state.models_changed,
            state.analysis_changed,
            state.class_changed,
            state.sight_changed,
            asked.changed,
        ):
            signal.connect(self._refresh)
        state.cell_changed.connect(self._on_cell)
        self._refresh()

    @property
    def runner_up(self) -> int | None:
        """The most probable class beside the one shown."""
        order = self.entry.order if self.entry is not None else ()
        return next((index for index in order if index != self.shown), None)

    def _refresh(self) -> None:
        self.entry = self._find()
        if self.entry is None:
            self.strongest, self.rest, self._of = [], 0.0, None
            self.region = self._asked_of = None
        else:
            self._see_class(self.entry)
            self._see_region(self.entry)
        self._look_at_cell()
        self.changed.emit()
        self.cell_changed.emit()

    def _find(self) -> Entry | None:
        """Return the entry of the case in view, the one before if it is still that."""
        model = self._state.evidence_model()
        analysis = self._state.analysis(model)
        if model is None or analysis is None or "evidence" not in analysis.maps:
            return None
        if self.entry is not None and self.entry.analysis is analysis:
            return self.entry
        evidence = analysis.maps["evidence"].astype(np.float64)
        order = np.argsort(-analysis.probabilities, kind="stable").tolist()
        return Entry(model, analysis, evidence, class_sums(evidence), tuple(order))

    def _see_class(self, entry: Entry) -> None:
        name = self._state.shown_class()
        self.shown = entry.names.index(name) if name in entry.names else entry.order[0]
        if self._of is None or self._of[0] is not entry or self._of[1] != self.shown:
            self._of = entry, self.shown
            self.strongest, self.rest = strongest_regions(entry.evidence[self.shown], STRONGEST)

    def _see_region(self, entry: Entry) -> None:
        image, region = self._state.image, self._asked.region
        if image is None or not region.shapes:
            self.region = self._asked_of = None
        elif self._asked_of is None or any(
            own is not other for own, other in zip(self._asked_of, (entry, region), strict=True)
        ):
            self._asked_of = entry, region
            size = image.pixels.shape[0], image.pixels.shape[1]
            logits, seen = entry.analysis.logits, entry.analysis.region
            self.region = region_facts(entry.evidence, logits, region.shapes, seen, size)

    def _on_cell(self) -> None:
        before = self.cell
        self._look_at_cell()
        if self.cell is not before:
            self.cell_changed.emit()

    def _look_at_cell(self) -> None:
        cell, entry = self._state.cell, self.entry
        self.cell = None
        if cell is not None and entry is not None and cell.model == entry.model.id:
            rows, columns = entry.evidence.shape[1:]
            if cell.row < rows and cell.column < columns:
                self.cell = cell_share(entry.evidence, cell.row, cell.column)
