"""The polygon: a click per corner."""

from __future__ import annotations

from app.annotate.tools.corners import CornersTool


class PolygonTool(CornersTool):
    """Joins the corners by straight lines."""

    kind = "polygon"
