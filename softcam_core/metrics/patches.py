"""Square patches of an image: how high a map stands on each, and which hold lesions (paper, B.3).

Patch (r, c) covers the pixels from (r, c) * patch on; those at the right and lower edges may be
narrower. The mean over a patch of the upsampled map is linear in the map, so it needs no upsampling
but two small matrices, one per axis.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

import torch
from torch import Tensor

from softcam_core.metrics.names import PATCH
from softcam_core.metrics.upsample import cubic_matrix

Score = Literal["mean", "max"]
Edge = Literal["keep", "drop"]
DIGITS = 40
"""Binary digits that a score keeps, counted from the highest absolute one of its map. Patches that
are equal but for rounding errors are then equal, and a sum of rounding errors is 0: a symmetric or
constant map is ranked in reading order on every machine."""


def patch_scores(
    maps: Tensor,
    size: tuple[int, int],
    patch: int = PATCH,
    score: Score = "mean",
    edge: Edge = "keep",
    top: int = 0,
) -> Tensor:
    """Mean or maximum over each patch of a map's bicubic upsampling.

    maps (..., h, w) real -> (..., rows, columns) float64; NaN everywhere for a map that is not
    finite. Exact to 1e-12 of a map's highest absolute score; what differs by less is equal.

    Args:
        maps: of any size; with h, w = ``size`` nothing is upsampled.
        size: (H, W) of the image.
        patch: side of a patch in pixels of the image.
        score: ``mean`` or ``max`` over the patch.
        edge: ``keep`` the narrower patches at the right and lower edges, or ``drop`` them.
        top: row of the image where the first patch begins.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> patch_scores(torch.eye(2), (66, 66)).round(decimals=3)
        tensor([[0.8630, 0.1370],
                [0.1370, 0.8630]], dtype=torch.float64)
    """
    _check(patch, score, edge)
    height, width = size
    if maps.ndim < 2 or 0 in maps.shape[-2:]:
        raise ValueError(f"maps: expected shape (..., h, w), got {tuple(maps.shape)}")
    if not 0 <= top < height:
        raise ValueError(f"top: expected a row of the image, 0 to {height - 1}, got {top}")
    maps = maps.detach().double()
    h, w = maps.shape[-2:]
    if score == "mean":
        rows = _mean_matrix(height, h, patch, edge, top).to(maps.device)
        columns = _mean_matrix(width, w, patch, edge, 0).to(maps.device)
        scores = rows @ maps @ columns.T
    else:
        scores = _highest(maps, size, patch, edge, top)
    if not scores.numel():
        return scores
    # A sum is not finite if any part of it is not.
    finite = maps.sum(dim=(-2, -1), keepdim=True).isfinite()
    _, exponent = torch.frexp(scores.abs().amax(dim=(-2, -1), keepdim=True))
    step = torch.ldexp(torch.ones_like(finite, dtype=torch.float64), exponent - DIGITS)
    rounded = torch.where(step > 0, (scores / step).round() * step, 0.0)
    return torch.where(finite, rounded, torch.nan)


def patch_hits(masks: Tensor, patch: int = PATCH, edge: Edge = "keep", top: int = 0) -> Tensor:
    """Whether any pixel of a patch is marked.

    masks (..., H, W) bool -> (..., rows, columns) bool, for the patches of `patch_scores`.
    """
    _check(patch, "mean", edge)
    # Many times quicker than `any` on bool.
    pixels = masks[..., top:, :].view(torch.uint8)
    return _reduced(_reduced(pixels, patch, edge, -2), patch, edge, -1).bool()


def ranked_patches(scores: Tensor, above: float | None = None) -> Tensor:
    """Order of one image's patches, the highest score first; equal ones in reading order.

    scores (rows, columns) -> (n,) int64, as ``row * columns + column``: all patches, or only those
    with a score over ``above``.
    """
    flat = scores.flatten()
    order = flat.argsort(descending=True, stable=True)
    return order if above is None else order[flat[order] > above]


def _check(patch: int, score: str, edge: str) -> None:
    if patch < 1:
        raise ValueError(f"patch: expected at least 1 pixel, got {patch}")
    if score not in get_args(Score):
        raise ValueError(f"score: expected 'mean' or 'max', got {score!r}")
    if edge not in get_args(Edge):
        raise ValueError(f"edge: expected 'keep' or 'drop', got {edge!r}")


@lru_cache(maxsize=32)
def _mean_matrix(size: int, cells: int, patch: int, edge: Edge, top: int) -> Tensor:
    """Return the (patches, cells) float64 matrix that upsamples an axis and averages patches."""
    matrix = cubic_matrix(size, cells)[top:]
    parts = [part.mean(dim=0) for part in _split(matrix, patch, edge, 0)]
    return torch.stack(parts) if parts else matrix.new_zeros(0, cells)


def _highest(maps: Tensor, size: tuple[int, int], patch: int, edge: Edge, top: int) -> Tensor:
    """Return the maximum over each patch, upsampling one row of patches at a time."""
    rows = cubic_matrix(size[0], maps.shape[-2]).to(maps.device)[top:]
    columns = cubic_matrix(size[1], maps.shape[-1]).to(maps.device)
    wide = maps @ columns.T
    lines = [(part @ wide).amax(dim=-2) for part in _split(rows, patch, edge, 0)]
    high = torch.stack(lines, -2) if lines else wide[..., :0, :]
    return _reduced(high, patch, edge, -1)


def _reduced(values: Tensor, patch: int, edge: Edge, axis: int) -> Tensor:
    """Return the maximum of each stretch of ``patch`` values along an axis."""
    whole, rest = divmod(values.shape[axis], patch)
    even = values.narrow(axis, 0, whole * patch).unflatten(axis, (whole, patch))
    high: Tensor = even.amax(dim=axis)
    if not rest or edge == "drop":
        return high
    last = values.narrow(axis, whole * patch, rest).amax(dim=axis, keepdim=True)
    return torch.cat([high, last], dim=axis)


def _split(values: Tensor, patch: int, edge: Edge, axis: int) -> list[Tensor]:
    return [
        part
        for part in values.split(patch, dim=axis)
        if edge == "keep" or part.shape[axis] == patch
    ]
