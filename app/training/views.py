"""The tabs on the right: curves, maps, runs with their comparison, and the sweep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget

from app.jobs.training_asked import SWEEP
from app.state import ViewerState
from app.training.live.comparison import ComparisonTable
from app.training.live.curves import CurvesView
from app.training.live.maps import WatchedMaps
from app.training.live.runs_list import RunsList
from app.training.live.sweep_view import SweepView
from app.training.sight import hides_maps
from softcam_core.paths import exists
from softcam_core.training.runs import RunRecord
from softcam_core.training.sweep.records import SELECTION


class Views(QTabWidget):
    """What runs say, while they work and later.

    Signals:
        told: one sentence.
    """

    told = Signal(str)

    def __init__(self, state: ViewerState) -> None:
        """Start empty; the protocol of the study of ``state`` may hide the images of a run."""
        super().__init__()
        self.setObjectName("trainingTabs")
        self.setAccessibleName(self.tr("What runs say"))
        self.setDocumentMode(True)
        self._state = state
        self._shown: list[RunRecord] = []
        self.curves, self.maps = CurvesView(state), WatchedMaps()
        self.runs, self.comparison, self.sweep = RunsList(), ComparisonTable(), SweepView()
        self.pair = QSplitter(Qt.Orientation.Vertical)
        self.pair.setObjectName("trainingRunsPair")
        self.pair.setChildrenCollapsible(False)
        self.pair.addWidget(self.runs)
        self.pair.addWidget(self.comparison)
        self.pair.setSizes([300, 260])
        for tab, name in (
            (self.curves, self.tr("Curves")),
            (self.maps, self.tr("Maps")),
            (self.pair, self.tr("Runs")),
            (self.sweep, self.tr("Sweep")),
        ):
            self.addTab(tab, name)
        self.runs.chosen.connect(self.show_runs)
        self.runs.told.connect(self.told)

    def show_runs(self, runs: list[RunRecord]) -> None:
        """Show the runs that are ticked; the maps are those of the first."""
        self._shown = list(runs)
        self.curves.show_runs(runs)
        self.comparison.show_runs(runs)
        self.check_sight()

    def check_sight(self) -> None:
        """Show no maps of images that the protocol hides now."""
        first = self._shown[0] if self._shown else None
        hidden = first is not None and hides_maps(self._state, first)
        self.maps.show_run(first.folder if first is not None and not hidden else None)

    def fill(self, folder: Path | None) -> None:
        """List the runs in a folder, and show its newest sweep."""
        self.runs.fill(folder)
        self.sweep.show_newest(folder)

    def look(self) -> None:
        """Look at once: a run, or the sweep in view, has gone on."""
        self.runs.look()
        self.sweep.look()

    def unfinished_sweep(self) -> Path | None:
        """Return the sweep that is looked at, where it was stopped before its end."""
        folder = self.sweep.folder if self.currentWidget() is self.sweep else None
        if folder is None or not exists(folder / SWEEP) or exists(folder / SELECTION):
            return None
        return folder

    def begin(self, folder: Path, sweep: bool) -> None:
        """Follow a run, or a sweep, that begins now."""
        self.runs.fill(folder.parent)
        if sweep:
            self.sweep.show_sweep(folder)
            self.setCurrentWidget(self.sweep)
