"""Events that a study does not take at once are kept, and nobody waits for them."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMessageBox

from app.main_window import MainWindow
from app.readers.picker import READER_CHANGED
from app.state import journal_file
from softcam_core.annotations.seen import MODEL_SEEN, NOT_BLIND

sys.path.insert(0, str(Path(__file__).parent))
from conftest import let_the_model_speak, lock_first_read, set_mode, settle, study_of


@contextmanager
def somebody_writes(window: MainWindow) -> Iterator[None]:
    """Another program holds the study's lock meanwhile."""
    study = study_of(window)
    other = sqlite3.connect(study.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def seen(window: MainWindow) -> set[Any]:
    return {event.case for event in study_of(window).events(MODEL_SEEN)}


def test_an_event_that_the_study_does_not_take_is_tried_again(window: MainWindow) -> None:
    window.state.journal.wait(5)
    case = window.state.case
    with somebody_writes(window):
        let_the_model_speak(window)
        window.readers.witness.look()
        began = time.perf_counter()
        assert not window.state.journal.wait()
        assert time.perf_counter() - began < 0.25
        assert case.id not in seen(window)
        # Who read now would be told so: it is known although it is not in the study.
        window.state.sight.forget()
        assert window.state.sight.seen(case.id) is not None
        window.state.journal._pool.waitForDone(15_000)
    assert window.state.journal.wait(5)
    assert case.id in seen(window)
    assert journal_file.read(study_of(window).id) == []


def test_a_read_never_begins_before_what_was_seen_is_in_the_study(window: MainWindow) -> None:
    let_the_model_speak(window)
    window.readers.witness.look()
    window.state.journal.wait(5)
    set_mode(window, "blinded")
    case = window.state.cases[2].id
    with somebody_writes(window):
        window.state.journal.note(MODEL_SEEN, case, place="figure")
        window.controller.select_case(case)
        assert not window.readers.reading._begin("blinded")
        window.state.journal._pool.waitForDone(15_000)
    assert window.readers.reading._begin("blinded")
    (event,) = study_of(window).events("read started")
    assert event.detail["mode"] == NOT_BLIND


def test_what_waits_when_a_study_closes_is_in_it_when_it_opens_again(
    window: MainWindow, qtbot: Any, folder: Path
) -> None:
    window.state.journal.wait(5)
    journal, study = window.state.journal, study_of(window)
    with somebody_writes(window):
        journal.note("seen late", window.state.case.id, place="here")
        noted = journal.waiting()[-1].time
        window.state.study_closing.emit()
        assert [one.what for one in journal_file.read(study.id)] == ["seen late"]
        journal._pool.waitForDone(15_000)
        window.controller.close_study()
    window.open_paths([folder])
    qtbot.waitUntil(lambda: window.state.study is not None and window.state.painted, timeout=9000)
    assert journal.wait(5)
    (event,) = study_of(window).events("seen late")
    assert event.time == noted
    assert journal_file.read(study.id) == []


def test_the_marks_of_an_import_are_shown_by_a_change_of_reader_as_any_other(
    window: MainWindow, monkeypatch: Any
) -> None:
    study = study_of(window)
    study.add_reader("anna")
    set_mode(window, "ai-second")
    let_the_model_speak(window)
    lock_first_read(window, "anna")
    asked: list[str] = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

    def ask(_parent: Any, _title: str, text: str, *_: Any) -> QMessageBox.StandardButton:
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", ask)
    window.commands._show_layer(None, "anna")
    settle()
    assert window.state.reader == "reader-1"
    assert window.state.model_hidden()
    assert window.state.prediction(window.state.case.id) is None
    window.commands._show_layer(None, "anna")
    assert window.state.reader == "anna"
    assert len(asked) == 2
    window.state.journal.wait(5)
    (event,) = study.events(READER_CHANGED)
    assert event.detail == {"before": "reader-1", "after": "anna"}
