"""Does the sign of the evidence agree with the image's label (paper, B.1)."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor

HEALTHY, DISEASE = 0, 1
"""The classes of maps that come for all classes."""


class ConsistencyShares(NamedTuple):
    """What `activation_consistency` finds.

    Attributes:
        positive: r+, (n+,) float64 in [0, 1]: one share per diseased image, in their order.
        negative: r-, (n-,) float64 in [0, 1]: one share per healthy image, in their order.
    """

    positive: Tensor
    negative: Tensor


def activation_consistency(
    maps: Any, diseased: Any, healthy_map: Literal["disease", "class0"] = "disease"
) -> ConsistencyShares:
    """Share of cells with evidence for the disease on ill images, and against it on healthy ones.

    maps (N, h, w) real, of the disease, or (N, C, h, w) with disease = 1 and healthy = 0;
    diseased (N,) bool or 0/1 -> r+ (n+,) and r- (n-,) float64 in [0, 1].

    r+ is the share of cells > 0 on a diseased image, r- the share of cells < 0 on a healthy one,
    of the map as it is, not upsampled. NaN for a map that is not finite. The paper gives mean and
    standard deviation over the images.

    Args:
        maps: one map per image, or one per class.
        diseased: which images are ill.
        healthy_map: ``disease``: r- looks at the disease's map too. ``class0``, as released: at
            the healthy class's, so that maps of all classes are needed.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> maps = torch.tensor([[[2.0, 1.0], [0.0, -1.0]], [[-1.0, -3.0], [-2.0, 4.0]]])
        >>> activation_consistency(maps, torch.tensor([True, False])).positive
        tensor([0.5000], dtype=torch.float64)
        >>> activation_consistency(maps, torch.tensor([True, False])).negative
        tensor([0.7500], dtype=torch.float64)
    """
    if healthy_map not in ("disease", "class0"):
        raise ValueError(f"healthy_map: expected 'disease' or 'class0', got {healthy_map!r}")
    images = as_tensor(maps)
    ill = as_tensor(diseased, images.device)
    _check(images, ill, healthy_map)
    ill = ill.bool()
    disease = images[:, DISEASE] if images.ndim == 4 else images
    healthy = images[:, HEALTHY] if healthy_map == "class0" else disease
    disease, healthy = disease[ill], healthy[~ill]
    return ConsistencyShares(_share(disease > 0, disease), _share(healthy < 0, healthy))


def _share(cells: Tensor, maps: Tensor) -> Tensor:
    share = cells.flatten(1).double().mean(dim=1)
    return torch.where(maps.flatten(1).isfinite().all(dim=1), share, torch.nan)


def _check(images: Tensor, ill: Tensor, healthy_map: str) -> None:
    classes = images.ndim == 4 and images.shape[1] > max(HEALTHY, DISEASE)
    plain = images.ndim == 3 and healthy_map == "disease"
    if not (classes or plain) or 0 in images.shape[-2:]:
        expected = "(N, C, h, w) with C of at least 2"
        if healthy_map == "disease":
            expected = f"(N, h, w), or {expected}"
        raise ValueError(f"maps: expected shape {expected}, got {tuple(images.shape)}")
    if ill.shape != images.shape[:1]:
        raise ValueError(
            f"diseased: expected shape (N,) with N = {len(images)}, got {tuple(ill.shape)}"
        )
    if not ((ill == 0) | (ill == 1)).all():
        raise ValueError("diseased: expected bool, or 0 and 1 only, got other values")
