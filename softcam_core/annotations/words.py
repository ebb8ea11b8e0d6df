"""The states that the history keeps, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from softcam_core.annotations.records import Snapshot

# Outlines of more points than these are told apart by a mark of their own.
_LISTED = 8


def state_in_words(state: Snapshot | None) -> str:
    """Return an annotation or a grade in words; empty for none.

    ``box MA from (4, 5) to (11, 13); certainty: probable``. Two states that differ by 0.01 pixel
    or more read differently.
    """
    if state is None:
        return ""
    if "kind" not in state:
        return f"grade {state['label']}"
    name = f"{state['kind']} {state['label']}".strip()
    return "; ".join([name + _place(state), *_values(state["attributes"])])


def detail_in_words(detail: dict[str, Any]) -> str:
    """Return what an event says besides its name: ``mode: blinded; seed: 3``."""
    return "; ".join(_values(detail))


def _values(values: dict[str, Any]) -> Iterable[str]:
    for name, value in values.items():
        yield f"{name}: {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(_values(value)) + "}"
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    return _number(value) if isinstance(value, float) else str(value)


def _place(state: Snapshot) -> str:
    kind, points = state["kind"], state["points"]
    if kind == "point":
        return f" at {_point(points[0])}"
    if kind == "ellipse":
        centre, radii = points
        turned = f", turned by {_number(state['angle'])}°" if state["angle"] else ""
        return f" at {_point(centre)}, radii {_number(radii[0])} and {_number(radii[1])}{turned}"
    if kind in ("box", "length"):
        return f" from {_point(points[0])} to {_point(points[1])}"
    if kind == "mask":
        return f" within {_point(points[0])} to {_point(points[1])}, pixels {state['mask'][:8]}"
    if len(points) <= _LISTED:
        return " through " + ", ".join(map(_point, points))
    low = [min(point[axis] for point in points) for axis in (0, 1)]
    high = [max(point[axis] for point in points) for axis in (0, 1)]
    outline = hashlib.sha256(repr(points).encode()).hexdigest()[:8]
    return f" of {len(points)} points within {_point(low)} to {_point(high)}, outline {outline}"


def _point(point: Sequence[float]) -> str:
    return f"({_number(point[0])}, {_number(point[1])})"


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
