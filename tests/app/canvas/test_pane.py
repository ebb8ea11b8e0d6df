import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QThreadPool
from PySide6.QtGui import QTransform, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.canvas.layers import BACKDROP, View
from app.canvas.pane import ImagePane
from app.canvas.viewport import Viewport
from app.state import Overlay
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.window import Window

LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)


def wheel(pane: ImagePane, at: QPointF, notches: float = 1) -> None:
    there = QPointF(pane.canvas.mapToGlobal(at.toPoint()))
    event = QWheelEvent(
        at,
        there,
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane.canvas, event)


def drag(pane: ImagePane, button: Qt.MouseButton, start: QPoint, way: QPoint) -> None:
    QTest.mousePress(pane.canvas, button, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(pane.canvas, start + way)
    QTest.mouseRelease(pane.canvas, button, Qt.KeyboardModifier.NoModifier, start + way)


# What is painted


def test_the_image_is_painted_pixel_for_pixel_at_one_to_one(pane, show, painted):
    pixels = noise(100, 120, 3)
    show(pixels)
    pane.viewport.look_at((60, 50), 1.0)
    seen = painted(pane.canvas)
    corner = pane.canvas.to_screen(0, 0)
    x, y = round(corner.x()), round(corner.y())
    if corner.x() == x and corner.y() == y:  # else the pane has an odd side
        assert np.array_equal(seen[y : y + 100, x : x + 120], pixels)
    assert tuple(seen[0, 0]) == BACKDROP.getRgb()[:3]


@pytest.mark.parametrize("geometry_size", [(301, 203), (128, 257)])
def test_map_and_image_lie_on_each_other_to_half_an_image_pixel(pane, show, painted, geometry_size):
    """A white block of the image and a cell over the same pixels begin and end together."""
    width, height = geometry_size
    pixels = np.zeros((height, width), np.uint8)
    region = Region(10, 20, 10 + 70, 20 + 70)
    pixels[20 + 20 : 20 + 30, 10 + 40 : 10 + 50] = 255  # the cell (row 2, column 4) of 7 x 7
    values = np.zeros((7, 7), np.float32)
    values[2, 4] = 1
    show(pixels)
    pane.viewport.look_at((55, 45), 8.0)
    block = painted(pane.canvas).min(axis=2) > 128
    pane.set_overlay_settings(Overlay(opacity=1.0, smooth=False))
    pane.set_overlay(values, region, 1, "logit")
    seen = painted(pane.canvas).astype(int)
    cell = (seen.max(axis=2) - seen.min(axis=2)) > 60
    for axis in (0, 1):
        in_image, in_map = np.flatnonzero(block.any(axis)), np.flatnonzero(cell.any(axis))
        assert in_map[0] == pytest.approx(in_image[0], abs=4)
        assert in_map[-1] == pytest.approx(in_image[-1], abs=4)


def test_opacity_zero_is_the_image_alone_exactly(pane, show, painted):
    show(noise(200, 200, 3))
    alone = painted(pane.canvas)
    pane.set_overlay(np.ones((7, 7), np.float32), Region(20, 0, 180, 200), 1, "logit")
    assert not np.array_equal(painted(pane.canvas), alone)
    pane.set_overlay_settings(Overlay(opacity=0.0))
    assert np.array_equal(painted(pane.canvas), alone)
    pane.set_overlay_settings(Overlay(opacity=0.8, visible=False))
    assert np.array_equal(painted(pane.canvas), alone)


@pytest.mark.parametrize("smooth", [True, False])
def test_a_map_of_zeros_changes_nothing(pane, show, painted, smooth):
    show(noise(200, 200, 3))
    alone = painted(pane.canvas)
    pane.set_overlay_settings(Overlay(opacity=1.0, smooth=smooth))
    pane.set_overlay(np.zeros((7, 7), np.float32), Region(0, 0, 200, 200), 1, "logit")
    assert np.array_equal(painted(pane.canvas), alone)


def test_the_same_value_has_the_same_colour_whatever_else_the_map_holds(pane, show, painted):
    show(np.zeros((70, 70), np.uint8))
    pane.set_overlay_settings(Overlay(opacity=1.0, smooth=False))
    values = np.zeros((7, 7), np.float32)
    values[3, 3] = 1
    pane.set_overlay(values, Region(0, 0, 70, 70), 3, "logit")
    spot = pane.canvas.to_screen(35, 35).toPoint()
    before = painted(pane.canvas)[spot.y(), spot.x()]
    values = values.copy()
    values[0, 0] = 3
    pane.set_overlay(values, Region(0, 0, 70, 70), 3, "logit")
    assert np.array_equal(painted(pane.canvas)[spot.y(), spot.x()], before)


def test_colour_photographs_and_grey_images_get_their_own_pair(pane, show):
    show(noise(60, 60))
    assert pane.legend._look.pair == "grey"
    colours = noise(60, 60, 3)
    colours[..., 0] = 250
    colours[..., 2] = 10
    show(colours)
    assert pane.legend._look.pair == "fundus"


def test_a_preview_comes_first_and_the_image_takes_its_place_in_the_same_view(
    qtbot, pane, stored, painted
):
    pixels = np.full((1500, 2000), 200, np.uint8)
    pane.set_preview(np.full((75, 100), 90, np.uint8), (2000, 1500))
    pane.viewport.zoom(3)
    middle = pane.canvas.rect().center()
    assert painted(pane.canvas)[middle.y(), middle.x()].tolist() == [90, 90, 90]
    scale = pane.viewport.scale
    with qtbot.waitSignal(pane.painted):  # over a megapixel: halved in the thread pool
        pane.set_image(stored(pixels))
    assert painted(pane.canvas)[middle.y(), middle.x()].tolist() == [200, 200, 200]
    assert pane.viewport.scale == scale


def test_an_image_that_is_replaced_while_it_is_halved_never_shows(qtbot, pane, stored, painted):
    late = stored(np.full((1500, 2000), 200, np.uint8))
    pane.set_image(late)
    with qtbot.waitSignal(pane.painted):
        pane.set_image(stored(np.full((100, 100), 50, np.uint8)))
    assert QThreadPool.globalInstance().waitForDone(5000)
    qtbot.wait(20)
    middle = pane.canvas.rect().center()
    assert painted(pane.canvas)[middle.y(), middle.x()].tolist() == [50, 50, 50]


def test_a_large_image_is_seen_at_once_in_a_sampled_form(qtbot, pane, show, stored, painted):
    show(np.full((100, 100), 50, np.uint8))
    with qtbot.waitSignal(pane.painted):
        pane.set_image(stored(np.full((1500, 2000), 200, np.uint8)))
        middle = pane.canvas.rect().center()
        assert not pane.canvas.image.complete
        assert painted(pane.canvas)[middle.y(), middle.x()].tolist() == [200, 200, 200]


def test_a_pane_that_is_destroyed_after_its_viewport_does_not_mind(qtbot):
    viewport = Viewport()
    other = ImagePane(viewport, "other")
    other.show()
    delete(viewport)
    other.hide()
    other.deleteLater()


def test_what_the_model_saw_is_framed_where_it_is_not_the_whole_image(pane, show, painted):
    show(np.zeros((100, 100), np.uint8))
    alone = painted(pane.canvas)
    values = np.zeros((7, 7), np.float32)
    pane.set_overlay(values, Region(-10, -10, 110, 110), 1, "logit")
    assert np.array_equal(painted(pane.canvas), alone)
    pane.set_overlay(values, Region(20, 0, 80, 100), 1, "logit")
    _, xs = np.nonzero((painted(pane.canvas) != alone).any(axis=2))
    edge = pane.canvas.to_screen(20, 0).x()
    assert xs.min() == pytest.approx(edge, abs=1)


def test_the_pane_with_the_keys_is_framed(qtbot, pane, painted):
    pane.activateWindow()
    pane.canvas.clearFocus()
    before = painted(pane)
    pane.canvas.setFocus()
    qtbot.waitUntil(pane.canvas.hasFocus)
    assert not np.array_equal(painted(pane)[0], before[0])


def test_painted_is_told_once_for_each_image(qtbot, pane, show, stored):
    times = []
    pane.painted.connect(lambda: times.append(1))
    show(noise(50, 50))
    pane.canvas.repaint()
    qtbot.wait(20)
    assert len(times) == 1
    with qtbot.waitSignal(pane.painted):
        pane.set_image(stored(noise(60, 60)))


def test_a_notice_is_written_in_the_middle(pane, show, painted):
    show(np.zeros((100, 100), np.uint8))
    before = painted(pane.canvas)
    pane.set_notice("Computing Grad-CAM…")
    after = painted(pane.canvas)
    ys, xs = np.nonzero((after != before).any(axis=2))
    assert abs(xs.mean() - pane.canvas.width() / 2) < 20
    assert abs(ys.mean() - pane.canvas.height() / 2) < 20
    assert pane.canvas.accessibleDescription() == "Computing Grad-CAM…"
    pane.set_notice("")
    assert np.array_equal(painted(pane.canvas), before)


def test_the_crosshair_leaves_no_trace(qtbot, pane, show, painted):
    show(noise(100, 100, 3))
    before = painted(pane.canvas)
    pane.set_crosshair(30, 40)
    spot = pane.canvas.to_screen(30, 40).toPoint()
    ys, xs = np.nonzero((painted(pane.canvas) != before).any(axis=2))
    assert (xs.mean(), ys.mean()) == pytest.approx((spot.x(), spot.y()), abs=1)
    pane.set_crosshair(None)
    qtbot.wait(20)
    assert np.array_equal(painted(pane.canvas), before)


def test_layers_are_drawn_in_device_pixels(qapp):
    view = View(QTransform(), QSize(100, 80), 2)
    assert view.blank().size() == QSize(200, 160)
    assert view.blank().deviceIndependentSize().toSize() == QSize(100, 80)


# What the mouse does


def test_the_wheel_zooms_to_the_cursor(pane, show):
    show(noise(300, 400))
    at = QPointF(150, 210)
    before = pane.viewport.to_image(at, pane.canvas.size().toSizeF())
    scale = pane.viewport.scale
    wheel(pane, at, 3)
    assert pane.viewport.scale > scale * 1.5
    assert pane.viewport.to_image(at, pane.canvas.size().toSizeF()) == pytest.approx(before)


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_dragging_pans(pane, show, button):
    show(noise(300, 400))
    wheel(pane, QPointF(200, 200), 5)
    before = pane.canvas.to_screen(100, 100)
    drag(pane, button, QPoint(200, 200), QPoint(25, -10))
    after = pane.canvas.to_screen(100, 100)
    assert (after - before).toTuple() == pytest.approx((25, -10))


def test_space_pans_whatever_the_tool(pane, show):
    class Tool:
        stroke = None
        wants_all_moves = False

        def press(self, event):
            raise AssertionError("the tool was used")

        def cursor(self):
            return Qt.CursorShape.CrossCursor

        def wants_key(self, key, modifiers):
            return False

        def wheel(self, event, steps):
            return False

    show(noise(300, 400))
    pane.set_tool(Tool())
    assert pane.canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    wheel(pane, QPointF(200, 200), 5)
    before = pane.canvas.to_screen(100, 100)
    QTest.keyPress(pane.canvas, Qt.Key.Key_Space)
    assert pane.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    drag(pane, LEFT, QPoint(200, 200), QPoint(5, 5))
    QTest.keyRelease(pane.canvas, Qt.Key.Key_Space)
    assert pane.canvas.to_screen(100, 100) - before == QPointF(5, 5)
    assert pane.canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_a_double_click_fits(pane, show):
    show(noise(300, 400))
    wheel(pane, QPointF(200, 200), 5)
    QTest.mouseDClick(pane.canvas, LEFT)
    assert pane.viewport.fitted


def test_a_right_drag_changes_the_window_and_tells_it(qtbot, pane, show):
    image = show(np.arange(256, dtype=np.uint16).reshape(16, 16) * 100)
    before = pane.window_level
    assert before is not None
    with qtbot.waitSignal(pane.window_changed) as told:
        drag(pane, RIGHT, QPoint(200, 200), QPoint(40, 0))
    (window,) = told.args
    assert window == pane.window_level
    assert window.width > before.width
    assert window.centre == pytest.approx(before.centre)
    drag(pane, RIGHT, QPoint(200, 200), QPoint(0, -40))
    assert pane.window_level.centre < window.centre  # upwards is brighter
    assert image.pixels.max() == 25500  # what is stored stays


def test_a_window_given_from_outside_changes_what_is_painted(pane, show, painted):
    show(np.full((50, 50), 100, np.uint8))
    middle = pane.canvas.rect().center()
    pane.set_window(Window(100, 200))
    assert painted(pane.canvas)[middle.y(), middle.x()].tolist() == [0, 0, 0]


def test_moves_come_at_most_once_a_frame_and_the_last_one_counts(qtbot, pane, show):
    show(noise(100, 100))
    seen = []
    pane.cursor_moved.connect(lambda x, y: seen.append((x, y)))
    for x in range(100, 200):
        QTest.mouseMove(pane.canvas, QPoint(x, 150))
    qtbot.wait(60)
    assert 1 <= len(seen) <= 5
    expected = pane.viewport.to_image(QPointF(199, 150), pane.canvas.size().toSizeF())
    assert seen[-1] == pytest.approx(expected)


def test_linked_panes_move_together(qtbot, pane, show, stored):
    other = ImagePane(pane.viewport, "other")
    qtbot.addWidget(other)
    other.resize(300, 200)
    other.show()
    image = show(noise(300, 400))
    other.set_image(image)
    wheel(pane, QPointF(200, 200), 2)
    assert other.viewport.scale == pane.viewport.scale
    own = Viewport(other)
    other.set_viewport(own)
    wheel(pane, QPointF(200, 200), 2)
    assert other.viewport.scale != pane.viewport.scale


# What is told


def test_values_under_a_point(pane, show):
    image = show(noise(20, 20, 3))
    values = np.arange(4, dtype=np.float32).reshape(2, 2)
    pane.set_overlay(values, Region(0, 0, 20, 20), 3, "logit")
    pixel, value = pane.value_at(15.5, 3.2)
    assert np.array_equal(pixel, image.pixels[3, 15])
    assert value == 1
    assert pane.value_at(20, 3)[0] is None


def test_the_legend_says_the_fixed_limits_and_goes_with_the_map(pane, show):
    show(noise(20, 20))
    assert pane.legend.sizeHint().width() == 0
    pane.set_overlay(np.ones((2, 2), np.float32), Region(0, 0, 20, 20), 2.5, "logit")
    assert pane.legend.accessibleDescription() == "−2.5 to +2.5 logit"
    assert pane.legend.sizeHint().width() > 100
    pane.set_overlay(None, Region(0, 0, 20, 20), 2.5, "logit")
    assert pane.legend.sizeHint().width() == 0


def test_everything_has_a_name(pane):
    for widget in (pane, pane.canvas, pane.legend):
        assert widget.objectName()
        assert widget.accessibleName()


def test_a_thousand_repaints_leave_the_reference_counts_alone(pane, show):
    """Version 6.12.0 of PySide6 loses one reference of True with each repaint."""
    show(noise(64, 64))
    pane.set_overlay(np.ones((2, 2), np.float32), Region(0, 0, 64, 64), 1, "logit")
    pane.canvas.repaint()
    before = sys.getrefcount(True), sys.getrefcount(False)
    for _ in range(1000):
        pane.canvas.repaint()
    after = sys.getrefcount(True), sys.getrefcount(False)
    assert np.abs(np.subtract(after, before)).max() < 100
