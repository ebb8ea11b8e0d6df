"""Closing the window while edits wait for a study that was open before."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.settings import Settings
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study


def folder(place: Path) -> Path:
    """Make a folder with one image."""
    place.mkdir()
    Image.new("L", (64, 48)).save(place / "eye.png")
    return place


@pytest.fixture
def window(qtbot):
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.show()
    return window


def test_closing_asks_only_for_what_cannot_be_written(window, tmp_path, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(MainWindow, "_may_lose", lambda w: asked.append(w.annotator.unsaved))

    def show(place: Path) -> None:
        window.open_paths([place])
        qtbot.waitUntil(lambda: bool(window.state.case and window.state.painted), timeout=10_000)

    show(folder(tmp_path / "first"))
    study = window.state.study.path
    study.rename(tmp_path / "away.softcam")
    window.annotator.add(Shape("box", [[2, 2], [9, 9]]))
    show(folder(tmp_path / "second"))
    assert not window.close()
    assert asked == [1]
    (tmp_path / "away.softcam").rename(study)
    assert window.close()
    assert asked == [1]
    with Study.open(study) as again:
        assert len(again.annotations()) == 1


def test_an_outline_that_closing_finishes_says_so(window, tmp_path, qtbot):
    window.open_paths([folder(tmp_path / "only")])
    qtbot.waitUntil(lambda: bool(window.state.case and window.state.painted), timeout=10_000)
    study, canvas = window.state.study.path, window.grid.canvas(0)
    window.annotator.add(Shape("box", [[2, 2], [9, 9]]))
    window.state.set_tool("polygon")
    for x, y in ((5, 5), (40, 6), (20, 30)):
        at = canvas.to_screen(x, y).toPoint()
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
        qtbot.wait(QApplication.doubleClickInterval() + 50)
    assert window.close()
    with Study.open(study) as again:
        box, outline = again.annotations()
    assert (box.shape.kind, outline.shape.kind) == ("box", "polygon")
    assert "note" not in box.attributes
    assert "when the program was closed" in outline.attributes["note"]
