"""The evidence of the watched images, epoch by epoch."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget


class WatchedMaps(QWidget):
    """The watched validation images of a run beside their evidence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingMaps")
        self._folder: Path | None = None

    def show_run(self, folder: Path | None) -> None:
        """Show the maps of the run in a folder; None shows nothing."""
        self._folder = folder
