"""The rule by which a lambda is chosen. Pure; free of torch.

The largest lambda for which BOTH validation metrics, accuracy and AUC (quadratic kappa for more
than two classes), stay within a tolerance of the dense model. Where the paper leaves it open:

- A metric that is better than the dense model's is within the tolerance, however much better.
- Smaller lambdas need not pass: with few validation images one of them may fall out by chance.
- Of a run the epoch of best validation accuracy counts (best.safetensors, the model that is used),
  of several seeds the mean; a value of which one seed failed does not qualify.
- An undefined metric does not qualify. If nothing does, the chosen lambda is 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

EPS = 1e-7
"""metrics.csv holds eight digits; a difference of the tolerance itself must pass."""


@dataclass(frozen=True)
class Candidate:
    """A lambda with its validation metrics, in [-1, 1]; NaN where undefined.

    Attributes:
        value: of the lambda; 0 for the dense model.
        accuracy: share of right predictions.
        second: AUC, or quadratic kappa.
    """

    value: float
    accuracy: float
    second: float


def shortfall(candidate: Candidate, reference: Candidate) -> float:
    """Return how far the worse of both metrics lies below the reference's.

    Negative if both are better; infinite where one is undefined.
    """
    losses = (
        reference.accuracy - candidate.accuracy,
        reference.second - candidate.second,
    )
    return math.inf if any(math.isnan(loss) for loss in losses) else max(losses)


def passes(candidate: Candidate, reference: Candidate, tolerance: float) -> bool:
    """Tell whether both metrics are at most ``tolerance`` below the reference's."""
    return shortfall(candidate, reference) <= tolerance + EPS


def choose(candidates: Sequence[Candidate], reference: Candidate, tolerance: float) -> float:
    """Return the largest lambda that passes, 0 if none does."""
    return max((c.value for c in candidates if passes(c, reference, tolerance)), default=0.0)


def ranked(
    candidates: Sequence[Candidate], reference: Candidate, tolerance: float
) -> list[Candidate]:
    """Return candidates by their claim to be chosen: the rule's own choice is the first.

    Those that pass come first, the largest lambda before the others; then the rest, the one that
    is nearest to passing first.
    """

    def order(candidate: Candidate) -> tuple[bool, float, float]:
        if passes(candidate, reference, tolerance):
            return (False, -candidate.value, 0.0)
        return (True, shortfall(candidate, reference), -candidate.value)

    return sorted(candidates, key=order)
