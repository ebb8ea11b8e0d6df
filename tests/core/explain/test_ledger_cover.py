"""How much of each cell a region covers: against the painted image, cell by cell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape
from softcam_core.explain.ledger_cover import coverage
from softcam_core.imaging.geometry import Region

SIZE = (60, 90)
WHOLE = Region(0, 0, 90, 60)


def painted(shapes, region, grid, size):
    """By the definition: every pixel of the painted image, by its area in each cell."""
    mask = rasterize_union(shapes, size)
    covered = np.zeros(grid)
    for row in range(grid[0]):
        for column in range(grid[1]):
            x0, y0, x1, y1 = region.cell(row, column, grid)
            wide = [max(0.0, min(x + 1, x1) - max(x, x0)) for x in range(size[1])]
            high = [max(0.0, min(y + 1, y1) - max(y, y0)) for y in range(size[0])]
            covered[row, column] = (np.outer(high, wide) * mask).sum() / ((x1 - x0) * (y1 - y0))
    return covered


numbers = st.floats(-20, 110)
points = st.tuples(numbers, numbers)


@st.composite
def outlines(draw):
    kind = draw(st.sampled_from(["polygon", "freehand", "spline", "ellipse", "point", "mask"]))
    if kind == "ellipse":
        radii = draw(st.tuples(st.floats(0, 40), st.floats(0, 40)))
        return Shape("ellipse", [draw(points), radii], draw(st.floats(-90, 90)))
    if kind == "point":
        return Shape("point", [draw(points)])
    if kind == "mask":
        seed = np.random.default_rng(draw(st.integers(0, 99)))
        patch = seed.random((draw(st.integers(1, 30)), draw(st.integers(1, 30)))) < 0.5
        patch[0, 0] = True
        x, y = draw(st.integers(-10, 80)), draw(st.integers(-10, 50))
        shape = Shape("mask", [], mask=patch)
        return shape.moved(x, y)
    return Shape(kind, draw(st.lists(points, min_size=3, max_size=8)))


@given(
    st.lists(outlines(), min_size=1, max_size=3),
    st.sampled_from([WHOLE, Region(15, 0, 75, 60), Region(0, -15, 90, 75)]),
    st.sampled_from([(4, 6), (7, 5), (1, 1)]),
)
def test_outlines_count_by_their_pixels(shapes, region, grid):
    # A box beside an outline counts by its pixels too: the region is one.
    box, slope = Shape("box", [[3.3, 4.4], [12.5, 17.6]]), Shape("ellipse", [[9, 9], [2, 3]])
    region_of = [*shapes, box, slope]
    found = coverage(region_of, region, grid, SIZE)
    np.testing.assert_allclose(found, painted(region_of, region, grid, SIZE), atol=1e-12)


boxes = st.builds(lambda a, b: Shape("box", [a, b]), points, points)


@given(boxes, st.sampled_from([WHOLE, Region(15, 0, 75, 60), Region(0, -15, 90, 75)]))
def test_a_box_counts_by_its_area(box, region):
    grid = (7, 5)
    x0, y0, x1, y1 = box.bounds
    found = coverage([box], region, grid, SIZE)
    for row in range(grid[0]):
        for column in range(grid[1]):
            a, b, c, d = region.cell(row, column, grid)
            area = max(0, min(x1, c) - max(x0, a)) * max(0, min(y1, d) - max(y0, b))
            assert found[row, column] == pytest.approx(area / ((c - a) * (d - b)), abs=1e-12)


@given(st.lists(boxes, min_size=1, max_size=5))
def test_boxes_that_overlap_count_once(shapes):
    # Fine enough a picture of boxes on eighths of pixels is exact.
    eighths = [Shape("box", np.round(shape.points * 8) / 8) for shape in shapes]
    large = [Shape("box", shape.points * 8) for shape in eighths]
    fine = rasterize_union(large, (SIZE[0] * 8, SIZE[1] * 8))
    expected = fine.reshape(4, 120, 6, 120).mean(axis=(1, 3))  # WHOLE has no padding
    np.testing.assert_allclose(coverage(eighths, WHOLE, (4, 6), SIZE), expected, atol=1e-12)


def test_a_partition_of_the_image_covers_every_cell_once():
    cut = np.array([[20.2, -5], [61.7, 30.3], [33.1, 70]])
    left = Shape("polygon", [*cut, [-5, 70], [-5, -5]])
    right = Shape("polygon", [*cut, [95, 70], [95, -5]])
    total = sum(coverage([half], WHOLE, (7, 5), SIZE) for half in (left, right))
    np.testing.assert_allclose(total, 1, atol=1e-12)
    np.testing.assert_allclose(coverage([left, right], WHOLE, (7, 5), SIZE), 1, atol=1e-12)


def test_the_same_shape_twice_covers_once():
    round_one = Shape("ellipse", [[40, 30], [20, 10]], 30)
    once = coverage([round_one], WHOLE, (4, 6), SIZE)
    np.testing.assert_array_equal(coverage([round_one, round_one], WHOLE, (4, 6), SIZE), once)


def test_padding_has_no_pixels_but_an_area():
    padded = Region(0, -15, 90, 75)
    by_pixels = Shape("ellipse", [[45, 30], [500, 500]])
    found = coverage([by_pixels], padded, (6, 6), SIZE)
    np.testing.assert_allclose(found[[0, 5]], 0)
    np.testing.assert_allclose(found[1:5], 1)
    by_area = Shape("box", [[-100, -100], [200, 200]])
    np.testing.assert_allclose(coverage([by_area], padded, (6, 6), SIZE), 1)


def test_nothing_covers_nothing():
    line = Shape("length", [[0, 0], [50, 50]])
    away = Shape("freehand", [[200, 200], [210, 200], [205, 230]])
    for shapes in ([], [line], [away], [Shape("box", [[200, 5], [210, 9]])]):
        assert not coverage(shapes, WHOLE, (4, 6), SIZE).any()


def test_very_many_boxes_count_by_their_pixels_rather_than_by_more_tiles_than_pixels():
    seed = np.random.default_rng(3)
    shapes = [Shape("box", seed.random((2, 2)) * (90, 60)) for _ in range(60)]
    found = coverage(shapes, WHOLE, (4, 6), SIZE)
    np.testing.assert_allclose(found, painted(shapes, WHOLE, (4, 6), SIZE), atol=1e-12)


@pytest.mark.parametrize("radius", [0.0, 2.5, 30.0])
def test_a_point_is_a_disc_of_the_radius_that_is_asked_for(radius):
    shapes = [Shape("point", [[40, 30]]), Shape("box", [[1, 1], [5, 5]])]
    found = coverage(shapes, WHOLE, (1, 1), SIZE, radius)
    assert found[0, 0] == pytest.approx(rasterize_union(shapes, SIZE, radius).mean())
