import pytest
from PySide6.QtCore import Qt

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
HALF = 0.51  # image pixels that half a screen pixel may move a point by, at two to one


def flat(points):
    return [number for point in points for number in point]


# The box


@pytest.mark.parametrize("scale", [2.0, 16.0, 0.25])
def test_a_box_is_in_the_file_before_the_release_returns(hand, points, scale):
    hand.pane.viewport.look_at((200, 150), scale)
    hand.state.set_tool("box")
    hand.drag((190, 140), (200, 150), (215, 160))
    (box,) = points()
    assert flat(box) == pytest.approx([190, 140, 215, 160], abs=0.51 / scale + 1e-6)


def test_a_box_is_the_same_whichever_way_it_is_drawn(hand, points):
    hand.state.set_tool("box")
    hand.drag((150, 120), (100, 150), (50, 200))
    assert flat(points()[0]) == pytest.approx([50, 120, 150, 200], abs=HALF)


def test_a_new_box_has_the_present_label_and_is_selected(hand, study):
    hand.state.set_tool("box")
    hand.drag((50, 50), (90, 90))
    (record,) = study.annotations(hand.state.case.id)
    assert record.label == "MA"
    assert record.reader == hand.state.reader
    assert hand.state.selected == record.id


def test_a_click_and_a_sliver_are_no_boxes(hand, points):
    hand.state.set_tool("box")
    hand.click(50, 50)
    hand.drag((50, 50), (90, 51))
    assert points() == []


def test_a_box_ends_at_the_edge_of_the_image(hand, points):
    hand.state.set_tool("box")
    hand.drag((380, 280), (420, 320))
    assert flat(points()[0]) == pytest.approx([380, 280, 400, 300], abs=HALF)


def test_shift_draws_a_square_inside_the_image(hand, points):
    hand.state.set_tool("box")
    hand.press(350, 100, SHIFT)
    hand.release(420, 120, SHIFT)
    x0, y0, x1, y1 = flat(points()[0])
    assert x1 - x0 == pytest.approx(y1 - y0)
    assert x1 == pytest.approx(400)


def test_escape_gives_a_box_up(hand, points):
    hand.state.set_tool("box")
    hand.press(50, 50)
    hand.move(90, 90)
    assert hand.tools.tools["box"].sketch is not None
    hand.key(Qt.Key.Key_Escape)
    hand.release(90, 90)
    assert points() == []


def test_a_box_in_work_is_painted_in_every_pane(hand, qtbot):
    from app.canvas.pane import ImagePane

    other = ImagePane(hand.pane.viewport, "other")
    qtbot.addWidget(other)
    hand.tools.attach(other)
    hand.state.set_tool("box")
    hand.press(50, 50)
    hand.move(90, 90)
    assert other.canvas.marks.sketch is hand.pane.canvas.marks.sketch is not None
    hand.release(90, 90)
    assert other.canvas.marks.sketch is None
    assert len(other.canvas.marks.marks) == 1


def test_the_box_tool_resizes_the_box_just_drawn(hand, points):
    hand.state.set_tool("box")
    hand.drag((50, 50), (90, 90))
    hand.drag((90, 90), (120, 110))
    (box,) = points()
    assert flat(box) == pytest.approx([50, 50, 120, 110], abs=HALF)


# The polygon


def draw_triangle(hand) -> None:
    hand.state.set_tool("polygon")
    for x, y in ((50, 50), (100, 60), (80, 120)):
        hand.click(x, y)


def test_enter_closes_a_polygon(hand, points, study):
    draw_triangle(hand)
    assert points() == []
    hand.key(Qt.Key.Key_Return)
    assert flat(points()[0]) == pytest.approx([50, 50, 100, 60, 80, 120], abs=HALF)
    assert study.annotations(hand.state.case.id)[0].kind == "polygon"


def test_a_double_click_sets_the_last_corner_and_closes(hand, points):
    draw_triangle(hand)
    hand.double_click(60, 100)
    assert len(points()[0]) == 4


def test_a_click_on_the_first_corner_closes(hand, points):
    draw_triangle(hand)
    hand.click(51, 51)
    assert len(points()[0]) == 3


def test_backspace_takes_corners_back(hand, points):
    draw_triangle(hand)
    hand.click(60, 100)
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Return)
    assert len(points()[0]) == 3


def test_two_corners_are_not_closed(hand, points):
    draw_triangle(hand)
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Return)
    assert points() == []
    hand.click(80, 120)
    hand.key(Qt.Key.Key_Return)
    assert len(points()[0]) == 3


def test_corners_on_one_line_are_not_closed(hand, points):
    hand.state.set_tool("polygon")
    for x in (50, 70, 100):
        hand.click(x, 50)
    hand.key(Qt.Key.Key_Return)
    assert points() == []
    hand.click(80, 120)
    hand.key(Qt.Key.Key_Return)
    assert len(points()[0]) == 4


def test_escape_gives_a_polygon_up(hand, points):
    draw_triangle(hand)
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_Return)
    assert points() == []


def test_the_line_follows_the_mouse(hand, qtbot):
    draw_triangle(hand)
    hand.move(200, 150)
    qtbot.wait(40)
    sketch = hand.pane.canvas.marks.sketch
    assert sketch.line[-1] == pytest.approx((200, 150), abs=HALF)


def test_an_outline_in_work_is_stored_when_another_tool_or_case_comes(hand, points, study):
    draw_triangle(hand)
    hand.state.set_tool("pan")
    assert len(points()) == 1
    draw_triangle(hand)
    first, second = hand.state.cases
    hand.state.case = second
    hand.state.case_changed.emit()
    assert len(study.annotations(first.id)) == 2
    assert study.annotations(second.id) == []


def test_zoom_and_pan_work_while_a_polygon_is_drawn(hand, points):
    draw_triangle(hand)
    hand.pane.viewport.zoom(4)
    hand.key(Qt.Key.Key_Return)
    assert flat(points()[0]) == pytest.approx([50, 50, 100, 60, 80, 120], abs=HALF)


# Selecting and changing


@pytest.fixture
def box(annotator, hand):
    from softcam_core.annotations.shapes import Shape

    annotation = annotator.add(Shape("box", [[100, 100], [160, 140]]))
    hand.state.set_selected(None)
    hand.state.set_tool("select")
    return annotation


def test_a_click_selects_and_a_click_beside_selects_nothing(hand, box):
    hand.click(130, 120)
    assert hand.state.selected == box
    hand.click(300, 250)
    assert hand.state.selected is None


@pytest.mark.parametrize("scale", [0.5, 2.0, 20.0])
def test_the_outline_can_be_hit_within_seven_screen_pixels_at_any_zoom(hand, box, scale):
    hand.pane.viewport.look_at((160, 120), scale)
    hand.click(160 + 8 / scale, 120)
    assert hand.state.selected is None
    hand.click(160 + 5 / scale, 120)
    assert hand.state.selected == box


def test_a_drag_moves_a_shape_in_one_step(hand, box, points, annotator):
    hand.drag((130, 120), (140, 125), (150, 130))
    assert flat(points()[0]) == pytest.approx([120, 110, 180, 150], abs=HALF)
    annotator.steps.undo()
    assert flat(points()[0]) == [100, 100, 160, 140]
    assert annotator.steps.stack.undoText().startswith("Add")


def test_a_click_does_not_move(hand, box, points, annotator):
    hand.press(130, 120)
    hand.move(130.5, 120.5)
    hand.release(130.5, 120.5)
    assert flat(points()[0]) == [100, 100, 160, 140]
    assert annotator.steps.stack.undoText().startswith("Add")


def test_a_shape_stops_at_the_edge_and_keeps_its_size(hand, box, points):
    hand.drag((130, 120), (200, 150), (420, 320))
    assert flat(points()[0]) == pytest.approx([340, 260, 400, 300])


@pytest.mark.parametrize(
    ("handle", "to", "expected"),
    [
        ((160, 140), (180, 170), [100, 100, 180, 170]),
        ((100, 120), (90, 300), [90, 100, 160, 140]),
        ((130, 100), (10, 80), [100, 80, 160, 140]),
        ((100, 100), (200, 200), [160, 140, 200, 200]),
    ],
)
def test_handles_resize_a_box(hand, box, points, handle, to, expected):
    hand.click(130, 120)
    hand.drag(handle, to)
    assert flat(points()[0]) == pytest.approx(expected, abs=HALF)


def test_a_corner_of_a_polygon_can_be_moved_and_put_in(hand, points, annotator):
    draw_triangle(hand)
    hand.key(Qt.Key.Key_Return)
    hand.state.set_tool("select")
    hand.drag((100, 60), (140, 40))
    assert flat(points()[0]) == pytest.approx([50, 50, 140, 40, 80, 120], abs=HALF)
    hand.double_click(95, 45)
    assert len(points()[0]) == 4
    assert points()[0][1] == pytest.approx([95, 45], abs=HALF)


def test_the_smallest_shape_under_the_mouse_is_taken(hand, box, annotator):
    from softcam_core.annotations.shapes import Shape

    large = annotator.add(Shape("box", [[50, 50], [250, 250]]))
    hand.state.set_selected(None)
    hand.click(130, 120)
    assert hand.state.selected == box
    hand.click(200, 200)
    assert hand.state.selected == large


def test_arrows_nudge_the_selected_shape(hand, box, points):
    hand.click(130, 120)
    hand.key(Qt.Key.Key_Right, CTRL)
    hand.key(Qt.Key.Key_Up, CTRL | SHIFT)
    hand.key(Qt.Key.Key_Left)
    assert flat(points()[0]) == [101, 90, 161, 130]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_deletes_and_undo_brings_it_back(hand, box, points, annotator, key):
    hand.click(130, 120)
    hand.key(key)
    assert points() == []
    assert hand.state.selected is None
    annotator.steps.undo()
    assert flat(points()[0]) == [100, 100, 160, 140]


def test_escape_lets_go_then_selects_nothing(hand, box, points):
    hand.press(130, 120)
    hand.move(150, 130)
    hand.key(Qt.Key.Key_Escape)
    hand.release(150, 130)
    assert flat(points()[0]) == [100, 100, 160, 140]
    assert hand.state.selected == box
    hand.key(Qt.Key.Key_Escape)
    assert hand.state.selected is None


def test_the_cursor_says_what_a_press_would_do(hand, box, qtbot):
    def cursor_at(x, y):
        hand.move(x, y)
        qtbot.wait(40)
        return hand.pane.canvas.cursor().shape()

    assert cursor_at(300, 250) == Qt.CursorShape.ArrowCursor
    assert cursor_at(130, 120) == Qt.CursorShape.SizeAllCursor
    hand.click(130, 120)
    assert cursor_at(160, 140) == Qt.CursorShape.SizeFDiagCursor
    hand.state.set_tool("box")
    assert cursor_at(300, 250) == Qt.CursorShape.CrossCursor
    hand.state.set_tool("pan")
    assert cursor_at(300, 250) == Qt.CursorShape.OpenHandCursor


def test_the_tools_keys_come_before_the_windows_shortcuts(qtbot, hand, box):
    from PySide6.QtGui import QKeySequence, QShortcut

    taken = []
    shortcut = QShortcut(QKeySequence("Ctrl+Right"), hand.pane)
    shortcut.activated.connect(lambda: taken.append(1))
    hand.pane.activateWindow()
    hand.pane.canvas.setFocus()
    qtbot.waitUntil(hand.pane.canvas.hasFocus)
    hand.key(Qt.Key.Key_Right, CTRL)
    assert taken == [1]
    hand.click(130, 120)
    hand.key(Qt.Key.Key_Right, CTRL)
    assert taken == [1]
