"""Brush and eraser with a real mouse, against plain numpy."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from softcam_core.annotations.shapes import Shape

WIDTH, HEIGHT = 400, 300

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def disc(radius, *way):
    """All pixels whose centre lies within the radius of a way through places."""
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    inside = np.zeros((HEIGHT, WIDTH), bool)
    for (ax, ay), (bx, by) in zip(way, way[1:] or way, strict=False):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        part = np.clip(((x - ax) * dx + (y - ay) * dy) / length, 0, 1) if length else 0
        inside |= (x - ax - part * dx) ** 2 + (y - ay - part * dy) ** 2 <= radius**2
    return inside


@pytest.fixture
def masks(hand, study):
    """Return the masks of the first case as they are in the file, (H, W) each."""

    def masks():
        records = study.annotations(hand.state.cases[0].id)
        return [r.shape.full_mask((HEIGHT, WIDTH)) for r in records if r.kind == "mask"]

    return masks


@pytest.fixture
def brush(hand):
    hand.state.set_tool("brush")
    hand.tools.tools["brush"].radius = 9.0
    hand.tools.tools["eraser"].radius = 9.0
    return hand


def wheel(hand, x, y, notches, keys=Qt.KeyboardModifier.NoModifier):
    from PySide6.QtWidgets import QApplication

    canvas, at = hand.pane.canvas, hand.at(x, y)
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_a_stroke_is_the_discs_along_its_way_to_the_pixel(brush, masks, annotator):
    way = [(60, 70), (120, 90), (130, 200), (50, 210)]
    brush.drag(*way)
    (mask,) = masks()
    assert np.array_equal(mask, disc(9, *way))
    assert annotator.steps.stack.count() == 1


def test_a_click_paints_a_disc_and_the_edge_of_the_image_cuts_it(brush, masks):
    brush.click(2, 3)
    assert np.array_equal(masks()[0], disc(9, (2, 3)))


def test_a_stroke_on_the_selected_mask_goes_on_in_it(brush, masks, annotator):
    brush.drag((60, 70), (120, 90))
    brush.drag((120, 90), (120, 160))
    (mask,) = masks()
    assert np.array_equal(mask, disc(9, (60, 70), (120, 90), (120, 160)))
    annotator.steps.undo()
    assert np.array_equal(masks()[0], disc(9, (60, 70), (120, 90)))


@pytest.mark.parametrize("why", ["far", "alt", "label", "nothing selected"])
def test_other_strokes_begin_a_mask_of_their_own(brush, masks, why):
    brush.drag((60, 70), (120, 90))
    start = (300, 200) if why == "far" else (120, 90)
    if why == "label":
        brush.state.set_label("HE")
    if why == "nothing selected":
        brush.state.set_selected(None)
    brush.press(*start, ALT if why == "alt" else Qt.KeyboardModifier.NoModifier)
    brush.release(start[0] + 20, start[1])
    assert len(masks()) == 2
    assert np.array_equal(masks()[1], disc(9, start, (start[0] + 20, start[1])))


def test_shift_and_the_eraser_take_from_the_selected_mask(brush, masks, annotator):
    brush.drag((60, 70), (160, 70))
    brush.drag((100, 70), (110, 70), keys=SHIFT)
    expected = disc(9, (60, 70), (160, 70)) & ~disc(9, (100, 70), (110, 70))
    assert np.array_equal(masks()[0], expected)
    brush.state.set_tool("eraser")
    brush.drag((60, 70), (60, 60))
    assert np.array_equal(masks()[0], expected & ~disc(9, (60, 70), (60, 60)))
    assert annotator.steps.stack.count() == 3


def test_a_hole_stays_a_hole(brush, masks, study):
    brush.tools.tools["brush"].radius = 30.0
    brush.click(100, 100)
    brush.tools.tools["brush"].radius = 9.0
    brush.drag((100, 100), keys=SHIFT)
    (record,) = study.annotations(brush.state.case.id)
    assert np.array_equal(masks()[0], disc(30, (100, 100)) & ~disc(9, (100, 100)))
    assert len(record.shape.outline()) == 2


def test_the_eraser_takes_from_all_masks_under_it_as_one_step(brush, masks, annotator):
    for x in (60, 100, 300):
        brush.state.set_selected(None)
        brush.click(x, 70)
    brush.state.set_selected(None)
    brush.state.set_tool("eraser")
    brush.drag((55, 78), (105, 78))
    rubbed = disc(9, (55, 78), (105, 78))
    left = [disc(9, (x, 70)) & ~rubbed for x in (60, 100, 300)]
    assert all(np.array_equal(a, b) for a, b in zip(masks(), left, strict=True))
    annotator.steps.undo()
    assert np.array_equal(masks()[0], disc(9, (60, 70)))
    assert np.array_equal(masks()[1], disc(9, (100, 70)))


@pytest.mark.parametrize("selected", [True, False])
def test_a_mask_erased_to_nothing_is_deleted_and_undo_brings_it_back(
    brush, masks, annotator, selected
):
    brush.click(60, 70)
    if not selected:
        brush.state.set_selected(None)
    brush.state.set_tool("eraser")
    brush.tools.tools["eraser"].radius = 12.0
    brush.click(60, 70)
    assert masks() == []
    assert brush.state.selected is None
    annotator.steps.undo()
    assert np.array_equal(masks()[0], disc(9, (60, 70)))


def test_the_eraser_leaves_locked_masks_and_outlines_alone_and_says_so(brush, masks, annotator):
    told = []
    brush.state.message.connect(told.append)
    brush.click(60, 70)
    annotator.set_attributes(brush.state.selected, locked=True)
    box = annotator.add(Shape("box", [[200, 100], [260, 160]]))
    brush.state.set_selected(None)
    brush.state.set_tool("eraser")
    brush.drag((55, 70), (65, 70))
    assert "locked" in told[-1]
    brush.drag((200, 100), (260, 160))
    assert "masks" in told[-1]
    assert np.array_equal(masks()[0], disc(9, (60, 70)))
    assert annotator.record(box).shape == Shape("box", [[200, 100], [260, 160]])


def test_escape_gives_a_stroke_up(brush, masks, annotator):
    brush.click(60, 70)
    brush.press(60, 70)
    brush.move(200, 70)
    brush.key(Qt.Key.Key_Escape)
    brush.release(200, 70)
    assert np.array_equal(masks()[0], disc(9, (60, 70)))
    assert not brush.tools.tools["brush"].stroke.pixels.any()
    assert annotator.steps.stack.count() == 1


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_stroke_in_work_is_stored_when_another_tool_or_case_comes(
    brush, masks, study, goes_on, qtbot
):
    brush.click(60, 70)
    if not goes_on:
        brush.state.set_selected(None)
    brush.press(60, 70)
    brush.move(200, 70)
    qtbot.wait(40)
    _, second = brush.state.cases
    brush.state.case = second
    brush.state.case_changed.emit()
    assert np.array_equal(masks()[-1], disc(9, (60, 70), (200, 70)))
    assert len(masks()) == (1 if goes_on else 2)
    assert study.annotations(second.id) == []
    brush.release(200, 70)
    brush.press(100, 200)
    brush.move(150, 200)
    qtbot.wait(40)
    brush.state.set_tool("pan")
    (record,) = study.annotations(second.id)
    assert np.array_equal(record.shape.full_mask((HEIGHT, WIDTH)), disc(9, (100, 200), (150, 200)))


def test_the_wheel_changes_the_size_and_ctrl_zooms(brush, masks):
    tool = brush.tools.tools["brush"]
    scale = brush.pane.viewport.scale
    wheel(brush, 100, 100, 1)
    assert tool.radius == pytest.approx(9 * 1.15)
    assert brush.pane.viewport.scale == scale
    brush.key(Qt.Key.Key_Comma)
    assert tool.radius == pytest.approx(9)
    wheel(brush, 100, 100, 1, CTRL)
    assert brush.pane.viewport.scale > scale
    for _ in range(40):
        wheel(brush, 100, 100, -1)
    assert tool.radius == 1
    brush.click(100.5, 100.5)
    assert masks()[0].sum() >= 1


def test_the_stroke_is_painted_in_every_pane_before_the_button_comes_up(brush, qtbot):
    from app.canvas.pane import ImagePane

    other = ImagePane(brush.pane.viewport, "other")
    qtbot.addWidget(other)
    other.resize(brush.pane.size())
    other.set_image(brush.state.image)
    brush.tools.attach(other)
    other.show()
    brush.pane.viewport.look_at((WIDTH / 2, HEIGHT / 2), 2.0)

    def colour(pane, x, y):
        at = pane.canvas.to_screen(x, y).toPoint()
        return pane.canvas.grab().toImage().pixelColor(at)

    before = colour(other, 100, 70)
    brush.press(60, 70)
    brush.move(150, 70)
    qtbot.wait(40)
    assert colour(other, 100, 70) == colour(brush.pane, 100, 70) != before
    assert colour(other, 100, 100) == before
    brush.release(150, 70)
