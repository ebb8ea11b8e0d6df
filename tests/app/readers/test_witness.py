"""What a reader saw is in the log, and who is blinded learns nothing of the others."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton

from app.main_window import MainWindow
from app.readers.lock_question import explained_key
from app.readers.picker import READER_CHANGED
from app.readers.protocol_dialog import ProtocolDialog
from app.readers.witness import CASE_VIEWED
from app.state import PaneContent
from softcam_core.annotations.labels import presets
from softcam_core.annotations.seen import AFTER_REVEAL, MODEL_SEEN, NOT_BLIND
from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parent))
from conftest import let_the_model_speak, lock_first_read, set_mode, settle, study_of

BOX = Shape("box", [[5, 5], [25, 25]])


def logged(window: MainWindow, what: str) -> list[Any]:
    window.readers.witness.look()
    window.state.journal.wait(5)
    return study_of(window).events(what)


def test_a_case_seen_with_the_model_is_read_as_not_blind(window: MainWindow) -> None:
    let_the_model_speak(window)
    first = window.state.cases[0].id
    seen = {event.case: event.detail["place"] for event in logged(window, MODEL_SEEN)}
    assert seen[first] == "image"
    assert seen[window.state.cases[1].id] == "worklist"
    set_mode(window, "blinded")
    assert "Not blind: the model was seen" in window.readers.bar.protocol.toolTip() or (
        "Not blind" in window.readers.bar.protocol.text()
    )
    window.annotator.add(BOX)
    (event,) = study_of(window).events("read started")
    assert event.detail["mode"] == NOT_BLIND


def test_what_is_hidden_is_never_logged_as_seen_but_the_look_is(window: MainWindow) -> None:
    set_mode(window, "blinded")
    let_the_model_speak(window)
    window.controller.select_case(window.state.cases[2].id)
    settle()
    assert logged(window, MODEL_SEEN) == []
    assert [event.case for event in logged(window, CASE_VIEWED)][-1] == window.state.cases[2].id


def test_the_read_begins_before_the_first_grade(window: MainWindow) -> None:
    set_mode(window, "blinded")
    window.annotator.set_grade("mild")
    study, case = study_of(window), window.state.case
    (read,) = study.reads(case.id, "reader-1")
    (edit,) = (line for line in study.history() if line.action == "grade")
    assert read.started <= edit.time


def test_a_second_read_is_no_blinded_one(window: MainWindow) -> None:
    set_mode(window, "blinded")
    window.settings.set(explained_key("blinded", window.state.reader), True)
    assert window.readers.lock()
    window.readers.reading.read_again()
    case = window.state.case
    assert [r.mode for r in study_of(window).reads(case.id)] == ["blinded", AFTER_REVEAL]
    assert "After the reveal" in window.readers.bar.protocol.text()
    (event,) = study_of(window).events("model revealed")
    assert event.detail["others"] is True


def test_the_audit_log_of_a_blinded_reader_holds_nothing_of_others(
    window: MainWindow, tmp_path: Path, qtbot: Any
) -> None:
    study, case = study_of(window), window.state.case
    study.set_label(case.id, "severe", "anna")
    set_mode(window, "blinded")
    with qtbot.waitSignal(window.readers.audit.done, timeout=5000) as told:
        window.readers.export_audit(tmp_path / "log.json")
    text = (tmp_path / "log.json").read_text("utf-8")
    assert json.loads(text)
    assert "severe" not in text
    assert "1 rows of others are left out" in told.args[0]
    assert study.events("audit log exported")


def test_adjudicating_never_tells_a_blinded_reader_who_has_locked(window: MainWindow) -> None:
    study, case = study_of(window), window.state.case
    for reader in ("anna", "bob"):
        study.add_annotation(case.id, "point", [[3, 3]], "MA", reader)
    set_mode(window, "blinded")
    said = set()
    for mark in (False, True):
        if mark:
            study.add_annotation(case.id, "point", [[4, 4]], "MA", "reader-1")
        found = {window.readers.adjudication.why_not("anna", "bob")}
        for reader in ("anna", "bob"):
            lock_first_read(window, reader, "blinded")
            found.add(window.readers.adjudication.why_not("anna", "bob"))
        said.add(len(found))
    assert said == {1}


def test_labels_that_only_others_brought_are_hidden(window: MainWindow) -> None:
    palette, study = window.docks.labels, study_of(window)
    palette.load_set("fundus")
    study.add_annotation(window.state.case.id, "point", [[3, 3]], "zz-secret", "zed")
    window.state.annotations_changed.emit(window.state.case.id)
    assert "zz-secret" in {label.name for label in palette.offered()}
    set_mode(window, "blinded")
    names = {label.name for label in palette.offered()}
    assert "zz-secret" not in names
    assert {label.name for label in presets()["fundus"].labels} <= names
    settle()
    assert palette.findChild(QPushButton, "label-zz-secret") is None
    palette.add_label("mine")
    assert "mine" in {label.name for label in palette.offered()}


def test_another_reader_is_asked_for_and_logged(window: MainWindow, monkeypatch: Any) -> None:
    study_of(window).add_reader("zed")
    set_mode(window, "blinded")
    asked: list[str] = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

    def ask(_parent: Any, _title: str, text: str, *_: Any) -> QMessageBox.StandardButton:
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", ask)
    picker = window.readers.bar.picker
    picker.choose("zed")
    assert window.state.reader == "reader-1"
    picker.choose("zed")
    assert window.state.reader == "zed"
    assert "5 images" in asked[0] or "5 cases" in asked[0]
    (event,) = logged(window, READER_CHANGED)
    assert event.detail == {"before": "reader-1", "after": "zed"}


def test_opening_the_protocol_asks_how_many_cases_it_shows(
    window: MainWindow, monkeypatch: Any
) -> None:
    set_mode(window, "blinded")
    asked: list[str] = []

    def choose(dialog: ProtocolDialog) -> int:
        dialog.modes["open"].click()
        return QDialog.DialogCode.Accepted

    def refuse(_parent: Any, _title: str, text: str, *_: Any) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(ProtocolDialog, "exec", choose)
    monkeypatch.setattr(QMessageBox, "question", refuse)
    window.readers.change_protocol()
    assert "ends the blinding of 5" in asked[0]
    assert window.state.sight.mode == "blinded"


def test_the_end_of_adjudication_names_the_case_it_began_with(window: MainWindow) -> None:
    study, first = study_of(window), window.state.case
    for reader in ("anna", "bob"):
        study.add_annotation(first.id, "point", [[3, 3]], "MA", reader)
    window.state.set_panes([PaneContent("")])
    assert window.readers.adjudication.start("anna", "bob") == ""
    window.controller.select_case(window.state.cases[2].id)
    window.readers.adjudication.leave()
    (event,) = study.events("adjudication ended")
    assert event.case == first.id


def test_the_help_has_no_pictures_of_cases_while_some_are_hidden(window: MainWindow) -> None:
    set_mode(window, "blinded")
    window.commands.guide()
    browser = window.commands._help.browser
    kind = QTextDocument.ResourceType.ImageResource.value
    image = browser.loadResource(kind, "any.png")
    assert (image.width(), image.height()) == (1, 1)
    set_mode(window, "open")
    assert not browser.pictures_hidden()
    window.commands._help.close()
