"""Masks as one closed line, and back: pixel by pixel, in no time."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softcam_core.annotations.formats.dicom_regions import region_of, shape_of
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape


@given(arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 12))).filter(np.any))
def test_any_mask_comes_back(pixels):
    size = pixels.shape[::-1]
    region, losses = region_of(Shape("mask", [[0, 0], size], mask=pixels), size)
    assert losses == []
    back = shape_of(*region, mask=True)
    assert np.array_equal(back.full_mask(pixels.shape), pixels)


@pytest.mark.parametrize(
    "outline",
    [
        [[1, 1], [9, 2], [5, 8]],
        [[1.5, 1], [9.5, 1], [9.5, 8], [1.5, 8]],
        [[1, 1], [7, 1], [1, 7], [7, 7]],
        # Two ways along the diagonals of one square: they do not cancel.
        [[0, 0], [4, 4], [4, 0], [0, 4], [0, 0], [9, 0], [9, 9]],
    ],
)
def test_other_lines_are_filled_by_the_rule_of_pixel_centres(outline):
    points = np.array([*outline, outline[0]], float)
    back = shape_of("POLYLINE", points, mask=True)
    expected = rasterize(Shape("polygon", outline), (12, 12))
    assert np.array_equal(back.full_mask((12, 12)), expected)


def test_a_mask_of_thousands_of_parts_is_read_at_once():
    """It took 10 s: each of the ways to 20,000 parts was followed through each row."""
    pixels = np.zeros((300, 300), bool)
    pixels[::2, ::2] = True
    region, _ = region_of(Shape("mask", [[0, 0], [300, 300]], mask=pixels), (300, 300))
    start = time.process_time()
    back = shape_of(*region, mask=True)
    assert time.process_time() - start < 1.0
    assert np.array_equal(back.full_mask((300, 300)), pixels)
