"""What to do with a damaged study: take a copy of an earlier day, or read what is left of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.language import in_language
from app.texts import tr
from softcam_core.annotations.backups import Backup, backups_of, restore
from softcam_core.annotations.repair import rescue_in_place
from softcam_core.errors import SoftcamError


class DamagedDialog(QDialog):
    """Offers the copies of a damaged study and the rescue of what can still be read.

    Nothing here deletes the damaged file: it keeps its content under another name.
    """

    def __init__(self, path: Path, sentence: str, parent: QWidget | None = None) -> None:
        """Offer what there is for the study at ``path``."""
        super().__init__(parent)
        self.setObjectName("damagedStudy")
        self.setWindowTitle(self.tr("The study is damaged"))
        self.setMinimumWidth(560)
        self.path = path
        self.repaired = False
        self._worker: _Work | None = None
        self.text = QLabel(sentence)
        self.text.setObjectName("damagedText")
        self.text.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("backupList")
        self.list.setAccessibleName(self.tr("Copies of the study"))
        for backup in backups_of(path):
            item = QListWidgetItem(self._describe(backup))
            item.setData(256, backup)
            self.list.addItem(item)
        heading = QLabel(
            self.tr("Copies that were made of it, the newest first:")
            if self.list.count()
            else self.tr("No copy of it was made yet.")
        )
        heading.setProperty("role", "secondary")
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.note = QLabel(
            self.tr(
                "Reading what is left usually finds more than yesterday's copy. Whatever you "
                "choose, the damaged file is kept beside the study under another name."
            )
        )
        self.note.setObjectName("damagedNote")
        self.note.setWordWrap(True)
        self.note.setProperty("role", "secondary")
        self.rescue = QPushButton(self.tr("Read what is left"))
        self.rescue.setObjectName("rescueStudy")
        self.rescue.clicked.connect(self._rescue)
        self.restore = QPushButton(self.tr("Take the chosen copy"))
        self.restore.setObjectName("restoreBackup")
        self.restore.setEnabled(self.list.count() > 0)
        self.restore.clicked.connect(self._restore)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.addButton(self.rescue, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for widget in (self.text, heading, self.list, self.note, self.buttons):
            layout.addWidget(widget)

    def _describe(self, backup: Backup) -> str:
        when = backup.time.astimezone().strftime("%Y-%m-%d %H:%M")
        return self.tr("{0}  –  {1} marks").format(when, backup.annotations)

    def _restore(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            backup = item.data(256)
            self._start(lambda: restore_text(backup, self.path))

    def _rescue(self) -> None:
        self._start(lambda: rescue_text(self.path))

    def _start(self, work: Callable[[], str]) -> None:
        """Work in a thread; the dialog waits with its buttons off."""
        self.buttons.setEnabled(False)
        self.note.setText(self.tr("Working…"))
        self._worker = _Work(work, self)
        self._worker.done.connect(self._finish)
        self._worker.start()

    def _finish(self, repaired: bool, text: str) -> None:
        assert self._worker is not None
        self._worker.wait()
        self.buttons.setEnabled(True)
        self.text.setText(in_language(text))
        self.repaired = repaired
        if repaired:
            self.note.setText(self.tr("Close this window to open the study."))
            self.rescue.hide()
            self.restore.hide()
            self.list.hide()
        else:
            self.note.setText(self.tr("Nothing was changed."))

    def reject(self) -> None:
        """Close, unless work is under way."""
        if self._worker is None or not self._worker.isRunning():
            super().reject()


class _Work(QThread):
    """One repair in a thread."""

    done = Signal(bool, str)  # whether it succeeded, and what to say

    def __init__(self, work: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._run = work

    def run(self) -> None:
        """Do it."""
        try:
            text = self._run()
        except (SoftcamError, OSError) as error:
            self.done.emit(False, str(error))
        else:
            self.done.emit(True, text)


def restore_text(backup: Backup, path: Path) -> str:
    """Put a copy in the study's place; return what to tell.

    Raises:
        StudyError: that failed; the study is as it was.
    """
    aside = restore(backup, path)
    time = f"{backup.time.astimezone():%Y-%m-%d %H:%M}"
    if aside is None:
        return tr("The copy of {0} is the study now.").format(time)
    text = tr("The copy of {0} is the study now. The damaged file is {1}.")
    return text.format(time, aside.name)


def rescue_text(path: Path) -> str:
    """Let what is left of a study take its place; return what to tell.

    Raises:
        StudyError: that failed; the study is as it was.
    """
    found, aside = rescue_in_place(path)
    lost = "; ".join(map(in_language, found.lost)) or tr("nothing known is lost")
    marks = found.counts.get("annotations", 0)
    text = tr("{0} marks were read ({1}). The damaged file is {2} now.")
    return text.format(marks, lost, aside.name)
