"""Zero is transparent, signs are told apart by every eye, and both show on real photographs."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.imaging.colormap import (
    PAIRS,
    colorize,
    colour_table,
    is_coloured,
    over_threshold,
    pair_for,
)

sys.path.insert(0, str(Path(__file__).parent))
from eyes import EYES, difference, lightness, over, photographs


def test_three_equal_channels_are_grey() -> None:
    grey = np.full((700, 500), 120, np.uint8)
    film = np.repeat(grey[..., None], 3, axis=2)
    assert not is_coloured(grey)
    assert not is_coloured(film)
    assert is_coloured(film + np.array([60, 0, 0], np.uint8))


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
@pytest.mark.parametrize("kind", ["fundus", "oct", "cxr"])
def test_either_sign_stands_out_on_real_images_for_every_eye(
    shared_data: Path, kind: str, eye: str
) -> None:
    """At full strength and the default opacity, on 99 of 100 pixels of tissue.

    On grey images the blue of evidence against a class is darker than the orange for it, so that
    the two differ; it comes close to mid grey where an eye sees no blue: contours show it there.
    """
    tissue = photographs(shared_data, kind)
    pair = pair_for(coloured := kind == "fundus")
    for value in (1.0, -1.0):
        drawn = over(tissue, colorize(value, 1.0, pair), 0.6)
        least = np.percentile(difference(drawn, tissue, eye), 1)
        assert least > (20 if coloured else 10), (value, least)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("kind", ["fundus", "oct", "cxr"])
def test_the_signs_differ_on_real_images_for_every_eye(
    shared_data: Path, kind: str, eye: str
) -> None:
    tissue = photographs(shared_data, kind)
    for pair in {pair_for(kind == "fundus"), "print"}:
        up, down = (over(tissue, colorize(value, 1.0, pair), 0.6) for value in (1.0, -1.0))
        assert np.percentile(difference(up, down, eye), 1) > 25, pair


@pytest.mark.parametrize("kind", ["fundus", "oct", "cxr"])
def test_the_pair_for_print_keeps_its_signs_and_strengths_in_grey(
    shared_data: Path, kind: str
) -> None:
    """Lightness alone: up with evidence for the class, down with evidence against it."""
    tissue = photographs(shared_data, kind)
    levels = np.linspace(0, 1, 9)
    plain = lightness(tissue)
    lighter = np.stack([lightness(over(tissue, colorize(v, 1.0, "print"), 0.6)) for v in levels])
    darker = np.stack([lightness(over(tissue, colorize(-v, 1.0, "print"), 0.6)) for v in levels])
    assert (np.diff(np.median(lighter, axis=1)) > 0).all()
    # What is as dark as the colour itself, the air beside a lung, cannot become darker.
    bright = plain > 20
    assert (np.diff(np.median(darker[:, bright], axis=1)) < 0).all()
    assert np.percentile(lighter[-1] - darker[-1], 1) > 25
    print(f"{kind}: lightness of the signs apart by {np.median(lighter[-1] - darker[-1]):.0f}")


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("pair", PAIRS)
def test_more_evidence_differs_more_from_the_image(pair: str, eye: str) -> None:
    grey = np.full((9, 3), 110.0)
    for sign in (1, -1):
        drawn = over(grey, colorize(sign * np.linspace(0, 1, 9), 1.0, pair), 0.6)
        assert (np.diff(difference(drawn, grey, eye)) > 0).all()


@pytest.mark.parametrize("pair", PAIRS)
def test_a_threshold_shows_what_reaches_it_in_size_and_nothing_else(pair: str) -> None:
    rgba = over_threshold([2.0, 1.0, 0.99, 0.0, np.nan, -0.99, -1.0, -9.0], 2.0, 0.5, pair)
    assert (rgba[:, 3] > 0).tolist() == [True, True, False, False, False, False, True, True]
    strong = {tuple(c) for c in rgba[rgba[:, 3] > 0, :3].tolist()}
    assert strong == {PAIRS[pair][0][1], PAIRS[pair][1][1]}
    assert not over_threshold([0.0], 2.0, 0.0, pair).any()
