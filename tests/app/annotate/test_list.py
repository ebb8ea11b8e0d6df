from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from app.annotate.list import AnnotationList, size_text
from softcam_core.annotations.shapes import Shape

BOX = Shape("box", [[10, 10], [30, 20]])


@pytest.fixture
def listed(qtbot, open_state, annotator):
    listed = AnnotationList(open_state, annotator)
    qtbot.addWidget(listed)
    listed.resize(320, 240)
    listed.show()
    return listed


def rows(listed):
    model = listed.model
    return [
        tuple(model.index(row, column).data() for column in range(3))
        for row in range(model.rowCount())
    ]


def test_an_empty_list_says_how_to_begin(listed, annotator):
    assert listed.hint.isVisible()
    annotator.add(BOX)
    assert listed.table.isVisible()
    assert rows(listed) == [("MA", "box", "20 × 10 px")]
    annotator.steps.undo()
    assert listed.hint.isVisible()


def test_sizes_are_in_millimetres_where_the_spacing_is_known(listed, annotator, open_state):
    annotator.add(BOX)
    open_state.image = replace(open_state.image, spacing=(0.5, 0.1))
    open_state.image_changed.emit()
    assert rows(listed)[0][2] == "2.0 × 5.0 mm"
    assert size_text(Shape("point", [[1, 1]]), None) == ""


def test_the_selection_goes_both_ways(listed, annotator, open_state):
    first, second = annotator.add(BOX), annotator.add(BOX)
    selection = listed.table.selectionModel()
    assert [i.row() for i in selection.selectedRows()] == [1]
    listed.table.selectRow(0)
    assert open_state.selected == first
    open_state.set_selected(second)
    assert [i.row() for i in selection.selectedRows()] == [1]
    open_state.set_selected(None)
    assert not selection.hasSelection()


def test_the_selection_stays_when_a_shape_changes(listed, annotator, open_state):
    first, _ = annotator.add(BOX), annotator.add(BOX)
    open_state.set_selected(first)
    annotator.update(first, Shape("box", [[0, 0], [50, 60]]))
    assert rows(listed)[0][2] == "50 × 60 px"
    assert open_state.selected == first
    assert [i.row() for i in listed.table.selectionModel().selectedRows()] == [0]


def test_delete_deletes_the_selected_annotation(listed, annotator, study):
    annotator.add(BOX)
    QTest.keyClick(listed.table, Qt.Key.Key_Delete)
    assert study.annotations() == []
    assert rows(listed) == []


def test_a_label_is_changed_in_its_row(qtbot, listed, annotator, study):
    annotator.add(BOX)
    study.set_labels([*study.labels(), replace(study.labels()[0], name="HE", key="2")])
    annotator._forget()
    listed.table.edit(listed.model.index(0, 0))
    box = listed.table.findChild(QComboBox, "labelChoice")
    assert box.currentText() == "MA"
    box.setCurrentText("HE")
    box.activated.emit(box.currentIndex())
    assert study.annotations()[0].label == "HE"
    assert rows(listed)[0][0] == "HE"


def test_another_case_has_its_own_list(listed, annotator, open_state):
    annotator.add(BOX)
    open_state.case = open_state.cases[1]
    open_state.case_changed.emit()
    assert rows(listed) == []
