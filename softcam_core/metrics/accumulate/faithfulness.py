"""How faithful maps are to the model, over a data set."""

from __future__ import annotations

from typing import Any

from softcam_core.metrics.accumulate.base import PerImage
from softcam_core.metrics.deletion import Predict
from softcam_core.metrics.faithfulness import (
    InsertionScore,
    Score,
    area_under_deletion_curve,
    deletion_curve,
    insertion_curve,
)
from softcam_core.metrics.masking import drops, increases
from softcam_core.metrics.names import PATCH, TOP_K


class DeletionCurve(PerImage):
    """Mean of `deletion_curve`, (k + 1,)."""

    def __init__(
        self, k: int = TOP_K, patch: int = PATCH, score: Score = "ratio", batch: int = 16
    ) -> None:
        """Take the options of the function."""
        super().__init__(k=k, patch=patch, score=score, batch=batch)
        self.length = k + 1

    def update(self, predict: Predict, images: Any, maps: Any, classes: Any) -> None:
        """Take some images (N, 3, H, W), their maps (N, h, w) and the classes to follow (N,)."""
        self.add_values(deletion_curve(predict, images, maps, classes, **self.options))


class InsertionCurve(PerImage):
    """Mean of `insertion_curve`, (k + 1,)."""

    def __init__(
        self, k: int = TOP_K, patch: int = PATCH, score: InsertionScore = "ratio", batch: int = 16
    ) -> None:
        """Take the options of the function."""
        super().__init__(k=k, patch=patch, score=score, batch=batch)
        self.length = k + 1

    def update(self, predict: Predict, images: Any, maps: Any, classes: Any) -> None:
        """Take some images (N, 3, H, W), their maps (N, h, w) and the classes to follow (N,)."""
        self.add_values(insertion_curve(predict, images, maps, classes, **self.options))


class AreaUnderDeletionCurve(PerImage):
    """Mean of `area_under_deletion_curve`, of curves of any kind."""

    def update(self, curves: Any) -> None:
        """Take some images' curves (N, k + 1)."""
        self.add_values(area_under_deletion_curve(curves))


class AverageDrop(PerImage):
    """`average_drop`, in percent.

    Example:
        >>> metric = AverageDrop()
        >>> metric.update([0.8], [0.4])
        >>> metric.update([0.5, 0.0], [0.9, 0.1])
        >>> value, n, undefined, _ = metric.compute()
        >>> float(value), n, undefined
        (25.0, 2, 1)
    """

    def update(self, p: Any, p_masked: Any) -> None:
        """Take some images' probabilities (N,), on the image and on the masked one."""
        self.add_values(drops(p, p_masked))


class IncreaseInConfidence(PerImage):
    """`increase_in_confidence`, in percent."""

    def update(self, p: Any, p_masked: Any) -> None:
        """Take some images' probabilities (N,), on the image and on the masked one."""
        self.add_values(increases(p, p_masked))
