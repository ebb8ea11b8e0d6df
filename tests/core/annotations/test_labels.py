"""Label sets and their colours."""

import itertools

import numpy as np
import pytest

from softcam_core.annotations.labels import COLORS, presets
from softcam_core.annotations.records import LabelRecord

# Machado, Oliveira and Fernandes 2009: full protanopia, deuteranopia and tritanopia, linear RGB.
VISION = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# Retina from bright to dark, and the greys of OCT and chest films.
BACKGROUNDS = [
    "#c86428",
    "#e18c46",
    "#783214",
    "#3c190a",
    "#000000",
    "#3c3c3c",
    "#787878",
    "#b4b4b4",
]
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(color: str, vision: str) -> np.ndarray:
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(VISION[vision]) @ linear, 0, 1)
    xyz = TO_XYZ @ seen / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(a: str, b: str, vision: str) -> float:
    return float(np.linalg.norm(lab(a, vision) - lab(b, vision)))


@pytest.mark.parametrize("vision", VISION)
def test_every_kind_of_eye_tells_the_colours_apart(vision):
    pairs = itertools.combinations(COLORS, 2)
    assert min(difference(a, b, vision) for a, b in pairs) > 19


@pytest.mark.parametrize("vision", VISION)
def test_the_colours_stand_out_from_the_images(vision):
    pairs = itertools.product(COLORS, BACKGROUNDS)
    assert min(difference(a, b, vision) for a, b in pairs) > 19


def test_bundled_sets_are_complete():
    sets = presets()
    assert [label.name for label in sets["fundus"].labels] == ["MA", "HE", "EX", "SE", "NV", "IRMA"]
    assert [label.name for label in sets["oct"].labels] == ["drusen", "fluid", "PED"]
    assert [label.name for label in sets["cxr"].labels] == [
        "opacity",
        "consolidation",
        "ground glass",
        "effusion",
    ]
    assert [label.name for label in sets["free"].labels] == ["lesion"]
    for preset in sets.values():
        assert [label.key for label in preset.labels] == list("123456789")[: len(preset.labels)]
        assert all(label.color in COLORS for label in preset.labels)
        assert len({label.color for label in preset.labels}) == len(preset.labels)


def test_grades_follow_the_scales_of_the_field():
    """Wilkinson et al. 2003 (ICDR) for diabetic retinopathy, Ferris et al. 2013 for AMD."""
    assert {modality: preset.grades for modality, preset in presets().items()} == {
        "cxr": ["Normal", "Pneumonia", "Other"],
        "free": ["Normal", "Abnormal"],
        "fundus": ["No DR", "Mild NPDR", "Moderate NPDR", "Severe NPDR", "PDR"],
        "oct": ["Normal", "Early AMD", "Intermediate AMD", "Late AMD"],
    }


def test_a_study_keeps_the_labels_it_is_given(study):
    assert study.labels() == []
    wanted = presets()["fundus"].labels
    study.set_labels(wanted)
    assert study.labels() == wanted
    study.set_labels(reversed(wanted))
    assert study.labels() == wanted[::-1]
    study.set_labels([])
    assert study.labels() == []


def test_a_new_name_joins_the_labels_with_a_free_colour_and_key(study, case):
    study.set_labels([LabelRecord("EX", COLORS[0], "1")])
    for _ in range(2):
        study.add_annotation(case, "point", [1, 1], "MA", "r")
    study.add_annotation(case, "point", [1, 1], "", "r")
    assert study.labels() == [LabelRecord("EX", COLORS[0], "1"), LabelRecord("MA", COLORS[1], "2")]
    for number in range(12):
        study.add_annotation(case, "point", [1, 1], f"more {number}", "r")
    labels = study.labels()
    assert len({label.color for label in labels[:9]}) == 9
    assert [label.key for label in labels] == [*"123456789", *[""] * 5]


@pytest.mark.parametrize("names", [["A", "A"], ["A", ""]])
def test_labels_have_names_of_their_own(study, names):
    with pytest.raises(ValueError, match=r"^labels: "):
        study.set_labels([LabelRecord(name, "#ffffff") for name in names])
