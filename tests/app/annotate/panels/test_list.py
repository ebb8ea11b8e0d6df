from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu

from app import language
from app.annotate.panels.list import AnnotationList
from app.annotate.panels.list_model import HIDDEN, KIND, LOCKED
from app.annotate.sizes import size_text
from softcam_core.annotations.protocol import Protocol, set_protocol
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


def test_kinds_of_marks_are_in_the_windows_language(listed, annotator, qapp):
    language.install(qapp, "de")
    try:
        annotator.add(BOX)
        assert rows(listed)[0][:2] == ("MA", "Rechteck")
    finally:
        language.install(qapp, "en")


def test_an_empty_list_says_that_others_have_marked_the_image(listed, study, open_state):
    case = open_state.case.id
    study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "imported")
    open_state.annotations_changed.emit(case)
    assert "1 mark of another reader is on this image" in listed.hint.text()
    study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "anna")
    study.delete_annotation(study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "anna"))
    open_state.annotations_changed.emit(case)
    assert "2 marks of other readers are on this image (change reader: Ctrl+R)" in (
        listed.hint.text()
    )
    set_protocol(study, Protocol("blinded"), "anna")
    open_state.look_again()
    assert "other reader" not in listed.hint.text()
    assert listed.hint.text().startswith("Nothing is marked yet.")


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


SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def click(listed, row, column=1, keys=Qt.KeyboardModifier.NoModifier):
    place = listed.table.visualRect(listed.model.index(row, column)).center()
    QTest.mouseClick(listed.table.viewport(), Qt.MouseButton.LeftButton, keys, place)


def chosen(listed):
    return [i.row() for i in listed.table.selectionModel().selectedRows()]


def test_several_are_selected_both_ways(listed, annotator, open_state):
    a, b, c, d = (annotator.add(BOX.moved(n, n)) for n in range(4))
    click(listed, 0)
    click(listed, 2, keys=SHIFT)
    assert open_state.selection == (a, b, c)
    click(listed, 1, keys=CTRL)
    assert set(open_state.selection) == {a, c}
    open_state.set_selection([d, b])
    assert sorted(chosen(listed)) == [1, 3]
    assert open_state.selection == (d, b)
    assert listed.table.currentIndex().row() == 1


def test_delete_deletes_all_selected(listed, annotator, study):
    for n in range(3):
        annotator.add(BOX.moved(n, n))
    click(listed, 0)
    click(listed, 1, keys=SHIFT)
    QTest.keyClick(listed.table, Qt.Key.Key_Delete)
    assert len(study.annotations()) == 1
    assert chosen(listed) == []


def test_a_click_on_an_icon_locks_or_hides_and_selects_nothing(listed, annotator, open_state):
    annotator.add(BOX)
    annotator.add(BOX.moved(5, 5))
    open_state.set_selected(None)
    click(listed, 0, LOCKED)
    click(listed, 1, HIDDEN)
    one, two = annotator.records()
    assert (one.locked, one.hidden, two.locked, two.hidden) == (True, False, False, True)
    assert open_state.selection == ()
    click(listed, 0, LOCKED)
    assert not annotator.records()[0].locked


def test_an_icon_of_a_selected_row_means_all_selected(listed, annotator, open_state):
    ids = [annotator.add(BOX.moved(n, n)) for n in range(3)]
    open_state.set_selection(ids[:2])
    click(listed, 0, LOCKED)
    assert [d.locked for d in annotator.records()] == [True, True, False]
    assert open_state.selection == tuple(ids[:2])
    annotator.steps.undo()
    assert not any(d.locked for d in annotator.records())


def test_the_icons_say_what_they_mean(listed, annotator, open_state):
    number = annotator.add(BOX)
    model = listed.model
    assert model.index(0, LOCKED).data(Qt.ItemDataRole.ToolTipRole) == "Click to lock"
    before = model.index(0, LOCKED).data(Qt.ItemDataRole.DecorationRole).cacheKey()
    annotator.set_attributes(number, locked=True, hidden=True)
    assert "Locked" in model.index(0, LOCKED).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Hidden" in model.index(0, HIDDEN).data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.index(0, LOCKED).data(Qt.ItemDataRole.DecorationRole).cacheKey() != before


def test_measures_stand_in_the_size_column_and_areas_in_the_tip(listed, annotator, open_state):
    annotator.add(Shape("length", [[0, 0], [30, 40]]))
    annotator.add(Shape("angle", [[10, 0], [0, 0], [0, 10]]))
    annotator.add(BOX)
    assert [row[2] for row in rows(listed)] == ["50.0 px", "90.0°", "20 × 10 px"]
    tip = listed.model.index(2, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "Area: 200 px²" in tip
    assert "Outline: 60.0 px" in tip
    header = listed.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "spacing unknown" in header
    open_state.image = replace(open_state.image, spacing=(0.5, 0.5))
    open_state.image_changed.emit()
    assert [row[2] for row in rows(listed)] == ["25.0 mm", "90.0°", "10.0 × 5.0 mm"]
    tip = listed.model.index(2, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "Area: 50.00 mm²" in tip
    assert "unknown" not in tip


def test_a_label_given_in_a_row_goes_to_all_selected(listed, annotator, study):
    annotator.add_many([BOX, BOX.moved(3, 3)], "Two")
    listed.model.setData(listed.model.index(0, 0), "HE")
    assert [r.label for r in study.annotations()] == ["HE", "HE"]


def test_the_menu_of_a_row_has_all_that_can_be_done(listed, annotator, open_state):
    for n in range(2):
        annotator.add(BOX.moved(n, n))
    open_state.set_selected(annotator.records()[0].id)
    menu = listed.table.menu()
    actions = {a.text(): a for m in (menu, *menu.findChildren(QMenu)) for a in m.actions()}
    wanted = {"Duplicate", "Lock or unlock", "Hide or show", "Show all hidden", "Raise", "Lower"}
    assert wanted | {"To the top", "To the bottom", "Turn clockwise by 15°", "Delete"} <= set(
        actions
    )
    actions["To the top"].trigger()
    assert annotator.records()[-1].shape == BOX
    actions["Lock or unlock"].trigger()
    assert annotator.records()[-1].locked
    menu.close()


def test_two_thousand_rows_are_quick(listed, annotator, open_state, qtbot):
    ids = annotator.add_many([BOX.moved(n % 300, n % 200) for n in range(2000)], "Many")
    asked = []
    original = type(listed.model).data
    type(listed.model).data = lambda *a: asked.append(1) or original(*a)
    try:
        for number in ids[::200]:
            open_state.set_selected(number)
        open_state.set_selection(ids)
        qtbot.wait(50)
    finally:
        type(listed.model).data = original
    # Only what is in view is asked for, not every row at each change of the selection.
    assert len(asked) < 2000
    assert len(chosen(listed)) == 2000


def test_a_longer_size_gets_a_wider_column(listed, annotator):
    annotator.add(Shape("point", [5, 5]))
    before = listed.table.columnWidth(2)
    annotator.add(BOX.moved(1, 1).resized(9))
    size = listed.model.index(1, 2)
    assert listed.table.columnWidth(2) > before
    assert listed.table.columnWidth(2) >= listed.table.sizeHintForIndex(size).width()


def test_a_mark_with_a_note_has_a_sign(listed, annotator):
    first, second = annotator.add(BOX), annotator.add(BOX)
    annotator.set_attributes(second, note="ask again")
    signs = [listed.model.index(row, KIND).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1)]
    assert signs[0] is None
    assert not signs[1].isNull()
    said = [
        listed.model.index(row, KIND).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)
    ]
    assert said == [None, "box, with a note"]
    assert first is not None
