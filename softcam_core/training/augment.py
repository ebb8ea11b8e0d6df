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
_LUMINANCE = (0.299, 0.587, 0.114)  # ITU-R BT.601, OpenCV's and torchvision's


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


def sample_generator(seed: int, epoch: int, index: int, draw: int = 0) -> np.random.Generator:
    """Return the generator that belongs to one image in one epoch, when drawn again to ``draw``."""
    return np.random.default_rng((seed, epoch, index, draw) if draw else (seed, epoch, index))


def augment(pixels: NDArray[Any], scheme: Scheme | None, rng: np.random.Generator) -> NDArray[Any]:
    """Return ``pixels`` (H, W) or (H, W, 3), uint8, uint16 or float32, changed at random.

    Shape and type are kept; what comes in from outside the picture is 0.
    """
    return augment_with(pixels, None, scheme, rng)[0]


def augment_with(
    pixels: NDArray[Any],
    mask: NDArray[np.bool_] | None,
    scheme: Scheme | None,
    rng: np.random.Generator,
) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Return what `augment` does, and the image's mask (H, W) moved in the same way (nearest).

    A mask changes nothing in the image: both with and without one it draws the same numbers.
    """
    if scheme is None:
        return pixels, mask
    matrix = draw_matrix(scheme, pixels.shape[:2], rng)
    if scheme.jitter and rng.random() < scheme.jitter:
        pixels = jitter_colour(pixels, scheme, rng)
    if matrix is None:
        return pixels, mask
    return warp(pixels, matrix), None if mask is None else warp_mask(mask, matrix)


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
    return _warp(pixels, matrix, cv2.INTER_LINEAR)


def warp_mask(mask: NDArray[np.bool_], matrix: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Apply a matrix of `draw_matrix` to a mask (H, W): the nearest pixel; outside is False."""
    return _warp(mask.astype(np.uint8), matrix, cv2.INTER_NEAREST).astype(bool)


def _warp(pixels: NDArray[Any], matrix: NDArray[np.float64], how: int) -> NDArray[Any]:
    to_corner = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    to_centre = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]])
    centred = to_centre @ matrix @ to_corner
    height, width = pixels.shape[:2]
    return cv2.warpAffine(pixels, centred[:2], (width, height), flags=how)


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

    On a grey image (H, W) saturation and hue do nothing. Between the steps nothing is rounded.
    """
    top = float(np.iinfo(pixels.dtype).max) if pixels.dtype.kind == "u" else 1.0
    image = np.multiply(pixels, np.float32(1 / top), dtype=np.float32)
    bright, contrast, saturation = (
        rng.uniform(*r) for r in (scheme.brightness, scheme.contrast, scheme.saturation)
    )
    turn = rng.uniform(-scheme.hue, scheme.hue)
    colour = image.ndim == 3
    # Each step works in place, and in OpenCV or whole arrays: small axes are slow in NumPy.
    for step in rng.permutation(4):
        if step == 0:
            _blend(image, 0.0, bright)
        elif step == 1:
            mean = cv2.mean(image)
            _blend(image, float(np.dot(mean[:3], _LUMINANCE)) if colour else mean[0], contrast)
        elif colour and step == 2 and saturation != 1:
            towards_grey = saturation * np.eye(3) + (1 - saturation) * np.array(_LUMINANCE)
            cv2.transform(image, towards_grey.astype(np.float32), dst=image)
            np.clip(image, 0, 1, out=image)
        elif colour and step == 3 and turn:
            cv2.cvtColor(image, cv2.COLOR_RGB2HSV, dst=image)
            # Past 360 degrees the colours begin again.
            shift = np.array([[1, 0, 0, 360 * (turn % 1)], [0, 1, 0, 0], [0, 0, 1, 0]], np.float32)
            cv2.transform(image, shift, dst=image)
            cv2.cvtColor(image, cv2.COLOR_HSV2RGB, dst=image)
    if pixels.dtype == np.uint8:
        return np.asarray(cv2.convertScaleAbs(image, alpha=top))
    if pixels.dtype.kind == "u":
        image = np.round(image * np.float32(top))
    changed: NDArray[Any] = image.astype(pixels.dtype, copy=False)
    return changed


def _blend(image: Float32, other: float, factor: float) -> None:
    """Make an image ``factor * image + (1 - factor) * other``, inside [0, 1]."""
    image *= np.float32(factor)
    image += np.float32((1 - factor) * other)
    np.clip(image, 0, 1, out=image)
