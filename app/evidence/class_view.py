"""Which classes the panes draw: the one in view, several at once, or at each place the winner."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from app.state import ViewerState
from app.state.values import CLASS_VIEWS


class ClassView(QComboBox):
    """Edits ``state.overlay.classes``."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Observe and change ``state``."""
        super().__init__(parent)
        self._state = state
        self.setObjectName("classView")
        self.setAccessibleName(self.tr("Classes in the maps"))
        self.setToolTip(
            self.tr(
                "What the maps show: the class in view; up to eight classes, each in its hue; or "
                "at each place the class with the most evidence"
            )
        )
        self.addItems([self.tr("One class"), self.tr("Several"), self.tr("Winner")])
        self.activated.connect(lambda place: state.set_overlay(classes=CLASS_VIEWS[place]))
        state.overlay_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setCurrentIndex(CLASS_VIEWS.index(self._state.overlay.classes))
