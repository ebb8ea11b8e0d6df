"""Whether two libraries made the same maps, and what "the same" means for them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor, nn

TOLERANCE = {"32": 1e-3, "bf16": 5e-2, "16": 5e-2}
"""Largest difference of equal maps, in units of the map's largest value, by precision."""
PIXELS_TOLERANCE = 1e-2
"""The same in float32 for a gradient at the image, which jumps where rounding switches a ReLU."""

SCALED = "largest difference, each map divided by its largest absolute value"
DISPLAYED = "largest difference, ours scaled to 0..1 and resized bilinearly as the peer does"
LOGITS = "largest difference of the evidence's mean from the logits, divided by the largest logit"
NO_ORACLE = "not an oracle: its definition is another one, only the time is compared"


@dataclass(frozen=True)
class Equality:
    """The verdict on a pair of maps.

    Attributes:
        meaning: what is compared, one of the texts above; "" if nothing is.
        difference: None if nothing is compared, or there is nothing in the maps.
        equal: the same.
    """

    meaning: str = ""
    difference: float | None = None
    equal: bool | None = None


def compare(method: str, peer: str, ours: Tensor, theirs: Tensor, precision: str) -> Equality:
    """Compare our maps (1, C, ..) with what a peer returned.

    Not compared: a plain forward pass, unless with evidence, whose spatial mean is the logits; and
    gradcam++, which torchcam computes without its alpha and pytorch-grad-cam with an epsilon that
    outweighs it.
    """
    if peer == "forward" and method != "evidence":
        return Equality()
    if method == "gradcam++":
        return Equality(NO_ORACLE)
    a, b = ours.detach().cpu().double(), theirs.detach().cpu().double()
    if method == "evidence":
        meaning = LOGITS
        a, b = a.mean(dim=(2, 3)), b[:, : ours.shape[1]]
        largest = float(b.abs().max())
        a, b = a / largest, b / largest
    elif peer == "grad-cam":
        meaning = DISPLAYED
        a = _displayed(a, (b.shape[-2], b.shape[-1]))
    else:
        meaning = SCALED
        a, b = _scaled(a), _scaled(b)
    if a.shape != b.shape:
        return Equality(meaning, math.inf, False)
    if not a.any() and not b.any():
        return Equality(meaning)
    difference = float((a - b).abs().max())
    allowed = TOLERANCE[precision]
    if peer == "captum":
        allowed = max(allowed, PIXELS_TOLERANCE)
    return Equality(meaning, difference, difference <= allowed)


def _scaled(maps: Tensor) -> Tensor:
    largest = maps.abs().amax(dim=(2, 3), keepdim=True)
    return maps / largest.where(largest > 0, 1)


def _displayed(maps: Tensor, size: tuple[int, int]) -> Tensor:
    """Scale, resize and scale again, with the constants of pytorch-grad-cam."""
    small = _unit(maps.clamp_min(0))
    return _unit(nn.functional.interpolate(small, size, mode="bilinear"))


def _unit(maps: Tensor) -> Tensor:
    shifted = maps - maps.amin(dim=(2, 3), keepdim=True)
    return shifted / (1e-7 + shifted.amax(dim=(2, 3), keepdim=True))
