"""Presentation: panes alone, no names, no changes, and everything back exactly as it was."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.compare.description import Description
from app.main_window import MainWindow
from app.presenting import Presenting
from app.state import Case, PaneContent


@pytest.fixture
def presenting(reading: MainWindow, qtbot: Any) -> Presenting:
    reading.actions_table["present"].trigger()
    shown = reading.presenting
    assert shown is not None
    qtbot.waitExposed(shown)
    return shown


def test_the_panes_fill_the_screen_above_the_strip(presenting: Presenting) -> None:
    assert presenting.isFullScreen()
    assert presenting.isAncestorOf(presenting._window.grid)
    assert presenting.strip.isVisible()
    assert "Not for diagnosis" in presenting.strip.text()
    assert presenting.title.text() == "severe: 0.88"
    assert presenting.title.font().pixelSize() > 2 * presenting._window.font().pixelSize()


def test_no_name_of_a_file_is_to_be_seen(presenting: Presenting) -> None:
    state = presenting._window.state
    name = Path("/images/Jane Doe 1950.png")
    state.cases = [Case(1, name, name.name)]
    state.case = state.cases[0]
    state.case_changed.emit()
    texts = [label.text() for label in presenting.findChildren(QLabel)]
    assert "Case 1 of 1" in texts
    assert not [text for text in texts if "Jane" in text]
    assert "Jane" not in presenting.windowTitle()
    state.image, state.image_error = None, "Jane Doe 1950.png cannot be read."
    state.image_changed.emit()
    presenting._window.grid._show_maps()
    assert "Jane" not in presenting._window.grid.canvas(0).notice


def test_escape_returns_exactly_to_what_was_before(reading: MainWindow, qtbot: Any) -> None:
    reading.state.set_panes([PaneContent("evidence"), PaneContent("")])
    reading.state.set_tool("box")
    reading.docks.widget("history").hide()
    before = reading.saveState(), reading.saveGeometry(), list(reading.state.panes)
    size = reading.grid.size()
    reading.actions_table["present"].trigger()
    shown = reading.presenting
    assert shown is not None
    qtbot.waitExposed(shown)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert reading.presenting is None
    qtbot.waitUntil(lambda: reading.grid.size() == size)
    assert (reading.saveState(), reading.saveGeometry(), list(reading.state.panes)) == before
    assert reading.state.tool == "box"
    assert reading.isAncestorOf(reading.grid)
    assert reading.grid.isVisible()


def test_the_key_that_began_it_ends_it(presenting: Presenting, reading: MainWindow) -> None:
    QTest.keyClick(presenting, Qt.Key.Key_F10)
    assert reading.presenting is None


def test_only_looking_is_allowed(presenting: Presenting, reading: MainWindow) -> None:
    assert reading.state.tool == "pan"
    ids = {action.objectName().removeprefix("action_") for action in presenting.actions()}
    assert {"next_case", "previous_case", "toggle_overlay", "zoom_in"} <= ids
    assert not [i for i in ids if i.startswith(("tool_", "status_", "delete", "undo", "open"))]


def test_what_is_hidden_stays_hidden(
    presenting: Presenting, reading: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.state, "model_hidden", lambda case=None: True)
    reading.state.sight_changed.emit()
    assert "severe" not in presenting.title.text()
    assert "0.88" not in presenting.title.text()
    assert "Hidden" in presenting.title.text()


def test_a_class_that_is_not_predicted_says_so(presenting: Presenting, reading: MainWindow) -> None:
    reading.state.set_class("mild")
    assert presenting.title.text() == "mild: 0.01 (not predicted)"


def test_a_held_key_hides_the_maps(presenting: Presenting, reading: MainWindow) -> None:
    QTest.keyPress(presenting, Qt.Key.Key_H)
    assert reading.grid._hidden
    QTest.keyRelease(presenting, Qt.Key.Key_H)
    assert not reading.grid._hidden


def test_closing_the_window_ends_the_presentation_first(
    presenting: Presenting, reading: MainWindow
) -> None:
    reading.close()
    assert reading.presenting is None
    assert reading.isAncestorOf(reading.grid)


def test_the_full_screen_has_a_way_out(window: MainWindow, qtbot: Any) -> None:
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    window.actions_table["full_screen"].trigger()
    assert window.isFullScreen()
    assert window.actions_table["full_screen"].isChecked()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.isMaximized()
    assert not window.actions_table["full_screen"].isChecked()
    window.showNormal()
    window.set_full_screen(True)
    window.actions_table["full_screen"].trigger()
    assert not window.isFullScreen()
    assert not window.isMaximized()


def test_an_own_opacity_is_kept(reading: MainWindow) -> None:
    reading.state.set_panes([replace(pane, opacity=0.2) for pane in reading.state.panes])
    reading.present()
    reading.present()
    assert all(pane.opacity == 0.2 for pane in reading.state.panes)


def test_only_the_cases_that_are_found_are_counted(
    presenting: Presenting, reading: MainWindow
) -> None:
    reading.worklist.search.setText("nothing like it")
    reading.actions_table["next_case"].trigger()
    assert "leaves 0 of 1 cases" in presenting.hint.text()
    reading.state.case_changed.emit()
    assert presenting.case.text() == "The search leaves 0 of 1 cases"
    presenting.end()
    reading.actions_table["previous_case"].trigger()
    assert "Esc, clears it" in reading.messages.text()


def test_nothing_is_chosen_on_a_slide(presenting: Presenting, reading: MainWindow) -> None:
    grid = reading.grid
    grid._show_maps()
    assert not [slot for slot in grid._slots if slot.menu.isVisible() or slot.offer.isVisible()]
    assert all(pane.bare for pane in grid.panes)
    assert not [pane for pane in grid.panes if "\N{EN DASH}" in pane.metrics.text()]
    presenting.end()
    grid._show_maps()
    assert not [slot for slot in grid._slots if slot.menu.isHidden()]


def test_keys_that_wait_say_so_and_copying_works(
    presenting: Presenting, reading: MainWindow
) -> None:
    QTest.keyClick(presenting, Qt.Key.Key_F1)
    assert "presentation has ended" in presenting.hint.text()
    assert reading.actions_table["copy_view"] in presenting.actions()
    reading.actions_table["copy_view"].trigger()
    assert "Copied" in presenting.hint.text()


@pytest.mark.parametrize("count", [2, 4])
def test_what_is_below_a_pane_is_whole_before_a_room(
    reading: MainWindow, count: int, qtbot: Any
) -> None:
    contents = [PaneContent("evidence"), PaneContent("gradcam"), PaneContent("")]
    both = (contents[0], contents[1])
    reading.state.set_panes([*contents, PaneContent("difference", pair=both)][-count:])
    reading.present()
    shown = reading.presenting
    assert shown is not None
    qtbot.waitExposed(shown)
    slot = reading.grid._slots[-1]
    slot.told = Description(
        footer="rank correlation 0.27 · IoU of top 10 % 0.43", brief="rank 0.27 · IoU 0.43"
    )
    reading.grid._arrange()
    slot.show_metrics()
    qtbot.wait(50)
    label = slot.pane.metrics
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
