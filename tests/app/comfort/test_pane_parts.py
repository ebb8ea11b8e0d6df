"""Header, picture and footer of every pane lie below each other, however large the text."""

from typing import Any

import pytest
from PySide6.QtCore import QRect

from app.compare import panes
from app.main_window import MainWindow
from app.state import PaneContent


def out_of_place(window: MainWindow) -> list[str]:
    """Say which parts of panes cover each other or lie beyond their pane."""
    found = []
    for pane in window.grid.panes:
        parts = [pane.header, pane.canvas, pane.footer]
        places = {part: QRect(part.geometry()) for part in parts}
        inside = all(pane.rect().contains(place) for place in places.values())
        apart = (
            places[pane.header].bottom() < places[pane.canvas].top()
            and places[pane.canvas].bottom() < places[pane.footer].top()
        )
        if not (inside and apart):
            found.append(f"{pane.objectName()}: {[str(place) for place in places.values()]}")
    return found


@pytest.mark.parametrize("scale", [1.5, 2.0])
@pytest.mark.parametrize("preset", ["compare", "review"])
def test_no_picture_lies_over_the_words_of_its_pane(
    reading: MainWindow, qtbot: Any, scale: float, preset: str
) -> None:
    reading.look.set_scale(scale)
    reading.presets.choose(preset)
    for count in (1, 2, 4, 6, 8, 3):
        panes.set_count(reading.state, count)
        qtbot.wait(60)
        assert out_of_place(reading) == [], count
    reading.state.set_panes([PaneContent("evidence"), PaneContent("gradcam")] * 2)
    panes.difference(reading.state)  # The panes before it were made before the text grew.
    qtbot.wait(60)
    assert len(reading.grid.panes) == 5
    assert out_of_place(reading) == []
    assert len({pane.height() for pane in reading.grid.panes}) <= 2  # rows share odd pixels
    assert len({pane.width() for pane in reading.grid.panes}) <= 2
