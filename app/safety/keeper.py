"""Everything that keeps a study safe while a window is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.annotate.annotator import Annotator
from app.controller import Controller
from app.safety.daily import DailyBackup
from app.safety.follow import Follow
from app.state import ViewerState


class Keeper(QObject):
    """Daily copies, what others write, and the repair of a damaged study."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, controller: Controller, window: QWidget
    ) -> None:
        """Keep the studies that ``controller`` opens; dialogs belong to ``window``."""
        super().__init__(window)
        self._window = window
        self._controller = controller
        self.daily = DailyBackup(state, self)
        self.follow = Follow(state, annotator, self, controller.reopen)
        controller.study_damaged.connect(self._repair)

    def _repair(self, path: Path, sentence: str) -> None:
        """Offer to repair a study that could not be opened, and open it then."""
        from app.safety.damaged import DamagedDialog

        dialog = DamagedDialog(path, sentence, self._window)
        dialog.finished.connect(lambda: self._controller.reopen() if dialog.repaired else None)
        dialog.open()
