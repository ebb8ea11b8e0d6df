"""Turning, resizing and thinning out shapes."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from softcam_core.annotations.shapes import Shape

places = st.tuples(*[st.integers(-80, 80).map(lambda n: n / 4)] * 2)
outlines = st.lists(places, min_size=3, max_size=12)
degrees = st.floats(-720, 720)

SHAPES = [
    Shape("box", [[10, 20], [40, 30]]),
    Shape("ellipse", [[50, 50], [20, 5]], 30),
    Shape("polygon", [[0, 0], [30, 0], [10, 20]]),
    Shape("freehand", [[0, 0], [30, 0], [30, 5], [10, 20]]),
    Shape("spline", [[0, 0], [30, 0], [30, 25], [10, 20]]),
    Shape("point", [7, 8]),
    Shape("length", [[0, 0], [30, 40]]),
    Shape("angle", [[0, 0], [30, 0], [30, 40]]),
]
MASK = Shape("mask", mask=np.ones((3, 4), bool))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_a_turn_is_clockwise_on_the_screen_about_the_place(shape):
    x, y = shape.outline()[0][0]
    turned = shape.rotated(90, (100, 100)).outline()[0]
    # Clockwise with y down: right becomes down.
    place = (100 - (y - 100), 100 + (x - 100))
    assert np.hypot(*(turned - place).T).min() < 1e-6


@given(st.sampled_from(SHAPES[1:]), degrees)
def test_a_turn_about_the_middle_can_be_turned_back(shape, turn):
    turned = shape.rotated(turn)
    assert turned.kind == shape.kind
    assert turned.centre == pytest.approx(shape.centre, abs=1e-6)
    back = turned.rotated(-turn)
    assert back.points == pytest.approx(shape.points, abs=1e-6)
    assert (back.angle - shape.angle + 180) % 360 == pytest.approx(180)


@given(outlines, degrees)
def test_the_inside_turns_along(corners, turn):
    shape = Shape("polygon", corners)
    turned = shape.rotated(turn, (0, 0))
    a = np.radians(turn)
    for x, y in ((0.3, 0.7), (5.1, -3.3), (-2.7, 9.9)):
        assume(shape.distance(x, y) > 1e-6)
        moved = (np.cos(a) * x - np.sin(a) * y, np.sin(a) * x + np.cos(a) * y)
        assert turned.contains(*moved) == shape.contains(x, y)


def test_a_box_stays_level_and_becomes_a_polygon_at_other_turns():
    box = SHAPES[0]
    assert box.rotated(180) == box
    assert box.rotated(-90).bounds == (20, 10, 30, 40)
    turned = box.rotated(45)
    assert turned.kind == "polygon"
    assert turned.centre == pytest.approx(box.centre)
    assert turned.bounds[0] == pytest.approx(25 - 20 / np.sqrt(2))


def test_masks_keep_to_their_pixels():
    with pytest.raises(ValueError, match=r"^kind: "):
        MASK.rotated(90)
    with pytest.raises(ValueError, match=r"^kind: "):
        MASK.resized(2)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_resizing_keeps_the_middle_and_the_form(shape):
    twice = shape.resized(2)
    assert twice.kind == shape.kind
    assert twice.angle == shape.angle
    # The middle of a flattened curve depends a little on its pieces.
    assert twice.centre == pytest.approx(shape.centre, abs=0.01)
    (x0, y0, x1, y1), (a0, b0, a1, b1) = shape.bounds, twice.bounds
    assert (a1 - a0, b1 - b0) == pytest.approx((2 * (x1 - x0), 2 * (y1 - y0)), abs=0.2)
    assert shape.resized(0.5, (0, 0)).centre == pytest.approx(np.array(shape.centre) / 2, abs=0.05)
    for factor in (0, -1, np.inf, np.nan):
        with pytest.raises(ValueError, match=r"^factor: "):
            shape.resized(factor)


@given(outlines, st.sampled_from([0.0, 0.25, 1.0, 3.0]), st.sampled_from(["polygon", "freehand"]))
def test_fewer_corners_leave_none_farther_off_than_the_tolerance(corners, tolerance, kind):
    shape = Shape(kind, corners)
    fewer = shape.with_points_simplified(tolerance)
    assert fewer.kind == kind
    assert len(fewer.points) <= len(shape.points)
    kept = [tuple(p) for p in fewer.points.tolist()]
    assert set(kept) <= set(corners)
    assert all(fewer.distance(x, y) <= tolerance + 1e-9 for x, y in corners)


def test_what_lies_on_a_straight_line_goes():
    square = [[0, 0], [5, 0], [10, 0], [10, 10], [4, 10], [0, 10], [0, 5]]
    fewer = Shape("polygon", square).with_points_simplified(0.01)
    assert fewer.points.tolist() == [[0, 0], [10, 0], [10, 10], [0, 10]]
    turn = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    circle = Shape("freehand", 100 * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    assert 12 < len(circle.with_points_simplified(1).points) < 40
    for shape in (SHAPES[0], SHAPES[4], MASK):
        assert shape.with_points_simplified(5) is shape
