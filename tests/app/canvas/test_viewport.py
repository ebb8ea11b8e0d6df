import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from app.canvas.viewport import FIT_MARGIN, MAX_SCALE, Viewport

PANE = QSizeF(400, 300)


def seen(width: int = 2000, height: int = 1000) -> Viewport:
    viewport = Viewport()
    viewport.set_view(1, (400, 300))
    viewport.show_image("a", (width, height))
    return viewport


@given(
    x=st.floats(0, 400),
    y=st.floats(0, 300),
    factor=st.floats(1, 20),
    turns=st.integers(0, 3),
    flipped=st.booleans(),
)
def test_zoom_keeps_the_image_point_under_the_cursor(x, y, factor, turns, flipped):
    viewport = seen()
    viewport.rotate(turns)
    if flipped:
        viewport.flip()
    cursor = QPointF(x, y)
    before = viewport.to_image(cursor, PANE)
    viewport.zoom_at(before, factor)
    assert viewport.to_image(cursor, PANE) == pytest.approx(before, abs=1e-6)


def test_fit_shows_the_whole_image_with_a_margin():
    viewport = seen()
    corner = viewport.to_screen((0, 0), PANE)
    opposite = viewport.to_screen((2000, 1000), PANE)
    assert corner.x() == pytest.approx(FIT_MARGIN)
    assert opposite.x() == pytest.approx(400 - FIT_MARGIN)
    assert corner.y() + opposite.y() == pytest.approx(300)


def test_fit_is_computed_for_the_smallest_of_the_linked_panes():
    viewport = seen()
    viewport.set_view(2, (100, 300))
    assert viewport.scale == pytest.approx((100 - 2 * FIT_MARGIN) / 2000)
    viewport.set_view(2, None)
    assert viewport.scale == pytest.approx((400 - 2 * FIT_MARGIN) / 2000)


def test_a_resized_pane_stays_fitted_until_somebody_zooms():
    viewport = seen()
    viewport.set_view(1, (800, 600))
    assert viewport.scale == pytest.approx(viewport.fit_scale())
    viewport.zoom(2)
    scale = viewport.scale
    viewport.set_view(1, (400, 300))
    assert viewport.scale == scale


def test_panes_of_different_size_share_centre_and_scale():
    viewport = seen()
    viewport.zoom_at((300, 200), 3)
    small, large = QSizeF(100, 80), QSizeF(900, 700)
    for size in (small, large):
        middle = QPointF(size.width() / 2, size.height() / 2)
        assert viewport.to_image(middle, size) == pytest.approx(viewport.centre)
    step = viewport.to_screen((1, 0), small) - viewport.to_screen((0, 0), small)
    assert step.x() == pytest.approx(viewport.scale)


def test_pan_moves_the_picture_with_the_mouse_and_keeps_the_image_in_sight():
    viewport = seen()
    viewport.zoom(8)
    before = viewport.to_screen((1000, 500), PANE)
    viewport.pan(30, -20)
    after = viewport.to_screen((1000, 500), PANE)
    assert (after - before).toTuple() == pytest.approx((30, -20))
    viewport.pan(1e6, 1e6)
    assert viewport.centre == (0, 0)


def test_pan_follows_the_mouse_in_a_turned_and_flipped_picture_too():
    viewport = seen()
    viewport.zoom(8)
    viewport.rotate()
    viewport.flip()
    before = viewport.to_screen((1000, 500), PANE)
    viewport.pan(12, 7)
    assert (viewport.to_screen((1000, 500), PANE) - before).toTuple() == pytest.approx((12, 7))


def test_a_quarter_turn_goes_clockwise():
    viewport = seen()
    viewport.rotate()
    step = viewport.to_screen((1, 0), PANE) - viewport.to_screen((0, 0), PANE)
    assert step.x() == pytest.approx(0, abs=1e-9)
    assert step.y() > 0


def test_flip_mirrors_what_is_seen_left_to_right():
    viewport = seen()
    viewport.rotate()
    before = viewport.to_screen((100, 100), PANE)
    viewport.flip()
    after = viewport.to_screen((100, 100), PANE)
    assert (after.x(), after.y()) == pytest.approx((400 - before.x(), before.y()))
    viewport.flip()
    assert viewport.to_screen((100, 100), PANE).toTuple() == pytest.approx(before.toTuple())


def test_zoom_ends_at_both_ends():
    viewport = seen()
    for _ in range(100):
        viewport.zoom(2)
    assert viewport.scale == MAX_SCALE
    for _ in range(100):
        viewport.zoom(0.5)
    assert viewport.scale == pytest.approx(viewport.fit_scale() / 2)


def test_another_image_is_fitted_and_the_same_one_is_left_alone():
    viewport = seen()
    viewport.zoom(4)
    viewport.show_image("a", (2000, 1000))  # a second pane shows the same image
    assert not viewport.fitted
    viewport.show_image("a in full", (2000, 1000), keep=True)
    assert not viewport.fitted
    viewport.show_image("b", (2000, 1000))
    assert viewport.fitted


def test_one_to_one_is_one_pixel_of_the_screen():
    viewport = seen()
    viewport.one_to_one(2.0)
    assert viewport.scale == 0.5
