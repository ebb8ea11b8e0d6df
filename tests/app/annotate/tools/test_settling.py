"""What is in work when the case, the reader or the lock changes is stored, where it belongs."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.annotate.annotator import Annotator
from app.annotate.panels.details import Details
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

CTRL = Qt.KeyboardModifier.ControlModifier


def next_case(state: ViewerState) -> None:
    """Turn the page as the controller does."""
    state.settling.emit()
    state.case = state.cases[1]
    state.selection = ()
    state.case_changed.emit()


@pytest.mark.parametrize("tool", ["box", "ellipse", "freehand", "length"])
def test_a_drag_is_stored_on_the_case_it_was_drawn_on(hand: Any, study: Study, tool: str) -> None:
    hand.state.set_tool(tool)
    hand.press(50, 50)
    for place in ((60, 80), (90, 90), (110, 60)):
        hand.move(*place)
    next_case(hand.state)
    hand.move(200, 200)
    hand.release(200, 200)
    (record,) = study.annotations()
    assert (record.kind, record.case) == (tool, study.cases()[0].id)
    assert record.shape.bounds[2] <= 111


def test_a_shape_in_the_hand_is_put_down(hand: Any, study: Study, annotator: Annotator) -> None:
    annotator.add(Shape("box", [[50, 50], [90, 80]]))
    hand.state.set_tool("select")
    hand.press(70, 60)
    hand.move(80, 70)
    hand.move(90, 80)
    next_case(hand.state)
    hand.release(300, 200)
    assert study.annotations()[0].points == [[70, 70], [110, 100]]


def test_undo_after_a_nudge_takes_the_nudge_back(
    hand: Any, study: Study, annotator: Annotator
) -> None:
    annotator.add(Shape("box", [[50, 50], [90, 80]]))
    hand.state.set_tool("select")
    QTest.keyPress(hand.pane.canvas, Qt.Key.Key_Right, CTRL)
    assert not hand.tools.take_back()
    annotator.steps.undo()
    assert study.annotations()[0].points == [[50, 50], [90, 80]]


@pytest.mark.parametrize("tool", ["polygon", "spline", "angle"])
def test_undo_takes_back_a_corner_first(hand: Any, study: Study, tool: str) -> None:
    hand.state.set_tool(tool)
    hand.click(50, 50)
    hand.click(90, 50)
    assert hand.tools.take_back()
    assert hand.tools.take_back()
    assert not hand.tools.take_back()
    assert study.annotations() == []


@pytest.fixture
def details(qtbot: Any, open_state: ViewerState, annotator: Annotator) -> Details:
    annotator.add(Shape("box", [[50, 50], [90, 80]]))
    details = Details(open_state, annotator)
    qtbot.addWidget(details)
    details.show()
    QTest.keyClicks(details.note, "faint")
    return details


@pytest.mark.parametrize(
    "leave",
    [
        next_case,
        lambda state: state.settling.emit(),
        lambda state: state.set_selection(()),
    ],
)
def test_a_half_typed_note_is_stored(
    details: Details, study: Study, open_state: ViewerState, leave: Callable[[ViewerState], None]
) -> None:
    leave(open_state)
    assert study.annotations()[0].attributes == {"note": "faint"}


def test_another_reader_finds_the_note_of_the_first_stored(
    details: Details, study: Study, open_state: ViewerState
) -> None:
    open_state.reader_leaving.connect(open_state.settling)
    open_state.set_reader("reader-2")
    assert study.annotations()[0].attributes == {"note": "faint"}


@pytest.mark.parametrize(("key", "note"), [(Qt.Key.Key_Return, "faint"), (Qt.Key.Key_Escape, None)])
def test_enter_and_escape_leave_the_note(
    qtbot: Any, details: Details, study: Study, key: Qt.Key, note: str | None
) -> None:
    with qtbot.waitSignal(details.left):
        QTest.keyClick(details.note, key)
    assert study.annotations()[0].attributes.get("note") == note
    assert details.note.text() == (note or "")
