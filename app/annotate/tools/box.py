"""The box: press, drag, release."""

from __future__ import annotations

from app.annotate.tools.drag import DragTool, Point, spanned
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape


class BoxTool(DragTool):
    """Draws boxes; Shift keeps them square, Alt draws them from their middle."""

    def drawn(self, start: Point, event: PointerEvent, /) -> Shape:
        """Return the box from corner to corner."""
        x0, y0, x1, y1 = spanned(start, event)
        return Shape("box", [[x0, y0], [x1, y1]])
