"""The dialog: what it compares, what it shows, what it keeps to itself."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QTableView,
)

from app.agreement.tables import NUMBERS, Table, number
from softcam_core.agreement.between import agreement_between
from softcam_core.annotations.protocol import Protocol, set_protocol


def cells(dialog, table):
    model = getattr(dialog, table)
    columns = range(model.columnCount())
    return [
        [model.data(model.index(row, column)) for column in columns]
        for row in range(model.rowCount())
    ]


def tick(widget, name, on=True):
    (item,) = [widget.item(row) for row in range(widget.count()) if widget.item(row).text() == name]
    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def choose(box, data):
    box.setCurrentIndex(box.findData(data))


def press(qtbot, dialog, button="compare"):
    qtbot.mouseClick(getattr(dialog, button), Qt.MouseButton.LeftButton)


def test_readers_are_compared_as_soon_as_it_is_open(make_dialog, ended, study):
    dialog = make_dialog()
    ended(dialog)
    expected = agreement_between(study).rows
    assert repr(dialog.numbers.rows) == repr(expected)
    shown = cells(dialog, "numbers")
    assert shown[0][:4] == ["A", "B", "all labels", "Cohen's kappa"]
    dice = next(row for row in shown if row[2:4] == ["all labels", "Dice"])
    value = next(row for row in expected if row.measure == "dice")
    assert dice[4] == f"{value.value:.3f}"
    assert dice[5:] == [f"{value.low:.3f} to {value.high:.3f}", "4", "0"]
    assert "C drew nothing" in dialog.status.text()


def test_cases_come_worst_first_and_a_click_leads_to_one(make_dialog, ended, qtbot):
    dialog = make_dialog()
    ended(dialog)
    row = next(n for n, row in enumerate(dialog.numbers.rows) if row.measure == "dice")
    dialog.numbers_view.selectRow(row)
    names = [row[0] for row in cells(dialog, "cases")]
    assert names == ["eye-4.png", "eye-3.png", "eye-2.png", "eye-1.png"]
    place = dialog.cases_view.visualRect(dialog.cases.index(1, 0)).center()
    with qtbot.waitSignal(dialog.case_chosen) as chosen:
        qtbot.mouseClick(
            dialog.cases_view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), place
        )
    assert chosen.args == [3]
    dialog.cases_view.setFocus()
    dialog.cases_view.selectRow(3)
    with qtbot.waitSignal(dialog.case_chosen) as chosen:
        qtbot.keyClick(dialog.cases_view, Qt.Key.Key_Return)
    assert chosen.args == [1]
    # Enter does not press the dialog's default button too.
    assert not dialog.cancel.isEnabled()
    assert dialog.numbers.rows


def test_the_cases_are_those_of_the_chosen_number(make_dialog, ended):
    dialog = make_dialog()
    ended(dialog)
    for n, row in enumerate(dialog.numbers.rows):
        dialog.numbers_view.selectRow(n)
        shown = dialog.cases.rows
        assert len({case.case for case in shown}) == 4
        if row.measure != "fleiss_kappa":
            pairs = {(case.reader, case.other, case.label) for case in shown}
            assert pairs == {(row.reader, row.other, row.label)}


def test_what_is_chosen_is_what_is_compared(make_dialog, ended, qtbot, study):
    dialog = make_dialog()
    ended(dialog)
    form = dialog.choices
    tick(form.readers, "C", False)
    choose(form.label, "MA")
    choose(form.iou, 0.75)
    choose(form.weights, "quadratic")
    press(qtbot, dialog)
    ended(dialog)
    expected = agreement_between(study, ["A", "B"], ["MA"], iou=0.75, weights="quadratic")
    assert repr(dialog.numbers.rows) == repr(expected.rows)
    choose(form.criterion, "hit")
    assert not form.iou.isEnabled()
    press(qtbot, dialog)
    ended(dialog)
    expected = agreement_between(study, ["A", "B"], ["MA"], "hit", 0.75, weights="quadratic")
    assert repr(dialog.numbers.rows) == repr(expected.rows)


def test_too_few_readers_are_told(make_dialog, ended, qtbot):
    dialog = make_dialog()
    ended(dialog)
    for name in "BC":
        tick(dialog.choices.readers, name, False)
    assert not dialog.compare.isEnabled()
    assert dialog.compare.toolTip().startswith("Tick two readers, or a reader and a model")
    assert dialog.numbers_view.isVisible(), "what was found stays"
    tick(dialog.choices.readers, "B")
    assert dialog.compare.isEnabled()


def test_one_reader_is_told_that_it_takes_two(make_dialog, open_study, study):
    for reader in "BC":
        for mark in study.annotations(reader=reader):
            study.delete_annotation(mark.id)
        for case in study.cases():
            study.set_label(case.id, "", reader)
    dialog = make_dialog()
    assert dialog.choices.readers.count() == 1
    assert not dialog.compare.isEnabled()
    assert dialog.hint.isVisible()
    assert "needs two readers" in dialog.hint.text()
    assert not dialog.numbers_view.isVisible()
    study.set_label(1, "mild", "B")
    open_study.study_changed.emit()
    assert dialog.compare.isEnabled()
    assert dialog.numbers_view.isVisible()


def test_labels_of_the_folder_are_called_so_and_agree_whatever_their_capitals(
    make_dialog, ended, study
):
    study.set_grade_names(["Normal", "Mild", "Severe"])
    for case, grade in enumerate(["normal", "mild", "mild", "MILD"], start=1):
        study.set_label(case, grade, "given")
    dialog = make_dialog()
    ended(dialog)
    names = [dialog.choices.readers.item(n).text() for n in range(4)]
    assert names[3] == "given (labels of the folder)"
    row = next(row for row in cells(dialog, "numbers") if row[1] == names[3] and "Same" in row[3])
    assert (row[0], row[4]) == ("A", "100.0 %")


def test_the_dialog_fits_a_small_screen(make_dialog, ended):
    dialog = make_dialog()
    ended(dialog)
    assert dialog.width() <= 1180
    assert dialog.minimumSizeHint().width() <= 1180
    assert dialog.height() <= 700


def test_a_sort_keeps_what_is_undefined_last(make_dialog, ended):
    dialog = make_dialog()
    ended(dialog)
    column = [c.head for c in NUMBERS].index("Value")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        dialog.numbers_view.sortByColumn(column, order)
        values = [row.value for row in dialog.numbers.rows if row.value == row.value]
        assert values == sorted(values, reverse=order == Qt.SortOrder.DescendingOrder)
        assert all(row.value == row.value for row in dialog.numbers.rows[: len(values)])


# What is hidden stays hidden


def test_blinded_nothing_shows_of_cases_whose_read_is_not_locked(
    make_dialog, ended, open_study, study
):
    set_protocol(study, Protocol("blinded"), "A")
    open_study.sight.forget()
    dialog = make_dialog()
    ended(dialog)
    assert dialog.numbers.rows == []
    assert dialog.cases.rows == []
    assert "until your first read of a case is locked" in dialog.status.text()
    study.lock_read(study.start_read(2, "A", "blinded"))
    open_study.sight.forget()
    dialog.start()
    ended(dialog)
    assert dialog.numbers.rows
    assert {case.case for case in dialog._all_cases} == {2}
    assert dialog.status.text().startswith("3 cases are left out: your first read")


def test_ai_second_hides_models_and_not_readers(make_dialog, ended, open_study, study):
    set_protocol(study, Protocol("ai-second"), "A")
    open_study.sight.forget()
    dialog = make_dialog()
    ended(dialog)
    assert {case.case for case in dialog._all_cases} == {1, 2, 3, 4}
    study.lock_read(study.start_read(3, "A", "ai-second"))
    open_study.sight.forget()
    question, hidden = dialog.choices.question()
    assert (question.model_cases, hidden) == (frozenset({3}), 0)


@pytest.mark.parametrize("signal", ["reader_changed", "sight_changed", "study_changed"])
def test_what_was_found_goes_when_it_may_no_longer_be_seen(make_dialog, ended, open_study, signal):
    dialog = make_dialog()
    ended(dialog)
    assert dialog.numbers.rows
    getattr(open_study, signal).emit()
    assert dialog.numbers.rows == []
    assert dialog.cases.rows == []
    assert dialog._all_cases == []


# Work behind the window


def test_a_comparison_can_be_cancelled(make_dialog, qtbot, tmp_path):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    qtbot.waitUntil(lambda: dialog.bar.value() == 1, timeout=20_000)
    assert dialog.status.text() == "Readers: 1 of 4 cases"
    press(qtbot, dialog, "cancel")
    assert not dialog.cancel.isEnabled()
    qtbot.waitUntil((tmp_path / "stopped").exists, timeout=20_000)
    assert dialog.numbers.rows == []
    assert dialog.status.text() == "Cancelled."


@pytest.mark.parametrize("end", ["study", "dialog"])
def test_closing_the_study_or_the_dialog_ends_the_work(
    make_dialog, qtbot, open_study, tmp_path, end
):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    qtbot.waitUntil(lambda: dialog.bar.value() == 1, timeout=20_000)
    if end == "study":
        open_study.study_closing.emit()
        open_study.study = None
        open_study.study_changed.emit()
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil((tmp_path / "stopped").exists, timeout=20_000)
    assert dialog.numbers.rows == []
    if end == "study":
        assert not dialog.compare.isEnabled()
        assert dialog.hint.text() == "No study is open; open a folder first."


def test_an_error_is_one_sentence(make_dialog, ended, tmp_path):
    (tmp_path / "fail").touch()
    dialog = make_dialog()
    ended(dialog)
    assert dialog.status.text() == "The disk is gone."


# Saving


def test_both_tables_are_saved(make_dialog, ended, qtbot, monkeypatch, tmp_path):
    dialog = make_dialog()
    ended(dialog)
    for button, name in (("export", "n.csv"), ("export_cases", "c.csv")):
        place = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=place: (p, ""))
        press(qtbot, dialog, button)
        assert dialog.status.text().splitlines()[-1] == f"Saved {place}."
    rows = list(csv.DictReader((tmp_path / "n.csv").read_text().splitlines()))
    assert len(rows) == len(dialog.numbers.rows)
    cases = list(csv.DictReader((tmp_path / "c.csv").read_text().splitlines()))
    assert cases[0]["name"] == "eye-4.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(Path("/no/n.csv")), ""))
    press(qtbot, dialog, "export")
    assert "cannot be written" in dialog.status.text()


def test_there_is_nothing_to_save_before_something_is_found(make_dialog, ended, open_study):
    dialog = make_dialog()
    ended(dialog)
    assert dialog.export.isEnabled()
    open_study.reader_changed.emit()
    assert not dialog.export.isEnabled()
    assert not dialog.export_cases.isEnabled()


# Craft


def test_every_widget_has_a_name_for_tests_and_for_screen_readers(make_dialog, ended):
    dialog = make_dialog()
    ended(dialog)
    kinds = (QCheckBox, QComboBox, QLineEdit, QListWidget, QProgressBar, QPushButton, QTableView)
    found = [widget for kind in kinds for widget in dialog.findChildren(kind)]
    assert len(found) >= 16
    for widget in found:
        assert widget.objectName(), widget
        spoken = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        assert spoken, widget.objectName()
    names = [widget.objectName() for widget in found]
    assert len(set(names)) == len(names)


def test_numbers_have_the_digits_they_deserve():
    assert number(float("nan")) == "–"
    assert number(-0.1234) == "−0.123"
    assert number(12.345, "px") == "12.3 px"
    table = Table(NUMBERS, lambda row: row.note)
    table.sort(99)
    assert table.rowCount() == 0


def read_again(study):
    """A reads the first case blinded, and otherwise after the reveal."""
    case = study.cases()[0].id
    study.lock_read(study.start_read(case, "A", "blinded"))
    study.start_read(case, "A", "after the reveal")
    study.set_label(case, "severe", "A")


@pytest.mark.parametrize("mode", ["blinded", "open"])
def test_first_reads_count_where_reads_were_blinded(
    make_dialog, ended, qtbot, study, open_study, mode
):
    read_again(study)
    if mode == "blinded":
        set_protocol(study, Protocol(mode), "head")
        for case in study.cases():
            read = study.open_read(case.id, "A")
            study.lock_read(read.id if read else study.start_read(case.id, "A", "blinded"))
        open_study.look_again()
    dialog = make_dialog()
    ended(dialog)
    assert dialog.choices.reads.currentData() == "first"
    same = next(row for row in dialog.numbers.rows if row.measure == "percent_agreement")
    assert (same.other, same.value, same.reads) == ("B", 100.0, "first")
    assert dialog.status.text().startswith("The first read of each reader counts")
    choose(dialog.choices.reads, "last")
    press(qtbot, dialog)
    ended(dialog)
    same = next(row for row in dialog.numbers.rows if row.measure == "percent_agreement")
    assert (same.value, same.reads) == (75.0, "last")
    assert dialog.status.text().startswith("The last read of each reader counts")
    open_study.look_again()
    assert dialog.choices.reads.currentData() == "last"


def test_last_reads_count_where_nothing_was_hidden(make_dialog):
    assert make_dialog().choices.reads.currentData() == "last"
