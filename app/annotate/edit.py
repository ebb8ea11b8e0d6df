"""Taking a drawn shape by a handle or by its body, and letting go of it: one edit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.annotate.unsaved import Draft
from app.canvas.pointer import GRAB_RADIUS, PointerEvent
from softcam_core.annotations.shapes import Shape

STILL = 3.0
"""Screen pixels that the mouse must move before a press becomes a drag."""

BODY = -1
"""Stands for the whole shape where a handle's number is meant."""

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
        handle: number of the handle, or `BODY`.
        start: where it was taken, in image pixels.
    """

    draft: Draft
    handle: int
    start: tuple[float, float]

    def cursor(self) -> Qt.CursorShape:
        """Return the cursor that says what a drag would do."""
        if self.handle == BODY:
            return Qt.CursorShape.SizeAllCursor
        if self.draft.kind in ("box", "freehand"):
            return _BOX_CURSORS[self.handle]
        return Qt.CursorShape.PointingHandCursor

    def moved(self, event: PointerEvent) -> bool:
        """Return whether the mouse has gone far enough to mean it."""
        still = STILL / GRAB_RADIUS * event.tolerance
        return max(abs(event.x - self.start[0]), abs(event.y - self.start[1])) >= still

    def dragged(self, event: PointerEvent) -> Shape:
        """Return the shape as the mouse now has it, inside the image."""
        shape = self.draft.shape
        if self.handle == BODY:
            dx, dy = event.x - self.start[0], event.y - self.start[1]
            return moved_inside(shape, dx, dy, event.size)
        x, y = event.inside
        return shape.with_handle_moved(self.handle, x, y)


def moved_inside(shape: Shape, dx: float, dy: float, size: tuple[int, int]) -> Shape:
    """Move a shape, but no farther than to the image's edge."""
    x0, y0, x1, y1 = shape.bounds
    width, height = size
    dx = min(max(dx, min(-x0, 0)), max(width - x1, 0))
    dy = min(max(dy, min(-y0, 0)), max(height - y1, 0))
    return shape.moved(dx, dy)


def grip_handle(draft: Draft | None, event: PointerEvent) -> Grip | None:
    """Return the nearest handle of a shape within reach."""
    if draft is None:
        return None
    reach = event.tolerance
    best: Grip | None = None
    for number, (x, y) in enumerate(draft.shape.handles.tolist()):
        distance = max(abs(event.x - x), abs(event.y - y))
        if distance <= reach:
            best, reach = Grip(draft, number, event.point), distance
    return best


def grip_body(drafts: list[Draft], event: PointerEvent) -> Grip | None:
    """Return the shape under the mouse: the nearest outline within reach, else the smallest area.

    The smallest, so that a lesion inside a large outline can be taken.
    """
    near = [
        (distance, -order, draft)
        for order, draft in enumerate(drafts)
        if (distance := _reach(draft.shape, event)) <= event.tolerance
    ]
    if near:
        return Grip(min(near, key=lambda n: n[:2])[2], BODY, event.point)
    inside = [draft for draft in drafts if draft.shape.contains(event.x, event.y)]
    if inside:
        return Grip(min(inside, key=lambda d: _area(d.shape)), BODY, event.point)
    return None


def _reach(shape: Shape, event: PointerEvent) -> float:
    """Return the distance to the outline; infinite without a look at it where it is far away."""
    x0, y0, x1, y1 = shape.bounds
    t = event.tolerance
    if not (x0 - t <= event.x <= x1 + t and y0 - t <= event.y <= y1 + t):
        return float("inf")
    return shape.distance(event.x, event.y)


def _area(shape: Shape) -> float:
    x0, y0, x1, y1 = shape.bounds
    return (x1 - x0) * (y1 - y0)
