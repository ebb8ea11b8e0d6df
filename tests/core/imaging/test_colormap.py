"""Zero is transparent, signs are told apart by every eye, and both show on real photographs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from softcam_core.imaging.colormap import PAIRS, colorize, colour_table, pair_for

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
SRGB_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def seen(rgb: NDArray, eye: str) -> NDArray:
    """CIE Lab of sRGB colours (..., 3) in 0..255 as this eye sees them."""
    unit = np.asarray(rgb, float) / 255
    linear = np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ EYES[eye].T, 0, 1) @ SRGB_TO_XYZ.T / (0.95047, 1, 1.08883)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    lightness, a, b = 116 * f[..., 1] - 16, f[..., 0] - f[..., 1], f[..., 1] - f[..., 2]
    return np.stack([lightness, 500 * a, 200 * b], axis=-1)


def difference(one: NDArray, other: NDArray, eye: str) -> NDArray:
    return np.linalg.norm(seen(one, eye) - seen(other, eye), axis=-1)


def over(background: NDArray, rgba: NDArray, opacity: float) -> NDArray:
    alpha = rgba[..., 3:] / 255 * opacity
    return background * (1 - alpha) + rgba[..., :3] * alpha


@pytest.mark.parametrize("pair", PAIRS)
def test_zero_and_nan_are_transparent(pair: str) -> None:
    assert colorize([[0.0, np.nan]], 2.0, pair)[..., 3].tolist() == [[0, 0]]


@pytest.mark.parametrize("pair", PAIRS)
@given(
    values=st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=20),
    limit=st.floats(1e-6, 1e6),
)
def test_strength_grows_with_distance_from_zero(
    pair: str, values: list[float], limit: float
) -> None:
    array = np.sort(np.abs(np.array(values, np.float32)))
    for signed in (array, -array):
        rgba = colorize(signed, limit, pair).astype(int)
        assert (np.diff(rgba[:, 3]) >= 0).all()
        assert (rgba[array >= limit * 1.01, 3] == 255).all()


@pytest.mark.parametrize("pair", PAIRS)
def test_sign_decides_the_hue_and_the_limit_saturates(pair: str) -> None:
    up, far_up, down = colorize([3.0, 30.0, -3.0], 3.0, pair)
    assert up.tolist() == far_up.tolist()
    assert tuple(up[:3]) == PAIRS[pair][0][1]
    assert tuple(down[:3]) == PAIRS[pair][1][1]


def test_shape_is_kept() -> None:
    assert colorize(np.ones((2, 3, 5)), 1.0).shape == (2, 3, 5, 4)


def test_a_limit_of_zero_is_transparent_and_a_bad_one_an_error() -> None:
    assert not colorize(np.zeros((2, 2)), 0.0).any()
    with pytest.raises(ValueError, match="limit"):
        colorize([1.0], -1.0)
    with pytest.raises(ValueError, match="limit"):
        colorize([1.0], float("nan"))
    with pytest.raises(ValueError, match=r"pair.*grey"):
        colorize([1.0], 1.0, "rainbow")


def test_the_table_cannot_be_spoilt() -> None:
    with pytest.raises(ValueError, match="read-only"):
        colour_table("grey")[0] = 0


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("pair", PAIRS)
def test_every_eye_tells_the_signs_apart(pair: str, eye: str) -> None:
    """On mid grey, from a fifth of the limit up; a difference of 10 is plain side by side."""
    levels = np.linspace(0.2, 1, 9)
    grey = np.full((9, 3), 110.0)
    positive = over(grey, colorize(levels, 1.0, pair), 0.6)
    negative = over(grey, colorize(-levels, 1.0, pair), 0.6)
    assert difference(positive, negative, eye).min() > 10
    assert difference(positive[-1], negative[-1], eye) > 40


@pytest.mark.parametrize("eye", EYES)
def test_the_pair_for_photographs_stands_out_on_real_fundus(shared_data: Path, eye: str) -> None:
    """At full strength and the default opacity, on 99 of 100 pixels of the retina."""
    for path in sorted((shared_data / "fundus_idrid" / "images").glob("*.jpg"))[:3]:
        with Image.open(path) as image:
            image.draft("RGB", (536, 356))
            pixels = np.asarray(image.convert("RGB").resize((268, 178))).reshape(-1, 3)
        retina = pixels[pixels.max(axis=1) > 40].astype(float)
        for value in (1.0, -1.0):
            drawn = over(retina, colorize(value, 1.0, pair_for(colour_image=True)), 0.6)
            assert np.percentile(difference(drawn, retina, eye), 1) > 20
