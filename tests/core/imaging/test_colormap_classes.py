"""Several classes in one picture: nothing where there is no evidence, and the right winner."""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softcam_core.imaging.colormap_classes import (
    CLASS_COLOURS,
    MOST_CLASSES,
    blend_classes,
    class_colours,
    colour_strongest,
    strongest,
)

sys.path.insert(0, str(Path(__file__).parent))
from eyes import EYES, difference, over, photographs

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
maps = arrays(np.float32, (3, 4, 5), elements=st.floats(-3, 3, width=32, allow_subnormal=False))


@pytest.mark.parametrize("mix", [blend_classes, colour_strongest])
@given(values=maps)
def test_only_what_speaks_for_a_class_is_seen(mix, values):
    alpha = mix(values, 2.0, (RED, GREEN, BLUE))[..., 3]
    assert ((alpha > 0) == (values > 0).any(axis=0)).all()


@given(values=maps)
def test_the_winner_is_the_class_with_the_highest_value(values):
    best = strongest(values)
    positive = values.max(axis=0) > 0
    assert (best[positive] == values.argmax(axis=0)[positive]).all()
    assert (best[~positive] == -1).all()
    hues = np.array((RED, GREEN, BLUE))
    rgba = colour_strongest(values, 2.0, (RED, GREEN, BLUE))
    assert (rgba[positive][:, :3] == hues[best[positive]]).all()


def test_strength_is_the_share_of_the_limit():
    values = np.array([[[0.5, 1.0, 9.0]], [[0.0, 0.0, 0.0]]])
    for mix in (blend_classes, colour_strongest):
        assert mix(values, 2.0, (RED, GREEN))[0, :, 3].tolist() == [64, 128, 255]


def test_a_class_alone_keeps_its_hue_and_two_share_a_place():
    values = np.array([[[1.0, 0.0, 1.0]], [[0.0, 1.0, 1.0]]])
    first, second, both = blend_classes(values, 2.0, (RED, BLUE))[0].tolist()
    assert first == [*RED, 128]
    assert second == [*BLUE, 128]
    assert both[:3] == [128, 0, 128]
    assert both[3] == 192  # half is left free by each: a quarter by both


def test_no_class_lies_on_top():
    values = np.random.default_rng(0).normal(0, 1, (3, 6, 6))
    turned = blend_classes(values[::-1], 1.0, (BLUE, GREEN, RED))
    assert np.array_equal(blend_classes(values, 1.0, (RED, GREEN, BLUE)), turned)


def test_opacity_fades_a_class_but_never_lets_another_win():
    values = np.array([[[2.0]], [[1.0]]])
    assert colour_strongest(values, 2.0, (RED, BLUE), (0.5, 1.0))[0, 0].tolist() == [*RED, 128]
    assert colour_strongest(values, 2.0, (RED, BLUE), (0.0, 1.0))[0, 0, 3] == 0
    assert blend_classes(values, 2.0, (RED, BLUE), (0.0, 1.0))[0, 0].tolist() == [*BLUE, 128]


def test_gaps_are_empty():
    values = np.full((2, 1, 1), np.nan)
    assert strongest(values).tolist() == [[-1]]
    assert not blend_classes(values, 1.0, (RED, BLUE)).any()


@pytest.mark.parametrize("mix", [blend_classes, colour_strongest])
def test_what_does_not_fit_is_an_error(mix):
    values = np.ones((2, 1, 1))
    with pytest.raises(ValueError, match="limit"):
        mix(values, 0.0, (RED, BLUE))
    with pytest.raises(ValueError, match="colours"):
        mix(values, 1.0, (RED,))
    with pytest.raises(ValueError, match="opacities"):
        mix(values, 1.0, (RED, BLUE), (1.0,))


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("kind", CLASS_COLOURS)
def test_every_eye_tells_the_classes_apart(kind, eye):
    colours = CLASS_COLOURS[kind]
    assert len(colours) == MOST_CLASSES
    assert min(difference(a, b, eye) for a, b in combinations(colours, 2)) > 15


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("kind", ["fundus", "oct", "cxr"])
def test_the_hues_stand_out_on_real_images(shared_data, kind, eye):
    """At full strength and the default opacity, on half of the tissue; contours show the rest.

    A difference of 2.3 is just noticeable.
    """
    tissue = photographs(shared_data, kind)
    for colour in class_colours(kind == "fundus"):
        drawn = over(tissue, np.array([*colour, 255]), 0.6)
        assert np.median(difference(drawn, tissue, eye)) > 7, colour
