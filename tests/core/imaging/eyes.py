"""How colours look to every kind of eye and in grey print, over real images."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

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
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
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
IMAGES = {
    "fundus": ("fundus_idrid", "images", "*.jpg"),
    "oct": ("oct_amd_mh_pairs", "images", "*"),
    "cxr": ("cxr_covid_masks", "images", "*"),
}
DARKEST = 40
"""Pixels with no channel above this show no tissue."""


def linear(rgb: NDArray) -> NDArray:
    """Light of sRGB colours (..., 3) in 0..255, from 0 to 1."""
    unit = np.asarray(rgb, float) / 255
    return np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** 2.4)


def seen(rgb: NDArray, eye: str) -> NDArray:
    """CIE Lab of sRGB colours (..., 3) in 0..255 as this eye sees them."""
    xyz = np.clip(linear(rgb) @ EYES[eye].T, 0, 1) @ SRGB_TO_XYZ.T / (0.95047, 1, 1.08883)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    light, a, b = 116 * f[..., 1] - 16, f[..., 0] - f[..., 1], f[..., 1] - f[..., 2]
    return np.stack([light, 500 * a, 200 * b], axis=-1)


def difference(one: NDArray, other: NDArray, eye: str) -> NDArray:
    """CIE 1976 colour difference as this eye sees it; 2 is just noticeable, 10 plain."""
    return np.linalg.norm(seen(one, eye) - seen(other, eye), axis=-1)


def lightness(rgb: NDArray) -> NDArray:
    """CIE lightness, 0 to 100, of what a grey print keeps of sRGB colours: their luminance."""
    return seen(rgb, "normal")[..., 0]


def over(background: NDArray, rgba: NDArray, opacity: float) -> NDArray:
    """Lay straight RGBA over a background, both (..., 3 or 4) in 0..255."""
    alpha = rgba[..., 3:] / 255 * opacity
    return background * (1 - alpha) + rgba[..., :3] * alpha


def photographs(shared_data: Path, kind: str) -> NDArray:
    """(n, 3) pixels of tissue, in 0..255, of three real images of a kind."""
    folder, inside, pattern = IMAGES[kind]
    found = []
    for path in sorted((shared_data / folder / inside).glob(pattern))[:3]:
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB").resize((134, 89))).reshape(-1, 3)
        found.append(pixels[pixels.max(axis=1) > DARKEST].astype(float))
    if not found:
        pytest.skip(f"needs the images of {folder}")
    return np.concatenate(found)
