"""The menus fit a laptop's screen, at the usual size of text, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from app import language
from app.actions import ACTIONS, MENUS
from app.main_window import MainWindow
from app.menus import Actions
from app.settings import Settings
from app.theme import apply_theme

HIGHEST = 700
"""Pixels that a menu may take: a screen of 768 less its bars."""


@pytest.fixture(params=["en", "de"])
def spoken(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Each language in turn, then English again."""
    language.install(qapp, request.param)
    apply_theme(qapp, "dark")
    yield
    language.install(qapp, "en")


def _menus(bar: QMenuBar) -> Iterator[QMenu]:
    """Return the menus of a bar and theirs, filled as when they are opened."""
    waiting = [action.menu() for action in bar.actions()]
    while waiting:
        menu = waiting.pop()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()
            yield menu
            waiting += [action.menu() for action in menu.actions()]


def test_every_menu_fits_a_low_screen(spoken: None, qtbot: Any) -> None:
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.show()
    qtbot.waitExposed(window)
    heights = {menu.title(): menu.sizeHint().height() for menu in _menus(window.menuBar())}
    assert len(heights) > len(MENUS)
    assert {name: height for name, height in heights.items() if height > HIGHEST} == {}


def test_a_line_stands_before_a_submenu_or_within_it(qtbot: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    menus = Actions(owner, lambda spec: lambda *_: None, Settings()).fill_menus(QMenuBar(owner))
    style = menus["View/Style of the maps"].actions()
    assert style[-2].isSeparator()
    assert style[-1].objectName() == "action_next_style"
    view = menus["View"].actions()
    presets = view.index(menus["View/Presets"].menuAction())
    assert view[presets - 1].isSeparator()
    assert not any(menu.actions()[0].isSeparator() for menu in menus.values())
    assert {spec.id for spec in ACTIONS} == {
        action.objectName().removeprefix("action_")
        for menu in menus.values()
        for action in menu.actions()
        if action.objectName()
    }
