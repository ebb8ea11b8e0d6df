"""Colours of several classes in one picture: a hue for each, or at each place the strongest one's.

Only what speaks for a class is drawn: what speaks against one would need a second hue for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.colormap import Colour

MOST_CLASSES = 8
"""Classes that are drawn at once, at most: more hues could not be told apart."""

OTHER: Colour = (128, 128, 128)
"""Of places where a class wins that has no hue."""

CLASS_COLOURS: dict[str, tuple[Colour, ...]] = {
    # The seven hues of Okabe and Ito (2008) and white.
    "grey": (
        (230, 159, 0),
        (86, 180, 233),
        (0, 158, 115),
        (204, 121, 167),
        (240, 228, 66),
        (0, 114, 178),
        (213, 94, 0),
        (255, 255, 255),
    ),
    # Those of them that do not vanish on the retina, and three that stand out on it.
    "fundus": (
        (86, 180, 233),
        (240, 228, 66),
        (153, 51, 255),
        (0, 158, 115),
        (255, 255, 255),
        (0, 114, 178),
        (30, 30, 150),
        (0, 0, 40),
    ),
}
"""Hues by kind of image, as in `colormap.pair_for`; tests hold them apart for every eye."""


def class_colours(coloured: bool) -> tuple[Colour, ...]:
    """Return the hues of classes over colour photographs, or over grey images."""
    return CLASS_COLOURS["fundus" if coloured else "grey"]


def blend_classes(
    maps: Any, limit: float, colours: Sequence[Colour], opacities: Sequence[float] | None = None
) -> NDArray[np.uint8]:
    """Colour several classes over each other, none of them on top.

    Each class covers a place by its value's share of the limit. The colour is the mean of the
    hues, weighted by what they cover; together they cover what is not left free by all.

    Args:
        maps: (C, ...) real, in the units of ``limit``.
        limit: the value of full strength, the same for every class.
        colours: one per class.
        opacities: one per class, from 0 to 1; None for 1.

    Returns:
        (..., 4) uint8 RGBA, not premultiplied; transparent where no class has evidence above 0.

    Raises:
        ValueError: lengths that do not match, or a limit that is not positive.
    """
    cover = _cover(maps, limit, colours, opacities)
    total = cover.sum(axis=0)
    mixed = np.tensordot(np.asarray(colours, np.float32), cover, axes=(0, 0))
    rgba = np.zeros((*total.shape, 4), np.uint8)
    seen = total > 0
    for channel in range(3):
        np.divide(mixed[channel], total, out=mixed[channel], where=seen)
        rgba[..., channel] = np.rint(mixed[channel])
    # The least evidence is seen as such: rounding must not lose it.
    rgba[..., 3] = np.maximum(np.ceil(255 * (1 - np.prod(1 - cover, axis=0))), 1)
    rgba[~seen] = 0
    return rgba


def strongest(maps: Any) -> NDArray[np.intp]:
    """Return at each place the class with the highest value, -1 where none is above 0.

    maps (C, ...) -> (...,). Of equal ones the first; NaN counts as 0.
    """
    values = np.nan_to_num(np.asarray(maps, np.float32), nan=0.0)
    best: NDArray[np.intp] = values.argmax(axis=0)
    best[values.max(axis=0) <= 0] = -1
    return best


def colour_strongest(
    maps: Any, limit: float, colours: Sequence[Colour], opacities: Sequence[float] | None = None
) -> NDArray[np.uint8]:
    """Colour at each place the class of `strongest` by its value's share of the limit.

    Arguments and result are those of `blend_classes`; opacities do not change who wins.
    """
    cover = _cover(maps, limit, colours, opacities)
    winner = strongest(maps)
    rgba = np.zeros((*winner.shape, 4), np.uint8)
    alpha = np.take_along_axis(cover, np.maximum(winner, 0)[None], axis=0)[0]
    rgba[..., :3] = np.asarray(colours, np.uint8)[winner]
    rgba[..., 3] = np.ceil(255 * alpha)
    rgba[winner < 0] = 0
    return rgba


def _cover(
    maps: Any, limit: float, colours: Sequence[Colour], opacities: Sequence[float] | None
) -> NDArray[np.float32]:
    """Return how much of a place each class covers, (C, ...) from 0 to 1."""
    values = np.nan_to_num(np.asarray(maps, np.float32), nan=0.0)
    if not 0 < limit < np.inf:
        raise ValueError(f"limit: expected a number above 0, got {limit}")
    if len(colours) != len(values):
        raise ValueError(f"colours: expected {len(values)}, one per class, got {len(colours)}")
    if opacities is not None and len(opacities) != len(values):
        raise ValueError(f"opacities: expected {len(values)}, one per class, got {len(opacities)}")
    cover: NDArray[np.float32] = np.clip(values / np.float32(limit), 0, 1)
    if opacities is not None:
        shape = (len(values),) + (1,) * (values.ndim - 1)
        cover *= np.asarray(opacities, np.float32).reshape(shape)
    return cover
