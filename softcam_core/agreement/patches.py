"""Masks as patches: pixels only where something is drawn.

A photograph has twelve million pixels and twenty lesions have some thousands: rasterised each in
its own box, a thousand cases are compared in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from softcam_core.agreement.measures import surface
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape

Bits = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Patch:
    """A part of an image's mask.

    Attributes:
        x: column of the image that the patch begins at.
        y: row of the image that it begins at.
        mask: (h, w) bool, at least one pixel set.
    """

    x: int
    y: int
    mask: Bits

    @property
    def box(self) -> tuple[int, int, int, int]:
        """(x0, y0, x1, y1) in image pixels."""
        height, width = self.mask.shape
        return self.x, self.y, self.x + width, self.y + height

    @cached_property
    def area(self) -> int:
        """Number of pixels."""
        return int(np.count_nonzero(self.mask))

    @cached_property
    def centre(self) -> tuple[int, int]:
        """(column, row) in the image of the patch's own pixel that is nearest to its centroid.

        The centroid of a ring or a crescent lies beside it, where nobody marked anything.
        """
        pixels = np.argwhere(self.mask)
        nearest = pixels[np.square(pixels - pixels.mean(axis=0)).sum(axis=1).argmin()]
        return self.x + int(nearest[1]), self.y + int(nearest[0])

    @cached_property
    def surface(self) -> NDArray[np.intp]:
        """The pixels that touch the outside, (N, 2) as row, column of the image."""
        places: NDArray[np.intp] = surface(self.mask) + np.array([self.y, self.x])
        return places

    def holds(self, x: int, y: int) -> bool:
        """Return whether a pixel of the image belongs to the patch."""
        x0, y0, x1, y1 = self.box
        return x0 <= x < x1 and y0 <= y < y1 and bool(self.mask[y - y0, x - x0])

    def common(self, other: Patch) -> int:
        """Return the number of pixels that both have."""
        ax0, ay0, ax1, ay1 = self.box
        bx0, by0, bx1, by1 = other.box
        x0, y0, x1, y1 = max(ax0, bx0), max(ay0, by0), min(ax1, bx1), min(ay1, by1)
        if x0 >= x1 or y0 >= y1:
            return 0
        mine = self.mask[y0 - ay0 : y1 - ay0, x0 - ax0 : x1 - ax0]
        return int(np.count_nonzero(mine & other.mask[y0 - by0 : y1 - by0, x0 - bx0 : x1 - bx0]))


class Layer:
    """The union of patches: what one reader marked on a case.

    Attributes:
        blocks: patches that neither overlap nor touch each other.
    """

    def __init__(self, patches: Iterable[Patch]) -> None:
        """Unite the patches."""
        self.blocks = _apart(list(patches))

    @cached_property
    def area(self) -> int:
        """Number of pixels."""
        return sum(block.area for block in self.blocks)

    def common(self, other: Layer) -> int:
        """Return the number of pixels that both have."""
        pairs = overlapping(self.blocks, other.blocks)
        return sum(self.blocks[a].common(other.blocks[b]) for a, b in pairs)

    @cached_property
    def surface(self) -> NDArray[np.intp]:
        """The pixels that touch the outside, (N, 2) as row, column; see `measures.hausdorff`."""
        nothing = np.empty((0, 2), np.intp)
        return np.concatenate([nothing, *(block.surface for block in self.blocks)])


def overlapping(a: Sequence[Patch], b: Sequence[Patch]) -> list[tuple[int, int]]:
    """Return the indices of each pair of patches whose boxes share pixels."""
    if not a or not b:
        return []
    ax0, ay0, ax1, ay1 = np.array([patch.box for patch in a]).T[:, :, None]
    bx0, by0, bx1, by1 = np.array([patch.box for patch in b]).T[:, None, :]
    rows, columns = np.nonzero((ax0 < bx1) & (bx0 < ax1) & (ay0 < by1) & (by0 < ay1))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def patch_of(shape: Shape, size: tuple[int, int], point_radius: float) -> Patch | None:
    """Rasterise one shape within its own box; None where it has no pixel of the image.

    Args:
        shape: in image pixels; it may reach past the image.
        size: (H, W) of the image.
        point_radius: radius in pixels of the disc that a ``point`` becomes.
    """
    height, width = size
    x0, y0, x1, y1 = shape.bounds
    margin = 1 + (point_radius if shape.kind == "point" else 0)
    left, right = (int(v) for v in np.clip([np.floor(x0 - margin), x1 + margin + 1], 0, width))
    top, bottom = (int(v) for v in np.clip([np.floor(y0 - margin), y1 + margin + 1], 0, height))
    if left >= right or top >= bottom:
        return None
    mask = rasterize(shape.moved(-left, -top), (bottom - top, right - left), point_radius)
    return Patch(left, top, mask) if mask.any() else None


def parts_of(patch: Patch) -> list[Patch]:
    """Return the connected parts of a patch, pixels that touch at a corner being connected."""
    import cv2

    found = cv2.connectedComponentsWithStats(patch.mask.astype(np.uint8), connectivity=8)
    marked, boxes = np.asarray(found[1]), np.asarray(found[2])
    return [
        Patch(patch.x + x, patch.y + y, marked[y : y + height, x : x + width] == number)
        for number, (x, y, width, height, _) in enumerate(boxes[1:].tolist(), start=1)
    ]


def _apart(patches: list[Patch]) -> list[Patch]:
    """Unite patches whose boxes overlap or touch until none do."""
    while True:
        groups = list(_groups([patch.box for patch in patches]))
        if len(groups) == len(patches):
            return patches
        patches = [_united([patches[n] for n in group]) for group in groups]


def _groups(boxes: Sequence[tuple[int, int, int, int]]) -> Iterator[list[int]]:
    """Yield the indices of boxes that hang together."""
    if not boxes:
        return
    x0, y0, x1, y1 = np.array(boxes).T
    touch = (
        (x0[:, None] <= x1[None])
        & (x0[None] <= x1[:, None])
        & (y0[:, None] <= y1[None])
        & (y0[None] <= y1[:, None])
    )
    if np.count_nonzero(touch) == len(boxes):
        yield from ([n] for n in range(len(boxes)))
        return
    left = np.ones(len(boxes), bool)
    for first in range(len(boxes)):
        if not left[first]:
            continue
        group = np.zeros(len(boxes), bool)
        new = np.zeros(len(boxes), bool)
        new[first] = True
        while new.any():
            group |= new
            new = touch[new].any(axis=0) & ~group
        left &= ~group
        yield np.flatnonzero(group).tolist()


def _united(patches: Sequence[Patch]) -> Patch:
    if len(patches) == 1:
        return patches[0]
    boxes = np.array([patch.box for patch in patches])
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    mask = np.zeros((bottom - top, right - left), bool)
    for patch in patches:
        x0, y0, x1, y1 = patch.box
        mask[y0 - top : y1 - top, x0 - left : x1 - left] |= patch.mask
    return Patch(left, top, mask)
