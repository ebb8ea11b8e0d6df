"""Everything by keys and by ear: every widget of every window has a name and a way to it."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPushButton, QWidget

from app.actions import ACTIONS
from app.main_window import MainWindow

sys.path.insert(0, str(Path(__file__).parent))
from walk import findings

NOT_HERE = ("quit", "full_screen", "present", "open_demo")


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, qtbot: Any) -> MainWindow:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        pixels = np.random.default_rng(number).integers(0, 255, (48, 64, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"eye{number}.png")
    window.open_paths([folder])
    qtbot.waitUntil(lambda: len(window.state.cases) == 3 and window.state.painted, timeout=10_000)
    return window


def test_the_window_can_be_used_by_keys_and_by_ear(reading: MainWindow) -> None:
    assert findings(reading) == []


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_every_dialog_can_be_used_by_keys_and_by_ear(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    """Whatever an action opens, at once or later, is looked at and closed again."""
    faults: dict[str, list[str]] = {}
    seen: set[str] = set()

    def look(dialog: QWidget) -> None:
        name = dialog.objectName()
        if name in seen:
            return
        seen.add(name)
        found = findings(dialog)
        if not name:
            found.append(f"{type(dialog).__name__} has no objectName")
        if found:
            faults[name] = found

    def executed(dialog: QDialog) -> int:
        look(dialog)
        return 0

    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *a, **k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: "")
    monkeypatch.setattr(QDialog, "exec", executed)
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: True)
    for spec in ACTIONS:
        if spec.id in NOT_HERE:
            continue
        opened.actions_table[spec.id].trigger()
        QApplication.processEvents()
        for widget in QApplication.topLevelWidgets():
            own = isinstance(widget, MainWindow | QMenu)
            if widget.isVisible() and not own and widget.windowType() != Qt.WindowType.ToolTip:
                look(widget)
                widget.close()
    wanted = {"about", "agreementDialog", "commandPalette", "errorLog", "evaluationDialog"}
    wanted |= {"exportDialog", "figureDialog", "help", "importDialog", "layoutDialog"}
    wanted |= {"protocolDialog", "reportDialog", "shortcutSheet", "trainingDialog"}
    assert wanted <= seen, wanted - seen
    assert faults == {}


def test_tab_goes_round_the_window_and_comes_back(reading: MainWindow, qtbot: Any) -> None:
    reading.activateWindow()
    reading.grid.canvas(0).setFocus()
    seen: list[QWidget] = []
    for _ in range(400):
        focus = QApplication.focusWidget()
        assert focus is not None
        if seen and focus is seen[0]:
            break
        assert focus not in seen[1:], "Tab is caught in a circle that leaves others out"
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    else:
        raise AssertionError("Tab never comes back")
    names = {widget.objectName() for widget in seen}
    assert {"worklistSearch", "worklist"} <= names
    assert len(seen) > 15


def test_a_nameless_button_would_be_found(reading: MainWindow) -> None:
    extra = QPushButton(reading.centralWidget())
    extra.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    (found,) = findings(reading)
    assert "no spoken name" in found
    assert "no objectName" in found
    assert "no way there by keys" in found
