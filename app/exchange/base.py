"""What the two dialogs share: fields that fit, a task behind them, and how they close."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from app.exchange.work import Task, Work
from app.language import in_language
from softcam_core.errors import SoftcamError


class ExchangeDialog(QDialog):
    """A dialog with one task at a time; Esc first stops the task, then closes the dialog."""

    def __init__(self, parent: QWidget | None) -> None:
        """Build what both dialogs show at their foot."""
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.work: Work | None = None
        self._closing = False
        self.bar = QProgressBar()
        self.bar.setObjectName("exchangeProgress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setFormat("%v / %m")
        self.bar.hide()
        self.error = QLabel()
        self.error.setObjectName("exchangeError")
        self.error.setAccessibleName(self.tr("What went wrong"))
        self.error.setProperty("role", "warning")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()

    @property
    def busy(self) -> bool:
        """Whether a task is under way."""
        return self.work is not None

    def begin(
        self,
        task: Task,
        done: Callable[[Any], None],
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Start a task; `ended` is called when it is over, whatever became of it.

        ``done`` and ``cancelled`` are methods of the dialog: a closure that holds the dialog would
        be freed while the work is being deleted, and take the dialog, its parent, with it.
        """
        assert self.work is None
        self.tell("")
        work = self.work = Work(task, self)
        work.progressed.connect(self._show_progress)
        work.succeeded.connect(done)
        work.failed.connect(self._on_failed)
        if cancelled is not None:
            work.cancelled.connect(cancelled)
        work.finished.connect(self._on_finished)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.refresh()
        work.start()

    def refresh(self) -> None:
        """Enable what can be used now; the dialogs say what that is."""

    def ended(self) -> None:
        """Go on after a task, whatever became of it; nothing is under way any more."""

    def tell(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it away."""
        self.error.setText(in_language(sentence))
        self.error.setVisible(bool(sentence))

    def reject(self) -> None:
        """Stop the task that is under way; close where there is none."""
        if self.work is None:
            super().reject()
        else:
            self.work.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as soon as the task has stopped."""
        if self.work is None:
            super().closeEvent(event)
            return
        self._closing = True
        self.work.cancel()
        event.ignore()

    def _show_progress(self, done: int, total: int) -> None:
        # A reader that streams knows how far it is, not how far it has to go.
        streaming = done == total and self.bar.maximum() == 0
        self.bar.setRange(0, 0 if streaming else total)
        self.bar.setValue(done)

    def _on_failed(self, error: SoftcamError) -> None:
        self.tell(str(error))

    def _on_finished(self) -> None:
        work, self.work = self.work, None
        if work is not None:
            work.join()
            work.deleteLater()
        self.bar.hide()
        self.refresh()
        if self._closing:
            self._closing = False
            self.close()
        else:
            self.ended()


def combo(name: str, accessible: str) -> QComboBox:
    """Return a choice with its names."""
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def path_edit(name: str, accessible: str) -> QLineEdit:
    """Return a line for a path."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    return made


def button(name: str, text: str) -> QPushButton:
    """Return a push button that Enter does not press by accident."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    return made


def plain_cancel(buttons: QDialogButtonBox, name: str) -> None:
    """Name the button that gives up, and never let Enter press it in place of the default one."""
    cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
    cancel.setObjectName(name)
    cancel.setAutoDefault(False)


def secondary(name: str) -> QLabel:
    """Return a quiet line of text that may wrap."""
    made = QLabel()
    made.setObjectName(name)
    made.setProperty("role", "secondary")
    made.setWordWrap(True)
    return made


def typed_path(edit: QLineEdit) -> Path | None:
    """Return the path that stands in a line, None for none."""
    text = edit.text().strip()
    return Path(text).expanduser() if text else None
