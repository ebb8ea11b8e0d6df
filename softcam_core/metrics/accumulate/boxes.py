"""Weakly supervised localization over a data set, in percent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from softcam_core.metrics.accumulate.base import Accumulator, Measured, PerImage, pooled
from softcam_core.metrics.arrays import as_tensor
from softcam_core.metrics.boxes import THRESHOLDS
from softcam_core.metrics.pixels import BINS, pxap_from_histograms, pxap_histograms
from softcam_core.metrics.wsol import (
    V2_IOUS,
    check_share,
    gt_known_localization,
    iou_table,
    top1_localization,
)
from softcam_core.metrics.wsol_inputs import check_maps


class _BestThreshold(Accumulator):
    """Share of images that are right at the threshold that is best for all of them together."""

    overlaps: tuple[float, ...]
    largest: bool

    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""
        right = torch.zeros(len(self.overlaps), len(THRESHOLDS), dtype=torch.int64)
        return {"right": right, "n": 0, "undefined": 0}

    def update(self, score_maps: Any, boxes: Sequence[Any]) -> None:
        """Take some images' score maps (N, h, w) and boxes, (n_i, 4) for each."""
        table = iou_table(score_maps, boxes, self.largest).cpu()
        if not len(table):
            return
        undefined = int(table[:, 0].isnan().sum())
        right = torch.stack([(table >= overlap).sum(dim=0) for overlap in self.overlaps])
        self.add({"right": right, "n": len(table) - undefined, "undefined": undefined})

    def compute(self) -> Measured:
        """Return the percentage of all images so far, for each overlap."""
        n = self.state["n"]
        best = self.state["right"].amax(dim=1).double()
        share = best * 100 / n if n else torch.full_like(best, torch.nan)
        return pooled(share, n, self.state["undefined"])


class MaxBoxAcc(_BestThreshold):
    """`max_box_acc`.

    Example:
        >>> metric = MaxBoxAcc()
        >>> metric.update(torch.eye(4)[None], [[[0, 0, 3, 3]]])
        >>> metric.update(torch.eye(4)[None], [[[0, 0, 1, 1]]])
        >>> metric.compute().value
        tensor(50., dtype=torch.float64)
    """

    largest = True

    def __init__(self, iou: float = 0.5) -> None:
        """Take the options of the function."""
        check_share("iou", iou)
        self.overlaps = (iou,)
        super().__init__(iou=iou)

    def compute(self) -> Measured:
        """Return the percentage of all images so far."""
        value, n, undefined, _ = super().compute()
        return pooled(value[0], n, undefined)


class MaxBoxAccV2(_BestThreshold):
    """`max_box_acc_v2`, (3,); the headline is the mean of the three."""

    largest = False
    overlaps = V2_IOUS


class GtKnownLocalization(PerImage):
    """Percentage of `gt_known_localization`."""

    def __init__(
        self, threshold: float = 0.2, iou: float = 0.5, first_box_only: bool = False
    ) -> None:
        """Take the options of the function."""
        super().__init__(threshold=threshold, iou=iou, first_box_only=first_box_only)

    def update(self, score_maps: Any, boxes: Sequence[Any]) -> None:
        """Take some images' score maps (N, h, w) and boxes, (n_i, 4) for each."""
        self.add_values(100 * gt_known_localization(score_maps, boxes, **self.options).double())


class Top1Localization(PerImage):
    """Percentage of `top1_localization`."""

    def __init__(
        self, threshold: float = 0.2, iou: float = 0.5, first_box_only: bool = False
    ) -> None:
        """Take the options of the function."""
        super().__init__(threshold=threshold, iou=iou, first_box_only=first_box_only)

    def update(self, score_maps: Any, boxes: Sequence[Any], correct: Any) -> None:
        """Take score maps (N, h, w), boxes, and whether the classifier is right, (N,)."""
        found = top1_localization(score_maps, boxes, correct, **self.options)
        self.add_values(100 * found.double())


class PxAP(Accumulator):
    """`pxap`; an image whose map is not finite, or of which no pixel counts, is undefined."""

    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""
        return {"pixels": torch.zeros(2, BINS, dtype=torch.int64), "n": 0, "undefined": 0}

    def update(self, score_maps: Any, masks: Any) -> None:
        """Take some images' score maps (N, H, W) and masks (N, H, W) of 0, 1 and 255."""
        images = check_maps(score_maps)
        truths = as_tensor(masks, images.device)
        if truths.shape != images.shape:
            raise ValueError(
                f"masks: expected shape {tuple(images.shape)}, as score_maps, "
                f"got {tuple(truths.shape)}"
            )
        for image, mask in zip(images, truths, strict=True):
            pixels = pxap_histograms(image, mask).cpu()
            counted = bool(pixels[1].any())
            self.add({"pixels": pixels, "n": int(counted), "undefined": int(not counted)})

    def compute(self) -> Measured:
        """Return the percentage of all images so far."""
        value = pxap_from_histograms(self.state["pixels"])
        return pooled(value, self.state["n"], self.state["undefined"])
