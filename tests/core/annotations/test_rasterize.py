"""A pixel belongs to a shape if its centre lies inside: against references of our own."""

import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.annotations.rasterize import rasterize, rasterize_union
from softcam_core.annotations.shapes import Shape

SIZE = (12, 17)
# Quarters: pixel centres (halves) fall on edges and corners often.
places = st.tuples(*[st.integers(-20, 80).map(lambda n: n / 4)] * 2)
outlines = st.lists(places, min_size=3, max_size=9)
floats = st.tuples(*[st.floats(-5, 20)] * 2)


def centres(size: tuple[int, int] = SIZE) -> list[tuple[int, int, float, float]]:
    return [(y, x, x + 0.5, y + 0.5) for y in range(size[0]) for x in range(size[1])]


def exactly_inside(corners: list[tuple[float, float]], x: float, y: float) -> bool | None:
    """Even-odd by exact fractions; None on the outline itself."""
    px, py = Fraction(x), Fraction(y)
    points = [(Fraction(a), Fraction(b)) for a, b in corners]
    odd = False
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
        if cross == 0 and min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by):
            return None
        if (ay > py) != (by > py) and px < ax + (py - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


@settings(max_examples=150)
@given(outlines)
def test_polygons_follow_the_exact_even_odd_rule(corners):
    mask = rasterize(Shape("polygon", corners), SIZE)
    for row, column, x, y in centres():
        inside = exactly_inside(corners, x, y)
        assert inside is None or mask[row, column] == inside


@given(outlines, st.sampled_from(["polygon", "freehand"]))
def test_polygon_pixels_are_where_contains_says(corners, kind):
    shape = Shape(kind, corners)
    mask = rasterize(shape, SIZE)
    assert all(mask[row, column] == shape.contains(x, y) for row, column, x, y in centres())


@given(places, places, st.lists(places, min_size=1, max_size=3), st.lists(places, max_size=3))
def test_outlines_that_share_an_edge_share_no_pixel_and_leave_no_gap(a, b, left, right):
    if not right:
        right = [(3.0, 3.0)]
    one = rasterize(Shape("polygon", [a, b, *left]), SIZE)
    other = rasterize(Shape("polygon", [b, a, *right]), SIZE)
    both = rasterize(Shape("polygon", [b, *left, a, *right]), SIZE)
    assert np.array_equal(one ^ other, both)


@given(places, places)
def test_a_box_is_the_same_as_its_polygon(a, b):
    box = Shape("box", [a, b])
    mask = rasterize(box, SIZE)
    assert np.array_equal(mask, rasterize(Shape("polygon", box.outline()[0][:-1]), SIZE))
    assert all(mask[row, column] == box.contains(x, y) for row, column, x, y in centres())


@settings(max_examples=200)
@given(
    floats,
    st.tuples(*[st.just(0) | st.floats(0.001, 15)] * 2),
    st.sampled_from([0, 30, 45, 90]) | st.floats(-400, 400),
)
def test_ellipse_pixels_are_where_contains_says(centre, radii, angle):
    ellipse = Shape("ellipse", [centre, radii], angle)
    mask = rasterize(ellipse, SIZE)
    assert all(mask[row, column] == ellipse.contains(x, y) for row, column, x, y in centres())


def test_an_upright_ellipse_by_its_textbook_formula():
    y, x = np.mgrid[:40, :50] + 0.5
    expected = ((x - 21.3) / 12.7) ** 2 + ((y - 18.6) / 9.2) ** 2 < 1
    assert np.array_equal(
        rasterize(Shape("ellipse", [[21.3, 18.6], [12.7, 9.2]]), (40, 50)), expected
    )


def test_a_box_on_the_grid_has_its_own_pixels():
    mask = rasterize(Shape("box", [[3, 2], [6, 4]]), (6, 8))
    assert np.argwhere(mask).tolist() == [[2, 3], [2, 4], [2, 5], [3, 3], [3, 4], [3, 5]]
    assert not rasterize(Shape("box", [[3, 2], [3, 4]]), (6, 8)).any()


def test_half_pixels_decide():
    assert rasterize(Shape("box", [[2.5, 2.5], [3.5, 3.5]]), (6, 6)).sum() == 1
    assert not rasterize(Shape("box", [[2.51, 2.51], [3.49, 3.49]]), (6, 6)).any()


def test_a_point_is_a_disc_of_the_radius_asked_for():
    y, x = np.mgrid[:40, :40] + 0.5
    for radius in (1.0, 4.0, 7.3):
        expected = (x - 20) ** 2 + (y - 11) ** 2 < radius**2
        assert np.array_equal(rasterize(Shape("point", [20, 11]), (40, 40), radius), expected)
    assert rasterize(Shape("point", [20, 11]), (40, 40)).sum() == 52


def test_what_lies_off_the_image_is_clipped():
    pixels = np.zeros((9, 9), bool)
    pixels[2:7, 2:7] = True
    pixels[4, 4] = False
    mask = Shape("mask", mask=pixels).moved(-4, -4)
    expected = np.zeros((5, 5), bool)
    expected[:3, :3] = True
    expected[0, 0] = False
    assert np.array_equal(rasterize(mask, (5, 5)), expected)
    for shape in (
        Shape("box", [[-1e9, -1e9], [1e9, 1e9]]),
        Shape("polygon", [[-1e6, -1e6], [1e6, -1e6], [1e6, 1e6], [-1e6, 1e6]]),
        Shape("ellipse", [[2, 2], [1e6, 1e6]], 17),
    ):
        assert rasterize(shape, (5, 7)).all()
    for dx in (-50, 50):
        for dy in (-50, 0, 50):
            for shape in (Shape("box", [[0, 0], [5, 5]]), mask, Shape("ellipse", [[2, 2], [3, 3]])):
                assert not rasterize(shape.moved(dx, dy), (5, 5)).any()


def test_a_union_is_the_sum_of_its_parts():
    shapes = [Shape("box", [[0, 0], [4, 4]]), Shape("box", [[2, 2], [6, 6]])]
    union = rasterize_union(shapes, (8, 8))
    assert np.array_equal(union, rasterize(shapes[0], (8, 8)) | rasterize(shapes[1], (8, 8)))
    assert not rasterize_union([], (8, 8)).any()


def test_small_lesions_on_a_large_photograph_are_quick():
    shapes = [Shape("ellipse", [[40 * i, 20 * i], [9, 6]], 3 * i) for i in range(100)]
    start = time.process_time()
    rasterize_union(shapes, (2848, 4288))
    # Whole-image work for each shape would take seconds.
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("kind", ["polygon", "freehand"])
def test_collinear_outlines_are_empty(kind):
    assert not rasterize(Shape(kind, [[0, 0], [5, 5], [10, 10]]), (12, 12)).any()
