"""The report of an evaluation, copied to where the user wants it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.jobs.asked import ASKED
from app.jobs.runs import REPORT
from app.places import remember, save_folder
from app.settings import Settings
from softcam_core.evaluation.records import FINISHED
from softcam_core.paths import is_file


class Saver(QObject):
    """Copies files beside the window.

    Signals:
        saved: one sentence: where it is, or why it is not.
    """

    saved = Signal(str)

    def ask(self, parent: QWidget, settings: Settings, study: Path, folder: Path) -> None:
        """Ask where the report of an evaluation of ``study`` shall be, and save it there."""
        start = str(save_folder(settings, study))
        chosen = QFileDialog.getExistingDirectory(parent, self.tr("Save report in"), start)
        if chosen:
            remember(settings, study, Path(chosen))
            self.save(folder, Path(chosen) / f"{study.stem}-{folder.name}")

    def save(self, folder: Path, target: Path) -> None:
        """Copy report, tables and figures of an evaluation to ``target``, which is made.

        Where there is something of that name already, a number is added to it.
        """
        QThreadPool.globalInstance().start(lambda: self.saved.emit(self._copy(folder, target)))

    def _copy(self, folder: Path, target: Path) -> str:
        if not is_file(folder / REPORT):
            return self.tr("The evaluation has no report any more; evaluate again.")
        try:
            target = _made(target)
        except OSError as error:
            return self._refused(target, error)
        try:
            # What a stopped run goes on from, and the ids of cases, are of no use elsewhere.
            left = shutil.ignore_patterns(ASKED, FINISHED, "*.part", ".*")
            shutil.copytree(folder, target, ignore=left, dirs_exist_ok=True)
        except (OSError, shutil.Error) as error:
            shutil.rmtree(target, ignore_errors=True)
            return self._refused(target, error)
        if not is_file(target / REPORT):
            return self.tr("The evaluation has no report any more; evaluate again.")
        return self.tr("Saved {0}.").format(target / REPORT)

    def _refused(self, target: Path, error: Exception) -> str:
        reason = getattr(error, "strerror", None) or self.tr("the disk refused")
        return self.tr("The report cannot be saved to {0} ({1}); choose another folder.").format(
            target, reason
        )


def _made(target: Path) -> Path:
    """Make a folder of this name, or of the name and a number, and return it."""
    wanted, number = target, 2
    while True:
        with suppress(FileExistsError):
            wanted.mkdir()
            return wanted
        wanted, number = target.with_name(f"{target.name}-{number}"), number + 1
