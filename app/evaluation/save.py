"""The report of an evaluation, copied to where the user wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.jobs.asked import ASKED
from softcam_core.evaluation.records import FINISHED


class Saver(QObject):
    """Copies files beside the window.

    Signals:
        saved: one sentence: where it is, or why it is not.
    """

    saved = Signal(str)

    def save(self, folder: Path, target: Path) -> None:
        """Copy report, tables and figures of an evaluation to ``target``, which is made."""
        QThreadPool.globalInstance().start(lambda: self.saved.emit(self._copy(folder, target)))

    def _copy(self, folder: Path, target: Path) -> str:
        try:
            # What a stopped run goes on from, and the ids of cases, are of no use elsewhere.
            left = shutil.ignore_patterns(ASKED, FINISHED, "*.part")
            shutil.copytree(folder, target, ignore=left, dirs_exist_ok=True)
        except (OSError, shutil.Error) as error:
            reason = getattr(error, "strerror", None) or self.tr("the disk refused")
            return self.tr(
                "The report cannot be saved to {0} ({1}); choose another folder."
            ).format(target, reason)
        return self.tr("Saved {0}.").format(target / "report.html")
