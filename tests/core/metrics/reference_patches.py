"""Patches, their ranking and their hits, the highest pixel and Otsu's threshold, written out."""

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tests.core.metrics.reference import upsample


def patches(height: int, width: int, side: int, edge: str, top: int) -> list[tuple[slice, slice]]:
    """Patches in reading order, as slices of the image."""
    found = []
    for y in range(top, height, side):
        for x in range(0, width, side):
            whole = y + side <= height and x + side <= width
            if whole or edge == "keep":
                found.append((slice(y, y + side), slice(x, x + side)))
    return found


def scores(image: NDArray, places: list, shape: tuple[int, int], score: str) -> list[float]:
    large = upsample(image, *shape)
    found = [large[p].mean() if score == "mean" else large[p].max() for p in places]
    scale = max((abs(value) for value in found), default=0.0) or 1.0
    # What rounding errors alone keep apart is equal.
    return [round(value / scale, 10) * scale for value in found]


def topk_counts(
    image: NDArray,
    mask: NDArray,
    k: int,
    side: int,
    score: str = "mean",
    edge: str = "keep",
    top: int = 0,
    above: float = 0.0,
) -> tuple[list[int], list[int]]:
    """Hits and patches of one image for 1..k."""
    places = patches(*mask.shape, side, edge, top)
    heights = scores(image, places, mask.shape, score)
    order = sorted(range(len(places)), key=lambda n: (-heights[n], n))
    hits, taken = [], []
    for count in range(1, k + 1):
        chosen = [n for n in order[:count] if heights[n] > above]
        hits.append(sum(bool(mask[places[n]].any()) for n in chosen))
        taken.append(len(chosen))
    return hits, taken


def highest(image: NDArray, shape: tuple[int, int]) -> tuple[int, int] | None:
    if image.max() == image.min():
        return None
    large = upsample(image, *shape)
    slack = 1e-11 * np.abs(image).max()
    for row in range(shape[0]):
        for column in range(shape[1]):
            if large[row, column] >= large.max() - slack:
                return row, column
    return None


def pointing(image: NDArray, mask: NDArray, tolerance: float) -> float:
    place = highest(image, mask.shape)
    if place is None or not mask.any():
        return math.nan
    row, column = place
    for y in range(mask.shape[0]):
        for x in range(mask.shape[1]):
            if mask[y, x] and math.hypot(y - row, x - column) <= tolerance:
                return 1.0
    return 0.0


def otsu(values: NDArray, bins: int = 256) -> float:
    """Centre of the bin that parts values in [0, 1] with the largest variance between classes."""
    counts = [0] * bins
    for value in values.flat:
        counts[min(int(value * bins), bins - 1)] += 1
    best, found = Fraction(-1), 0
    for split in range(bins - 1):
        low, high = counts[: split + 1], counts[split + 1 :]
        a, b = sum(low), sum(high)
        if not a or not b:
            continue
        mean_a = Fraction(sum(n * c for n, c in enumerate(low)), a)
        mean_b = Fraction(sum((n + split + 1) * c for n, c in enumerate(high)), b)
        apart = a * b * (mean_a - mean_b) ** 2
        if apart > best:
            best, found = apart, split
    return (found + 0.5) / bins


def iou(image: NDArray, mask: NDArray) -> float:
    large = np.maximum(upsample(image, *mask.shape), 0)
    if not mask.any():
        return math.nan
    if large.max() == 0:
        return 0.0
    if large.max() - large.min() <= 1e-12 * large.max():
        return math.nan
    scaled = (large - large.min()) / (large.max() - large.min())
    above = scaled > otsu(scaled)
    return float((above & mask).sum() / (above | mask).sum())


def consistency(maps: NDArray, diseased: NDArray) -> tuple[list[float], list[float]]:
    positive, negative = [], []
    for image, ill in zip(maps, diseased, strict=True):
        cells = [float(value) for value in image.flat]
        if not all(math.isfinite(value) for value in cells):
            share = math.nan
        elif ill:
            share = sum(value > 0 for value in cells) / len(cells)
        else:
            share = sum(value < 0 for value in cells) / len(cells)
        (positive if ill else negative).append(share)
    return positive, negative
