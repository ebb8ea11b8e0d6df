"""Methods are told apart by every kind of eye, and in grey print."""

import itertools

import numpy as np
import pytest

from softcam_core.evaluation.colours import METHOD_LOOKS, SEQUENCE, VARIANTS, look_of
from softcam_core.evaluation.metric_ids import BASELINES
from softcam_core.explain.methods import METHODS
from softcam_core.figures.palette import CHANCE

# Machado, Oliveira and Fernandes 2009, severity 1, linear RGB.
EYES = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: str, eye: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(EYES[eye]) @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_the_colours_apart(eye):
    colours = sorted({look.colour for look in METHOD_LOOKS.values() if not look.chance})
    assert len(colours) == 7
    for one, other in itertools.combinations(colours, 2):
        assert difference(one, other, eye) > 12, (one, other)
    for colour in colours:
        assert difference(colour, "#ffffff", eye) > 30, colour


@pytest.mark.parametrize("eye", EYES)
def test_evidence_stands_out_from_everything(eye):
    own = METHOD_LOOKS["evidence"].colour
    others = {look.colour for name, look in METHOD_LOOKS.items() if name != "evidence"}
    assert min(difference(own, other, eye) for other in others) > 18


def test_methods_of_one_colour_differ_in_dash_and_marker():
    looks = [look for look in METHOD_LOOKS.values() if not look.chance]
    for one, other in itertools.combinations(looks, 2):
        if one.colour == other.colour:
            assert one.dash != other.dash
        # Grey print has the marker alone.
        assert one.marker != other.marker


def test_every_method_and_chance_has_its_look():
    assert set(METHOD_LOOKS) == {*METHODS, *BASELINES}
    for name in BASELINES:
        look = look_of(name)
        assert look.chance
        assert look.colour == CHANCE
        assert look.dash[1], "chance is never a full line"
        assert not look.marker
    assert len({look_of(name).dash for name in BASELINES}) == len(BASELINES)
    assert not any(
        look.chance or look.colour == CHANCE
        for n, look in METHOD_LOOKS.items()
        if n not in BASELINES
    )


def test_models_of_one_method_keep_its_colour_and_differ_otherwise():
    looks = [look_of("evidence", n) for n in range(len(VARIANTS))]
    assert len({look.colour for look in looks}) == 1
    assert len({look.dash for look in looks}) == len({look.marker for look in looks}) == len(looks)


def test_models_and_classes_in_a_sequence_all_differ():
    assert len({(look.colour, look.dash) for look in SEQUENCE}) == len(SEQUENCE)
    for one, other in itertools.pairwise(SEQUENCE[:5]):
        assert one.dash != other.dash
