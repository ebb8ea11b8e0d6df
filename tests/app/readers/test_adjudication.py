"""Two readers side by side: what stands out, what is taken over, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton

from app.compare.description import describe
from app.main_window import MainWindow
from app.readers.adjudication_bar import AdjudicationDialog
from app.readers.matching import compare
from app.state import ADJUDICATED, PaneContent
from app.state.sight import GAVE_UP
from app.texts import awaited_notice, given_up_notice
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
    assert adjudication.give_up() == ""
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
    assert two.readers.adjudication.give_up() == ""
    assert two.readers.adjudication.start("anna", "bob") == ""
    settle()
    assert len(marks(two, 0)) == 3
    two.controller.select_case(other.id)
    settle()
    assert [marks(two, n) for n in (0, 2)] == [[], []]
    assert "Hidden until both" in two.grid.panes[0].badge.text()
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


def lock_for_both(window: MainWindow, *numbers: int) -> None:
    for number in numbers:
        window.controller.select_case(window.state.cases[number].id)
        for reader in ("anna", "bob"):
            lock_first_read(window, reader, "blinded")
    window.controller.select_case(window.state.cases[numbers[0]].id)


@pytest.mark.parametrize("mode", ["ai-second", "blinded"])
def test_who_has_locked_nothing_does_not_peek_by_adjudication(two: MainWindow, mode: str) -> None:
    let_the_model_speak(two)
    set_mode(two, mode)
    lock_for_both(two, 0)
    adjudication, study = two.readers.adjudication, study_of(two)
    assert "Give up" in adjudication.start("anna", "bob")
    assert not adjudication.going_on
    assert two.state.model_hidden()
    study.add_annotation(two.state.cases[3].id, "point", [[5, 5]], "MA", "reader-1")
    assert "own first read" in adjudication.start("anna", "bob")
    assert not adjudication.must_give_up(), "who has drawn reads like all others"
    assert adjudication.give_up() == ""
    assert [e for e in study.events() if e.what == GAVE_UP] == []


def test_who_reads_too_sees_no_case_while_adjudicating_that_is_not_read(two: MainWindow) -> None:
    let_the_model_speak(two)
    set_mode(two, "blinded")
    lock_for_both(two, 0, 1)
    study, (first, second, *_) = study_of(two), two.state.cases
    study.add_annotation(second.id, "box", [[5, 5], [20, 20]], "MA", "anna2")
    study.set_label(second.id, "proliferative", "head")
    study.add_annotation(second.id, "box", [[7, 7], [20, 20]], "EX", ADJUDICATED)
    lock_first_read(two, "reader-1", "blinded")
    assert two.readers.adjudication.start("anna", "bob") == ""
    settle()
    assert len(marks(two, 0)) == 3
    assert two.state.prediction(first.id) is not None
    two.controller.select_case(second.id)
    settle()
    assert two.state.model_hidden()
    assert two.state.others_hidden()
    assert two.state.prediction(second.id) is None
    assert [marks(two, n) for n in range(3)] == [[], [], []]
    assert two.readers.adjudication.grades() == {}
    assert (two.state.case.label, two.state.case.status) == ("", "unread")
    assert awaited_notice() in str(describe(two.state, two.state.panes[0]))
    before = study.annotations()
    assert two.annotator.add(Shape("box", [[1, 1], [9, 9]])) is None
    assert study.annotations() == before


def test_who_only_adjudicates_is_asked_and_reads_no_more(two, qtbot, monkeypatch) -> None:
    let_the_model_speak(two)
    set_mode(two, "blinded")
    lock_for_both(two, 0, 1)
    asked: list[str] = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

    def ask(_parent: Any, _title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return answers.pop(0)

    def choose(dialog: AdjudicationDialog) -> QDialog.DialogCode:
        dialog.first.setCurrentText("anna")
        dialog.second.setCurrentText("bob")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QMessageBox, "question", ask)
    monkeypatch.setattr(AdjudicationDialog, "exec", choose)
    two.readers.adjudicate()
    assert not two.readers.adjudication.going_on
    two.readers.adjudicate()
    assert two.readers.adjudication.going_on
    assert len(asked) == 2
    assert "reader-1 can then no longer make a first blinded read" in asked[0]
    settle()
    assert not two.state.model_hidden()
    two.controller.select_case(two.state.cases[1].id)
    assert not two.state.model_hidden()
    two.readers.adjudicate()
    study, reading = study_of(two), two.readers.reading
    (event,) = (e for e in study.events() if e.what == GAVE_UP)
    assert event.reader == "reader-1"
    assert study.events(GAVE_UP) == [event]
    told: list[str] = []
    two.state.message.connect(told.append)
    two.annotator.failed.connect(told.append)
    for case in two.state.cases[:3]:
        two.controller.select_case(case.id)
        assert two.state.model_hidden()
        assert not reading.can_lock
        assert not reading.can_read_again
        assert not two.readers.lock()
        assert two.annotator.add(Shape("box", [[1, 1], [9, 9]])) is None
    assert set(told) == {given_up_notice()}
    assert "adjudicates" in reading.text()
    assert study.reads(reader="reader-1") == []
    assert study.annotations(reader="reader-1") == []
    set_mode(two, "open")
    assert reading.can_lock, "an open study can be read by everybody"


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
    found = compare([length], [], [], (48, 64), 4.0)
    assert found.open == frozenset()


@pytest.mark.parametrize(("radius", "agreed"), [(4.0, 0), (20.0, 1)])
def test_points_match_at_the_radius_of_the_study(radius: float, agreed: int) -> None:
    from app.annotate.unsaved import Draft

    one, two = (
        Draft(n, 1, Shape("point", [[30 + 4 * n, 24]]), "MA", name)
        for n, name in ((1, "anna"), (2, "bob"))
    )
    assert len(compare([one], [two], [], (48, 64), radius).agreed) == agreed


@pytest.mark.parametrize("action", ["panes_1", "panes_4", "panes_8", "close_pane"])
def test_no_key_takes_the_readers_panes_away(begun: MainWindow, action: str) -> None:
    readers = [pane.reader for pane in begun.state.panes]
    begun.actions_table[action].trigger()
    settle()
    assert set(readers) <= {pane.reader for pane in begun.state.panes}
    begun.readers.adjudication.leave()
    assert all(not pane.reader for pane in begun.state.panes)
