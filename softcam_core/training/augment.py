"""Augmentation of one image: every geometric step in a single warp, then nothing is repeated.

Each sample draws from a generator of its own, made of (seed, epoch, index), so that neither the
number of threads nor a resumed run changes what the network sees.

The paper names the steps (flips, rotation, random crop and translation with a fixed probability
for every data set, colour jitter for fundus only; S A.3) and no amounts. Those of `SCHEMES` are
ours: probability .5 throughout; a fundus has no preferred side up, so it is flipped both ways and
turned by any angle; a B-scan and a chest film have, so they are mirrored and turned by at most 15
degrees. ``released-*`` are the authors' code, amounts included.

One warp instead of a chain has one visible difference from it: pixels that one step moves out of
the picture and the next moves back in are kept instead of black.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]


@dataclass(frozen=True)
class Scheme:
    """How much each step may do; every step happens with its own probability.

    Attributes:
        horizontal, vertical: probabilities of the flips.
        degrees, rotate: largest angle and probability of the rotation.
        crop: probability of the random resized crop, with ``area`` (share of the image) and
            ``aspect`` (width / height) ranges.
        shift, translate: largest translation as a share of the side, and its probability.
        jitter: probability of the colour jitter, with factor ranges of ``brightness``,
            ``contrast`` and ``saturation``, and ``hue`` in turns of the colour circle.
    """

    horizontal: float = 0.5
    vertical: float = 0.5
    degrees: float = 180.0
    rotate: float = 0.5
    crop: float = 0.5
    area: tuple[float, float] = (0.75, 1.0)
    aspect: tuple[float, float] = (0.9, 1.1)
    shift: float = 0.1
    translate: float = 0.5
    jitter: float = 0.0
    brightness: tuple[float, float] = (0.8, 1.2)
    contrast: tuple[float, float] = (0.8, 1.2)
    saturation: tuple[float, float] = (0.8, 1.2)
    hue: float = 0.1


SCHEMES: dict[str, Scheme | None] = {
    "none": None,
    "fundus": Scheme(jitter=0.5, hue=0.02),
    "oct": Scheme(vertical=0.0, degrees=15.0),
    "cxr": Scheme(vertical=0.0, degrees=15.0),
    "released-fundus": Scheme(area=(0.87, 1.15), aspect=(0.7, 1.3), shift=0.2, jitter=0.5),
    "released-cxr": Scheme(
        degrees=30.0,
        rotate=1.0,
        crop=0.0,
        translate=0.0,
        jitter=1.0,
        brightness=(0.8, 1.1),
        contrast=(0.8, 1.4),
        saturation=(1.0, 1.0),
        hue=0.0,
    ),
}


def sample_generator(seed: int, epoch: int, index: int) -> np.random.Generator:
    """Return the generator that belongs to one image in one epoch."""
    return np.random.default_rng((seed, epoch, index))


def augment(pixels: NDArray[Any], scheme: Scheme | None, rng: np.random.Generator) -> NDArray[Any]:
    """Return ``pixels`` (H, W) or (H, W, 3), uint8, uint16 or float32, changed at random.

    Shape and type are kept; what comes in from outside the picture is 0.
    """
    if scheme is None:
        return pixels
    matrix = draw_matrix(scheme, pixels.shape[:2], rng)
    if scheme.jitter and rng.random() < scheme.jitter:
        pixels = jitter_colour(pixels, scheme, rng)
    return pixels if matrix is None else warp(pixels, matrix)


def draw_matrix(
    scheme: Scheme, shape: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.float64] | None:
    """Draw crop, flips, rotation and translation and return their product.

    The 3 x 3 matrix maps continuous coordinates (x, y, 1) of the image to those of the result,
    both with (0, 0) at the outer corner of the first pixel; None when nothing is to be done.
    """
    height, width = shape
    steps: list[NDArray[np.float64]] = []
    if rng.random() < scheme.crop:
        x, y, w, h = _draw_crop(scheme, width, height, rng)
        sx, sy = width / w, height / h
        steps.append(np.array([[sx, 0, -sx * x], [0, sy, -sy * y], [0, 0, 1.0]]))
    if rng.random() < scheme.horizontal:
        steps.append(np.array([[-1, 0, width], [0, 1, 0], [0, 0, 1.0]]))
    if rng.random() < scheme.vertical:
        steps.append(np.array([[1, 0, 0], [0, -1, height], [0, 0, 1.0]]))
    if rng.random() < scheme.rotate:
        steps.append(_rotation(rng.uniform(-scheme.degrees, scheme.degrees), width, height))
    if rng.random() < scheme.translate:
        dx, dy = rng.uniform(-scheme.shift, scheme.shift, 2) * (width, height)
        steps.append(np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1.0]]))
    if not steps:
        return None
    matrix = np.eye(3)
    for step in steps:
        matrix = step @ matrix
    return matrix


def warp(pixels: NDArray[Any], matrix: NDArray[np.float64]) -> NDArray[Any]:
    """Apply a matrix of `draw_matrix` with one bilinear resampling; outside is 0."""
    to_corner = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    to_centre = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]])
    centred = to_centre @ matrix @ to_corner
    height, width = pixels.shape[:2]
    return cv2.warpAffine(pixels, centred[:2], (width, height), flags=cv2.INTER_LINEAR)


def _rotation(degrees: float, width: int, height: int) -> NDArray[np.float64]:
    """Rotate around the middle of the image."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    cx, cy = width / 2, height / 2
    return np.array([[c, s, cx - c * cx - s * cy], [-s, c, cy + s * cx - c * cy], [0, 0, 1.0]])


def _draw_crop(
    scheme: Scheme, width: int, height: int, rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """Draw a crop (x, y, w, h) as torchvision's RandomResizedCrop: ten tries, then the middle."""
    low, high = scheme.aspect
    for _ in range(10):
        area = width * height * rng.uniform(*scheme.area)
        aspect = math.exp(rng.uniform(math.log(low), math.log(high)))
        w, h = round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))
        if 0 < w <= width and 0 < h <= height:
            return int(rng.integers(width - w + 1)), int(rng.integers(height - h + 1)), w, h
    ratio = min(max(width / height, low), high)
    w, h = (
        (width, round(width / ratio)) if width < height * ratio else (round(height * ratio), height)
    )
    w, h = min(w, width), min(h, height)
    return (width - w) // 2, (height - h) // 2, w, h


def jitter_colour(pixels: NDArray[Any], scheme: Scheme, rng: np.random.Generator) -> NDArray[Any]:
    """Change brightness, contrast, saturation and hue in a random order, as torchvision does.

    On a grey image (H, W) saturation and hue do nothing.
    """
    top = float(np.iinfo(pixels.dtype).max) if pixels.dtype.kind == "u" else 1.0
    image: Float32 = pixels.astype(np.float32) / np.float32(top)
    factors = [rng.uniform(*r) for r in (scheme.brightness, scheme.contrast, scheme.saturation)]
    turn = rng.uniform(-scheme.hue, scheme.hue)
    for step in rng.permutation(4):
        if step == 0:
            image = _blend(image, np.float32(0), factors[0])
        elif step == 1:
            image = _blend(image, np.float32(_grey(image).mean()), factors[1])
        elif image.ndim == 3 and step == 2 and factors[2] != 1:
            image = _blend(image, _grey(image)[..., None], factors[2])
        elif image.ndim == 3 and step == 3 and turn:
            hsv = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2HSV), np.float32)
            hsv[..., 0] = (hsv[..., 0] + np.float32(360 * turn)) % 360
            image = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.float32)
    if pixels.dtype.kind == "u":
        return np.round(image * np.float32(top)).astype(pixels.dtype)
    return image.astype(pixels.dtype)


def _grey(image: Float32) -> Float32:
    """Return the luminance of an image (H, W[, 3])."""
    if image.ndim == 2:
        return image
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _blend(image: Float32, other: Any, factor: float) -> Float32:
    """Return ``factor * image + (1 - factor) * other`` inside [0, 1]."""
    mixed = np.float32(factor) * image + np.float32(1 - factor) * other
    return np.asarray(np.clip(mixed, 0, 1), np.float32)
