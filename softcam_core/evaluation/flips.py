"""How likely a paired difference of means is by chance: the sign-flip permutation test. Torch-free.

If two methods do not differ, each patient's difference might as well have the other sign. p is the
share of all ways to choose the signs by which the sum is at least as far from zero as it is; all
images of a patient have one sign. With n patients no p is below 2 / 2^n.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EXACT = 12
"""Patients up to whom all ways are tried."""
DRAWN = 9_999
"""Ways that are drawn for more."""
TOGETHER, BLOCK = 128, 1_000
"""Differences, and ways, that are computed at a time."""
ROUNDING = 1e-9
"""Share of the sum of all by which a sum may be nearer to zero for rounding."""


def sign_flip(sums: Floats, seed: int = 0) -> Floats:
    """Return the two-sided p of each difference: (P, U) -> (P,) in (0, 1].

    Exact for `EXACT` patients with a difference or fewer; for more from `DRAWN` ways, the observed
    one counted with them (add-one rule). The same seed gives the same p. 1 where all are zero.

    Source: R. A. Fisher, The Design of Experiments (1935); B. Phipson, G. K. Smyth, Permutation
    p-values should never be zero, Statistical Applications in Genetics and Molecular Biology 9
    (2010).

    Args:
        sums: of each patient's differences; 0 for a patient without any.
        seed: of the draws.

    Example:
        >>> sign_flip(np.array([[0.1, 0.2, 0.3, 0.4]])).tolist()
        [0.125]
    """
    found = np.ones(len(sums))
    many = []
    for row, one in enumerate(sums):
        some = one[one != 0]
        if len(some) > EXACT:
            many.append(row)
        elif len(some):
            ways = 1 - 2 * (np.arange(2 ** len(some))[:, None] >> np.arange(len(some)) & 1)
            found[row] = float(_far(ways @ some[:, None], some[None])[0].mean())
    for start in range(0, len(many), TOGETHER):
        rows = many[start : start + TOGETHER]
        some = sums[rows]
        far = sum(_far(ways @ some.T, some).sum(axis=1) for ways in _ways(some.shape[1], seed))
        found[rows] = (far + 1) / (DRAWN + 1)
    return found


def _far(flipped: Floats, sums: Floats) -> NDArray[np.bool_]:
    """Return which sums (ways, P) are as far from zero as those of ``sums`` (P, U): (P, ways)."""
    least = np.abs(sums.sum(axis=1)) - ROUNDING * np.abs(sums).sum(axis=1)
    far: NDArray[np.bool_] = least[:, None] <= np.abs(flipped).T
    return far


def _ways(patients: int, seed: int) -> Iterator[Floats]:
    random = np.random.default_rng(seed)
    for start in range(0, DRAWN, BLOCK):
        count = min(BLOCK, DRAWN - start)
        yield 1.0 - 2.0 * random.integers(0, 2, (count, patients), np.int8)
