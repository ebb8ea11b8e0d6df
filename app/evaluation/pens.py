"""How a look of the report is drawn by pyqtgraph."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPen

from softcam_core.evaluation.colours import Look

MARKERS = {"^": "t1", "v": "t", "<": "t3", ">": "t2", "D": "d", "P": "+", "X": "x", "*": "star"}
"""Markers as matplotlib calls them, where pyqtgraph calls them otherwise."""


def marker_of(look: Look) -> str:
    """Return pyqtgraph's name of a look's marker."""
    return MARKERS.get(look.marker, look.marker) or "o"


def pen_of(look: Look, colour: QColor, width: float = 0.0) -> QPen:
    """Return the pen that draws a line of a look."""
    pen = QPen(colour)
    pen.setCosmetic(True)
    pen.setWidthF(width or look.width)
    if look.dash[1]:
        pen.setDashPattern(list(look.dash[1]))
    return pen
