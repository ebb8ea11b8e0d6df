"""What went wrong in this program: the log as it is, to read, to copy, or to delete."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.last_run import LOG
from app.theme import TEXT, fitting, scaled
from softcam_core.annotations.location import user_data_dir


class ErrorLog(QDialog):
    """The log of errors; it has neither names of patients nor of their files."""

    def __init__(self, parent: QWidget, log: Path | None = None) -> None:
        """Show ``log``, by default the user's own."""
        super().__init__(parent)
        self._log = log or user_data_dir() / LOG
        self.setObjectName("errorLog")
        self.setWindowTitle(self.tr("Error log"))
        self.resize(fitting(640, 420))
        head = QLabel(
            self.tr(
                "Where in the program errors came from: names of its own files and their lines, "
                "nothing of patients, images or folders. Nothing is sent anywhere."
            )
        )
        head.setWordWrap(True)
        head.setProperty("role", "secondary")
        self.text = QPlainTextEdit()
        self.text.setObjectName("errorText")
        self.text.setAccessibleName(self.tr("Error log"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(scaled(TEXT))
        self.text.document().setDefaultFont(font)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.setObjectName("errorButtons")
        self.copy = self._button("errorCopy", self.tr("Copy"))
        self.copy.clicked.connect(self._copy)
        self.folder = self._button("errorFolder", self.tr("Open folder"))
        self.folder.clicked.connect(self._open)
        self.delete = self._button("errorDelete", self.tr("Delete"))
        self.delete.clicked.connect(self._delete)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        for widget in (head, self.text, self.buttons):
            layout.addWidget(widget)
        self._show()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def _show(self) -> None:
        try:
            text = self._log.read_text("utf-8", "replace")
        except OSError:
            text = ""
        self.text.setPlainText(text or self.tr("Nothing went wrong so far."))
        self.copy.setEnabled(bool(text))
        self.delete.setEnabled(bool(text))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _delete(self) -> None:
        delete(self._log)
        self._show()


def delete(log: Path) -> None:
    """Delete the log; what cannot be deleted is emptied, or stays."""
    try:
        log.unlink(missing_ok=True)
    except OSError:
        try:
            log.write_text("", "utf-8")
        except OSError:
            return
