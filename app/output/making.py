"""What the dialogs that make a file have in common: a preview, progress, and an orderly end."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language import in_language
from app.output.figure_run import FigureRun
from app.output.report_run import ReportRun

MARGIN = 8
"""Room between the frame of the preview and what it shows, px."""


class Stoppable(Protocol):
    """A preview that is being drawn."""

    def stop(self) -> None:
        """Draw no more."""


class MakingDialog(QDialog):
    """Asks, shows a preview and writes a file; stays until what is being made has stopped.

    A kind of dialog fills `start`, sets ``run`` while it makes, and calls `finish` after.
    """

    preview: Stoppable

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Name the dialog and its widgets after ``name``, for tests and screen readers' scripts."""
        super().__init__(parent)
        self.setObjectName(f"{name}Dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.run: FigureRun | ReportRun | None = None
        self._closing = False
        self.shown = QLabel()
        self.shown.setObjectName(f"{name}Preview")
        self.shown.setProperty("role", "preview")
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setWordWrap(True)
        self.shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}Progress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        self.error = QLabel()
        self.error.setObjectName(f"{name}Error")
        self.error.setAccessibleName(self.tr("What went wrong"))
        self.error.setProperty("role", "warning")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName(f"{name}Cancel")
        cancel.setAutoDefault(False)
        self.save = self.buttons.addButton(
            self.tr("&Save…"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save.setObjectName(f"{name}Save")
        self.save.setDefault(True)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)

    def lay_out(self, content: QLayout) -> None:
        """Put ``content`` above what went wrong, the progress and the buttons."""
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(content, 1)
        column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.buttons)
        column.addLayout(foot)

    def start(self) -> None:
        """Ask where to, and make the file behind the dialog."""
        raise NotImplementedError

    def show_picture(self, picture: QImage) -> None:
        """Show ``picture`` in the preview, as large as there is room and it has pixels."""
        ratio = self.devicePixelRatioF()
        room = self.shown.size() - QSize(2 * MARGIN, 2 * MARGIN)
        pixmap = QPixmap.fromImage(
            picture.scaled(
                (room * ratio).boundedTo(picture.size()),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        self.shown.setPixmap(pixmap)

    def tell(self, sentence: str) -> None:
        """Say what went wrong; nothing for an empty sentence."""
        self.error.setText(in_language(sentence))
        self.error.setVisible(bool(sentence))

    def finish(self) -> bool:
        """Take leave of the run; return whether the dialog stays."""
        run, self.run = self.run, None
        if run is not None:
            run.deleteLater()
        self.bar.hide()
        if self._closing:
            self.close()
        return not self._closing

    def reject(self) -> None:
        """Stop what is being made; close where there is nothing."""
        if self.run is not None:
            self.run.cancel()
            return
        self.preview.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as soon as what is being made has stopped."""
        if self.run is None:
            self.preview.stop()
            super().closeEvent(event)
            return
        event.ignore()
        self._closing = True
        self.run.cancel()
