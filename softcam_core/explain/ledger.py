"""The ledger of a prediction: what every part of the evidence adds to every logit.

A SoftCAM's logit is the spatial mean of its class evidence map [paper S, eq. 3-4],

    logit_c = 1 / (h w)  sum over cells of evidence_c,

so the value of a cell divided by the number of cells is the cell's *share* of the logit, and the
shares of all cells sum to it. This is bookkeeping, no approximation: taking a cell's evidence away
lowers the logit by its share and changes nothing else. Shares are in logit units.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


class ClassSums(NamedTuple):
    """What speaks for and against each class, (C,) each in logit units; together the logit."""

    evidence_for: Values
    evidence_against: Values
    logit: Values


class CellShare(NamedTuple):
    """What one cell adds to each class, (C,): in logit units, and in percent of the logit."""

    share: Values
    percent: Values


def class_sums(evidence: Any) -> ClassSums:
    """Return the positive, the negative and all evidence of each class, divided by h w.

    evidence (C, h, w) real -> three (C,) in logit units; the first two sum to the third, the
    logit [S, eq. 3].

    Raises:
        ValueError: not three dimensions, or no cell.

    Example:
        >>> class_sums([[[4.0, -1.0]]])
        ClassSums(evidence_for=array([2.]), evidence_against=array([-0.5]), logit=array([1.5]))
    """
    cells = _checked(evidence)
    positive = np.maximum(cells, 0).mean(axis=1)
    negative = np.minimum(cells, 0).mean(axis=1)
    return ClassSums(positive, negative, positive + negative)


def cell_share(evidence: Any, row: int, column: int) -> CellShare:
    """Return what the cell in ``row`` and ``column`` adds to each class's logit.

    evidence (C, h, w) real -> (C,) in logit units, and (C,) in percent of the logit, NaN where
    the logit is 0. A percentage may be negative, and above 100: other cells speak against it.

    Raises:
        ValueError: not three dimensions, or no cell.
        IndexError: no such cell.
    """
    cells = _checked(evidence)
    values = np.asarray(evidence, np.float64)
    share = values[:, row, column] / cells.shape[1]
    logit = cells.mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(logit == 0, np.nan, 100 * share / logit)
    return CellShare(share, percent)


def region_share(evidence: Any, coverage: Any) -> Values:
    """Return what a region adds to each class's logit.

    evidence (C, h, w) real; coverage (h, w) in [0, 1], see `ledger_cover.coverage` -> (C,) in
    logit units: the sum over cells of coverage x value / (h w).

    Raises:
        ValueError: the shapes do not match.
    """
    cells = _checked(evidence)
    share: Values = cells @ _weights(evidence, coverage) / cells.shape[1]
    return share


def inside_share(evidence: Any, coverage: Any) -> Values:
    """Return which part of the evidence for each class lies inside a region.

    evidence (C, h, w) real; coverage (h, w) in [0, 1] -> (C,) in [0, 1]: of the positive values
    alone; NaN for a class without positive evidence.

    Raises:
        ValueError: the shapes do not match.
    """
    positive = np.maximum(_checked(evidence), 0)
    total = positive.sum(axis=1)
    inside = positive @ _weights(evidence, coverage)
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Values = np.where(total > 0, np.clip(inside / total, 0, 1), np.nan)
    return share


class Without(NamedTuple):
    """A prediction from which evidence was taken away, (C,) each."""

    logits: Values
    probabilities: Values


def without(logits: Any, shares: Any) -> Without:
    """Return the prediction without the evidence that adds ``shares`` to the ``logits``.

    Exact: the logits are sums of shares, so the rest of the sum is what is left. With all
    evidence gone every logit is 0 and every class as probable as the next.

    Args:
        logits: (C,) real.
        shares: (C,) in logit units, of `region_share` or `cell_share`.

    Raises:
        ValueError: the shapes do not match.

    Example:
        >>> without([2.0, 0.0], [2.0, 0.0]).probabilities
        array([0.5, 0.5])
    """
    before, taken = np.asarray(logits, np.float64), np.asarray(shares, np.float64)
    if before.ndim != 1 or before.shape != taken.shape or not before.size:
        raise ValueError(
            f"shares: expected shape (C,) as logits, got {taken.shape} and {before.shape}"
        )
    left = before - taken
    return Without(left, softmax(left))


def softmax(logits: Any) -> Values:
    """Return the probabilities of logits (C,)."""
    values = np.asarray(logits, np.float64)
    raised = np.exp(values - values.max())
    probabilities: Values = raised / raised.sum()
    return probabilities


def _checked(evidence: Any) -> Values:
    """Return evidence as (C, h w) float64."""
    values = np.asarray(evidence, np.float64)
    if values.ndim != 3 or 0 in values.shape:
        raise ValueError(f"evidence: expected shape (C, h, w), got {values.shape}")
    return values.reshape(len(values), -1)


def _weights(evidence: Any, coverage: Any) -> Values:
    """Return a coverage as (h w,) float64."""
    weights = np.asarray(coverage, np.float64)
    if weights.shape != np.shape(evidence)[1:]:
        raise ValueError(
            f"coverage: expected shape {np.shape(evidence)[1:]}, as evidence, got {weights.shape}"
        )
    return weights.reshape(-1)
