"""Augmentation: one warp that equals its steps, and the same numbers for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.training.augment import (
    SCHEMES,
    Scheme,
    augment,
    draw_matrix,
    jitter_colour,
    sample_generator,
    warp,
    warp_mask,
)

STILL = Scheme(horizontal=0, vertical=0, rotate=0, crop=0, translate=0)
IMAGE = np.random.default_rng(1).integers(0, 256, (13, 17, 3), np.uint8)


def only(**steps: float) -> Scheme:
    return Scheme(**{**vars(STILL), **steps})


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (only(horizontal=1), IMAGE[:, ::-1]),
        (only(vertical=1), IMAGE[::-1]),
        (only(horizontal=1, vertical=1), IMAGE[::-1, ::-1]),
        (only(), IMAGE),
    ],
)
def test_flips_are_exact(scheme, expected):
    assert np.array_equal(augment(IMAGE, scheme, np.random.default_rng(0)), expected)


class Draws:
    """A generator whose every step happens, and whose translation is (2, -3) pixels."""

    def random(self):
        return 0.5

    def uniform(self, low, high, size):
        return np.array([2 / 17, -3 / 13])


def test_translation_fills_with_zero():
    moved = augment(IMAGE, only(translate=1), Draws())
    assert np.array_equal(moved[:-3, 2:], IMAGE[3:, :-2])
    assert not moved[-3:].any()
    assert not moved[:, :2].any()


def test_the_flip_comes_before_the_translation():
    moved = augment(IMAGE, only(horizontal=1, translate=1), Draws())
    assert np.array_equal(moved[:-3, 2:], IMAGE[3:, ::-1][:, :-2])


def test_the_crop_is_stretched_over_the_whole_picture():
    ramp = np.tile(np.arange(64, dtype=np.float32), (64, 1))
    crop = only(crop=1, area=(0.25, 0.25), aspect=(1.0, 1.0))
    zoomed = augment(ramp, crop, np.random.default_rng(0))
    # Half of the width over all of it: each step is half a pixel of the image.
    assert np.diff(zoomed[32, 1:-1]) == pytest.approx(0.5, abs=1e-3)
    starts = {augment(ramp, crop, np.random.default_rng(i))[32, 1] for i in range(9)}
    assert len(starts) > 4


@given(st.integers(0, 10**6))
def test_a_point_goes_where_the_matrix_says(seed):
    scheme = Scheme(area=(0.7, 1.0), shift=0.1)
    matrix = draw_matrix(scheme, (101, 141), np.random.default_rng(seed))
    image = np.zeros((101, 141), np.float32)
    image[48:53, 68:73] = 1.0  # centre (70.5, 50.5)
    if matrix is None:
        return
    x, y, _ = matrix @ (70.5, 50.5, 1)
    warped = warp(image, matrix)
    weights = warped / warped.sum()
    ys, xs = np.mgrid[:101, :141] + 0.5
    assert (weights * xs).sum() == pytest.approx(x, abs=0.15)
    assert (weights * ys).sum() == pytest.approx(y, abs=0.15)


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_a_mask_takes_the_nearest_pixel(seed):
    rng = np.random.default_rng(seed)
    matrix = draw_matrix(Scheme(area=(0.7, 1.0), shift=0.1), (31, 43), rng)
    mask = rng.random((31, 43)) > 0.5
    if matrix is None:
        return
    ys, xs = np.mgrid[:31, :43] + 0.5
    x, y, _ = np.linalg.inv(matrix) @ np.stack([xs.ravel(), ys.ravel(), np.ones(xs.size)])
    # OpenCV counts in 1/32 pixels or finer: what lies on an edge may go either way.
    edge = np.minimum(np.abs(x - np.round(x)), np.abs(y - np.round(y))) < 0.05
    inside = (x > 0) & (x < 43) & (y > 0) & (y < 31)
    expected = np.zeros(x.shape, bool)
    expected[inside] = mask[y[inside].astype(int), x[inside].astype(int)]
    assert np.array_equal(warp_mask(mask, matrix).ravel()[~edge], expected[~edge])


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("shape", [(20, 24), (20, 24, 3)])
def test_shape_and_type_are_kept(name, dtype, shape):
    image = np.random.default_rng(0).random(shape)
    image = (image * (1 if dtype == np.float32 else np.iinfo(dtype).max)).astype(dtype)
    for index in range(8):
        changed = augment(image, SCHEMES[name], sample_generator(0, 0, index))
        assert changed.shape == shape
        assert changed.dtype == dtype


def test_only_none_leaves_every_image_alone():
    for name, scheme in SCHEMES.items():
        same = [
            np.array_equal(augment(IMAGE, scheme, sample_generator(0, 0, i)), IMAGE)
            for i in range(20)
        ]
        assert all(same) == (name == "none"), name


def test_each_sample_has_a_generator_of_its_own():
    def change(*key: int) -> bytes:
        return augment(IMAGE, SCHEMES["fundus"], sample_generator(*key)).tobytes()

    assert change(3, 4, 5) == change(3, 4, 5)
    assert len({change(3, 4, i) for i in range(6)}) > 4
    assert change(3, 4, 5) != change(3, 5, 5)
    assert change(3, 4, 5) != change(4, 4, 5)


@pytest.mark.parametrize("name", ["oct", "cxr", "released-cxr"])
def test_no_colour_is_added_to_what_has_none(name):
    grey = np.repeat(IMAGE[..., :1], 3, axis=2)
    for index in range(10):
        changed = augment(grey, SCHEMES[name], sample_generator(0, 0, index))
        assert np.ptp(changed.astype(int), axis=2).max() <= 1


def test_the_paper_jitters_colours_of_fundus_only():
    for name, scheme in SCHEMES.items():
        if not name.startswith("released") and scheme is not None:
            assert (scheme.jitter > 0) == (name == "fundus")


def test_brightness_and_contrast_by_hand():
    flat = only(jitter=1, contrast=(1, 1), saturation=(1, 1), hue=0)
    bright = jitter_colour(
        np.full((2, 2), 100, np.uint8),
        Scheme(**{**vars(flat), "brightness": (1.2, 1.2)}),
        np.random.default_rng(0),
    )
    assert (bright == 120).all()
    two = np.array([[50, 150]], np.uint8)
    sharp = Scheme(**{**vars(flat), "brightness": (1, 1), "contrast": (1.5, 1.5)})
    assert jitter_colour(two, sharp, np.random.default_rng(0)).tolist() == [[25, 175]]


def test_released_amounts_are_the_authors():
    fundus, cxr = SCHEMES["released-fundus"], SCHEMES["released-cxr"]
    assert (fundus.area, fundus.aspect, fundus.shift) == ((0.87, 1.15), (0.7, 1.3), 0.2)
    assert (fundus.brightness, fundus.saturation, fundus.hue) == ((0.8, 1.2), (0.8, 1.2), 0.1)
    assert fundus.degrees == 180
    assert (cxr.degrees, cxr.contrast, cxr.brightness) == (30, (0.8, 1.4), (0.8, 1.1))
