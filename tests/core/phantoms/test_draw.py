"""The brushes: coverage, extent and repeatability."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.phantoms.draw import fill, outline, ridges, smooth_noise, soften, stroke


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.5, 30), st.floats(0.5, 30))
def test_smooth_noise_has_the_asked_shape_and_unit_spread(seed, sigma_x, sigma_y):
    noise = smooth_noise(np.random.default_rng(seed), (61, 83), (sigma_x, sigma_y))
    assert noise.shape == (61, 83)
    assert noise.dtype == np.float32
    assert abs(float(noise.mean())) < 1e-4
    assert float(noise.std()) == pytest.approx(1, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.floats(4, 24), st.floats(4, 24))
def test_a_filled_ellipse_covers_its_area(a, b):
    contour = outline(np.random.default_rng(0), (32.0, 32.0), (a, b), roughness=0)
    assert fill((64, 64), [contour]).sum() == pytest.approx(np.pi * a * b, rel=0.08)


def test_a_stroke_covers_length_times_width():
    line = (np.array([[10.0, 20.0], [50.0, 20.0]]), np.array([4.0, 4.0]))
    assert stroke((40, 64), [line]).sum() == pytest.approx(40 * 4, rel=0.2)


def test_a_thin_vessel_is_fainter():
    thin = (np.array([[10.0, 20.0], [50.0, 20.0]]), np.array([1.0, 1.0]))
    assert stroke((40, 64), [thin], full=4.0).sum() < 0.5 * stroke((40, 64), [thin]).sum()


def test_softening_leaves_a_definite_extent():
    spot = np.zeros((40, 40), np.float32)
    spot[18:22, 18:22] = 1
    soft = soften(spot, 2.0)
    assert soft[soft > 0].min() >= 0.04
    assert soft[0, 0] == 0


def test_ridges_stay_between_0_and_1():
    net = ridges(np.random.default_rng(1), (50, 70), 8.0)
    assert net.min() >= 0
    assert net.max() <= 1
    assert net.std() > 0.1
