"""Which images make up which step of an epoch: of one process or of many, the same ones.

The order depends on the seed and the epoch alone. A step of the optimiser takes the next ``batch
size x accumulate x processes`` images of it, however they are divided; what is left at the end is
dropped, as ``drop_last`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Steps:
    """The steps of one epoch.

    Attributes:
        count: of the optimiser.
        accumulate: passes through the network in each of them.
        batch: images of one process in one pass.
    """

    count: int
    accumulate: int
    batch: int


def divide(images: int, batch: int, accumulate: int, processes: int) -> Steps:
    """Return the steps of an epoch; a set too small for one step makes a smaller one.

    Args:
        images: of the training set, at least one for each process.
        batch, accumulate: as configured.
        processes: that train together.
    """
    batch = min(batch, images // processes)
    accumulate = min(accumulate, images // (batch * processes))
    return Steps(images // (batch * accumulate * processes), accumulate, batch)


def epoch_order(
    indices: Sequence[int], weights: Sequence[float], seed: int, epoch: int
) -> NDArray[np.int64]:
    """Return the training images in the order of an epoch, as many as there are.

    Args:
        indices: positions in the table.
        weights: how often each is drawn beside the others. Where all are equal each image comes
            once; else the images are drawn with replacement.
        seed, epoch: what the order depends on.
    """
    rng = np.random.default_rng((seed, epoch))
    shares = np.asarray(weights, np.float64)
    if (shares == shares[:1]).all():
        return rng.permutation(np.asarray(indices, np.int64))
    shares = shares / shares.max()  # their sum may be no number else
    return rng.choice(np.asarray(indices, np.int64), len(indices), p=shares / shares.sum())


def draw_numbers(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how often each image of an order was drawn before in the same epoch."""
    sorted_at = np.argsort(order, kind="stable")
    drawn = order[sorted_at]
    first = np.searchsorted(drawn, drawn)
    numbers = np.empty_like(order)
    numbers[sorted_at] = np.arange(len(order)) - first
    return numbers


def share(order: NDArray[np.int64], steps: Steps, rank: int, processes: int) -> NDArray[np.int64]:
    """Return the part of one process, (steps, accumulate, batch), of images or their numbers."""
    used = order[: steps.count * steps.accumulate * processes * steps.batch]
    return used.reshape(steps.count, steps.accumulate, processes, steps.batch)[:, :, rank]
