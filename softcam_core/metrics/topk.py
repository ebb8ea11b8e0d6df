"""How many of the patches that a map ranks highest hold a lesion (paper, B.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor, checked_maps
from softcam_core.metrics.names import PATCH, TOP_K
from softcam_core.metrics.patches import Edge, Score, patch_hits, patch_scores

BRIGHT = 80
"""A pixel of 0..255 is bright above this, in the authors' code."""
RELEASED_ABOVE = 1.0
"""The score that a patch must exceed in the authors' code."""


def topk_localization_precision(
    maps: Any,
    masks: Any,
    k: int = TOP_K,
    patch: int = PATCH,
    score: Score = "mean",
    edge: Edge = "keep",
    per_image: bool = False,
    top: int | Sequence[int] = 0,
    above: float = 0.0,
) -> Tensor:
    """Share of the highest patches that hold a lesion, for 1 to ``k`` of each image (paper, B.3).

    maps (N, h, w) real; masks (N, H, W) bool or 0/1 -> (k,) float64 in [0, 1].

    The bicubically upsampled map is cut into patches from (0, 0); the k with the highest score are
    taken, but only those with a score above 0; equal ones in reading order. A patch is a hit if any
    of its pixels is marked. Hits and patches are added up over all images before they are divided.
    An image with too few positive patches, or too few patches at all, gives what it has, and one
    whose map is not finite gives none. NaN if no image gives any.

    Args:
        maps: one map per image, of the class in question.
        masks: the lesions. On an image without any, every patch is a miss.
        k: patches of an image to look at, at most.
        patch: their side in pixels.
        score: ``mean`` or ``max`` of the patch.
        edge: ``keep`` the narrower patches at the right and lower edges, or ``drop`` them.
        per_image: give (N, k), each image by itself; NaN if its mask is empty or none of its
            patches is positive.
        top: row where the first patches begin, of all images or of each.
        above: the score that a patch must exceed.

    The authors' released variant is ``top=first_bright_row(images)`` with ``above=1``.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> lesion = torch.zeros(1, 66, 66, dtype=torch.bool)
        >>> lesion[0, 5:9, 5:9] = True
        >>> topk_localization_precision(torch.tensor([[[4.0, 2.0], [-1.0, -1.0]]]), lesion, k=3)
        tensor([1.0000, 0.5000, 0.5000], dtype=torch.float64)
    """
    hits, patches = counts_per_image(maps, masks, k, patch, score, edge, top, above)
    if per_image:
        marked = as_tensor(masks, hits.device).flatten(1).any(dim=1, keepdim=True)
        return torch.where(marked, hits / patches.double(), torch.nan)
    return hits.sum(dim=0) / patches.sum(dim=0).double()


def counts_per_image(
    maps: Any,
    masks: Any,
    k: int = TOP_K,
    patch: int = PATCH,
    score: Score = "mean",
    edge: Edge = "keep",
    top: int | Sequence[int] = 0,
    above: float = 0.0,
) -> tuple[Tensor, Tensor]:
    """Hits and patches of each image among its 1 to ``k`` highest, (N, k) int64 each.

    The arguments are those of `topk_localization_precision`.

    Raises:
        ValueError: wrong shapes or values.
    """
    maps, masks = checked_maps(maps, masks)
    tops = _tops(top, len(maps))
    if len(set(tops)) > 1:
        found = [
            _counts(maps[i, None], masks[i, None], k, patch, score, edge, row, above)
            for i, row in enumerate(tops)
        ]
        hits, patches = (torch.cat(parts) for parts in zip(*found, strict=True))
        return hits, patches
    return _counts(maps, masks, k, patch, score, edge, tops[0] if tops else 0, above)


def topk_counts(
    image: Any,
    mask: Any,
    k: int = TOP_K,
    patch: int = PATCH,
    score: Score = "mean",
    edge: Edge = "keep",
    top: int = 0,
    above: float = 0.0,
) -> tuple[Tensor, Tensor]:
    """Hits and patches of one image, among its 1 to ``k`` highest.

    image (h, w) real; mask (H, W) bool or 0/1 -> (k,), (k,) int64. Added up over images and
    divided they are `topk_localization_precision`, whose arguments these are.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> lesion = torch.zeros(66, 66, dtype=torch.bool)
        >>> lesion[5:9, 5:9] = True
        >>> topk_counts(torch.tensor([[4.0, 2.0], [-1.0, -1.0]]), lesion, k=3)
        (tensor([1, 1, 1]), tensor([1, 2, 2]))
    """
    for name, value in (("image", image), ("mask", mask)):
        if as_tensor(value).ndim != 2:
            raise ValueError(
                f"{name}: expected shape (height, width), got {tuple(as_tensor(value).shape)}"
            )
    hits, patches = counts_per_image(
        as_tensor(image)[None], as_tensor(mask)[None], k, patch, score, edge, top, above
    )
    return hits[0], patches[0]


def first_bright_row(images: Any, bright: float = BRIGHT) -> list[int]:
    """First row of each image with a pixel brighter than ``bright``; 0 where there is none.

    images (N, H, W) grey or (N, 3, H, W) RGB, in 0..255 -> N rows. The authors' code begins its
    patches there, below the black border of a photograph.

    Raises:
        ValueError: wrong shape.

    Example:
        >>> import torch
        >>> first_bright_row(torch.tensor([[[0, 0], [9, 90], [0, 200]]]))
        [1]
    """
    pixels = as_tensor(images).double()
    if pixels.ndim == 4 and pixels.shape[1] == 3:
        weights = pixels.new_tensor([0.299, 0.587, 0.114])
        pixels = torch.einsum("nchw,c->nhw", pixels, weights)
    if pixels.ndim != 3 or 0 in pixels.shape[1:]:
        raise ValueError(
            f"images: expected shape (N, H, W) or (N, 3, H, W), got {tuple(pixels.shape)}"
        )
    # Of equal values argmax gives the first.
    rows: list[int] = (pixels > bright).any(dim=2).to(torch.uint8).argmax(dim=1).tolist()
    return rows


def _counts(
    maps: Tensor,
    masks: Tensor,
    k: int,
    patch: int,
    score: Score,
    edge: Edge,
    top: int,
    above: float,
) -> tuple[Tensor, Tensor]:
    """Return each image's hits and patches among its 1 to k highest, (N, k) int64 each."""
    if k < 1:
        raise ValueError(f"k: expected at least 1 patch, got {k}")
    height, width = masks.shape[1:]
    scores = patch_scores(maps, (height, width), patch, score, edge, top).flatten(1)
    hits = patch_hits(masks, patch, edge, top).flatten(1)
    order = scores.argsort(dim=1, descending=True, stable=True)[:, :k]
    taken = scores.gather(1, order) > above
    found = (taken & hits.gather(1, order)).cumsum(dim=1)
    taken = taken.cumsum(dim=1)
    missing = k - order.shape[1]
    if not missing:
        return found, taken
    if not order.shape[1]:
        return found.new_zeros(len(maps), k), found.new_zeros(len(maps), k)
    last = [counts[:, -1:].expand(-1, missing) for counts in (found, taken)]
    return torch.cat([found, last[0]], dim=1), torch.cat([taken, last[1]], dim=1)


def _tops(top: int | Sequence[int], count: int) -> list[int]:
    rows = [top] * count if isinstance(top, int) else [int(row) for row in top]
    if len(rows) != count:
        raise ValueError(f"top: expected a row for each of {count} images, got {len(rows)}")
    return rows
