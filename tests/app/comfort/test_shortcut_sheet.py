"""The shortcut sheet: the one table by menu, conflicts ended, all keys restored, put on paper."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QMessageBox

from app.actions import ACTIONS, MENUS
from app.dialogs.gestures import RESERVED
from app.dialogs.key_dialog import KeyDialog
from app.dialogs.shortcut_sheet import ShortcutSheet
from app.main_window import MainWindow


@pytest.fixture
def sheet(window: MainWindow) -> ShortcutSheet:
    return ShortcutSheet(window.actions_table, window)


def dialog(sheet: ShortcutSheet, window: MainWindow, action: str, keys: str) -> KeyDialog:
    spec = next(spec for spec in ACTIONS if spec.id == action)
    asked = KeyDialog(window.actions_table, spec, sheet)
    asked.edit.setKeySequence(QKeySequence(keys))
    return asked


def ok(asked: KeyDialog) -> bool:
    return asked.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_every_action_stands_under_its_menu(sheet: ShortcutSheet) -> None:
    groups = sheet.groups()
    assert [group.title for group in groups[:-1]] == list(MENUS)
    assert sum(len(group.lines) for group in groups[:-1]) == len(ACTIONS)
    lines = {line.name: line.keys for group in groups for line in group.lines}
    assert lines["Hide the maps while held"] == "H"
    assert lines["Show a class; with a drawing tool or without maps: choose a label"] == "1 … 9"
    assert lines["Pan"]


def test_a_search_that_finds_nothing_says_so(sheet: ShortcutSheet) -> None:
    sheet.search.setText("no such thing")
    assert not sheet.none.isHidden()
    sheet.search.setText("ctrl+k")
    assert sheet.none.isHidden()


def test_a_key_can_be_taken_from_another_action(
    sheet: ShortcutSheet, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = dialog(sheet, window, "fit", "B")
    assert not ok(asked)
    assert "Box" in asked.warning.text()
    assert not asked.take.isHidden()
    item = next(
        item
        for item in sheet.tree.findItems(
            "Fit to pane", Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchContains
        )
    )

    def take(self: KeyDialog) -> int:
        self.edit.setKeySequence(QKeySequence("B"))
        self.take.click()
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(KeyDialog, "exec", take)
    sheet._rebind(item)
    assert window.actions_table.sequences("fit") == [QKeySequence("B")]
    assert window.actions_table.sequences("tool_box") == []
    holder = window.actions_table.holder("B")
    assert holder is not None
    assert holder.id == "fit"


@pytest.mark.parametrize("key", sorted(RESERVED))
def test_keys_that_nobody_may_have(sheet: ShortcutSheet, window: MainWindow, key: str) -> None:
    asked = dialog(sheet, window, "fit", key)
    assert not ok(asked)
    assert asked.take.isHidden()


def test_the_held_key_can_be_another_one(window: MainWindow, sheet: ShortcutSheet) -> None:
    assert not ok(dialog(sheet, window, "fit", "H"))
    window.actions_table.rebind("hide_while_held", ("F12",))
    window.grid.canvas(0).setFocus()
    QTest.keyPress(window, Qt.Key.Key_H)
    assert not window.grid._hidden
    QTest.keyPress(window, Qt.Key.Key_F12)
    assert window.grid._hidden
    QTest.keyRelease(window, Qt.Key.Key_F12)
    assert not window.grid._hidden
    assert window.actions_table["hide_while_held"].text().endswith("\tF12")


def test_all_keys_come_back(
    sheet: ShortcutSheet, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.actions_table.rebind("fit", ("Ctrl+9",))
    window.actions_table.rebind("undo", ())
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *a: next(answers))
    sheet.restore.click()
    assert window.actions_table["undo"].shortcuts() == []
    sheet.restore.click()
    for spec in ACTIONS:
        keys = [QKeySequence(key) for key in spec.keys]
        assert window.actions_table.sequences(spec.id) == keys, spec.id


@pytest.mark.parametrize("suffix", [".html", ".pdf"])
def test_the_sheet_can_be_put_on_paper(
    sheet: ShortcutSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = tmp_path / f"keys{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), f"(*{suffix})"))
    sheet.save.click()
    if suffix == ".html":
        text = path.read_text("utf-8")
        assert "Next unread case" in text
        assert "<b>Ctrl+K</b>" in text
        assert "About SoftCAM" not in text  # It has no key.
    else:
        assert path.read_bytes().startswith(b"%PDF")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


def test_a_sheet_replaces_no_file_unasked(
    sheet: ShortcutSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.pdf"
    path.write_bytes(b"precious")
    typed = str(path.with_suffix(""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (typed, "PDF (*.pdf)"))
    monkeypatch.setattr(QMessageBox, "question", lambda *a: QMessageBox.StandardButton.No)
    sheet.save.click()
    assert path.read_bytes() == b"precious"


def test_a_place_that_cannot_be_written_is_one_sentence(
    sheet: ShortcutSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nowhere" / "keys.pdf"
    told: list[Any] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), "(*.pdf)"))
    monkeypatch.setattr(QMessageBox, "warning", lambda *a: told.append(a[-1]))
    sheet.save.click()
    assert told[0].count(".") >= 1
    assert "choose another place" in told[0]


def test_taking_keys_is_offered_where_somebody_has_them(
    sheet: ShortcutSheet, window: MainWindow
) -> None:
    asked = dialog(sheet, window, "next_unread", "")
    asked.show()
    assert not asked.take.isVisible()
    asked.edit.setKeySequence(QKeySequence("Ctrl+O"))
    assert asked.take.isVisible()
    assert asked.warning.text().startswith("Already used by")
    asked.edit.setKeySequence(QKeySequence("Ctrl+Alt+F12"))
    assert not asked.take.isVisible()
    asked.reject()


def test_a_sheet_that_was_closed_leaves_nothing_behind(
    window: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ShortcutSheet, "exec", lambda self: self.close())
    for _ in range(3):
        window.actions_table["shortcuts"].trigger()
    qtbot.waitUntil(lambda: not window.findChildren(ShortcutSheet))
