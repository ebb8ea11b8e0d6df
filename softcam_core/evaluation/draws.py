"""The resamples of a run's images, the same for every number of it. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from softcam_core.evaluation.gathered import Flags, Floats, Gathered
from softcam_core.metrics.intervals import (
    Statistic,
    group_numbers,
    percentile_interval,
    resampled,
)

BY_IMAGE, BY_PATIENT = "bootstrap by image", "bootstrap by patient"
ROUNDING = 1e-11
"""By so much numbers differ that are the same but for rounding."""


class Draws:
    """Draws images anew, or patients where some have several."""

    def __init__(self, found: Gathered, resamples: int, seed: int) -> None:
        """Draw ``resamples`` times from the images of a run."""
        self.images = found.images
        self.groups: NDArray[np.int64] | None = found.patients if found.by_patient else None
        self.text = BY_PATIENT if found.by_patient else BY_IMAGE
        self._patients = found.patients
        self._resamples, self.seed = resamples, seed
        self.unit = "patient" if found.by_patient else "image"

    def values(self, statistics: Sequence[Statistic]) -> Floats:
        """Return each statistic of each resample, (S, R)."""
        return resampled(self.images, statistics, self.seed, self._resamples, self.groups)

    def units(self, images: Flags) -> int:
        """Return how many patients (or images) some images come from."""
        return len(np.unique(self._patients[images]))

    def by_unit(self, values: Floats) -> Floats:
        """Return the sum of each patient's (or image's) values: (N,) -> (U,)."""
        places = group_numbers(self._patients, self.images)
        sums: Floats = np.bincount(places, values).astype(np.float64)
        return sums

    def interval(self, values: Floats, images: Flags) -> tuple[float, float]:
        """Return (low, high) of resamples (R,) of a number over ``images``.

        NaN for one patient, and where all resamples agree: that says nothing about how sure the
        number is.
        """
        if self.units(images) < 2:
            return math.nan, math.nan
        low, high = percentile_interval(values)
        if math.isclose(low, high, rel_tol=ROUNDING, abs_tol=ROUNDING):
            return math.nan, math.nan
        return low, high
