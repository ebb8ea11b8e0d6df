"""The question before a lock: each reader is told once, and a missing grade is asked about."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from app.main_window import MainWindow
from app.readers.lock_question import explained_key
from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parent))
from conftest import set_mode, study_of

BOX = Shape("box", [[5, 5], [25, 25]])


class Asked:
    """Answers questions, and keeps what was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.default: list[str] = []
        self.answer = "Lock read"

    def __call__(self, question: QMessageBox) -> int:
        self.texts.append(f"{question.text()}\n{question.informativeText()}")
        self.default.append(question.defaultButton().text().replace("&", ""))
        names = {button.text().replace("&", ""): button for button in question.buttons()}
        names[self.answer].click()
        return 0


@pytest.fixture
def asked(monkeypatch: Any) -> Asked:
    asked = Asked()
    monkeypatch.setattr(QMessageBox, "exec", lambda question: asked(question))
    return asked


@pytest.fixture
def graded(window: MainWindow) -> MainWindow:
    """The reader was told what a lock does, and there is a list of grades."""
    study_of(window).set_grade_names(["No DR", "Severe NPDR"])
    window.settings.set(explained_key("open", window.state.reader), True)
    return window


def go_to(window: MainWindow, place: int) -> None:
    window.controller.select_case(window.state.cases[place].id)


def test_a_read_without_grade_and_marks_asks_every_time(graded: MainWindow, asked: Asked) -> None:
    asked.answer = "Cancel"
    assert not graded.readers.lock()
    assert not graded.state.read_locked
    asked.answer = "Lock read"
    assert graded.readers.lock()
    go_to(graded, 1)
    assert graded.readers.lock()
    assert len(asked.texts) == 3
    assert set(asked.default) == {"Cancel"}
    for text in asked.texts:
        assert "No grade is given and nothing is marked" in text
        assert "Grade: none, 0 marks" in text


def test_marks_without_a_grade_ask_as_well(graded: MainWindow, asked: Asked) -> None:
    graded.annotator.add(BOX)
    assert graded.readers.lock()
    assert "No grade is given: lock all the same?" in asked.texts[0]
    assert "Grade: none, 1 mark" in asked.texts[0]


def test_who_graded_is_not_asked_again(graded: MainWindow, asked: Asked) -> None:
    graded.annotator.set_grade("Severe NPDR")
    assert graded.readers.lock()
    assert asked.texts == []


def test_a_study_without_grades_misses_none(window: MainWindow, asked: Asked) -> None:
    window.settings.set(explained_key("open", window.state.reader), True)
    assert window.readers.lock()
    assert asked.texts == []


def test_each_reader_is_told_once_in_each_mode(graded: MainWindow, asked: Asked) -> None:
    set_mode(graded, "blinded")
    for reader in ("anna/1", "ben"):
        graded.readers.bar.picker.add(reader)
        for place in (0, 1):
            go_to(graded, place)
            graded.annotator.add(BOX)
            graded.annotator.set_grade("Severe NPDR")
            assert graded.readers.lock()
    assert len(asked.texts) == 2
    assert asked.default == ["Cancel", "Cancel"]
    for text in asked.texts:
        assert text.startswith("Lock this read? Its marks and grade cannot be changed any more.")
        assert "Grade: Severe NPDR, 1 mark" in text
        assert "The model and the other readers are shown then." in text
