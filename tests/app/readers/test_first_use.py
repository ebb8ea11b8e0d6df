"""What somebody stumbled over who used the reading tools for the first time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QWidget

from app.main_window import MainWindow
from app.readers.lock_question import explained_key
from app.readers.protocol_dialog import ProtocolDialog
from app.settings import config_dir
from app.state import PaneContent
from app.texts import hidden_notice
from app.theme import apply_theme
from softcam_core.annotations.protocol import Protocol, protocol

sys.path.insert(0, str(Path(__file__).parent))
from conftest import let_the_model_speak, lock_first_read, set_mode, settle, study_of

LONG = ("Professor Weber-Hohenstein", "Doctor Maximiliane Mustermann")


def shrink(window: MainWindow, width: int) -> None:
    window.resize(width, 760)
    settle()


@pytest.mark.parametrize("width", [1180, 1440])
def test_adjudication_leaves_the_window_as_wide_as_it_is(window: MainWindow, width: int) -> None:
    study, case = study_of(window), window.state.case
    for reader in LONG:
        study.set_label(case.id, "severe NPDR", reader)
        for n in range(12):
            study.add_annotation(case.id, "box", [[n, 5], [n + 20, 20]], "MA", reader)
    let_the_model_speak(window)
    shrink(window, width)
    docks = [window.docks.metrics.width(), window.worklist.width()]
    assert window.width() == width
    assert window.readers.adjudication.start(*LONG, "evidence") == ""
    for _ in range(3):
        settle()
    assert window.width() == width
    assert window.minimumSizeHint().width() <= 1180
    assert [window.docks.metrics.width(), window.worklist.width()] == docks
    bar = window.readers.adjudication_bar
    for child in bar.findChildren(QWidget):
        if child.isVisible() and child.parent() is bar:
            assert bar.rect().contains(child.geometry()), child.objectName()
    panes = window.grid.panes
    assert len(panes) == 3
    assert all(pane.visibleRegion().boundingRect().width() == pane.width() for pane in panes)
    window.readers.adjudication.leave()
    settle()
    assert window.width() == width


@pytest.mark.parametrize("mode", ["ai-second", "blinded"])
def test_what_is_hidden_is_told_in_the_header_and_never_over_the_image(
    window: MainWindow, mode: str
) -> None:
    let_the_model_speak(window)
    set_mode(window, mode)
    settle()
    for pane in window.grid.panes[:2]:
        assert pane.canvas.notice == ""
        assert pane.badge.isVisible()
        assert (pane.title.text(), pane.badge.text()) == ("", hidden_notice())
        assert pane.badge.toolTip() == hidden_notice()
        assert pane.canvas.accessibleDescription() == hidden_notice()
        assert pane.badge.width() > pane.width() / 2
    assert not any(offer.isVisible() for offer in window.grid.offers)
    lock_first_read(window, mode=mode)
    settle()
    assert [pane.title.text() for pane in window.grid.panes[:2]] == ["Evidence", "Grad-CAM"]


def test_a_program_that_is_killed_comes_back_as_the_same_reader(window: MainWindow) -> None:
    window.readers.bar.picker.add("Dr Weber")
    # What another program reads now, without this one's orderly end.
    assert "Dr Weber" in (config_dir() / "viewer.ini").read_text("utf-8")


def test_a_read_that_began_openly_stays_open(window: MainWindow) -> None:
    study, case, reader = study_of(window), window.state.case, window.state.reader
    let_the_model_speak(window)
    study.start_read(case.id, reader, "open")
    window.state.look_again(case.id)
    window.readers.witness.look()
    assert window.readers.set_protocol(Protocol("ai-second"))
    settle()
    assert not window.state.model_hidden()
    assert window.readers.bar.protocol.text() == "Open"
    window.settings.set(explained_key("open", window.state.reader), True)
    assert window.readers.lock()
    assert [read.stage for read in study.reads(case.id)] == [1]
    assert window.state.case.status == "done"
    window.controller.select_case(window.state.cases[1].id)
    settle()
    assert window.state.model_hidden()
    # The worklist told what the model says of it as long as reads were open.
    assert window.readers.bar.protocol.text().startswith("Not blind: the model was seen")


@pytest.mark.parametrize(
    ("begun", "words"),
    [(0, "every change"), (1, "One read has begun"), (3, "3 reads have begun")],
)
def test_the_protocol_dialog_says_what_becomes_of_reads(qtbot: Any, begun: int, words: str) -> None:
    dialog = ProtocolDialog(Protocol(), begun)
    qtbot.addWidget(dialog)
    assert words in dialog.note.text()


def test_a_protocol_change_asks_once(window: MainWindow, monkeypatch: Any) -> None:
    study_of(window).start_read(window.state.cases[1].id, "bob", "open")
    asked: list[ProtocolDialog] = []

    def choose(dialog: ProtocolDialog) -> int:
        asked.append(dialog)
        dialog.modes["blinded"].click()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ProtocolDialog, "exec", choose)
    monkeypatch.setattr(QMessageBox, "exec", lambda *a: pytest.fail("asked again"))
    monkeypatch.setattr(QMessageBox, "question", lambda *a: pytest.fail("asked again"))
    window.readers.change_protocol()
    assert len(asked) == 1
    assert protocol(study_of(window)).mode == "blinded"


def test_without_a_map_in_view_nobody_is_told_to_draw(window: MainWindow) -> None:
    let_the_model_speak(window)
    hint = window.docks.metrics.hint
    window.state.metrics = []
    window.state.metrics_changed.emit()
    assert "Draw a shape" in hint.text()
    window.state.set_panes([PaneContent("")])
    settle()
    assert "Show a map" in hint.text()


def test_the_worklist_says_why_a_search_by_the_model_finds_nothing(window: MainWindow) -> None:
    let_the_model_speak(window)
    worklist = window.worklist
    by_model = [n for n in range(worklist.order.count()) if "Prob" in worklist.order.itemText(n)]
    assert len(by_model) == 2

    def offered() -> list[bool]:
        return [worklist.order.model().item(n).isEnabled() for n in by_model]

    worklist.order.setCurrentIndex(by_model[1])
    worklist.search.setText("p>0.5")
    assert worklist.filter.rowCount() == 5
    assert not worklist.why.isVisible()
    set_mode(window, "ai-second")
    settle()
    assert worklist.filter.rowCount() == 0
    assert worklist.why.isVisible()
    assert offered() == [False, False]
    assert worklist.order.currentIndex() == 0
    worklist.search.setText("eye")
    settle()
    assert not worklist.why.isVisible()
    lock_first_read(window)
    settle()
    assert offered() == [True, True]
    worklist.search.setText("p>0.5")
    settle()
    assert worklist.filter.rowCount() == 1
    assert worklist.why.isVisible()


def test_what_the_docks_do_not_need_is_the_images(window: MainWindow) -> None:
    centre = window.centralWidget().layout()
    assert centre.expandingDirections() == Qt.Orientation.Horizontal | Qt.Orientation.Vertical


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_sentence_of_the_protocol_is_whole(qtbot, scale):
    app = QApplication.instance()
    apply_theme(app, "dark", scale)
    try:
        dialog = ProtocolDialog(Protocol(), 3)
        qtbot.addWidget(dialog)
        dialog.show()
        for label in dialog.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    finally:
        apply_theme(app, "dark")
