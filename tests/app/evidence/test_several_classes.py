"""Choosing classes to draw at once, in the short list and in the long one."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QSlider

from app.canvas.class_maps import hues, opacity_of
from app.evidence.class_list import ClassList
from app.evidence.many_classes import KEY, NAME
from app.state import ViewerState
from app.state.values import CLASS_VIEWS

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT = synthetic.model("soft")
MANY = replace(
    SOFT, id="many", spec=replace(SOFT.spec, classes=tuple(f"class {n}" for n in range(30)))
)


@pytest.fixture
def classes(qtbot: Any, state: ViewerState) -> ClassList:
    panel = ClassList(state)
    qtbot.addWidget(panel)
    panel.resize(312, 400)
    panel.show()
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    return panel


@pytest.fixture
def many(qtbot: Any, classes: ClassList, state: ViewerState) -> ClassList:
    synthetic.load(state, MANY)
    maps = np.zeros((30, 2, 4), np.float32)
    found = synthetic.analysis(1, MANY, evidence=maps)
    probabilities = np.linspace(0, 1, 30) / 15
    synthetic.tell(
        state, replace(found, probabilities=probabilities, logits=np.log(probabilities + 1e-6))
    )
    return classes


def test_the_view_and_the_state_follow_each_other(classes: ClassList, state: ViewerState) -> None:
    for place, name in enumerate(CLASS_VIEWS):
        classes.view.setCurrentIndex(place)
        classes.view.activated.emit(place)
        assert state.overlay.classes == name
    state.set_overlay(classes="several")
    assert classes.view.currentIndex() == 1


def test_nothing_moves_when_several_are_drawn(classes: ClassList, state: ViewerState) -> None:
    def places() -> list[Any]:
        classes.layout().activate()
        widgets = [w for row in classes.rows for w in row.widgets]
        return [w.geometry() for w in (*widgets, classes.follow, classes.view, classes.controls)]

    before = places()
    state.set_overlay(classes="several")
    assert places() == before


def test_a_click_on_the_square_leaves_a_class_out_and_takes_it_in(
    qtbot: Any, classes: ClassList, state: ViewerState
) -> None:
    state.set_overlay(classes="several")
    square = classes.rows[1].key
    assert square.isChecked()
    assert square.accessibleName() == "Draw mild"
    qtbot.mouseClick(square, Qt.MouseButton.LeftButton)
    assert state.overlay.several == ("normal", "severe")
    assert [row.key.isChecked() for row in classes.rows] == [True, False, True]
    assert state.chosen_class is None  # The class in view stays.
    qtbot.keyClick(square, Qt.Key.Key_Space)
    assert state.overlay.several == ("normal", "mild", "severe")


def test_while_one_class_is_drawn_the_square_is_a_label(
    qtbot: Any, classes: ClassList, state: ViewerState
) -> None:
    square = classes.rows[1].key
    assert square.focusPolicy() == Qt.FocusPolicy.NoFocus
    at = square.geometry().center()
    qtbot.mouseClick(square.parentWidget(), Qt.MouseButton.LeftButton, pos=at)
    assert state.chosen_class == "mild"
    assert state.overlay.several == ()


def test_the_square_shows_the_hue_of_the_panes(classes: ClassList, state: ViewerState) -> None:
    state.set_overlay(classes="winner")
    for row, hue in zip(classes.rows, hues(state, SOFT).values(), strict=True):
        colour = row.key.grab().toImage().pixelColor(4, row.key.height() // 2)
        assert (colour.red(), colour.green(), colour.blue()) == hue


def test_each_class_has_an_opacity_in_its_menu(
    monkeypatch: pytest.MonkeyPatch, classes: ClassList, state: ViewerState
) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: menus.append(menu))
    state.set_overlay(classes="several")
    square, place = classes.rows[2].key, QPoint(3, 3)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(square, QContextMenuEvent(reason, place, square.mapToGlobal(place)))
    slider = menus[0].findChild(QSlider, "classOpacity")
    assert slider.value() == 100
    slider.setValue(40)
    assert opacity_of(state, "severe") == 0.4


def test_the_long_list_draws_the_most_probable_and_takes_others_in(
    qtbot: Any, many: ClassList, state: ViewerState
) -> None:
    state.set_overlay(classes="several")
    table = many.many.table
    shown = {table.names[n] for n in range(22, 30)}
    assert set(table.hues or {}) == shown
    background = table.index(0, KEY).data(Qt.ItemDataRole.BackgroundRole)
    hue = (table.hues or {})[table.names[table.shown[0]]]
    colour = background.color()
    assert (colour.red(), colour.green(), colour.blue()) == hue
    told: list[str] = []
    state.noted.connect(told.append)
    many.many.view.clicked.emit(table.index(9, KEY))
    assert "8 classes" in told[0]
    many.many.view.clicked.emit(table.index(0, KEY))
    many.many.view.clicked.emit(table.index(9, KEY))
    assert set(table.hues or {}) == shown - {"class 29"} | {"class 20"}
    assert state.chosen_class is None
    many.many.view.setCurrentIndex(table.index(9, NAME))
    qtbot.keyClick(many.many.view, Qt.Key.Key_Space)
    assert "class 20" not in (table.hues or {})


def test_the_long_list_chooses_while_one_class_is_drawn(
    many: ClassList, state: ViewerState
) -> None:
    table = many.many.table
    many.many.view.clicked.emit(table.index(2, KEY))
    assert state.chosen_class == "class 27"
    assert table.index(0, KEY).data(Qt.ItemDataRole.BackgroundRole) is None
