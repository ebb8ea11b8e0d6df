"""The mark in the header of a pane that moves alone, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QToolButton, QWidget

from app.state import ViewerState
from app.texts import tr


class LinkMark(QToolButton):
    """Shown where a pane is unlinked while others are linked; a click links it again."""

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._state = state
        self._number = 0
        self.setAutoRaise(True)
        self.setToolTip(
            tr("This pane moves alone: zoom, cursor and brightness. Click to link it again.")
        )
        self.clicked.connect(lambda: self._state.set_pane(self._number, linked=True))
        self._draw()
        self.hide()

    def set_number(self, number: int) -> None:
        """Serve a pane, counted from 0."""
        self._number = number
        self.setObjectName(f"paneLink{number + 1}")
        self.setAccessibleName(tr("Link pane {0} again").format(number + 1))

    def say(self, *, linked: bool, others: bool) -> None:
        """Show whether the pane moves alone although ``others`` move together."""
        self.setVisible(others and not linked)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        import qtawesome  # late: it reads its fonts

        colour = self.palette().color(QPalette.ColorRole.Highlight)
        draw: Callable[..., QIcon] = qtawesome.icon
        self.setIcon(draw("ph.link-break", color=colour))
