"""Taking a drawn shape by a handle or by its body, and letting go of it: one edit."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees

from PySide6.QtCore import Qt

from app.annotate.sizes import size_text
from app.annotate.unsaved import Draft
from app.canvas.handles import TURN, handles_of, reach
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape

STILL = 3.0
"""Screen pixels that the mouse must move before a press becomes a drag."""

BODY = -1
"""Stands for the whole shape where a handle's number is meant."""

TURN_STEP = 15.0
"""Degrees; with Shift a shape turns by steps."""

CORNERED = ("polygon", "spline")
"""Kinds whose handles are their corners, which can be put in and taken out."""

_DIAGONAL = (Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeBDiagCursor)
_STRAIGHT = (Qt.CursorShape.SizeVerCursor, Qt.CursorShape.SizeHorCursor)
_BOX_CURSORS = (
    _DIAGONAL[0],
    _STRAIGHT[0],
    _DIAGONAL[1],
    _STRAIGHT[1],
    _DIAGONAL[0],
    _STRAIGHT[0],
    _DIAGONAL[1],
    _STRAIGHT[1],
)


@dataclass(frozen=True)
class Grip:
    """A place where the mouse holds a shape.

    Attributes:
        draft: the annotation as it was when it was taken.
        handle: number of the handle, `BODY` or `TURN`.
        start: where it was taken, in image pixels.
    """

    draft: Draft
    handle: int
    start: tuple[float, float]

    def cursor(self) -> Qt.CursorShape:
        """Return the cursor that says what a drag would do."""
        if self.handle == BODY:
            fixed = self.draft.locked
            return Qt.CursorShape.ArrowCursor if fixed else Qt.CursorShape.SizeAllCursor
        if self.handle != TURN and self.draft.kind in ("box", "freehand"):
            return _BOX_CURSORS[self.handle]
        return Qt.CursorShape.PointingHandCursor

    @property
    def vertex(self) -> int | None:
        """The corner of an outline that is held, None for everything else."""
        return self.handle if self.handle >= 0 and self.draft.kind in CORNERED else None

    def moved(self, event: PointerEvent) -> bool:
        """Return whether the mouse has gone far enough to mean it."""
        still = STILL / event.scale
        return max(abs(event.x - self.start[0]), abs(event.y - self.start[1])) >= still

    def dragged(self, event: PointerEvent) -> Shape:
        """Return the shape as the mouse now has it, inside the image."""
        shape = self.draft.shape
        if self.handle == BODY:
            dx, dy = event.x - self.start[0], event.y - self.start[1]
            return shape.moved(*kept_inside([shape], dx, dy, event.size))
        if self.handle == TURN:
            return shape.rotated(self.turn(event))
        x, y = event.inside
        return shape.with_handle_moved(self.handle, x, y)

    def turn(self, event: PointerEvent) -> float:
        """Return by how many degrees the mouse turns the shape; with Shift to whole steps."""
        cx, cy = self.draft.shape.centre
        x, y = self.start
        turned = degrees(atan2(event.y - cy, event.x - cx) - atan2(y - cy, x - cx))
        if event.modifiers & Qt.KeyboardModifier.ShiftModifier:
            angle = self.draft.shape.angle
            turned = round((angle + turned) / TURN_STEP) * TURN_STEP - angle
        return (turned + 180) % 360 - 180

    def caption(self, event: PointerEvent, spacing: tuple[float, float] | None) -> str:
        """Return what a drag changes, in figures."""
        if self.handle == BODY:
            return ""
        if self.handle == TURN:
            return f"{self.turn(event):+.0f}°"
        return size_text(self.dragged(event), spacing)


def kept_inside(
    shapes: list[Shape], dx: float, dy: float, size: tuple[int, int]
) -> tuple[float, float]:
    """Return how far shapes may go together: no farther than to the image's edge."""
    bounds = [shape.bounds for shape in shapes]
    x0, y0 = min(b[0] for b in bounds), min(b[1] for b in bounds)
    x1, y1 = max(b[2] for b in bounds), max(b[3] for b in bounds)
    width, height = size
    dx = min(max(dx, min(-x0, 0)), max(width - x1, 0))
    dy = min(max(dy, min(-y0, 0)), max(height - y1, 0))
    return dx, dy


def grip_handle(draft: Draft | None, event: PointerEvent) -> Grip | None:
    """Return the nearest handle of a shape within reach, of those that it shows at this zoom."""
    if draft is None or draft.locked:
        return None
    near = reach(draft.shape, event.scale)
    best: Grip | None = None
    for handle in handles_of(draft.shape, event.scale):
        distance = max(abs(event.x - handle.x), abs(event.y - handle.y))
        if distance <= (event.tolerance if handle.number == TURN else near):
            best, near = Grip(draft, handle.number, event.point), distance
    return best


def grip_body(drafts: list[Draft], event: PointerEvent) -> Grip | None:
    """Return the shape under the mouse; of several the first of `under`."""
    found = under(drafts, event)
    return Grip(found[0], BODY, event.point) if found else None


def under(drafts: list[Draft], event: PointerEvent) -> list[Draft]:
    """Return all shapes under the mouse that are shown, the one that a click means first.

    The nearest outline within reach comes before the others; then the smallest area, so that a
    lesion inside a large outline can be taken. Of equals the one that lies on top.
    """
    near, inside = [], []
    for order, draft in enumerate(drafts):
        if draft.hidden or not _may_be_under(draft.shape, event):
            continue
        distance = draft.shape.distance(event.x, event.y)
        if distance <= event.tolerance:
            near.append((distance, -order, draft))
        elif draft.shape.contains(event.x, event.y):
            inside.append((_area(draft.shape), -order, draft))
    found = sorted(near, key=lambda n: n[:2]) + sorted(inside, key=lambda n: n[:2])
    return [draft for _, _, draft in found]


def _may_be_under(shape: Shape, event: PointerEvent) -> bool:
    x0, y0, x1, y1 = shape.bounds
    t = event.tolerance
    return x0 - t <= event.x <= x1 + t and y0 - t <= event.y <= y1 + t


def _area(shape: Shape) -> float:
    x0, y0, x1, y1 = shape.bounds
    return (x1 - x0) * (y1 - y0)
