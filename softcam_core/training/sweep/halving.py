"""Successive halving (``sweep.halving`` = N > 1): which values are trained on. Free of torch.

All values of a penalty are trained for epochs / N^k epochs of the one full schedule, the best N-th
part of them (rounded up) for N times as long, and so on until one rung is the whole run. Best is
what the rule would choose: see `ranked`. The dense model is trained to the end and is compared at
equal epochs. Runs go on where they stopped, so that a finished one is the run that a sweep without
halving would have trained, to the bit.

Saved: with 9 values, N = 3 and 9 epochs, 9 x 1 + 3 x 2 + 1 x 6 = 21 epochs are trained in place of
81. Risked: a large lambda whose model learns slowly may look worse than the tolerance at an early
rung, be dropped and never be found, so that a smaller one is chosen. The reverse is excluded: where
no survivor passes at the end, dropped values are trained to the end one after another, those with
the best claim first, until one passes; 0 is chosen only if every value was tried.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from softcam_core.training.sweep.choose import Candidate, ranked


def rung_epochs(epochs: int, rate: int, values: int) -> list[int]:
    """Return the epochs that each rung trains to, the last of them ``epochs``.

    Args:
        epochs: of a whole run.
        rate: N; 0 for one rung.
        values: number of lambdas at the first rung.
    """
    if rate < 2:
        return [epochs]
    found = {epochs}
    step = 1
    while rate**step <= values and rate**step <= epochs:
        found.add(math.ceil(epochs / rate**step))
        step += 1
    return sorted(found)


def promoted(
    candidates: Sequence[Candidate], reference: Candidate, tolerance: float, rate: int
) -> tuple[list[float], list[float]]:
    """Return the lambdas that go on, ascending, and those that are dropped, best claim first."""
    order = [candidate.value for candidate in ranked(candidates, reference, tolerance)]
    kept = math.ceil(len(order) / rate)
    return sorted(order[:kept]), order[kept:]
