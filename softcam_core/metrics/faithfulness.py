"""How fast a prediction falls as the patches that a map calls important go (paper, B.4).

A curve is a probability relative to that of the untouched image; the area under it is the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args, overload

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor
from softcam_core.metrics.deletion import Curve, Mode, Predict, occlusion_curves

Score = Literal["ratio", "probability", "accuracy", "top1_clipped"]
InsertionScore = Literal["ratio", "probability"]
DISEASED = 1
"""The class that the released accuracy curve follows."""


@overload
def deletion_curve(
    predict: Predict,
    images: Any,
    maps: Any,
    classes: Any,
    k: int = 30,
    patch: int = 33,
    score: Score = "ratio",
    return_used: Literal[False] = False,
    batch: int | None = None,
) -> Tensor: ...


@overload
def deletion_curve(
    predict: Predict,
    images: Any,
    maps: Any,
    classes: Any,
    k: int = 30,
    patch: int = 33,
    score: Score = "ratio",
    *,
    return_used: Literal[True],
    batch: int | None = None,
) -> tuple[Tensor, Tensor]: ...


def deletion_curve(
    predict: Predict,
    images: Any,
    maps: Any,
    classes: Any,
    k: int = 30,
    patch: int = 33,
    score: Score = "ratio",
    return_used: bool = False,
    batch: int | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Probability of a class while the patches that a map ranks highest are set to 0 (paper, B.4).

    images (N, 3, H, W) normalised; maps (N, h, w) real; classes (N,) -> (N, k + 1) float64,
    relative to the untouched image: 1 at k = 0, not clipped.

    Patches of ``patch`` x ``patch`` pixels from (0, 0), edge patches kept, ranked by the mean of
    the bicubically upsampled map (of equal ones the first in reading order comes first), are set
    to 0 in normalised space one after another. An image with fewer patches than k holds its last
    value. A row is NaN if its map is not finite, or its untouched probability is 0.

    Args:
        predict: (B, 3, H, W) -> probabilities (B, C).
        images: the inputs of the model.
        maps: one map per image, of the class in question.
        classes: the class to follow: the prediction for the untouched image.
        k: patches to take away.
        patch: their side in pixels.
        score: ``ratio``; ``probability``: not divided; ``top1_clipped``, as released: the largest
            probability whatever its class, relative, and at most 1; ``accuracy``, as released:
            1 where class 1 is predicted, else 0, and NaN for images of other classes.
        return_used: also return how many patches each image had to give, (N,) int64: below k
            the last value is held, and it is 0 where the map is not finite.
        batch: images per call of ``predict``; by default as many as are quick.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> def predict(x):  # the brightness of the left half decides
        ...     p = 0.9 * x[:, 0, :, :33].mean(dim=(1, 2))
        ...     return torch.stack([1 - p, p], dim=1)
        >>> left = torch.tensor([[[1.0, 0.0]]])
        >>> deletion_curve(predict, torch.ones(1, 3, 33, 66), left, [1], k=2)
        tensor([[1., 0., 0.]], dtype=torch.float64)
    """
    _check_choice("score", score, get_args(Score))
    curves, classes = _curves(predict, images, maps, classes, k, patch, "deletion", batch)
    rows = [_scored(curve, score) for curve, _ in curves]
    if score == "accuracy":
        rows = [
            row if label == DISEASED else torch.full_like(row, torch.nan)
            for row, label in zip(rows, classes, strict=True)
        ]
    values = torch.stack(rows) if rows else torch.zeros(0, k + 1, dtype=torch.float64)
    if not return_used:
        return values
    return values, torch.tensor([curve.used for curve, _ in curves], dtype=torch.int64)


def insertion_curve(
    predict: Predict,
    images: Any,
    maps: Any,
    classes: Any,
    k: int = 30,
    patch: int = 33,
    score: InsertionScore = "ratio",
    batch: int | None = None,
) -> Tensor:
    """Probability of a class while the patches that a map ranks highest come into an empty image.

    images (N, 3, H, W) normalised; maps (N, h, w) real; classes (N,) -> (N, k + 1) float64,
    relative to the untouched image, not clipped; a higher curve is a more faithful map.

    As `deletion_curve`, but the image starts as zeros in normalised space and its patches are put
    in. An image with no more than k patches ends at 1.

    Args:
        predict: (B, 3, H, W) -> probabilities (B, C).
        images: the inputs of the model.
        maps: one map per image, of the class in question.
        classes: the class to follow: the prediction for the untouched image.
        k: patches to put in.
        patch: their side in pixels.
        score: ``ratio``; ``probability``: not divided.
        batch: images per call of ``predict``; by default as many as are quick.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> def predict(x):  # the brightness of the left half decides
        ...     p = 0.9 * x[:, 0, :, :33].mean(dim=(1, 2))
        ...     return torch.stack([1 - p, p], dim=1)
        >>> left = torch.tensor([[[1.0, 0.0]]])
        >>> insertion_curve(predict, torch.ones(1, 3, 33, 66), left, [1], k=2)
        tensor([[0., 1., 1.]], dtype=torch.float64)
    """
    _check_choice("score", score, get_args(InsertionScore))
    curves, _ = _curves(predict, images, maps, classes, k, patch, "insertion", batch)
    rows = [
        curve.values if score == "probability" else relative(curve.values, original)
        for curve, original in curves
    ]
    return torch.stack(rows) if rows else torch.zeros(0, k + 1, dtype=torch.float64)


def area_under_deletion_curve(curves: Any) -> Tensor:
    """Area under curves of any kind, by trapezoids over linspace(0, 1, k + 1).

    curves (N, k + 1) -> (N,) float64; NaN if any of the curve is NaN.

    Of relative probabilities in a deletion, lower is more faithful; it is above 1 where taking
    patches away makes the model surer.

    Raises:
        ValueError: a wrong shape.

    Example:
        >>> area_under_deletion_curve(torch.tensor([[1.0, 0.5, 0.0]]))
        tensor([0.5000], dtype=torch.float64)
    """
    values = as_tensor(curves).double()
    if values.ndim != 2 or values.shape[1] < 2:
        raise ValueError(
            f"curves: expected shape (N, k + 1) with k >= 1, got {tuple(values.shape)}"
        )
    return torch.trapezoid(values, dx=1 / (values.shape[1] - 1), dim=1)


def relative(values: Tensor, original: Tensor | float) -> Tensor:
    """Return probabilities over that of the untouched image, NaN where that is 0."""
    return torch.where(torch.as_tensor(original) == 0, torch.nan, values / original)


def _scored(curve: Curve, score: Score) -> Tensor:
    if score == "ratio":
        return relative(curve.values, curve.values[0])
    if score == "probability":
        return curve.values
    if score == "accuracy":
        hits = (curve.predicted == DISEASED).double()
        return hits.masked_fill(curve.predicted < 0, torch.nan)
    largest = curve.probabilities.amax(dim=1)
    return relative(largest, largest[0]).clamp(max=1)


def _curves(
    predict: Predict,
    images: Any,
    maps: Any,
    classes: Any,
    k: int,
    patch: int,
    mode: Mode,
    batch: int | None,
) -> tuple[list[tuple[Curve, Tensor]], list[int]]:
    """Return each image's curve and its class's untouched probability, and the classes."""
    pictures, attributions, labels = as_tensor(images), as_tensor(maps), as_tensor(classes)
    if pictures.ndim != 4 or 0 in pictures.shape[1:]:
        raise ValueError(f"images: expected shape (N, 3, H, W), got {tuple(pictures.shape)}")
    count = len(pictures)
    if attributions.ndim != 3 or len(attributions) != count or 0 in attributions.shape[1:]:
        raise ValueError(
            f"maps: expected shape (N, h, w) with N = {count}, got {tuple(attributions.shape)}"
        )
    if labels.shape != (count,) or labels.is_floating_point():
        raise ValueError(
            f"classes: expected {count} whole numbers, shape ({count},), got {labels.dtype} of "
            f"shape {tuple(labels.shape)}"
        )
    indices: list[int] = labels.tolist()
    curves = []
    for image, one, index in zip(pictures, attributions, indices, strict=True):
        found = occlusion_curves(predict, image, [one], index, k, patch, mode, batch)
        curves.append((found[0], found.original[index]))
    return curves, indices


def _check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise ValueError(f"{name}: expected one of {', '.join(choices)}, got {value!r}")
