"""The shapes a reader draws, as plain geometry: no window, no file.

`Shape` is the value; `sizes` measures it; the other modules hold the geometry behind both.
"""

from softcam_core.annotations.shapes.kinds import KINDS, MEASURES, Kind, Points
from softcam_core.annotations.shapes.lines import crossings_at
from softcam_core.annotations.shapes.shape import Shape

__all__ = ["KINDS", "MEASURES", "Kind", "Points", "Shape", "crossings_at"]
