"""The legend says the limits, whose they are, and lets the user choose others."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from app.canvas.legend import Legend, shared_out
from app.canvas.legend_menu import LegendMenu
from app.canvas.look import Look

CLASSES = (("normal", (255, 0, 0)), ("moderate disease", (0, 0, 255)))


@pytest.fixture
def legend(qtbot):
    made = Legend()
    qtbot.addWidget(made)
    made.set_scale(2.5, "logit", Look())
    made.resize(made.sizeHint())
    made.show()
    return made


@pytest.fixture(autouse=True)
def opened(monkeypatch):
    """The menus that were asked to open: a screen that is not there has no place for them."""
    menus: list[LegendMenu] = []
    monkeypatch.setattr(LegendMenu, "popup", lambda menu, _place: menus.append(menu))
    return menus


def menu_of(legend: Legend) -> LegendMenu:
    place = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, legend.mapToGlobal(place))
    QApplication.sendEvent(legend, event)
    return legend.findChildren(LegendMenu)[-1]


def choose(legend: Legend, name: str) -> None:
    menu = menu_of(legend)
    next(a for a in menu.actions() if a.objectName() == name).trigger()


def test_the_menu_halves_and_doubles(qtbot, legend):
    for name, limit in (("halfLimit", 1.25), ("doubleLimit", 5.0)):
        with qtbot.waitSignal(legend.limit_chosen) as told:
            choose(legend, name)
        assert told.args == [limit]


def test_the_way_back_is_there_for_an_own_limit_alone(qtbot, legend):
    reset = next(a for a in menu_of(legend).actions() if a.objectName() == "resetLimit")
    assert not reset.isEnabled()
    legend.set_own(own=True)
    with qtbot.waitSignal(legend.reset_chosen):
        choose(legend, "resetLimit")


@pytest.mark.parametrize("limit", [2.5, 0.0004, 130.0])
def test_a_double_click_asks_for_the_limit(qtbot, legend, limit):
    legend.set_scale(limit, "a.u.", Look())
    QTest.mouseDClick(legend, Qt.MouseButton.LeftButton)
    dialog = legend.findChild(QInputDialog)
    assert dialog.doubleValue() == pytest.approx(limit)
    dialog.setDoubleValue(limit * 1.5)
    with qtbot.waitSignal(legend.limit_chosen) as told:
        dialog.accept()
    assert told.args == [pytest.approx(limit * 1.5)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_opens_the_menu(qtbot, legend, opened, key):
    assert legend.focusPolicy() == Qt.FocusPolicy.StrongFocus
    qtbot.keyClick(legend, key)
    assert len(opened) == 1


def test_without_a_map_or_a_limit_to_change_it_takes_no_focus(legend):
    legend.set_own(own=False, adjustable=False)
    assert legend.focusPolicy() == Qt.FocusPolicy.NoFocus
    QTest.mouseDClick(legend, Qt.MouseButton.LeftButton)
    assert legend.findChild(QInputDialog) is None
    legend.set_own(own=False)
    legend.set_scale(None, "", Look())
    assert legend.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_an_own_limit_is_marked(legend, painted):
    before, width = painted(legend), legend.sizeHint().width()
    legend.set_own(own=True)
    assert legend.sizeHint().width() > width
    assert "own limit" in legend.accessibleDescription()
    assert "your own" in legend.toolTip()
    assert not np.array_equal(painted(legend)[:, : before.shape[1]], before)


def test_positive_only_begins_at_zero(legend):
    legend.set_scale(2.5, "logit", Look(positive=True))
    assert legend.accessibleDescription() == "0 to +2.5 logit"


def test_a_threshold_shows_what_is_left_out(legend, painted):
    before = painted(legend)
    legend.set_scale(2.5, "logit", Look(style="threshold", threshold=0.5))
    after = painted(legend)
    middle = before.shape[0] // 2
    assert len(np.unique(after[middle], axis=0)) < len(np.unique(before[middle], axis=0))


def test_several_classes_are_named_with_their_hues(legend, painted):
    legend.set_classes(CLASSES)
    legend.resize(legend.sizeHint())
    row = painted(legend)[legend.height() // 2]
    colours = {tuple(c) for c in row.tolist()}
    assert {(255, 0, 0), (0, 0, 255)} <= colours
    text = legend.accessibleDescription()
    assert "normal, moderate disease" in text
    assert "+2.5 logit" in text
    legend.set_classes(())
    assert legend.accessibleDescription() == "−2.5 to +2.5 logit"


def test_room_goes_to_short_names_first():
    assert shared_out([10, 100, 30], 200) == [10, 100, 30]
    assert shared_out([10, 100, 30], 90) == [10, 50, 30]
    assert shared_out([10, 100], 0) == [0, 0]


def test_the_ends_say_what_they_mean_where_there_is_room(legend):
    legend.set_ends("against", "for")
    assert "−2.5: against" in legend.toolTip()
    assert "+2.5: for" in legend.toolTip()
    with_words = legend.sizeHint().width()
    legend.set_words(False)
    assert legend.sizeHint().width() < with_words == legend.width_with_words()
    legend.set_scale(2.5, "logit", Look(), rectified=True)
    assert "against" not in legend.toolTip()


def test_an_end_that_the_map_exceeds_has_an_arrow_and_a_tip(legend, painted):
    legend.set_range(-2.5, 2.505)
    plain = painted(legend)
    assert legend.exceeded == (False, False), "2.505 is written as 2.5"
    assert "Values" not in legend.toolTip()
    legend.set_range(-1, 206.02)
    assert legend.exceeded == (False, True)
    assert "Values up to +206 are drawn in the last colour." in legend.toolTip()
    assert "exceeded" in legend.accessibleDescription()
    assert (painted(legend) != plain).any()
    legend.set_range(-7.125, 206.02)
    assert "Values down to \N{MINUS SIGN}7.12 are drawn in the first colour." in legend.toolTip()
    legend.set_scale(2.5, "logit", Look(positive=True))
    assert legend.exceeded == (False, True), "nothing against the class is drawn"
    legend.set_scale(1000.0, "logit", Look())
    assert legend.exceeded == (False, False)
    legend.set_scale(2.5, "logit", Look())
    legend.set_classes(CLASSES)
    assert legend.exceeded == (False, False)


def test_the_arrow_stands_within_the_bar(legend, painted):
    size = legend.sizeHint()
    legend.set_range(-9, 9)
    assert legend.sizeHint() == size, "nothing moves when the case changes"
