"""The states that the history keeps, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from softcam_core.annotations.records import Snapshot

# Outlines of more points than these are told apart by a mark of their own.
_LISTED = 8

_SAME = 1e-6


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


def step_in_words(action: str, before: Snapshot | None, after: Snapshot | None) -> str:
    """Return an edit in a few words, the name of its undo step: ``Add box MA``."""
    state = after or before or {}
    name = f"{state.get('kind', '')} {state.get('label', '')}".strip()
    if action == "grade":
        return f"Grade {after['label']}" if after else "Clear grade"
    if action in ("add", "delete"):
        return f"{action.capitalize()} {name}"
    if not before or not after:
        return f"Change {name}"
    if before["label"] != after["label"]:
        return f"Relabel {before['kind']} {before['label']} to {after['label']}"
    return _change_in_words(name, before, after)


def _change_in_words(name: str, before: Snapshot, after: Snapshot) -> str:
    old, new = before["attributes"], after["attributes"]
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if any(before.get(key) != after.get(key) for key in ("points", "angle", "mask")):
        moved = not changed and _only_moved(before, after)
        return f"Move {name}" if moved else f"Change {name}"
    words = {
        "certainty": f"Certainty of {name}: {new.get('certainty', 'not said')}",
        "note": f"Note on {name}",
        "locked": f"Lock {name}" if new.get("locked") else f"Unlock {name}",
        "hidden": f"Hide {name}" if new.get("hidden") else f"Show {name}",
        "rank": f"Reorder {name}",
    }
    return words.get(changed.pop(), f"Change {name}") if len(changed) == 1 else f"Change {name}"


def _only_moved(before: Snapshot, after: Snapshot) -> bool:
    """Return whether every point has gone the same way; an ellipse has one beside its radii."""
    if any(before.get(key) != after.get(key) for key in ("angle", "mask")):
        return False
    old, new = before["points"], after["points"]
    if before["kind"] == "ellipse":
        return _near(old[1], new[1])
    way = [new[0][axis] - old[0][axis] for axis in (0, 1)]
    gone = [[x + way[0], y + way[1]] for x, y in old]
    return len(old) == len(new) and all(map(_near, gone, new))


def _near(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) < _SAME for a, b in zip(one, other, strict=True))


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
