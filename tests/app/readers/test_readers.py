"""Who reads: the picker, what is theirs, and that nothing lands in another's layer."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from app.main_window import MainWindow
from app.readers.lock_question import explained_key
from app.readers.picker import NewReaderDialog, people, why_not
from app.readers.protocol_dialog import ProtocolDialog
from softcam_core.annotations.protocol import Protocol, protocol
from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parent))
from conftest import (
    everything_said,
    let_the_model_speak,
    measure,
    set_mode,
    settle,
    study_of,
)

BOX = Shape("box", [[5, 5], [25, 25]])


def test_it_is_always_said_who_reads(window: MainWindow) -> None:
    picker = window.readers.bar.picker
    assert picker.isVisible()
    assert "reader-1" in picker.text()
    window.state.set_reader("bob")
    assert "bob" in picker.text()
    assert picker.accessibleName() == "Reader: bob"


@pytest.mark.parametrize(
    "name", ["union", "Majority", "adjudicated", "given", "", "a\nb", "x" * 61]
)
def test_some_names_are_nobodys(name: str) -> None:
    assert why_not(name)


def test_the_dialog_says_why_a_name_cannot_be(qtbot: Any) -> None:
    dialog = NewReaderDialog(["Anna"])
    qtbot.addWidget(dialog)
    dialog.name.setText("union")
    assert not dialog.ok.isEnabled()
    assert "union" in dialog.problem.text()
    dialog.name.setText("Boris")
    assert dialog.ok.isEnabled()
    assert dialog.problem.text() == ""
    dialog.name.setText("anna")
    assert dialog.chosen() == "Anna"


def test_a_new_reader_joins_the_study_and_has_a_layer_of_their_own(window: MainWindow) -> None:
    window.annotator.add(BOX)
    picker = window.readers.bar.picker
    picker.add("bob")
    assert "bob" in study_of(window).readers()
    assert window.annotator.records() == []
    assert not window.annotator.steps.stack.canUndo()
    picker.fill()
    names = [a.text() for a in picker.menu().actions() if a.isCheckable()]
    assert names == ["reader-1", "bob"]
    picker.menu().actions()[0].trigger()
    assert len(window.annotator.records()) == 1
    assert window.annotator.steps.stack.canUndo()


def test_labels_that_came_with_the_images_are_nobody(window: MainWindow) -> None:
    study_of(window).set_label(window.state.cases[0].id, "severe", "given")
    assert people(window.state) == ["reader-1"]


def test_a_shape_in_work_stays_with_the_one_who_drew_it(window: MainWindow) -> None:
    window.state.set_tool("polygon")
    canvas = window.grid.canvas(0)
    for x, y in ((5, 5), (30, 5), (30, 30)):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(x, y).toPoint())
    window.state.set_reader("bob")
    assert window.annotator.records() == []
    (record,) = study_of(window).annotations()
    assert (record.kind, record.reader) == ("polygon", "reader-1")


def test_edits_that_wait_are_not_shown_to_another_reader(window, monkeypatch) -> None:
    from softcam_core.errors import StudyError

    study = study_of(window)

    def full(*args: Any, **kwargs: Any) -> int:
        raise StudyError("the disk is full")

    monkeypatch.setattr(type(study), "add_annotation", full)
    window.annotator.add(BOX)
    assert len(window.annotator.records()) == 1
    window.state.set_reader("bob")
    assert window.annotator.records() == []
    monkeypatch.undo()
    window.annotator.retry()
    assert [record.reader for record in study.annotations()] == ["reader-1"]


def test_the_last_reader_comes_back_with_the_study(window, folder, qtbot) -> None:
    window.readers.bar.picker.add("bob")
    path = study_of(window).path
    window.controller.close_study()
    window.state.set_reader("somebody")
    window.open_study(path)
    qtbot.waitUntil(lambda: window.state.study is not None, timeout=5000)
    assert window.state.reader == "bob"


def test_marks_are_counted_for_the_reader_at_work(window: MainWindow) -> None:
    from app.worklist.model import Role

    window.annotator.add(BOX)
    assert window.worklist.filter.index(0, 0).data(Role.MARKS) == 1
    window.state.set_reader("bob")
    assert window.worklist.filter.index(0, 0).data(Role.MARKS) == 0


# The protocol


def test_the_dialog_says_what_each_mode_does_and_returns_the_choice(qtbot: Any) -> None:
    dialog = ProtocolDialog(Protocol("ai-second", "shuffled", 7), 0)
    qtbot.addWidget(dialog)
    assert dialog.chosen() == Protocol("ai-second", "shuffled", 7)
    dialog.modes["blinded"].click()
    dialog.fixed.click()
    assert dialog.chosen() == Protocol("blinded", "fixed", 7)
    assert not dialog.seed.isEnabled()
    assert all(button.accessibleDescription() for button in dialog.modes.values())


def test_the_protocol_is_stored_with_an_event(window, monkeypatch) -> None:
    def choose(dialog: ProtocolDialog) -> int:
        dialog.modes["ai-second"].click()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ProtocolDialog, "exec", choose)
    window.actions_table["reading_protocol"].trigger()
    study = study_of(window)
    assert protocol(study).mode == "ai-second"
    (event,) = [e for e in study.events() if e.what == "protocol changed"]
    assert event.reader == "reader-1"
    assert window.readers.bar.protocol.text() == "AI second"


# The audit log


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_audit_log_is_written_behind_the_window(window, tmp_path, qtbot, kind: str) -> None:
    window.annotator.add(BOX)
    window.settings.set(explained_key("open", window.state.reader), True)
    window.readers.lock()
    path = tmp_path / f"log.{kind}"
    with qtbot.waitSignal(window.readers.audit.done, timeout=5000):
        window.readers.export_audit(path)
    text = path.read_text("utf-8")
    assert "read locked" in text
    assert str(tmp_path) not in text
    rows = list(csv.DictReader(text.splitlines())) if kind == "csv" else json.loads(text)
    assert {"add", "read locked", "read started"} <= {row["what"] for row in rows}


def test_an_audit_log_that_cannot_be_written_says_so(window, tmp_path, qtbot) -> None:
    with qtbot.waitSignal(window.readers.audit.failed, timeout=5000) as told:
        window.readers.export_audit(tmp_path / "no such folder" / "log.csv")
    assert "log.csv" in told.args[0]
    assert told.args[0] in window.messages.text()


# Truth


def test_whose_marks_count_is_chosen_stored_and_said(window: MainWindow) -> None:
    study, state, case = study_of(window), window.state, window.state.case
    window.annotator.add(BOX)
    for reader, left in (("anna", 30), ("bob", 32)):
        study.add_annotation(case.id, "box", [[left, 5], [left + 10, 15]], "MA", reader)
    let_the_model_speak(window)
    state.look_again()
    live, chooser = window.controller.live, window.readers.truth
    assert [s.points.tolist() for s in live._shapes()] == [[[5, 5], [25, 25]]]
    chooser.choose("anna")
    assert [s.points.tolist()[0][0] for s in live._shapes()] == [30]
    measure(window)
    assert "anna" in window.docks.metrics.hint.text()
    assert "anna" in window.grid.panes[0].metrics.text()
    chooser.choose("union")
    assert len(live._shapes()) == 3
    assert study.get_setting("truth") == "union"
    assert any(event.what == "truth chosen" for event in study.events())
    chooser.choose("")
    assert [s.points.tolist() for s in live._shapes()] == [[[5, 5], [25, 25]]]


def test_the_majority_is_counted_behind_the_window(window, qtbot) -> None:
    study, case = study_of(window), window.state.case
    for reader, left in (("anna", 30), ("bob", 35), ("carl", 0)):
        study.add_annotation(case.id, "box", [[left, 5], [left + 10, 15]], "MA", reader)
    window.state.look_again()
    window.readers.truth.choose("majority")
    truth = window.controller.live._truth
    with qtbot.waitSignal(truth.counted, timeout=5000):
        assert window.controller.live._shapes() == []
    (shape,) = window.controller.live._shapes()
    mask = shape.full_mask((48, 64))
    assert mask.sum() == 5 * 10
    assert mask[5:15, 35:40].all()


def test_a_hidden_reader_counts_only_their_own(window: MainWindow) -> None:
    study, case = study_of(window), window.state.case
    study.add_annotation(case.id, "box", [[30, 5], [40, 15]], "MA", "bob")
    window.state.look_again()
    window.readers.truth.choose("bob")
    set_mode(window, "blinded")
    settle()
    assert window.controller.live._shapes() == []
    assert not window.readers.truth.box.isEnabled()
    assert window.readers.truth.box.count() == 1
    assert window.state.whose_marks == ""
    set_mode(window, "open")
    assert window.state.whose_marks == "bob"


def test_everything_has_a_name_for_a_screen_reader(window: MainWindow) -> None:
    for bar in (window.readers.bar, window.readers.adjudication_bar):
        for widget in bar.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.objectName():
                assert widget.accessibleName(), widget.objectName()
    assert "Reader: reader-1" in everything_said(window)
