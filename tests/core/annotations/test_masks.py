"""Packing of masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
