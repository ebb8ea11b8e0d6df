"""The class list of a model with many classes: sorted, searched, and never losing the one shown."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.evidence.class_list import ClassList
from app.evidence.many_classes import LOGIT, NAME, PROBABILITY
from app.state import MANY, Analysis, ViewerState
from softcam_core.imaging.geometry import Region

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

COUNT = 1000
NAMES = tuple(f"class {n} of a long name" for n in range(COUNT))
BEST = 607


@pytest.fixture
def classes(qtbot: Any, state: ViewerState) -> ClassList:
    panel = ClassList(state)
    qtbot.addWidget(panel)
    panel.resize(312, 400)
    panel.show()
    synthetic.show_case(state)
    model = synthetic.model("many")
    synthetic.load(
        state, dataclasses.replace(model, spec=dataclasses.replace(model.spec, classes=NAMES))
    )
    predict(state, BEST)
    return panel


def predict(state: ViewerState, best: int) -> None:
    logits = np.linspace(0, -12, COUNT)
    logits[best] = 4.0
    probabilities = np.exp(logits) / np.exp(logits).sum()
    synthetic.tell(state, Analysis(1, "many", logits, probabilities, Region(0, 0, 64, 48)))


def listed(panel: ClassList, count: int = 3) -> list[str]:
    table = panel.many.table
    return [table.index(row, NAME).data() for row in range(min(count, table.rowCount()))]


def in_view(panel: ClassList, name: str) -> bool:
    row = panel.many.table.row_of(name)
    place = panel.many.view.visualRect(panel.many.table.index(row, NAME))
    return bool(panel.many.view.viewport().rect().contains(place))


def test_the_most_probable_class_stands_first_and_the_models_order_is_there(
    classes: ClassList,
) -> None:
    assert classes.many.isVisible()
    assert listed(classes) == [NAMES[BEST], NAMES[0], NAMES[1]]
    classes.many.order.setCurrentIndex(1)
    assert listed(classes) == list(NAMES[:3])
    assert in_view(classes, NAMES[BEST])


def test_the_class_in_view_is_scrolled_into_view(classes: ClassList, state: ViewerState) -> None:
    classes.many.order.setCurrentIndex(1)
    for name in (NAMES[-1], NAMES[2]):
        state.set_class(name)
        assert in_view(classes, name)
    state.set_class(None)  # What key 0 does.
    assert in_view(classes, NAMES[BEST])
    predict(state, 42)
    assert in_view(classes, NAMES[42])
    font = classes.many.table.index(42, NAME).data(Qt.ItemDataRole.FontRole)
    assert font.bold()


def test_a_class_is_found_by_words_of_its_name_and_taken_with_enter(
    classes: ClassList, state: ViewerState, qtbot: Any
) -> None:
    qtbot.keyClicks(classes.many.search, "NAME 777")
    assert listed(classes) == [NAMES[777]]
    qtbot.keyClick(classes.many.search, Qt.Key.Key_Return)
    assert state.chosen_class == NAMES[777]
    classes.many.search.clear()
    assert classes.many.table.rowCount() == COUNT
    assert in_view(classes, NAMES[777])


def test_a_click_or_a_number_chooses_a_row_as_it_is_listed(
    classes: ClassList, state: ViewerState, qtbot: Any
) -> None:
    view = classes.many.view
    place = view.visualRect(classes.many.table.index(1, NAME)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert state.chosen_class == NAMES[0]
    classes.choose(1)
    assert state.chosen_class == NAMES[BEST]


@pytest.mark.parametrize("width", [240, 312])
def test_no_column_is_cut_off(classes: ClassList, width: int) -> None:
    classes.resize(width, 400)
    view = classes.many.view
    assert view.viewport().width() >= view.columnViewportPosition(LOGIT) + view.columnWidth(LOGIT)
    needed = view.fontMetrics().horizontalAdvance("−12.0")
    assert view.columnWidth(LOGIT) > needed
    assert classes.many.table.index(0, LOGIT).data() == "+4.0"
    assert classes.many.table.index(0, PROBABILITY).data() == "0.39"


def test_the_order_stays_while_a_case_is_not_predicted_yet(
    classes: ClassList, state: ViewerState
) -> None:
    synthetic.show_case(state, 2)
    assert listed(classes, 1) == [NAMES[BEST]]
    assert classes.many.table.index(0, PROBABILITY).data() == "–"


def test_few_classes_stand_still(classes: ClassList, state: ViewerState) -> None:
    synthetic.load(state, synthetic.model("few"))
    assert classes.many.isHidden()
    assert [row.name.text() for row in classes.rows] == list(synthetic.CLASSES)
    assert len(synthetic.CLASSES) <= MANY
