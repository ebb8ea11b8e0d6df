"""Closing the window while edits wait for a study that was open before."""

from pathlib import Path

import pytest
from PIL import Image

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
