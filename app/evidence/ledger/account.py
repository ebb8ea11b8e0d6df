"""The ledger's numbers for the case in view, as arrays, kept up to date."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.controller.study_settings import point_radius
from app.evidence.ledger.asked import Asked, Region
from app.state import Analysis, LoadedModel, ViewerState
from softcam_core.explain.ledger import (
    CellShare,
    ClassSums,
    Values,
    cell_share,
    class_sums,
)
from softcam_core.explain.ledger_cover import covering
from softcam_core.explain.ledger_facts import STRONGEST, RegionFacts, region_facts
from softcam_core.explain.ledger_regions import EvidenceRegion, strongest_regions

FEW = 64
"""Up to so many shapes are added up at once, more of them bit by bit."""
SLICE_S = 0.008
"""Seconds that the window does nothing else meanwhile."""


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
        self._covering: Iterator[Values | None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._cover_on)
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
    def asked(self) -> bool:
        """Whether there is a region that numbers are asked for."""
        return bool(self._asked.region.shapes)

    @property
    def adding(self) -> bool:
        """Whether the shapes of the region are still added up: there are very many."""
        return self._covering is not None

    @property
    def runner_up(self) -> int | None:
        """The most probable class beside the one shown."""
        order = self.entry.order if self.entry is not None else ()
        return next((index for index in order if index != self.shown), None)

    def _refresh(self) -> None:
        self.entry = self._find()
        if self.entry is None:
            self.strongest, self.rest, self._of = [], 0.0, None
            self._forget_region()
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
            self._forget_region()
        elif self._asked_of is None or any(
            own is not other for own, other in zip(self._asked_of, (entry, region), strict=True)
        ):
            self._forget_region()
            self._asked_of = entry, region
            size = image.pixels.shape[0], image.pixels.shape[1]
            rows, columns = entry.evidence.shape[1:]
            radius = point_radius(self._state.study)
            view = entry.analysis.region
            self._covering = covering(region.shapes, view, (rows, columns), size, radius)
            self._cover(math.inf if len(region.shapes) <= FEW else SLICE_S)

    def _forget_region(self) -> None:
        self._soon.stop()
        self.region = self._asked_of = self._covering = None

    def _cover(self, seconds: float) -> None:
        """Add up the region's shapes for so long; the window may want to do something else."""
        entry, cover, since = self.entry, None, time.perf_counter()
        while self._covering is not None and cover is None:
            cover = next(self._covering)
            if cover is None and time.perf_counter() - since > seconds:
                self._soon.start()
                return
        self._covering = None
        if entry is not None and cover is not None:
            self.region = region_facts(entry.evidence, entry.analysis.logits, cover)

    def _cover_on(self) -> None:
        self._cover(SLICE_S)
        if self._covering is None:
            self.changed.emit()

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
