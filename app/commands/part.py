"""What the commands of every menu need: the window, and a place to save to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from softcam_core.paths import exists

if TYPE_CHECKING:
    from app.main_window import MainWindow


class Part(QObject):
    """The slots of some actions, over the window's parts: one method per action id."""

    def __init__(self, window: MainWindow) -> None:
        """Act on ``window``."""
        super().__init__(window)
        self._window = window

    def _place(self, title: str, kind: str, name: str, suffix: str) -> Path | None:
        """Ask where to save; the dialog has asked before it names a file that is there."""
        proposed = str(Path(self._last_folder()) / f"{name}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, proposed, kind)
        if not chosen or chosen.endswith(suffix):
            return Path(chosen) if chosen else None
        path = Path(chosen + suffix)
        # The dialog asked about the name without its suffix.
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        question = self.tr("{0} already exists. Replace it?").format(path.name)
        if exists(path) and (
            QMessageBox.question(self._window, title, question, buttons)
            != QMessageBox.StandardButton.Yes
        ):
            return None
        return path

    def _last_folder(self) -> str:
        return self._window.settings.text("last/folder") or str(Path.home())
