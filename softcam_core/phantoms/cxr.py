"""Synthetic frontal chest films, normal or with an opacity, as sums of X-ray attenuation."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from softcam_core.phantoms.case import Float, Mask, Phantom, keep_drawn, stream
from softcam_core.phantoms.cxr_skeleton import draw_skeleton
from softcam_core.phantoms.draw import Points, blur, fill, outline, smooth_noise, stroke

CXR_LABELS = ("normal", "opacity")
BITS = 12
_LUNG_DEPTH = 1.55  # attenuation that air in the lung takes from the chest


@dataclass(frozen=True)
class Chest:
    """Contours of one chest on a square film of side 1; x right (the patient's left), y down.

    Attributes:
        size: of the film in px.
        lungs: coverage (H, W) of both lungs, [0, 1].
        right, left: outlines of each lung in px.
        apex, base: height of the lungs' tips and of the right dome, in parts of the film.
        wall: half width of the rib cage at its widest.
        middle: x of the spine.
    """

    size: int
    lungs: Float
    right: Points
    left: Points
    apex: float
    base: float
    wall: float
    middle: float


def cxr(label: str, seed: int, size: int = 320, lesions: bool = True) -> Phantom:
    """Draw a frontal chest film.

    Args:
        label: ``normal`` or ``opacity`` (patchy or lobar consolidation).
        seed: 0 or more.
        size: side of the square film in px, 128 or more.
        lesions: False draws the same chest without the opacity.

    Returns:
        Pixels (size, size) uint16 of 12 bits, bone bright (MONOCHROME2), and the mask
        ``opacity``: every pixel to which the consolidation added density.

    Raises:
        ValueError: an unknown label, or too small a size.
    """
    if label not in CXR_LABELS:
        raise ValueError(f"label: expected one of {', '.join(CXR_LABELS)}, got {label!r}")
    if size < 128:
        raise ValueError(f"size: expected 128 px or more, got {size}")
    rng = stream(seed, "anatomy")
    chest = _make_chest(rng, size)
    density = _soft_tissue(rng, chest)
    density = density + _air_and_heart(rng, chest)
    density = density + _vessels(rng, chest)
    density = density + draw_skeleton(
        rng, chest.size, chest.apex, chest.base, chest.wall, chest.middle
    )
    masks: dict[str, Mask] = {}
    added = np.zeros_like(density)
    if label == "opacity" and lesions:
        added = _consolidation(stream(seed, "lesions"), chest)
        masks["opacity"] = added > 0
    pixels = _develop(stream(seed, "film"), density, added)
    return Phantom(pixels, keep_drawn(masks), label, CXR_LABELS.index(label), "cxr", seed)


def _spline(points: list[tuple[float, float]], size: int) -> Points:
    """Close a smooth curve through ``points`` (parts of the film) -> (n, 2) in px."""
    knots = np.array(points + points[:3])
    curve = []
    for a, b, c, d in zip(knots[:-3], knots[1:-2], knots[2:-1], knots[3:], strict=True):
        t = np.linspace(0, 1, 14, endpoint=False)[:, None]
        curve.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return np.concatenate(curve) * size


def _make_chest(rng: np.random.Generator, size: int) -> Chest:
    middle = 0.5 + rng.normal(0, 0.012)
    wall = rng.uniform(0.335, 0.375)
    apex = rng.uniform(0.115, 0.15)
    base = rng.uniform(0.70, 0.76)
    lower = rng.uniform(0.015, 0.04)  # the left dome lies lower

    def j() -> float:
        return float(rng.normal(0, 0.004))

    right = [
        (middle - 0.135 + j(), apex),
        (middle - 0.215 + j(), apex + 0.05),
        (middle - 0.82 * wall + j(), apex + 0.19),
        (middle - 0.96 * wall + j(), apex + 0.36),
        (middle - wall + j(), base - 0.02),
        (middle - 0.985 * wall, base + 0.085),
        (middle - 0.80 * wall, base + 0.022),
        (middle - 0.54 * wall, base - 0.012),
        (middle - 0.27 * wall, base + 0.002),
        (middle - 0.06 + j(), base + 0.006),
        (middle - 0.05 + j(), base - 0.12),
        (middle - 0.05 + j(), apex + 0.30),
        (middle - 0.068 + j(), apex + 0.15),
        (middle - 0.075 + j(), apex + 0.04),
    ]
    left = [
        (middle + 0.135 + j(), apex),
        (middle + 0.215 + j(), apex + 0.05),
        (middle + 0.82 * wall + j(), apex + 0.19),
        (middle + 0.96 * wall + j(), apex + 0.36),
        (middle + wall + j(), base - 0.02 + lower),
        (middle + 0.985 * wall, base + 0.09 + lower),
        (middle + 0.80 * wall, base + 0.025 + lower),
        (middle + 0.56 * wall, base - 0.008 + lower),
        (middle + 0.30 * wall, base + 0.012 + lower),
        (middle + 0.09 + j(), base + 0.02),
        (middle + 0.065 + j(), base - 0.16),
        (middle + 0.06 + j(), apex + 0.30),
        (middle + 0.068 + j(), apex + 0.15),
        (middle + 0.075 + j(), apex + 0.04),
    ]
    outlines = [_spline(right, size), _spline(left, size)]
    lungs = fill((size, size), outlines)
    return Chest(size, lungs, outlines[0], outlines[1], apex, base, wall, middle)


def _rows(size: int) -> Float:
    """Height of every row, (size, 1), in parts of the film."""
    height: Float = ((np.arange(size) + 0.5) / size).astype(np.float32)[:, None]
    return height


def _soft_tissue(rng: np.random.Generator, chest: Chest) -> Float:
    """Trunk, shoulders and neck before air; the abdomen is the densest."""
    size, m = chest.size, chest.middle
    flank = chest.wall + rng.uniform(0.045, 0.085)
    neck = rng.uniform(0.085, 0.11)
    shoulder = rng.uniform(0.07, 0.12)
    arm = rng.uniform(0.02, 0.06)
    body = [
        (m - neck, -0.08),
        (m - neck - 0.015, 0.03),
        (m - 0.2, shoulder),
        (m - 0.38, shoulder + 0.03),
        (m - 0.50, shoulder + 0.12),
        (m - 0.56, 0.5),
        (m - 0.56, 1.2),
        (m + 0.56, 1.2),
        (m + 0.56, 0.5),
        (m + 0.50, shoulder + 0.12),
        (m + 0.38, shoulder + 0.03),
        (m + 0.2, shoulder),
        (m + neck + 0.015, 0.03),
        (m + neck, -0.08),
    ]
    outer = fill((size, size), [_spline(body, size)])
    tissue = 0.95 * np.sqrt(_depth(outer, 0.12 * size))
    # Between arm and trunk air shines through, from the armpit down.
    for side in (-1, 1):
        gap = [
            (m + side * (flank + 0.012), 0.44 + arm),
            (m + side * (flank + 0.028), 0.7),
            (m + side * (flank + 0.04), 1.1),
            (m + side * (flank + 0.16), 1.1),
            (m + side * (flank + 0.055 + arm), 0.7),
            (m + side * (flank + 0.03), 0.46 + arm),
        ]
        tissue = tissue * (1 - fill((size, size), [_spline(gap, size)]))
    y = _rows(size)
    trunk = [
        (m - 0.11, 0.08),
        (m - 0.8 * flank, 0.17),
        (m - flank, 0.42),
        (m - flank, 0.75),
        (m - 1.02 * flank, 1.2),
        (m + 1.02 * flank, 1.2),
        (m + flank, 0.75),
        (m + flank, 0.42),
        (m + 0.8 * flank, 0.17),
        (m + 0.11, 0.08),
    ]
    inner = fill((size, size), [_spline(trunk, size)])
    tissue = tissue + 0.98 * np.sqrt(_depth(inner, 0.17 * size)) * (0.84 + 0.32 * np.clip(y, 0, 1))
    if rng.random() < 0.45:
        # Breast shadows over the lower zones.
        for side in (-1, 1):
            at = (size * (m + side * 0.55 * chest.wall), size * (chest.base - 0.09))
            fold = fill((size, size), [outline(rng, at, (0.15 * size, 0.13 * size), 0, 0.04, 3)])
            fold = blur(fold, 0.012 * size)
            tissue = tissue + rng.uniform(0.07, 0.14) * np.sqrt(_depth(fold, 0.1 * size)) * fold
    soft = blur(tissue, 0.004 * size)
    result: Float = soft * (1 + 0.02 * smooth_noise(rng, (size, size), 0.05 * size))
    return result


def _depth(coverage: Float, reach: float) -> Float:
    """Distance to the border in parts of ``reach``, at most 1: how thick a round body is."""
    distance = cv2.distanceTransform((coverage > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    depth: Float = np.minimum(distance / np.float32(reach), 1)
    return depth


def _air_and_heart(rng: np.random.Generator, chest: Chest) -> Float:
    size, m, base = chest.size, chest.middle, chest.base
    y = _rows(size)
    # The heart: two thirds of it left of the midline (right in the picture).
    half, right = rng.uniform(0.118, 0.14), rng.uniform(0.098, 0.122)
    heart = [
        (m - 0.055, base - 0.31),
        (m - right * 0.8, base - 0.20),
        (m - right, base - 0.10),
        (m - 0.9 * right, base + 0.0),
        (m - 0.05, base + 0.05),
        (m + 0.06, base + 0.07),
        (m + 1.52 * half, base + 0.035),
        (m + 1.55 * half, base - 0.035),
        (m + 1.22 * half, base - 0.125),
        (m + 0.105, base - 0.22),
        (m + 0.075, base - 0.29),
    ]
    # Above it the great vessels with the aortic knob, the trachea's air within.
    knob = rng.uniform(0.078, 0.096)
    trunk = [
        (m - 0.066, chest.apex - 0.12),
        (m - 0.06, chest.apex + 0.06),
        (m - 0.066, base - 0.28),
        (m - 0.06, base),
        (m + 0.06, base),
        (m + 0.075, base - 0.25),
        (m + 0.07, chest.apex + 0.24),
        (m + knob, chest.apex + 0.19),
        (m + 0.9 * knob, chest.apex + 0.135),
        (m + 0.055, chest.apex + 0.08),
        (m + 0.066, chest.apex - 0.12),
    ]
    contour = fill((size, size), [_spline(heart, size), _spline(trunk, size)])
    solid = blur(contour, 0.004 * size)
    air = chest.lungs * (1 - solid)
    thick = np.sqrt(_depth(air, 0.085 * size))
    thick = blur(thick, 0.006 * size) * blur(air, 0.003 * size)
    # Behind the heart and below the domes there is lung too, seen through them.
    behind = blur(chest.lungs * solid, 0.006 * size)
    zones = 1 - 0.18 * np.abs((y - (chest.apex + base) / 2) / (base - chest.apex)) ** 1.5
    density = -_LUNG_DEPTH * thick * zones - 0.13 * behind
    density = density + 0.2 * blur(fill((size, size), [_spline(heart, size)]), 0.006 * size)
    windpipe = [
        (m + 0.004, chest.apex - 0.16),
        (m + 0.002, chest.apex + 0.1),
        (m - 0.004, chest.apex + 0.205),
    ]
    pipe = np.array(windpipe) * size
    fork = [
        (pipe, np.full(3, 0.036 * size)),
        (np.array([pipe[-1], pipe[-1] + [-0.062 * size, 0.062 * size]]), np.full(2, 0.019 * size)),
        (np.array([pipe[-1], pipe[-1] + [0.075 * size, 0.072 * size]]), np.full(2, 0.016 * size)),
    ]
    airway = blur(stroke((size, size), fork), 0.006 * size)
    density = density - rng.uniform(0.28, 0.4) * airway
    # Abdomen: liver on the right, stomach's gas bubble on the left.
    below = 1 / (1 + np.exp(-(y - base - 0.03) / 0.03))
    density = density + 0.28 * below * (1 - chest.lungs)
    at = (size * (m + rng.uniform(0.13, 0.19)), size * (base + rng.uniform(0.085, 0.12)))
    radii = (size * rng.uniform(0.045, 0.08), size * rng.uniform(0.022, 0.042))
    bubble = fill((size, size), [outline(rng, at, radii, rng.normal(0, 0.2), 0.12, 4)])
    gas = blur(bubble, 0.007 * size)
    result: Float = (density - rng.uniform(0.25, 0.5) * gas).astype(np.float32)
    return result


def _vessels(rng: np.random.Generator, chest: Chest) -> Float:
    """Hila and the lungs' branching vessels, thinning towards the pleura."""
    size, m = chest.size, chest.middle
    lines: list[tuple[Points, np.ndarray]] = []
    density = np.zeros((size, size), np.float32)
    for side in (-1, 1):
        hilum = np.array([m + side * 0.098, chest.apex + 0.285 - (0.02 if side > 0 else 0)]) * size
        spots = []
        for _ in range(7):
            at = hilum + rng.normal(0, [0.012, 0.032]) * size
            radius = rng.uniform(0.012, 0.024) * size
            spots.append(outline(rng, (at[0], at[1]), (radius, 1.3 * radius), side * 0.4, 0.2))
        density += 0.26 * blur(fill((size, size), spots), 0.01 * size)
        for angle in np.linspace(-1.45, 1.6, 14) + rng.normal(0, 0.16, 14):
            heading = angle if side > 0 else np.pi - angle
            root = hilum + rng.normal(0, [0.010, 0.034]) * size
            _sprout(rng, lines, root, heading, rng.uniform(0.009, 0.0125) * size, size, 0)
    fine = stroke((size, size), lines, 1.0, 0.011 * size)
    fine = blur(fine, 0.0022 * size) * blur(chest.lungs, 2)
    mottle = smooth_noise(rng, (size, size), 0.006 * size) * chest.lungs
    result: Float = density + 0.27 * fine + 0.022 * mottle
    return result


def _sprout(
    rng: np.random.Generator,
    lines: list[tuple[Points, np.ndarray]],
    start: np.ndarray,
    heading: float,
    width: float,
    size: int,
    depth: int,
) -> None:
    if width < 0.0022 * size or depth > 4:
        return
    points, n = [start], int(rng.uniform(7, 12))
    for _ in range(n):
        heading += rng.normal(0.015, 0.13)
        points.append(points[-1] + 0.0105 * size * np.array([np.cos(heading), np.sin(heading)]))
    lines.append((np.array(points), np.linspace(width, 0.72 * width, n + 1)))
    for turn in (rng.uniform(0.15, 0.5), -rng.uniform(0.15, 0.5)):
        _sprout(
            rng, lines, points[-1], heading + turn, width * rng.uniform(0.55, 0.75), size, depth + 1
        )


def _consolidation(rng: np.random.Generator, chest: Chest) -> Float:
    """Fluffy added density within the lung, with soft edges and bright air tubes left out."""
    size = chest.size
    shape = (size, size)
    inside = blur(chest.lungs, 0.008 * size)
    added = np.zeros(shape, np.float32)
    for number in range(1 + int(rng.random() < 0.35)):
        side = chest.right if (rng.random() < 0.5) == (number == 0) else chest.left
        low, high = side.min(axis=0), side.max(axis=0)
        lobar = rng.random() < 0.45
        at = (
            low[0] + (high[0] - low[0]) * rng.uniform(0.3, 0.7),
            low[1] + (high[1] - low[1]) * rng.uniform(0.25, 0.8),
        )
        scale = size * (rng.uniform(0.11, 0.16) if lobar else rng.uniform(0.06, 0.1))
        radii = (scale * rng.uniform(0.8, 1.15), scale * rng.uniform(0.7, 1.1))
        patch = fill(shape, [outline(rng, at, radii, rng.uniform(0, 3), 0.35, 7)])
        soft = blur(patch, scale * (0.2 if lobar else 0.32))
        fluff = 1 + 0.25 * smooth_noise(rng, shape, 0.02 * size)
        fluff = fluff + 0.15 * smooth_noise(rng, shape, 0.008 * size)
        strength = rng.uniform(0.75, 1.1) if lobar else rng.uniform(0.55, 0.85)
        added = np.maximum(added, strength * soft * np.clip(fluff, 0.4, 1.5))
    added = added * inside
    cut: Float = np.where(added > 0.05, added, 0).astype(np.float32)
    return cut


def _develop(rng: np.random.Generator, density: Float, added: Float) -> NDArray[np.uint16]:
    """Tone curve, scatter, quantum noise, lead marker; 12 bits in 16.

    The opacity ``added`` scatters nothing beyond itself, so that its mask stays exact.
    """
    size = density.shape[0]
    scatter = blur(density, 0.06 * size)
    film = 0.86 * density + 0.14 * scatter + added
    tone = 1 / (1 + np.exp(-rng.uniform(2.0, 2.4) * (film - rng.uniform(0.98, 1.14))))
    film = 0.04 + 0.93 * tone
    noise = rng.standard_normal(density.shape).astype(np.float32)
    noise = 0.7 * noise + 0.6 * blur(noise, 0.9)
    film = film + 0.0065 * noise * np.sqrt(1.15 - np.clip(film, 0, 1))
    mark = np.zeros((size * 4, size * 4), np.uint8)
    at = (int(4 * size * rng.uniform(0.045, 0.075)), int(4 * size * rng.uniform(0.07, 0.13)))
    cv2.putText(mark, "R", at, cv2.FONT_HERSHEY_SIMPLEX, 4 * size / 560, 255, 9, cv2.LINE_AA)
    letter = cv2.resize(mark, (size, size), interpolation=cv2.INTER_AREA) / 255
    film = film + 0.9 * letter * (0.97 - film)
    top = 2**BITS - 1
    pixels: NDArray[np.uint16] = np.clip(np.round(film * top), 0, top).astype(np.uint16)
    return pixels
