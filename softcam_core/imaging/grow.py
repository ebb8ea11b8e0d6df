"""Growing a region from one pixel over its like: the magic wand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.window import Window

SIGMA = 1.2
"""Standard deviation, in pixels, of the smoothing that keeps single noisy pixels from counting."""

LEVELS = 255.0
"""Values of a full display window that a tolerance is given in."""


def grow(
    pixels: NDArray[Any],
    seed: tuple[int, int],
    tolerance: float,
    radius: int,
    window: Window,
) -> tuple[NDArray[np.bool_], int, int]:
    """Return the pixels that hang together with a seed and are like it.

    Args:
        pixels: (H, W) or (H, W, 3) stored values.
        seed: x, y of a pixel of the image.
        tolerance: how far a smoothed pixel may be from the smoothed seed: root mean square
            over the channels, in 255ths of ``window``.
        radius: no pixel farther than this from the seed belongs to the region.
        window: the range of stored values that matters.

    Returns:
        bool (h, w), hanging together by pixels' sides, and x, y of its top left pixel.
    """
    import cv2  # late, as in the reader: the window's first paint does not wait for it

    x, y = seed
    height, width = pixels.shape[:2]
    # The smoothing of the border must see beyond it.
    reach = radius + 4
    x0, y0 = max(x - reach, 0), max(y - reach, 0)
    part = pixels[y0 : min(y + reach + 1, height), x0 : min(x + reach + 1, width)]
    smooth = cv2.GaussianBlur(part.astype(np.float32), (0, 0), SIGMA)
    off = smooth - smooth[y - y0, x - x0]
    square = off * off if off.ndim == 2 else np.einsum("ijk,ijk->ij", off, off) / off.shape[2]
    limit = tolerance * (window.high - window.low) / LEVELS
    across = np.arange(part.shape[1]) + (x0 - x)
    down = np.arange(part.shape[0])[:, None] + (y0 - y)
    like = (square <= limit * limit) & (across**2 + down**2 <= radius * radius)
    found = like.astype(np.uint8)
    cv2.floodFill(found, None, (x - x0, y - y0), 2, flags=4)
    return found == 2, x0, y0
