"""The learning rate of each epoch: cosine annealing, clipped (S A.4), or steps (the poster)."""

import math


def learning_rate(epoch: int, base: float, epochs: int, floor: float = 1e-4) -> float:
    """Return the learning rate of an epoch, counted from 0.

    ``base / 2 * (1 + cos(pi * epoch / epochs))``, held at ``floor`` from the first epoch in which
    it would fall below (epoch 56 of 70 for the paper's 1e-3 and 1e-4). A base below the floor is
    its own floor: such a run keeps a constant rate instead of rising to the floor.

    Args:
        epoch: from 0; at and past ``epochs`` the floor holds.
        base: rate of epoch 0, above 0.
        epochs: T_max of the cosine.
        floor: lowest rate.
    """
    low = min(floor, base)
    if epoch >= epochs:
        return low
    return max(low, base * (1 + math.cos(math.pi * epoch / epochs)) / 2)


def stepped_rate(epoch: int, base: float, epochs: int, every: int = 0) -> float:
    """Return the learning rate of an epoch, counted from 0: times 0.1 at each step.

    Args:
        epoch: from 0.
        base: rate of epoch 0, above 0.
        epochs: length of the run.
        every: epochs between steps; 0 for a third of the run, since the poster gives no number.
    """
    return float(base * 0.1 ** (epoch // (every or math.ceil(epochs / 3))))
