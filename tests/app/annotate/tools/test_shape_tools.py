"""Ellipse, freehand, spline, point, length and angle, by real mouse and key events."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from softcam_core.annotations.shapes.sizes import measure

PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
HALF = 0.51  # image pixels that half a screen pixel may move a point by, at two to one


@pytest.fixture
def drawn(study, hand):
    """Return the shapes of the case, as the file has them now."""
    return lambda: [record.shape for record in study.annotations(hand.state.case.id)]


def near(points):
    return pytest.approx(np.array(points, float), abs=HALF)


def turn_wheel(hand, x, y, notches=1):
    canvas = hand.pane.canvas
    at = QPointF(hand.at(x, y))
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


# The ellipse


def test_an_ellipse_fills_the_box_of_the_drag(hand, drawn):
    hand.state.set_tool("ellipse")
    hand.drag((150, 120), (120, 150), (50, 200))
    (shape,) = drawn()
    assert shape.kind == "ellipse"
    assert shape.points == near([[100, 160], [50, 40]])


def test_shift_draws_a_circle_and_alt_from_the_centre(hand, drawn):
    hand.state.set_tool("ellipse")
    hand.drag((100, 100), (120, 110), (160, 120), keys=SHIFT)
    hand.state.set_selected(None)
    hand.drag((250, 150), (270, 160), (290, 180), keys=ALT)
    hand.state.set_selected(None)
    hand.drag((350, 50), (360, 60), (380, 55), keys=ALT | SHIFT)
    circle, centred, both = drawn()
    assert circle.points == near([[130, 130], [30, 30]])
    assert centred.points == near([[250, 150], [40, 30]])
    assert both.points == near([[350, 50], [30, 30]])


def test_a_circle_from_the_centre_stays_inside_the_image(hand, drawn):
    hand.state.set_tool("ellipse")
    hand.drag((390, 100), (395, 120), (420, 180), keys=ALT | SHIFT)
    (shape,) = drawn()
    assert shape.points == near([[390, 100], [10, 10]])


def test_an_ellipse_is_turned_by_the_handle_above_it(hand, drawn):
    hand.state.set_tool("ellipse")
    hand.drag((150, 120), (250, 180))
    # 22 screen pixels above the top, that is eleven image pixels at two to one.
    hand.drag((200, 109), (240, 130), (241, 150))
    (shape,) = drawn()
    assert shape.angle == pytest.approx(90, abs=1)
    assert shape.points == near([[200, 150], [50, 30]])


def test_a_click_is_no_ellipse_and_escape_gives_one_up(hand, drawn):
    hand.state.set_tool("ellipse")
    hand.click(50, 50)
    hand.press(60, 60)
    hand.move(90, 90)
    hand.key(Qt.Key.Key_Escape)
    hand.release(90, 90)
    assert drawn() == []


def test_the_size_stands_beside_the_mouse(hand, qtbot):
    hand.state.set_tool("ellipse")
    hand.press(50, 50)
    hand.move(90, 80)
    qtbot.wait(40)
    assert hand.pane.canvas.marks.sketch.caption == "40 × 30 px"
    hand.key(Qt.Key.Key_Escape)
    hand.release(90, 80)


# Freehand


def circle(x, y, radius, count=90):
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return [(x + radius * np.cos(t), y + radius * np.sin(t)) for t in turn]


def test_freehand_follows_the_hand_and_closes_itself(hand, drawn):
    hand.state.set_tool("freehand")
    hand.drag(*circle(200, 150, 60)[:80])
    (shape,) = drawn()
    assert shape.kind == "freehand"
    assert shape.contains(200, 150)
    assert all(shape.distance(x, y) < 0.8 for x, y in circle(200, 150, 60)[:80])
    # Closed by a straight line where the hand let go.
    assert shape.outline()[0][0].tolist() == shape.outline()[0][-1].tolist()


@pytest.mark.parametrize("scale", [2.0, 0.5, 8.0])
def test_freehand_keeps_what_can_be_seen_and_no_more(hand, drawn, scale):
    hand.pane.viewport.look_at((200, 150), scale)
    hand.state.set_tool("freehand")
    way = circle(200, 150, 60 / scale, 300)
    hand.drag(*way)
    (shape,) = drawn()
    assert 8 < len(shape.points) < 120
    # Half a screen pixel, and what the mouse's own grid of whole pixels costs.
    assert max(shape.distance(x, y) for x, y in way) * scale <= 0.5 + 0.75


def test_freehand_takes_every_place_of_a_quick_hand(hand, drawn):
    """All moves within one frame: none of them may be skipped."""
    hand.state.set_tool("freehand")
    hand.drag((100, 100), (200, 100), (200, 200), (100, 200))
    (shape,) = drawn()
    assert shape.points == near([[100, 100], [200, 100], [200, 200], [100, 200]])


def test_a_click_or_a_straight_line_is_no_freehand_outline(hand, drawn):
    hand.state.set_tool("freehand")
    hand.click(50, 50)
    hand.drag((50, 50), (60, 50), (90, 50))
    assert drawn() == []


def test_escape_gives_a_freehand_outline_up(hand, drawn):
    hand.state.set_tool("freehand")
    hand.press(50, 50)
    for x, y in ((90, 50), (90, 90), (50, 90)):
        hand.move(x, y)
    hand.key(Qt.Key.Key_Escape)
    hand.release(50, 80)
    assert drawn() == []
    assert hand.pane.canvas.marks.sketch is None


# The point


def test_a_click_sets_a_point(hand, drawn):
    hand.state.set_tool("point")
    hand.click(120, 80)
    (shape,) = drawn()
    assert shape.kind == "point"
    assert shape.points == near([[120, 80]])


def test_two_quick_clicks_set_two_points(hand, drawn):
    hand.state.set_tool("point")
    hand.double_click(120, 80)
    QTest.mouseRelease(hand.pane.canvas, Qt.MouseButton.LeftButton, PLAIN, hand.at(120, 80))
    assert len(drawn()) == 2


def test_a_point_is_set_where_the_button_comes_up_and_not_after_escape(hand, drawn):
    hand.state.set_tool("point")
    hand.drag((120, 80), (125, 85))
    assert drawn()[0].points == near([[125, 85]])
    hand.press(200, 80)
    hand.key(Qt.Key.Key_Escape)
    hand.release(200, 80)
    assert len(drawn()) == 1


# Spline and polygon


@pytest.mark.parametrize("kind", ["spline", "polygon"])
def test_clicks_and_enter_make_an_outline(hand, drawn, kind):
    hand.state.set_tool(kind)
    places = [(100, 100), (200, 100), (200, 200), (100, 200)]
    for place in places:
        hand.click(*place)
    hand.key(Qt.Key.Key_Return)
    (shape,) = drawn()
    assert shape.kind == kind
    assert shape.points == near(places)


def test_the_curve_of_a_spline_is_painted_while_it_grows(hand, qtbot):
    hand.state.set_tool("spline")
    for place in ((100, 100), (200, 100), (200, 200)):
        hand.click(*place)
    hand.move(100, 200)
    qtbot.wait(40)
    sketch = hand.pane.canvas.marks.sketch
    assert sketch.shape.kind == "spline"
    assert len(sketch.shape.points) == 4
    assert sketch.shape.bounds[1] < 95
    hand.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("kind", ["spline", "polygon"])
def test_two_quick_clicks_at_two_places_are_two_corners(hand, drawn, kind):
    """Within Qt's double click distance, yet not at the same place."""
    hand.pane.viewport.look_at((200, 150), 0.5)
    hand.state.set_tool(kind)
    canvas, left = hand.pane.canvas, Qt.MouseButton.LeftButton
    start = hand.at(200, 150)
    hand.click(200, 150)
    QTest.mouseDClick(canvas, left, PLAIN, start + QPoint(4, 0))
    QTest.mouseRelease(canvas, left, PLAIN, start + QPoint(4, 0))
    QTest.mousePress(canvas, left, PLAIN, start + QPoint(30, 30))
    QTest.mouseRelease(canvas, left, PLAIN, start + QPoint(30, 30))
    hand.key(Qt.Key.Key_Return)
    (shape,) = drawn()
    assert len(shape.points) == 3
    assert shape.points[1, 0] - shape.points[0, 0] == pytest.approx(8, abs=0.1)


def test_corners_set_in_mid_drag_at_speed_are_all_there(hand, drawn):
    """Presses and releases with the mouse on its way, without a frame between them."""
    hand.state.set_tool("polygon")
    places = [(60 + 7 * n, 60 + (n % 2) * 40) for n in range(30)]
    for x, y in places:
        hand.move(x - 3, y)
        hand.press(x, y)
        hand.move(x + 2, y)
        hand.release(x + 3, y)
    hand.key(Qt.Key.Key_Return)
    assert drawn()[0].points == near(places)


def test_wheel_space_and_middle_button_zoom_and_pan_while_an_outline_is_drawn(hand, drawn):
    hand.state.set_tool("polygon")
    hand.click(150, 120)
    before = hand.pane.viewport.scale
    turn_wheel(hand, 200, 150, 2)
    assert hand.pane.viewport.scale > before
    hand.click(220, 130)
    canvas = hand.pane.canvas
    moved = hand.at(200, 150)
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, PLAIN, moved)
    QTest.mouseMove(canvas, moved + QPoint(40, 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, PLAIN, moved + QPoint(40, 30))
    assert hand.at(200, 150) == moved + QPoint(40, 30)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    hand.drag((200, 150), (190, 140))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    hand.click(200, 190)
    hand.key(Qt.Key.Key_Return)
    assert drawn()[0].points == near([[150, 120], [220, 130], [200, 190]])


# Measures


def test_a_drag_measures_a_length(hand, drawn):
    hand.state.set_tool("length")
    hand.drag((100, 100), (120, 110), (130, 140))
    (shape,) = drawn()
    assert shape.kind == "length"
    assert shape.points == near([[100, 100], [130, 140]])


def test_two_clicks_measure_a_length(hand, drawn):
    hand.state.set_tool("length")
    hand.click(100, 100)
    assert drawn() == []
    hand.click(130, 140)
    assert measure(drawn()[0]).value == pytest.approx(50, abs=1)


def test_a_quick_second_click_ends_a_length(hand, drawn):
    hand.pane.viewport.look_at((200, 150), 0.5)
    hand.state.set_tool("length")
    hand.click(200, 150)
    at = hand.at(200, 150) + QPoint(4, 3)
    QTest.mouseDClick(hand.pane.canvas, Qt.MouseButton.LeftButton, PLAIN, at)
    QTest.mouseRelease(hand.pane.canvas, Qt.MouseButton.LeftButton, PLAIN, at)
    assert measure(drawn()[0]).value == pytest.approx(10, abs=0.1)


def test_shift_keeps_a_length_level(hand, drawn):
    hand.state.set_tool("length")
    hand.drag((100, 100), (150, 103), (180, 107), keys=SHIFT)
    assert drawn()[0].points == near([[100, 100], [180, 100]])


@pytest.mark.parametrize(
    ("spacing", "caption"), [(None, "100.0 px"), ((0.5, 0.5), "50.0 mm"), ((1.0, 0.1), "10.0 mm")]
)
def test_a_length_says_its_value_while_it_is_drawn(hand, qtbot, spacing, caption):
    hand.state.image = replace(hand.state.image, spacing=spacing)
    hand.state.set_tool("length")
    hand.press(100, 100)
    hand.move(200, 100)
    qtbot.wait(40)
    assert hand.pane.canvas.marks.sketch.caption == caption
    hand.key(Qt.Key.Key_Escape)
    hand.release(200, 100)
    assert hand.pane.canvas.marks.sketch is None


def test_three_clicks_measure_an_angle(hand, drawn, qtbot):
    hand.state.set_tool("angle")
    hand.click(200, 100)
    hand.click(100, 100)
    hand.move(150, 150)
    qtbot.wait(40)
    assert hand.pane.canvas.marks.sketch.caption == "45.0°"
    hand.click(100, 180)
    (shape,) = drawn()
    assert shape.kind == "angle"
    assert measure(shape).value == pytest.approx(90, abs=1)


def test_a_drag_is_an_angles_first_arm(hand, drawn):
    hand.state.set_tool("angle")
    hand.drag((200, 100), (150, 100), (100, 100))
    assert drawn() == []
    hand.click(100, 180)
    assert drawn()[0].points == near([[200, 100], [100, 100], [100, 180]])


def test_backspace_takes_a_point_of_an_angle_back_and_escape_all(hand, drawn):
    hand.state.set_tool("angle")
    hand.click(200, 100)
    hand.click(100, 100)
    hand.key(Qt.Key.Key_Backspace)
    hand.click(120, 100)
    hand.click(120, 180)
    assert drawn()[0].points == near([[200, 100], [120, 100], [120, 180]])
    hand.click(300, 100)
    hand.key(Qt.Key.Key_Escape)
    hand.click(10, 10)
    hand.click(20, 10)
    assert len(drawn()) == 1


def test_measures_have_the_present_label(hand, study):
    hand.state.set_tool("length")
    hand.drag((100, 100), (200, 100))
    assert study.annotations(hand.state.case.id)[0].label == "MA"


def test_a_measure_bears_its_value_in_the_image(hand):
    hand.state.set_tool("length")
    hand.drag((100, 100), (200, 100))
    (number,) = hand.state.selection
    tags = hand.pane.canvas.marks.tags
    assert tags == {number: "MA 100.0 px"}
    hand.state.image = replace(hand.state.image, spacing=(0.5, 0.5))
    hand.state.image_changed.emit()
    assert hand.pane.canvas.marks.tags == {number: "MA 50.0 mm"}
