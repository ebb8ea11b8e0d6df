"""The whole window on the demo study: eight panes, their order, a difference, and back again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.compare import layout_dialog
from app.compare.layout_dialog import LayoutDialog
from app.main_window import MainWindow
from app.settings import Settings
from app.state import DIFFERENCE, PaneContent

MakeWindow = Callable[[], MainWindow]
PATIENCE_MS = 60_000


@pytest.fixture
def make_window(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[MakeWindow]:
    monkeypatch.setitem(os.environ, "SOFTCAM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setitem(os.environ, "SOFTCAM_DATA_DIR", str(tmp_path / "data"))
    windows = []

    def make() -> MainWindow:
        window = MainWindow(Settings())
        qtbot.addWidget(window, before_close_func=lambda w: w.close())
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        QApplication.processEvents()  # The first paint of a process is the start's, not ours.
        window.open_demo(tmp_path / "study.softcam")
        settle(qtbot, window)
        return window

    yield make
    for window in windows:
        window.close()


def settle(qtbot: Any, window: MainWindow) -> None:
    """Wait until every map that comes by itself is there."""
    qtbot.waitUntil(
        lambda: len(window.state.models) > 1 and window.controller.settled(), timeout=PATIENCE_MS
    )
    qtbot.wait(50)


def test_eight_panes_change_places_show_a_difference_and_come_back(
    make_window: MakeWindow, qtbot: Any
) -> None:
    first = make_window()
    state, grid, actions = first.state, first.grid, first.actions_table
    actions["panes_8"].trigger()
    settle(qtbot, first)
    assert len(grid.panes) == 8
    assert len({pane.width() for pane in grid.panes}) <= 2
    assert {pane.viewport for pane in grid.panes} == {grid.panes[0].viewport}
    for pane, content in zip(grid.panes, state.panes, strict=True):
        assert pane.canvas.notice == "", pane.title.text()
        assert pane.badge.text()
        quick = content.has_map and not state.on_demand(content.method)
        assert (pane.canvas.evidence.values is not None) == quick

    # Two panes change places, by the mouse and by keys.
    moved, other = grid.panes[0], grid.panes[5]
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target = moved.header.mapFromGlobal(other.canvas.mapToGlobal(QPoint(20, 20)))
    QTest.mousePress(moved.header, left, none, QPoint(30, 8))
    QTest.mouseMove(moved.header, target)
    QTest.mouseRelease(moved.header, left, none, target)
    assert (grid.panes[5], grid.panes[0]) == (moved, other)
    assert state.current == 5
    actions["move_pane_left"].trigger()
    assert grid.panes[4] is moved
    assert state.panes[4].method == "evidence"

    # The difference of two maps needs a place of its own.
    full = list(state.panes)
    actions["difference"].trigger()
    assert state.panes == full
    state.set_panes(full[:7])
    actions["difference"].trigger()
    settle(qtbot, first)
    place = next(n for n, content in enumerate(state.panes) if content.method == DIFFERENCE)
    pair = state.panes[place].pair
    assert pair is not None
    a, b = (state.pane_map(part) for part in pair)
    assert a is not None
    assert b is not None
    shown = grid.panes[place].canvas.evidence.values
    assert shown is not None
    assert "rank correlation" in grid.panes[place].metrics.toolTip()
    if a.values.shape == b.values.shape:
        assert np.allclose(shown, a.values / a.limit - b.values / b.limit, atol=1e-5)

    # One pane keeps an opacity, a class and a way of its own.
    state.set_pane(2, opacity=0.25, class_name=state.models[0].spec.classes[0])
    state.set_current(3)
    actions["unlink_pane"].trigger()
    before = list(state.panes)
    assert not before[3].linked
    first.close()

    second = make_window()
    qtbot.waitUntil(lambda: second.state.panes == before, timeout=PATIENCE_MS)
    assert second.grid.panes[3].viewport is not second.grid.panes[0].viewport
    assert second.grid.panes[2].canvas.opacity == 0.25
    assert second.grid.panes[place].title.text() == grid.panes[place].title.text()


def test_layouts_are_named_and_chosen_from_the_menu(
    make_window: MakeWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    state, actions = window.state, window.actions_table
    actions["layout_classes"].trigger()
    settle(qtbot, window)
    classes = state.models[0].spec.classes
    assert [content.class_name for content in state.panes] == list(classes)
    titles = [pane.title.text() for pane in window.grid.panes]
    assert titles == [f"Evidence: {name}" for name in classes]
    relations = [pane.badge.text().split(" · ")[0] for pane in window.grid.panes]
    assert relations.count("is the prediction") == 1
    monkeypatch.setattr(layout_dialog, "ask_name", lambda *_: "Classes & more")
    actions["save_layout"].trigger()
    actions["layout_two"].trigger()
    assert state.panes == [PaneContent("evidence"), PaneContent("gradcam")]
    menu = next(
        found
        for found in window.menuBar().findChildren(QMenu)
        if actions["save_layout"] in found.actions()
    )
    menu.aboutToShow.emit()
    own = next(a for a in menu.actions() if a.text() == "Classes && more")
    own.trigger()
    assert [content.class_name for content in state.panes] == list(classes)
    dialog = LayoutDialog(window.grid.layouts, window)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(layout_dialog, "ask_name", lambda *_: "Figure 15")
    dialog.rename_button.click()
    assert [dialog.list.item(0).text()] == window.grid.layouts.names() == ["Figure 15"]
    dialog.delete_button.click()
    assert window.grid.layouts.names() == []
    assert not dialog.show_button.isEnabled()


def test_keys_go_from_pane_to_pane(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.actions_table["panes_3"].trigger()
    qtbot.waitUntil(window.isActiveWindow)
    window.grid.panes[0].canvas.setFocus()
    seen = []
    for _ in range(3):
        window.actions_table["next_pane"].trigger()
        seen.append(window.state.current)
    assert seen == [1, 2, 0]
    window.actions_table["previous_pane"].trigger()
    assert window.state.current == 2
    assert window.grid.panes[2].canvas.hasFocus()
    window.actions_table["close_pane"].trigger()
    assert len(window.grid.panes) == 2
    assert window.grid.panes[1].canvas.hasFocus()
