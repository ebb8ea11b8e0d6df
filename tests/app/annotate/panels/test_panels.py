"""Certainty and note, the grade of the case, and the history, each through its widgets."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionComboBox, QWidget

from app.annotate.annotator import Annotator
from app.annotate.panels.details import Details
from app.annotate.panels.grades import GradeBar
from app.annotate.panels.history import HistoryPanel
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

BOXES = [Shape("box", [[n, n], [n + 10, n + 10]]) for n in (5, 30, 60)]


@pytest.fixture
def show(qtbot: Any) -> Any:
    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()

    return show


def test_certainty_and_note_are_stored_for_all_selected(
    annotator: Annotator, open_state: ViewerState, study: Study, show: Any
) -> None:
    ids = annotator.add_many(BOXES, "Add")
    details = Details(open_state, annotator)
    show(details)
    open_state.set_selection(ids[:2])
    details.certainty.setCurrentIndex(2)
    details.certainty.activated.emit(2)
    QTest.keyClicks(details.note, "faint")
    QTest.keyClick(details.note, Qt.Key.Key_Return)
    said = [record.attributes for record in study.annotations()]
    assert said == [{"certainty": "probable", "note": "faint"}] * 2 + [{}]
    open_state.set_selection(ids)
    assert details.certainty.currentIndex() == -1  # they differ
    assert details.note.text() == ""
    open_state.set_selection(ids[:1])
    assert (details.certainty.currentText(), details.note.text()) == ("probable", "faint")


def test_a_note_belongs_to_what_was_selected_while_it_was_typed(
    annotator: Annotator, open_state: ViewerState, study: Study, show: Any
) -> None:
    ids = annotator.add_many(BOXES, "Add")
    details = Details(open_state, annotator)
    show(details)
    open_state.set_selection(ids[:1])
    QTest.keyClicks(details.note, "here")
    open_state.set_selection(ids[1:2])
    assert [r.attributes.get("note") for r in study.annotations()] == ["here", None, None]
    assert details.note.text() == ""
    open_state.set_selection(())
    assert not details.isVisible()


def test_an_edit_elsewhere_does_not_take_a_half_typed_note(
    annotator: Annotator, open_state: ViewerState, show: Any
) -> None:
    ids = annotator.add_many(BOXES, "Add")
    details = Details(open_state, annotator)
    show(details)
    open_state.set_selection(ids[:1])
    QTest.keyClicks(details.note, "half a wo")
    assert open_state.case is not None
    open_state.annotations_changed.emit(open_state.case.id)
    assert details.note.text() == "half a wo"


@pytest.fixture
def grades(annotator: Annotator, open_state: ViewerState, study: Study, show: Any) -> GradeBar:
    study.set_grade_names(["none", "mild", "severe"])
    bar = GradeBar(open_state, annotator)
    show(bar)
    return bar


def chosen(bar: GradeBar) -> str:
    return str(bar.choice.currentData())


def choose(bar: GradeBar, row: int) -> None:
    bar.choice.setCurrentIndex(row)
    bar.choice.activated.emit(row)


def test_a_grade_is_given_and_taken_back(
    grades: GradeBar, study: Study, annotator: Annotator, open_state: ViewerState
) -> None:
    assert open_state.case is not None
    assert chosen(grades) == ""
    choose(grades, 2)
    assert study.grades(open_state.case.id) == {"reader-1": "mild"}
    grades.choose(3)
    assert chosen(grades) == "severe"
    annotator.steps.undo()
    assert chosen(grades) == "mild"
    choose(grades, 0)
    assert study.grades(open_state.case.id) == {}
    assert chosen(grades) == ""


def test_a_grade_stands_in_its_box_without_its_key(grades: GradeBar) -> None:
    grades.choose(2)
    assert grades.choice.currentText().endswith("Alt+2")  # in the list
    option = QStyleOptionComboBox()
    grades.choice.initStyleOption(option)
    assert option.currentText == "mild"
    grades.set_grade("")
    grades.choice.initStyleOption(option)
    assert option.currentText == "not graded"


def test_a_grade_has_a_key(grades: GradeBar, study: Study, qtbot: Any) -> None:
    grades.activateWindow()
    qtbot.waitUntil(grades.isActiveWindow)
    QTest.keyClick(grades, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert list(study.grades(study.cases()[0].id).values()) == ["mild"]
    QTest.keyClick(grades, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert study.grades(study.cases()[0].id) == {}


def test_each_reader_has_a_grade(grades: GradeBar, open_state: ViewerState) -> None:
    grades.choose(1)
    open_state.set_reader("reader-2")
    assert chosen(grades) == ""
    grades.choose(2)
    open_state.set_reader("reader-1")
    assert chosen(grades) == "none"


def test_a_list_of_grades_that_comes_twice_is_refused_in_a_sentence(
    grades: GradeBar, open_state: ViewerState
) -> None:
    told: list[str] = []
    open_state.message.connect(told.append)
    grades.set_names(["a", "a"])
    assert len(told) == 1
    assert grades.names() == ["none", "mild", "severe"]


def test_the_history_names_the_steps_and_goes_back_and_forward(
    annotator: Annotator, open_state: ViewerState, study: Study, show: Any
) -> None:
    panel = HistoryPanel(open_state, annotator)
    show(panel)
    ids = [annotator.add(box) for box in BOXES]
    annotator.delete([n for n in ids if n is not None][:2])
    rows = [panel.model.data(panel.model.index(n)) for n in range(panel.model.rowCount())]
    assert [row.split("  ")[-1] for row in rows] == [
        "Before these steps",
        "Add box MA",
        "Add box MA",
        "Add box MA",
        "Delete 2 shapes",
    ]
    panel.view.clicked.emit(panel.model.index(1))
    assert [r.shape for r in study.annotations()] == BOXES[:1]
    assert panel.view.currentIndex().row() == 1
    panel.view.clicked.emit(panel.model.index(3))
    assert [r.shape for r in study.annotations()] == BOXES
    assert annotator.steps.stack.canRedo()
