"""Values of a study's settings, of which nobody knows who wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from softcam_core.annotations.rasterize import POINT_RADIUS
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.annotations.study import Study

LEAST_LIMIT, MOST_LIMIT = 1e-12, 1e12
"""Between these lies every display limit that a map can have."""


def setting(study: Study | None, key: str) -> Any:
    """Return a setting of a study; None without one, and for a damaged one, which is worth none."""
    try:
        return study.get_setting(key) if study is not None else None
    except SoftcamError:
        return None


def is_limit(value: Any) -> TypeGuard[float]:
    """Return whether a map can be drawn up to a stored value."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and LEAST_LIMIT <= value <= MOST_LIMIT


def point_radius(study: Study | None) -> float:
    """Return the radius (pixels) of the disc that stands for a point in a study's numbers."""
    value = setting(study, "point_radius")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and 0 <= value <= MOST_LIMIT else POINT_RADIUS
