"""The spline: a smooth outline through the places that are clicked."""

from __future__ import annotations

from app.annotate.tools.corners import CornersTool, Point
from softcam_core.annotations.shapes import Shape


class SplineTool(CornersTool):
    """Leads a smooth closed curve through the corners."""

    kind = "spline"

    def preview(self, corners: tuple[Point, ...], /) -> Shape | None:
        """Return the curve as it would be with a corner at the mouse."""
        return Shape("spline", corners) if len(corners) >= 3 else None
