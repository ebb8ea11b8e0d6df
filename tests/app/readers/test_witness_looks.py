"""The witness looks whenever something comes on screen, and tells of nothing that does not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDockWidget

from app.main_window import MainWindow
from app.readers.witness import CASE_VIEWED
from app.state import PaneContent, Prediction
from softcam_core.annotations.seen import MODEL_SEEN
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

sys.path.insert(0, str(Path(__file__).parent))
from conftest import MODEL, let_the_model_speak, set_mode, settle, study_of


def seen(window: MainWindow) -> dict[Any, str]:
    """What is logged without another look."""
    window.state.journal.wait(5)
    return {event.case: event.detail["place"] for event in study_of(window).events(MODEL_SEEN)}


def hide_docks(window: MainWindow) -> None:
    for dock in window.findChildren(QDockWidget):
        dock.hide()
    settle()


def test_what_a_search_or_a_taller_list_brings_on_screen_is_logged(
    window: MainWindow, qtbot: Any
) -> None:
    cases = window.state.cases
    window.worklist.search.setText("eye0")
    qtbot.wait(150)
    let_the_model_speak(window)
    qtbot.wait(150)
    assert seen(window).keys() == {cases[0].id}
    window.worklist.search.setText("eye3")
    qtbot.waitUntil(lambda: cases[3].id in seen(window), timeout=3000)
    window.worklist.search.setText("eye4")
    qtbot.waitUntil(lambda: cases[4].id in seen(window), timeout=3000)
    assert cases[1].id not in seen(window)


def test_each_case_of_a_quick_walk_is_logged(window: MainWindow, qtbot: Any) -> None:
    hide_docks(window)
    let_the_model_speak(window)
    window.readers.witness._timer.setInterval(3_600_000)
    for case in window.state.cases:
        window.controller.select_case(case.id)
        qtbot.waitUntil(lambda: window.state.painted, timeout=5000)
    settle()
    assert seen(window).keys() == {case.id for case in window.state.cases[:-1]}


def test_a_case_that_was_never_painted_is_not_logged(window: MainWindow) -> None:
    hide_docks(window)
    let_the_model_speak(window)
    for case in window.state.cases[1:]:
        window.controller.select_case(case.id)
    assert not set(seen(window)) - {window.state.cases[0].id}


def test_the_last_case_before_a_study_closes_is_logged(window: MainWindow) -> None:
    hide_docks(window)
    path = study_of(window).path
    window.readers.witness._timer.setInterval(3_600_000)
    let_the_model_speak(window)
    case = window.state.case.id
    window.controller.close_study()
    with Study.open(path, read_only=True) as study:
        assert [event.case for event in study.events(MODEL_SEEN)] == [case]


@pytest.mark.parametrize("panel", ["", "classes"])
def test_nothing_is_logged_where_no_model_speaks_on_screen(
    window: MainWindow, qtbot: Any, panel: str
) -> None:
    hide_docks(window)
    if panel:
        window.docks.bring_up(panel)
    state = window.state
    state.set_overlay(visible=False)
    state.set_panes([PaneContent("image")])
    synthetic.load(state, MODEL)
    for case in state.cases:
        state.predictions[case.id] = Prediction("severe", 0.87, MODEL.id)
    state.predictions_changed.emit([case.id for case in state.cases])
    qtbot.wait(150)
    window.readers.witness.look()
    assert seen(window) == ({state.case.id: "panel"} if panel else {})


def test_the_case_in_view_is_logged_as_viewed_when_the_protocol_hides_it(
    window: MainWindow,
) -> None:
    set_mode(window, "blinded")
    window.state.journal.wait(5)
    (event,) = study_of(window).events(CASE_VIEWED)
    assert event.case == window.state.case.id


def test_a_change_of_reader_asks_nothing_of_each_case_where_all_is_known(
    window: MainWindow, monkeypatch: Any
) -> None:
    let_the_model_speak(window)
    asked: list[Any] = []
    models_for = window.state.models_for

    def count(case: Any) -> list[Any]:
        asked.append(case.id)
        return models_for(case)

    monkeypatch.setattr(window.state, "models_for", count)
    window.status._show_work()
    assert not asked
    del window.state.predictions[window.state.cases[3].id]
    window.status._show_work()
    assert len(asked) == len(window.state.cases)
