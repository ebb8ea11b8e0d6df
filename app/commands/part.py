"""What the commands of every menu need: the window, and a place to save to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from app.saving import ask_where
from softcam_core.errors import SoftcamError

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
        """Ask where to save, in the folder of last time, as `app.saving.ask_where` does."""
        proposed = Path(self._last_folder()) / f"{name}{suffix}"
        return ask_where(self._window, title, proposed, kind, self._window.state)

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
