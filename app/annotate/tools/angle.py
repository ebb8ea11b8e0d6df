"""The angle: the end of an arm, the vertex, the end of the other arm."""

from __future__ import annotations

from app.annotate.tools.measure import MeasureTool


class AngleTool(MeasureTool):
    """Measures how far two arms are open."""

    kind, count = "angle", 3
