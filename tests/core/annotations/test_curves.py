"""The curve of a spline, against the recursion that its authors give for it."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.shapes.curves import DEVIATION, spline

places = st.tuples(*[st.integers(-400, 400).map(lambda n: n / 4)] * 2)
outlines = st.lists(places, min_size=3, max_size=8)


def barry_goldman(four: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The piece from the second to the third of four points, by the pyramid of 1988."""
    knots = np.concatenate([[0], np.cumsum(np.sqrt(np.hypot(*np.diff(four, axis=0).T)))])
    at = (knots[1] + t * (knots[2] - knots[1]))[:, None]
    level = [np.broadcast_to(p, (len(t), 2)) for p in four]
    for width in (1, 2):
        level = [
            ((knots[i + width] - at) * level[i] + (at - knots[i]) * level[i + 1])
            / (knots[i + width] - knots[i])
            for i in range(len(level) - 1)
        ]
    a, b = level
    return ((knots[2] - at) * a + (at - knots[1]) * b) / (knots[2] - knots[1])


def true_curve(points: np.ndarray, steps: int = 200) -> np.ndarray:
    t = np.linspace(0, 1, steps)
    count = len(points)
    return np.concatenate(
        [barry_goldman(points[[(i + k) % count for k in (-1, 0, 1, 2)]], t) for i in range(count)]
    )


def distances_to(line: np.ndarray, places: np.ndarray) -> np.ndarray:
    shape = Shape("polygon", line[:-1])
    return np.array([shape.distance(x, y) for x, y in places])


@given(outlines)
@example([(0, 0), (100, 0), (0, 0.25), (-100, 100)])
def test_the_pieces_stay_within_a_twentieth_of_a_pixel_of_the_true_curve(corners):
    points = np.array(corners, float)
    assume((points != np.roll(points, 1, axis=0)).any(axis=1).all())
    line, _ = spline(points)
    assert distances_to(line, true_curve(points)).max() <= DEVIATION + 1e-9


@given(outlines)
def test_the_curve_goes_through_every_point_and_closes(corners):
    points = np.array(corners, float)
    line, segment = spline(points)
    assert line[0].tolist() == line[-1].tolist()
    assert len(segment) == len(line) - 1
    assert (np.diff(segment) >= 0).all()
    for place in points:
        assert np.hypot(*(line - place).T).min() < 1e-9


def test_a_moved_point_moves_only_the_pieces_beside_it():
    turn = np.arange(8) * np.pi / 4
    points = 100 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    moved = points.copy()
    moved[0] *= 1.3
    (before, index), (after, other) = spline(points), spline(moved)
    # Pieces 2 to 5 run between points 2 and 6: beyond two neighbours nothing changes.
    kept = before[:-1][(index >= 2) & (index < 6)]
    assert np.array_equal(kept, after[:-1][(other >= 2) & (other < 6)])


def test_the_curve_through_points_of_a_circle_is_nearly_the_circle():
    turn = np.arange(12) * np.pi / 6
    line, _ = spline(50 * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    assert np.abs(np.hypot(*line.T) - 50).max() < 0.15


def test_the_curve_has_no_corners():
    line, _ = spline(np.array([[0.0, 0], [200, 10], [180, 90], [20, 120]]))
    steps = np.diff(line, axis=0)
    heading = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    assert np.abs(np.diff(heading)).max() < 0.5


def test_repeated_points_count_once():
    once = [[0, 0], [40, 0], [40, 30]]
    line, _ = spline(np.array(once, float))
    again, segment = spline(np.array([once[0], once[0], *once[1:], once[2]], float))
    assert sorted(map(tuple, line[:-1])) == sorted(map(tuple, again[:-1]))
    assert set(segment.tolist()) == {0, 2, 3} or set(segment.tolist()) == {1, 2, 3}
    flat, _ = spline(np.array([[0.0, 0], [0, 0], [9, 9]]))
    assert flat.tolist() == [[0, 0], [0, 0], [9, 9], [0, 0]]


@given(outlines)
def test_inside_bounds_and_pixels_are_those_of_the_curve(corners):
    shape = Shape("spline", np.array(corners) / 10 + 12)
    flat = Shape("polygon", shape.outline()[0][:-1])
    assert shape.bounds == flat.bounds
    size = (26, 26)
    mask = rasterize(shape, size)
    assert np.array_equal(mask, rasterize(flat, size))
    assert all(
        mask[y, x] == shape.contains(x + 0.5, y + 0.5) for y in range(0, 26, 3) for x in range(26)
    )


def test_corners_of_a_spline_are_edited_where_the_curve_was_hit():
    shape = Shape("spline", [[0, 0], [100, 0], [100, 100], [0, 100]])
    # The curve bulges out of the square of its points.
    assert shape.bounds[1] < -5
    assert shape.nearest_edge(50, -14) == 0
    assert shape.nearest_edge(112, 50) == 1
    assert shape.nearest_edge(-12, 50) == 3
    assert shape.with_vertex_inserted(1, 50, -20).points[1].tolist() == [50, -20]
    assert shape.with_vertex_inserted(1, 50, -20).with_vertex_removed(1) == shape
    assert shape.handles.tolist() == shape.points.tolist()
    assert shape.with_handle_moved(2, 90, 95).points[2].tolist() == [90, 95]


@pytest.mark.parametrize("radius", [0.5, 3, 40, 900])
def test_an_ellipse_stays_within_the_same_distance(radius):
    line = Shape("ellipse", [[0, 0], [radius, radius]]).outline()[0]
    assert radius - np.hypot(*((line[:-1] + line[1:]) / 2).T).min() <= DEVIATION + 1e-9
