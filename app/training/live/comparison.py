"""Runs side by side: in what they differ, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from softcam_core.training.runs import RunRecord


class ComparisonTable(QWidget):
    """A column for each run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingComparison")
        self._runs: list[RunRecord] = []

    def show_runs(self, runs: Sequence[RunRecord]) -> None:
        """Compare these runs."""
        self._runs = list(runs)
