"""What is done to selected shapes from the menus: order, lock, visibility, copies, turns."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annotate.arrange import Arrange, new_ranks
from softcam_core.annotations.shapes import Shape


@pytest.fixture
def arrange(open_state, annotator):
    return Arrange(open_state, annotator)


@pytest.fixture
def four(annotator, open_state):
    """Four boxes, none selected."""
    ids = [annotator.add(Shape("box", [[n, n], [n + 9, n + 9]])) for n in range(4)]
    open_state.set_selected(None)
    return ids


@pytest.fixture
def said(open_state):
    sentences = []
    open_state.noted.connect(sentences.append)
    return sentences


def order(annotator):
    return [draft.id for draft in annotator.records()]


def test_shapes_go_up_and_down_and_to_the_ends(arrange, annotator, open_state, four):
    a, b, c, d = four
    open_state.set_selection([b])
    arrange.up()
    assert order(annotator) == [a, c, b, d]
    arrange.to_top()
    assert order(annotator) == [a, c, d, b]
    arrange.up()
    assert order(annotator) == [a, c, d, b]
    arrange.to_bottom()
    assert order(annotator) == [b, a, c, d]
    arrange.down()
    assert order(annotator) == [b, a, c, d]
    open_state.set_selection([d])
    arrange.down()
    assert order(annotator) == [b, a, d, c]


def test_several_keep_their_order_among_themselves(arrange, annotator, open_state, four):
    a, b, c, d = four
    open_state.set_selection([b, a])
    arrange.up()
    assert order(annotator) == [c, a, b, d]
    arrange.to_top()
    assert order(annotator) == [c, d, a, b]
    open_state.set_selection([c, b])
    arrange.down()
    assert order(annotator) == [c, d, b, a]


def test_a_change_of_order_is_one_step_and_is_kept(arrange, annotator, open_state, four, study):
    a, b, c, d = four
    open_state.set_selection([a, b])
    arrange.to_top()
    annotator.steps.undo()
    assert order(annotator) == four
    annotator.steps.redo()
    case = open_state.case.id
    ranks = {r.id: r.attributes.get("rank", r.id) for r in study.annotations(case)}
    assert sorted(ranks, key=lambda n: ranks[n]) == [c, d, a, b]


@given(st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_new_ranks_rise_and_leave_what_was_not_moved(places, chosen):
    rest = sorted(p for p in places if p not in chosen)
    merged, old = [], iter(rest)
    for p in places:
        merged.append(p if p in chosen else next(old))
    moved = [p in chosen for p in merged]
    ranks = new_ranks([float(p) for p in merged], moved)
    assert (np.diff(ranks) > 0).all()
    kept = [(r, p) for r, p, m in zip(ranks, merged, moved, strict=True) if not m]
    assert all(r == p for r, p in kept)


def test_ranks_without_room_between_them_are_all_new():
    tight = [1.0, 5.0, math.nextafter(1.0, 2)]
    assert new_ranks(tight, [False, True, False]) == [1, 2, 3]
    assert new_ranks([math.inf, 1.0], [False, True]) == [1, 2]


def test_lock_and_unlock_reach_all_selected(arrange, annotator, open_state, four):
    open_state.set_selection(four[:2])
    arrange.toggle_lock()
    assert [d.locked for d in annotator.records()] == [True, True, False, False]
    open_state.set_selection(four[1:3])
    arrange.toggle_lock()
    assert [d.locked for d in annotator.records()] == [True, True, True, False]
    arrange.toggle_lock()
    assert [d.locked for d in annotator.records()] == [True, False, False, False]


def test_hide_and_show_all(arrange, annotator, open_state, four, said):
    open_state.set_selection(four[:2])
    arrange.toggle_hidden()
    assert [d.hidden for d in annotator.records()] == [True, True, False, False]
    assert "still count" in said[-1]
    arrange.select_all()
    assert open_state.selection == tuple(four[2:])
    arrange.show_all()
    assert not any(d.hidden for d in annotator.records())
    arrange.show_all()
    assert said[-1].startswith("No shape is hidden")


def test_a_copy_lies_beside_its_shape_inside_the_image(arrange, annotator, open_state):
    first = annotator.add(Shape("box", [[300, 200], [400, 300]]), attributes={"note": "large"})
    arrange.duplicate()
    (copy,) = open_state.selection
    assert copy != first
    assert annotator.record(copy).shape.bounds == (290, 190, 390, 290)
    assert annotator.record(copy).attributes == {"note": "large"}
    arrange.duplicate()
    assert len(annotator.records()) == 3


def test_turns_and_sizes(arrange, annotator, open_state, said):
    number = annotator.add(Shape("ellipse", [[100, 100], [30, 10]]))
    mask = annotator.add(Shape("mask", mask=np.ones((5, 5), bool)))
    open_state.set_selection([number, mask])
    arrange.turn(15)
    assert annotator.record(number).shape.angle == 15
    arrange.resize(1.1)
    assert annotator.record(number).shape.points[1] == pytest.approx([33, 11])
    assert not said
    open_state.set_selection([mask])
    arrange.turn(15)
    assert "mask" in said[-1]


def test_nudges_from_the_menu_stop_at_the_edge(arrange, annotator, open_state, four):
    open_state.set_selection(four[:1])
    arrange.nudge(1, 2)
    assert annotator.record(four[0]).shape.bounds == (1, 2, 10, 11)
    arrange.nudge(-9, -9)
    assert annotator.record(four[0]).shape.bounds == (0, 0, 9, 9)


def test_stepping_from_shape_to_shape(arrange, annotator, open_state, four, said):
    for expected in (*four, four[0]):
        arrange.select_step(1)
        assert open_state.selection == (expected,)
    arrange.select_step(-1)
    assert open_state.selection == (four[-1],)
    annotator.delete(four)
    arrange.select_step(1)
    assert said[-1].startswith("Nothing is marked")


def test_without_a_selection_a_sentence_says_so(arrange, annotator, four, said):
    for act in (arrange.up, arrange.to_top, arrange.toggle_lock, arrange.toggle_hidden):
        said.clear()
        act()
        assert said == ["Select a shape first."]
    for act in (lambda: arrange.turn(15), lambda: arrange.nudge(1, 1), arrange.duplicate):
        said.clear()
        act()
        assert said == ["Select a shape first."]
    assert order(annotator) == four
