"""The study's own layouts in the menu Compare > Layouts."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.compare.layout_keeper import LayoutKeeper


class LayoutsMenu(QObject):
    """Fills the end of a menu with the layouts that have a name, whenever it is opened."""

    def __init__(self, menu: QMenu, keeper: LayoutKeeper) -> None:
        """Add to ``menu``, below what stands there."""
        super().__init__(menu)
        self._menu = menu
        self._keeper = keeper
        self._own: list[QAction] = []
        menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the layouts that there are now."""
        for action in self._own:
            self._menu.removeAction(action)
            action.deleteLater()
        self._own = []
        names = self._keeper.names()
        if names:
            self._own.append(self._menu.addSeparator())
        for name in names:
            action = self._menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, n=name: self._keeper.choose(n))
            self._own.append(action)
