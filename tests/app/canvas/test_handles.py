"""Handles leave room to take the shape itself."""

import pytest

from app.canvas.handles import TURN, TURN_GAP, handles_of, reach, turn_place
from softcam_core.annotations.shapes import Shape


def numbers(shape, scale):
    return [handle.number for handle in handles_of(shape, scale)]


def test_a_shape_of_few_screen_pixels_has_no_handles():
    box = Shape("box", [[10, 10], [20, 20]])
    assert numbers(box, 1.5) == []
    assert numbers(box, 1.7) == [0, 2, 4, 6]
    assert numbers(box, 4) == list(range(8))
    assert numbers(Shape("box", [[0, 0], [100, 2]]), 1) == [0, 1, 2, 4, 5, 6]


def test_handles_reach_no_farther_than_a_quarter_of_the_shape():
    small, large = Shape("box", [[0, 0], [20, 6]]), Shape("box", [[0, 0], [400, 400]])
    assert reach(small, 1) == 5
    assert reach(small, 2) == 3.5
    assert reach(large, 1) == 7
    assert reach(large, 0.5) == 14


def test_corners_too_close_to_each_other_are_not_shown():
    teeth = [[x, 40 * (x % 2)] for x in range(100)]
    dense = Shape("polygon", [[0, 0], [50, 0], [50, 1], *[[n, 2 + n % 2] for n in range(50)]])
    assert numbers(dense, 1) == [TURN]
    assert len(numbers(dense, 12)) == len(dense.points) + 1
    assert len(numbers(Shape("polygon", teeth), 1)) == 101


@pytest.mark.parametrize("scale", [0.2, 1, 7])
def test_the_handle_that_turns_keeps_its_distance_on_the_screen(scale):
    ellipse = Shape("ellipse", [[0, 0], [300, 200]], 90)
    x, y = turn_place(ellipse, scale)
    assert (x - 200) * scale == pytest.approx(TURN_GAP)
    assert y == pytest.approx(0)


@pytest.mark.parametrize(
    ("kind", "points", "has"),
    [
        ("box", [[0, 0], [90, 90]], False),
        ("length", [[0, 0], [90, 90]], False),
        ("point", [[0, 0]], False),
        ("ellipse", [[0, 0], [90, 90]], True),
        ("spline", [[0, 0], [90, 0], [90, 90]], True),
    ],
)
def test_which_kinds_are_turned_by_a_handle(kind, points, has):
    assert (TURN in numbers(Shape(kind, points), 1)) == has
