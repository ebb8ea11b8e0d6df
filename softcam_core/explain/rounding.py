"""Rounding that keeps sums: parts that add up to a total still do as they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence


def rounded_parts(parts: Sequence[float], digits: int = 2) -> list[float]:
    """Round parts so that their sum is the rounded sum; each moves by less than one last digit.

    All are rounded down first; what is missing goes to those that lost most (the method of largest
    remainders). Parts that are not finite are returned as they are.
    """
    if not all(map(math.isfinite, parts)):
        return list(parts)
    unit = 10.0**-digits
    # Twelve digits are more than any part means: 0.03 / 0.01 must not lie below 3.
    scaled = [round(part / unit, 12 - digits) for part in parts]
    down = [math.floor(part) for part in scaled]
    missing = round(math.fsum(parts) / unit) - sum(down)
    lost = sorted(range(len(parts)), key=lambda n: down[n] - scaled[n])
    for n in lost[: max(missing, 0)]:
        down[n] += 1
    return [round(number * unit, digits) for number in down]
