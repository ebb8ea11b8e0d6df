"""The themes' colours: readable by WCAG 2.2, and told apart by colour-blind eyes."""

from itertools import combinations

import numpy as np
import pytest

from app.colours import DARK, LIGHT, Colours

TEXT, CONTROL = 4.5, 3.0
"""Least contrast of text (WCAG 2.2, 1.4.3 AA) and of what outlines a control (1.4.11 AA)."""

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A physiologically-based model for simulation
# of color vision deficiency. IEEE TVCG 15 (2009), severity 1.0, of linear RGB.
MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> np.ndarray:
    """Return linear RGB of "#rrggbb" (IEC 61966-2-1)."""
    code = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)]) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    light = [float(linear(c) @ (0.2126, 0.7152, 0.0722)) for c in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (D65) of linear RGB."""
    xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    ) @ np.clip(rgb, 0, 1)
    ratio = xyz / (0.95047, 1.0, 1.08883)
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, eye: str) -> float:
    """Return how far apart two colours are to an eye (CIE76)."""
    matrix = np.array(MACHADO[eye])
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))))


@THEMES
@pytest.mark.parametrize("ground", ["background", "panel", "raised"])
@pytest.mark.parametrize("ink", ["text", "secondary", "accent", "good", "warning"])
def test_text_is_readable_on_every_ground(theme: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= TEXT


@THEMES
def test_text_is_readable_on_what_is_coloured(theme: Colours) -> None:
    assert contrast(theme.on_accent, theme.accent) >= TEXT
    assert contrast(theme.warning, theme.warning_panel) >= TEXT
    assert contrast(theme.text, theme.warning_panel) >= TEXT


@THEMES
@pytest.mark.parametrize("ground", ["background", "panel", "raised"])
@pytest.mark.parametrize("outline", ["edge", "secondary", "accent"])
def test_controls_stand_out(theme: Colours, outline: str, ground: str) -> None:
    assert contrast(getattr(theme, outline), getattr(theme, ground)) >= CONTROL


@THEMES
@pytest.mark.parametrize("eye", MACHADO)
def test_what_warns_is_told_apart_by_colour_blind_eyes(theme: Colours, eye: str) -> None:
    """About 10 is seen at a glance; the words beside each colour say the same once more."""
    for one, other in combinations(("good", "warning", "accent"), 2):
        apart = difference(getattr(theme, one), getattr(theme, other), eye)
        assert apart >= 10, (one, other, round(apart, 1))


def test_the_matrices_leave_grey_grey() -> None:
    for matrix in MACHADO.values():
        assert np.allclose(np.sum(matrix, axis=1), 1, atol=1e-4)
