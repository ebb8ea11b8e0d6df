"""While the protocol hides the model, its opinion is nowhere in the window: a cheat's tour."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from app.main_window import MainWindow
from app.state import PaneContent
from app.texts import hidden_notice
from app.worklist.model import Role
from softcam_core.annotations.protocol import Protocol, hides_model, hides_others, set_protocol
from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parent))
from conftest import (
    CASES,
    MODEL,
    everything_said,
    let_the_model_speak,
    lock_first_read,
    measure,
    set_mode,
    settle,
    study_of,
)

MODES = ("ai-second", "blinded")
TELLTALES = ("severe", "mild", "0.87", "0.88", "+3.0", "0.123", "0.456", "predicted severe")


@pytest.fixture
def speaking(window: MainWindow) -> MainWindow:
    let_the_model_speak(window)
    return window


def hover(window: MainWindow, pane: int = 0) -> None:
    window.grid.panes[pane].cursor_moved.emit(5.0, 5.0)
    settle()


def picture(window: MainWindow, pane: int = 0) -> Any:
    """The pixels of a pane's canvas without its notice and its strip of offers."""
    canvas = window.grid.canvas(pane)
    notice, canvas.notice = canvas.notice, ""
    offers = [offer.isVisible() for offer in window.grid.offers]
    for offer in window.grid.offers:
        offer.hide()
    image = canvas.grab().toImage()
    canvas.notice = notice
    for offer, visible in zip(window.grid.offers, offers, strict=True):
        offer.setVisible(visible)
    return image


def test_an_open_study_tells_all_of_it(speaking: MainWindow) -> None:
    """The tour finds what is there: without this the other tests would prove nothing."""
    hover(speaking)
    measure(speaking)
    said = everything_said(speaking)
    for telltale in ("severe", "mild", "0.87", "0.88", "+3.0", "0.123", "0.456", "oracle"):
        assert telltale in said, telltale


@pytest.mark.parametrize("mode", MODES)
def test_nothing_in_the_window_tells_the_models_opinion(speaking: MainWindow, mode: str) -> None:
    set_mode(speaking, mode)
    hover(speaking)
    said = everything_said(speaking)
    assert [telltale for telltale in TELLTALES if telltale in said] == []
    assert hidden_notice() in said


@pytest.mark.parametrize("mode", MODES)
def test_the_pictures_are_those_of_a_window_without_a_model(window, mode: str) -> None:
    window.state.set_panes([PaneContent("evidence"), PaneContent("gradcam"), PaneContent("")])
    settle()
    bare = [picture(window, n) for n in range(3)]
    let_the_model_speak(window)
    settle()
    assert picture(window) != bare[0]
    set_mode(window, mode)
    settle()
    assert [picture(window, n) for n in range(3)] == bare
    assert [p.canvas.evidence.values for p in window.grid.panes] == [None] * 3
    assert all(pane.legend.accessibleDescription() == "" for pane in window.grid.panes)


@pytest.mark.parametrize("mode", MODES)
def test_the_lock_of_the_first_read_reveals_the_case_and_no_other(speaking, mode: str) -> None:
    set_mode(speaking, mode)
    lock_first_read(speaking, mode=mode)
    settle()
    assert "severe" in everything_said(speaking)
    assert speaking.grid.panes[0].canvas.evidence.values is not None
    speaking.controller.select_case(speaking.state.cases[1].id)
    settle()
    assert speaking.grid.panes[0].canvas.evidence.values is None
    assert "is the prediction" not in everything_said(speaking)
    rows = [speaking.state.prediction(case.id) for case in speaking.state.cases]
    assert [row is not None for row in rows] == [True] + [False] * (CASES - 1)


def test_another_reader_does_not_profit_from_the_first_ones_lock(speaking: MainWindow) -> None:
    set_mode(speaking, "ai-second")
    lock_first_read(speaking)
    assert not speaking.state.model_hidden()
    speaking.state.set_reader("bob")
    settle()
    assert speaking.state.model_hidden()
    assert "severe" not in everything_said(speaking)


def test_search_and_order_do_not_tell(speaking: MainWindow) -> None:
    worklist = speaking.worklist
    state = speaking.state
    state.predictions[state.cases[3].id] = type(state.predictions[state.cases[3].id])(
        "mild", 0.5, MODEL.id
    )
    state.predictions_changed.emit([state.cases[3].id])
    worklist.search.setText("class:mild")
    assert worklist.filter.rowCount() == 1
    worklist.search.setText("p>0.6")
    assert worklist.filter.rowCount() == CASES - 1
    worklist.search.clear()
    worklist.order.setCurrentIndex(3)
    assert worklist.filter.index(0, 0).data() == "eye3.png"
    set_mode(speaking, "ai-second")
    assert [worklist.filter.index(n, 0).data() for n in range(CASES)] == [
        f"eye{n}.png" for n in range(CASES)
    ]
    for query in ("class:mild", "class:severe", "p>0.6", "p<0.6"):
        worklist.search.setText(query)
        assert worklist.filter.rowCount() == 0, query


def test_a_chosen_class_is_not_shown_either(speaking: MainWindow) -> None:
    speaking.state.set_class("mild")
    set_mode(speaking, "ai-second")
    speaking._choose_number(2)
    settle()
    assert speaking.state.shown_class() is None
    assert "mild" not in everything_said(speaking)


def test_a_pane_that_names_its_model_hides_it_too(speaking: MainWindow) -> None:
    set_mode(speaking, "ai-second")
    speaking.state.set_panes([PaneContent("evidence", MODEL.id)])
    settle()
    assert speaking.grid.panes[0].canvas.evidence.values is None
    assert speaking.grid.panes[0].badge.text() == hidden_notice()


def test_nothing_is_asked_of_the_model_meanwhile(speaking: MainWindow, monkeypatch: Any) -> None:
    set_mode(speaking, "ai-second")
    settle()
    asked: list[str] = []
    monkeypatch.setattr(speaking.jobs, "submit", lambda kind, payload, **_: asked.append(kind))
    speaking.state.predictions.clear()
    speaking.state.analyses.clear()
    speaking.commands.compute_maps()
    speaking.state.map_wanted.emit(MODEL.id, "scorecam")
    speaking.state.cases_added.emit([])
    speaking.state.models_changed.emit()
    speaking.controller.select_case(speaking.state.cases[1].id)
    settle()
    assert asked == []


def test_an_analysis_that_arrives_late_stays_hidden(speaking: MainWindow) -> None:
    set_mode(speaking, "ai-second")
    found = next(iter(speaking.state.analyses.values()))
    speaking.state.analysis_changed.emit(found.case, found.model)
    settle()
    assert speaking.state.analysis(MODEL) is None
    assert "severe" not in everything_said(speaking)


def test_grades_of_others_and_given_labels_are_not_the_readers_own(speaking: MainWindow) -> None:
    study, state = study_of(speaking), speaking.state
    study.set_label(state.cases[0].id, "wet AMD", "given")
    study.set_label(state.cases[1].id, "drusen", state.reader)
    state.look_again()
    assert "wet AMD" in everything_said(speaking)
    for mode in MODES:
        set_mode(speaking, mode)
        settle()
        said = everything_said(speaking)
        assert "wet AMD" not in said
        assert state.cases[1].label == "drusen"
        speaking.worklist.search.setText("label:wet")
        assert speaking.worklist.filter.rowCount() == 0
        speaking.worklist.search.clear()


def test_blinded_hides_how_far_others_have_come(speaking: MainWindow) -> None:
    study, state = study_of(speaking), speaking.state
    study.set_status(state.cases[2].id, "flagged")
    study.set_status(state.cases[3].id, "done")
    set_mode(speaking, "blinded")
    assert {case.status for case in state.cases} == {"unread"}


def test_a_reader_cannot_look_at_the_marks_of_another(speaking: MainWindow) -> None:
    study, case = study_of(speaking), speaking.state.case
    study.add_annotation(case.id, "box", [[5, 5], [20, 20]], "MA", "bob")
    speaking.state.set_panes([PaneContent("", "", "bob")])
    settle()
    assert len(speaking.grid.canvas(0).marks.marks) == 1
    set_mode(speaking, "blinded")
    settle()
    assert speaking.grid.canvas(0).marks.marks == []
    lock_first_read(speaking, mode="blinded")
    settle()
    assert len(speaking.grid.canvas(0).marks.marks) == 1


def test_a_loosened_protocol_does_not_open_a_read_that_has_begun(speaking: MainWindow) -> None:
    study, state = study_of(speaking), speaking.state
    set_mode(speaking, "ai-second")
    study.start_read(state.cases[0].id, state.reader, "ai-second")
    set_mode(speaking, "open")
    assert state.model_hidden(state.cases[0])
    assert not state.model_hidden(state.cases[1])


@pytest.mark.parametrize("mode", ["open", *MODES])
@pytest.mark.parametrize("begun", [None, "open", "ai-second", "blinded"])
@pytest.mark.parametrize("locked", [False, True])
def test_the_window_decides_as_the_core_does(window, mode: str, begun: Any, locked: bool) -> None:
    study, state = study_of(window), window.state
    case = state.cases[0]
    if begun is not None:
        read = study.start_read(case.id, state.reader, begun)
        if locked:
            study.lock_read(read)
    set_protocol(study, Protocol(mode), "head")  # type: ignore[arg-type]
    state.look_again()
    assert state.model_hidden(case) == hides_model(study, case.id, state.reader)
    assert state.others_hidden(case) == hides_others(study, case.id, state.reader)


def test_a_protocol_that_cannot_be_read_hides_everything(window: MainWindow) -> None:
    let_the_model_speak(window)
    study_of(window).set_setting("protocol", {"mode": "of the future"})
    window.state.look_again()
    settle()
    assert window.state.model_hidden()
    assert "severe" not in everything_said(window)


def test_the_click_on_the_image_tells_no_value(speaking: MainWindow) -> None:
    set_mode(speaking, "ai-second")
    hover(speaking)
    assert speaking.grid.panes[0].value_at(5, 5)[1] is None
    readout = speaking.statusBar().readout.text()  # type: ignore[attr-defined]
    assert "x 5" in readout
    assert "logit" not in readout


def test_shuffled_order_is_the_worklists_and_that_of_the_keys(window: MainWindow) -> None:
    state = window.state
    set_mode(window, "open", "shuffled", 7)
    wanted = state.sight.order([case.id for case in state.cases])
    shown = [window.worklist.filter.index(n, 0).data(Role.CASE) for n in range(CASES)]
    assert [case.id for case in shown] == wanted
    assert wanted != sorted(wanted)
    state.case_changed.emit()
    window.controller.select_case(wanted[0])
    walked = [wanted[0]]
    for _ in range(CASES - 1):
        window.commands.next_case()
        walked.append(state.case.id)
    assert walked == wanted
    assert not window.worklist.order.isEnabled()
    set_mode(window, "open", "shuffled", 7)
    assert state.sight.order(sorted(wanted)) == wanted
    set_mode(window, "open", "fixed")
    shown = [window.worklist.filter.index(n, 0).data() for n in range(CASES)]
    assert shown == [f"eye{n}.png" for n in range(CASES)]
    assert window.worklist.order.isEnabled()


@pytest.mark.parametrize("mode", MODES)
def test_an_edit_brings_nobody_elses_grade_to_light(speaking: MainWindow, mode: str) -> None:
    study, state = study_of(speaking), speaking.state
    case = state.cases[0].id
    study.set_label(case, "wet AMD", "given")
    study.set_label(case, "proliferative", "anna")
    study.set_status(case, "flagged")
    set_mode(speaking, mode)
    speaking.annotator.add(Shape("box", [[5, 5], [20, 20]]))
    assert (state.case.label, state.cases[0].label) == ("", "")
    speaking.annotator.steps.undo()
    assert state.cases[0].label == ""
    said = everything_said(speaking)
    assert "wet AMD" not in said
    assert "proliferative" not in said
    speaking.worklist.search.setText("label:prolif")
    assert speaking.worklist.filter.rowCount() == 0
    speaking.worklist.search.clear()
    assert study.case(case).status == "flagged", "drawing takes nobody's flag away"


@pytest.mark.parametrize("mode", MODES)
def test_the_readers_own_grade_stays_in_the_list(speaking: MainWindow, mode: str) -> None:
    state = speaking.state
    study_of(speaking).set_label(state.case.id, "wet AMD", "given")
    set_mode(speaking, mode)
    speaking.annotator.set_grade("drusen")
    assert state.cases[0].label == "drusen"
    assert speaking.readers.reading.lock()
    assert state.cases[0].label == "drusen"
    assert speaking.worklist.model.index(0).data(Role.CASE).label == "drusen"


def test_the_last_readers_label_is_not_the_next_ones(window: MainWindow) -> None:
    state = window.state
    first = study_of(window).labels()[0].name
    window.docks.labels.add_label("neovascularisation")
    assert state.label == "neovascularisation"
    window.readers.bar.picker.add("bob")
    assert state.label == first


def test_class_rows_that_are_gone_keep_no_number(speaking: MainWindow) -> None:
    rows = list(speaking.docks.classes.rows)
    assert "0.88" in rows[2].name.accessibleDescription()
    set_mode(speaking, "ai-second")
    kept = [label.text() for row in rows for label in (row.name, row.probability, row.logit)]
    assert set(kept) == {""}
    assert {row.name.accessibleDescription() for row in rows} == {""}
    assert {row.bar.value for row in rows} == {None}
