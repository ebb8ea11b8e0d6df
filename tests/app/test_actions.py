"""The one table of actions: every entry works, no key is given twice, rebinding is kept."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QToolBar, QWidget

from app.actions import ACTIONS, MENUS, TOOL_BAR
from app.commands import Commands
from app.menus import Actions
from app.settings import Settings


@pytest.fixture
def owner(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def called():
    return []


@pytest.fixture
def actions(owner, called):
    return Actions(owner, lambda spec: lambda *_: called.append(spec.id), Settings())


def test_no_key_belongs_to_two_actions():
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_is_one_that_qt_knows():
    for spec in ACTIONS:
        for key in spec.keys:
            assert QKeySequence(key).toString(), f"{spec.id}: {key}"


def test_ids_are_unique_and_menus_known():
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    assert {spec.menu for spec in ACTIONS} == set(MENUS)


def test_every_action_has_a_command():
    for spec in ACTIONS:
        name = (spec.group or "status") if spec.data else spec.id
        assert callable(getattr(Commands, name)), spec.id


def test_every_action_stands_in_a_menu(actions, owner):
    bar = QMenuBar(owner)
    menus = actions.fill_menus(bar)
    shown = {a.objectName() for menu in menus.values() for a in menu.actions()}
    assert {f"action_{spec.id}" for spec in ACTIONS} <= shown
    assert actions["theme_dark"] in menus["View/Theme"].actions()


def test_the_tool_bar_names_actions_of_the_table(actions, owner):
    bar = QToolBar(owner)
    actions.fill_tool_bar(bar)
    shown = [a.objectName() for a in bar.actions() if not a.isSeparator()]
    assert shown == [f"action_{i}" for group in TOOL_BAR for i in group]


def test_an_action_calls_its_slot(actions, called):
    actions["next_case"].trigger()
    assert called == ["next_case"]


def test_one_tool_of_the_group_is_on(actions):
    actions["tool_box"].setChecked(True)
    actions["tool_polygon"].setChecked(True)
    assert not actions["tool_box"].isChecked()


def test_rebinding_is_kept_and_the_old_key_is_free(actions, owner):
    actions.rebind("fit", ("Ctrl+9",))
    assert actions.holder("Ctrl+9").id == "fit"
    assert actions.holder("F") is None
    again = Actions(owner, lambda spec: lambda: None, Settings())
    assert [k.toString() for k in again["fit"].shortcuts()] == ["Ctrl+9"]


def test_an_action_may_lose_its_keys_for_good(actions, owner):
    actions.rebind("fit", ())
    again = Actions(owner, lambda spec: lambda: None, Settings())
    assert again["fit"].shortcuts() == []


def test_the_tip_names_the_keys(actions):
    assert "Ctrl+Z" in actions["undo"].toolTip()


def test_every_icon_is_in_the_set(qapp):
    import qtawesome

    for spec in ACTIONS:
        if spec.icon:
            assert not qtawesome.icon(spec.icon).isNull(), spec.id


def test_the_menu_shows_keys_that_a_tool_takes(actions):
    """Qt must not take them itself: the tool moves what it holds, and stores a row of keys once."""
    left = actions["nudge_left"]
    assert left.text().endswith("\tCtrl+Left")
    assert left.shortcuts() == []
    assert "\t" not in left.toolTip() + left.iconText()
