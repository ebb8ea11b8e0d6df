"""Numbers about predictions over a data set."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np
import torch

from softcam_core.metrics import classification
from softcam_core.metrics.accumulate.base import Accumulator, Measured, pooled
from softcam_core.metrics.weighted import BINS, checked


class _Predictions(Accumulator):
    """Keeps the probabilities and labels of all images; one whose probabilities hold NaN is out."""

    @abstractmethod
    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""

    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""
        return {"probabilities": [], "labels": []}

    def update(self, probabilities: Any, labels: Any) -> None:
        """Take some images' probabilities (N, C) and the numbers of their classes (N,)."""
        p, y = checked(probabilities, labels)
        if self.state["probabilities"] and p.shape[1] != len(self.state["probabilities"][0]):
            raise ValueError(
                f"probabilities: expected {len(self.state['probabilities'][0])} classes as "
                f"before, got {p.shape[1]}"
            )
        self.add({"probabilities": p.tolist(), "labels": y.tolist()})

    def compute(self) -> Measured:
        """Return the number of all images so far."""
        if not self.state["labels"]:
            return pooled(torch.tensor(torch.nan), 0, 0)
        p = np.array(self.state["probabilities"], dtype=np.float64)
        y = np.array(self.state["labels"], dtype=np.int64)
        known = ~np.isnan(p).any(axis=1)
        p, y = p[known], y[known]
        # In one order, so that the order of the images changes no rounding.
        order = np.lexsort((*p.T, y))
        value = self.measure(p[order], y[order])
        undefined = int((~known).sum())
        return pooled(torch.tensor(value, dtype=torch.float64), len(y), undefined)


class Accuracy(_Predictions):
    """`accuracy`.

    Example:
        >>> metric = Accuracy()
        >>> metric.update([[0.75, 0.25]], [0])
        >>> metric.update([[0.5, 0.5]], [1])
        >>> metric.compute().value
        tensor(0.5000, dtype=torch.float64)
    """

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.accuracy(probabilities, labels)


class Auc(_Predictions):
    """`auc`."""

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.auc(probabilities, labels)


class AveragePrecision(_Predictions):
    """`average_precision`."""

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.average_precision(probabilities, labels)


class QuadraticKappa(_Predictions):
    """`quadratic_kappa`."""

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.quadratic_kappa(probabilities, labels)


class Sensitivity(_Predictions):
    """`sensitivity`."""

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.sensitivity(probabilities, labels)


class Specificity(_Predictions):
    """`specificity`."""

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.specificity(probabilities, labels)


class CalibrationError(_Predictions):
    """`calibration_error`."""

    def __init__(self, bins: int = BINS) -> None:
        """Take the options of the function."""
        super().__init__(bins=bins)

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.calibration_error(probabilities, labels, **self.options)


class BrierScore(_Predictions):
    """`brier_score`."""

    def measure(self, probabilities: Any, labels: Any) -> float:
        """Return the number of some images."""
        return classification.brier_score(probabilities, labels)
