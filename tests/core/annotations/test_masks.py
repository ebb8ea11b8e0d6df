"""Packing of masks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from softcam_core.annotations import masks


@given(st.integers(1, 20), st.integers(1, 20), st.randoms(use_true_random=False))
def test_unpacking_gives_the_same_mask(height, width, random):
    mask = np.array([[random.random() < 0.5 for _ in range(width)] for _ in range(height)])
    assert np.array_equal(masks.unpack(masks.pack(mask), height, width), mask)


def test_a_large_even_mask_is_small():
    assert len(masks.pack(np.ones((2848, 4288), bool))) < 5000


@pytest.mark.parametrize("pixels", [[(0, 0)], [(3, 4), (5, 9)], [(9, 11)]])
def test_bounding_box(pixels):
    mask = np.zeros((10, 12), bool)
    for y, x in pixels:
        mask[y, x] = True
    ys, xs = zip(*pixels, strict=True)
    assert masks.bounding_box(mask) == (min(xs), min(ys), max(xs) + 1, max(ys) + 1)


def test_an_empty_mask_has_no_box():
    assert masks.bounding_box(np.zeros((3, 3), bool)) is None


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=9)))
def test_every_border_edge_is_traced_once_with_the_mask_on_its_right(pixels):
    traced = []
    for line in masks.trace(pixels):
        assert (line[0] == line[-1]).all()
        for (x0, y0), (x1, y1) in pairwise(line.tolist()):
            assert (x0 == x1) != (y0 == y1)
            n = int(abs(x1 - x0) + abs(y1 - y0))
            dx, dy = (x1 - x0) / n, (y1 - y0) / n
            traced += [(x0 + k * dx, y0 + k * dy, dx, dy) for k in range(n)]
    height, width = pixels.shape
    padded = np.pad(pixels, 1)
    expected = []
    for y in range(height):
        for x in range(width):
            if pixels[y, x]:
                around = (
                    (padded[y, x + 1], (x, y, 1, 0)),
                    (padded[y + 1, x + 2], (x + 1, y, 0, 1)),
                    (padded[y + 2, x + 1], (x + 1, y + 1, -1, 0)),
                    (padded[y + 1, x], (x, y + 1, 0, -1)),
                )
                expected += [edge for outside, edge in around if not outside]
    assert sorted(traced) == sorted(expected)


def test_pixels_that_touch_by_a_corner_are_parts_of_their_own():
    assert len(masks.trace(np.eye(3, dtype=bool))) == 3
    assert len(masks.trace(np.eye(3, dtype=bool)[::-1])) == 3
