"""The same pixels as scikit-image and OpenCV draw, by the rules that they share.

All three ask whether a pixel's centre lies inside, even-odd. A centre on the very outline belongs
to whom each of them likes, so it is left out. OpenCV's filling paints the outline as well: it must
hold our pixels, and may add only what the outline touches.
"""

import cv2
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from skimage import draw

from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape

SIZE = (24, 31)
quarters = st.integers(-40, 160).map(lambda n: n / 4)
exact = st.lists(st.tuples(quarters, quarters), min_size=3, max_size=9)
# OpenCV paints pieces of the border where an outline leaves the image.
inside = st.integers(4, 88).map(lambda n: n / 4)
on_image = st.lists(st.tuples(inside, inside), min_size=3, max_size=9)
floats = st.floats(-10, 40, width=32)
subpixel = st.lists(st.tuples(floats, floats), min_size=3, max_size=9)

STAR = [[15, 1], [24, 22], [2, 8], [28, 8], [6, 22]]
# Round the outside, over a bridge and back round the hole.
_OUTSIDE = [[2, 2], [28, 2], [28, 21], [2, 21], [2, 2]]
_HOLE = [[10, 8], [10, 15], [20, 15], [20, 8], [10, 8]]
KEYHOLE = [*_OUTSIDE, *_HOLE]
FIGURE_EIGHT = [[3, 3], [27, 20], [27, 3], [3, 20]]
OFF_IMAGE = [[-9.3, 4.2], [15.1, -12.7], [44.9, 11.4], [13.3, 39.2]]
SHAPES = {"star": STAR, "hole": KEYHOLE, "crossing": FIGURE_EIGHT, "off the image": OFF_IMAGE}


def centres() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[: SIZE[0], : SIZE[1]] + 0.5
    return x, y


def near_outline(outline: np.ndarray, within: float) -> np.ndarray:
    """Return which pixels' centres lie so near to a closed outline, bool (H, W)."""
    x, y = centres()
    near = np.zeros(SIZE, bool)
    for (ax, ay), (bx, by) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        along = (bx - ax) ** 2 + (by - ay) ** 2
        part = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / (along or 1), 0, 1)
        near |= np.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)) <= within
    return near


def skimage_polygon(points: object) -> np.ndarray:
    """Return scikit-image's pixels: its places are pixel centres, row before column."""
    found: np.ndarray = draw.polygon2mask(SIZE, np.asarray(points, float)[:, ::-1] - 0.5)
    return found


def assert_same_off_the_outline(mask, other, outline) -> None:
    decided = ~near_outline(np.asarray(outline, float), 1e-6)
    assert np.array_equal(mask[decided], other[decided])


@settings(max_examples=200)
@given(exact | subpixel, st.sampled_from(["polygon", "freehand"]))
def test_polygons_have_the_pixels_of_scikit_image(points, kind):
    mask = rasterize(Shape(kind, points), SIZE)
    assert_same_off_the_outline(mask, skimage_polygon(points), points)


@pytest.mark.parametrize("name", SHAPES)
def test_holes_crossings_and_parts_off_the_image_are_those_of_scikit_image(name):
    points = np.array(SHAPES[name], float) + np.array([0.13, 0.29])
    mask = rasterize(Shape("polygon", points), SIZE)
    assert mask.any()
    assert not mask.all()
    assert np.array_equal(mask, skimage_polygon(points))


def test_a_hole_and_a_crossing_are_empty():
    assert not rasterize(Shape("polygon", KEYHOLE), SIZE)[9:14, 11:19].any()
    assert not rasterize(Shape("polygon", STAR), SIZE)[10:13, 13:17].any()


@settings(max_examples=100)
@given(subpixel)
def test_splines_have_the_pixels_of_their_curve(points):
    shape = Shape("spline", points)
    outline = shape.outline()[0]
    assert_same_off_the_outline(rasterize(shape, SIZE), skimage_polygon(outline), outline)


@settings(max_examples=200)
@given(
    st.tuples(floats, floats),
    st.tuples(st.floats(0.3, 30), st.floats(0.3, 30)),
    st.floats(-180, 180),
)
def test_turned_ellipses_have_the_pixels_of_scikit_image(centre, radii, angle):
    (cx, cy), (rx, ry) = centre, radii
    other = np.zeros(SIZE, bool)
    turn = -np.radians(angle)
    other[draw.ellipse(cy - 0.5, cx - 0.5, ry, rx, shape=SIZE, rotation=turn)] = True
    x, y = centres()
    dx, dy = x - cx, y - cy
    along = dx * np.cos(turn) - dy * np.sin(turn)
    across = dx * np.sin(turn) + dy * np.cos(turn)
    decided = np.abs((along / rx) ** 2 + (across / ry) ** 2 - 1) > 1e-6
    mask = rasterize(Shape("ellipse", [centre, radii], angle), SIZE)
    assert np.array_equal(mask[decided], other[decided])


@given(st.tuples(floats, floats), st.floats(0.5, 20))
def test_points_are_the_discs_of_scikit_image(centre, radius):
    other = np.zeros(SIZE, bool)
    other[draw.disk((centre[1] - 0.5, centre[0] - 0.5), radius, shape=SIZE)] = True
    x, y = centres()
    decided = np.abs(np.hypot(x - centre[0], y - centre[1]) - radius) > 1e-6
    mask = rasterize(Shape("point", [centre]), SIZE, radius)
    assert np.array_equal(mask[decided], other[decided])


@settings(max_examples=100)
@given(exact)
def test_each_pixel_is_inside_where_opencv_says(points):
    contour = np.array(points, np.float32)
    mask = rasterize(Shape("polygon", points), SIZE)
    for row in range(0, SIZE[0], 2):
        for column in range(SIZE[1]):
            place = cv2.pointPolygonTest(contour, (column + 0.5, row + 0.5), measureDist=False)
            assert place == 0 or mask[row, column] == (place > 0)


@settings(max_examples=200)
@given(on_image)
def test_opencv_fills_the_same_and_the_outline(points):
    outline = np.array(points)
    assume(np.ptp(outline, axis=0).min() > 0)
    # Fixed point with 4 bits: quarters of a pixel are exact.
    fixed = np.rint((outline - 0.5) * 16).astype(np.int32)
    filled = np.zeros(SIZE, np.uint8)
    cv2.fillPoly(filled, [fixed], 1, lineType=cv2.LINE_8, shift=4)
    mask = rasterize(Shape("polygon", points), SIZE)
    inner = ~near_outline(outline, 1.5)
    assert np.array_equal(mask[inner], filled[inner] > 0)


def test_a_box_on_the_grid_has_the_pixels_of_opencv():
    filled = np.zeros(SIZE, np.uint8)
    cv2.rectangle(filled, (3, 4), (11, 15), 1, thickness=cv2.FILLED)
    assert np.array_equal(rasterize(Shape("box", [[3, 4], [12, 16]]), SIZE), filled > 0)
