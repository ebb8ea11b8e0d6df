"""The controls of the overlay: each does what it says, nothing moves, nothing stays hidden."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.evidence.hold_to_hide import Hold
from app.evidence.overlay_controls import OverlayControls
from app.state import ViewerState
from app.state.values import STYLES


@pytest.fixture
def controls(qtbot: Any, state: ViewerState) -> OverlayControls:
    made = OverlayControls(state)
    qtbot.addWidget(made)
    made.resize(288, made.sizeHint().height())
    made.show()
    return made


@pytest.mark.parametrize("style", STYLES)
def test_a_button_for_each_style(controls: OverlayControls, state: ViewerState, style: str) -> None:
    controls.styles[style].click()
    assert state.overlay.style == style
    state.set_overlay(style="blend")
    assert controls.styles["blend"].isChecked()


def test_each_style_shows_what_it_needs_and_nothing_moves(
    controls: OverlayControls, state: ViewerState
) -> None:
    needed = {
        "blend": controls.smooth,
        "contour": controls.threshold,
        "threshold": controls.threshold,
        "patches": controls.top_k,
    }
    places = set()
    for style in STYLES:
        state.set_overlay(style=style)
        QApplication.processEvents()
        shown = {w for w in set(needed.values()) if w.isVisible()}
        assert shown == {needed[style]}
        still = (*controls.styles.values(), controls.more, controls.hide_button, controls.slider)
        places.add(tuple(widget.geometry().getRect() for widget in still))
    assert len(places) == 1


def test_threshold_and_number_of_patches(controls: OverlayControls, state: ViewerState) -> None:
    state.set_overlay(style="threshold")
    controls.threshold.setValue(30)
    assert state.overlay.threshold == 0.3
    assert controls.share.text() == "30 %"
    state.set_overlay(style="patches", top_k=7)
    assert controls.top_k.value() == 7
    controls.top_k.setValue(5)
    assert state.overlay.top_k == 5


def test_it_fits_a_narrow_dock(controls: OverlayControls) -> None:
    assert controls.minimumSizeHint().width() <= 296


def test_the_menu_has_the_rest(controls: OverlayControls, state: ViewerState) -> None:
    menu = controls.more.menu()
    menu.aboutToShow.emit()
    by_name = {action.objectName(): action for action in menu.actions()}
    for name in ("smooth", "grid", "positive", "field"):
        before = getattr(state.overlay, name)
        assert by_name[f"overlay_{name}"].isChecked() == before
        by_name[f"overlay_{name}"].trigger()
        assert getattr(state.overlay, name) is not before
    menu.aboutToShow.emit()
    menu.aboutToShow.emit()
    assert len(menu.findChildren(QMenu)) == 1
    colours = menu.findChild(QMenu, "overlayColours")
    next(a for a in colours.actions() if a.objectName() == "colours_print").trigger()
    assert state.overlay.colours == "print"


def test_the_menu_returns_every_limit_to_the_study(
    controls: OverlayControls, state: ViewerState
) -> None:
    state.set_own_limit(("a", "evidence"), 2.0)
    state.set_own_limit(("b", "cam"), 3.0)
    menu = controls.more.menu()
    menu.aboutToShow.emit()
    reset = next(a for a in menu.actions() if a.objectName() == "overlayResetLimits")
    assert reset.isEnabled()
    reset.trigger()
    assert not state.own_limits


# What is held always comes back


@pytest.mark.parametrize(
    "end", [QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate, QEvent.Type.Hide]
)
def test_a_lost_window_gives_the_maps_back(
    controls: OverlayControls, state: ViewerState, end: QEvent.Type
) -> None:
    QTest.mousePress(controls.hide_button, Qt.MouseButton.LeftButton)
    assert not state.overlay.visible
    application = end == QEvent.Type.ApplicationDeactivate
    target = QApplication.instance() if application else controls.window()
    assert target is not None
    QApplication.sendEvent(target, QEvent(end))
    assert state.overlay.visible
    QTest.mouseRelease(controls.hide_button, Qt.MouseButton.LeftButton)
    assert state.overlay.visible


def test_a_key_that_comes_up_elsewhere_gives_the_maps_back(qtbot: Any) -> None:
    window, calls = QWidget(), []
    line = QLineEdit()
    QVBoxLayout(window).addWidget(line)
    qtbot.addWidget(window)
    window.show()
    hold = Hold(window, lambda: calls.append("hide"), lambda: calls.append("show"))
    hold.begin(Qt.Key.Key_H)
    hold.begin(Qt.Key.Key_H)
    QTest.keyRelease(line, Qt.Key.Key_J)
    assert calls == ["hide"]
    QTest.keyRelease(line, Qt.Key.Key_H)  # The line of text takes it: the window never sees it.
    assert calls == ["hide", "show"]
    hold.end()
    assert calls == ["hide", "show"]
