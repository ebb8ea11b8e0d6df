"""Sizes as people read them: in millimetres where the image says how large its pixels are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.annotations.shapes.sizes import Measure, area, measure, perimeter

Spacing = tuple[float, float] | None


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("sizes", text)


def size_text(shape: Shape, spacing: Spacing) -> str:
    """Return what a measurement measures, of other shapes width x height: mm, px or degrees."""
    if shape.kind == "point":
        return ""
    if shape.kind in MEASURES:
        return value_text(measure(shape, spacing))
    x0, y0, x1, y1 = shape.bounds
    if spacing is None:
        return f"{x1 - x0:.0f} × {y1 - y0:.0f} px"
    return f"{(x1 - x0) * spacing[1]:.1f} × {(y1 - y0) * spacing[0]:.1f} mm"


def value_text(value: Measure) -> str:
    """Return a value with its unit, as exact as a hand can draw."""
    if value.unit == "deg":
        return f"{value.value:.1f}°"
    digits = {"px": 1, "mm": 1, "px²": 0, "mm²": 2}[value.unit]
    return f"{value.value:,.{digits}f} {value.unit}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def details(shape: Shape, spacing: Spacing) -> str:
    """Return area and outline of a shape, and why lengths are not in mm, one to a line."""
    lines = []
    if shape.kind != "point" and shape.kind not in MEASURES:
        lines.append(tr("Area: {0}").format(value_text(area(shape, spacing))))
        lines.append(tr("Outline: {0}").format(value_text(perimeter(shape, spacing))))
    if spacing is None and shape.kind not in ("point", "angle"):
        lines.append(tr("Pixel spacing unknown: sizes are in image pixels."))
    return "\n".join(lines)
