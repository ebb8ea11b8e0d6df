"""The menu bar and the tool bar of the main window, and the menus that are filled when opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolBar

from app.actions import TOOL_BAR
from app.compare.layouts_menu import LayoutsMenu
from app.menus import Actions
from app.models_menu import ModelsMenu
from app.recent import fill_recent
from app.theme import scaled

if TYPE_CHECKING:
    from app.main_window import MainWindow

ICON = 20
"""Side of the tool bar's icons in screen pixels at the usual size of text."""


class WindowMenus(QObject):
    """Puts the table of actions where a reader finds them."""

    def __init__(self, window: MainWindow, actions: Actions) -> None:
        """Fill the window's menu bar, and add its tool bar."""
        super().__init__(window)
        self._window = window
        self._actions = actions
        menus = actions.fill_menus(window.menuBar())
        self._add_recent(menus["File"], "open_demo", self.tr("Open &recent"), "recent/paths")
        self._add_recent(
            menus["Models"], "close_models", self.tr("&Recent models"), "recent/models"
        )
        self._devices = QMenu(self.tr("&Device"), window)
        self._devices.setObjectName("menu_Device")
        self._devices.aboutToShow.connect(self._fill_devices)
        menus["Models"].insertMenu(actions["model_card"], self._devices)
        self.models = ModelsMenu(
            menus["Models"],
            actions["close_models"],
            window.state,
            window.controller,
            window.docks.card.show_dialog,
        )
        self._layouts = LayoutsMenu(menus["Compare/Layouts"], window.grid.layouts)
        panels = menus["View"].addMenu(self.tr("&Panels"))
        for action in window.docks.toggles():
            panels.addAction(action)
        self.bar = QToolBar(self.tr("Tools"))
        self.bar.setObjectName("toolBar")
        self.bar.setMovable(False)
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show_tools(TOOL_BAR)
        window.addToolBar(self.bar)

    def show_tools(self, groups: Iterable[Iterable[str]]) -> None:
        """Show groups of actions in the tool bar."""
        self._actions.fill_tool_bar(self.bar, groups)

    def draw_icons(self) -> None:
        """Draw the icons in the theme's colours and the text's size."""
        c = self._window.look.colours
        self._actions.set_icons(c.text, c.edge, c.accent)
        self.bar.setIconSize(QSize(scaled(ICON), scaled(ICON)))

    def _add_recent(self, menu: QMenu, before: str, title: str, key: str) -> None:
        window = self._window
        recent = QMenu(title, window)
        recent.setObjectName(f"menu_{key}")
        open_path = window.open_recent if key == "recent/paths" else window.open_model
        recent.aboutToShow.connect(lambda: fill_recent(recent, window.settings, key, open_path))
        menu.insertMenu(self._actions[before], recent)

    def _fill_devices(self) -> None:
        controller = self._window.controller
        self._devices.clear()
        group = QActionGroup(self._devices)
        for device, text in controller.devices():
            action = self._devices.addAction(text)
            action.setCheckable(True)
            action.setChecked(device == self._window.state.device)
            action.triggered.connect(lambda _=False, d=device: controller.set_device(d))
            group.addAction(action)
