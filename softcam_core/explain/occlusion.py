"""Occlusion: how far a logit falls when a window of the image is covered."""

from __future__ import annotations

import torch
from torch import Tensor

from softcam_core.explain.live_bytes import LiveBytes
from softcam_core.explain.passes import changed_logits
from softcam_core.explain.request import Request


def side_of(*size: int) -> int:
    """Return the side of the square that covers inputs of a size (rows, columns), by default."""
    return max(1, round(min(size) / 8))


def step_of(side: int) -> int:
    """Return the pixels from one such square to the next, by default."""
    return max(1, side // 2)


def occlusion(
    request: Request,
    *,
    window: int | None = None,
    stride: int | None = None,
    baseline: float = 0.0,
) -> Tensor:
    """Occlusion sensitivity (Zeiler and Fergus 2014), all classes from one set of passes.

    A square slides over the image; each pixel gets the mean, over the windows that cover it, of
    the logit of the image minus the logit with the window covered. The last windows of a row and
    of a column end at the edge, narrower if need be. So defined, it is captum's ``Occlusion``.

    Args:
        request: what to explain.
        window: side of the square in pixels; an eighth of the image's shorter side by default.
        stride: pixels from one window to the next, at most ``window``; half of it by default.
        baseline: what covers, in normalised space; 0 is the mean colour of the training images.

    Returns:
        (B, C, H, W), signed.

    Raises:
        ValueError: a window or stride that does not fit.
    """
    size = request.images.shape[2:]
    largest = min(size)
    side = side_of(*size) if window is None else window
    if not 1 <= side <= largest:
        raise ValueError(f"window: expected 1 to {largest} pixels for this image, got {side}")
    step = step_of(side) if stride is None else stride
    if not 1 <= step <= side:
        raise ValueError(f"stride: expected 1 to {side} pixels, the window's side, got {step}")
    tops, lefts = (range(0, n - side + step, step) for n in size)
    places = [(top, left) for top in tops for left in lefts]
    # The image itself goes through as the last of its copies.
    copies, total = len(places) + 1, len(request.images) * (len(places) + 1)
    request.check()
    with LiveBytes() as seen:
        request.parts.forward(request.images[:1])
    maps = []
    for number, image in enumerate(request.images):

        def cover(batch: Tensor, start: int, image: Tensor = image) -> None:
            batch.copy_(image.expand_as(batch))
            for copy, (top, left) in zip(batch, places[start:], strict=False):
                copy[:, top : top + side, left : left + side] = baseline

        def done(passes: int, before: int = number * copies) -> None:
            request.progress(before + passes, total)

        scores = changed_logits(request, image, copies, seen.peak, cover, done)
        falls = (scores[-1] - scores[:-1]).view(len(tops), len(lefts), -1)
        maps.append(_spread(falls, _covers(tops, side, size[0]), _covers(lefts, side, size[1])))
    return torch.stack(maps)


def _covers(starts: range, side: int, length: int) -> Tensor:
    """Return whether each window covers each pixel along an axis, (windows, length)."""
    offset = torch.arange(length) - torch.tensor(list(starts))[:, None]
    return (offset >= 0) & (offset < side)


def _spread(falls: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """Return the mean of what covers each pixel, (C, H, W), from falls (rows, columns, C)."""
    down, across = rows.to(falls), columns.to(falls)
    sums = torch.einsum("rch,ry,cx->hyx", falls, down, across)
    return sums / (down.sum(dim=0)[:, None] * across.sum(dim=0))
