"""What the commands of every menu need: the window, and a place to save to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from softcam_core.errors import SoftcamError
from softcam_core.paths import exists

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from softcam_core.annotations.study import Study


class Part(QObject):
    """The slots of some actions, over the window's parts: one method per action id."""

    def __init__(self, window: MainWindow) -> None:
        """Act on ``window``."""
        super().__init__(window)
        self._window = window

    def _run(self, dialog: QDialog) -> int:
        """Let a dialog ask, and leave nothing of it behind."""
        try:
            return dialog.exec()
        finally:
            dialog.deleteLater()

    def _place(self, title: str, kind: str, name: str, suffix: str) -> Path | None:
        """Ask where to save; the dialog has asked before it names a file that is there.

        ``kind`` holds patterns, ``PNG (*.png);;PDF (*.pdf)``: a name with one of their suffixes
        is taken as it was typed, any other gets that of the kind that was picked.
        """
        proposed = str(Path(self._last_folder()) / f"{name}{suffix}")
        chosen, picked = QFileDialog.getSaveFileName(self._window, title, proposed, kind)
        known = [suffix, *re.findall(r"\*(\.\w+)", kind)]
        if not chosen or chosen.lower().endswith(tuple(known)):
            return Path(chosen) if chosen else None
        path = Path(chosen + (re.findall(r"\*(\.\w+)", picked) or known)[0])
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

    def _ready_study(self) -> Study | None:
        """Return the open study with every edit in it; None, and say why, where there is none."""
        window = self._window
        study = window.state.study
        if study is None:
            window.tell(self.tr("No study is open; open a folder first."))
            return None
        window.annotator.retry()
        if window.annotator.unsaved:
            window.tell(self.tr("The last edits are not saved yet; try again when they are."))
            return None
        try:
            study.readers()
        except SoftcamError as error:
            window.tell(str(error))
            return None
        return study
