"""Numbers that are made of all images together, for many resamples of them at once. Free of torch.

Each is a statistic in the sense of `softcam_core.metrics.intervals`: how often each image is in
each resample, (R, N) -> the number of each resample, (R,). Every image once gives the number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from softcam_core.evaluation.gathered import THRESHOLDS, Flags, Floats, Histograms
from softcam_core.metrics.intervals import Statistic


class BestShare:
    """Percentage of images that are right, at the threshold that is best for all of them.

    Choe et al. 2020: MaxBoxAcc, and each of the three parts of MaxBoxAccV2.
    """

    def __init__(self, right: NDArray[np.uint8], keep: Flags) -> None:
        """Look at the images ``keep`` (N,) of ``right`` (N, 125), packed bits over thresholds."""
        self._right, self._keep = right, keep
        bits = np.unpackbits(right, axis=1, count=THRESHOLDS)
        # A map has 256 grey levels: most thresholds have the same images right as the one before.
        changes = (bits[:, 1:] != bits[:, :-1]).any(axis=0)
        self._distinct = np.concatenate([[0], 1 + np.flatnonzero(changes)])

    def __call__(self, times: Floats) -> Floats:
        """Return the percentage in each resample; NaN in one without any of the images."""
        bits = np.unpackbits(self._right, axis=1, count=THRESHOLDS)[:, self._distinct]
        right = (times @ (bits * self._keep[:, None]).astype(np.float64)).max(axis=1)
        return _share(100 * right, times @ self._keep.astype(np.float64))


class MeanOf:
    """The mean of several statistics."""

    def __init__(self, statistics: Sequence[Statistic]) -> None:
        """Take their mean."""
        self._statistics = statistics

    def __call__(self, times: Floats) -> Floats:
        """Return the mean in each resample."""
        found: Floats = np.mean([one(times) for one in self._statistics], axis=0)
        return found


class PixelPrecision:
    """PxAP: average precision over the pixels of all images, from their histograms.

    Choe et al. 2020; as `softcam_core.metrics.pxap_from_histograms` of the summed histograms.
    """

    def __init__(self, histograms: Histograms, keep: Flags) -> None:
        """Look at the images ``keep`` (N,)."""
        self._histograms, self._keep = histograms, keep

    def __call__(self, times: Floats) -> Floats:
        """Return the percentage in each resample; NaN where no pixel is marked."""
        bins = self._histograms.bins
        sums = np.zeros((len(times), 2 * bins))
        for images, counts in self._histograms.blocks():
            chosen = self._keep[images]
            sums += times[:, images[chosen]] @ counts[chosen].astype(np.float64)
        # From the highest score downwards: what lies at or above each threshold.
        positive, counted = sums.reshape(-1, 2, bins)[:, :, ::-1].transpose(1, 0, 2)
        found, taken = positive.cumsum(axis=1), counted.cumsum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            precision = np.where(taken > 0, found / taken, 0)
            area: Floats = 100 * (precision * positive / found[:, -1:]).sum(axis=1)
        return area


def _share(above: Floats, below: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / below, np.nan)
