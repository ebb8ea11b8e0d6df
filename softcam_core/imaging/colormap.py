"""Colours of evidence: two diverging maps whose zero is transparent.

Evidence is a sum, so its sign means something: one hue for cells that speak for the class,
another for cells that speak against it, and nothing at all where there is no evidence. A map is
always drawn between fixed limits, so that the same colour means the same number on every image.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 256
"""Steps of colour on either side of zero."""

FAINT = 0.15
"""Share of the limit below which colours cannot be told from the image: at the usual opacity of
0.6 they cover less than a tenth of it."""

Colour = tuple[int, int, int]

PAIRS: dict[str, tuple[tuple[Colour, Colour], tuple[Colour, Colour]]] = {
    # ((weak, strong) positive, (weak, strong) negative), sRGB
    "grey": (((220, 110, 0), (255, 150, 20)), ((30, 80, 200), (50, 120, 255))),
    "fundus": (((20, 220, 205), (60, 240, 230)), ((110, 25, 230), (150, 60, 255))),
    # In grey print as well: lighter speaks for the class, darker against it.
    "print": (((255, 236, 140), (255, 250, 205)), ((60, 10, 110), (25, 0, 70))),
}
"""Colour pairs by name; tests hold them apart for colour-blind eyes and over real photographs."""


COLOUR_SPREAD = 0.02
"""Mean difference between the channels, as part of the range, from which an image has colours."""
SAMPLED = 256
"""Rows and columns that are looked at for colours."""


def pair_for(colour_image: bool) -> str:
    """Return the pair that stands out: ``fundus`` over colour photographs, else ``grey``."""
    return "fundus" if colour_image else "grey"


def is_coloured(pixels: NDArray[Any]) -> bool:
    """Return whether 8-bit pixels, (H, W) or (H, W, 3), have colours; equal channels are grey."""
    if pixels.ndim < 3:
        return False
    rows, columns = (max(1, side // SAMPLED) for side in pixels.shape[:2])
    sample = pixels[::rows, ::columns].astype(np.float32)
    return float((sample.max(axis=2) - sample.min(axis=2)).mean()) > COLOUR_SPREAD * 255


@cache
def colour_table(pair: str) -> NDArray[np.uint8]:
    """Return the (2 * STEPS + 1, 4) RGBA table from -limit over 0 (row STEPS) to +limit.

    Alpha grows with the distance from zero and is not premultiplied. The table is read-only.

    Raises:
        ValueError: an unknown pair.
    """
    if pair not in PAIRS:
        raise ValueError(f"pair: expected one of {', '.join(PAIRS)}, got {pair!r}")
    positive, negative = PAIRS[pair]
    strength = np.arange(1, STEPS + 1)[:, None] / STEPS
    table = np.zeros((2 * STEPS + 1, 4), np.uint8)
    for (weak, strong), rows in (
        (positive, table[STEPS + 1 :]),
        (negative, table[:STEPS][::-1]),
    ):
        rows[:, :3] = np.round((1 - strength) * np.array(weak) + strength * np.array(strong))
        rows[:, 3:] = np.ceil(255 * strength)
    table.flags.writeable = False
    return table


def over_threshold(
    values: Any, limit: float, share: float, pair: str = "grey"
) -> NDArray[np.uint8]:
    """Colour evenly what reaches a share of the limit in size, and nothing else.

    Args:
        values: (...,) real, in the units of ``limit``.
        limit: the value of full strength.
        share: of the limit, from 0 to 1; zeros stay transparent at 0 too.
        pair: a name in `PAIRS`.

    Returns:
        (..., 4) uint8 RGBA, not premultiplied: either sign's strong colour, or transparent.

    Raises:
        ValueError: an unknown pair.
    """
    table = colour_table(pair)
    array = np.nan_to_num(np.asarray(values, np.float32), nan=0.0)
    reached = (np.abs(array) >= share * limit) & (array != 0)
    step = np.where(reached, np.sign(array), 0).astype(np.int16) * STEPS
    rgba: NDArray[np.uint8] = table[step + STEPS]
    return rgba


def colorize(values: Any, limit: float, pair: str = "grey") -> NDArray[np.uint8]:
    """Colour a map between the fixed limits -limit and +limit.

    Args:
        values: (...,) real, in the units of ``limit``; beyond the limit the colour stays the same.
        limit: the value that gets full strength; 0 (a map that never left zero) is all transparent.
        pair: a name in `PAIRS`.

    Returns:
        (..., 4) uint8 RGBA, not premultiplied; zero and NaN have alpha 0.

    Raises:
        ValueError: an unknown pair, or a limit that is negative or not finite.
    """
    if not 0 <= limit < np.inf:
        raise ValueError(f"limit: expected a number from 0 up, got {limit}")
    table = colour_table(pair)
    array = np.asarray(values, np.float32)
    if limit == 0:
        return np.zeros((*array.shape, 4), np.uint8)
    # In place, and four bytes at a time: this is what a change of class waits for.
    step = np.clip(array.ravel() / np.float32(limit), -1, 1)
    np.copyto(step, 0, where=np.isnan(step))
    step *= STEPS
    index = np.rint(step, out=step).astype(np.intp)
    index += STEPS
    words = table.view(np.uint32)[:, 0].take(index)
    rgba: NDArray[np.uint8] = words.view(np.uint8).reshape(*array.shape, 4)
    return rgba
