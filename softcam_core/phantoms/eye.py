"""Where things lie in a fundus phantom: disc, fovea, vessels and the camera's field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softcam_core.phantoms.case import Float, Mask
from softcam_core.phantoms.draw import stroke
from softcam_core.phantoms.vessels import VesselTree, grow_tree

_ASPECT = 0.9  # the camera cuts the round field at the top and the bottom


@dataclass(frozen=True)
class Eye:
    """Where things lie in a right eye, in px; the left one is its mirror image."""

    shape: tuple[int, int]
    disc: tuple[float, float]
    fovea: tuple[float, float]
    diameter: float
    field: Mask
    vessels: Float
    tree: VesselTree

    def grid(self, centre: tuple[float, float]) -> tuple[Float, Float]:
        """Return x and y of every pixel from ``centre`` in disc diameters, both (H, W)."""
        rows, columns = self.shape
        x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
        return (x - centre[0]) / self.diameter, (y - centre[1]) / self.diameter


def make_eye(rng: np.random.Generator, size: int) -> Eye:
    """Lay out a right eye on a picture ``size`` px wide and 0.9 of that high."""
    shape = (round(size * _ASPECT), size)
    diameter = size * rng.uniform(0.132, 0.152)
    fovea = (size * rng.uniform(0.37, 0.46), shape[0] * rng.uniform(0.47, 0.55))
    disc = (
        fovea[0] + diameter * rng.uniform(2.35, 2.6),
        fovea[1] - diameter * rng.uniform(0.0, 0.45),
    )
    rows, columns = shape
    x, y = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
    field = np.hypot(x - columns / 2, y - rows / 2) < 0.489 * columns
    tree = grow_tree(rng, disc, fovea, diameter)
    vessels = stroke(shape, tree.veins + tree.arteries)
    return Eye(shape, disc, fovea, diameter, field, vessels, tree)
