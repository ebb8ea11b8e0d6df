"""Lengths, angles and areas, against figures that anybody can check."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import KINDS, MEASURES, Shape
from softcam_core.annotations.shapes.sizes import Measure, area, measure, perimeter

STAR = [[0, 0], [10, 10], [10, 0], [0, 10]]
places = st.tuples(*[st.integers(-80, 80).map(lambda n: n / 4)] * 2)


def test_a_length_is_in_millimetres_where_pixels_have_a_size():
    line = Shape("length", [[10, 20], [13, 24]])
    assert measure(line) == Measure(5, "px")
    # Rows 0.5 mm apart, columns 2 mm: 6 mm across, 2 mm down.
    assert measure(line, (0.5, 2)) == Measure(math.hypot(6, 2), "mm")


@pytest.mark.parametrize(
    ("end", "degrees"), [((10, 0), 0), ((10, 10), 45), ((0, 10), 90), ((-10, -10), 135)]
)
@pytest.mark.parametrize("mirrored", [False, True])
def test_an_angle_is_between_its_arms(end, degrees, mirrored):
    ends = [(20, 0), end]
    shape = Shape("angle", [ends[mirrored], (0, 0), ends[not mirrored]])
    assert measure(shape).value == pytest.approx(degrees)
    assert measure(shape).unit == "deg"


def test_an_angle_is_straight_at_most_and_measured_in_the_body():
    assert measure(Shape("angle", [[-5, 0], [0, 0], [7, 0]])).value == 180
    assert measure(Shape("angle", [[5, 5], [0, 0], [5, -5]]), (1, 1)).value == pytest.approx(90)
    flat = measure(Shape("angle", [[5, 5], [0, 0], [5, -5]]), (math.sqrt(3), 1))
    assert flat.value == pytest.approx(120)
    assert measure(Shape("angle", [[3, 3], [3, 3], [9, 9]])).value == 0


@given(places, places, places, st.floats(-360, 360))
def test_turning_and_moving_change_no_measure(a, b, c, degrees):
    for shape in (Shape("length", [a, b]), Shape("angle", [a, b, c])):
        turned = shape.rotated(degrees, (3, 4)).moved(7, -2)
        # Near 0 and 180 degrees the rounding of a coordinate weighs like its square root.
        assert measure(turned).value == pytest.approx(measure(shape).value, abs=1e-5)


def test_only_measurements_measure():
    for kind, points in (("box", [[0, 0], [1, 1]]), ("point", [1, 1])):
        with pytest.raises(ValueError, match=r"^kind: "):
            measure(Shape(kind, points))


def test_measurements_have_no_inside_and_no_pixels():
    for shape in (
        Shape("length", [[0, 0], [9, 9]]),
        Shape("angle", [[0, 0], [9, 0], [9, 9]]),
    ):
        assert shape.kind in MEASURES
        assert not shape.contains(4.5, 4.5)
        assert not rasterize(shape, (12, 12)).any()
        assert area(shape).value == perimeter(shape).value == 0
        assert shape.distance(9, 9) == 0
        # Open: the way back from the last point to the first is no part of it.
        assert len(shape.outline()[0]) == len(shape.points)
    assert Shape("angle", [[0, 0], [9, 0], [9, 9]]).distance(4.5, 4.5) == 4.5
    assert set(MEASURES) < set(KINDS)


def test_areas_of_figures_from_the_textbook():
    assert area(Shape("box", [[1, 2], [4, 8]])) == Measure(18, "px²")
    assert area(Shape("ellipse", [[9, 9], [3, 2]], 40)).value == pytest.approx(6 * math.pi)
    assert area(Shape("polygon", [[0, 0], [4, 0], [0, 3]])).value == 6
    assert area(Shape("point", [4, 4])).value == 0
    pixels = np.zeros((9, 9), bool)
    pixels[2:5, 3:7] = True
    pixels[3, 4] = False
    assert area(Shape("mask", mask=pixels)).value == 11
    assert area(Shape("box", [[0, 0], [10, 10]]), (0.5, 0.2)) == Measure(10, "mm²")


def test_an_outline_that_crosses_itself_covers_what_is_painted():
    assert area(Shape("polygon", STAR)).value == pytest.approx(50)
    assert area(Shape("polygon", [[0, 0], [9, 0], [9, 9], [0, 9]] * 2)).value == 0
    turn = np.arange(5) * 4 * np.pi / 5
    star = Shape("polygon", 100 + 90 * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    fine = Shape("polygon", star.points * 8)
    assert area(star).value == pytest.approx(rasterize(fine, (1600, 1600)).sum() / 64, rel=1e-3)


@given(st.lists(places, min_size=3, max_size=9))
def test_areas_are_those_of_the_pixels(corners):
    shape = Shape("polygon", np.array(corners) + 20)
    fine = rasterize(Shape("polygon", shape.points * 16), (640, 640)).sum() / 256
    around = perimeter(shape).value
    # Each pixel that the outline runs through may count wrongly.
    assert abs(area(shape).value - fine) <= around / 16 + 1e-6


@given(st.lists(places, min_size=3, max_size=9), st.floats(-360, 360))
def test_turning_changes_neither_area_nor_perimeter(corners, degrees):
    for shape in (Shape("polygon", corners), Shape("freehand", corners)):
        turned = shape.rotated(degrees)
        assert area(turned).value == pytest.approx(area(shape).value, abs=1e-6)
        assert perimeter(turned).value == pytest.approx(perimeter(shape).value)


def test_many_corners_are_measured_at_once():
    turn = np.linspace(0, 2 * np.pi, 20_000, endpoint=False)
    circle = Shape("freehand", 500 * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    assert area(circle).value == pytest.approx(math.pi * 500**2, rel=1e-6)


def test_perimeters():
    assert perimeter(Shape("box", [[0, 0], [3, 4]])) == Measure(14, "px")
    assert perimeter(Shape("box", [[0, 0], [3, 4]]), (0.5, 2)) == Measure(16, "mm")
    assert perimeter(Shape("polygon", [[0, 0], [4, 0], [0, 3]])).value == 12
    assert perimeter(Shape("ellipse", [[0, 0], [7, 7]])).value == pytest.approx(14 * math.pi)
    # Ramanujan's second formula is exact to 1e-9 here.
    h = ((5 - 3) / (5 + 3)) ** 2
    expected = math.pi * 8 * (1 + 3 * h / (10 + math.sqrt(4 - 3 * h)))
    assert perimeter(Shape("ellipse", [[0, 0], [5, 3]], 33)).value == pytest.approx(expected)
    # A level ellipse of unequal pixels is a circle in the body.
    ellipse = Shape("ellipse", [[0, 0], [4, 8]])
    assert perimeter(ellipse, (0.5, 1)).value == pytest.approx(8 * math.pi)
    pixels = np.ones((3, 4), bool)
    pixels[1, 1] = False
    assert perimeter(Shape("mask", mask=pixels)).value == 18
