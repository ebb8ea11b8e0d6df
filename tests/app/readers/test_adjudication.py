"""Two readers side by side: what stands out, what is taken over, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.main_window import MainWindow
from app.readers.adjudication_bar import AdjudicationDialog
from app.readers.matching import compare
from app.state import ADJUDICATED, PaneContent
from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parent))
from conftest import let_the_model_speak, lock_first_read, set_mode, settle, study_of


@pytest.fixture
def two(window: MainWindow) -> MainWindow:
    """Anna and Bob agree on one box, name another differently, and each has one alone."""
    study, case = study_of(window), window.state.case
    for reader, label, x, y in (
        ("anna", "MA", 5, 5),
        ("anna", "MA", 30, 5),
        ("anna", "MA", 5, 25),
        ("bob", "MA", 6, 5),
        ("bob", "HE", 30, 5),
        ("bob", "EX", 50, 30),
    ):
        study.add_annotation(case.id, "box", [[x, y], [x + 12, y + 12]], label, reader)
    study.set_label(case.id, "mild", "anna")
    study.set_label(case.id, "severe", "bob")
    window.state.look_again()
    return window


@pytest.fixture
def begun(two: MainWindow, qtbot: Any) -> MainWindow:
    assert two.readers.adjudication.start("anna", "bob") == ""
    wait_for_matches(two, qtbot)
    return two


def wait_for_matches(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: bool(window.readers.adjudication.found.agreed), timeout=10_000)


def marks(window: MainWindow, pane: int) -> list[Any]:
    return window.grid.canvas(pane).marks.marks


def click(window: MainWindow, pane: int, x: float, y: float) -> None:
    canvas = window.grid.canvas(pane)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(x, y).toPoint())


def test_each_pane_shows_its_reader_and_says_whose_it_is(begun: MainWindow) -> None:
    settle()
    assert [len(marks(begun, n)) for n in range(3)] == [3, 0, 3]
    assert [pane.title.text() for pane in begun.grid.panes] == [
        "anna · 3 marks",
        "adjudicated · 0 marks",
        "bob · 3 marks",
    ]
    tops = {pane.y() for pane in begun.grid.panes}
    assert len(tops) == 1, "three panes stand in one row"
    assert begun.readers.adjudication_bar.isVisible()
    assert not begun.readers.bar.picker.isEnabled()


def test_what_the_readers_differ_in_stands_out(begun: MainWindow) -> None:
    settle()
    assert [mark.strong for mark in marks(begun, 0)] == [False, True, True]
    assert [mark.strong for mark in marks(begun, 2)] == [False, True, True]


def test_a_picked_mark_is_accepted_by_enter_as_one_step_and_logged(begun, qtbot) -> None:
    click(begun, 2, 56, 36)
    picked = begun.grid.tools.picked()
    assert (picked.reader, picked.label) == ("bob", "EX")
    QTest.keyClick(begun.grid.canvas(2), Qt.Key.Key_Return)
    study, case = study_of(begun), begun.state.case
    (taken,) = study.annotations(case.id, ADJUDICATED)
    assert (taken.label, taken.shape) == ("EX", picked.shape)
    event = next(e for e in study.events() if e.what == "marks accepted")
    assert event.reader == "reader-1"
    assert event.detail["of"] == {"bob": [picked.id]}
    wait_for_matches(begun, qtbot)
    qtbot.waitUntil(lambda: not marks(begun, 2)[2].strong, timeout=5000)
    begun.annotator.steps.undo()
    assert study.annotations(case.id, ADJUDICATED) == []
    assert len(study.annotations(case.id, "bob")) == 3


def test_all_agreed_marks_are_taken_once_and_as_one_step(begun, qtbot) -> None:
    bar = begun.readers.adjudication_bar
    assert "(1)" in bar.agreed.text()
    bar.agreed.click()
    wait_for_matches(begun, qtbot)
    study, case = study_of(begun), begun.state.case
    assert [r.label for r in study.annotations(case.id, ADJUDICATED)] == ["MA"]
    qtbot.waitUntil(lambda: not bar.agreed.isEnabled(), timeout=5000)
    begun.readers.adjudication.accept_agreed()
    assert len(study.annotations(case.id, ADJUDICATED)) == 1


def test_other_readers_marks_cannot_be_changed_there(begun: MainWindow) -> None:
    begun.state.set_tool("box")
    before = study_of(begun).annotations()
    canvas = begun.grid.canvas(0)
    start, end = canvas.to_screen(40, 30).toPoint(), canvas.to_screen(60, 45).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    click(begun, 0, 10, 10)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert study_of(begun).annotations() == before
    middle = begun.grid.canvas(1)
    QTest.mousePress(middle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(middle, (start + end) / 2)
    QTest.mouseMove(middle, end)
    QTest.mouseRelease(middle, Qt.MouseButton.LeftButton, pos=end)
    new = study_of(begun).annotations()
    assert [r.reader for r in new if r not in before] == [ADJUDICATED]


def test_a_grade_is_taken_from_one_of_them(begun: MainWindow) -> None:
    button = begun.readers.adjudication_bar.findChild(QPushButton, "takeGrade2")
    assert "bob" in button.text()
    assert "severe" in button.text()
    button.click()
    study, case = study_of(begun), begun.state.case
    assert study.grades(case.id)[ADJUDICATED] == "severe"
    assert not button.isEnabled()
    begun.annotator.steps.undo()
    assert ADJUDICATED not in study.grades(case.id)


def test_leaving_brings_panes_and_reader_back(two: MainWindow) -> None:
    panes = [PaneContent("gradcam"), PaneContent("")]
    two.state.set_panes(panes)
    two.state.set_linked(False)
    two.readers.adjudication.start("anna", "bob")
    two.readers.adjudication.show_map("evidence")
    assert [content.method for content in two.state.panes] == ["evidence"] * 3
    two.readers.adjudication_bar.leave.click()
    assert two.state.panes == panes
    assert two.state.reader == "reader-1"
    assert not two.state.linked
    assert two.state.adjudicating is None
    assert not two.readers.adjudication_bar.isVisible()
    assert two.readers.bar.picker.isEnabled()
    assert [e.what for e in study_of(two).events()][-1] == "adjudication ended"


def test_the_close_of_the_study_ends_it(begun: MainWindow) -> None:
    begun.controller.close_study()
    assert begun.state.reader == "reader-1"
    assert begun.state.adjudicating is None


def test_nobody_is_compared_who_has_not_locked_a_first_read(two: MainWindow) -> None:
    let_the_model_speak(two)
    set_mode(two, "blinded")
    adjudication = two.readers.adjudication
    assert "anna" in adjudication.why_not("anna", "bob")
    lock_first_read(two, "anna", "blinded")
    assert "bob" in adjudication.start("anna", "bob")
    assert not adjudication.going_on
    dialog = AdjudicationDialog(two.state, adjudication, two)
    dialog.first.setCurrentText("anna")
    dialog.second.setCurrentText("bob")
    assert not dialog.ok.isEnabled()
    assert "bob" in dialog.problem.text()
    dialog.deleteLater()


def test_the_next_case_stays_hidden_until_both_have_read_it(two: MainWindow) -> None:
    let_the_model_speak(two)
    set_mode(two, "blinded")
    study, other = study_of(two), two.state.cases[1]
    for reader in ("anna", "bob"):
        lock_first_read(two, reader, "blinded")
        study.add_annotation(other.id, "box", [[5, 5], [20, 20]], "MA", reader)
    assert two.readers.adjudication.start("anna", "bob") == ""
    settle()
    assert len(marks(two, 0)) == 3
    two.controller.select_case(other.id)
    settle()
    assert [marks(two, n) for n in (0, 2)] == [[], []]
    assert "Hidden" in two.grid.canvas(0).notice
    assert two.state.model_hidden()
    assert two.readers.adjudication.grades() == {}


def test_who_reads_the_study_too_reads_the_case_first(two: MainWindow) -> None:
    set_mode(two, "blinded")
    two.controller.select_case(two.state.cases[1].id)
    lock_first_read(two, "reader-1", "blinded")
    two.controller.select_case(two.state.cases[0].id)
    for reader in ("anna", "bob"):
        lock_first_read(two, reader, "blinded")
    assert "own first read" in two.readers.adjudication.start("anna", "bob")
    lock_first_read(two, "reader-1", "blinded")
    assert two.readers.adjudication.start("anna", "bob") == ""


def test_nobody_reads_as_the_adjudicated_layer(two: MainWindow) -> None:
    two.readers.adjudication.start("anna", "bob")
    two.readers.adjudication.leave()
    assert ADJUDICATED in study_of(two).readers()
    two.readers.bar.picker.fill()
    names = [action.text() for action in two.readers.bar.picker.menu().actions()]
    assert ADJUDICATED not in names
    assert study_of(two).reads() == []


def test_lengths_are_no_findings() -> None:
    from app.annotate.unsaved import Draft

    length = Draft(1, 1, Shape("length", [[1, 1], [20, 20]]), "", "anna")
    found = compare([length], [], [], (48, 64))
    assert found.open == frozenset()
