"""The geometry of shapes."""

import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.annotations.shapes import Shape

STAR = [[0, 0], [10, 10], [10, 0], [0, 10]]


def disc(radius: int) -> np.ndarray:
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return x**2 + y**2 <= radius**2


def test_a_box_takes_its_corners_in_any_order():
    box = Shape("box", [[30, 5], [10, 20]])
    assert box.points.tolist() == [[10, 5], [30, 20]]
    assert box == Shape("box", [[10, 20], [30, 5]])
    assert hash(box) == hash(Shape("box", [[10, 20], [30, 5]]))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"kind": "square", "points": [[0, 0], [1, 1]]}, "kind"),
        ({"kind": "box", "points": [[0, 0]]}, "points"),
        ({"kind": "box", "points": [[0, 0, 0], [1, 1, 1]]}, "points"),
        ({"kind": "box", "points": "corners"}, "points"),
        ({"kind": "box", "points": [[0, 0], [1, math.nan]]}, "points"),
        ({"kind": "polygon", "points": [[0, 0], [1, 1]]}, "points"),
        ({"kind": "ellipse", "points": [[0, 0], [-1, 1]]}, "points"),
        ({"kind": "box", "points": [[0, 0], [1, 1]], "angle": 10}, "angle"),
        ({"kind": "ellipse", "points": [[0, 0], [1, 1]], "angle": math.inf}, "angle"),
        ({"kind": "box", "points": [[0, 0], [1, 1]], "mask": np.ones((2, 2), bool)}, "mask"),
        ({"kind": "mask"}, "mask"),
        ({"kind": "mask", "mask": np.zeros((4, 4), bool)}, "mask"),
        ({"kind": "mask", "mask": np.ones((4, 4, 3), bool)}, "mask"),
        ({"kind": "mask", "mask": np.ones((4, 4), float)}, "mask"),
        ({"kind": "mask", "mask": np.ones((4, 4), bool), "points": [[0, 0], [3, 4]]}, "points"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(arguments, named):
    with pytest.raises(ValueError, match=f"^{named}: "):
        Shape(**arguments)


def test_shapes_do_not_change_under_their_holder():
    corners = np.array([[0.0, 0], [5, 5]])
    shape = Shape("box", corners)
    corners[0] = 99
    assert shape.points.tolist() == [[0, 0], [5, 5]]
    with pytest.raises(ValueError, match="read-only"):
        shape.points[0, 0] = 1
    pixels = np.ones((3, 3), bool)
    mask = Shape("mask", mask=pixels)
    pixels[:] = False
    assert mask.mask is not None
    assert mask.mask.all()


def test_even_odd_inside():
    star = Shape("polygon", STAR)
    assert star.contains(8, 5)
    assert not star.contains(5, 2)
    twice_round = Shape("polygon", [[0, 0], [9, 0], [9, 9], [0, 9]] * 2)
    assert not twice_round.contains(4, 4)


def test_a_turned_ellipse_turns_clockwise_on_the_screen():
    ellipse = Shape("ellipse", [[50, 50], [20, 5]], angle=90)
    assert ellipse.contains(50, 65)
    assert not ellipse.contains(65, 50)
    slanted = Shape("ellipse", [[50, 50], [20, 5]], angle=45)
    assert slanted.contains(60, 60)
    assert not slanted.contains(60, 40)


@given(st.floats(0.5, 40), st.floats(0.5, 40), st.floats(-360, 360), st.floats(0, 2 * math.pi))
def test_ellipse_outline_and_bounds_agree_with_contains(rx, ry, angle, turn):
    ellipse = Shape("ellipse", [[3, -7], [rx, ry]], angle)
    x0, y0, x1, y1 = ellipse.bounds
    line = ellipse.outline()[0]
    assert line[0].tolist() == line[-1].tolist()
    low, high = line.min(axis=0), line.max(axis=0)
    assert (low >= np.array([x0, y0]) - 1e-9).all()
    assert (high <= np.array([x1, y1]) + 1e-9).all()
    assert np.abs(low - [x0, y0]).max() < 0.4
    a = math.radians(angle)
    along, across = rx * math.cos(turn), ry * math.sin(turn)
    dx, dy = math.cos(a) * along - math.sin(a) * across, math.sin(a) * along + math.cos(a) * across
    assert ellipse.contains(3 + 0.999 * dx, -7 + 0.999 * dy)
    assert not ellipse.contains(3 + 1.001 * dx, -7 + 1.001 * dy)
    assert ellipse.distance(3 + dx, -7 + dy) < 0.06


def test_distance_is_to_the_outline():
    box = Shape("box", [[10, 10], [20, 20]])
    assert box.distance(15, 15) == 5
    assert box.distance(23, 24) == 5
    assert box.distance(20, 12) == 0
    assert Shape("point", [7, 7]).distance(10, 11) == 5
    assert Shape("polygon", [[4, 4]] * 3).distance(7, 8) == 5


def test_mask_is_kept_as_its_bounding_box():
    pixels = np.zeros((100, 200), bool)
    pixels[40:51, 70:91] = True
    shape = Shape("mask", mask=pixels)
    assert shape.bounds == (70, 40, 91, 51)
    assert shape.mask is not None
    assert shape.mask.shape == (11, 21)
    assert (shape.full_mask((100, 200)) == pixels).all()
    assert shape.contains(70.5, 40.5)
    assert not shape.contains(69.9, 45)
    assert shape == Shape("mask", shape.points, mask=shape.mask)
    assert shape.handles.shape == (0, 2)


def test_mask_outline_runs_along_pixel_edges_with_holes_and_parts():
    pixels = np.zeros((10, 12), bool)
    pixels[1:4, 1:4] = True
    pixels[2, 2] = False
    pixels[6:8, 6:9] = True
    lines = Shape("mask", mask=pixels).outline()
    assert sorted(len(line) for line in lines) == [5, 5, 5]
    spans = sorted((line.min(0).tolist(), line.max(0).tolist()) for line in lines)
    assert spans == [([1, 1], [4, 4]), ([2, 2], [3, 3]), ([6, 6], [9, 8])]


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=6))
def test_mask_outlines_enclose_exactly_the_mask(rows):
    pixels = np.array(rows)
    if not pixels.any():
        return
    shape = Shape("mask", mask=pixels)
    lines = [Shape("polygon", line[:-1]) for line in shape.outline()]
    for y in range(pixels.shape[0]):
        for x in range(pixels.shape[1]):
            inside = sum(line.contains(x + 0.5, y + 0.5) for line in lines) % 2 == 1
            assert inside == pixels[y, x]


def test_moving_keeps_the_form():
    assert Shape("box", [[0, 0], [4, 2]]).moved(1.5, -1).bounds == (1.5, -1, 5.5, 1)
    ellipse = Shape("ellipse", [[5, 5], [3, 2]], 30).moved(2, 3)
    assert ellipse == Shape("ellipse", [[7, 8], [3, 2]], 30)
    mask = Shape("mask", mask=disc(3)).moved(1.4, -2.6)
    assert mask.bounds == (1, -3, 8, 4)
    assert np.array_equal(mask.mask, disc(3))
    assert Shape("mask", mask=disc(3)).moved(0.5, 0.5).bounds == (0, 0, 7, 7)


@pytest.mark.parametrize(
    ("index", "bounds"),
    [
        (0, (1, 2, 20, 20)),
        (1, (10, 2, 20, 20)),
        (2, (1, 2, 10, 20)),
        (3, (1, 10, 10, 20)),
        (4, (1, 2, 10, 10)),
        (5, (10, 2, 20, 10)),
        (6, (1, 2, 20, 10)),
        (7, (1, 10, 20, 20)),
    ],
)
def test_box_handles_move_their_own_sides_only(index, bounds):
    box = Shape("box", [[10, 10], [20, 20]])
    assert box.with_handle_moved(index, 1, 2).bounds == bounds
    x, y = box.handles[index]
    assert box.with_handle_moved(index, x, y) == box


def test_freehand_is_scaled_by_its_box():
    line = Shape("freehand", [[0, 0], [10, 0], [5, 10]])
    assert line.with_handle_moved(4, 20, 30).points.tolist() == [[0, 0], [20, 0], [10, 30]]
    flat = Shape("freehand", [[0, 0], [10, 0], [5, 0]])
    assert flat.with_handle_moved(4, 20, 30).points.tolist() == [[0, 0], [20, 0], [10, 0]]


@given(st.integers(0, 3), st.floats(-60, 60), st.floats(-60, 60), st.floats(-180, 180))
def test_an_ellipse_handle_follows_the_pointer_along_its_axis(index, x, y, angle):
    ellipse = Shape("ellipse", [[0, 0], [10, 4]], angle)
    moved = ellipse.with_handle_moved(index, x, y)
    assert moved.points[0].tolist() == [0, 0]
    assert moved.points[1, 1 - index % 2] == ellipse.points[1, 1 - index % 2]
    direction = ellipse.handles[index] / np.hypot(*ellipse.handles[index])
    assert moved.points[1, index % 2] == pytest.approx(abs(direction @ [x, y]))


def test_vertices_are_edited():
    polygon = Shape("polygon", [[0, 0], [10, 0], [10, 10]])
    assert polygon.nearest_edge(5, -1) == 0
    assert polygon.nearest_edge(4, 6) == 2
    longer = polygon.with_vertex_inserted(1, 5, -1)
    assert longer.points.tolist() == [[0, 0], [5, -1], [10, 0], [10, 10]]
    assert longer.with_vertex_removed(1) == polygon
    assert polygon.with_handle_moved(2, 3, 4).points[2].tolist() == [3, 4]
    with pytest.raises(ValueError, match=r"^points: "):
        polygon.with_vertex_removed(0)
    with pytest.raises(ValueError, match=r"^kind: "):
        Shape("box", [[0, 0], [1, 1]]).with_vertex_inserted(0, 1, 1)
    with pytest.raises(ValueError, match=r"^index: "):
        polygon.with_handle_moved(3, 0, 0)


corner = st.tuples(*[st.integers(-6, 6)] * 2)


@given(st.lists(corner, min_size=3, max_size=5), corner, st.tuples(*[st.integers(0, 6)] * 2))
def test_touching_a_box_is_having_a_place_in_common(corners, low, size):
    box = (low[0], low[1], low[0] + size[0], low[1] + size[1])
    shape = Shape("polygon", corners)
    steps = np.linspace(0, 1, 400)[:, None]
    line = shape.outline()[0]
    places = np.concatenate([a + steps * (b - a) for a, b in itertools.pairwise(line)])
    # Sampled places lie within a twentieth of a pixel of any other.
    gaps = np.maximum(np.maximum(box[:2] - places, places - box[2:]), 0)
    nearest = np.hypot(*gaps.T).min()
    if shape.touches(box):
        assert nearest < 0.05
    else:
        assert nearest > 0


@pytest.mark.parametrize(
    ("box", "touched"),
    [
        ((2, -1, 3, 1), True),
        ((2, 1, 3, 2), False),
        ((9, 4, 11, 5), True),
        ((11, 4, 12, 5), False),
        ((-5, -5, 20, 20), True),
        ((4, 4, 5, 5), False),
        ((10, 0, 10, 0), True),
    ],
)
def test_a_box_inside_an_outline_does_not_touch_it(box, touched):
    square = Shape("polygon", [[0, 0], [10, 0], [10, 10], [0, 10]])
    assert square.touches(box) == touched


@pytest.mark.parametrize(
    "shape",
    [
        Shape("ellipse", [[50, 50], [20, 10]], 30),
        Shape("polygon", [[0, 0], [10, 0], [5, 8]]),
        Shape("mask", [[3, 4], [5, 6]], mask=[[True, False], [True, True]]),
    ],
)
def test_a_shape_goes_to_another_process_without_its_outline(shape):
    small = pickle.dumps(shape)
    shape.outline()
    assert pickle.dumps(shape) == small
    again = pickle.loads(small)
    assert again == shape
    assert not again.points.flags.writeable
