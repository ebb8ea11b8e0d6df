"""What the worklist tells of the reader's own reads in a study that hides models and others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox

from app.main_window import MainWindow
from app.readers.lock_question import explained_key
from app.readers.picker import NewReaderDialog
from app.worklist.model import Role

sys.path.insert(0, str(Path(__file__).parent))
from conftest import let_the_model_speak, set_mode, study_of


def row(window: MainWindow, role: int) -> Any:
    return window.worklist.model.value(0, role)


@pytest.fixture
def blinded(window: MainWindow) -> MainWindow:
    """The model speaks, where the protocol lets it."""
    set_mode(window, "blinded")
    let_the_model_speak(window)
    window.settings.set(explained_key("blinded", window.state.reader), True)
    return window


def test_the_readers_grade_stays_beside_the_models_word(blinded: MainWindow) -> None:
    blinded.annotator.set_grade("mild")
    assert row(blinded, Role.REFERENCE) == "your grade: mild"
    assert row(blinded, Role.PROGRESS) in ("in progress", "unread")
    assert blinded.readers.lock()
    assert row(blinded, Role.PREDICTION).name == "severe"
    assert row(blinded, Role.PROGRESS) == "done · mild"


def test_a_lock_without_a_grade_shows(blinded: MainWindow) -> None:
    assert blinded.readers.lock()
    assert row(blinded, Role.PROGRESS) == "done · not graded"


def test_an_open_study_shows_no_grade_that_may_be_somebody_elses(window: MainWindow) -> None:
    let_the_model_speak(window)
    window.annotator.set_grade("mild")
    assert "mild" not in row(window, Role.PROGRESS)


def test_another_read_is_in_progress_until_its_lock(blinded: MainWindow) -> None:
    assert blinded.readers.lock()
    blinded.readers.reading.read_again()
    assert row(blinded, Role.PROGRESS) == "in progress · not graded"
    assert not blinded.state.model_hidden()
    assert blinded.readers.lock()
    assert row(blinded, Role.PROGRESS) == "done · not graded"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("reader:anna", "What other readers say"),
        ("Disagree", "What other readers say"),
        ("grade:severe", "What other readers say"),
        ("p>0.5", "What models say"),
    ],
)
def test_a_search_for_what_is_hidden_says_so(
    blinded: MainWindow, words: str, sentence: str
) -> None:
    worklist = blinded.worklist
    worklist.search.setText(words)
    assert worklist.why.isVisible()
    assert worklist.why.text().startswith(sentence)
    worklist.search.setText("eye")
    assert not worklist.why.isVisible()


def test_an_open_study_hides_nothing_from_a_search(window: MainWindow) -> None:
    window.worklist.search.setText("reader:anna")
    assert not window.worklist.why.isVisible()


def test_a_new_reader_who_may_have_seen_the_model_is_asked(
    window: MainWindow, monkeypatch: Any
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _buttons: object, default: object) -> object:
        assert default == QMessageBox.StandardButton.No
        asked.append(text)
        return answers.pop(0)

    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", ask)
    monkeypatch.setattr(NewReaderDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(NewReaderDialog, "chosen", lambda _: "fresh")
    picker, before = window.readers.bar.picker, window.state.reader
    set_mode(window, "blinded")
    study_of(window).log("model seen", before, window.state.cases[0].id)
    picker.ask()
    assert window.state.reader == before
    assert "fresh" not in study_of(window).readers()
    picker.ask()
    assert window.state.reader == "fresh"
    assert len(asked) == 2
    assert f"{before} among them" in asked[0]


@pytest.mark.parametrize("mode", ["open", "blinded"])
def test_a_new_reader_is_not_asked_where_nothing_was_seen(
    window: MainWindow, monkeypatch: Any, mode: str
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked"))
    monkeypatch.setattr(NewReaderDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(NewReaderDialog, "chosen", lambda _: "fresh")
    set_mode(window, mode)
    window.readers.bar.picker.ask()
    assert window.state.reader == "fresh"
