"""Reads: when they begin, how long they take, and what their lock does; nothing drawn is lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.main_window import MainWindow
from app.readers.clock import ActiveClock, clock_text
from app.readers.lock_question import explained_key
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ReadLockedError, StudyError

sys.path.insert(0, str(Path(__file__).parent))
from conftest import let_the_model_speak, set_mode, settle, study_of

BOX = Shape("box", [[5, 5], [25, 25]])


class FakeTime:
    """A clock that tests wind, and a window that they put in front."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.in_front = True

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time(window: MainWindow) -> FakeTime:
    """The window's clock is wound by the test; nobody is asked before a lock."""
    fake = FakeTime()
    clock = window.readers.clock
    clock._now, clock._in_front = fake, lambda: fake.in_front
    clock.start_again()
    clock.take()
    window.readers.reading.tick_timer.stop()
    for mode in ("open", "ai-second", "blinded"):
        window.settings.set(explained_key(mode, window.state.reader), True)
    return fake


def read_for(window: MainWindow, time: FakeTime, seconds: float) -> None:
    for _ in range(int(seconds)):
        time.seconds += 1
        window.readers.clock.touch()
        window.readers.reading.tick()


def reads(window: MainWindow) -> list[Any]:
    window.readers.reading._wait()
    return study_of(window).reads()


def drag(window: MainWindow, pane: int = 0, release: bool = True) -> None:
    canvas = window.grid.canvas(pane)
    start, end = canvas.to_screen(10, 10).toPoint(), canvas.to_screen(40, 35).toPoint()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    if release:
        QTest.mouseRelease(canvas, left, pos=end)


# The clock


def test_the_clock_stops_a_minute_after_the_last_sign_of_life() -> None:
    time = FakeTime()
    clock = ActiveClock(None, time, lambda: time.in_front)
    time.seconds += 50
    clock.touch()
    time.seconds += 200
    assert clock.take() == 50 + 60
    time.seconds += 100
    assert clock.take() == 0
    clock.touch()
    time.seconds += 5
    assert clock.take() == 5


def test_the_clock_stands_while_another_program_is_in_front() -> None:
    time = FakeTime()
    clock = ActiveClock(None, time, lambda: time.in_front)
    time.seconds += 10
    clock.touch()
    time.in_front = False
    time.seconds += 30
    assert clock.take() == 10
    time.in_front = True
    time.seconds += 7
    assert clock.take() == 7


def test_signs_of_life_reach_the_clock_through_the_windows_handle(window, time) -> None:
    time.seconds += 300
    handle = window.windowHandle()
    QTest.mouseMove(handle, QPoint(20, 20))
    assert window.readers.clock._last_sign == time.seconds
    time.seconds += 300
    QTest.keyClick(handle, Qt.Key.Key_F5)
    assert window.readers.clock._last_sign == time.seconds


@pytest.mark.parametrize(("seconds", "text"), [(0, "00:00"), (133.9, "02:13"), (3733, "1:02:13")])
def test_time_is_written_as_on_a_clock(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


# Reads


def test_a_read_begins_with_the_first_look_and_not_by_leafing_through(window, time) -> None:
    window.controller.select_case(window.state.cases[1].id)
    window.controller.select_case(window.state.cases[0].id)
    assert reads(window) == []
    read_for(window, time, 3)
    (read,) = reads(window)
    assert (read.case, read.reader, read.mode, read.stage) == (
        window.state.case.id,
        window.state.reader,
        "open",
        1,
    )
    read_for(window, time, 3)
    assert len(reads(window)) == 1


def test_seconds_are_stored_now_and_then_and_on_leaving(window, time) -> None:
    read_for(window, time, 12)
    assert reads(window)[0].active_seconds == pytest.approx(10, abs=1.01)
    read_for(window, time, 4)
    assert "00:16" in window.readers.bar.text.text()
    window.controller.select_case(window.state.cases[1].id)
    assert reads(window)[0].active_seconds == pytest.approx(16)
    read_for(window, time, 2)
    window.controller.select_case(window.state.cases[0].id)
    read_for(window, time, 1)
    assert "00:17" in window.readers.bar.text.text()


def test_pauses_do_not_count(window, time) -> None:
    read_for(window, time, 5)
    time.seconds += 3600
    window.readers.reading.tick()
    window.controller.select_case(window.state.cases[1].id)
    assert reads(window)[0].active_seconds == pytest.approx(65)


def test_done_ends_the_clock_of_an_open_read(window, time) -> None:
    read_for(window, time, 5)
    window.controller.set_status("done")
    read_for(window, time, 20)
    window.controller.select_case(window.state.cases[1].id)
    assert reads(window)[0].active_seconds == pytest.approx(5, abs=1)


def test_time_survives_the_close_of_the_study(window, time) -> None:
    read_for(window, time, 6)
    path = study_of(window).path
    window.controller.close_study()
    from softcam_core.annotations.study import Study

    with Study.open(path) as study:
        assert study.reads()[0].active_seconds == pytest.approx(6)


# The lock


def test_ai_second_reveals_and_goes_on_with_a_second_read(window, time) -> None:
    let_the_model_speak(window)
    set_mode(window, "ai-second")
    read_for(window, time, 4)
    window.annotator.add(BOX)
    assert window.readers.bar.text.text().startswith("Reading – 00:0")
    window.actions_table["lock_read"].trigger()
    settle()
    assert not window.state.model_hidden()
    first, second = reads(window)
    assert (first.stage, first.mode, first.locked is not None) == (1, "ai-second", True)
    assert (second.stage, second.locked) == (2, None)
    assert "Second read" in window.readers.bar.text.text()
    assert window.state.case.status == "in progress"
    assert window.annotator.add(Shape("box", [[30, 5], [40, 20]])) is not None
    study = study_of(window)
    assert len(study.annotations_at(first.case, first.reader, first.edit)) == 1
    assert [e.what for e in study.events()].count("model revealed") == 1
    read_for(window, time, 3)
    window.actions_table["lock_read"].trigger()
    first, second = reads(window)
    assert second.locked is not None
    assert len(study.annotations_at(second.case, second.reader, second.edit)) == 2
    assert window.state.case.status == "done"
    assert study.case(window.state.case.id).status == "done"
    assert "Second read locked" in window.readers.bar.text.text()


def test_blinded_reveals_and_takes_no_more_edits_until_read_again(window, time) -> None:
    let_the_model_speak(window)
    set_mode(window, "blinded")
    read_for(window, time, 2)
    assert window.readers.lock()
    assert not window.state.model_hidden()
    assert "model revealed" in window.readers.bar.text.text()
    said: list[str] = []
    window.annotator.failed.connect(said.append)
    assert window.annotator.add(BOX) is None
    assert len(said) == 1
    assert window.annotator.unsaved == 0
    window.actions_table["read_again"].trigger()
    assert window.annotator.add(BOX) is not None
    assert [read.stage for read in reads(window)] == [1, 2]
    assert not window.state.model_hidden()


def test_a_locked_read_refuses_at_the_press_before_anything_is_drawn(window, time) -> None:
    window.state.set_tool("box")
    read_for(window, time, 2)
    assert window.readers.lock()
    canvas = window.grid.canvas(0)
    assert canvas.tool.cursor() == Qt.CursorShape.ForbiddenCursor
    said: list[str] = []
    window.annotator.failed.connect(said.append)
    drag(window, release=False)
    assert len(said) == 1
    assert "locked" in said[0]
    assert canvas.marks.sketch is None
    drag(window)
    assert window.annotator.records() == []
    window.readers.reading.read_again()
    drag(window)
    assert len(window.annotator.records()) == 1


def test_marks_of_a_locked_read_can_be_selected_but_not_changed(window, time) -> None:
    number = window.annotator.add(BOX)
    read_for(window, time, 2)
    assert window.readers.lock()
    window.state.set_selected(None)
    window.state.set_tool("select")
    canvas = window.grid.canvas(0)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(15, 15).toPoint())
    assert window.state.selected == number
    drag(window)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    window.annotator.delete(number)
    window.annotator.set_label(number, "other")
    (record,) = window.annotator.records()
    assert record.shape == BOX
    window.commands.undo()
    settle()
    assert len(window.annotator.records()) == 1


def test_a_refused_grade_is_not_shown(window, time) -> None:
    study, grades = study_of(window), window.docks.grades
    study.set_grade_names(["none", "mild"])
    grades.set_grade("none")
    assert window.readers.lock()
    grades.choice.setCurrentIndex(grades.choice.findData("mild"))
    grades.choice.activated.emit(grades.choice.currentIndex())
    assert grades.choice.currentData() == "none"
    assert list(study.grades(window.state.case.id).values()) == ["none"]


def test_the_shape_in_work_is_stored_before_the_lock(window, time) -> None:
    window.state.set_tool("polygon")
    canvas = window.grid.canvas(0)
    for x, y in ((5, 5), (30, 5), (30, 30)):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(x, y).toPoint())
    assert window.annotator.records() == []
    assert window.readers.lock()
    assert [r.kind for r in window.annotator.records()] == ["polygon"]
    assert reads(window)[0].edit is not None


def test_edits_that_wait_hold_the_lock_up(window, time, monkeypatch) -> None:
    study = study_of(window)
    monkeypatch.setattr(
        type(study), "add_annotation", lambda *a, **k: (_ for _ in ()).throw(StudyError("full"))
    )
    window.annotator.add(BOX)
    assert window.annotator.unsaved == 1
    assert not window.readers.lock()
    assert not window.state.read_locked
    monkeypatch.undo()
    assert window.readers.lock()
    assert len(study.annotations(window.state.case.id)) == 1


def test_the_store_itself_refuses_a_locked_read(window, time) -> None:
    study, case = study_of(window), window.state.case
    window.readers.lock()
    with pytest.raises(ReadLockedError):
        study.add_annotation(case.id, "box", [[1, 1], [9, 9]], "MA", window.state.reader)


def test_the_first_lock_asks_and_the_next_does_not(window, time, monkeypatch) -> None:
    window.settings.set(explained_key("ai-second", window.state.reader), False)
    set_mode(window, "ai-second")
    asked: list[str] = []

    def ask(question: QMessageBox) -> int:
        assert question.icon() == QMessageBox.Icon.Question
        asked.append(f"{question.text()} {question.informativeText()}")
        buttons = {button.text().replace("&", ""): button for button in question.buttons()}
        assert set(buttons) == {"Lock read", "Cancel"}
        buttons[answers.pop()].click()
        return 0

    answers = ["Lock read", "Cancel"]
    monkeypatch.setattr(QMessageBox, "exec", ask)
    assert not window.readers.lock()
    assert not window.state.read_locked
    assert window.readers.lock()
    assert len(asked) == 2
    assert asked[0].startswith("Lock this read? Its marks and grade cannot be changed any more.")
    assert "second read" in asked[0]
    assert window.readers.lock()
    assert len(asked) == 2


def test_the_lock_can_lead_to_the_next_unread_case(window, time) -> None:
    window.readers.lock()
    assert window.state.case.id == window.state.cases[0].id
    assert window.state.case.status == "done"
    window.controller.select_case(window.state.cases[1].id)
    window.actions_table["next_after_lock"].trigger()
    window.readers.lock()
    assert window.state.case.id == window.state.cases[2].id


def test_a_program_that_ended_after_the_lock_goes_on_with_the_second_read(window, time) -> None:
    set_mode(window, "ai-second")
    study, case, reader = study_of(window), window.state.cases[1], window.state.reader
    study.lock_read(study.start_read(case.id, reader, "ai-second"))
    window.state.look_again()
    window.controller.select_case(case.id)
    assert study.open_read(case.id, reader).stage == 2
    assert not window.state.read_locked
