"""The training runs in a folder, in a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class RunsList(QWidget):
    """The runs, the newest first; ticked ones are looked at together.

    Signals:
        chosen: list of `RunRecord`: those that are ticked, whenever they are others or have
            gone on.
        open_model: path of a model file that the user wants to see.
        resume: folder of a run that shall go on.
        removed: folder of a run that is no more.
        told: one sentence, why something was not done.
    """

    chosen = Signal(list)
    open_model = Signal(object)
    resume = Signal(object)
    removed = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingRuns")
        self._folder: Path | None = None

    def fill(self, folder: Path | None) -> None:
        """List the runs of a folder, which need not exist; None lists nothing."""
        self._folder = folder
