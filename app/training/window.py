"""How the window of training looks: the form on the left, tabs, words and buttons on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.settings import Settings
from app.state import ViewerState
from app.training.form import Form
from app.training.status import Status
from app.training.views import Views
from app.training.widgets import place_whole, small

GEOMETRY = "training/geometry"
SIZE = QSize(1240, 760)


class TrainingWindow(QDialog):
    """The widgets of the window, each in its place; what they do is `TrainingDialog`'s."""

    def __init__(self, state: ViewerState, settings: Settings, parent: QWidget | None) -> None:
        """Lay it out where it was last."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("trainingDialog")
        self.setWindowTitle(self.tr("Train"))
        self._settings = settings
        self.form = Form(state, settings)
        self.views = Views(state)
        self.told = Status()
        self.time = small("trainingTime")
        self.train = self._button("trainingStart", self.tr("Train"))
        self.train.setDefault(True)
        self.pause = self._button("trainingPause", self.tr("Pause"))
        self.cancel = self._button("trainingCancel", self.tr("Cancel"))
        self.view = self._button("trainingOpen", self.tr("Open in viewer"))
        self.copy = self._button("trainingCopy", self.tr("Copy command"))
        self.copy.setToolTip(self.tr("The command that trains the same without this window"))
        self._lay_out()
        geometry = settings.blob(GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            place_whole(self, SIZE)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        left, right, line = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for part in (left, right, line):
            part.setSpacing(8)
        layout.addLayout(left)
        layout.addLayout(right, 1)
        left.addWidget(self.form, 1)
        left.addWidget(self.time)
        left.addWidget(self.train)
        right.addWidget(self.views, 1)
        right.addWidget(self.told)
        right.addLayout(line)
        for button in (self.pause, self.cancel):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.copy, self.view):
            line.addWidget(button)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where it was."""
        self._settings.set(GEOMETRY, self.saveGeometry())
        super().hideEvent(event)
