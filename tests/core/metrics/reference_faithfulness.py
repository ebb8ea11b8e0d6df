"""Deletion, insertion and masking written out slowly, one picture at a time."""

import math

import numpy as np
import torch
from numpy.typing import NDArray

from tests.core.metrics.reference import upsample


def patches(rows: int, columns: int, side: int) -> list[tuple[slice, slice]]:
    return [
        (slice(top, min(top + side, rows)), slice(left, min(left + side, columns)))
        for top in range(0, rows, side)
        for left in range(0, columns, side)
    ]


def ranked(image: NDArray, rows: int, columns: int, side: int) -> list[tuple[slice, slice]]:
    """Patches from the highest mean to the lowest; `sorted` keeps the order of equal ones."""
    large = upsample(image, rows, columns)
    return sorted(patches(rows, columns, side), key=lambda place: -round(large[place].mean(), 9))


def curve(predict, image: torch.Tensor, one: NDArray, index: int, k: int, side: int, mode: str):
    """Probability of a class after 0..k patches, and how many patches there were."""
    order = ranked(one, *image.shape[1:], side)
    picture = image.clone() if mode == "deletion" else torch.zeros_like(image)
    values = [float(predict(picture[None])[0, index])]
    for place in order[:k]:
        here = (slice(None), *place)
        picture[here] = 0 if mode == "deletion" else image[here]
        values.append(float(predict(picture[None])[0, index]))
    values += [values[-1]] * (k + 1 - len(values))
    return values, min(k, len(order))


def area(values: list[float]) -> float:
    k = len(values) - 1
    return sum((values[i] + values[i + 1]) / 2 / k for i in range(k))


def masked(image: torch.Tensor, one: NDArray) -> NDArray:
    large = upsample(one, *image.shape[1:])
    if (one == one.flat[0]).all():
        return np.zeros(image.shape)
    return image.numpy() * (large - large.min()) / (large.max() - large.min())


def average_drop(p: list[float], p_masked: list[float]) -> float:
    drops = [max(0, a - b) / a for a, b in zip(p, p_masked, strict=True) if a > 0]
    return 100 * sum(drops) / len(drops) if drops else math.nan


def increase_in_confidence(p: list[float], p_masked: list[float]) -> float:
    more = [b > a for a, b in zip(p, p_masked, strict=True) if a > 0]
    return 100 * sum(more) / len(more) if more else math.nan
