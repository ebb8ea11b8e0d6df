"""The numbers of runs over their epochs, drawn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from softcam_core.training.runs import RunRecord


class CurvesView(QWidget):
    """One number at a time, of one run or of several on top of each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingCurves")
        self._runs: list[RunRecord] = []

    def show_runs(self, runs: Sequence[RunRecord]) -> None:
        """Show these runs; again and again while they go on."""
        self._runs = list(runs)
