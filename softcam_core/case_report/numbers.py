"""Numbers as the report prints them: with units, a real minus, and as exact as they are."""

from __future__ import annotations

import math
from datetime import datetime

from softcam_core.annotations.shapes import MEASURES, Shape
from softcam_core.annotations.shapes.sizes import Measure, Spacing, area, measure

NONE = "–"
MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NARROW NO-BREAK SPACE}"


def signed(value: float, digits: int = 2) -> str:
    """Return a number with its sign; what rounds to zero has none."""
    if not math.isfinite(value):
        return NONE
    text = f"{value:+.{digits}f}"
    return text.replace("-", MINUS) if float(text) else text[1:]


def share(value: float, digits: int = 3) -> str:
    """Return a share from 0 to 1, a dash where it is undefined."""
    return f"{value:.{digits}f}" if math.isfinite(value) else NONE


def percent(value: float, digits: int = 1) -> str:
    """Return a probability as percent; never 0 or 100 where it is not."""
    if not math.isfinite(value):
        return NONE
    text, least = f"{100 * value:.{digits}f}", 10.0**-digits
    if value > 0 and float(text) == 0:
        return f"<{SPACE}{least:.{digits}f}{SPACE}%"
    if value < 1 and float(text) == 100:
        return f">{SPACE}{100 - least:.{digits}f}{SPACE}%"
    return f"{text}{SPACE}%"


def limit(value: float) -> str:
    """Return a display limit with as few digits as say it."""
    return f"{value:.3g}"


def measured(value: Measure) -> str:
    """Return a value with its unit, as exact as a hand can draw."""
    if value.unit == "deg":
        return f"{value.value:.1f}°"
    digits = {"px": 1, "mm": 1, "px²": 0, "mm²": 2}[value.unit]
    return f"{value.value:,.{digits}f}{SPACE}{value.unit}".replace(",", SPACE)


def size(shape: Shape, spacing: Spacing | None) -> str:
    """Return what a measurement measures, of other shapes the width x height around them."""
    if shape.kind == "point":
        return NONE
    if shape.kind in MEASURES:
        return measured(measure(shape, spacing))
    x0, y0, x1, y1 = shape.bounds
    if spacing is None:
        return f"{x1 - x0:.0f} × {y1 - y0:.0f}{SPACE}px"
    return f"{(x1 - x0) * spacing[1]:.1f} × {(y1 - y0) * spacing[0]:.1f}{SPACE}mm"


def surface(shape: Shape, spacing: Spacing | None) -> str:
    """Return the area inside a shape; points and measurements have none."""
    if shape.kind == "point" or shape.kind in MEASURES:
        return NONE
    return measured(area(shape, spacing))


def moment(time: datetime) -> str:
    """Return a time of the study, UTC."""
    return f"{time:%Y-%m-%d %H:%M} UTC"
