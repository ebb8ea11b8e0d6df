"""The lasso asks about a region: nothing is stored, nothing is undone, nothing is changed."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

CORNERS = (50, 50), (150, 60), (140, 150), (60, 140)


@pytest.fixture
def lasso(hand):
    hand.state.set_tool("lasso")
    return hand


def test_it_follows_the_hand_and_keeps_the_outline(lasso):
    lasso.press(*CORNERS[0])
    for x, y in CORNERS[1:]:
        lasso.move(x, y)
    lasso.pane.canvas.flush_moves()
    during = lasso.state.lasso
    assert during is not None
    lasso.release(*CORNERS[-1])
    kept = lasso.state.lasso
    np.testing.assert_allclose(kept.bounds, (50, 50, 150, 150), atol=1)
    assert kept.kind == "freehand"


def test_it_marks_nothing(lasso, study):
    lasso.drag(*CORNERS)
    assert study.annotations(lasso.state.case.id) == []
    assert not study.can_undo()


def test_it_selects_no_mark_and_a_selected_mark_takes_it_away(lasso, annotator):
    from softcam_core.annotations.shapes import Shape

    mark = annotator.add(Shape("box", [[10, 10], [40, 40]]))
    lasso.drag(*CORNERS)
    assert lasso.state.selection == ()
    assert lasso.state.lasso is not None
    lasso.state.set_selected(mark)
    assert lasso.state.lasso is None


def test_a_click_and_esc_forget_it(lasso):
    lasso.drag(*CORNERS)
    lasso.click(300, 200)
    assert lasso.state.lasso is None
    lasso.drag(*CORNERS)
    lasso.key(Qt.Key.Key_Escape)
    assert lasso.state.lasso is None


def test_it_survives_another_class_and_tool_but_is_of_one_case(lasso):
    state = lasso.state
    lasso.drag(*CORNERS)
    state.class_changed.emit()
    state.set_tool("pan")
    assert state.lasso is not None
    state.case = state.cases[1]
    state.case_changed.emit()
    assert state.lasso is None


def go(state, number):
    state.case = state.cases[number]
    state.case_changed.emit()


def test_each_case_keeps_its_own_while_the_study_is_open(lasso):
    state = lasso.state
    lasso.drag(*CORNERS)
    first = state.lasso
    go(state, 1)
    assert state.lasso is None
    lasso.drag((20, 20), (50, 20), (50, 60))
    second = state.lasso
    go(state, 0)
    assert state.lasso is first
    state.set_lasso(None)
    go(state, 1)
    assert state.lasso is second
    go(state, 0)
    assert state.lasso is None
    state.study_changed.emit()
    go(state, 1)
    assert state.lasso is None


@pytest.mark.parametrize("change", ["reader", "hidden"])
def test_no_region_comes_back_to_who_may_not_know_of_it(lasso, monkeypatch, change):
    state = lasso.state
    lasso.drag(*CORNERS)
    go(state, 1)
    if change == "reader":
        state.set_reader("somebody else")
    else:
        monkeypatch.setattr(state.sight, "hides_model", lambda case: True)
    go(state, 0)
    assert state.lasso is None


def test_a_locked_read_and_a_read_only_study_can_be_asked_about(lasso, monkeypatch):
    monkeypatch.setattr(type(lasso.state), "read_locked", property(lambda self: True))
    lasso.state.read_changed.emit()
    lasso.drag(*CORNERS)
    assert lasso.state.lasso is not None


def test_a_line_encloses_nothing(lasso):
    lasso.drag((50, 50), (100, 50), (150, 50))
    assert lasso.state.lasso is None
