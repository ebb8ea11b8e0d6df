"""What this program is and is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget


class AboutDialog(QDialog):
    """What this program is and is not."""

    def __init__(self, version: str, parent: QWidget) -> None:
        """Show the version."""
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(self.tr("About SoftCAM Viewer"))
        text = QLabel(
            self.tr(
                "<h3>SoftCAM Viewer {0}</h3>"
                "<p>Review medical images beside a classifier that explains itself.</p>"
                "<p><b>Research use only. Not for diagnosis.</b></p>"
                "<p>The method: Djoumessi and Berens, <i>Soft-CAM: Making black box models "
                "self-explainable for high-stakes decisions</i>.</p>"
                "<p>Apache License 2.0. Nothing leaves this computer: the viewer opens no "
                "network connection.</p>"
            ).format(version)
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(text)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)
