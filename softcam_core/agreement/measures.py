"""Agreement of two labelings or two masks as one number each.

Results are float64. A value that is undefined is NaN, never 0 or 1, and whoever takes a mean over
cases counts them. For masks: where both are empty there is nothing to agree on, so every measure is
NaN; where one alone is empty, overlap is 0 and a distance is NaN.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Weights = Literal["none", "linear", "quadratic"]
WEIGHTS: tuple[Weights, ...] = ("none", "linear", "quadratic")

PERCENTILE = 95.0


def cohen_kappa(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    categories: Sequence[Hashable],
    weights: Weights = "none",
) -> float:
    """Agreement of two readers' grades beyond chance (Cohen 1960; weighted: Cohen 1968).

    a, b (N,) grades of the same cases -> at most 1; 0 is what chance gives, NaN if there is no
    case or both readers gave one and the same grade throughout.

    Args:
        a: one reader's grades.
        b: the other's.
        categories: every grade there is, in order; the order counts for the weights.
        weights: how a disagreement counts by the number of grades i - j between both: ``none``
            all alike, ``linear`` |i - j|, ``quadratic`` (i - j)^2.

    Raises:
        ValueError: lists of unequal length, unknown weights, or a grade that is no category.

    Example:
        >>> cohen_kappa("AABB", "AABA", "AB")
        0.5
    """
    first, second = _codes(a, b, categories, weights)
    if len(first) == 0 or len({*first.tolist(), *second.tolist()}) == 1:
        return float("nan")
    from sklearn.metrics import cohen_kappa_score

    return float(
        cohen_kappa_score(
            first,
            second,
            labels=list(range(len(categories))),
            weights=None if weights == "none" else weights,
        )
    )


def grade_table(
    a: Sequence[Hashable], b: Sequence[Hashable], categories: Sequence[Hashable]
) -> NDArray[np.int64]:
    """Count how often each pair of grades was given: a, b (N,) -> (K, K), rows are ``a``'s.

    Raises:
        ValueError: lists of unequal length, or a grade that is no category.
    """
    first, second = _codes(a, b, categories, "none")
    count = len(categories)
    table = np.bincount(first * count + second, minlength=count * count)
    return table.reshape(count, count).astype(np.int64)


def kappa_of_tables(tables: ArrayLike, weights: Weights = "none") -> NDArray[np.float64]:
    """Return Cohen's kappa of many tables of counts at once: (..., K, K) -> (...).

    The same number as `cohen_kappa`, which asks scikit-learn for one table a call: a bootstrap
    needs thousands. NaN where chance alone leaves nothing to disagree on.

    Raises:
        ValueError: tables that are not square, or unknown weights.
    """
    counts = np.asarray(tables, np.float64)
    if counts.ndim < 2 or counts.shape[-1] != counts.shape[-2]:
        raise ValueError(f"tables: expected shape (..., K, K), got {counts.shape}")
    grades = np.arange(counts.shape[-1])
    apart = np.abs(grades[:, None] - grades[None]).astype(np.float64)
    cost = {"none": (apart > 0).astype(np.float64), "linear": apart, "quadratic": apart**2}.get(
        weights
    )
    if cost is None:
        raise _unknown_weights(weights)
    total = counts.sum((-2, -1))
    by_chance = counts.sum(-1)[..., :, None] * counts.sum(-2)[..., None, :]
    observed = (cost * counts).sum((-2, -1))
    expected = (cost * by_chance).sum((-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa = 1 - observed * total / expected
    return np.where(expected > 0, kappa, np.nan)


def fleiss_kappa(counts: ArrayLike) -> float:
    """Agreement beyond chance of a fixed number of readers (Fleiss 1971, eq. 7).

    counts (N, K): how many of the n readers gave case i the grade k; each row adds up to the same
    n >= 2 -> at most 1; NaN if there is no case or one grade alone was given. The grades' order
    does not count. With two readers it is Scott's pi, not Cohen's kappa: both share their marginal
    distribution.

    Source: J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological
    Bulletin 76 (1971) 378-382.

    Raises:
        ValueError: counts that are negative or no numbers, or rows that do not add up alike.

    Example:
        >>> fleiss_kappa([[3, 0], [0, 3]])
        1.0
    """
    table = np.asarray(counts, np.float64)
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any():
        raise ValueError(f"counts: expected (N, K) numbers of readers, got shape {table.shape}")
    if len(table) == 0:
        return float("nan")
    readers = table.sum(axis=1)
    if (readers != readers[0]).any() or readers[0] < 2:
        raise ValueError("counts: expected rows that add up to one number of readers, two or more")
    return float(fleiss_of_weighted(table, np.ones((1, len(table))))[0])


def fleiss_of_weighted(
    counts: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return Fleiss' kappa of many resamples: counts (N, K), times each case is in (R, N) -> (R,).

    See `fleiss_kappa`, which checks its argument.
    """
    readers = counts[0].sum()
    pairs = (counts * (counts - 1)).sum(axis=1) / (readers * (readers - 1))
    cases = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = weights @ pairs / cases
        shares = weights @ counts / (cases * readers)[:, None]
        expected = (shares**2).sum(axis=1)
        # One grade alone has a share of exactly 1: then this is 0 / 0, which is NaN.
        kappa: NDArray[np.float64] = (observed - expected) / (1 - expected)
    return kappa


def percent_agreement(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    """Share of cases with the same grade, in percent: a, b (N,) -> [0, 100]; NaN without a case.

    It counts agreement by chance, so read it beside kappa.

    Raises:
        ValueError: lists of unequal length.
    """
    _check_lengths(a, b)
    if len(a) == 0:
        return float("nan")
    return 100.0 * sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def dice(a: Any, b: Any) -> float:
    """Overlap of two masks, 2 |A and B| / (|A| + |B|): (H, W) bool -> [0, 1] (Dice 1945).

    NaN where both are empty, 0 where one alone is.

    Raises:
        ValueError: no masks of one shape.
    """
    return dice_of(*_areas(a, b))


def iou(a: Any, b: Any) -> float:
    """Overlap of two masks, |A and B| / |A or B|: (H, W) bool -> [0, 1] (Jaccard 1901).

    NaN where both are empty, 0 where one alone is. It is d / (2 - d) of a Dice d.

    Raises:
        ValueError: no masks of one shape.
    """
    return iou_of(*_areas(a, b))


def dice_of(area_a: float, area_b: float, common: float) -> float:
    """Return Dice of two areas and what they have in common, NaN where both are 0."""
    return 2 * common / (area_a + area_b) if area_a + area_b > 0 else float("nan")


def iou_of(area_a: float, area_b: float, common: float) -> float:
    """Return the IoU of two areas and what they have in common, NaN where both are 0."""
    return common / (area_a + area_b - common) if area_a + area_b > 0 else float("nan")


def hausdorff(
    a: Any,
    b: Any,
    spacing: tuple[float, float] = (1.0, 1.0),
    percentile: float = PERCENTILE,
) -> float:
    """How far the outlines of two masks lie apart at most: (H, W) bool -> >= 0, in ``spacing``.

    The surface of a mask is its pixels with one of the four neighbours outside it, beyond the
    image's edge included. Each surface pixel has a distance to the other mask's nearest surface
    pixel, centre to centre. The result is the larger of both directions' percentiles (numpy's
    linear interpolation), so it is symmetric; percentile 100 is the Hausdorff distance itself. The
    95th, HD95, ignores a few strayed pixels. (Others pool both directions before the percentile,
    which lets a large mask outvote a small one.) NaN where either mask is empty: no distance to
    nothing is right.

    Source: Huttenlocher et al., Comparing images using the Hausdorff distance, IEEE PAMI 15 (1993);
    Maier-Hein, Reinke et al., Metrics reloaded, Nature Methods 21 (2024).

    Args:
        a: one mask.
        b: the other.
        spacing: size of a pixel, (between rows, between columns), in mm for instance.
        percentile: of the distances, above 0 to 100.

    Raises:
        ValueError: no masks of one shape, or no such percentile or spacing.

    Example:
        >>> import numpy as np
        >>> left, right = np.zeros((2, 9, 9), bool)
        >>> left[4, 2] = right[4, 5] = True
        >>> hausdorff(left, right, spacing=(0.5, 0.5))
        1.5
    """
    first, second = _masks(a, b)
    if not 0 < percentile <= 100:
        raise ValueError(f"percentile: expected above 0 to 100, got {percentile}")
    if not (len(spacing) == 2 and min(spacing) > 0 and np.isfinite(spacing).all()):
        raise ValueError(f"spacing: expected two positive numbers, got {spacing}")
    return hausdorff_of(surface(first), surface(second), spacing, percentile)


def hausdorff_of(
    a: NDArray[np.intp],
    b: NDArray[np.intp],
    spacing: tuple[float, float] = (1.0, 1.0),
    percentile: float = PERCENTILE,
) -> float:
    """Return `hausdorff` of two surfaces, (N, 2) and (M, 2) pixels as row, column."""
    if len(a) == 0 or len(b) == 0:
        return float("nan")
    from scipy.spatial import KDTree

    first, second = a * np.asarray(spacing, np.float64), b * np.asarray(spacing, np.float64)
    there, _ = KDTree(second).query(first)
    back, _ = KDTree(first).query(second)
    return float(max(np.percentile(there, percentile), np.percentile(back, percentile)))


def surface(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the pixels of a mask (H, W) that touch its outside: (N, 2) as row, column."""
    inner = mask.copy()
    inner[[0, -1]] = False
    inner[:, [0, -1]] = False
    inner[1:-1] &= mask[:-2] & mask[2:]
    inner[:, 1:-1] &= mask[:, :-2] & mask[:, 2:]
    rows, columns = np.nonzero(mask & ~inner)
    return np.stack([rows, columns], axis=1)


def _areas(a: Any, b: Any) -> tuple[int, int, int]:
    first, second = _masks(a, b)
    common = int(np.count_nonzero(first & second))
    return int(np.count_nonzero(first)), int(np.count_nonzero(second)), common


def _masks(a: Any, b: Any) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    masks = []
    for name, value in (("a", a), ("b", b)):
        array = np.asarray(value)
        if array.ndim != 2 or array.dtype != bool:
            raise ValueError(
                f"{name}: expected a bool mask (H, W), got {array.dtype} of shape {array.shape}"
            )
        masks.append(array)
    if masks[0].shape != masks[1].shape:
        raise ValueError(f"b: expected shape {masks[0].shape} as a has, got {masks[1].shape}")
    return masks[0], masks[1]


def _codes(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    categories: Sequence[Hashable],
    weights: Weights,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if weights not in WEIGHTS:
        raise _unknown_weights(weights)
    _check_lengths(a, b)
    places = {grade: place for place, grade in enumerate(categories)}
    for grade in (*a, *b):
        if grade not in places:
            raise ValueError(f"categories: expected every grade that was given, got no {grade!r}")
    codes = [np.array([places[grade] for grade in given], np.intp) for given in (a, b)]
    return codes[0], codes[1]


def _check_lengths(a: Sequence[Hashable], b: Sequence[Hashable]) -> None:
    if len(a) != len(b):
        raise ValueError(f"b: expected {len(a)} grades as a has, got {len(b)}")


def _unknown_weights(weights: Any) -> ValueError:
    return ValueError(f"weights: expected one of {', '.join(WEIGHTS)}, got {weights!r}")
