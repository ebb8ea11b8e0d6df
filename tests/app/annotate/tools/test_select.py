"""The select tool, by real mouse and key events."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from softcam_core.annotations.shapes import Shape

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
HALF = 0.51


@pytest.fixture
def put(annotator, hand):
    """Return a function that stores shapes, selects none and takes the select tool."""

    def put(*shapes):
        ids = [annotator.add(shape) for shape in shapes]
        hand.state.set_selected(None)
        hand.state.set_tool("select")
        return ids if len(ids) > 1 else ids[0]

    return put


@pytest.fixture
def stored(study, hand):
    """Return the shape of an annotation, as the file has it now."""
    return lambda number: next(
        r.shape for r in study.annotations(hand.state.case.id) if r.id == number
    )


@pytest.fixture
def said(hand):
    sentences = []
    hand.state.message.connect(sentences.append)
    return sentences


def box(x, y, width=40, height=30):
    return Shape("box", [[x, y], [x + width, y + height]])


def near(points):
    return pytest.approx(np.array(points, float), abs=HALF)


# Hit testing


@pytest.mark.parametrize("scale", [0.25, 2.0, 30.0])
def test_a_shape_of_two_screen_pixels_can_be_selected_and_dragged(hand, put, stored, scale):
    size = 2 / scale
    hand.pane.viewport.look_at((200, 150), scale)
    tiny = put(box(200, 150, size, size))
    at = (200 + size / 2, 150 + size / 2)
    hand.click(*at)
    assert hand.state.selection == (tiny,)
    # Selected already: its handles must not stand in the way.
    far = 20 / scale
    hand.drag(at, (at[0] + far / 2, at[1]), (at[0] + far, at[1] + far))
    moved = stored(tiny)
    assert moved.points[0] == pytest.approx([200 + far, 150 + far], abs=1.1 / scale)
    assert np.ptp(moved.points, axis=0) == pytest.approx([size, size])


@pytest.mark.parametrize("size", [4, 9, 16, 20, 40])
@pytest.mark.parametrize("kind", ["box", "ellipse", "polygon", "freehand", "spline"])
def test_the_middle_of_a_selected_shape_always_moves_it(hand, put, stored, kind, size):
    half = size / 2 / 2  # image pixels at two screen pixels each
    corners = [[-half, -half], [half, -half], [half, half], [-half, half]]
    points = {"box": corners[::2], "ellipse": [[0, 0], [half, half]]}.get(kind, corners)
    shape = Shape(kind, points)
    put(shape.moved(200, 150))
    hand.click(200, 150)
    hand.drag((200, 150), (220, 150), (240, 170))
    (number,) = hand.state.selection
    assert stored(number).centre == pytest.approx((240, 170), abs=HALF)


def test_the_nearest_outline_comes_before_the_smallest_area(hand, put):
    large, small = put(box(100, 100, 100, 100), box(110, 110, 30, 30))
    hand.click(101, 150)
    assert hand.state.selection == (large,)
    hand.click(125, 125)
    assert hand.state.selection == (small,)
    hand.click(180, 180)
    assert hand.state.selection == (large,)


def test_clicks_at_one_place_go_through_what_lies_there(hand, put):
    first, second, third = put(
        box(50, 50, 300, 200), box(100, 80, 200, 140), box(150, 100, 100, 80)
    )
    chosen = []
    for _ in range(4):
        hand.click(200, 140)
        chosen += hand.state.selection
    assert chosen == [third, second, first, third]


def test_quick_clicks_go_through_as_well(hand, put):
    outer, inner = put(box(50, 50, 300, 200), box(100, 80, 200, 140))
    hand.click(200, 140)
    assert hand.state.selection == (inner,)
    hand.pane.canvas.setFocus()
    at = hand.at(200, 140)
    QTest.mouseDClick(hand.pane.canvas, Qt.MouseButton.LeftButton, PLAIN, at)
    QTest.mouseRelease(hand.pane.canvas, Qt.MouseButton.LeftButton, PLAIN, at)
    assert hand.state.selection == (outer,)


def test_alt_click_takes_the_one_below(hand, put):
    outer, inner = put(box(50, 50, 300, 200), box(100, 80, 200, 140))
    hand.click(200, 140)
    hand.click(200, 140, ALT)
    assert hand.state.selection == (outer,)
    hand.click(200, 140, ALT)
    assert hand.state.selection == (inner,)


def test_what_the_clicks_ended_on_is_what_a_drag_takes(hand, put, stored):
    outer, inner = put(box(50, 50, 200, 150), box(100, 80, 50, 40))
    hand.click(125, 100)
    hand.click(125, 100)
    assert hand.state.selection == (outer,)
    hand.drag((125, 100), (135, 100), (165, 120))
    assert stored(outer).points == near([[90, 70], [290, 220]])
    assert stored(inner).points == near([[100, 80], [150, 120]])


def test_a_hidden_shape_is_not_hit(hand, put, annotator):
    below, above = put(box(100, 100, 80, 80), box(120, 120))
    annotator.set_attributes(above, hidden=True)
    hand.click(140, 135)
    assert hand.state.selection == (below,)


# Several


def test_shift_and_ctrl_clicks_add_and_take_away(hand, put):
    one, two = put(box(50, 50), box(150, 50))
    hand.click(70, 65)
    hand.click(170, 65, SHIFT)
    assert hand.state.selection == (one, two)
    hand.click(70, 65, CTRL)
    assert hand.state.selection == (two,)
    hand.click(300, 250, SHIFT)
    assert hand.state.selection == (two,)


def test_a_rubber_band_selects_all_that_it_touches(hand, put, qtbot):
    one, two, three = put(box(50, 50), box(150, 50), box(300, 200))
    hand.press(30, 30)
    hand.move(100, 100)
    hand.move(160, 70)
    qtbot.wait(40)
    assert hand.pane.canvas.marks.sketch.shape.bounds == pytest.approx((30, 30, 160, 70), abs=HALF)
    hand.release(160, 70)
    assert set(hand.state.selection) == {one, two}
    assert hand.pane.canvas.marks.sketch is None
    hand.drag((290, 190), (320, 220), keys=SHIFT)
    assert set(hand.state.selection) == {one, two, three}
    hand.drag((10, 10), (20, 15), (25, 20))
    assert hand.state.selection == ()


def test_with_shift_a_rubber_band_may_begin_inside_a_shape(hand, put):
    _, inner = put(box(20, 20, 350, 250), box(150, 100))
    hand.drag((140, 90), (160, 100), (200, 140), keys=SHIFT)
    assert hand.state.selection == (inner,)


def test_a_rubber_band_inside_an_outline_does_not_touch_it(hand, put):
    shape = put(Shape("polygon", [[50, 50], [350, 50], [350, 250]]))
    hand.drag((60, 240), (100, 200), (150, 190))
    assert hand.state.selection == ()
    hand.drag((60, 240), (100, 200), (320, 190))
    assert hand.state.selection == (shape,)


def test_several_are_moved_as_one_step(hand, put, stored, annotator, qtbot):
    one, two = put(box(50, 50), Shape("ellipse", [[200, 100], [20, 10]], 30))
    hand.drag((30, 30), (230, 130))
    assert len(hand.state.selection) == 2
    hand.press(70, 65)
    hand.move(90, 75)
    qtbot.wait(40)
    sketch = hand.pane.canvas.marks.sketch
    assert len(sketch.more) == 1
    assert sketch.hides == {one, two}
    hand.release(90, 75)
    assert stored(one).points == near([[70, 60], [110, 90]])
    assert stored(two).points == near([[220, 110], [20, 10]])
    assert len(hand.state.selection) == 2
    annotator.steps.undo()
    assert stored(one).points == near([[50, 50], [90, 80]])
    assert stored(two).points == near([[200, 100], [20, 10]])


def test_several_stop_together_at_the_edge(hand, put, stored):
    one, two = put(box(50, 50), box(300, 50))
    hand.drag((30, 30), (390, 130))
    hand.drag((70, 65), (100, 65), (250, 65))
    assert stored(two).points == near([[360, 50], [400, 80]])
    assert stored(one).points == near([[110, 50], [150, 80]])


def test_a_click_on_one_of_several_selects_it_alone(hand, put):
    one, _ = put(box(50, 50), box(150, 50))
    hand.drag((30, 30), (230, 130))
    hand.click(70, 65)
    assert hand.state.selection == (one,)


def test_delete_deletes_all_selected_as_one_step(hand, put, study, annotator):
    put(box(50, 50), box(150, 50), box(250, 50))
    hand.drag((30, 30), (200, 130))
    hand.key(Qt.Key.Key_Delete)
    assert len(study.annotations(hand.state.case.id)) == 1
    annotator.steps.undo()
    assert len(study.annotations(hand.state.case.id)) == 3


# Turning


@pytest.mark.parametrize("kind", ["polygon", "freehand", "spline", "ellipse"])
def test_the_handle_above_turns_a_shape(hand, put, stored, kind):
    corners = [[100, 100], [200, 100], [200, 180], [100, 180]]
    shape = Shape(kind, [[150, 140], [50, 40]] if kind == "ellipse" else corners)
    number = put(shape)
    hand.click(150, 120) if kind == "ellipse" else hand.click(150, 140)
    top = shape.bounds[1] - 11
    hand.drag((150, top), (180, 110), (250, 141))
    turned = stored(number)
    assert turned.kind == kind
    assert turned.centre == pytest.approx(shape.centre, abs=HALF)
    expected = shape.rotated(90)
    assert turned.bounds == pytest.approx(expected.bounds, abs=3)


def test_shift_turns_by_steps_of_fifteen_degrees(hand, put, stored, qtbot):
    number = put(Shape("ellipse", [[200, 150], [50, 30]], 20))
    hand.click(200, 150)
    from app.canvas.handles import turn_place

    start = turn_place(stored(number), hand.pane.viewport.scale)
    hand.press(*start)
    hand.move(260, 120)
    qtbot.wait(40)
    assert hand.pane.canvas.marks.sketch.caption.endswith("°")
    hand.release(262, 128, SHIFT)
    assert stored(number).angle == pytest.approx(75)


def test_a_box_has_no_handle_that_turns_it(hand, put):
    from app.canvas.handles import TURN, handles_of

    assert all(h.number != TURN for h in handles_of(box(0, 0, 400, 300), 2))


# Corners


@pytest.fixture
def square(hand, put):
    number = put(Shape("polygon", [[100, 100], [200, 100], [200, 200], [100, 200]]))
    hand.click(150, 150)
    return number


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_clicked_corner_is_shown_and_deleted_alone(hand, square, stored, qtbot, key):
    hand.click(200, 200)
    qtbot.wait(40)
    assert hand.pane.canvas.marks.sketch.snap == pytest.approx((200, 200), abs=HALF)
    hand.key(key)
    assert stored(square).points.tolist() == [[100, 100], [200, 100], [100, 200]]
    assert hand.pane.canvas.marks.sketch is None


def test_alt_click_deletes_a_corner_and_three_stay(hand, square, stored, said):
    hand.click(200, 200, ALT)
    assert len(stored(square).points) == 3
    hand.click(100, 100, ALT)
    assert len(stored(square).points) == 3
    assert any("three" in sentence for sentence in said)


def test_escape_lets_go_of_a_corner_before_the_shape(hand, square, stored):
    hand.click(200, 200)
    hand.key(Qt.Key.Key_Escape)
    assert hand.state.selection == (square,)
    hand.key(Qt.Key.Key_Delete)
    with pytest.raises(StopIteration):
        stored(square)


def test_a_corner_does_not_outlive_its_outline(hand, square, annotator, put, stored):
    hand.click(200, 200)
    annotator.steps.undo()
    annotator.steps.redo()
    assert hand.pane.canvas.marks.sketch is None


def test_a_double_click_on_a_curve_puts_a_place_into_it(hand, put, stored):
    number = put(Shape("spline", [[100, 100], [200, 100], [200, 200], [100, 200]]))
    hand.click(150, 150)
    top = stored(number).bounds[1]
    hand.double_click(150, top)
    points = stored(number).points
    assert len(points) == 5
    assert points[1] == pytest.approx([150, top], abs=HALF)


def test_a_double_click_inside_puts_nothing_in_and_does_not_fit(hand, square, stored):
    before = hand.pane.viewport.scale
    hand.double_click(150, 150)
    assert len(stored(square).points) == 4
    assert hand.pane.viewport.scale == before


# Measures


def test_the_ends_of_a_length_are_taken_by_their_handles(hand, put, stored):
    number = put(Shape("length", [[100, 100], [200, 100]]))
    hand.click(150, 101)
    assert hand.state.selection == (number,)
    hand.drag((200, 100), (210, 120), (220, 160))
    assert stored(number).points == near([[100, 100], [220, 160]])
    hand.drag((160, 130), (165, 130), (180, 130))
    assert stored(number).points == near([[120, 100], [240, 160]])


# Nudging


def hold(hand, key, repeats, modifiers=CTRL):
    canvas = hand.pane.canvas
    for n in range(repeats):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        QApplication.sendEvent(canvas, event)
        press = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", n > 0)
        QApplication.sendEvent(canvas, press)


def let_go(hand, key):
    QApplication.sendEvent(hand.pane.canvas, QKeyEvent(QEvent.Type.KeyRelease, key, CTRL))


def test_a_key_held_down_is_one_step(hand, put, stored, annotator):
    one, two = put(box(50, 50), box(150, 50))
    hand.drag((30, 30), (230, 130))
    hold(hand, Qt.Key.Key_Right, 12)
    assert hand.pane.canvas.marks.sketch.shape.bounds[0] == 62
    assert stored(one).bounds[0] == 50
    let_go(hand, Qt.Key.Key_Right)
    assert stored(one).bounds[0] == 62
    assert stored(two).bounds[0] == 162
    annotator.steps.undo()
    assert (stored(one).bounds[0], stored(two).bounds[0]) == (50, 150)


def test_what_is_nudged_is_stored_before_another_key_or_case_comes(hand, put, study):
    put(box(50, 50))
    hand.click(70, 65)
    hold(hand, Qt.Key.Key_Down, 3)
    QApplication.sendEvent(
        hand.pane.canvas, QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
    )
    first = hand.state.case
    assert study.annotations(first.id)[0].shape.bounds[1] == 53
    hold(hand, Qt.Key.Key_Down, 3)
    hand.state.case = hand.state.cases[1]
    hand.state.case_changed.emit()
    assert study.annotations(first.id)[0].shape.bounds[1] == 56


def test_what_is_nudged_is_stored_also_while_the_key_stays_down(hand, put, stored, qtbot):
    number = put(box(50, 50))
    hand.click(70, 65)
    hold(hand, Qt.Key.Key_Left, 1)
    qtbot.waitUntil(lambda: stored(number).bounds[0] == 49, timeout=3000)


def test_nudges_stop_at_the_edge(hand, put, stored):
    number = put(box(4, 50))
    hand.click(20, 65)
    hold(hand, Qt.Key.Key_Left, 3, CTRL | SHIFT)
    let_go(hand, Qt.Key.Key_Left)
    assert stored(number).bounds[0] == 0


# Locked shapes


def test_a_locked_shape_is_selected_but_not_changed(hand, put, stored, annotator, said):
    number = put(box(50, 50))
    annotator.set_attributes(number, locked=True)
    hand.click(70, 65)
    assert hand.state.selection == (number,)
    hand.drag((70, 65), (90, 80), (120, 90))
    hand.drag((90, 80), (120, 120))  # a handle, if it had any
    hand.key(Qt.Key.Key_Right, CTRL)
    hand.state.set_selected(number)
    hand.key(Qt.Key.Key_Delete)
    assert stored(number).points == near([[50, 50], [90, 80]])
    assert sum("locked shape" in sentence for sentence in said) >= 3


def test_of_several_only_the_free_ones_move(hand, put, stored, annotator):
    one, two = put(box(50, 50), box(150, 50))
    annotator.set_attributes(one, locked=True)
    hand.drag((30, 30), (230, 130))
    hand.drag((170, 65), (180, 65), (190, 75))
    assert stored(one).points == near([[50, 50], [90, 80]])
    assert stored(two).points == near([[170, 60], [210, 90]])


# Giving up


def test_escape_gives_a_drag_of_several_and_a_rubber_band_up(hand, put, stored):
    one, _ = put(box(50, 50), box(150, 50))
    hand.press(30, 30)
    hand.move(230, 130)
    hand.key(Qt.Key.Key_Escape)
    hand.release(230, 130)
    assert hand.state.selection == ()
    hand.drag((30, 30), (230, 130))
    hand.press(70, 65)
    hand.move(100, 100)
    hand.key(Qt.Key.Key_Escape)
    hand.release(100, 100)
    assert stored(one).points == near([[50, 50], [90, 80]])
    assert len(hand.state.selection) == 2
