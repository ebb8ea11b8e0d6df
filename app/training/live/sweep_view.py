"""The selection of a lambda: accuracy and AUC, or kappa, against its values."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class SweepView(QWidget):
    """The plot, the table of values, and the rule in words.

    Signals:
        train_chosen: path of the configuration with the chosen value.
    """

    train_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingSweep")
        self._folder: Path | None = None

    def show_sweep(self, folder: Path | None) -> None:
        """Show the selection in a folder; None shows nothing."""
        self._folder = folder
