"""Where a study or a picture is saved: with its suffix, and over nothing without a question."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.commands import Commands
from app.commands.output import OutputCommands


class Window(QWidget):
    """The part of the window that the commands of saving need."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.saved: list[Path] = []
        self.settings = SimpleNamespace(text=lambda _: str(folder))
        study = SimpleNamespace(path=folder / "reading.softcam")
        self.state = SimpleNamespace(study=study, models=[], cases=[])
        self.controller = SimpleNamespace(save_study_as=self.saved.append)


@pytest.mark.parametrize(
    ("typed", "there", "answer", "saved"),
    [
        ("mine", (), None, "mine.softcam"),
        ("mine.softcam", ("mine.softcam",), None, "mine.softcam"),  # The dialog asked.
        ("mine", ("mine.softcam",), QMessageBox.StandardButton.No, None),
        ("mine", ("mine.softcam",), QMessageBox.StandardButton.Yes, "mine.softcam"),
        ("reading.v1.2", (), None, "reading.v1.2.softcam"),
        ("", (), None, None),
    ],
)
def test_a_study_is_replaced_only_after_a_question(
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    there: tuple[str, ...],
    answer: QMessageBox.StandardButton | None,
    saved: str | None,
) -> None:
    for name in there:
        (tmp_path / name).touch()
    chosen = str(tmp_path / typed) if typed else ""
    asked: list[str] = []

    def question(_: QWidget, __: str, text: str, ___: Any) -> Any:
        asked.append(text)
        return answer

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    monkeypatch.setattr(QMessageBox, "question", question)
    window = Window(tmp_path)
    qtbot.addWidget(window)
    Commands(window).save_study_as()
    assert window.saved == ([tmp_path / saved] if saved else [])
    assert asked == ([] if answer is None else ["mine.softcam already exists. Replace it?"])


@pytest.mark.parametrize(
    ("typed", "picked", "saved"),
    [
        ("fig.png", "PDF (*.pdf)", "fig.png"),
        ("fig.SVG", "PDF (*.pdf)", "fig.SVG"),
        ("fig", "PDF (*.pdf)", "fig.pdf"),
        ("fig", "", "fig.png"),
        ("fig.v2", "SVG (*.svg)", "fig.v2.svg"),
    ],
)
def test_a_typed_suffix_goes_before_the_kind_that_is_picked(
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    picked: str,
    saved: str,
) -> None:
    chosen = str(tmp_path / typed)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, picked))
    window = Window(tmp_path)
    qtbot.addWidget(window)
    kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
    place = OutputCommands(window)._place("Save", kinds, "fig", ".png")
    assert place == tmp_path / saved
