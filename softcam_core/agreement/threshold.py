"""Where a map is called a lesion: the threshold. Free of torch."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from softcam_core.errors import SoftcamError

SHARE = 0.2
"""Of the maximum: what localisation by class activation maps commonly takes (Zhou et al. 2016)."""


@dataclass(frozen=True)
class Threshold:
    """A map marks the pixels above it.

    Attributes:
        value: in the map's own units, or a share of the map's maximum on the image.
        share: whether it is a share.
    """

    value: float
    share: bool = False

    def __str__(self) -> str:
        """Return it in words."""
        return f"above {100 * self.value:g} % of maximum" if self.share else f"above {self.value:g}"

    def level(self, maximum: float) -> float:
        """Return the value that pixels must exceed in a map; infinity if none is positive."""
        if not self.share:
            return self.value
        return self.value * maximum if maximum > 0 else math.inf


def default_threshold(method: str) -> Threshold:
    """Return 0 for evidence, whose sign says for or against, else a share of the maximum."""
    return Threshold(0.0) if method == "evidence" else Threshold(SHARE, share=True)


def parse_threshold(text: str, method: str) -> Threshold:
    """Read ``1.5`` (in the map's units), ``20%`` (of the maximum), or "" for the default.

    Raises:
        SoftcamError: anything else.
    """
    if not text.strip():
        return default_threshold(method)
    found = re.fullmatch(r"\s*(-?\d+(?:\.\d*)?|-?\.\d+)\s*(%?)\s*", text)
    if found is None or (found[2] and not 0 <= float(found[1]) < 100):
        raise SoftcamError(
            f"The threshold {text!r} cannot be meant; give a number in the map's units, for "
            "instance 0.5, or a share of its maximum from 0% to below 100%."
        )
    return Threshold(float(found[1]) / (100 if found[2] else 1), share=bool(found[2]))
