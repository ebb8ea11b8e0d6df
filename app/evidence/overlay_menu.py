"""The rest of how maps are drawn: what is changed seldom, in one menu."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.state import ViewerState


class OverlayMenu(QMenu):
    """Checks of ``state.overlay``, its colours, and the way back to the study's limits."""

    def __init__(self, state: ViewerState, parent: QWidget) -> None:
        """Change ``state``; filled whenever it opens."""
        super().__init__(parent)
        self._state = state
        self.setObjectName("overlayMenu")
        self.setToolTipsVisible(True)
        self._colours = QMenu(self.tr("Colours"), self)
        self._colours.setObjectName("overlayColours")
        self._group = QActionGroup(self)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Show how things are now."""
        self.clear()
        overlay = self._state.overlay
        for name, text, on in (
            ("smooth", self.tr("Smooth between the cells"), overlay.smooth),
            ("grid", self.tr("Grid of the model's cells"), overlay.grid),
            ("positive", self.tr("Only what speaks for the class"), overlay.positive),
            ("field", self.tr("What the cell under the cursor sees"), overlay.field),
        ):
            action = self.addAction(text)
            action.setObjectName(f"overlay_{name}")
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(lambda on, name=name: self._set(name, on))
        self._colours.clear()
        self.addMenu(self._colours)
        for pair, text in (
            ("auto", self.tr("To suit the image")),
            ("grey", self.tr("Orange and blue")),
            ("fundus", self.tr("Turquoise and violet")),
            ("print", self.tr("Light and dark, for grey print")),
        ):
            action = self._colours.addAction(text)
            action.setObjectName(f"colours_{pair}")
            action.setCheckable(True)
            action.setChecked(pair == overlay.colours)
            action.triggered.connect(lambda _=False, pair=pair: self._set("colours", pair))
            self._group.addAction(action)
        self.addSeparator()
        reset = self.addAction(self.tr("Reset limits"))
        reset.setObjectName("overlayResetLimits")
        reset.setEnabled(bool(self._state.own_limits))
        reset.triggered.connect(self._reset)

    def _set(self, name: str, value: Any) -> None:
        self._state.set_overlay(**{name: value})

    def _reset(self) -> None:
        for key in list(self._state.own_limits):
            self._state.set_own_limit(key, None)
