"""What the ledger is asked about: selected marks, the lasso, or all marks, live."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.canvas.marks import Mark, Sketch
from softcam_core.annotations.shapes import Shape
from softcam_core.explain.ledger_cover import coverage

sys.path.insert(0, str(Path(__file__).parent))
from conftest import move_on, rows

LEFT = Shape("box", [[0, 0], [32, 48]])
QUARTER = Shape("box", [[0, 0], [16, 48]])
RIGHT = Shape("box", [[32, 0], [64, 48]])


def region(panel):
    return [shape.bounds for shape in panel.asked.region.shapes]


def test_without_a_selection_all_visible_marks_are_asked_about(told, annotator, state):
    annotator.add(LEFT)
    second = annotator.add(RIGHT)
    state.set_selected(None)
    assert region(told) == [LEFT.bounds, RIGHT.bounds]
    annotator.set_attributes(second, hidden=True)
    assert region(told) == [LEFT.bounds]
    annotator.add(Shape("length", [[0, 0], [9, 9]]))
    state.set_selected(None)
    assert region(told) == [LEFT.bounds]


def test_selected_marks_come_before_the_lasso_and_the_lasso_before_all_marks(
    told, annotator, state
):
    first = annotator.add(LEFT)
    second = annotator.add(RIGHT)
    state.set_selected(None)
    state.set_lasso(QUARTER)
    assert region(told) == [QUARTER.bounds]
    assert told.asked.region.lasso
    state.set_selection([first, second])
    assert region(told) == [LEFT.bounds, RIGHT.bounds]


def test_a_mark_counts_as_it_is_under_the_mouse(told, annotator, state):
    mark = annotator.add(LEFT)
    assert rows(told)["severe"][4:6] == ["+4.00", "100 %"]
    told.follow(Sketch(QUARTER, replaces=mark))
    assert rows(told)["severe"][4:6] == ["+2.00", "50 %"]
    told.follow(Sketch(RIGHT, replaces=mark))
    assert rows(told)["severe"][4] == "−1.00"
    told.follow(None)
    assert rows(told)["severe"][4] == "+4.00"


def test_several_marks_that_move_together_count_together(told, annotator, state):
    ids = [annotator.add(shape) for shape in (LEFT, RIGHT)]
    state.set_selection(ids)
    told.follow(Sketch(QUARTER, replaces=ids[0], more=(Mark(ids[1], LEFT.moved(16, 0)),)))
    assert region(told) == [QUARTER.bounds, LEFT.moved(16, 0).bounds]


def test_a_mark_that_is_just_drawn_is_what_is_asked_about(told, annotator, state):
    annotator.add(RIGHT)
    told.follow(Sketch(QUARTER, label="MA"))
    assert region(told) == [QUARTER.bounds]
    assert "MA" in told.sentence.text()


def test_a_rubber_band_asks_nothing(told, annotator):
    from app.annotate.tools.select import BAND_COLOUR

    annotator.add(RIGHT)
    told.follow(Sketch(QUARTER, colour=BAND_COLOUR))
    assert region(told) == [RIGHT.bounds]


def test_another_case_begins_with_its_own_marks(told, annotator, state):
    annotator.add(LEFT)
    move_on(state)
    assert region(told) == []
    assert told.account.entry is None
    assert rows(told) == {}


@pytest.mark.parametrize("shape", [LEFT, Shape("ellipse", [[20, 20], [9, 5]])])
def test_shares_of_a_region_and_the_rest_sum_to_the_logit(told, annotator, state, shape):
    annotator.add(shape)
    found = told.account.region
    left = told.account.entry.analysis.logits - found.without.logits
    assert left == pytest.approx(found.share)


def test_very_many_marks_are_added_up_bit_by_bit(told, annotator, state, qtbot):
    seed = np.random.default_rng(0)
    rounds = [Shape("ellipse", [seed.random(2) * (64, 48), (2, 3)]) for _ in range(400)]
    annotator.add_many(rounds, "many")
    state.set_selected(None)
    assert told.sentence.text() == "Adding up 400 marks…"
    assert told.account.region is None
    qtbot.waitUntil(lambda: told.account.region is not None)
    assert "400 lesions" in told.sentence.text()
    at_once = coverage(rounds, told.account.entry.analysis.region, (2, 4), (48, 64))
    assert told.account.region.covered == at_once.mean()


def click(panel, number):
    """Click a bar of the waterfall."""
    view = panel.waterfall
    spot = view.visualRect(view.steps.index(number)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_a_bar_is_called_what_it_is_and_the_lasso_can_come_back(told, state):
    state.set_lasso(QUARTER)
    assert told.back.isHidden()
    click(told, 0)
    click(told, 1)
    assert told.sentence.text().endswith("lies inside the strongest region 2 of “severe”.")
    state.set_class("normal")
    assert told.sentence.text().endswith("lies inside the strongest region 2 of “severe”.")
    assert not told.back.isHidden()
    told.back.click()
    assert state.lasso == QUARTER
    assert told.sentence.text().endswith("lies inside the lassoed region.")
    assert told.back.isHidden()


def test_without_a_lasso_before_there_is_no_way_back(told, state):
    click(told, 0)
    assert told.back.isHidden()
