"""Brushes shared by the generators: smooth noise, tapering strokes and irregular blobs."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from softcam_core.phantoms.case import Float

_SUPERSAMPLING = 4
_SHIFT = 4  # cv2 draws at 1/16 of a pixel
Points = NDArray[np.float64]


def blur(picture: NDArray[Any], sigma: float, sigma_y: float | None = None) -> Float:
    """Return a Gaussian blur of (H, W[, 3]) by ``sigma`` pixels, ``sigma_y`` down the columns."""
    source = np.asarray(picture, np.float32)
    return np.asarray(cv2.GaussianBlur(source, (0, 0), sigma, sigmaY=sigma_y or sigma), np.float32)


def smooth_noise(
    rng: np.random.Generator, shape: tuple[int, int], sigma: float | tuple[float, float]
) -> Float:
    """Return noise (H, W) of mean 0 and deviation 1, correlated over ``sigma`` (x, y) pixels.

    Drawn on a coarse grid where the correlation is long: a large sigma costs no more than a
    small one.
    """
    sigma_x, sigma_y = (sigma, sigma) if isinstance(sigma, int | float) else sigma
    step_x, step_y = max(1.0, sigma_x / 2), max(1.0, sigma_y / 2)
    rows, columns = int(shape[0] / step_y) + 4, int(shape[1] / step_x) + 4
    coarse = rng.standard_normal((rows, columns), dtype=np.float32)
    coarse = blur(coarse, sigma_x / step_x, sigma_y / step_y)
    # The margin is cut after the enlargement, so that the borders look like the middle.
    large = (int(columns * step_x) + 1, int(rows * step_y) + 1)
    full = cv2.resize(coarse, large, interpolation=cv2.INTER_CUBIC)[: shape[0], : shape[1]]
    noise: Float = (full - full.mean()) / max(float(full.std()), 1e-6)
    return noise


def smooth_line(rng: np.random.Generator, length: int, sigma: float) -> Float:
    """Return noise (length,) of mean 0 and deviation 1, correlated over ``sigma`` steps."""
    margin = int(3 * sigma) + 1
    white = rng.standard_normal((1, length + 2 * margin), dtype=np.float32)
    line = blur(white, sigma, 1e-3)[0, margin : margin + length]
    noise: Float = (line - line.mean()) / max(float(line.std()), 1e-6)
    return noise


def ridges(rng: np.random.Generator, shape: tuple[int, int], sigma: float) -> Float:
    """Return a net of bright branching lines, (H, W) in [0, 1], of mesh size about ``sigma``."""
    rows, columns = shape
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    field = smooth_noise(rng, shape, sigma)
    warp_x = x + sigma * 0.7 * smooth_noise(rng, shape, 2.0 * sigma)
    warp_y = y + sigma * 0.7 * smooth_noise(rng, shape, 2.0 * sigma)
    warped = cv2.remap(field, warp_x, warp_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    net: Float = np.exp(-np.square(warped / 0.35)).astype(np.float32)
    return net


def stroke(
    shape: tuple[int, int],
    lines: list[tuple[Points, NDArray[np.float64]]],
    scale: float = 1.0,
    full: float = 0.0,
) -> Float:
    """Return the coverage (H, W) in [0, 1] of polylines with a width at every point.

    Args:
        shape: of the image.
        lines: per line the points (n, 2) as x, y in pixels, and the widths (n,) in pixels.
        scale: all widths times this.
        full: lines thinner than this many pixels are fainter, as thin vessels are.
    """
    factor = _SUPERSAMPLING
    canvas = np.zeros((shape[0] * factor, shape[1] * factor), np.uint8)
    # The widest last: where two meet, the deeper one is seen.
    for points, widths in sorted(lines, key=lambda line: float(line[1].max())):
        tones = 255 * np.clip(widths / full, 0.36, 1) if full else np.full(len(widths), 255.0)
        fixed = np.round(points * factor * (1 << _SHIFT)).astype(np.int64)
        thick = np.maximum(1, np.round(widths * scale * factor)).astype(int)
        for start, end, width, tone in zip(
            fixed[:-1], fixed[1:], thick[:-1], tones[:-1], strict=True
        ):
            cv2.line(
                canvas,
                (int(start[0]), int(start[1])),
                (int(end[0]), int(end[1])),
                int(tone),
                int(width),
                cv2.LINE_AA,
                _SHIFT,
            )
    small = cv2.resize(canvas, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    coverage: Float = small.astype(np.float32) / np.float32(255)
    return coverage


def outline(
    rng: np.random.Generator,
    centre: tuple[float, float],
    radii: tuple[float, float],
    angle: float = 0.0,
    roughness: float = 0.15,
    harmonics: int = 6,
) -> Points:
    """Return the outline (64, 2) of an irregular ellipse; ``angle`` in radians."""
    turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    radius = np.ones_like(turn)
    for k in range(2, harmonics + 1):
        phase = rng.uniform(0, 2 * np.pi)
        radius += roughness * rng.normal() / k * np.cos(k * turn + phase)
    radius = np.clip(radius, 0.45, 1.8)
    x, y = radii[0] * radius * np.cos(turn), radii[1] * radius * np.sin(turn)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos], axis=1)


def fill(shape: tuple[int, int], outlines: list[Points]) -> Float:
    """Return the coverage (H, W) in [0, 1] of filled polygons, antialiased."""
    factor = _SUPERSAMPLING
    canvas = np.zeros((shape[0] * factor, shape[1] * factor), np.uint8)
    for points in outlines:
        fixed = np.round(points * factor * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(canvas, [fixed.reshape(-1, 1, 2)], 255, cv2.LINE_AA, _SHIFT)
    small = cv2.resize(canvas, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
    coverage: Float = small.astype(np.float32) / np.float32(255)
    return coverage


def soften(coverage: Float, sigma: float, floor: float = 0.04) -> Float:
    """Blur a coverage and cut its endless tail, so that it has a definite extent."""
    soft = blur(coverage, sigma) if sigma > 0 else coverage
    cut: Float = np.where(soft >= floor, soft, np.float32(0)).astype(np.float32)
    return cut
