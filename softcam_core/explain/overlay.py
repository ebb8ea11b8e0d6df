"""A map drawn over its image, for files; the window draws its own."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from softcam_core.imaging.colormap import colorize, pair_for
from softcam_core.imaging.geometry import Region
from softcam_core.metrics.upsample import cubic_rows

OPACITY = 0.6


def draw_overlay(
    display: NDArray[np.uint8],
    size: tuple[int, int],
    region: Region,
    values: NDArray[np.float32],
    limit: float,
    opacity: float = OPACITY,
) -> NDArray[np.uint8]:
    """Draw a map over an image, with zero transparent.

    Args:
        display: the image as shown, (h, w) or (h, w, 3), at any scale.
        size: (rows, columns) of the whole image in the pixels of ``region``.
        region: what the map covers.
        values: (rows, columns) of the map.
        limit: the value that gets full strength, on either side of zero.
        opacity: of the full strength, 0 to 1.

    Returns:
        (h, w, 3) uint8.
    """
    rows, columns = display.shape[:2]
    smooth = values_at(values, region, _centres(columns, size[1]), _centres(rows, size[0]))
    rgba = colorize(smooth, limit, pair_for(colour_image=display.ndim == 3))
    picture = display if display.ndim == 3 else np.repeat(display[..., None], 3, axis=2)
    alpha = rgba[..., 3:].astype(np.float32) * np.float32(opacity / 255)
    mixed = picture * (1 - alpha) + rgba[..., :3] * alpha
    return np.asarray(np.rint(mixed), np.uint8)


def values_at(
    values: NDArray[np.float32], region: Region, x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a map (h, w) at a grid of places of the image, bicubic; 0 outside the region.

    Args:
        values: of equal cells over ``region``.
        region: in image pixels.
        x: (columns,) of the places, in image pixels.
        y: (rows,) of the places.

    Returns:
        (rows, columns).
    """
    shape = (values.shape[0], values.shape[1])
    column = region.to_grid(np.stack([x, np.zeros(len(x))], 1), shape)[:, 0]
    row = region.to_grid(np.stack([np.zeros(len(y)), y], 1), shape)[:, 1]
    down = cubic_rows(torch.from_numpy(row), shape[0])
    across = cubic_rows(torch.from_numpy(column), shape[1])
    smooth: NDArray[np.float64] = (down @ torch.from_numpy(values).double() @ across.T).numpy()
    smooth[(row < 0) | (row > shape[0])] = 0
    smooth[:, (column < 0) | (column > shape[1])] = 0
    return smooth


def _centres(pixels: int, size: int) -> NDArray[np.float64]:
    """Centres of ``pixels`` equal pixels over an axis of length ``size``."""
    return np.asarray((np.arange(pixels) + 0.5) * (size / pixels), np.float64)
