"""What the next start says of an end that nobody meant, and offers to show."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.dialogs.error_log import ErrorLog, delete
from app.last_run import Run


class CrashBar(QFrame):
    """One line over the panes, in nobody's way: details, delete, or not now."""

    def __init__(self, run: Run, parent: QWidget) -> None:
        """Say how the run before ``run`` ended."""
        super().__init__(parent)
        self._run = run
        self.setObjectName("crashBar")
        self.label = QLabel(
            self.tr("SoftCAM Viewer ended unexpectedly last time. Your marks are saved.")
            if run.ended_badly
            else self.tr("Something went wrong in SoftCAM Viewer last time.")
        )
        self.label.setObjectName("crashText")
        self.label.setWordWrap(True)
        row = QHBoxLayout()
        row.addStretch(1)
        self.details = self._button(row, "crashDetails", self.tr("Show details"))
        self.details.clicked.connect(self._show)
        self.delete = self._button(row, "crashDelete", self.tr("Delete the log"))
        self.delete.clicked.connect(self._delete)
        self.later = self._button(row, "crashLater", self.tr("Not now"))
        self.later.clicked.connect(self._leave)
        layout = QHBoxLayout(self) if parent.width() > 800 else QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addLayout(row)

    def _button(self, row: QHBoxLayout, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        row.addWidget(button)
        return button

    def _show(self) -> None:
        log = ErrorLog(self, self._run.log)
        log.exec()
        log.deleteLater()
        self._leave()

    def _delete(self) -> None:
        delete(self._run.log)
        self._leave()

    def _leave(self) -> None:
        self._run.seen()
        self.hide()
        self.deleteLater()
