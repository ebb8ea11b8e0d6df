"""Made predictions, resamples drawn one image after another, and DeLong through all pairs."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


def predictions(
    classes: int, images: int = 300, ties: bool = False, seed: int = 0
) -> tuple[NDArray, NDArray]:
    """Probabilities (N, C) that are right more often than not, and labels (N,)."""
    rng = np.random.default_rng(seed + classes)
    labels = rng.integers(0, classes, images)
    scores = np.exp(rng.normal(size=(images, classes)) + np.eye(classes)[labels])
    p = scores / scores.sum(1, keepdims=True)
    return (np.round(p, 1) if ties else p), labels


def drawn(
    cases: int, seed: int, resamples: int, groups: Sequence | None = None
) -> Iterator[list[int]]:
    """The images of each resample, one after another: patients first, then all of theirs."""
    random = np.random.default_rng(seed)
    whose = list(range(cases)) if groups is None else list(groups)
    people = list(dict.fromkeys(whose))
    for _ in range(resamples):
        chosen = [people[i] for i in random.integers(0, len(people), len(people))]
        yield [i for person in chosen for i in range(cases) if whose[i] == person]


def placements(scores: Sequence, labels: Sequence) -> tuple[list[float], float]:
    """Each image's share of the other side's images that it is in order with, and the AUC."""

    def kernel(i: int, j: int) -> float:
        high, low = (i, j) if labels[i] else (j, i)
        return float(scores[high] > scores[low]) + 0.5 * float(scores[high] == scores[low])

    every = range(len(scores))
    shares = []
    for i in every:
        others = [j for j in every if labels[j] != labels[i]]
        shares.append(sum(kernel(i, j) for j in others) / len(others))
    positive = [share for share, label in zip(shares, labels, strict=True) if label]
    return shares, sum(positive) / len(positive)


def covariance(a: Sequence, b: Sequence, labels: Sequence) -> NDArray[np.float64]:
    """DeLong's covariance (2, 2) of the AUCs of two scores: (S10 / m + S01 / n), by numpy.cov."""
    both = np.array([placements(a, labels)[0], placements(b, labels)[0]])
    truth = np.array(labels, bool)
    positive, negative = both[:, truth], both[:, ~truth]
    return np.cov(positive) / positive.shape[1] + np.cov(negative) / negative.shape[1]


def clustered_covariance(
    a: Sequence, b: Sequence, labels: Sequence, groups: Sequence
) -> NDArray[np.float64]:
    """Obuchowski's covariance (2, 2) of the AUCs of two scores (1997), a loop over patients."""
    found = [placements(a, labels), placements(b, labels)]
    m, n = sum(map(bool, labels)), sum(not label for label in labels)
    people = list(dict.fromkeys(groups))
    s10, s01, s11 = np.zeros((3, 2, 2))
    with_positive = with_negative = 0
    for person in people:
        mine = [i for i in range(len(labels)) if groups[i] == person]
        positive = [i for i in mine if labels[i]]
        negative = [i for i in mine if not labels[i]]
        with_positive += bool(positive)
        with_negative += bool(negative)
        x, y = (
            [sum(v[i] for i in side) - len(side) * area for v, area in found]
            for side in (positive, negative)
        )
        s10 += np.outer(x, x)
        s01 += np.outer(y, y)
        s11 += np.outer(x, y)
    s10 *= with_positive / ((with_positive - 1) * m)
    s01 *= with_negative / ((with_negative - 1) * n)
    s11 *= len(people) / (len(people) - 1)
    return s10 / m + s01 / n + (s11 + s11.T) / (m * n)


def normal_tail(z: float) -> float:
    """Two-sided p of a standard normal."""
    return math.erfc(abs(z) / math.sqrt(2))
