"""The pixels of drawn shapes, kept for the next time they are asked for.

Both the union of a case's shapes and each shape's own pixels are kept by what is drawn: kind,
points, angle, pixels, size of the image. An edit therefore needs no word to the cache; undo finds
the earlier pixels again, and after one more shape of 2,000 only that one is drawn.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from softcam_core.annotations import masks
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import Runs, fill, runs
from softcam_core.annotations.records import PackedMask
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.stored import stored_shape

LIMIT = 64_000_000
"""Bytes that a study keeps of pixels; those asked for longest ago go first."""

# What an entry takes besides its arrays.
_OVERHEAD = 400


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape as the file holds it.

    Attributes:
        points: (N, 2) little-endian float64.
        mask: the hash of a mask's pixels, None for other kinds.
        packed: the pixels themselves.
    """

    kind: str
    points: bytes
    angle: float
    mask: str | None = None
    packed: PackedMask | None = None

    def shape(self) -> Shape:
        """Return the geometry.

        Raises:
            DamagedStudyError: what is stored is no shape.
        """
        with stored_shape():
            points = np.frombuffer(self.points, "<f8").reshape(-1, 2)
            if self.packed is None:
                return Shape(self.kind, points, self.angle)
            patch = masks.unpack(self.packed.bits, self.packed.height, self.packed.width)
            return Shape(self.kind, points, mask=patch)


class Rasters:
    """Draws shapes and remembers their pixels; several threads may use it."""

    def __init__(self, limit: int = LIMIT) -> None:
        """Remember ``limit`` bytes at most."""
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self.size = 0

    def union(self, drawn: Sequence[Drawn], size: tuple[int, int], point_radius: float) -> Mask:
        """Return the pixels that belong to any of the shapes, bool (H, W), the caller's own.

        Args:
            drawn: the shapes; their order does not matter.
            size: (H, W) of the image.
            point_radius: radius in pixels of the disc that a ``point`` becomes.
        """
        height, width = size
        key = "union", size, _digest(drawn, point_radius)
        found = self._get(key)
        if isinstance(found, np.ndarray):
            bits = np.unpackbits(found, count=height * width)
            return bits.view(bool).reshape(size)
        out = np.zeros(size, bool)
        for shape in drawn:
            self._add(shape, out, point_radius)
        bits = np.packbits(out)
        self._keep(key, bits, bits.nbytes)
        return out

    def _add(self, drawn: Drawn, out: Mask, point_radius: float) -> None:
        if drawn.kind in ("box", "mask"):
            fill(drawn.shape(), out, point_radius)
            return
        key = (drawn.kind, drawn.points, drawn.angle, out.shape, point_radius)
        found = self._get(key)
        if not isinstance(found, Runs):
            found = runs(drawn.shape(), (out.shape[0], out.shape[1]), point_radius)
            self._keep(key, found, found.nbytes + len(drawn.points))
        found.paint(out)

    def _get(self, key: Hashable) -> object:
        with self._lock:
            entry = self._kept.get(key)
            if entry is None:
                return None
            self._kept.move_to_end(key)
            return entry[0]

    def _keep(self, key: Hashable, value: object, size: int) -> None:
        size += _OVERHEAD
        if size > self._limit // 4:
            return
        with self._lock:
            _, before = self._kept.pop(key, (None, 0))
            self._kept[key] = value, size
            self.size += size - before
            while self.size > self._limit:
                _, (_, gone) = self._kept.popitem(last=False)
                self.size -= gone


def _digest(drawn: Sequence[Drawn], point_radius: float) -> bytes:
    sums = sorted(
        hashlib.blake2b(
            f"{d.kind} {d.angle!r} {d.mask} ".encode() + d.points, digest_size=16
        ).digest()
        for d in drawn
    )
    return hashlib.blake2b(repr(point_radius).encode() + b"".join(sums)).digest()
