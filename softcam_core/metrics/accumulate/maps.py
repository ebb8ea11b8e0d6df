"""Where maps lie, and whether their sign agrees, over a data set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import torch

from softcam_core.metrics.accumulate.base import (
    Accumulator,
    Measured,
    PerImage,
    measured,
    pooled,
)
from softcam_core.metrics.consistency import activation_consistency
from softcam_core.metrics.localization import activation_precision, activation_sensitivity
from softcam_core.metrics.names import PATCH, TOP_K
from softcam_core.metrics.patches import Edge, Score
from softcam_core.metrics.pointing import TOLERANCE, mean_iou, pointing_game
from softcam_core.metrics.topk import counts_per_image


class ActivationPrecision(PerImage):
    """Mean of `activation_precision`.

    Example:
        >>> metric = ActivationPrecision()
        >>> lesion = torch.tensor([[[True, False], [False, False]]])
        >>> metric.update(torch.tensor([[[3.0, 1.0], [-2.0, 0.0]]]), lesion)
        >>> metric.update(torch.zeros(1, 2, 2), lesion)
        >>> value, n, undefined, _ = metric.compute()
        >>> float(value), n, undefined
        (0.75, 1, 1)
    """

    def __init__(self, zero: Literal["nan", "released"] = "nan", minmax: bool = False) -> None:
        """Take the options of the function."""
        super().__init__(zero=zero, minmax=minmax)

    def update(self, maps: Any, masks: Any) -> None:
        """Take some images' maps (N, h, w) and masks (N, H, W)."""
        self.add_values(activation_precision(maps, masks, **self.options))


class ActivationSensitivity(PerImage):
    """Mean of `activation_sensitivity`."""

    def update(self, maps: Any, masks: Any) -> None:
        """Take some images' maps (N, h, w) and masks (N, H, W)."""
        self.add_values(activation_sensitivity(maps, masks))


class PointingGame(PerImage):
    """Share of hits of `pointing_game`."""

    def __init__(self, tolerance: float = TOLERANCE) -> None:
        """Take the options of the function."""
        super().__init__(tolerance=tolerance)

    def update(self, maps: Any, masks: Any) -> None:
        """Take some images' maps (N, h, w) and masks (N, H, W)."""
        self.add_values(pointing_game(maps, masks, **self.options))


class MeanIoU(PerImage):
    """Mean of `mean_iou`."""

    def update(self, maps: Any, masks: Any) -> None:
        """Take some images' maps (N, h, w) and masks (N, H, W)."""
        self.add_values(mean_iou(maps, masks))


class TopKLocalizationPrecision(Accumulator):
    """`topk_localization_precision`, (k,), pooled; an image without a positive patch is undefined.

    Example:
        >>> metric = TopKLocalizationPrecision(k=2)
        >>> lesion = torch.zeros(1, 66, 66, dtype=torch.bool)
        >>> lesion[0, 5:9, 5:9] = True
        >>> metric.update(torch.tensor([[[4.0, 2.0], [-1.0, -1.0]]]), lesion)
        >>> metric.compute().value
        tensor([1.0000, 0.5000], dtype=torch.float64)
    """

    def __init__(
        self,
        k: int = TOP_K,
        patch: int = PATCH,
        score: Score = "mean",
        edge: Edge = "keep",
        above: float = 0.0,
    ) -> None:
        """Take the options of the function."""
        super().__init__(k=k, patch=patch, score=score, edge=edge, above=above)

    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""
        none = torch.zeros(self.options["k"], dtype=torch.int64)
        return {"hits": none, "patches": none, "n": 0, "undefined": 0}

    def update(self, maps: Any, masks: Any, top: int | Sequence[int] = 0) -> None:
        """Take some images' maps (N, h, w) and masks (N, H, W)."""
        hits, patches = (
            counts.cpu() for counts in counts_per_image(maps, masks, top=top, **self.options)
        )
        defined = int((patches[:, -1] > 0).sum())
        self.add(
            {
                "hits": hits.sum(dim=0),
                "patches": patches.sum(dim=0),
                "n": defined,
                "undefined": len(patches) - defined,
            }
        )

    def compute(self) -> Measured:
        """Return the precision of all images so far."""
        share = self.state["hits"] / self.state["patches"].double()
        return pooled(share, self.state["n"], self.state["undefined"])


class ConsistencyMeasured(NamedTuple):
    """What `ActivationConsistency` computes.

    Attributes:
        positive: r+ over the diseased images.
        negative: r- over the healthy images.
    """

    positive: Measured
    negative: Measured


class ActivationConsistency(Accumulator):
    """Mean and standard deviation of `activation_consistency`."""

    def __init__(self, healthy_map: Literal["disease", "class0"] = "disease") -> None:
        """Take the options of the function."""
        super().__init__(healthy_map=healthy_map)

    def empty(self) -> dict[str, Any]:
        """Return the state before the first image."""
        return {"positive": [], "negative": []}

    def update(self, maps: Any, diseased: Any) -> None:
        """Take some images' maps (N, h, w) or (N, C, h, w), and which are ill, (N,)."""
        found = activation_consistency(maps, diseased, **self.options)
        self.add({name: values.tolist() for name, values in found._asdict().items()})

    def compute(self) -> ConsistencyMeasured:
        """Return r+ and r- of all images so far."""
        return ConsistencyMeasured(
            *(measured(self.state[name]) for name in ("positive", "negative"))
        )
