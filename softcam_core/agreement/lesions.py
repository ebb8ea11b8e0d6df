"""Lesions found by both, and by one alone: matching one by one, then precision, recall and F1.

A lesion is one drawn shape, or one connected part of a mask where asked for. Lesions pair up one
to one, so that two marks on one lesion are one hit and one false mark. Which pairs: as many as
there can be, and among those the ones that overlap most (`scipy.optimize.linear_sum_assignment`).
Taking the best pair first and then the next would depend on chance: with marks A1, A2 and B1, B2
of which A1 fits both but A2 only B1, a greedy start with A1-B1 leaves A2 without a partner and
counts two errors that nobody made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from softcam_core.agreement.measures import iou_of
from softcam_core.agreement.patches import Patch, overlapping

Criterion = Literal["iou", "hit"]
CRITERIA: dict[Criterion, str] = {
    "iou": "overlap: intersection over union of at least a threshold",
    "hit": "the centre of one lies inside the other; a point is a small disc",
}


@dataclass(frozen=True)
class Match:
    """Which lesions of a reference and of another reader belong together.

    Attributes:
        pairs: (index in the reference, index in the other), each index at most once.
        reference: number of lesions in the reference.
        other: number of lesions of the other.
    """

    pairs: list[tuple[int, int]]
    reference: int
    other: int

    @property
    def hits(self) -> int:
        """Lesions that both have (true positives)."""
        return len(self.pairs)

    @property
    def precision(self) -> float:
        """Share of the other's lesions that are in the reference; NaN if the other has none."""
        return self.hits / self.other if self.other else float("nan")

    @property
    def recall(self) -> float:
        """Share of the reference's lesions that the other has; NaN if there are none."""
        return self.hits / self.reference if self.reference else float("nan")

    @property
    def f1(self) -> float:
        """2 hits / (lesions of both), symmetric; NaN if nobody marked any, 0 if one alone did."""
        both = self.reference + self.other
        return 2 * self.hits / both if both else float("nan")


def match(
    reference: Sequence[Patch],
    other: Sequence[Patch],
    criterion: Criterion = "iou",
    iou: float = 0.5,
) -> Match:
    """Pair lesions one to one, as many as can be; see the module's text.

    Args:
        reference: one reader's lesions on a case.
        other: another reader's, or a model's.
        criterion: ``iou``: two lesions fit if their IoU is at least ``iou``; ``hit``: if the
            centre of either (its own pixel nearest to its centroid) is a pixel of the other.
        iou: threshold, above 0 to 1.

    Raises:
        ValueError: an unknown criterion, or a threshold out of range.
    """
    check_criterion(criterion, iou)
    overlaps = _overlaps(reference, other)
    fits = overlaps >= iou
    if criterion == "hit":
        fits = np.zeros(overlaps.shape, bool)
        # Where a centre lies inside, pixels are shared: all other pairs need no look.
        for row, column in zip(*np.nonzero(overlaps), strict=True):
            fits[row, column] = _hit(reference[row], other[column])
    return Match(_assigned(fits, overlaps), len(reference), len(other))


def check_criterion(criterion: Any, iou: float) -> None:
    """Raise ValueError for what `match` does not take."""
    if criterion not in CRITERIA:
        raise ValueError(f"criterion: expected one of {', '.join(CRITERIA)}, got {criterion!r}")
    if not 0 < iou <= 1:
        raise ValueError(f"iou: expected above 0 to 1, got {iou}")


def _hit(a: Patch, b: Patch) -> bool:
    return b.holds(*a.centre) or a.holds(*b.centre)


def _overlaps(a: Sequence[Patch], b: Sequence[Patch]) -> NDArray[np.float64]:
    """Return the IoU of every pair, (len(a), len(b))."""
    found = np.zeros((len(a), len(b)))
    for row, column in overlapping(a, b):
        one, two = a[row], b[column]
        found[row, column] = iou_of(one.area, two.area, one.common(two))
    return found


def _assigned(fits: NDArray[np.bool_], overlaps: NDArray[np.float64]) -> list[tuple[int, int]]:
    if not fits.any():
        return []
    # Compiled, and so out of the type checker's sight.
    assign = import_module("scipy.optimize").linear_sum_assignment
    # All overlaps of a matching together weigh less than one pair more.
    worth = np.where(fits, 1 + overlaps / (min(fits.shape) + 1), 0)
    rows, columns = assign(worth, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if fits[row, column]]
