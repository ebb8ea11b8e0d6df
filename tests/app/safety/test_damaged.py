"""A damaged study is repaired by a copy or by what is left; the damaged file is always kept."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.safety.daily import DailyBackup
from app.safety.damaged import DamagedDialog
from app.state import ViewerState
from softcam_core.annotations.backups import back_up_daily, backups_of
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, StudyError


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A damaged study of 40 marks, with a copy of the time when it had 30."""
    path = tmp_path / "reading.softcam"
    with Study.open(path) as study:
        case = study.add_cases([tmp_path / "one.png"])[0]
        for n in range(30):
            study.add_annotation(case, "box", [[n, n], [n + 5, n + 5]], "MA")
        back_up_daily(study)
        for n in range(10):
            study.add_annotation(case, "point", [[n, n]], "HE")
    content = bytearray(path.read_bytes())
    content[2 * 4096 : 3 * 4096] = b"\x55" * 4096
    path.write_bytes(content)
    with pytest.raises(StudyError):
        Study.open(path)
    return path


@pytest.fixture
def dialog(damaged: Path, qtbot: Any) -> DamagedDialog:
    dialog = DamagedDialog(damaged, "The study is damaged.")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_copy_takes_the_place(dialog: DamagedDialog, damaged: Path, qtbot: Any) -> None:
    assert dialog.list.count() == 1
    item = dialog.list.item(0)
    assert item is not None
    assert item.text().endswith("30 marks")
    before = damaged.read_bytes()
    dialog.restore.click()
    qtbot.waitUntil(lambda: dialog.repaired)
    with Study.open(damaged) as study:
        assert len(study.annotations()) == 30
    kept = [p for p in damaged.parent.iterdir() if ".damaged-" in p.name]
    assert [p.read_bytes() for p in kept] == [before]


def test_what_is_left_takes_the_place(dialog: DamagedDialog, damaged: Path, qtbot: Any) -> None:
    before = damaged.read_bytes()
    dialog.rescue.click()
    qtbot.waitUntil(lambda: dialog.repaired)
    with Study.open(damaged) as study:
        assert len(study.annotations()) == 40
    assert "40 marks were read" in dialog.text.text()
    kept = [p for p in damaged.parent.iterdir() if ".damaged-" in p.name]
    assert [p.read_bytes() for p in kept] == [before]


def test_what_cannot_be_repaired_is_said_and_left(
    dialog: DamagedDialog, damaged: Path, qtbot: Any
) -> None:
    damaged.write_bytes(b"nothing at all")
    dialog.rescue.click()
    qtbot.waitUntil(dialog.buttons.isEnabled)
    assert not dialog.repaired
    assert dialog.note.text() == "Nothing was changed."
    assert damaged.read_bytes() == b"nothing at all"


def test_a_study_that_is_open_is_copied_behind(
    state: ViewerState, tmp_path: Path, qtbot: Any
) -> None:
    with Study.open(tmp_path / "reading.softcam") as study:
        case = study.add_cases([tmp_path / "one.png"])[0]
        study.add_annotation(case, "point", [[5, 5]], "MA")
        state.study = study
        daily = DailyBackup(state)
        daily.make()
        qtbot.waitUntil(lambda: bool(backups_of(study.path)))
        assert [b.annotations for b in backups_of(study.path)] == [1]
        daily.stop()


@pytest.fixture
def flipped(tmp_path: Path) -> Path:
    """A study that opens, with a mark that is not where it was drawn."""
    path = tmp_path / "reading.softcam"
    with Study.open(path) as study:
        case = study.add_cases([tmp_path / "one.png"])[0]
        study.add_annotation(case, "point", [[5, 5]], "MA")
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("UPDATE annotations SET points = zeroblob(16)")
    return path


def test_damage_that_opening_does_not_see_is_told_once(
    state: ViewerState, flipped: Path, qtbot: Any
) -> None:
    told: list[str] = []
    state.message.connect(told.append)
    with Study.open(flipped) as study:
        state.study = study
        daily = DailyBackup(state)
        daily.make()
        qtbot.waitUntil(lambda: bool(told))
        assert "annotation 1 is not as the history says" in told[0]
        assert str(flipped) in told[0]
        assert backups_of(flipped)  # the pages are whole
        study.add_annotation(1, "point", [[7, 7]], "MA")
        daily.make()
        qtbot.waitUntil(lambda: backups_of(flipped)[0].annotations == 2)
        qtbot.wait(100)
        assert len(told) == 1
        daily.stop()
        state.study = None


def test_the_check_ends_when_the_study_is_closed(
    state: ViewerState, flipped: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    state.message.connect(told.append)
    begun, ended = threading.Event(), threading.Event()

    def check(study: Study, cancelled: Any) -> None:
        begun.set()
        while not cancelled():
            ended.wait(0.01)
        ended.set()
        raise CancelledError

    monkeypatch.setattr(Study, "check", check)
    with Study.open(flipped) as study:
        state.study = study
        daily = DailyBackup(state)
        daily.make()
        qtbot.waitUntil(begun.is_set)
        assert not ended.is_set()
        state.study_closing.emit()
        qtbot.waitUntil(ended.is_set)
        state.study = None
    qtbot.wait(50)
    assert told == []
