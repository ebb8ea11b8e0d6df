"""The length: from one end to the other."""

from __future__ import annotations

from app.annotate.tools.measure import MeasureTool


class LengthTool(MeasureTool):
    """Measures how far two places are apart."""

    kind, count = "length", 2
