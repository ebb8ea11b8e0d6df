"""Where a file is saved: over nothing unasked, and never over what belongs to the study."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.saving import ask_where, why_kept
from app.state import Case, ViewerState
from softcam_core.annotations.backups import backup_folder
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
import synthetic

from tests.programs import ROOT

KINDS = "CSV (*.csv);;JSON (*.json);;JSON lines (*.jsonl)"
YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


class Asked:
    """Types a name into the dialog, and answers what is asked after it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.typed, self.picked, self.answer = "", "", NO
        self.questions: list[str] = []
        self.warnings: list[str] = []
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (self.typed, self.picked))
        patch.setattr(QMessageBox, "question", self._question)
        patch.setattr(QMessageBox, "warning", lambda *a: self.warnings.append(a[2]))

    def _question(self, _parent: QWidget, _title: str, text: str, _buttons: Any) -> Any:
        self.questions.append(text)
        return self.answer

    def where(self, proposed: Path, kinds: str = KINDS, state: ViewerState | None = None) -> Any:
        return ask_where(QWidget(), "Save", proposed, kinds, state)


@pytest.fixture
def asked(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


@pytest.fixture
def opened(state: ViewerState, tmp_path: Path) -> Iterator[ViewerState]:
    """A study with one image, and an open model that has a file."""
    image = tmp_path / "eye.png"
    image.write_bytes(b"pixels")
    state.study = Study.open(tmp_path / "read.softcam")
    state.cases = [Case(1, image, image.name)]
    synthetic.load(state, synthetic.model("net"))
    state.models[0].path.parent.mkdir(parents=True, exist_ok=True)
    yield state
    state.study.close()


@pytest.mark.parametrize(
    ("typed", "picked", "saved"),
    [
        ("log.json", "CSV (*.csv)", "log.json"),
        ("log.JSONL", "CSV (*.csv)", "log.JSONL"),
        ("log", "JSON lines (*.jsonl)", "log.jsonl"),
        ("log.v2", "JSON (*.json)", "log.v2.json"),
        ("log", "", "log.csv"),
    ],
)
def test_a_name_has_a_suffix_of_its_kind(
    asked: Asked, tmp_path: Path, typed: str, picked: str, saved: str
) -> None:
    asked.typed, asked.picked = str(tmp_path / typed), picked
    assert asked.where(tmp_path / "audit.csv") == tmp_path / saved
    assert not asked.questions


def test_the_name_with_its_suffix_is_asked_about(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("precious")
    asked.typed = str(tmp_path / "log")
    assert asked.where(tmp_path / "audit.csv") is None
    assert asked.questions == ["log.csv already exists. Replace it?"]
    asked.answer = YES
    assert asked.where(tmp_path / "audit.csv") == tmp_path / "log.csv"
    asked.typed = str(tmp_path / "log.csv")  # The dialog itself asked about this one.
    assert asked.where(tmp_path / "audit.csv") == tmp_path / "log.csv"
    assert len(asked.questions) == 2
    asked.typed = ""
    assert asked.where(tmp_path / "audit.csv") is None


def test_what_belongs_to_the_study_is_no_place(asked: Asked, opened: ViewerState) -> None:
    assert opened.study is not None
    image, study = opened.cases[0].path, opened.study.path
    copy = backup_folder(study) / "2026-01-01.softcam"
    copy.parent.mkdir(parents=True, exist_ok=True)
    beside = [study.with_name(study.name + end) for end in ("-wal", "-shm", "-journal")]
    link = image.with_name("link.png")
    if os.name == "posix":
        link.symlink_to(image)
    for path in (image, study, *beside, copy, opened.models[0].path, *([link] * link.exists())):
        asked.typed, asked.answer, asked.warnings = str(path), YES, []
        assert asked.where(path, "Any (*)", opened) is None, path
        assert asked.warnings == [f"{path.name} belongs to the open study; choose another name."]
        dotted = path.parent / ".." / path.parent.name / path.name
        assert why_kept(opened, dotted)
    other = image.with_name("another.png")
    asked.typed = str(other)
    assert asked.where(other, "PNG (*.png)", opened) == other


def test_the_suffix_may_lead_to_an_image(asked: Asked, opened: ViewerState) -> None:
    image = opened.cases[0].path
    asked.typed, asked.answer = str(image.with_suffix("")), YES
    assert asked.where(image.with_name("curves.png"), "Pictures (*.png)", opened) is None
    assert asked.warnings
    assert not asked.questions


def test_every_dialog_that_saves_asks_in_this_one_way() -> None:
    asking = [p for p in (ROOT / "app").rglob("*.py") if "getSaveFileName" in p.read_text("utf-8")]
    assert [path.name for path in asking] == ["saving.py"]
