"""A bar of a length in mm."""

from __future__ import annotations

import math

SHARE = 0.3
"""Of a picture's width that the bar may take."""


def ruler(width: float, spacing: float) -> tuple[float, str]:
    """Return the longest round length that fits into a picture, and its text.

    Args:
        width: of the picture, image pixels.
        spacing: mm of an image pixel.

    Returns:
        The length in image pixels: 1, 2 or 5 times a power of ten mm.

    Example:
        >>> ruler(1000, 0.1)
        (200.0, '20 mm')
    """
    room = width * spacing * SHARE
    power = 10.0 ** math.floor(math.log10(room))
    length = max(step * power for step in (1, 2, 5) if step * power <= room * (1 + 1e-9))
    if length < 0.001:
        return length / spacing, f"{length * 1e6:g} nm"
    if length < 1:
        return length / spacing, f"{length * 1000:g} \N{MICRO SIGN}m"
    return length / spacing, f"{length:g} mm"
