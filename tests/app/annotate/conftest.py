"""A case on screen, with a study that takes what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.annotate.annotator import Annotator
from app.annotate.tools.toolset import ToolSet
from app.canvas.pane import ImagePane
from app.state import Case, ViewerState
from softcam_core.annotations.study import Study
from softcam_core.imaging.read import StoredImage

WIDTH, HEIGHT = 400, 300
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A study of two cases, open."""
    with Study.open(tmp_path / "marks.softcam") as study:
        for name in ("one.png", "two.png"):
            path = tmp_path / name
            cv2.imwrite(str(path), np.zeros((HEIGHT, WIDTH), np.uint8))
            study.add_case(path)
        yield study


@pytest.fixture
def open_state(state: ViewerState, study: Study) -> ViewerState:
    """A state with the study's first case in view, and the label ``MA``."""
    state.study = study
    state.cases = [Case(c.id, c.path, c.name) for c in study.cases()]
    state.case = state.cases[0]
    state.image = StoredImage(np.zeros((HEIGHT, WIDTH), np.uint8), (0, 255), None, None, "PNG")
    state.set_label("MA")
    return state


@pytest.fixture
def annotator(open_state: ViewerState) -> Annotator:
    return Annotator(open_state)


@dataclass
class Hand:
    """A hand on the mouse over a pane, in image pixels."""

    state: ViewerState
    pane: ImagePane
    tools: ToolSet

    def at(self, x: float, y: float) -> QPoint:
        return self.pane.canvas.to_screen(x, y).toPoint()

    def press(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mousePress(self.pane.canvas, Qt.MouseButton.LeftButton, keys, self.at(x, y))

    def move(self, x: float, y: float) -> None:
        QTest.mouseMove(self.pane.canvas, self.at(x, y))

    def release(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mouseRelease(self.pane.canvas, Qt.MouseButton.LeftButton, keys, self.at(x, y))

    def drag(self, *way: tuple[float, float], keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.press(*way[0], keys)
        for x, y in way[1:]:
            self.move(x, y)
        self.release(*way[-1], keys)

    def click(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.press(x, y, keys)
        self.release(x, y, keys)

    def double_click(self, x: float, y: float) -> None:
        self.click(x, y)
        QTest.mouseDClick(self.pane.canvas, Qt.MouseButton.LeftButton, PLAIN, self.at(x, y))

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.pane.canvas, key, keys)


@pytest.fixture
def hand(qtbot: Any, open_state: ViewerState, annotator: Annotator) -> Hand:
    """A pane that shows the case at two screen pixels per image pixel, and its tools."""
    tools = ToolSet(open_state, annotator)
    pane = ImagePane()
    qtbot.addWidget(pane)
    pane.resize(2 * WIDTH + 100, 2 * HEIGHT + 200)
    pane.show()
    pane.set_image(open_state.image)
    tools.attach(pane)
    pane.viewport.look_at((WIDTH / 2, HEIGHT / 2), 2.0)
    return Hand(open_state, pane, tools)


@pytest.fixture
def points(study: Study) -> Callable[[], list[list[list[float]]]]:
    """Return the points of all shapes of the first case, as the file has them now."""

    def points() -> list[list[list[float]]]:
        case = study.cases()[0].id
        with Study.open(study.path) as again:
            return [record.points for record in again.annotations(case)]

    return points
